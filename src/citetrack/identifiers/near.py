"""DOIs that differ from another by one slip of the hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS, _LETTERS = "0123456789", "abcdefghijklmnopqrstuvwxyz"
#: A longer DOI has thousands of neighbours; what is behind this is left alone.
_LONGEST = 60


def is_near(one: str, other: str) -> bool:
    """Whether two different DOIs are one slip apart: swapped, wrong, lost or doubled characters.

    >>> is_near("10.1126/science.1241242", "10.1126/science.1241224")
    True
    """
    from rapidfuzz.distance import OSA

    a, b = one.lower(), other.lower()
    same_registrant = a.partition("/")[0] == b.partition("/")[0]
    return a != b and same_registrant and OSA.distance(a, b, score_cutoff=1) <= 1


def neighbours(doi: str) -> Iterator[str]:
    """Yield what one slip in the suffix may have come from, the likeliest slips first."""
    prefix, slash, suffix = doi.lower().partition("/")
    if len(suffix) > _LONGEST:
        return
    seen = {suffix}
    for near in _slips(suffix):
        if near and near not in seen:
            seen.add(near)
            yield f"{prefix}{slash}{near}"


def _slips(suffix: str) -> Iterator[str]:
    """Yield a text with two neighbours swapped, one more, one other, or one less character."""
    for i in range(len(suffix) - 1):
        yield suffix[:i] + suffix[i + 1] + suffix[i] + suffix[i + 2 :]
    for character in _DIGITS + _LETTERS:
        yield suffix + character
    for i, written in enumerate(suffix):
        for character in _DIGITS if written.isdigit() else _LETTERS:
            yield suffix[:i] + character + suffix[i + 1 :]
    for i in range(len(suffix)):
        yield suffix[:i] + suffix[i + 1 :]
    for i in range(len(suffix)):
        for character in _DIGITS + ".-":
            yield suffix[:i] + character + suffix[i:]
