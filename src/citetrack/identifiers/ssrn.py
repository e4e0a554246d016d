"""Numbers of SSRN papers, behind "SSRN"; the DOI of paper N is 10.2139/ssrn.N."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_SSRN = re.compile(
    r"""ssrn(?<![a-z./]ssrn)(?:
          [-_\s]?id[-_\s:=\#]{0,2}
        | (?:\s?(?:working\spaper|paper|abstract|no\.?|number|\#))*+\s?[:\#=(]?\s?
        )(?P<id>\d{5,7})(?!\d|[.,]\d)""",
    re.VERBOSE,
)


def find_ssrn(page: Folded) -> Iterator[Identifier]:
    """Yield the SSRN numbers: "SSRN: 4567890", "SSRN-id4567890"."""
    for m in _SSRN.finditer(page.lower):
        yield Identifier("ssrn", m["id"].lstrip("0"), *m.span("id"), m["id"])


def canonical(printed: str) -> str | None:
    """Return the number."""
    value = printed.strip().lstrip("0")
    return value if re.fullmatch(r"[0-9]{1,8}", value) else None
