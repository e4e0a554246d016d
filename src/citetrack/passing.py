"""Where a story turns to another study than its own: "another study", "a 2010 study in …"."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from citetrack.dates import STUDY, earlier_studies
from citetrack.text import fold_in_place, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import PartialDate

_AGO = r"(?:[\w-]+[ ](?:years?|decades?)[ ](?:ago|earlier))"
_ANOTHER = re.compile(
    rf"""\b(?:
        (?:another|(?:a|the)[ ](?:separate|second|third|previous|prior|different|related)
          |an?[ ]earlier|the[ ]earlier|(?:his|her|their)[ ](?:previous|earlier)
          |une[ ]autre|otro|(?:um[ ])?outro|un[ ]altro|een[ ](?:ander|eerder)e?
          |een[ ]tweede|une?[ ](?:deuxieme|second)e?|un[ao]?[ ]segund[oa]|um[ ]segundo|un[ ]secondo
        |eine?[ ](?:andere|fruhere|weitere|zweite[rs]?)) [ ](?:[\w'-]+[ ]){{0,3}}?{STUDY}
        |(?:previous|earlier|prior|past|other)[ ](?:[\w'-]+[ ]){{0,2}}?
          (?:research|work|studies|papers),?[ ]
          (?:(?:that|which|they|he|she|had|was|were|been)[ ]){{0,3}}
          (?:published|reported|by|from|such[ ]as|including|in[ ](?:the[ ]journal|(?:19|20)\d\d))\b
        |(?:builds?|building)[ ]on[ ](?:[\w'-]+[ ]){{0,3}}?(?:work|research|findings|{STUDY})
        |(?:published|reported|described|appeared)[ ]in[ ][^.;!?]{{3,60}}?
          [ ](?:last[ ]year|{_AGO})\b
        |une?[ ]etude[ ](?:precedente|anterieure)\b | une?[ ]estudio[ ](?:anterior|previo)\b
        |um[ ]estudo[ ](?:anterior|previo)\b | uno[ ]studio[ ]precedente\b)
    """,
    re.VERBOSE,
)

#: Where a sentence turns back: "…, and on Wednesday they published".
_TURN = re.compile(
    r""",[ ](?:and|but|while|whereas|y|pero|mientras|e|mas|enquanto|ma|mentre|und|aber|wahrend|et
        |mais|tandis|en|maar|terwijl)[ ]|;""",
    re.VERBOSE,
)


class Passing:
    """The stretches of a story that tell of another study: from such a word to the clause's end.

    A year tells of another study where it is before that of the story's date, `published`.
    """

    def __init__(self, text: str, published: PartialDate | None) -> None:
        self._spans = sorted(_spans(text, published))
        self._starts = [start for start, _ in self._spans]

    def __getitem__(self, position: int) -> int | None:
        """Return where the stretch begins that holds a position; None outside of any."""
        i = bisect_right(self._starts, position) - 1
        return self._starts[i] if i >= 0 and position < self._spans[i][1] else None


def _spans(text: str, published: PartialDate | None) -> Iterator[tuple[int, int]]:
    folded = fold_in_place(text)
    cues = {m.start() for m in _ANOTHER.finditer(folded)}
    cues |= {start for start, _, _ in earlier_studies(folded, published)}
    if not cues:
        return
    ends = [end for _, end in sentences(text)]
    first: dict[int, int] = {}
    for cue in sorted(cues):
        first.setdefault(ends[bisect_right(ends, cue)], cue)
    for end, cue in first.items():
        turn = _TURN.search(folded, cue, end)
        yield cue, turn.start() if turn else end
