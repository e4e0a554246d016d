"""Dates of records: partial, null, or absurd."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from citetrack.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetrack.record.wire import Date

#: The oldest works registered are of the 1600s; a year beyond these is a slip of the deposit.
_FIRST_YEAR, _LAST_YEAR = 1450, 2100
_LENGTH = 3


def partial_date(date: Date | None) -> PartialDate | None:
    """Return the date as far as it makes sense: 2025-13-40 is 2025, the year 20255 is nothing."""
    return date_of(date_number(date))


def date_number(date: Date | None) -> int | None:
    """Return the date, as far as it makes sense, as a number: 20250407, 20250400, 20250000."""
    if date is None or not date.parts or not date.parts[0]:
        return None
    return _read(date.parts[0][:_LENGTH])


@lru_cache(maxsize=65536)  # all days of a hundred years; most records tell one day five times
def _read(parts: tuple[int | float | str | None, ...]) -> int | None:
    return number_of(sensible_date([_number(p) for p in parts]))


def number_of(date: PartialDate | None) -> int | None:
    """Return the number of a date; a date without a year has none."""
    if date is None or date.year is None:
        return None
    return date.year * 10000 + (date.month or 0) * 100 + (date.day or 0)


@lru_cache(maxsize=65536)
def date_of(number: int | None) -> PartialDate | None:
    """Return the date of a number that `date_number` gave.

    >>> str(date_of(20250400))
    '2025-04'
    """
    if number is None:
        return None
    return PartialDate(number // 10000, number // 100 % 100 or None, number % 100 or None)


def sensible_date(numbers: Sequence[int | None]) -> PartialDate | None:
    """Return the date of year, month and day as far as it makes sense."""
    year = numbers[0]
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    month = numbers[1] if len(numbers) > 1 else None
    if month is None or not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return PartialDate(year)
    day = numbers[2] if len(numbers) > 2 else None  # noqa: PLR2004 - the third part
    if day is None or not _is_day(year, month, day):
        return PartialDate(year, month)
    return PartialDate(year, month, day)


def _number(part: float | str | None) -> int | None:
    try:
        return None if part is None else int(part)
    except (ValueError, OverflowError):
        return None


def _is_day(year: int, month: int, day: int) -> bool:
    if 1 <= day <= 28:  # noqa: PLR2004 - every month has these
        return True
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


_WRITTEN = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d])")


def readable_date(text: object) -> PartialDate | None:
    """Return the date at the beginning of a text: `2019-02-07T09:22:51Z`, `2019-02`, 2019.

    >>> str(readable_date("2019-02-07T09:22:51Z"))
    '2019-02-07'
    """
    m = _WRITTEN.match(str(text)) if isinstance(text, str | int) else None
    return sensible_date([int(g) for g in m.groups() if g]) if m else None
