"""Which sentences of a story state a result."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.figures import find_figures
from citetrack.model import Claim, Zone
from citetrack.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import Article

#: Words with which stories tell what a study found.
_RESULT = re.compile(
    r"""\b(?:found|finds?|show(?:s|ed|n)?|suggest\w*|reveal\w*|conclude\w*|associat\w+|link(?:s|ed)
        |reduc\w+|increas\w+|improv\w+|lower(?:s|ed)?|higher|likel(?:y|ihood)|risks?|rates?|averag\w+
        |led\sto|cause[sd]?|prevent\w*|effective|compared|participants|patients|enrol\w+|trial
        |randomi[sz]ed|followed|tracked|doubl\w+|halv\w+|benefits?|decline[sd]?|fell|rose|dropped
        |ergab|zeigte\w*|montre\w*|réduit|mostr\w+|redu[cjz]\w+|aument\w+|dimostr\w+|bleek|toon\w+)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_FEWEST_WORDS = 6
_CLAIM_ZONES = frozenset({Zone.BODY})
#: More sentences than this say no more about whether a story gets a study right.
MAX_CLAIMS = 60


def find_claims(article: Article) -> Iterator[Claim]:
    """Yield the sentences of the story's body that state a result, with their figures.

    A sentence counts when it speaks of finding, comparing or enrolling; figures alone are not
    enough ("tickets cost 8 pounds").
    """
    found = 0
    for start, end in sentences(article.text):
        quote = article.text[start:end]
        if article.zone_at(start) not in _CLAIM_ZONES or not _states_a_result(quote):
            continue
        yield Claim(quote, start, end, figures=tuple(find_figures(quote)))
        found += 1
        if found == MAX_CLAIMS:
            return


def _states_a_result(sentence: str) -> bool:
    long_enough = len(sentence.split()) >= _FEWEST_WORDS
    return long_enough and bool(_RESULT.search(sentence)) and not sentence.endswith("?")
