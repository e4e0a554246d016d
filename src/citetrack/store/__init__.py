"""The tracker: stories, works and judgements in one SQLite file; the only writer of rows."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from citetrack.errors import StoreError
from citetrack.model import Outcome
from citetrack.store import histories, watching
from citetrack.store.answers import answer_from_json, answer_to_json
from citetrack.store.forgetting import Forgetter, Forgotten, leaving_nothing
from citetrack.store.opening import (
    as_store_error,
    located,
    open_to_read,
    open_to_write,
    open_unmade,
    translated,
)
from citetrack.store.saving import Saver
from citetrack.store.works import KnownWorks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType

    from sqlite_utils import Database

    from citetrack.contract import Report
    from citetrack.model import Doi, Lookup, Update

__all__ = ["Forgotten", "RunInfo", "Store", "located"]

#: How long another program's lock is waited for, in seconds. One story is written in a few ms.
TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run of a command. `config_json` holds its settings, `target_data` what it asked."""

    started_at: datetime
    command: str
    version: str
    config_json: str | None = None
    target_data: str | None = None


class Store:
    """A tracker that is open. Use it as a context manager, from one thread."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path
        self._runs: dict[RunInfo, int] = {}
        self._known = KnownWorks()
        self._unmade = False

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        readonly: bool = False,
        timeout: float = TIMEOUT,
    ) -> Self:
        """Return the tracker at `path`; a missing or empty file becomes one when `create` is set.

        `readonly` changes and makes nothing. `timeout` is in seconds. Raises a StoreError:
        MissingTracker, ForeignDatabase, DamagedTracker, NewerSchema, OlderSchema, DatabaseLocked
        or UnwritableTracker; the file is then as it was.
        """
        path = Path(path)
        if readonly:
            return cls(open_to_read(path, timeout=timeout), path)
        return cls(open_to_write(path, create=create, timeout=timeout), path)

    @classmethod
    def open_or_make_later(cls, path: str | Path) -> Self:
        """Return the tracker at `path`; a missing one is made when something is first kept.

        Raises a StoreError as `open` does, also where a missing one could not be made.
        """
        path = Path(path)
        unmade = open_unmade(path)
        if unmade is None:
            return cls.open(path)
        store = cls(unmade, path)
        store._unmade = True
        return store

    def _make(self) -> None:
        """Make the file that was missing, in place of the empty tracker that stood for it."""
        made = open_to_write(self.path, create=True, timeout=TIMEOUT)
        self.db.close()
        self.db, self._unmade = made, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise as_store_error(error, self.path) from error

    def close(self) -> None:
        """Close the file."""
        with translated(self.path):
            self.db.close()

    # ------------------------------------------------------------ stories

    def start_run(self, run: RunInfo) -> int:
        """Write that a run began, once; return its row."""
        if run not in self._runs:
            values = (_iso(run.started_at), run.command, run.version, run.config_json)
            with self._transaction() as connection:
                cursor = connection.execute(
                    "INSERT INTO runs (started_at, command, version, config_json, target_data)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (*values, run.target_data),
                )
                row = cursor.lastrowid
            assert row is not None
            self._runs[run] = row
        return self._runs[run]

    def finish_run(self, run: RunInfo | int, at: datetime) -> None:
        """Write when a run ended."""
        row = run if isinstance(run, int) else self.start_run(run)
        with self._transaction() as connection:
            connection.execute("UPDATE runs SET finished_at = ? WHERE id = ?", (_iso(at), row))

    def save(self, report: Report, *, run: RunInfo | int) -> int | None:
        """Keep a story with all that was found, in one transaction; return its revision's row.

        What an earlier run derived from the same text is replaced; decisions stay. A text that
        changed becomes a new revision. A report without a story is not kept (None). Raises
        StoreError; nothing of the story is then written.
        """
        if report.article is None:
            return None
        row = run if isinstance(run, int) else self.start_run(run)
        try:
            with self._transaction() as connection:
                return Saver(connection, row, self._known).save(report, report.article)
        except BaseException:
            self._known = KnownWorks()  # some of them were rolled back
            raise

    def decide(
        self,
        canonical_url: str,
        doi: Doi | None,
        verdict: Literal["accept", "reject", "ignore"],
        *,
        by: str,
        at: datetime,
        note: str | None = None,
        code: str | None = None,
    ) -> None:
        """Add what a person decided about a citation, or about findings with `code`.

        Raises StoreError when the tracker has no such story or work.
        """
        with self._transaction() as connection:
            article = connection.execute(
                "SELECT id FROM articles WHERE canonical_url = ?", (canonical_url,)
            ).fetchone()
            work = (
                doi
                and connection.execute(
                    "SELECT id FROM works WHERE doi = ?", (doi.value,)
                ).fetchone()
            )
            if not article or (doi and not work):
                missing = f"the work {doi}" if article else f"the story {canonical_url}"
                raise StoreError(f"The tracker does not have {missing}.")
            connection.execute(
                "INSERT INTO decisions (article_id, work_id, verdict, code, decided_by,"
                " decided_at, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article[0], work and work[0], verdict, code, by, _iso(at), note),
            )

    def ignored(self, canonical_url: str) -> frozenset[tuple[str, str | None]]:
        """Return what a person has left out of a story: (code, DOI), or (code, None) for all.

        The last word on each holds.
        """
        with translated(self.path):
            rows = self.db.conn.execute(
                "SELECT d.code, w.doi, d.verdict FROM decisions d"
                " JOIN articles a ON a.id = d.article_id LEFT JOIN works w ON w.id = d.work_id"
                " WHERE a.canonical_url = ? AND d.code IS NOT NULL ORDER BY d.id",
                (canonical_url,),
            )
            last = {(code, doi): verdict for code, doi, verdict in rows}
        return frozenset(what for what, verdict in last.items() if verdict == "ignore")

    # ------------------------------------------------------------ forgetting

    def forget_article(self, article: int) -> Forgotten:
        """Remove a story, what was found in it, decided about it and asked for it."""
        return self._forget(lambda forgetter: forgetter.article(article))

    def forget_work(self, doi: Doi) -> Forgotten:
        """Remove what was asked about a work, and the work where no story names it."""
        return self._forget(lambda forgetter: forgetter.work(doi))

    def forget_lookups(self, before: str) -> Forgotten:
        """Remove what was asked before a day (ISO 8601), and the answers."""
        return self._forget(lambda forgetter: forgetter.lookups_before(before))

    def _forget(self, remove: Callable[[Forgetter], Forgotten]) -> Forgotten:
        """Remove rows and rewrite the file, so that no text of them is left in it."""
        with translated(self.path), leaving_nothing(self.db.conn, self.path):
            with self._transaction() as connection:
                forgotten = remove(Forgetter(connection))
            self._known = KnownWorks()
        return forgotten

    # ------------------------------------------------------------ answers

    def recall(self, source: str, key: str, *, max_age: timedelta, now: datetime) -> Lookup | None:
        """Return what `source` answered to `key` not longer than `max_age` ago, else None.

        An answer from the future, by a clock that was wrong, is none.
        """
        with translated(self.path):
            row = self.db.conn.execute(
                "SELECT outcome, asked_at, response_json FROM lookups"
                " WHERE source = ? AND query = ? AND response_json IS NOT NULL",
                (source, key),
            ).fetchone()
        if row is None:
            return None
        outcome, asked_at, response = row
        age = now - datetime.fromisoformat(asked_at)
        if not timedelta(0) <= age <= max_age:
            return None
        return answer_from_json(source, outcome, asked_at, response)

    def remember(self, lookup: Lookup, key: str, now: datetime) -> None:
        """Keep the answer to `key`, in place of an older one; silence is not kept.

        That a DOI is another agency's is an answer, though the work itself was not found.
        """
        if lookup.outcome is Outcome.UNAVAILABLE and not lookup.agency:
            return
        response = answer_to_json(lookup)
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO lookups (source, query, outcome, asked_at, response_json)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, query) DO UPDATE SET"
                " outcome = excluded.outcome, asked_at = excluded.asked_at,"
                " response_json = excluded.response_json",
                (lookup.source, key, lookup.outcome.value, _iso(now), response),
            )

    # ------------------------------------------------------------ what is waited for

    def await_doi(self, doi: Doi, story: str, at: datetime) -> None:
        """Put a DOI that is not live yet on the list that `citetrack refresh` works off.

        `story` is the canonical address of the story that prints it.
        """
        with self._transaction() as connection:
            watching.put_awaited(connection, doi, story, _iso(at))

    def awaited(self) -> list[watching.Awaited]:
        """Return the DOIs that are waited for, the longest waiting first."""
        with translated(self.path):
            return watching.awaited(self.db.conn)

    def settle_doi(self, doi: Doi) -> None:
        """Take a DOI off that list: it is live, or given up."""
        with self._transaction() as connection:
            watching.drop_awaited(connection, doi)

    # ------------------------------------------------------------ what happened since

    def cited_works(self) -> list[histories.CitedWork]:
        """Return the works that stories cite for sure, with the stories, sorted by DOI."""
        with translated(self.path):
            return histories.cited_works(self.db.conn)

    def keep_history(self, doi: Doi, updates: Iterable[Update], at: datetime) -> None:
        """Keep what happened to a work that stories cite, and that somebody was asked."""
        with self._transaction() as connection:
            histories.keep_history(connection, doi, updates, _iso(at))

    def seen(self, doi: Doi) -> histories.Seen | None:
        """Return what `citetrack watch` last told of a work, None when it never did."""
        with translated(self.path):
            return histories.seen(self.db.conn, doi)

    def mark_seen(self, doi: Doi, told: Iterable[histories.Told], at: datetime) -> None:
        """Keep which updates of a work have been told."""
        with self._transaction() as connection:
            histories.mark_seen(connection, doi, told, _iso(at))

    # ------------------------------------------------------------ Retraction Watch data

    def keep_retraction_data(
        self, rows: Iterable[watching.NoticeRow], *, day: str, source: str, at: datetime
    ) -> int:
        """Keep Retraction Watch data of `day` in place of older ones; return how many rows."""
        with self._transaction() as connection:
            return watching.put_retraction_data(connection, rows, day, source, _iso(at))

    def retraction_data(self) -> watching.RetractionData | None:
        """Return which Retraction Watch data are stored, None when there are none."""
        with translated(self.path):
            return watching.retraction_data(self.db.conn)

    def retraction_rows(self, dois: Sequence[str]) -> list[watching.NoticeRow]:
        """Return the stored rows about the papers with these DOIs (lower case)."""
        with translated(self.path):
            return watching.retraction_rows(self.db.conn, dois)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing. The lock is taken at once: one taken after reading may fail."""
        if self._unmade:
            self._make()
        connection = self.db.conn
        with translated(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _iso(instant: datetime) -> str:
    """Return an instant in UTC to the second, as `2025-04-08T09:30:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
