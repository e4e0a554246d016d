"""Rows as JSON lines, and JSON that is safe to show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# What JSON allows in a string though it steers a terminal: C1 controls and bidirectional marks.
_RAW = re.compile("[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def pieces(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterator[str]:
    """Yield one line of JSON a record; what is not known is null."""
    return (f"{to_json({name: record[name] for name in columns})}\n" for record in records)


def array_pieces(records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield one JSON array, a record a line, as the records come."""
    opening = "["
    for record in records:
        yield f"{opening}{to_json(record)}"
        opening = ",\n "
    yield "[]\n" if opening == "[" else "]\n"


def to_json(value: object) -> str:
    r"""Return `value` as JSON in which control characters are escaped, not lost.

    >>> to_json({"title": "a\x9b31m"})
    '{"title":"a\\u009b31m"}'
    """
    from msgspec.json import encode

    return _RAW.sub(lambda m: f"\\u{ord(m[0]):04x}", encode(value).decode())
