"""DOIs that may not be live yet: those of stories of these days, or under embargo."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from citetrack.model import Status

if TYPE_CHECKING:
    from citetrack.model import Article, Citation

#: Days between story and today within which a DOI may still go live.
_DAYS = 3
_EMBARGO = re.compile(
    r"""\bembargo(?:ed)?\s(?:until|till|to|for|date|lifts?|ends?|expires?)\b
        |\bembargo(?:ed)?\s?:|\bunder\s(?:strict\s)?embargo\b
        |\bsperrfrist\b|\bsous\sembargo\b|\bembargad[oa]\shasta\b|\bsotto\sembargo\b""",
    re.VERBOSE | re.IGNORECASE,
)


def is_awaited(citation: Citation, article: Article, today: dt.date) -> bool:
    """Whether the printed DOI, which nobody has registered, may go live any day."""
    if citation.status is not Status.NOT_FOUND or not citation.reference.doi_as_printed:
        return False
    return _is_of_these_days(article, today) or bool(_EMBARGO.search(article.text))


def _is_of_these_days(article: Article, today: dt.date) -> bool:
    told = article.published
    if told is None or told.year is None or told.month is None or told.day is None:
        return False
    day = dt.date(told.year, told.month, told.day)
    return abs((day - today).days) <= _DAYS
