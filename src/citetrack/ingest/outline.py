"""What the evidence pass makes of a page: elements, blocks of text, and the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.ingest.zones import Hint


@dataclass(slots=True)
class Node:
    """An element that holds blocks; `start` and `end` number the blocks in it."""

    tag: str
    parent: Node | None
    hint: Hint | None = None
    section: Hint | None = None  # what the heading before it says
    start: int = 0
    end: int = 0
    prose: int = 0
    labelled: bool = False  # holds a label such as "Journal reference:"
    names: str = ""
    listed: str = ""  # what kind of element followed a heading such as "Related stories"
    swift: bool = False  # read without looking for headings and names: nothing in it is the story's


@dataclass(slots=True)
class Block:
    """A stretch of text that a reader sees as one: paragraph, heading, list item, cell."""

    text: str
    node: Node
    tag: str
    links: list[tuple[str, int, int]] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)  # targets of links without text
    section: Hint | None = None
    label: Hint | None = None

    @property
    def linked(self) -> int:
        """Characters of anchor text."""
        return sum(end - start for _, start, end in self.links)


@dataclass(slots=True)
class Page:
    """What the evidence pass read: blocks with their elements, and what the page says of itself."""

    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    times: list[tuple[str, bool, Node, int]] = field(default_factory=list)
    bylines: list[tuple[str, Node]] = field(default_factory=list)
    title: str = ""
    base: str | None = None
    canonical: str | None = None
    language: str | None = None


def ancestors(node: Node | None) -> Iterator[Node]:
    """Yield a node and those that hold it, from the inside out."""
    while node is not None:
        yield node
        node = node.parent
