"""One text of a page: the main text unchanged, then all that it does not contain, labelled."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from citetrack.model import STORY_ZONES, Link, Zone, ZoneSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from citetrack.ingest.outline import Block

#: Shorter stretches stand for their block only where they fill a line of the main text.
_LONG_ENOUGH = 40
_EDGE = 24  # characters at both ends that tell a paragraph of which an extractor left out a word
_BUDGET = 300_000_000  # characters compared in all, so that hostile pages end
_HIDDEN = re.compile("[|\u00ad\u200b\u2060\ufeff]")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_MOST = 0.5
_PROSE = 130  # characters without blanks that no teaser has
_DOUBTFUL = frozenset({Zone.RELATED, Zone.NAVIGATION, Zone.FOOTER})


def compact(text: str) -> str:
    """Return `text` without blanks, soft hyphens and the bars between cells."""
    squeezed = "".join(text.split())
    if squeezed.isascii() and "|" not in squeezed:
        return squeezed
    return _HIDDEN.sub("", squeezed)


class MainText:
    """The main text as the extractor gave it, in which blocks of the page can be found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._offsets: list[int] = []
        parts = []
        for i, c in enumerate(text):
            if not c.isspace() and not _HIDDEN.match(c):
                self._offsets.append(i)
                parts.append(c)
        self._compact = "".join(parts)
        self.size = len(parts)
        self._lines = self._index()
        self._budget = _BUDGET

    def _index(self) -> dict[str, list[int]]:
        lines: dict[str, list[int]] = {}
        at = 0
        for line in self.text.split("\n"):
            key = compact(line)
            lines.setdefault(key, []).append(at)
            if key.startswith("-"):
                lines.setdefault(key[1:], []).append(at + 1)
            at += len(key)
        lines.pop("", None)
        return lines

    def find(self, block: str) -> list[tuple[int, int]]:
        """Return where `block` stands, as offsets without blanks; a long one also within a line."""
        key = compact(block)
        places = self._lines.get(key)
        if places:
            return [(at, at + len(key)) for at in places]
        if self._budget < 0 or (len(key) < _LONG_ENOUGH and not _DOI.search(key)):
            return []
        self._budget -= len(self._compact)
        at = self._compact.find(key)
        if at < 0:
            return self._nearly(key)
        return [(at, at + len(key))]

    def _nearly(self, key: str) -> list[tuple[int, int]]:
        """Find a paragraph by its two ends: a word in it was left out, or a mark put in."""
        if len(key) < 3 * _EDGE:
            return []
        start = self._compact.find(key[:_EDGE])
        if start < 0:
            return []
        reach = start + len(key) + _EDGE
        end = self._compact.find(key[-_EDGE:], start + _EDGE, reach)
        return [(start, end + _EDGE)] if end >= 0 else []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the text for offsets without blanks."""
        if end <= start or start >= len(self._offsets):
            return 0, 0
        return self._offsets[start], self._offsets[min(end, len(self._offsets)) - 1] + 1

    def slice(self, start: int, end: int) -> str:
        """Return the characters at offsets without blanks."""
        return self._compact[start:end]

    def begins_with(self, title: str) -> bool:
        """Tell whether the text begins with this headline."""
        return bool(self._compact) and self._compact.startswith(compact(title))


@dataclass(slots=True)
class Composed:
    """The text of an article with its zones and links."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    zones: list[ZoneSpan] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, text: str, zone: Zone, *, joint: str = "\n\n") -> int:
        """Add a stretch of text; return where it begins."""
        if self.parts:
            self.parts.append(joint)
            self.length += len(joint)
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        if zone is not Zone.BODY:
            self.zones.append(ZoneSpan(start, self.length, zone))
        return start

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)


