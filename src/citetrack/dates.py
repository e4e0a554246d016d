"""Dates in stories: found after publication cues, read beside the story's date, compared."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from citetrack.model import Mention, PartialDate
from citetrack.text import fold_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Month names and abbreviations (folded) of the languages whose stories are read; data, not code.
_MONTH_NAMES = """
january jan januar janvier enero janeiro gennaio januari ene gen janv
february feb februar fevrier febrero fevereiro febbraio februari fev febr fevr
march mar marz mars marzo marco maart mrt mrz maerz
april apr avril abril aprile avr abr
may mai mayo maio maggio mei mag
june jun juni juin junio junho giugno giu
july jul juli juillet julio julho luglio lug juil
august aug aout agosto augustus ago
september sep sept septembre septiembre setembro settembre set
october oct oktober octobre octubre outubro ottobre okt ott out
november nov novembre noviembre novembro
december dec dezember decembre diciembre dezembro dicembre dez dic
"""
MONTHS = {
    name: number
    for number, line in enumerate(_MONTH_NAMES.split("\n")[1:-1], 1)
    for name in line.split()
}
_WEEKDAY_NAMES = """
monday mon montag lundi lunes segunda-feira lunedi maandag
tuesday tue dienstag mardi martes terca-feira martedi dinsdag
wednesday wed mittwoch mercredi miercoles quarta-feira mercoledi woensdag
thursday thu donnerstag jeudi jueves quinta-feira giovedi donderdag
friday fri freitag vendredi viernes sexta-feira venerdi vrijdag
saturday sat samstag samedi sabado sabato zaterdag sonnabend
sunday sun sonntag dimanche domingo domenica zondag
"""
WEEKDAYS = {
    name: number
    for number, line in enumerate(_WEEKDAY_NAMES.split("\n")[1:-1])
    for name in line.split()
}
_TODAY = frozenset("today heute aujourd'hui hoy hoje oggi vandaag".split())
_YESTERDAY = frozenset("yesterday gestern hier ayer ontem ieri gisteren".split())

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted((w for w in WEEKDAYS if len(w) > len("mon")), key=len, reverse=True))
_DATE = re.compile(
    rf"""
    \b(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)\b
    # 7 April 2025, 7. April, 7th of April, 7 de abril de 2025, 16-Sep-2018, 1er mai
    | \b(?P<day1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-](?:of\s|de\s|d')?
      (?P<month1>{_MONTH})\b\.?(?:,?[\s-](?:de\s|del\s)?(?P<year1>(?:19|20)\d\d))?
    # April 7, 2025; Apr. 7
    | \b(?P<month2>{_MONTH})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?%)
      (?:,?\s(?P<year2>(?:19|20)\d\d))?
    | \b(?P<month3>{_MONTH})\b\.?,?\s(?:de\s|del\s)?(?P<year3>(?:19|20)\d\d)\b
    | \b(?P<near>today|heute|aujourd'hui|hoy|hoje|oggi|vandaag
                |yesterday|gestern|hier|ayer|ontem|ieri|gisteren)\b
    | \b(?P<weekday>{_WEEKDAY})\b
    """,
    re.VERBOSE,
)
#: Words that say that what follows, within a few words, is when something was published.
_PUBLICATION_CUE = re.compile(
    r"""\b(?:publi\w+|online|posted|appear\w*|released|issue|erschien\w*|veroffentlicht\w*
        |gepubliceerd|verschenen|paru\w*|pubblicat\w+|report\w*|present\w*|date)\b[^.!?\n]{0,60}\n?$""",
    re.VERBOSE,
)
#: German and Dutch put the participle last: "am Mittwoch in Nature erschienen".
_CUE_AFTER = re.compile(
    r"[^.!?\n]{0,60}\b(?:erschien\w*|veroffentlicht\w*|publizier\w*|gepubliceerd|verschenen)\b"
)
_REACH = 80


def find_dates(text: str, published: PartialDate | None = None) -> Iterator[Mention]:
    """Yield the dates that stand shortly after a word for publishing.

    The value is the date read beside the story's own (`published`): a weekday is the last such
    day up to it, a day and month its occurrence nearest to it. Without a story's date a day and
    month stay without a year (`--04-07`), and a weekday says nothing.
    """
    folded = fold_in_place(text)
    for m in _DATE.finditer(folded):
        if not _has_cue(folded, m.start(), m.end()):
            continue
        date = _read(m, published)
        if date:
            yield Mention("date", str(date), m.start(), m.end(), finder="date")


def _has_cue(folded: str, start: int, end: int) -> bool:
    before = folded[max(0, start - _REACH) : start]
    return bool(_PUBLICATION_CUE.search(before) or _CUE_AFTER.match(folded, end, end + _REACH))


def parse_date(text: str, published: PartialDate | None = None) -> PartialDate | None:
    """Return the first date written in `text`, in any of the languages read, or None.

    >>> str(parse_date("16-Sep-2018"))
    '2018-09-16'
    """
    read = (_read(m, published) for m in _DATE.finditer(fold_in_place(text)))
    return next((date for date in read if date), None)


def _read(m: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    try:
        if m["iso"]:
            return PartialDate.parse(m["iso"])
        if m["near"] or m["weekday"]:
            return _relative(m, published)
        month = MONTHS[m["month1"] or m["month2"] or m["month3"]]
        day = m["day1"] or m["day2"]
        year = m["year1"] or m["year2"] or m["year3"]
        return _absolute(int(year) if year else None, month, int(day) if day else None, published)
    except ValueError:  # 31 April, 2025-13
        return None


def _absolute(
    year: int | None, month: int, day: int | None, published: PartialDate | None
) -> PartialDate:
    dt.date(year or 2024, month, day or 1)  # raises ValueError where there is no such day
    if year or published is None or published.year is None:
        return PartialDate(year, month, day)
    return PartialDate(_nearest_year(month, day or 1, published), month, day)


def _nearest_year(month: int, day: int, published: PartialDate) -> int:
    """Return the year that brings day and month nearest to the story's date."""
    anchor = first_day(published)
    year = anchor.year
    # A story speaks of days to come by a few weeks at most (embargo, print issue).
    soon = dt.timedelta(days=60)
    candidate = dt.date(year, month, min(day, 28))
    if candidate > anchor + soon:
        return year - 1
    if candidate + dt.timedelta(days=365) <= anchor + soon:
        return year + 1
    return year


