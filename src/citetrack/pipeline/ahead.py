"""The DOIs that a story prints or links to, for asking for many stories' at once."""

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
    found: dict[str, None] = {}
    for m in (*identifiers(article), *links(article)):
        if m.kind == "doi" and article.zone_at(m.start) in STORY_ZONES:
            found[m.value] = None
    for value in [*found][:_MOST]:
        try:
            yield Doi.parse(value)
        except InvalidIdentifier:
            continue
