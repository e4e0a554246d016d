"""Which words tell a subject, and which technical words plain words stand for."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from citetrack.text import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Words that tell nothing of a subject, in titles, abstracts and news.
STOP_WORDS = frozenset(
    """a about above after again against ago all almost already also although always among an and
    another any are around as at away back be became because become been before behind being below
    best better between both but by called came can cannot case cases come could day days did do
    does doing done down during each either else end enough even ever every far few find finding
    findings first five for found four from further gave get gets getting give given go goes going
    got great had half has have having he head help her here him himself his how however hundreds
    i if in including into is it its itself just keep kind know known large last late later least
    leave left less let like likely little long look lot made main make makes making man many may
    me mean means might million month months more most much must my near nearly need never new news
    next no nor not now of off often old on once one only onto or other others our out over own
    part parts past people per perhaps place point possible probably published put quite rather
    real really recent recently report reported reports research researcher researchers right said
    same saw say saying says scientist scientists second see seem seems seen set several she should
    show showed showing shown shows since six small so some someone something soon still studied
    studies study such take taken team ten than that the their them themselves then there these
    they thing things think third this those though thought thousands three through time times to
    today together told too took toward towards try turn two under until up upon us use used uses
    using very want was way ways we week weeks well went were what when where whether which while
    who whole whom whose why will with within without work worked working works world would year
    years yes yet you your university professor author authors journal colleague colleagues
    according suggest suggests suggested based analysis review cohort results result effect effects
    association associations systematic evidence role versus among trial randomized randomised
    clinical background objective objectives methods conclusion conclusions aim aims abstract
    introduction significant significantly compared""".split()
)

#: Words of an address that say nothing of which institution it is.
ADDRESS_WORDS = frozenset(
    """university college school institute hospital department centre center medical medicine
    research sciences science national royal clinical health unit faculty division general trust
    council laboratory group foundation street road london of and for the in at""".split()
)


def technical_words(said: Sequence[str]) -> Iterator[str]:
    """Yield the words that titles and abstracts use for what the words `said` say plainly.

    >>> [*technical_words(["a", "heart", "attack"])][:2]
    ['myocardial', 'infarction']
    """
    stems = [stem(w) for w in said]
    table = _lay_table()
    for i, first in enumerate(stems):
        for phrase, technical in table.get(first, ()):
            if tuple(stems[i : i + len(phrase)]) == phrase:
                yield from technical


@cache
def _lay_table() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return the table of plain phrases (in stems) and technical words, by the first stem."""
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    text = resources.files("citetrack").joinpath("resources/lay-terms.txt").read_text("utf-8")
    for line in text.splitlines():
        plain, equals, technical = line.partition("=")
        if not equals or line.startswith("#"):
            continue
        for phrase in plain.split(";"):
            key = tuple(stem(w) for w in words(phrase))
            table.setdefault(key[0], []).append((key, tuple(words(technical))))
    for phrases in table.values():  # the longest phrase first: "heart attack" before "heart"
        phrases.sort(key=lambda p: -len(p[0]))
    return table
