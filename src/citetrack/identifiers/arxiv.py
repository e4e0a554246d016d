"""arXiv identifiers: "arXiv:2101.00001v3", "hep-th/9901001", and bare ones of the old kind.

Forms and dates as arXiv's "Understanding the arXiv identifier" gives them: four digits behind
the month from April 2007, five from January 2015.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin"
    "|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
_NEW = r"\d{4}\.\d{4,5}"
_OLD = rf"(?:{_ARCHIVES})(?:\.[a-z]{{2}})?/\d{{7}}"
_LABELLED = re.compile(
    rf"""(?<![a-z0-9])arxiv(?:\.org)?
        (?:\s?(?:e-?prints?|preprint|pre-print|id(?:entifier)?|number|no\.?|paper|server|arxiv)){{0,3}}
        (?:[\s:,/\#=(\[]|abs/|pdf/|&quot;|["'{{]){{1,4}}+
        (?P<id>(?:{_NEW}|{_OLD})(?:v\d{{1,3}})?)(?![\d/]|\.\d)""",
    re.VERBOSE,
)
_OLD_TAIL = re.compile(r"/\d{7}(?!\d)(?:v\d{1,3})?(?![\w])")
_OLD_HEAD = re.compile(rf"(?:^|[^\w./-])((?:{_ARCHIVES})(?:\.[a-z]{{2}})?)$")
_PARTS = re.compile(
    rf"(?:arxiv:)?(?:(?P<new>(?P<ym>\d{{4}})\.(?P<number>\d{{4,5}}))"
    rf"|(?P<archive>{_ARCHIVES})(?:\.[a-z]{{2}})?/(?P<old>\d{{7}}))(?:v\d{{1,3}})?",
    re.IGNORECASE,
)
_FIRST, _FIVE_DIGITS, _OLD_YEARS = 704, 1501, (91, 7)
_MONTHS = 12


def read_arxiv(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the arXiv identifier behind "arXiv"."""
    m = _LABELLED.match(page.lower, at)
    if m:
        yield from _checked(page, *m.span("id"))


def read_old_arxiv(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the bare identifier of the old kind, whose archive is its label, by its slash."""
    m = _OLD_TAIL.match(page.lower, at)
    head = _OLD_HEAD.search(page.lower[max(0, at - 16) : at]) if m else None
    if m and head:
        yield from _checked(page, at - len(head[1]), m.end())


def canonical(printed: str) -> str | None:
    """Return the identifier without "arXiv:", subject class and version.

    >>> canonical("math.GT/0309136v2")
    'math/0309136'
    """
    m = _PARTS.fullmatch(printed.strip())
    if not m:
        return None
    if m["new"]:
        return m["new"] if _dated(int(m["ym"]), len(m["number"])) else None
    year, month = int(m["old"][:2]), int(m["old"][2:4])
    in_time = year >= _OLD_YEARS[0] or year <= _OLD_YEARS[1]
    return f"{m['archive'].lower()}/{m['old']}" if in_time and 1 <= month <= _MONTHS else None


def _dated(year_month: int, digits: int) -> bool:
    four, five = 4, 5
    return (
        year_month >= _FIRST
        and 1 <= year_month % 100 <= _MONTHS
        and digits == (five if year_month >= _FIVE_DIGITS else four)
    )


def _checked(page: Folded, start: int, end: int) -> Iterator[Identifier]:
    printed = page.text[start:end]
    value = canonical(printed)
    if value:
        yield Identifier("arxiv", value, start, end, printed)
