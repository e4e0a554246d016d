"""Which of a story's studies a mention belongs to: where it stands, and whom it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetrack.names import family_as_printed
from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.model import Mention

_PEOPLE = frozenset({"author", "person"})


@dataclass(slots=True)
class Group:
    """A reference in the making: where it is anchored, and the mentions gathered so far."""

    anchors: list[int]
    key: str
    indices: list[int] = field(default_factory=list)
    doubt: float = 0.0
    passing: bool = False
    meeting: str | None = None


class Lines:
    """Which line of the text a position stands on."""

    def __init__(self, text: str) -> None:
        self._ends = [m.start() for m in re.finditer(r"\n", text)]

    def __getitem__(self, position: int) -> int:
        return bisect_left(self._ends, position)


def gather(
    lines: Lines, mentions: Sequence[Mention], some: Iterable[int], groups: Sequence[Group]
) -> None:
    """Give each of `some` mentions to the group it stands nearest to, in its own paragraph if any.

    A surname alone goes where the person is named in full.
    """
    if not groups:
        return
    owners: dict[str, list[Group]] = {}
    bare = []
    for i in some:
        m = mentions[i]
        if m.kind in _PEOPLE and " " not in m.value:
            bare.append(i)
            continue
        nearest = _nearest(lines, m, groups)
        nearest.indices.append(i)
        if m.kind in _PEOPLE:
            owners.setdefault(fold(family_as_printed(m.value)), []).append(nearest)
    for i in bare:
        m = mentions[i]
        _nearest(lines, m, owners.get(fold(m.value)) or groups).indices.append(i)


def _nearest(lines: Lines, m: Mention, groups: Sequence[Group]) -> Group:
    """Return the group with the anchor fewest lines, then characters, away."""
    if len(groups) == 1:
        return groups[0]

    def gap(anchor: int) -> tuple[int, int]:
        return abs(lines[anchor] - lines[m.start]), abs(anchor - m.start)

    return min(groups, key=lambda g: min(gap(a) for a in g.anchors))
