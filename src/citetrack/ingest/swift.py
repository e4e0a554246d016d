"""Parts of a page that are not the story's, read at once: menus, comments, lists of other stories.

They are most of a page, so each element costs no more than a look at its tag and its texts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetrack.ingest.marks import CLOSE, LINE, OPEN, Placed, squeezed, unmark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    #: Elements whose text is left out, and what reads them.
    Silent = Mapping[str, Callable[[_Element], None] | None]


@dataclass(slots=True)
class Lines:
    """The lines of a part of a page; its links, placed in the joined lines; links without text."""

    texts: list[str] = field(default_factory=list)
    links: list[Placed] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)


def read_lines(el: _Element, joined: frozenset[str], silent: Silent) -> Lines | None:
    """Return what stands in `el`, a line for each element that is not `joined` to its neighbours.

    The text of `silent` elements is left out; some have a reader. None where there is an <h1>.
    """
    urls: list[str] = []
    pieces = _pieces(el, joined, silent, urls)
    if pieces is None:
        return None
    lines, at, used, opening = Lines(), 0, 0, ""
    for line in squeezed("".join(pieces)).split(LINE):
        text = line.strip()
        if not text:
            continue
        if opening or OPEN in text:
            text = opening + text
            opened = text.count(OPEN)
            if opened == len(text):  # <a><div><h3>…: the anchor's text comes in the next line
                opening = text
                continue
            opening = ""
            inner = (text[1:-1] if text[-1] == CLOSE else text[1:]).strip()
            if opened == 1 and text[0] == OPEN and inner and CLOSE not in inner:
                lines.links.append((urls[used], at, at + len(inner)))  # menus, cards
                text = inner
            else:
                text = _linked(lines, text, urls[used : used + opened], at)
            used += opened
        elif CLOSE in text:
            text = text.replace(CLOSE, "")
        if text:
            lines.texts.append(text)
            at += len(text) + 1
    lines.bare += urls[used:]
    return lines


def _pieces(  # noqa: C901 - a call for each element would cost as much as all else
    el: _Element, joined: frozenset[str], silent: Silent, urls: list[str]
) -> list[str] | None:
    """Return the texts in `el` with marks between them; put its links' targets into `urls`."""
    pieces: list[str] = [el.text or ""]
    around: list[_Element] = []  # open elements behind which something comes, and those in them
    after: list[str] = []
    elements = el.iter()
    next(elements)
    for x in elements:
        if around:
            parent = x.getparent()
            while around and around[-1] is not parent:
                around.pop()
                pieces.append(after.pop())
        tag, tail = x.tag, x.tail or ""
        behind = tail
        if tag in joined:
            previous = x.getprevious()
            if previous is not None and previous.tag not in joined and not previous.tail:
                pieces.append(LINE)
            if tag in silent:
                _skip(x, silent, elements)
                pieces.append(tail)
                continue
            if tag == "a" and (href := x.get("href")):
                urls.append(href)
                pieces.append(OPEN)
                behind = CLOSE + tail
        elif tag == "h1":
            return None
        else:
            pieces.append(LINE)
            behind = LINE + tail if tail else ""
        if text := x.text:
            pieces.append(text)
        if (behind or around) and len(x):
            around.append(x)
            after.append(behind)
        elif behind:
            pieces.append(behind)
    after.reverse()
    return pieces + after


def _skip(x: _Element, silent: Silent, elements: Iterator[_Element]) -> None:
    """Let the reader of a silent element read it, and pass over all that is in it."""
    if read := silent[x.tag]:
        read(x)
    if len(x):
        for _ in range(sum(1 for _ in x.iter()) - 1):
            next(elements)


def _linked(lines: Lines, marked: str, urls: Sequence[str], at: int) -> str:
    """Return a line without its marks; add its links to `lines`."""
    text, links, empty, still_open = unmark(marked, urls)
    lines.links += ((url, at + start, at + end) for url, start, end in links)
    lines.bare += empty + still_open
    return text
