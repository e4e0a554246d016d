"""Removing a story, a work or old answers so that nothing of them is left in the file."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citetrack.errors import DatabaseLocked
from citetrack.store.sql import Rows
from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from citetrack.model import Doi


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows of each kind were removed; `cited_by` stories still cite a work (it stays)."""

    stories: int = 0
    decisions: int = 0
    lookups: int = 0
    works: int = 0
    cited_by: int = 0


#: What an answer that is kept is called by, of the words that were asked.
_KEYS = ("", "work:", "updates:", "near:", "agency:", "search:", "page:", "pmid:", "pmcid:")

#: Works that no story names any more, as the work that it cites or as a candidate.
_ORPHANS = """
    SELECT id FROM works w WHERE NOT EXISTS (SELECT 1 FROM citations WHERE work_id = w.id)
      AND NOT EXISTS (SELECT 1 FROM candidates WHERE work_id = w.id)
      AND NOT EXISTS (SELECT 1 FROM claims WHERE work_id = w.id)
      AND NOT EXISTS (SELECT 1 FROM evidence WHERE work_id = w.id)
      AND NOT EXISTS (SELECT 1 FROM decisions WHERE work_id = w.id)"""
_ASKED_FOR = """
    SELECT x.query FROM lookups x JOIN article_lookups y ON y.lookup_id = x.id
    WHERE y.article_id = ?1 AND NOT EXISTS (
      SELECT 1 FROM article_lookups z WHERE z.lookup_id = x.id AND z.article_id <> ?1)"""
_PAGES_OF = """
    SELECT DISTINCT m.value FROM mentions m JOIN revisions v ON v.id = m.revision_id
    WHERE v.article_id = ? AND m.kind = 'link'"""


class Forgetter:
    """Removes rows through one connection. The caller opens the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._rows = Rows(connection)
        self._connection = connection

    def article(self, article: int) -> Forgotten:
        """Remove a story with all that was derived from it, decided about it and asked for it."""
        count = "SELECT count(*) FROM decisions WHERE article_id = ?"
        decisions = self._rows.value(count, (article,))
        asked = [*self._column(_ASKED_FOR, article), *self._column(_PAGES_OF, article)]
        waiting = "DELETE FROM awaited_dois WHERE story ="
        self._rows.run(
            f"{waiting} (SELECT canonical_url FROM articles WHERE id = ?)",  # noqa: S608
            (article,),
        )
        self._rows.run("DELETE FROM articles WHERE id = ?", (article,))
        self._rows.run(
            "DELETE FROM outlets WHERE id NOT IN"
            " (SELECT outlet_id FROM articles WHERE outlet_id IS NOT NULL)",
            (),
        )
        works = self._works(_ORPHANS)
        return Forgotten(1, decisions, self._lookups(asked) + works.lookups, works.works)

    def work(self, doi: Doi) -> Forgotten:
        """Remove what was asked about a work, and the work itself where no story names it."""
        self._rows.run("DELETE FROM awaited_dois WHERE doi = ?", (doi.value,))
        found = f"{_ORPHANS} AND w.doi = ?"
        removed = self._works(found, doi.value)
        lookups = removed.lookups + self._lookups([doi.value])
        sql = "SELECT count(DISTINCT article_id) FROM citation_report WHERE doi = ?"
        stories = self._rows.value(sql, (doi.value,))
        return replace(removed, lookups=lookups, cited_by=stories)

    def lookups_before(self, day: str) -> Forgotten:
        """Remove the answers, and what was asked, of before a day (ISO 8601)."""
        cursor = self._connection.execute("DELETE FROM lookups WHERE asked_at < ?", (day,))
        return Forgotten(lookups=cursor.rowcount)

    def _works(self, which: str, *values: str) -> Forgotten:
        """Remove the works that `which` selects, with what was asked about each of them."""
        rows = self._column(f"SELECT doi FROM works WHERE id IN ({which})", *values)  # noqa: S608
        lookups = self._lookups(rows)
        self._rows.run(f"DELETE FROM works WHERE id IN ({which})", values)  # noqa: S608
        return Forgotten(lookups=lookups, works=len(rows))

    def _lookups(self, asked: Iterable[str]) -> int:
        keys = [f"{key}{query}" for query in set(asked) for key in _KEYS]
        cursor = self._connection.executemany(
            "DELETE FROM lookups WHERE query = ?", [(key,) for key in keys]
        )
        return max(0, cursor.rowcount)

    def _column(self, sql: str, *values: object) -> list[str]:
        return [row[0] for row in self._connection.execute(sql, values)]


@contextmanager
def leaving_nothing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Have what is deleted meanwhile overwritten, in the file and in its log of changes.

    Raises DatabaseLocked when another program keeps the log: what is deleted is then gone from
    the tables, and its bytes may still be in the log.
    """
    connection.execute("PRAGMA secure_delete = on")
    yield
    try:
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        busy = True
    if busy:
        raise DatabaseLocked(
            f"It is removed, but another program has the tracker {printable(str(path))} open, and"
            " bytes of it may be left in the file.",
            hint="Close that program, then: citetrack forget --lookups-before 1900.",
        )
