"""The identifiers that a story prints or links to, for asking for many stories' at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.errors import InvalidIdentifier
from citetrack.mentions import identifiers, links
from citetrack.model import STORY_ZONES, Doi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import Article

#: A page with more DOIs than this is a bibliography, and most are never looked up.
_MOST = 50


def printed_dois(article: Article) -> Iterator[Doi]:
    """Yield the DOIs of a story's own zones, each once."""
    for value in _printed(article).get("doi", [])[:_MOST]:
        try:
            yield Doi.parse(value)
        except InvalidIdentifier:
            continue


def printed_numbers(article: Article, kind: str) -> list[str]:
    """Return the numbers of one kind ("pmid", "pmcid") in a story that prints no DOI."""
    printed = _printed(article)
    return [] if "doi" in printed else printed.get(kind, [])[:_MOST]


def _printed(article: Article) -> dict[str, list[str]]:
    """Return the identifiers of a story's own zones by their kind, each once."""
    found: dict[str, dict[str, None]] = {}
    for m in (*identifiers(article), *links(article)):
        if article.zone_at(m.start) in STORY_ZONES:
            found.setdefault(m.kind, {})[m.value] = None
    return {kind: [*values] for kind, values in found.items()}
