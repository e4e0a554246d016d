"""Short DOIs: "doi:10/gf4gqc", "https://doi.org/gf4gqc". A bare "10/abc" is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_AT_RESOLVER = re.compile(
    r"(?<![\w-])(?<!www\.)doi\.org/{1,2}(?P<id>10/[a-z0-9]{2,10}|[a-z0-9]{3,8})(?![\w/-]|\.\w)"
)
_LABELLED = re.compile(r"(?<![a-z])doi:\s?(?P<id>10/[a-z][a-z0-9]{1,9})(?![\w/-]|\.\w)")
#: Pages of the resolver's own site.
_PAGES = frozenset(
    "about contact demos faq factsheet handbook hb help index news overview tools".split()
)


def read_short_doi(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the short DOI behind a resolver's host or a label, as "10/abc"."""
    m = _AT_RESOLVER.match(page.lower, at) or _LABELLED.match(page.lower, at)
    if m is None:
        return
    printed = page.text[m.start("id") : m.end("id")]
    value = canonical(printed)
    if value:
        yield Identifier("shortdoi", value, *m.span("id"), printed)


def canonical(printed: str) -> str | None:
    """Return "10/" and the letters in lower case."""
    name = printed.lower().removeprefix("10/")
    if name in _PAGES or not re.fullmatch(r"[a-z0-9]{2,10}", name):
        return None
    return f"10/{name}"
