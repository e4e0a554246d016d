"""Works, what happened to them, and what sources were asked, as rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetrack.contract import work_to_csl
from citetrack.model import Doi

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.model import Lookup, Update, Work
    from citetrack.store.sql import Rows

_WORKS_REMEMBERED = 5000


@dataclass(slots=True)
class KnownWorks:
    """The works that this process has written, so that none is written for each story anew."""

    ids: dict[str, tuple[int, Work]] = field(default_factory=dict)

    def get(self, work: Work) -> int | None:
        """Return the row of a work written exactly so, None when there is none."""
        row, written = self.ids.get(work.doi.value, (None, None))
        return row if written is work or written == work else None

    def add(self, work: Work, row: int) -> None:
        """Keep in mind that `work` was written."""
        if len(self.ids) >= _WORKS_REMEMBERED:
            self.ids.clear()
        self.ids[work.doi.value] = (row, work)


class WorkSaver:
    """Writes the works of one story. `now` is the time of the run."""

    def __init__(self, rows: Rows, run: int, now: str, known: KnownWorks) -> None:
        self._rows = rows
        self._run = run
        self._now = now
        self._known = known
        self._lookup_ids: dict[str, int] = {}
        self.asked: set[int] = set()

    def save_lookups(self, lookups: Sequence[Lookup]) -> None:
        """Write what was asked; an answer that is kept to be given again stays as it is."""
        self._lookup_ids = {}
        self.asked = set()
        for x in lookups:
            query = x.question.value if isinstance(x.question, Doi) else x.question.as_text()
            row = self._rows.add(
                "INSERT INTO lookups (source, query, outcome, asked_at, run_id)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, query) DO UPDATE SET"
                " outcome = iif(response_json IS NULL, excluded.outcome, outcome),"
                " asked_at = iif(response_json IS NULL, excluded.asked_at, asked_at)"
                " RETURNING id",
                (x.source, query, x.outcome.value, x.asked_at or self._now, self._run),
            )
            self.asked.add(row)
            for work in x.works:
                self._lookup_ids.setdefault(work.doi.value, row)

    def save(self, work: Work) -> int:
        """Write a work, unless it was just written so; return its row."""
        row = self._known.get(work)
        if row is None:
            row = self._write(work)
            self._known.add(work, row)
        return row

    def _write(self, work: Work) -> int:
        row = self._rows.add(
            "INSERT INTO works (doi, type, title, container_title, issued, abstract, csl_json,"
            " lookup_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (doi) DO UPDATE SET"
            " type = excluded.type, title = excluded.title,"
            " container_title = excluded.container_title, issued = excluded.issued,"
            " abstract = coalesce(excluded.abstract, abstract), csl_json = excluded.csl_json,"
            " lookup_id = coalesce(excluded.lookup_id, lookup_id) RETURNING id",
            (
                work.doi.value,
                work.type,
                work.title,
                work.container,
                str(work.issued) if work.issued else None,
                work.abstract,
                _csl_json(work),
                self.lookup_of(work),
            ),
        )
        self._rows.run("DELETE FROM work_contributors WHERE work_id = ?", (row,))
        self._rows.insert(
            "work_contributors",
            "work_id position family given literal orcid",
            ((row, i, a.family, a.given, a.literal, a.orcid) for i, a in enumerate(work.authors)),
        )
        self._rows.insert(
            "work_relations",
            "work_id relation other_id",
            ((row, relation, other) for relation, other in work.relations),
            "ON CONFLICT DO NOTHING",
        )
        self.save_updates(row, work.updates)
        return row

    def save_updates(self, work: int, updates: Iterable[Update]) -> None:
        """Add what happened to a work; what another source told before is kept."""
        save_updates(self._rows, work, updates)

    def find(self, doi: Doi | None) -> int | None:
        """Return the row of the work with this DOI, None when it is not stored."""
        if doi is None:
            return None
        row: int | None = self._rows.value("SELECT id FROM works WHERE doi = ?", (doi.value,))
        return row

    def lookup_of(self, work: Work) -> int | None:
        """Return the row of the lookup that found a work of this story."""
        return self._lookup_ids.get(work.doi.value)


def save_updates(rows: Rows, work: int, updates: Iterable[Update]) -> None:
    """Add what happened to a work; what another source told before is kept."""
    rows.insert(
        "work_updates",
        "work_id type notice_doi source label updated",
        (
            (work, u.type, u.notice_doi, u.source, u.label, str(u.date) if u.date else None)
            for u in updates
        ),
        "ON CONFLICT (work_id, type, ifnull(notice_doi, ''), source) DO UPDATE SET"
        " label = excluded.label, updated = coalesce(excluded.updated, updated)",
    )


def _csl_json(work: Work) -> str:
    """Return the work as CSL-JSON; an article number stands apart from the pages."""
    from msgspec.json import encode

    item = work_to_csl(work)
    if work.article_number:
        item["number"] = work.article_number
        if not work.page:
            item.pop("page", None)
    return encode(item).decode()
