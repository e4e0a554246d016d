"""Numbers of SSRN papers, behind "SSRN"; the DOI of paper N is 10.2139/ssrn.N."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_SSRN = re.compile(
    r"""(?<![a-z./])ssrn(?:
          [-_\s]?id[-_\s:=\#]{0,2}
        | (?:\s?(?:working\spaper|paper|abstract|no\.?|number|\#))*+\s?[:\#=(]?\s?
        )(?P<id>\d{5,7})(?!\d|[.,]\d)""",
    re.VERBOSE,
)


def read_ssrn(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the SSRN number of "SSRN: 4567890" or "SSRN-id4567890"."""
    m = _SSRN.match(page.lower, at)
    if m:
        yield Identifier("ssrn", m["id"].lstrip("0"), *m.span("id"), m["id"])


def canonical(printed: str) -> str | None:
    """Return the number."""
    value = printed.strip().lstrip("0")
    return value if re.fullmatch(r"[0-9]{1,8}", value) else None
