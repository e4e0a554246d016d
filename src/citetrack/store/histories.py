"""What happened to the works that stories cite, as rows; and what was last told of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.model import Doi
from citetrack.store.sql import Rows
from citetrack.store.works import save_updates

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from citetrack.model import Update

#: An update as it is told apart: its type and its notice.
Told = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work that stories cite, and the stories: (number, title, outlet, date)."""

    doi: Doi
    title: str | None
    stories: tuple[tuple[int, str | None, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Which updates of a work were told, and when."""

    updates: frozenset[Told]
    at: str


_CITED = """
    SELECT doi, work_title, article_id, story_title, outlet, published FROM citation_report
    WHERE linked ORDER BY doi, published, article_id"""


def cited_works(connection: sqlite3.Connection) -> list[CitedWork]:
    """Return the works that stories cite for sure, sorted by DOI."""
    found: dict[str, CitedWork] = {}
    for doi, title, *story in connection.execute(_CITED):
        known = found.get(doi)
        stories = (*(known.stories if known else ()), tuple(story))
        found[doi] = CitedWork(Doi(doi), title, stories)
    return list(found.values())


def keep_history(
    connection: sqlite3.Connection, doi: Doi, updates: Iterable[Update], at: str
) -> None:
    """Write what happened to a work, and that somebody was asked."""
    rows = Rows(connection)
    work = rows.value("SELECT id FROM works WHERE doi = ?", (doi.value,))
    if work is not None:
        save_updates(rows, work, updates)
        rows.run("UPDATE works SET updates_checked_at = ? WHERE id = ?", (at, work))


def seen(connection: sqlite3.Connection, doi: Doi) -> Seen | None:
    """Return what was last told of a work, None when nothing was."""
    from msgspec.json import decode

    row = connection.execute(
        "SELECT x.updates_json, x.seen_at FROM watched_works x JOIN works w ON w.id = x.work_id"
        " WHERE w.doi = ?",
        (doi.value,),
    ).fetchone()
    return Seen(frozenset(decode(row[0], type=list[Told])), row[1]) if row else None


def mark_seen(connection: sqlite3.Connection, doi: Doi, told: Iterable[Told], at: str) -> None:
    """Write which updates of a work have been told."""
    from msgspec.json import encode

    ordered = sorted(told, key=lambda t: (t[0], t[1] or ""))
    connection.execute(
        "INSERT INTO watched_works (work_id, updates_json, seen_at)"
        " SELECT id, ?, ? FROM works WHERE doi = ?"
        " ON CONFLICT (work_id) DO UPDATE SET updates_json = excluded.updates_json,"
        " seen_at = excluded.seen_at",
        (encode(ordered).decode(), at, doi.value),
    )
