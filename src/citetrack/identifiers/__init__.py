"""Identifiers in text, pages and addresses.

Of a long text only the telling stretches are read (`stretches`). They are folded (`folding`), and
one pass finds where readers begin (`anchors`): one small file a kind. Rules for publishers'
addresses are data (`landing`). Overlaps are settled here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.identifiers.addresses import find_addresses
from citetrack.identifiers.anchors import find_anchored
from citetrack.identifiers.bibcode import find_bibcodes
from citetrack.identifiers.doi import find_dois
from citetrack.identifiers.folding import fold
from citetrack.identifiers.landing import (
    CANONICAL,
    LOOKUP,
    find_landing,
    is_known,
    load_rules,
    matching,
)
from citetrack.identifiers.settle import longest_existing
from citetrack.identifiers.stretches import condense
from citetrack.markup import MappedText, read_markup
from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "find_identifiers",
    "find_in_text",
    "identifiers_of_url",
    "load_rules",
    "longest_existing",
    "needs_lookup",
]

#: Kinds of rules whose pages belong to a work with a DOI that the address does not tell.
_LOOKED_UP = frozenset({"pii", LOOKUP})
#: A value in linked data that says what it is: {"propertyID": "pmid", "value": "123"}.
_PROPERTY = re.compile(
    r'"propertyid"\s{0,9}:\s{0,9}"(?:https?://[^"]{0,80}/)?(?P<kind>[a-z]{3,10})"\s{0,9},\s{0,9}'
    r'"value"\s{0,9}:\s{0,9}"(?P<value>[^"\s]{1,200})"',
    re.IGNORECASE,
)


def find_identifiers(text: str, kind: str = "text") -> list[Identifier]:
    """Return the identifiers in a text, a page ("html") or an address ("url"), in their order.

    Spans are code points of `text` as given, markup included; each occurrence is told.

    >>> [x.value for x in find_identifiers("See doi:10.1000/182.")]
    ['10.1000/182']
    """
    if kind == "text":
        return find_in_text(text)
    if kind == "html":
        return _in_markup(text)
    if kind == "url":
        return identifiers_of_url(text)
    raise ValueError(f'kind must be "text", "html" or "url", not {kind!r}')


def find_in_text(text: str) -> list[Identifier]:
    """Return the identifiers printed in `text`, and those that its addresses stand for."""
    condensed = condense(text)
    if condensed is None:
        return _find(text, address=False)
    return _find(condensed.text, address=False, source=condensed)


def identifiers_of_url(url: str) -> list[Identifier]:
    """Return what an address says without the network; nothing rather than a guess."""
    return _find(url, address=True)


def needs_lookup(url: str) -> bool:
    """Say whether `url` is a known publisher's page of a work whose DOI is not in it."""
    if any(x.kind not in {"pii", "isbn", "orcid"} for x in identifiers_of_url(url)):
        return False
    return any(
        rule.kind in _LOOKED_UP
        for x in find_addresses(fold(url), is_known)
        for rule, _ in matching(x.host, x.path)
    )


def _find(text: str, *, address: bool, source: MappedText | None = None) -> list[Identifier]:
    page = fold(text)
    found = [*find_dois(page, address=address), *find_landing(page), *find_anchored(page)]
    found += find_bibcodes(page)
    settled = _settled(found)
    for made_from in (page.source, source):
        settled = settled if made_from is None else _mapped(settled, made_from)
    return list(settled)


def _settled(found: Iterable[Identifier]) -> Iterator[Identifier]:
    """Yield the longest of those that overlap; several kinds on one span stay."""
    last: Identifier | None = None
    for x in sorted(found, key=lambda x: (x.start, -x.end, x.kind)):
        if last is None or x.start >= last.end or _beside(x, last):
            yield x
            last = x


def _beside(x: Identifier, last: Identifier) -> bool:
    return (x.start, x.end) == (last.start, last.end) and x != last


# ---------------------------------------------------------------- pages


def _in_markup(source: str) -> list[Identifier]:
    markup = read_markup(source)
    found = list(_mapped(find_in_text(markup.visible.text), markup.visible))
    for attribute in markup.attributes:
        found += _mapped(_in_value(attribute.role, attribute.value.text), attribute.value)
    for data in markup.data:
        found += _mapped([*find_in_text(data.text), *_properties(data.text)], data)
    return sorted(set(found), key=lambda x: (x.start, x.end, x.kind))


def _mapped(found: Iterable[Identifier], mapped: MappedText) -> Iterator[Identifier]:
    for x in found:
        yield Identifier(x.kind, x.value, *mapped.span(x.start, x.end), x.printed)


def _in_value(role: str, text: str) -> list[Identifier]:
    """Return what the value of an attribute says; see `markup.Attribute`."""
    if role == "link":
        return identifiers_of_url(text)
    if role == "text":
        return find_in_text(text)
    value = CANONICAL[role](text)
    printed = text.strip()
    start = text.find(printed)
    return [Identifier(role, value, start, start + len(printed), printed)] if value else []


def _properties(text: str) -> Iterator[Identifier]:
    for m in _PROPERTY.finditer(text):
        canonical = CANONICAL.get(m["kind"].lower())
        value = canonical(m["value"]) if canonical else None
        if value:
            yield Identifier(m["kind"].lower(), value, *m.span("value"), m["value"])
