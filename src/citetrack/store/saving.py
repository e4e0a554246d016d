"""One report as rows. The caller opens the transaction; plain executemany, as the hot path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citetrack.contract import afterwards, dated
from citetrack.model import Status
from citetrack.store.sql import Rows
from citetrack.store.works import KnownWorks, WorkSaver

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from citetrack.contract import Report
    from citetrack.model import (
        Article,
        Citation,
        Claim,
        Finding,
        Mention,
        PartialDate,
        Reason,
        Reference,
        Work,
    )

#: Characters kept before and after a mention, as the W3C's text quote selector has them.
_CONTEXT = 32
_DERIVED = ("mentions", "article_references", "claims", "findings")


@dataclass(frozen=True, slots=True)
class _Link:
    """A citation as the table has it: one work that a reference may be about."""

    work: Work
    confidence: float | None
    strategy: str | None
    reasons: tuple[Reason, ...]


class Saver:
    """Writes reports of one run through one connection."""

    def __init__(self, connection: sqlite3.Connection, run: int, known: KnownWorks) -> None:
        self._rows = Rows(connection)
        self._run = run
        self._now: str = self._rows.value("SELECT started_at FROM runs WHERE id = ?", (run,))
        self._works = WorkSaver(self._rows, run, self._now, known)

    def save(self, report: Report, article: Article) -> int:
        """Write all of `report`, in place of what an earlier run derived; return the revision."""
        article_id = self._article(article)
        revision = self._revision(article, article_id)
        for table in _DERIVED:
            self._rows.run(f"DELETE FROM {table} WHERE revision_id = ?", (revision,))  # noqa: S608
        self._works.save_lookups(report.lookups)
        asked = ((article_id, lookup) for lookup in self._works.asked)
        self._rows.insert(
            "article_lookups", "article_id lookup_id", asked, "ON CONFLICT DO NOTHING"
        )
        mentions = self._mentions(revision, article.text, report.mentions)
        references = self._references(revision, report.citations, mentions, dated(article))
        cited = self._citations(report.citations, references, mentions)
        claims = self._claims(revision, report.claims)
        self._findings(revision, report.findings, cited, claims)
        self._findings(revision, report.ignored, cited, claims, ignored=True)
        return revision

    # ------------------------------------------------------------ the story

    def _outlet(self, article: Article) -> int | None:
        """Return the news site's row, known by its domain, else by the name alone."""
        domain = _domain(article.url)
        name = article.outlet or domain
        if not name:
            return None
        if domain is None:
            sql = "SELECT id FROM outlets WHERE domain IS NULL AND name = ?"
            found: int | None = self._rows.value(sql, (name,))
            return found or self._rows.add(
                "INSERT INTO outlets (name) VALUES (?) RETURNING id", (name,)
            )
        # A name that the story gives is better than the bare domain, and is not lost again.
        return self._rows.add(
            "INSERT INTO outlets (name, domain) VALUES (?, ?) ON CONFLICT (domain) DO UPDATE"
            " SET name = iif(excluded.name = domain, name, excluded.name) RETURNING id",
            (name, domain),
        )

    def _article(self, article: Article) -> int:
        published = article.published
        date = str(published) if published and published.year else None
        return self._rows.add(
            "INSERT INTO articles (canonical_url, outlet_id, title, byline, published, lang,"
            " given_id, published_basis) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (canonical_url) DO UPDATE SET"
            " outlet_id = coalesce(excluded.outlet_id, outlet_id),"
            " title = coalesce(excluded.title, title),"
            " byline = coalesce(excluded.byline, byline),"
            " published_basis = iif(excluded.published IS NULL, published_basis,"
            " excluded.published_basis),"
            " published = coalesce(excluded.published, published),"
            " lang = coalesce(excluded.lang, lang),"
            " given_id = coalesce(excluded.given_id, given_id) RETURNING id",
            (
                article.canonical_url,
                self._outlet(article),
                article.title,
                article.byline,
                date,
                article.language,
                article.id,
                article.published_basis if date else None,
            ),
        )

    def _revision(self, article: Article, article_id: int) -> int:
        from msgspec.json import encode

        zones = [[z.start, z.end, z.zone.value] for z in article.zones]
        return self._rows.add(
            "INSERT INTO revisions (article_id, sha256, text, zones_json, read_at, reader, source,"
            " run_id, notes_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (article_id, sha256) DO UPDATE SET zones_json = excluded.zones_json,"
            " reader = excluded.reader, source = excluded.source, run_id = excluded.run_id,"
            " notes_json = excluded.notes_json RETURNING id",
            (
                article_id,
                article.sha256,
                article.text,
                encode(zones).decode(),
                self._now,
                article.reader,
                article.source,
                self._run,
                encode(article.notes).decode(),
            ),
        )

    def _mentions(self, revision: int, text: str, mentions: Sequence[Mention]) -> list[int]:
        """Write the mentions, each once; return the row of each."""
        ids: dict[tuple[object, ...], int] = {}
        rows = []
        first = self._rows.next_id("mentions")
        for m in mentions:
            key = (m.kind, m.start, m.end, m.value)
            if key not in ids:
                ids[key] = first + len(ids)
                before = text[max(0, m.start - _CONTEXT) : m.start]
                after = text[m.end : m.end + _CONTEXT]
                rows.append(
                    (ids[key], revision, *key, m.quote, before, after, m.zone.value, m.finder,
                     self._run, m.role)
                )  # fmt: skip
        self._rows.insert(
            "mentions",
            "id revision_id kind start_pos end_pos value quote prefix suffix zone finder"
            " run_id role",
            rows,
        )
        return [ids[m.kind, m.start, m.end, m.value] for m in mentions]

    # ------------------------------------------------------------ the judgement

    def _references(
        self,
        revision: int,
        citations: Sequence[Citation],
        mentions: Sequence[int],
        published: PartialDate | None,
    ) -> list[int]:
        from msgspec.json import encode

        first = self._rows.next_id("article_references")
        ids = list(range(first, first + len(citations)))
        pairs = list(zip(ids, citations, strict=True))
        self._rows.insert(
            "article_references",
            "id revision_id ordinal summary status strategy doi_as_printed updates_checked"
            " run_id why afterwards_json",
            (
                (row, revision, c.reference.ordinal, c.reference.summary, c.status.value,
                 c.strategy, c.reference.doi_as_printed, int(c.updates_checked), self._run, c.why,
                 encode(afterwards(c, published)).decode())
                for row, c in pairs
            ),
        )  # fmt: skip
        self._rows.insert(
            "reference_mentions",
            "reference_id mention_id",
            {(row, mentions[i]) for row, c in pairs for i in c.reference.indices},
        )
        return ids

    def _citations(
        self, citations: Sequence[Citation], references: Sequence[int], mentions: Sequence[int]
    ) -> dict[str, tuple[int, int | None]]:
        """Write links, candidates and reasons; return the reference and citation of each DOI."""
        cited: dict[str, tuple[int, int | None]] = {}
        for reference, c in zip(references, citations, strict=True):
            self._candidates(reference, c)
            for link in _links(c):
                row = self._citation(reference, c, link)
                self._reasons(row, link.reasons, c.reference, mentions)
                cited.setdefault(link.work.doi.value, (reference, row))
            if printed := c.reference.doi_as_printed:
                cited.setdefault(printed.lower(), (reference, None))
        return cited

    def _candidates(self, reference: int, citation: Citation) -> None:
        columns = "reference_id work_id lookup_id position confidence"
        rows = [
            (reference, self._works.save(x.work), self._works.lookup_of(x.work), i, x.confidence)
            for i, x in enumerate(citation.candidates, 1)
        ]
        self._rows.insert("candidates", columns, rows, "ON CONFLICT DO NOTHING")

    def _citation(self, reference: int, citation: Citation, link: _Link) -> int:
        work = self._works.save(link.work)
        if link.work is citation.work:
            self._works.save_updates(work, citation.updates)
            if citation.updates_checked:
                sql = "UPDATE works SET updates_checked_at = ? WHERE id = ?"
                self._rows.run(sql, (self._now, work))
        return self._rows.add(
            "INSERT INTO citations (reference_id, work_id, status, confidence, margin, strategy,"
            " run_id) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (reference, work, citation.status.value, link.confidence, citation.margin,
             link.strategy, self._run),
        )  # fmt: skip

    def _reasons(
        self, citation: int, reasons: Iterable[Reason], about: Reference, mentions: Sequence[int]
    ) -> None:
        """Write the comparisons, each with the mention whose words it is about."""
        said: dict[str | None, int] = {}
        for i, m in zip(about.indices, about.mentions, strict=False):
            for words in (m.quote, m.value, m.printed):
                said.setdefault(words, mentions[i])
        self._rows.insert(
            "citation_reasons",
            "citation_id feature agrees story record weight mention_id",
            (
                (citation, r.feature, None if r.agrees is None else int(r.agrees), r.story,
                 r.record, r.weight, said.get(r.story) if r.story else None)
                for r in reasons
            ),
        )  # fmt: skip

    def _claims(self, revision: int, claims: Sequence[Claim]) -> dict[tuple[int, int], int]:
        """Write the claims and their evidence; return the row of each span."""
        from msgspec.json import encode

        rows: dict[tuple[int, int], int] = {}
        seen = set()
        for c in claims:
            work = self._works.find(c.doi)
            if (c.start, c.end, work) in seen:
                continue
            seen.add((c.start, c.end, work))
            row = self._rows.add(
                "INSERT INTO claims (revision_id, start_pos, end_pos, work_id, quote,"
                " figures_json, score, outcome, how_compared, run_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (revision, c.start, c.end, work, c.quote, encode(c.figures).decode(), c.score,
                 c.outcome, c.how_compared, self._run),
            )  # fmt: skip
            rows.setdefault((c.start, c.end), row)
            self._rows.insert(
                "evidence",
                "claim_id work_id field quote start_pos end_pos score stance",
                (
                    (row, work, e.field, e.quote, e.start, e.end, e.score, e.stance)
                    for e in c.evidence
                ),
            )
        return rows

    def _findings(
        self,
        revision: int,
        findings: Iterable[Finding],
        cited: dict[str, tuple[int, int | None]],
        claims: dict[tuple[int, int], int],
        *,
        ignored: bool = False,
    ) -> None:
        rows = []
        for f in findings:
            reference, citation = cited.get((f.doi or "").lower(), (None, None))
            span = (f.start, f.end) if f.start is not None and f.end is not None else None
            rows.append(
                (f.code, f.severity.value, f.message, revision, reference, citation,
                 claims.get(span) if span else None, self._run, f.doi, f.start, f.end, ignored)
            )  # fmt: skip
        self._rows.insert(
            "findings",
            "code severity message revision_id reference_id citation_id claim_id run_id doi"
            " start_pos end_pos ignored",
            rows,
        )


def _links(citation: Citation) -> list[_Link]:
    """Return the works that a citation is a row for.

    The work that we stand behind; else, as the status says, the best suggestion, the candidates
    that could not be told apart, or the other work that has the printed DOI.
    """
    if citation.work and citation.status in {Status.EXACT, Status.STRONG}:
        link = _Link(citation.work, citation.confidence, citation.strategy, citation.reasons)
        return [link]
    candidates = citation.candidates
    match citation.status:
        case Status.WEAK:
            chosen = candidates[:1]
        case Status.AMBIGUOUS:
            least = candidates[1].confidence if len(candidates) > 1 else 0.0
            chosen = tuple(x for x in candidates if x.confidence >= least)
        case Status.DIFFERENT:
            printed = (citation.reference.doi_as_printed or "").lower()
            chosen = tuple(x for x in candidates if x.work.doi.value == printed)
        case _:
            chosen = ()
    unique = {x.work.doi: x for x in chosen}
    return [
        _Link(x.work, x.confidence, x.strategy or citation.strategy, x.reasons or citation.reasons)
        for x in unique.values()
    ]


def _domain(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
