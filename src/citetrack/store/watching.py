"""DOIs that are not live yet, and the Retraction Watch data, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.model import Doi

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

#: name of a column -> place in a row of `NoticeRow`
_NOTICE = "doi type updated notice_doi reasons record"
NoticeRow = tuple[str, str, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A DOI that was not live when a story printed it. Instants are ISO 8601, UTC."""

    doi: Doi
    story: str
    first_asked_at: str
    asked_at: str


@dataclass(frozen=True, slots=True)
class RetractionData:
    """Which Retraction Watch data are stored: of which `day`, since when, from where."""

    day: str
    stored_at: str
    source: str
    notice_count: int


def put_awaited(connection: sqlite3.Connection, doi: Doi, story: str, at: str) -> None:
    """Write that a DOI was asked for and is not live yet."""
    connection.execute(
        "INSERT INTO awaited_dois (doi, story, first_asked_at, asked_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (doi, story) DO UPDATE SET asked_at = excluded.asked_at",
        (doi.value, story, at, at),
    )


def awaited(connection: sqlite3.Connection) -> list[Awaited]:
    """Return the DOIs that are waited for, the longest waiting first."""
    rows = connection.execute(
        "SELECT doi, story, first_asked_at, asked_at FROM awaited_dois"
        " ORDER BY first_asked_at, doi, story"
    )
    return [Awaited(Doi(doi), *rest) for doi, *rest in rows]


def drop_awaited(connection: sqlite3.Connection, doi: Doi) -> None:
    """Take a DOI off the list, of whatever story."""
    connection.execute("DELETE FROM awaited_dois WHERE doi = ?", (doi.value,))


def put_retraction_data(
    connection: sqlite3.Connection, rows: Iterable[NoticeRow], day: str, source: str, at: str
) -> int:
    """Write the data in place of older ones; return how many rows there are."""
    connection.execute("DELETE FROM retraction_notices")
    columns = _NOTICE.split()
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO retraction_notices ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    connection.executemany(sql, rows)
    (count,) = connection.execute("SELECT count(*) FROM retraction_notices").fetchone()
    connection.execute(
        "INSERT OR REPLACE INTO retraction_data (id, day, stored_at, source, notice_count)"
        " VALUES (1, ?, ?, ?, ?)",
        (day, at, source, count),
    )
    return int(count)


def retraction_data(connection: sqlite3.Connection) -> RetractionData | None:
    """Return which data are stored, None when there are none."""
    row = connection.execute(
        "SELECT day, stored_at, source, notice_count FROM retraction_data"
    ).fetchone()
    return RetractionData(*row) if row else None


def retraction_rows(connection: sqlite3.Connection, dois: Sequence[str]) -> list[NoticeRow]:
    """Return the rows about the papers with these DOIs (lower case)."""
    found: list[NoticeRow] = []
    for doi in dois:
        found += connection.execute(
            f"SELECT {', '.join(_NOTICE.split())} FROM retraction_notices"  # noqa: S608
            " WHERE doi = ? ORDER BY id",
            (doi,),
        ).fetchall()
    return found
