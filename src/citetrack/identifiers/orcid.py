"""ORCID iDs whose check digit holds (ISO 7064 mod 11-2) and that ORCID may give out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

#: ORCID's share of the ISNI numbers: 0000-0001-5… to 0000-0003-5… and 0009-00….
_ORCID = re.compile(r"(?<![\w-])000(?:0-000[1-3]|9-00[01]\d)-\d{4}-\d{3}[\dXx](?![\w]|-\d)")


def read_orcid(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the ORCID iD that begins here."""
    m = _ORCID.match(page.text, at)
    value = canonical(m[0]) if m else None
    if m and value:
        yield Identifier("orcid", value, *m.span(), m[0])


def canonical(printed: str) -> str | None:
    """Return the iD in four groups, or None where the check digit does not hold.

    >>> canonical("0000-0002-1825-0097")
    '0000-0002-1825-0097'
    """
    value = printed.strip().upper()
    if not re.fullmatch(r"(?:\d{4}-){3}\d{3}[\dX]", value):
        return None
    total = 0
    for c in value.replace("-", "")[:-1]:
        total = (total + int(c)) * 2
    return value if value[-1] == "0123456789X"[(12 - total % 11) % 11] else None
