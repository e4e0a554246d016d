"""Citations and works as tables and reference lists: one file a format, all behind `pieces`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from citetrack.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

TABLES = ("citations", "works")


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exports; `module` has the function `pieces`, which yields text.

    One that is for works only makes it of CSL-JSON items, the others of rows and their columns.
    """

    name: str
    module: str
    works_only: bool = False


FORMATS = (
    Format("csv", "separated"),
    Format("tsv", "tabbed"),
    Format("jsonl", "jsonl"),
    Format("ris", "ris", works_only=True),
    Format("bibtex", "bibtex", works_only=True),
    Format("csl-json", "csl", works_only=True),
)


class Tally:
    """Counts the rows of an export as they are written."""

    def __init__(self) -> None:
        self.rows = 0

    def counting(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the rows as they are."""
        for row in rows:
            self.rows += 1
            yield row


def export(db: Database, table: str, name: str, tally: Tally | None = None) -> Iterator[str]:
    """Return the text of an export in the format `name`, piece by piece as the tracker is read.

    `tally` counts its rows.
    Raises InputError when the table cannot be written so.
    """
    from citetrack.exports import columns

    chosen = next(f for f in FORMATS if f.name == name)
    pieces = import_module(f"{__name__}.{chosen.module}").pieces
    counting = (tally or Tally()).counting
    if not chosen.works_only:
        return iter(pieces(counting(columns.records(db, table)), columns.COLUMNS[table]))
    if table != "works":
        raise InputError(
            f"The format {name} lists works; it cannot hold {table}.",
            hint=f"Try `citetrack export works --format {name}`.",
        )
    return written(counting(columns.items(db)), name)


def written(items: Iterable[dict[str, Any]], name: str) -> Iterator[str]:
    """Return CSL-JSON items as text of the format `name`; also "news", a line for a story."""
    module = next((f.module for f in FORMATS if f.name == name), name)
    return iter(import_module(f"{__name__}.{module}").pieces(items))