class Composer:
    """Writes the text of a page from its parts."""

    def __init__(self, resolve: Callable[[str], str | None]) -> None:
        self.out = Composed()
        self._resolve = resolve
        self._bare: set[tuple[str, Zone]] = set()
        self._waiting: list[tuple[str, Zone]] = []
        self.placed: dict[int, tuple[int, int]] = {}
        self.story_size = 0  # characters of the main text that are the story's

    def headline(self, title: str) -> None:
        """Begin with the story's headline."""
        self.out.add(title, Zone.HEADLINE)

    def main(
        self,
        main: MainText,
        blocks: Sequence[Block],
        zones: Sequence[Zone],
        found: Sequence[list[tuple[int, int]]],
    ) -> set[int]:
        """Add the main text with the zones of the blocks in it; return their numbers."""
        placed = self.placed = _claims(zones, found)
        start = self.out.add(main.text, Zone.BODY)
        spans = [(a, b, zones[i]) for i, (a, b) in placed.items()]
        spans += _strays(main, blocks, zones, list(placed.values()))
        if _mislabelled(spans, main.size):
            spans = [s for s in spans if s[2] not in _DOUBTFUL]
        self.story_size = main.size - sum(b - a for a, b, z in spans if z not in STORY_ZONES)
        for number, (a, _) in placed.items():
            self._links_in_main(main, blocks[number], zones[number], a, start)
        labelled = []
        for a, b, zone in spans:
            first, last = main.span(a, b)
            if zone is not Zone.BODY:
                labelled.append(ZoneSpan(start + first, start + last, zone))
        self.out.zones.extend(_without_overlap(labelled))
        return {n for n in placed if not _lost_dois(main, blocks[n], placed[n])}

    def _links_in_main(self, main: MainText, block: Block, zone: Zone, at: int, start: int) -> None:
        for url, a, b in block.links:
            before = len(compact(block.text[:a]))
            size = len(compact(block.text[a:b]))
            if main.slice(at + before, at + before + size) != compact(block.text[a:b]):
                block.bare.append(url)
                continue
            first, last = main.span(at + before, at + before + size)
            self._link(url, start + first, start + last)
        self._bare_links(block, zone)

    def block(self, block: Block, zone: Zone, *, joint: str) -> None:
        """Add a block that the main text does not contain."""
        if block.text:
            start = self.out.add(block.text, zone, joint=joint)
            for url, a, b in block.links:
                self._link(url, start + a, start + b)
        self._bare_links(block, zone)

    def lost_dois(self, main: MainText, block: Block, zone: Zone) -> None:
        """Add the DOIs of a block that the main text contains in pieces."""
        for doi in dict.fromkeys(_DOI.findall(block.text)):
            if doi not in main.text:
                self.out.add(doi, zone)

    def line(self, text: str, zone: Zone, *, first: bool) -> None:
        """Add a line of what the page says for machines."""
        self.out.add(" ".join(text.split()), zone, joint="\n\n" if first else "\n")

    def _link(self, href: str, start: int, end: int) -> None:
        url = self._resolve(href)
        if url and end > start:
            self.out.links.append(Link(url, start, end))

    def _bare_links(self, block: Block, zone: Zone) -> None:
        for href in block.bare:
            url = self._resolve(href)
            if url and (url, zone) not in self._bare:
                self._bare.add((url, zone))
                self._waiting.append((url, zone))

    def bare_links(self) -> None:
        """Add the targets of the links without text met since the last time."""
        for url, zone in self._waiting:
            start = self.out.add(url, zone)
            self.out.links.append(Link(url, start, start + len(url)))
        self._waiting.clear()


def _claims(
    zones: Sequence[Zone], found: Sequence[list[tuple[int, int]]]
) -> dict[int, tuple[int, int]]:
    """Return which block stands where: each place once, blocks of the story first."""
    taken: set[int] = set()
    placed: dict[int, tuple[int, int]] = {}
    numbers = [i for i, places in enumerate(found) if places]
    story = [i for i in numbers if zones[i] in STORY_ZONES]
    for i in story:
        _claim(i, found[i], taken, placed)
    spans = _Spans(placed.values())
    for i in sorted(set(numbers).difference(story)):
        _claim(i, [p for p in found[i] if not spans.hold(p)], taken, placed)
    return {i: placed[i] for i in sorted(placed)}


def _claim(
    number: int,
    places: Iterable[tuple[int, int]],
    taken: set[int],
    placed: dict[int, tuple[int, int]],
) -> None:
    for a, b in places:
        if a not in taken:
            taken.add(a)
            placed[number] = (a, b)
            return


class _Spans:
    """The places of the story's own blocks: a DOI in one of them is no other block's."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def hold(self, place: tuple[int, int]) -> bool:
        i = bisect_right(self._spans, (place[0], float("inf"))) - 1
        return i >= 0 and place[1] < self._spans[i][1]


def _strays(
    main: MainText,
    blocks: Sequence[Block],
    zones: Sequence[Zone],
    placed: Collection[tuple[int, int]],
) -> Iterator[tuple[int, int, Zone]]:
    """Yield the places of the main text that come from lists of other stories and the like."""
    taken = {a for a, _ in placed}
    spans = _Spans(placed)
    for block, zone in zip(blocks, zones, strict=True):
        if block.node.swift:
            for line in block.text.split("\n"):
                places = (p for p in main.find(line) if p[0] not in taken and not spans.hold(p))
                yield from ((a, b, zone) for a, b in islice(places, 1))


def _mislabelled(spans: Iterable[tuple[int, int, Zone]], whole: int) -> bool:
    """Tell whether most of the main text is prose said to be other stories': the names lie."""
    lying = sum(b - a for a, b, zone in spans if zone in _DOUBTFUL and b - a >= _PROSE)
    return lying > _MOST * whole


def _without_overlap(spans: Iterable[ZoneSpan]) -> list[ZoneSpan]:
    kept: list[ZoneSpan] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _lost_dois(main: MainText, block: Block, place: tuple[int, int]) -> bool:
    if "10." not in block.text:
        return False
    first, last = main.span(*place)
    return any(doi not in main.text[first:last] for doi in _DOI.findall(block.text))
