"""The stretches of a long text in which an identifier may stand.

Fifteen kinds of patterns over a whole story cost far more than looking where none can match:
nearly every identifier holds five digits, hyphens and slashes in a row, perhaps around a dot,
stands in an address, or behind a label. Text is kept around such places only, and joined by empty
lines.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import MATCHKIND_LEFTMOST_FIRST, BytesAhoCorasick

from citetrack.markup import MappedText

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Below this many characters looking costs more than it saves.
_SHORT = 1500
#: What must be seen before and behind a place: a label or host; a broken DOI, a list of PMIDs.
_BEFORE, _BEHIND = 90, 220
#: How much farther a stretch may reach to end at a blank.
_LONGEST_WORD = 600
#: Stretches that make up more than this share of the text are not worth cutting.
_LARGEST_SHARE = 0.7

#: Digits, hyphens, slashes and whatever is not ASCII become "0", letters small; dots and colons
#: stay, the rest is blank.
_SHAPE = bytes(
    ord("0") if c in b"0123456789-/?" else c if c in b".:" or chr(c).islower() else 32
    for c in bytes(range(256)).lower()
)
#: Five of them in a row, a DOI's or arXiv's dot, a bibcode's volume or filling; and the labels of
#: numbers that may be short. All are looked for at once, at some 2 GB/s.
_TELLING = (b"00000", b"00.0000", b"...", b"..0", b".000.", b"pmid", b"isbn", b"repec:")
#: A host's end, or a short DOI's beginning.
_SLASH = re.compile(
    rb"/(?:(?<=\.[a-zA-Z]{3}/)|(?<=\.[a-zA-Z]{2}/)|(?<=\.[a-zA-Z]{4}/)|(?<=:\d{4}/)|(?<=10/))"
)


def condense(text: str) -> MappedText | None:
    """Return the telling stretches of `text`, or None where all of it should be read."""
    if len(text) < _SHORT:
        return None
    stretches = list(_stretches(text, _places(text)))
    if sum(end - start for start, end in stretches) > _LARGEST_SHARE * len(text):
        return None
    condensed, last = MappedText(), 0
    for start, end in stretches:
        condensed.add("\n\n", last, start)
        condensed.add(text[start:end], start, end)
        last = end
    return condensed


def _places(text: str) -> list[int]:
    letters = text.encode("ascii", "replace")
    places = [m.start() for m in _SLASH.finditer(letters)]
    found = _search().find_matches_as_indexes(letters.translate(_SHAPE))
    places += [start for _, start, _ in found]
    places.sort()
    return places


@cache
def _search() -> BytesAhoCorasick:
    """Return the search for telling strings: the leftmost ones, which is the quickest to find."""
    return BytesAhoCorasick(_TELLING, matchkind=MATCHKIND_LEFTMOST_FIRST)


def _stretches(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans around places, from blank to blank, joined where they touch."""
    start = end = 0
    for place in places:
        if place + _BEHIND <= end:
            continue
        if place - _BEFORE > end or not end:
            if end:
                yield start, end
            start = _blank_before(text, max(end, place - _BEFORE))
        end = _blank_behind(text, place + _BEHIND)
    if end:
        yield start, end


def _blank_before(text: str, at: int) -> int:
    lowest = max(0, at - _LONGEST_WORD)
    blank = max(text.rfind(" ", lowest, at), text.rfind("\n", lowest, at))
    return at if blank < 0 else blank


def _blank_behind(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.find(" ", at, at + _LONGEST_WORD)
    return min(at + _LONGEST_WORD, len(text)) if blank < 0 else blank
