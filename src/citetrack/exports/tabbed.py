"""Rows as tab-separated values, quoted as CSV is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.exports import separated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def pieces(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a file: the names of `columns`, then one line a record."""
    return separated.pieces(records, columns, "\t")
