"""The story's links to a study: which of them lead nowhere any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetrack.model import Article, Reference

#: Pages opened a story at most, only to see whether they are there.
MOST_OPENED = 10


def links_to(reference: Reference, article: Article) -> tuple[str, ...]:
    """Return the addresses that the story gives for a study, in the order of its mentions."""
    spans = {(m.start, m.end) for m in reference.mentions}
    linked = [x.url for x in article.links if (x.start, x.end) in spans]
    printed = [m.value for m in reference.mentions if m.kind == "link"]
    found = dict.fromkeys([*linked, *printed])
    return tuple(url for url in found if url.startswith(("http://", "https://")))


def gone(
    urls: tuple[str, ...], open_page: Callable[[str], object], is_gone: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the addresses whose servers have no such page, after opening each."""
    for url in urls[:MOST_OPENED]:
        open_page(url)
    return tuple(url for url in urls if is_gone(url))
