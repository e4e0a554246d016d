"""Handles that are not DOIs: behind "hdl:", at hdl.handle.net and in DSpace repositories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_HANDLE = r"(?P<handle>(?!10\.)(?:\d{3,9}|\d{1,3}\.\d{1,9})(?:\.\d{1,9}){0,4}/"
_HDL = re.compile(
    rf"(?<![a-z])hdl(?:[:/]\s?|\.handle\.net/(?:api/handles/)?){_HANDLE}[-\w.:()/+~]{{1,200}})"
)
_NAMED = re.compile(rf"(?<![a-z])handle:\s?{_HANDLE}[-\w.:()/+~]{{1,200}})")
_REPOSITORY = re.compile(rf"/handle/(?:hdl:)?{_HANDLE}[-\w.]{{1,60}})")
_PARTS = re.compile(r"(?!10\.)\d{1,9}(?:\.\d{1,9}){0,4}/\S+")


def read_handle(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the Handle: "hdl:10013/epic.10033", "hdl.handle.net/…", "/handle/10986/35599"."""
    for pattern in (_HDL, _NAMED, _REPOSITORY):
        m = pattern.match(page.lower, at)
        if m is None:
            continue
        start, end = m.span("handle")
        printed = _ended(page.text[start:end])
        if not printed.endswith("/"):
            yield Identifier("handle", printed.lower(), start, start + len(printed), printed)


def canonical(printed: str) -> str | None:
    """Return a Handle in lower case; DOIs are Handles too, but are told as DOIs."""
    bare = re.sub(r"^(?:hdl:|https?://hdl\.handle\.net/)", "", printed.strip(), flags=re.IGNORECASE)
    return bare.lower() if _PARTS.fullmatch(bare) else None


def _ended(printed: str) -> str:
    """Drop the punctuation of the sentence, and a closing bracket of its own."""
    printed = printed.rstrip(".:/")
    while printed.endswith(")") and printed.count(")") > printed.count("("):
        printed = printed[:-1].rstrip(".:/")
    return printed
