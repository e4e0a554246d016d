"""Sections: what a heading or a label says of the blocks behind it, and where that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.ingest.zones import RELATED, SIDEBAR, Hint, Hold
from citetrack.model import Zone

if TYPE_CHECKING:
    from citetrack.ingest.outline import Block, Node

LABEL_LEVEL = 7  # after h1 to h6: a paragraph that is nothing but "Journal reference:"
LOOKS_LIKE_DOI = "10."
_PROSE = 160
_TEASER_WORDS = 3
#: Characters of paragraphs after which a linked heading is no longer the story's own.
_STORY_BEGAN = 500


def opens_teaser(block: Block, level: int, prose: int) -> bool:
    """Tell whether a heading in the story is another story's: nothing but a link within the site.

    `prose` counts the characters of paragraphs before it: a blog links its stories' own headlines.
    """
    if level <= 1 or prose < _STORY_BEGAN or block.linked < len(block.text):
        return False
    within = all("://" not in url and not url.startswith("#") for url, _, _ in block.links)
    return within and len(block.text.split()) >= _TEASER_WORDS


def listed(parent: Node, kind: str, *, first: bool) -> Hint:
    """Return what a heading such as "Related stories" says of the elements that follow it.

    The first is its list, and so are others like it; what comes then may be the story's again.
    """
    if first:
        parent.listed = kind
    return RELATED if parent.listed == kind else SIDEBAR


def level_of(tag: str) -> int:
    """Return the level of a heading, 0 for any other element."""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0  # noqa: PLR2004


def ends(cue: Hint | None, level: int, since: int, block: Block, number: int) -> bool:
    """Tell whether `block` is the story again after a section inside it."""
    if cue is None or number == since:
        return False
    if (
        cue.hold is Hold.SOFT
        or block.tag == "dt"
        or (block.label is not None and block.label is not cue)
    ):
        return True
    prose = block.tag == "p" and len(block.text) >= _PROSE and LOOKS_LIKE_DOI not in block.text
    if cue.zone is Zone.MORE_INFORMATION:
        return level == LABEL_LEVEL and prose
    return (prose and not block.links) or (level == LABEL_LEVEL and not block.links)
