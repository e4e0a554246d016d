"""How long ago something was, in words."""

from __future__ import annotations

import datetime as dt

_A_DAY, _TWO_MONTHS, _TWO_YEARS = 1, 61, 730


def age(at: str, today: str) -> str:
    """Return how old what is `at` an instant or a day (ISO 8601) is on the day `today`.

    >>> age("2025-08-22", "2026-11-25"), age("2026-11-25T09:30:00Z", "2026-11-25")
    ('15 months old', 'today')
    """
    days = (dt.date.fromisoformat(today[:10]) - dt.date.fromisoformat(at[:10])).days
    if days <= 0:
        return "today"
    if days == _A_DAY:
        return "1 day old"
    if days < _TWO_MONTHS:
        return f"{days} days old"
    if days < _TWO_YEARS:
        return f"{days * 12 // 365} months old"
    return f"{days // 365} years old"
