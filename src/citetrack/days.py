"""The days that a date of any precision may mean, and how far two dates lie apart."""

from __future__ import annotations

import datetime as dt

from citetrack.model import PartialDate


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
