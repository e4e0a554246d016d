"""Marks that stand for anchors and line ends while the text of a block is gathered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: No page may bring its own: they are taken out before a page is parsed.
OPEN, CLOSE, LINE = "\x02", "\x03", "\x04"
MARKS = re.compile("[\x02\x03\x04]")
_HYPHEN = re.compile("[\u00ad\u200b]")

#: A target, and where its anchor text starts and ends in the block.
Placed = tuple[str, int, int]


def squeezed(text: str) -> str:
    """Return `text` with single blanks and without soft hyphens; mostly it is so already."""
    text = text.strip()
    if not text.isascii():
        text = " ".join(text.split())
        return text.replace("\u00ad", "").replace("\u200b", "") if _HYPHEN.search(text) else text
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        return " ".join(text.split())
    return text


def unmark(marked: str, urls: Sequence[str]) -> tuple[str, list[Placed], list[str], list[str]]:
    r"""Return `marked` without marks, its links, targets of empty anchors, and of open ones.

    >>> unmark("see \x02this\x03", ["/a"])
    ('see this', [('/a', 4, 8)], [], [])
    """
    alone = len(urls) == 1 and marked[:1] == OPEN and marked[-1:] == CLOSE
    inner = marked[1:-1].strip()
    if alone and inner and not MARKS.search(inner):
        # Menus, lists and cards: nothing but one anchor.
        return inner, [(urls[0], 0, len(inner))], [], []
    if LINE in marked:
        marked = marked.replace(f" {LINE}", LINE).replace(f"{LINE} ", LINE)
        marked = marked.strip(LINE).replace(LINE, "\n")
    text, *pieces = marked.split(OPEN)
    text = text.replace(CLOSE, "").lstrip()
    links: list[Placed] = []
    empty: list[str] = []
    still_open: list[str] = []
    for url, piece in zip(urls, pieces, strict=False):
        anchor, closed, rest = piece.partition(CLOSE)
        said = anchor.strip()
        if anchor[:1].isspace():
            text = _with_blank(text)
        if said:
            links.append((url, len(text), len(text) + len(said)))
        elif closed:
            empty.append(url)
        else:
            still_open.append(url)
        text += said
        if anchor[-1:].isspace():
            text = _with_blank(text)
        rest = rest.replace(CLOSE, "")
        text += rest[1:] if rest[:1].isspace() and (not text or text[-1].isspace()) else rest
    return text.rstrip(), links, empty, still_open


def _with_blank(text: str) -> str:
    return text if not text or text[-1].isspace() else text + " "