def _relative(m: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    if published is None or published.day is None:
        return None
    day = first_day(published)
    if m["near"]:
        back = 0 if m["near"] in _TODAY else 1
    else:
        back = (day.weekday() - WEEKDAYS[m["weekday"]]) % 7
    return of_day(day - dt.timedelta(days=back))


def of_day(day: dt.date) -> PartialDate:
    """Return a calendar day as a date of full precision."""
    return PartialDate(day.year, day.month, day.day)


def first_day(date: PartialDate) -> dt.date:
    """Return the first day that `date` may mean; a missing year raises ValueError."""
    if date.year is None:
        raise ValueError(f"no year in {date}")
    return dt.date(date.year, date.month or 1, date.day or 1)


def last_day(date: PartialDate) -> dt.date:
    """Return the last day that `date` may mean; a missing year raises ValueError."""
    first = first_day(date)
    if date.day:
        return first
    if date.month:
        following = first.replace(day=28) + dt.timedelta(days=4)
        return following - dt.timedelta(days=following.day)
    return first.replace(month=12, day=31)


def days_between(story: PartialDate, record: PartialDate) -> int | None:
    """Return how many days `story` lies after `record`, at the coarser precision of the two.

    Two dates that may mean the same day are 0 apart. A date without a year is compared by day
    and month within half a year; None when nothing can be compared.

    >>> days_between(PartialDate(2025, 4, 7), PartialDate(2025, 4))
    0
    >>> days_between(PartialDate(None, 4, 9), PartialDate(2025, 4, 7))
    2
    """
    if record.year is None:
        return None
    if story.year is None:
        return _days_without_year(story, record)
    a1, a2, b1, b2 = first_day(story), last_day(story), first_day(record), last_day(record)
    if a1 > b2:
        return (a1 - b2).days
    if b1 > a2:
        return -(b1 - a2).days
    return 0


def _days_without_year(story: PartialDate, record: PartialDate) -> int | None:
    if record.month is None or story.month is None or record.year is None:
        return None
    gaps = []
    for year in (record.year - 1, record.year, record.year + 1):
        try:
            dated = PartialDate(year, story.month, story.day)
            gap = days_between(dated, record)
        except ValueError:  # 29 February
            continue
        if gap is not None:
            gaps.append(gap)
    return min(gaps, key=abs, default=None)
