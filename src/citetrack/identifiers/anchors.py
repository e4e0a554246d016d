"""Where readers begin: most kinds of identifiers stand at a string of their own.

One pass looks for all of these strings; a reader looks only at the places where its own stand.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick

from citetrack.identifiers.arxiv import read_arxiv, read_old_arxiv
from citetrack.identifiers.handle import read_handle
from citetrack.identifiers.isbn import read_isbn
from citetrack.identifiers.orcid import read_orcid
from citetrack.identifiers.pii import read_labelled_pii, read_pii
from citetrack.identifiers.pubmed import read_pmcid, read_pmids
from citetrack.identifiers.repec import read_repec
from citetrack.identifiers.shortdoi import read_short_doi
from citetrack.identifiers.ssrn import read_ssrn
from citetrack.identifiers.trial import read_trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citetrack.identifiers.folding import Folded
    from citetrack.model import Identifier

    Reader = Callable[[Folded, int], Iterator[Identifier]]

#: A reader and the strings, in lower case, at which what it reads begins.
_READERS: tuple[tuple[Reader, tuple[str, ...]], ...] = (
    (read_short_doi, ("doi.org/", "doi:")),
    (read_pmids, ("pmid", "pubmed")),
    (read_pmcid, ("pmc",)),
    (read_arxiv, ("arxiv",)),
    (read_old_arxiv, tuple(f"/{digit}" for digit in range(10))),
    (read_isbn, ("isbn", "978", "979", "10.978", "10.979", "/isbn", "/dp", "/product")),
    (read_trial, ("nct", "isrctn")),
    (read_handle, ("hdl", "handle:", "/handle/")),
    (read_pii, tuple(f"s{digit}" for digit in range(10))),
    (read_labelled_pii, ("pii",)),
    (read_repec, ("repec:",)),
    (read_ssrn, ("ssrn",)),
    (read_orcid, ("0000-000", "0009-00")),
)


def find_anchored(page: Folded) -> Iterator[Identifier]:
    """Yield the identifiers that stand at a string of their own."""
    search, readers = _search()
    for i, start, _ in search.find_matches_as_indexes(page.lower.encode(), overlapping=True):
        yield from readers[i](page, start)


@cache
def _search() -> tuple[BytesAhoCorasick, tuple[Reader, ...]]:
    """Return the search for all strings, and the reader of each."""
    pairs = [(string, reader) for reader, strings in _READERS for string in strings]
    return BytesAhoCorasick([s.encode() for s, _ in pairs]), tuple(r for _, r in pairs)
