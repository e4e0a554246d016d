"""Publisher Item Identifiers of Elsevier: "S0140-6736(21)01431-8", kept without punctuation.

The DOI is usually not in the PII: finding it needs a lookup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

#: S, an ISSN, (year), number-check.
_PRINTED = re.compile(r"(?<![a-z0-9])s\d{4}-\d{3}[\dx]\(\d\d\)\d{5}-[\dx](?![\w])")
_PRINTED_BOOK = re.compile(r"pii\W{1,3}(b97[89](?:-?\d){10}[.-]?\d{5}-?[\dx])(?!\w)")
_BARE = re.compile(r"pii[\W_]{0,3}(s?\d{7}[\dx]\d{7}[\dx])(?!\w)")
_PARTS = re.compile(r"(?:PII)?[:\s]*(S?\d{7}[\dX]\d{7}[\dX]|B97[89]\d{10}\d{5}[\dX])")


def read_pii(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the PII as printed with punctuation."""
    m = _PRINTED.match(page.lower, at)
    if m:
        yield from _checked(page, *m.span())


def read_labelled_pii(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the PII behind "PII"."""
    m = _BARE.match(page.lower, at) or _PRINTED_BOOK.match(page.lower, at)
    if m:
        yield from _checked(page, *m.span(1))


def canonical(printed: str) -> str | None:
    """Return a PII without punctuation.

    >>> canonical("S0140-6736(21)01431-8")
    'S0140673621014318'
    """
    m = _PARTS.fullmatch(re.sub(r"[-().\s]", "", printed).upper())
    return m[1] if m else None


def _checked(page: Folded, start: int, end: int) -> Iterator[Identifier]:
    printed = page.text[start:end]
    value = canonical(printed)
    if value:
        yield Identifier("pii", value, start, end, printed)
