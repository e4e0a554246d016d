"""ISBNs whose check digit holds, as ISBN-13. An ISBN of ten characters needs its label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_LABELLED = re.compile(
    r"""(?<![a-z])isbns?(?:\W{0,3}1[03](?![\d-]))?["']?(?:\s?\((?:print|pbk|hbk|online|e-?book|electronic)\))?
        [\s:=\#/"'.]{0,4}(?P<isbn>\d(?:[\s-]{0,2}\d){8,11}[\s-]{0,2}[\dx](?![\w]))""",
    re.VERBOSE,
)
_BARE = re.compile(r"(?<![\w.\-/])(?P<isbn>97[89](?:[\s-]?\d){10})(?![\w]|[-.]\d)")
_BARE_IN_PATH = re.compile(
    r"/(?:isbn|dp|product)[/:](?P<isbn>97[89]-?(?:\d-?){9}\d|\d{9}[\dx])(?!\w)"
)
#: A DOI made of an ISBN: 10.978.publisher/title, hyphens left out.
_ISBN_A = re.compile(r"(?<![\w.])(?P<isbn>10\.97[89]\.\d{2,7}/\d{1,7})(?!\d)")


def read_isbn(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the ISBN: behind "ISBN", a bare one of 13 digits, or that inside an ISBN-A."""
    for pattern in (_LABELLED, _BARE, _BARE_IN_PATH, _ISBN_A):
        m = pattern.match(page.lower, at)
        if m is None:
            continue
        printed = page.text[m.start("isbn") : m.end("isbn")]
        value = canonical(printed.removeprefix("10."))
        if value:
            yield Identifier("isbn", value, *m.span("isbn"), printed)


def canonical(printed: str) -> str | None:
    """Return the ISBN-13, or None where the check digit does not hold.

    >>> canonical("0-9752298-0-X")
    '9780975229804'
    """
    digits = re.sub(r"[\s./-]", "", printed).upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if digits[-1] == _check13(digits[:12]) else None
    if re.fullmatch(r"\d{9}[\dX]", digits) and digits[-1] == _check10(digits[:9]):
        return f"978{digits[:9]}{_check13('978' + digits[:9])}"
    return None


def _check13(twelve: str) -> str:
    return str(-sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(twelve)) % 10)


def _check10(nine: str) -> str:
    return "0123456789X"[-sum(int(c) * (10 - i) for i, c in enumerate(nine)) % 11]
