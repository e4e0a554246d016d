"""Rows as comma-separated values after RFC 4180, with LF at the end of a line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: What makes a spreadsheet run a cell, full-width forms included (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def pieces(
    records: Iterable[Mapping[str, object]], columns: Sequence[str], delimiter: str = ","
) -> Iterator[str]:
    """Yield the lines of a file: the names of `columns`, then one line a record."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    yield _taken(buffer)
    for record in records:
        writer.writerow([cell(record[name]) for name in columns])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def cell(value: object) -> str:
    """Return what a cell shows: text that a spreadsheet would run is shown, not run.

    >>> [cell(x) for x in (None, True, -0.5, "=1+1")]
    ['', 'yes', '-0.5', "'=1+1"]
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)
