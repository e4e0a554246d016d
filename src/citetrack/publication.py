"""Dates that stand right beside a journal: when the issue or the paper came out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.dates import read_dates
from citetrack.model import Mention
from citetrack.text import fold_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetrack.model import PartialDate

_LITTLE = (
    r"(?:on|in|of|by|at|this|last|dated|am|vom|im|von|der|die|das|den|le|la|ce|du|el|este|esta|de|del"
    r"|della|na|no|em|en|nesta|neste|desta|deste|dia|il|lo|di|su|sul|sulla|op|van|het|door|par|dans|the|a"
    r"|published|online|out|journal|magazine|fach\w+|zeitschrift|revue|revista|rivista|periodico|vakblad"
    r"|tijdschrift|\w+e?magazin|savante|americaine|americana|britannique|scientifique|cientifica"
    r"|scientifica|te|lezen|verschenen|erschienen|parue?s?|pubblicat[oaie]|publicad[oa]s?)"
)
#: Between a journal and a date behind it: "Nature on Thursday", "Current Biology (Dec. 21)".
_AFTER = re.compile(
    rf"[\s\"'”»’*_)\]]*(?:reports|reported|explained|showed|published|which\ appeared)?"
    rf"[\s,;:(]{{1,3}}(?:{_LITTLE}\s){{0,3}}",
)
#: Between a date and a journal behind it: "on Friday in the journal Science".
_BEFORE = re.compile(rf"(?:['’]s)?[\s,)]{{1,3}}(?:{_LITTLE}\s){{0,6}}[«“„\"'‘*_(]{{0,2}}")
#: A journal that is told something is no place of publication; a span of time is no date.
_TOLD = re.compile(r"\b(?:told|tells|between|since|from|until)\s(?:the\s|journal\s){0,2}$")
_REACH = 60
#: "Nature in 2018", "PLoS Medicine, 2010", "Science (2011)".
_YEAR_AFTER = re.compile(
    r"[\s\"'”»’*_)\]]*(?:,\s|\s\(|\s(?:in|en|em|nel|im|im\sJahr),?\s|,\s(?:in|en|em|nel)\s)"
    r"(?P<year>(?:19|20)\d\d)\b"
)
#: "published in 2012 in", "nel 2020, sul".
_YEAR_BEFORE = re.compile(
    rf"\b(?:[Ii]n|[Ee]n|[Ee]m|[Nn]el|[Ii]m\sJahr)\s(?P<year>(?:19|20)\d\d),?\s(?:{_LITTLE}\s){{1,4}}"
    r"[«“„\"'‘*_(]{0,2}$"
)


def _years_beside(text: str, journal: Mention, published: PartialDate | None) -> Iterator[Mention]:
    """Yield a year before the story's own that stands right beside a journal."""
    m = _YEAR_AFTER.match(text, journal.end) or _YEAR_BEFORE.search(
        text, max(0, journal.start - _REACH), journal.start
    )
    if m and published and published.year and int(m["year"]) < published.year:
        yield Mention("date", m["year"], m.start("year"), m.end("year"), finder="date")


def find_dates_beside(
    text: str, journals: Sequence[Mention], published: PartialDate | None
) -> Iterator[Mention]:
    """Yield the dates next to `journals`, read beside the story's date."""
    folded = fold_in_place(text)
    for journal in journals:
        yield from _years_beside(text, journal, published)
        before = folded[max(0, journal.start - _REACH) : journal.start]
        if _TOLD.search(before):
            continue
        window = max(0, journal.start - _REACH), min(len(text), journal.end + _REACH)
        for start, end, date in read_dates(folded, published, *window):
            gap, pattern = (
                (folded[journal.end : start], _AFTER)
                if start >= journal.end
                else (folded[end : journal.start], _BEFORE)
            )
            if pattern.fullmatch(gap) and not _TOLD.search(folded, max(0, start - _REACH), start):
                yield Mention("date", str(date), start, end, finder="date")
