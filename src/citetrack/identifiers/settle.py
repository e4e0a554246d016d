"""Glued and broken DOIs settled by asking which of their beginnings exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Doi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: A DOI of more than 200 characters behind the slash has not been seen.
_LONGEST = 200
_START = re.compile(r"10\.\d{3,9}(?:\.\d+)*/+")
_BROKEN_PREFIX = re.compile(r"^\s*10\s?\.\s?(\d{3,9}(?:\.\d+)*)\s?/\s?")
_ALLOWED = re.compile(r"[^\s\"'“”‘’«»|\\]+")


def longest_existing(printed: str, exists: Callable[[Sequence[Doi]], Iterable[bool]]) -> Doi | None:
    """Return the longest beginning of `printed` that exists, or None.

    `printed` begins with the bare DOI; what follows it in the text may be given too, since a DOI
    may go on behind a blank or line end. `exists` is asked once and answers in order. A beginning
    ends where one kind of character meets another, never between two digits or two small letters:
    that would be another work's DOI.

    >>> known = {"10.1000/a.3204"}
    >>> longest_existing("10.1000/a.3204Journal", lambda dois: [d.value in known for d in dois])
    Doi(value='10.1000/a.3204')
    """
    candidates = list(_beginnings(printed))
    answers = exists(candidates) if candidates else ()
    return next((doi for doi, there in zip(candidates, answers, strict=True) if there), None)


def _beginnings(printed: str) -> Iterator[Doi]:
    """Yield the plausible beginnings, longest first."""
    first, *rest = _BROKEN_PREFIX.sub(r"10.\1/", printed).split() or [""]
    m = _START.match(first)
    if m is None:
        return
    text, breaks = _joined(first, rest)
    ends = (i for i in range(len(text), m.end(), -1) if i in breaks or _may_end(text, i))
    for end in ends:
        yield Doi(text[:end].lower())


def _joined(first: str, rest: list[str]) -> tuple[str, set[int]]:
    """Join the words up to the first character that no DOI has; say where the blanks were."""
    text, breaks = "", set()
    for word in (first, *rest):
        m = _ALLOWED.match(word)
        text += m[0] if m else ""
        breaks.add(len(text))
        if m is None or m.end() < len(word) or len(text) > _LONGEST:
            break
    return text[: _LONGEST + len(first)], breaks


def _may_end(text: str, at: int) -> bool:
    """Say whether a DOI may end before `text[at]`."""
    last = text[at - 1]
    if last in ".,;:-_/([<&":
        return False
    return at == len(text) or _sort(last) != _sort(text[at])


def _sort(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "lower"
    return character
