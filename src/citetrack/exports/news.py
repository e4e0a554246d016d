"""Works as a news story cites them: who, where, when, and a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ISO_DATE = re.compile(r"\b\d{4}(?:-\d\d){0,2}$")
_PAIR = 2


def pieces(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield one line a work; one that is retracted or questioned says so."""
    for item in items:
        place = item.get("container-title-short") or item.get("container-title")
        if item.get("genre"):
            place = f"{place} ({item['genre']})" if place else item["genre"]
        parts = (_who(item["author"]) or item["title"], place, _date(item))
        line = ", ".join(p for p in parts if p)
        yield f"{', '.join(p for p in (line, item['URL']) if p)}{became(item)}\n"


def became(item: dict[str, Any]) -> str:
    """Return what became of a paper, to stand behind its line: " [Retracted 6 February 2010]"."""
    note = (item.get("note") or "").partition(" (")[0]
    said = _ISO_DATE.sub(lambda m: _in_words([int(p) for p in m[0].split("-")]), note)
    return f" [{said}]" if said else ""


def _who(authors: list[dict[str, str]]) -> str:
    names = [a.get("family") or a.get("literal") or a.get("given") or "" for a in authors]
    return " and ".join(names) if len(names) <= _PAIR else f"{names[0]} et al."


def _date(item: dict[str, Any]) -> str:
    """Return the date as the record knows it: 7 April 2025, April 2025, 2025."""
    return _in_words(((item.get("issued") or {}).get("date-parts") or [[]])[0])


def _in_words(parts: Sequence[int]) -> str:
    year, month, day = (*parts, None, None, None)[:3]
    return " ".join(str(p) for p in (day, month and _MONTHS[month - 1], year) if p)
