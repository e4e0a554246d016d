"""Dates in stories: found after publication cues, read beside the story's date, compared."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from citetrack.days import days_between, first_day, of_day
from citetrack.model import Mention, PartialDate
from citetrack.months import came_out_in
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
#: Days counted from the story's own, and stretches of time of which only the month is sure.
_DAYS_BACK = {
    **dict.fromkeys("today tonight heute aujourd'hui hoy hoje oggi vandaag".split(), 0),
    **dict.fromkeys("yesterday gestern hier ayer ontem ieri gisteren".split(), 1),
    **dict.fromkeys("tomorrow morgen demain domani amanha".split(), -1),
}
_WEEKS_BACK = {
    "this week": 0, "this week's": 0, "this month": 0, "this month's": 0, "diese woche": 0,
    "dieser woche": 0, "cette semaine": 0, "esta semana": 0, "questa settimana": 0, "deze week": 0,
    "last week": 7, "vergangene woche": 7, "letzte woche": 7, "la semaine derniere": 7,
    "la semana pasada": 7, "semana passada": 7, "la scorsa settimana": 7, "vorige week": 7,
    "next week": -7, "last month": 30, "next month": -30, "a week ago": 7, "two weeks ago": 14,
    "three weeks ago": 21, "a month ago": 30, "vergangenen monat": 30, "letzten monat": 30,
    "le mois dernier": 30, "el mes pasado": 30, "mes passado": 30, "il mese scorso": 30,
    "vorige maand": 30,
}  # fmt: skip

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted((w for w in WEEKDAYS if len(w) > len("mon")), key=len, reverse=True))
#: Months as they stand alone: whole names only.
_SHORT_MONTHS = frozenset("may july june mai juni juli mayo maio mars avril juin mei".split())
_WHOLE_MONTH = "|".join(sorted(m for m in MONTHS if len(m) > len("sept") or m in _SHORT_MONTHS))
_DATE = re.compile(
    rf"""
    \b(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)\b
    # 07.04.2025; 2025年4月7日, 4月7日, 7日付
    | \b(?P<day4>\d{{1,2}})\.[ ]?(?P<month4>\d{{1,2}})\.[ ]?(?P<year4>(?:19|20)\d\d)\b
    | (?:(?P<year5>(?:19|20)\d\d)[ ]?年[ ]?)?(?:(?P<month5>\d{{1,2}})[ ]?月[ ]?)?
      (?P<day5>\d{{1,2}})[ ]?日(?=付|に|、|,|在|发|發|刊|の|[ ])
    # 7 April 2025, 7. April, 7th of April, 7 de abril de 2025, 16-Sep-2018, 1er mai
    | \b(?P<day1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-](?:of\s|de\s|d')?
      (?P<month1>{_MONTH})\b\.?(?:,?[\s-](?:de\s|del\s)?(?P<year1>(?:19|20)\d\d))?
    # April 7, 2025; Apr. 7
    | \b(?P<month2>{_MONTH})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?%)
      (?:,?\s(?P<year2>(?:19|20)\d\d))?
    | \b(?P<month3>{_MONTH})\b\.?,?\s(?:de\s|del\s)?(?P<year3>(?:19|20)\d\d)\b
    # no dia 9; sexta (9)
    | \b(?:n?o[ ]dia[ ]|el[ ]dia[ ]|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?[ ]\()
      (?P<day6>\d{{1,2}})\b(?![ ]de)
    | \b(?P<near>{"|".join(_DAYS_BACK)})\b
    | \b(?P<week>{"|".join(w.replace(" ", "[ ]") for w in _WEEKS_BACK)})\b
    # "published in November", "in the November issue": elsewhere a month alone is no date
    | (?:(?<=\bin[ ])|(?<=\bi[mnl][ ])|(?<=\be[nm][ ])|(?<=[ ]a[ ]))(?P<bare>{_WHOLE_MONTH})\b
      (?![ ]\d|[ ]d[ei][ ]\d|[ ](?:issue|edition|ausgabe)\b)
    | \b(?P<issue>{_MONTH})\b(?:'s)?(?=[ ](?:\d{{4}}[ ])?(?:issue|edition|ausgabe)\b)
    | \b(?P<weekday>{_WEEKDAY})\b
    """,
    re.VERBOSE,
)
#: Where a date may begin: a number, or one of these words. Asked first, because it takes a tenth of
#: the time of looking for dates everywhere.
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_BEGINNINGS = frozenset(
    word.split()[0].split("'")[0].split("-")[0]
    for words in (MONTHS, WEEKDAYS, _DAYS_BACK, _WEEKS_BACK, ("no", "o", "el"))
    for word in words
)
#: Words that say that what follows, within a few words, is when something was published.
_PUBLICATION_CUE = re.compile(
    r"""\b(?:publi\w+|online|posted|appear\w*|released|issues?|edition|ersch(?:ie|ei)n\w*
        |veroffentlicht\w*|[,(][ ]out|gepubliceerd|versche(?:en|nen)|verschijn\w*
        |paru\w*|pubblicat\w+|appars[oaie]|uscit[oaie]|apareci\w+|sali(?:o|do)|sai(?:u|ram)|divulgad\w+
        |dropped|landed|c(?:a|o)me(?:[ ]|s[ ])out|made[ ]available|uploaded|describ\w+|unveil\w+
        |report(?!er)\w*|present\w*|embargo\w*
        |(?:date|datum|fecha|data)[ ]?[:\n])(?:[^.!?\n]|\.(?=\d)){0,60}\n?$
        |\bwhen\b[^.?!\n]{0,60}\b(?:come[ ]out|published|appear|released)\?\s{1,3}
         (?:on[ ]|in[ ])?$""",
    re.VERBOSE,
)
#: What a study showed on a day, it showed as it came out; its authors speak of it later too.
_SAID_ON = re.compile(
    r"""\b(?:study|studies|research|paper|analysis)\b[^.!?;:\n"“”]{0,60}
        \b(?:said|showed|found|suggested|reported|revealed|warned|concluded)[ ](?:on[ ])?$""",
    re.VERBOSE,
)
#: German and Dutch put the participle last: "am Mittwoch in Nature erschienen". What follows may
#: also be the issue or the journal itself.
_CUE_AFTER = re.compile(
    r"""[^.!?\n]{0,60}\b(?:erschien\w*|veroffentlicht\w*|publizier\w*|gepubliceerd|versche(?:en|nen)
          |apareci\w+|se[ ]publico|veniva[ ]pubblicat\w)\b
        |,?[ ](?:\w+[ ])?published[ ](?:an?|the|its|their)[ ](?:\w+[ ]){0,2}
         (?:paper|study|version|results|findings|work|article)\b
        |(?:'s)?[ ](?:issue|edition|ausgabe|number)[ ]of\b|[ ](?:published|posted)[ ]online
        |[ ](?:in|im|dans|en|na|su|sulla)[ ](?:(?:the|der|het|la|den)[ ])?(?:\w+[ ]){0,2}
         (?:journal|fachmagazin|fachblatt|fachzeitschrift|revue|revista|rivista|vakblad|tijdschrift)\b
        |[^。\n]{0,40}(?:発表|掲載|公開|发表|發表|刊登|刊发|電子版)""",
    re.VERBOSE,
)
#: A span of time is when something was done, not when it was published.
_SPAN = re.compile(
    r"\b(?:between|from|since|during|until|till|through|zwischen|seit|entre|depuis|desde|tra|fra|tussen"
    r"|sinds)\b[^.!?\n]{0,30}$"
)
_EMBARGO = re.compile(r"\bembargo")
_TO_COME = re.compile(
    r"\b(?:erscheint|will[ ]be|to[ ]be|due|wird|sera|sera|sara|wordt|next|embargo\w*)\b"
    r"[^.!?\n]{0,40}$"
)
_LAST = re.compile(r"\b(?:last|letzten|vergangenen|dernier|pasado|passad[oa]|scorso|vorige)[ ]$")
#: "LONDON, April 7 (Reuters) -": the day of the story, told at its head.
_DATELINE = re.compile(
    r"""\s*[A-Z][\w .,/'-]{2,40}[,(]\s*
        (?P<date>[A-Z]\w{2,8}\.?\s\d{1,2}|\d{1,2}\.?\s[A-Z]\w{2,8})\b[^\n]{0,24}\s?[-–—]""",
    re.VERBOSE,
)
_BETWEEN = re.compile(r"[ ,]{1,2}")
_REACH = 80
_RECENT = 31  # days from the end of a month that is named without a day or year
#: What a study is called, folded, in the languages read.
STUDY = r"""(?:stud(?:y|ie|io)|papers?|trial|experiment|(?:meta-)?analysis|review|survey|article
    |report|preprint|etude|estudio|estudo|onderzoek|artikel|artigo|articulo|articolo)\b"""
#: "a 2010 study", "in 2010, a study", "a study in 2010", "a study published by them in 2010".
_YEAR_OF_STUDY = re.compile(
    rf"""\b(?:(?P<before>(?:19|20)\d\d)[ ](?:[\w'-]+[ ]){{0,3}}?{STUDY}
        |(?:in|en|im[ ]jahr|nel)[ ](?P<first>(?:19|20)\d\d),?[ ](?:[\w'-]+[ ]){{0,3}}?
          (?:{STUDY}|(?:scientists|researchers|economists|team|forscher|chercheurs|cientificos)\b
             [^.;!?]{{0,60}}?\b(?:reported|published|writing|wrote|described|publi\w+|bericht\w+)\b)
        |(?:{STUDY}|studies|trials|papers|(?:work|research)(?=,?[ ]publi)),?[ ]
          (?:(?:[\w'-]+[ ]){{0,8}}?(?:publi\w+|appeared|released|reported|erschien\w*|verschenen)
            [ ](?:[\w'-]+[ ]){{0,5}}?)?
          (?:in|from|en|de|del|aus|von|nel|uit)[ ](?P<after>(?:19|20)\d\d)\b)""",
    re.VERBOSE,
)


def find_dates(text: str, published: PartialDate | None = None) -> Iterator[Mention]:
    """Yield the dates that stand beside a word for publishing, and in an embargo.

    The value is the date read beside the story's own (`published`): a weekday is the last such
    day up to it (the next one for what "will be" published), a day and month its occurrence
    nearest to it, "this week" its month. Without a story's date a day and month stay without a
    year (`--04-07`), a weekday says nothing, and the day of a dateline is a date too.
    """
    folded = fold_in_place(text)
    if published is None:
        yield from _dateline(text, folded)
    for m in _written(folded):
        if _names_the_next(folded, m) or not _tells_when(text, folded, m, published):
            continue
        if date := _read(m, published):
            yield Mention("date", str(date), m.start(), m.end(), finder="date")
    for _, start, end in earlier_studies(folded, published):
        yield Mention("date", text[start:end], start, end, finder="date")


def _written(folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield all that is written like a date in a stretch of folded text."""
    end = len(folded) if end is None else end
    for token in _TOKEN.finditer(folded, start, end):
        word = token[0]
        if token.start() < start or not (word[0].isdigit() or word in _BEGINNINGS):
            continue
        if m := _DATE.match(folded, token.start(), end):
            yield m
            start = m.end()


def earlier_studies(folded: str, published: PartialDate | None) -> Iterator[tuple[int, int, int]]:
    """Yield where a study is told of by a year before the story's, and where that year stands.

    The story's own year says less than its date, and a later one is not yet.
    """
    if published is None or published.year is None:
        return
    for m in _YEAR_OF_STUDY.finditer(folded):
        year = m.lastgroup or "before"
        if int(m[year]) < published.year:
            yield m.start(), m.start(year), m.end(year)


def _dateline(text: str, folded: str) -> Iterator[Mention]:
    line = _DATELINE.match(text)
    m = _DATE.match(folded, line.start("date")) if line else None
    date = _read(m, None) if m else None
    if m and date:
        yield Mention("date", str(date), m.start(), m.end(), finder="date")


def _tells_when(text: str, folded: str, m: re.Match[str], published: PartialDate | None) -> bool:
    """Whether a date is when the story's study came out."""
    if not m["bare"]:
        return _has_cue(folded, m.start(), m.end())
    date = _read(m, published)
    if (
        date is None
        or published is None
        or _SPAN.search(folded, max(0, m.start() - _REACH), m.start())
    ):
        return False
    gap = days_between(published, date)
    return gap is not None and came_out_in(text, folded, m.span(), long_ago=gap > _RECENT)


def _has_cue(folded: str, start: int, end: int) -> bool:
    before = folded[max(0, start - _REACH) : start]
    if _SPAN.search(before) and not _EMBARGO.search(before):
        return False
    return bool(
        _PUBLICATION_CUE.search(before)
        or _SAID_ON.search(before)
        or _CUE_AFTER.match(folded, end, end + _REACH)
    )


def _names_the_next(folded: str, m: re.Match[str]) -> bool:
    """Whether a weekday only names the date that follows: "Tuesday 7 April"."""
    if not m["weekday"]:
        return False
    gap = _BETWEEN.match(folded, m.end())
    following = _DATE.match(folded, gap.end()) if gap else None
    return bool(following and not following["weekday"] and not following["near"])


def parse_date(text: str, published: PartialDate | None = None) -> PartialDate | None:
    """Return the first date written in `text`, in any of the languages read, or None.

    >>> str(parse_date("16-Sep-2018"))
    '2018-09-16'
    """
    read = (_read(m, published) for m in _written(fold_in_place(text)))
    return next((date for date in read if date), None)


def read_dates(
    folded: str, published: PartialDate | None, start: int, end: int
) -> Iterator[tuple[int, int, PartialDate]]:
    """Yield where a date stands within a stretch of folded text, and the date."""
    for m in _written(folded, start, end):
        date = None if _names_the_next(folded, m) else _read(m, published)
        if date:
            yield m.start(), m.end(), date


def _read(m: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    try:
        if m["iso"]:
            return PartialDate.parse(m["iso"])
        if m["near"] or m["weekday"] or m["week"]:
            return _relative(m, published)
        if m["day5"] or m["day6"]:
            return _east_asian(m, published)
        name = m["month1"] or m["month2"] or m["month3"] or m["issue"] or m["bare"]
        month = MONTHS[name] if name else int(m["month4"])
        day = m["day1"] or m["day2"] or m["day4"]
        year = m["year1"] or m["year2"] or m["year3"] or m["year4"]
        date = _absolute(int(year) if year else None, month, int(day) if day else None, published)
        return _gone_by(date, published) if m["bare"] and not _is_to_come(m) else date
    except ValueError:  # 31 April, 2025-13
        return None


def _is_to_come(m: re.Match[str]) -> bool:
    return bool(_TO_COME.search(m.string, max(0, m.start() - _REACH), m.start()))


def _gone_by(date: PartialDate, published: PartialDate | None) -> PartialDate:
    """Return a month that is over or running: "printed in February" in a story of December."""
    if published is None or first_day(date) <= first_day(published) or not date.year:
        return date
    return PartialDate(date.year - 1, date.month)


def _absolute(
    year: int | None, month: int, day: int | None, published: PartialDate | None
) -> PartialDate:
    dt.date(year or 2024, month, day or 1)  # raises ValueError where there is no such day
    if not year and not day and (published is None or published.year is None):
        raise ValueError("a month of no year is no date")
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


def _east_asian(m: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    """Read 4月7日; 7日 and "no dia 7" as the last such day up to the story's."""
    day = int(m["day5"] or m["day6"])
    if m["month5"]:
        year = int(m["year5"]) if m["year5"] else None
        return _absolute(year, int(m["month5"]), day, published)
    if published is None or published.day is None:
        return None
    anchor = first_day(published)
    if day > anchor.day:
        anchor = anchor.replace(day=1) - dt.timedelta(days=1)
    return of_day(anchor.replace(day=day))


def _relative(m: re.Match[str], published: PartialDate | None) -> PartialDate | None:
    if published is None or published.day is None:
        return None
    day = first_day(published)
    before = m.string[max(0, m.start() - _REACH) : m.start()]
    if m["week"]:
        within = day - dt.timedelta(days=_WEEKS_BACK[m["week"]])
        return PartialDate(within.year, within.month)
    if m["near"]:
        back = _DAYS_BACK[m["near"]]
    else:
        back = (day.weekday() - WEEKDAYS[m["weekday"]]) % 7
        if back and _is_to_come(m):
            back -= 7
        elif not back and _LAST.search(before):
            back = 7
    return of_day(day - dt.timedelta(days=back))
