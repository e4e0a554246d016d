"""The stretches of a long text in which an identifier may stand.

Fifteen kinds of patterns over a whole story cost far more than looking where none can match:
nearly every identifier holds five digits, dots, hyphens and slashes in a row, stands in an
address, or behind a label. Text is kept around such places only, and joined by empty lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.markup import MappedText

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Below this many characters looking costs more than it saves.
_SHORT = 1500
#: What must be seen before and behind a place: a label or host; a broken DOI, a list of PMIDs.
_BEFORE, _BEHIND = 90, 320
#: How much farther a stretch may reach to end at a blank.
_LONGEST_WORD = 600
#: Stretches that make up more than this share of the text are not worth cutting.
_LARGEST_SHARE = 0.7

#: Digits, dots, hyphens, slashes and whatever is not ASCII become "0", letters "a", the rest " ".
_SHAPE = bytes(
    ord("0")
    if chr(i) in "0123456789.-/?"
    else ord("a")
    if chr(i).isalpha() or chr(i) == "&"
    else ord(" ")
    for i in range(128)
) + b" " * 128
_BY_SHAPE = (re.compile(rb"00000+"), re.compile(rb"0000aa"))
_BY_LETTERS = (
    re.compile(rb"/(?:(?<=\.[a-z]{2}/)|(?<=\.[a-z]{3}/)|(?<=\.[a-z]{4}/)|(?<=:\d{4}/))"),
    re.compile(rb"pmid"),
    re.compile(rb"pubmed"),
    re.compile(rb"isbn"),
    re.compile(rb"repec:"),
    re.compile(rb"doi:"),
)
_FULL_WIDTH_DIGIT = re.compile("[\uff10-\uff19]")


def condense(text: str) -> MappedText | None:
    """Return the telling stretches of `text`, or None where all of it should be read."""
    if len(text) < _SHORT or (not text.isascii() and _FULL_WIDTH_DIGIT.search(text)):
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


def _places(text: str) -> list[tuple[int, int]]:
    letters = text.encode("ascii", "replace").lower()
    shape = letters.translate(_SHAPE)
    places = [m.span() for pattern in _BY_SHAPE for m in pattern.finditer(shape)]
    places += (m.span() for pattern in _BY_LETTERS for m in pattern.finditer(letters))
    places.sort()
    return places


def _stretches(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans around places, from blank to blank, joined where they touch."""
    start = end = 0
    for place_start, place_end in places:
        if place_end + _BEHIND <= end:
            continue
        if place_start - _BEFORE > end:
            if end:
                yield start, end
            start = _blank_before(text, max(end, place_start - _BEFORE))
        end = _blank_behind(text, place_end + _BEHIND)
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
