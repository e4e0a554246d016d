"""Numbers in text, with their units: "770 adults", "27%", "3.04 billion"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_NUMBER = re.compile(
    r"""(?<![\w.,/-])
    (?P<number>\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?P<scale>\s?(?:thousand|million|billion|trillion|bn|m)\b)?
    (?:(?P<percent>\s?(?:%|per\s?cent\b|percent\b)(?P<points>\s(?:percentage\s)?points?\b)?)
      |-?\s?(?P<unit>(?:years?|months?|weeks?|days?|hours?|minutes?|kg|mg|g|km|cm|mm|times|fold)\b)
      |\s(?P<noun>(?:[a-z][a-z'’-]+\s){0,2}?(?:adults|people|patients|participants|children|women
         |men|volunteers|subjects|mice|rats|students|cases|deaths|hospitals|countries|couples|babies
         |infants|pupils|families|households|trials|studies|veterans|nurses|doctors|users))\b)?
    (?![\w/]|[.,]\d|\s(?:January|February|March|April|May|June|July|August|September|October
       |November|December)\b)""",
    re.VERBOSE,
)
_YEARS = range(1500, 2101)
_WIDTH_OF_YEAR = 4


def find_figures(text: str) -> Iterator[Figure]:
    """Yield the figures of `text` in order; bare years and the digits of dates are left out.

    >>> [(f.value, f.unit, f.kind) for f in find_figures("27% of 1,961 adults")]
    [(27.0, '%', 'percent'), (1961.0, 'adults', 'count')]
    """
    for m in _NUMBER.finditer(text):
        figure = _figure(m)
        if figure:
            yield figure


def _figure(m: re.Match[str]) -> Figure | None:
    digits = re.sub(r"[,\u202f\u00a0]", "", m["number"])
    value = float(digits) * _SCALES.get((m["scale"] or "").strip(), 1)
    quote = m[0].strip()
    if m["percent"]:
        unit = "percentage points" if m["points"] else "%"
        return Figure(quote, value, unit, "percent")
    if m["unit"]:
        return Figure(quote, value, m["unit"], "measure")
    if m["noun"]:
        return Figure(quote, value, m["noun"].split()[-1], "count")
    if _is_year(digits) and not m["scale"]:
        return None
    return Figure(quote, value, None, "number")


def _is_year(digits: str) -> bool:
    return len(digits) == _WIDTH_OF_YEAR and digits.isdigit() and int(digits) in _YEARS
