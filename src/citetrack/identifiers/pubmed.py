"""PubMed identifiers, only behind a label: a bare number is never one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_PMID = re.compile(
    r"""(?<![a-z])pmid(?:\(s\)|s)?(?:\snumbers?)?["']?\s{0,3}(?:[:=\#/.\[({]|no\.?)?\s{0,3}["'{(\[]?
        (?P<ids>0{0,3}\d{1,8}(?!\d)(?:\s?[,;]\s?\d{7,8}(?!\d)){0,30})""",
    re.VERBOSE,
)
_PUBMED = re.compile(
    r"""(?<![a-z])pubmed(?:\sid(?:entifier)?|\snumber|\sno\.?|\saccession)?
        (?:\s?[:\#=]\s?|\s(?=\d{6}))\[?(?P<ids>\d{1,8})(?!\d)""",
    re.VERBOSE,
)
_PMCID = re.compile(
    r"""(?<![a-z])pmc(?:
          (?:\s?id)["']?\s?[:=\#]?\s?["']?(?:pmc)?(?P<labelled>\d{1,8})
        | \s?[:\#]?\s?(?P<bare>\d{5,8})
        )(?!\d)""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d+")


def read_pmids(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the PubMed identifiers of "PMID: 123", "PubMed ID 123", "[PubMed: 123]"."""
    m = _PMID.match(page.lower, at) or _PUBMED.match(page.lower, at)
    for n in _NUMBER.finditer(page.lower, *m.span("ids")) if m else ():
        value = canonical_pmid(n[0])
        if value:
            yield Identifier("pmid", value, n.start(), n.end(), n[0])


def read_pmcid(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the PubMed Central identifier of "PMC2801612" or "PMCID: 2801612"."""
    m = _PMCID.match(page.lower, at)
    value = canonical_pmcid(m["labelled"] or m["bare"]) if m else None
    if m and value:
        yield Identifier("pmcid", value, *m.span(), page.text[m.start() : m.end()])


def canonical_pmid(printed: str) -> str | None:
    """Return a PMID without leading zeros."""
    value = printed.strip().lstrip("0")
    return value if re.fullmatch(r"[0-9]{1,8}", value) else None


def canonical_pmcid(printed: str) -> str | None:
    """Return "PMC" and the number, without the version."""
    m = re.fullmatch(r"(?:pmc)?0*([1-9][0-9]{0,7})(?:\.[0-9]+)?", printed.strip(), re.IGNORECASE)
    return f"PMC{m[1]}" if m else None
