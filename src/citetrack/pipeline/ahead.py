"""The identifiers that stories print or link to, for asking for many stories' at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.errors import InvalidIdentifier
from citetrack.mentions import identifiers, links
from citetrack.model import STORY_ZONES, Doi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from citetrack.model import Article

#: A page with more of a kind than this is a bibliography, and most are never looked up.
_MOST = 50


def printed(article: Article) -> dict[str, list[str]]:
    """Return the identifiers of a story's own zones by their kind, each once."""
    found: dict[str, dict[str, None]] = {}
    for m in (*identifiers(article), *links(article)):
        if article.zone_at(m.start) in STORY_ZONES:
            found.setdefault(m.kind, {})[m.value] = None
    return {kind: [*values][:_MOST] for kind, values in found.items()}


def printed_dois(story: Mapping[str, Sequence[str]]) -> Iterator[Doi]:
    """Yield the DOIs among what a story has `printed`."""
    for value in story.get("doi", ()):
        try:
            yield Doi.parse(value)
        except InvalidIdentifier:
            continue


def printed_numbers(story: Mapping[str, Sequence[str]], kind: str) -> Sequence[str]:
    """Return the numbers of one kind ("pmid", "pmcid") that a story without a DOI has `printed`."""
    return () if "doi" in story else story.get(kind, ())
