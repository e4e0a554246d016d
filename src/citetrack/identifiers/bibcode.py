"""Bibcodes of the Astrophysics Data System: 19 characters, recognisable by themselves.

Year, five for the journal, four for the volume, one qualifier, four for the page, an initial:
YYYYJJJJJVVVVMPPPPA, filled up with dots (Schmitz et al. 1995).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.fold import Folded

_BIBCODE = re.compile(
    r"""(?:1[6-9]|20)\d\d(?<![\w.]\d{4})
        [A-Za-z][A-Za-z&.][A-Za-z&.]{3}[\w.]{4}[A-Za-z.\d][.\d]{3}[\d.][A-Z](?![\w.][\w])""",
    re.VERBOSE | re.ASCII,
)


def find_bibcodes(page: Folded) -> Iterator[Identifier]:
    """Yield the bibcodes."""
    for m in _BIBCODE.finditer(page.text):
        value = canonical(m[0])
        if value:
            yield Identifier("bibcode", value, *m.span(), m[0])


def canonical(printed: str) -> str | None:
    """Return a bibcode as it stands: letter case matters in it."""
    looks_right = _BIBCODE.fullmatch(printed) and sum(c.isdigit() for c in printed[9:18])
    return printed if looks_right else None
