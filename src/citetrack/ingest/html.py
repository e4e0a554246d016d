"""A page as saved or fetched becomes an Article: main text for claims, the whole page for evidence.

The text of the article is trafilatura's main text, unchanged, with the headline before it and every
block of the page that it left out after it, each in its zone; then what the page says for machines.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload
from urllib.parse import urljoin

from citetrack.errors import EmptyArticle
from citetrack.ingest import limits
from citetrack.ingest.charset import decode
from citetrack.ingest.compose import Composer, MainText, compact
from citetrack.ingest.extractor import Answer, Extractor
from citetrack.ingest.layout import Layout, lay_out
from citetrack.ingest.marks import CLOSE, LINE, OPEN
from citetrack.ingest.metadata import Metadata, linked_data, read_metadata, titles_of
from citetrack.ingest.outline import Page
from citetrack.ingest.page import read_page, wrongly_named
from citetrack.ingest.structured import JsonLd, State, read_state
from citetrack.model import Article, Link, Zone, ZoneSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Characters that mark anchors while a page is read; no page may bring its own.
_RESERVED = ("\x00", OPEN, CLOSE, LINE)
_RESERVED_ENTITY = re.compile(r"&#[xX]?0{0,8}[0-4](?![0-9a-fA-F]);?")
_OTHER_SCHEMES = ("javascript:", "mailto:", "tel:", "data:", "sms:", "whatsapp:", "about:", "blob:")
_ENOUGH_TEXT = 200  # characters of body below which script state may hold the story
_PROSE = 80
_LONGEST_URL = 4_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the evidence pass finds on a page, before the main text is known."""

    page: Page
    layout: Layout
    linked: JsonLd
    unusual: tuple[str, ...] = ()  # what had to be left out before the page could be parsed
    tags: int = 0


def read_html(
    data: bytes | str,
    *,
    source: str,
    url: str | None = None,
    charset: str | None = None,
    id: str | None = None,  # noqa: A002 - the contract's name
    extractor: Extractor | None = None,
) -> Article:
    """Return the story on a page, with zones, links and what the page says of itself.

    `url` is the page's address, `charset` what its server declared. Without an `extractor` one is
    started for this page alone. Raises `EmptyArticle` for a page without text, `UnreadableSource`
    for compressed data that is damaged or too large.
    """
    html = _clean(data if isinstance(data, str) else decode(data, charset))
    with ExitStack() as stack:
        worker = extractor or stack.enter_context(Extractor())
        thinned = limits.thin(html)
        if not _too_much(html, thinned):
            worker.start()
        evidence = find_evidence(html, url, thinned=thinned)
        why_not = _too_much(html, thinned) or _too_much(html, limits.Thinned("", evidence.tags))
        why_not = why_not or next(iter(evidence.unusual), None)
        answer = Answer(why=why_not) if why_not else worker.extract(html)
    notes = [f"The page is unusual: {reason}." for reason in evidence.unusual]
    if answer.text is None:
        notes.append(f"The page's own blocks stand in for its main text: {answer.why}.")
    main = MainText(answer.text) if answer.text else None
    return _Reading(evidence, main, url, notes).article(source, id)


def find_evidence(
    html: str, url: str | None = None, *, thinned: limits.Thinned | None = None
) -> Evidence:
    """Return the blocks, zones, links and metadata of a whole page: the evidence pass."""
    thinned = thinned or limits.thin(html)
    root, gave_up = limits.parse(thinned.html)
    if gave_up or root is None or _lost_all(root, html):
        thinned = limits.thin(html, force=True)
        root, gave_up = limits.parse(thinned.html)
        if gave_up:
            thinned.reasons.append("text after the first 10 MB was left out")
    page = Page() if root is None else read_page(root)
    if wrongly_named(page):
        root, _ = limits.parse(thinned.html)
        page = Page() if root is None else read_page(root, swift=False)
    linked = linked_data(page, url)
    layout = lay_out(page, titles_of(page, linked)) if page.nodes else Layout([])
    return Evidence(
        page, layout, linked, tuple(thinned.reasons), max(thinned.tags, len(page.blocks))
    )


def _clean(html: str) -> str:
    for character in _RESERVED:
        if character in html:
            html = html.replace(character, "")
    if "&#" in html:
        html = _RESERVED_ENTITY.sub("", html)
    start = html[:200].lstrip("\ufeff \t\r\n")
    if start.startswith("<?xml"):
        html = html[html.index("<?xml") :].partition(">")[2]
    return html


def _lost_all(root: Any, html: str) -> bool:
    """Tell whether a parser found nothing in a page that says something: an open comment."""
    return len(root) == 0 and not (root.text or "").strip() and bool(html.strip())


def _too_much(html: str, thinned: limits.Thinned) -> str | None:
    if len(html) > limits.MAX_CHARACTERS_FOR_EXTRACTION:
        return f"it is longer than {limits.MAX_CHARACTERS_FOR_EXTRACTION:,} characters"
    if thinned.tags > limits.MAX_TAGS_FOR_EXTRACTION:
        return f"it has more than {limits.MAX_TAGS_FOR_EXTRACTION:,} tags"
    return thinned.reasons[0] if thinned.reasons else None


class _Reading:
    """Puts one page together."""

    def __init__(
        self, evidence: Evidence, main: MainText | None, url: str | None, notes: list[str]
    ) -> None:
        self.page, self.linked = evidence.page, evidence.linked
        self.main, self.notes = main, notes
        blocks = self.page.blocks
        self.found = [main.find(b.text) if main and not b.node.swift else [] for b in blocks]
        self.layout = self._layout(evidence)
        self.state = read_state(self.page.scripts)
        told = len(self.linked.body or "") or sum(map(len, self.state.paragraphs))
        #: The page shows next to nothing of the story that its scripts hold.
        self.scripted = told >= _ENOUGH_TEXT > self._shown()
        if self.scripted:
            zones = self.layout.zones
            zones[:] = [Zone.RELATED if z is Zone.BODY else z for z in zones]
        self.metadata = read_metadata(self.page, self.layout, self.linked, url)
        self.base = _base(self.page, url, self.metadata)
        self.composer = Composer(self._resolve)

    def _layout(self, evidence: Evidence) -> Layout:
        if self.main is None or not self.page.nodes:
            return evidence.layout
        titles = titles_of(self.page, self.linked)
        in_main = {i for i, places in enumerate(self.found) if places}
        return lay_out(self.page, titles, in_main=in_main)

    def _shown(self) -> int:
        """Return how many characters of prose the page shows as its story's."""
        pairs = zip(self.page.blocks, self.layout.zones, strict=True)
        prose = (len(b.text) - b.linked for b, zone in pairs if zone is Zone.BODY)
        return sum(size for size in prose if size >= _PROSE)

    def article(self, source: str, id_: str | None) -> Article:
        state = self.state
        self._story()
        if not self.composer.out.length and not (self.linked.lines or state.lines):
            raise EmptyArticle(
                "This page holds no text that could be a story.",
                hint="Save it from a browser once it is complete, or give its text.",
            )
        self._machine_lines(state)
        return self._finished(source, id_)

    def _story(self) -> None:
        """Headline, main text and the blocks that it lacks."""
        title, main = self.metadata.title, self.main
        if title and self._has_text() and not (main and main.begins_with(title)):
            self.composer.headline(title)
        shown = self._main_text()
        rest = [i for i in range(len(self.page.blocks)) if i not in shown]
        zones = self.layout.zones
        if main is None:
            rest.sort(key=lambda i: zones[i] is not Zone.BODY)
        self._blocks(rest, title)

    def _has_text(self) -> bool:
        return self.main is not None or bool(self.page.blocks) or bool(self.linked.body)

    def _main_text(self) -> set[int]:
        """Add the main text, or what stands in for it; return the blocks it contains."""
        blocks, zones = self.page.blocks, self.layout.zones
        if self.main is not None:
            whole = self.composer.main(self.main, blocks, zones, self.found)
            for i in sorted(self.composer.placed.keys() - whole):
                self.composer.lost_dois(self.main, blocks[i], zones[i])
            self.composer.bare_links()
        if self.scripted:
            for paragraph in self._machine_paragraphs():
                self.composer.out.add(paragraph, Zone.BODY)
        return set(self.composer.placed)

    def _machine_paragraphs(self) -> Iterator[str]:
        """Yield the story's paragraphs from JSON-LD, or else from the scripts' state."""
        said = [self.linked.body] if self.linked.body else self.state.paragraphs
        known = compact(self.composer.out.text)
        for text in dict.fromkeys(said):
            yield from (p for p in _paragraphs(text) if compact(p) not in known)

    def _blocks(self, numbers: Iterable[int], title: str | None) -> None:
        """Add blocks; those of one list, table or reference stay together."""
        before = None
        headline = compact(title or "")
        for i in numbers:
            block, zone = self.page.blocks[i], self.layout.zones[i]
            if zone is Zone.HEADLINE and compact(block.text) == headline:
                block.text = ""
                block.bare.extend(url for url, _, _ in block.links)
            here = (id(block.node), zone)
            together = here == before and _is_list(block.tag, zone)
            self.composer.block(block, zone, joint="\n" if together else "\n\n")
            self.composer.bare_links()
            before = here

    def _machine_lines(self, state: State) -> None:
        known = compact(self.composer.out.text)
        metas = list(self.metadata.lines)
        metas += [
            f"description: {d}" for d in self.metadata.descriptions if compact(d) not in known
        ]
        self._lines(metas, Zone.META)
        self._lines(self.linked.lines, Zone.JSON_LD)
        said = (
            f"{key}: {paragraph}"
            for key, text in dict.fromkeys(state.lines)
            for paragraph in _paragraphs(text)
            if compact(paragraph) not in known
        )
        self._lines(said, Zone.SCRIPT)

    def _lines(self, lines: Iterable[str], zone: Zone) -> None:
        for number, line in enumerate(lines):
            self.composer.line(line, zone, first=number == 0)

    def _resolve(self, href: str) -> str | None:
        """Return the absolute address of a link, or None for one that leads nowhere else."""
        href = "".join(href.split("\n")).strip()
        if not href or href[0] == "#" or len(href) > _LONGEST_URL:
            return None
        if href.lower().startswith(_OTHER_SCHEMES):
            return None
        if href.startswith(("http://", "https://")):
            return href
        try:
            return urljoin(self.base, href)
        except ValueError:  # "//[broken"
            return href

    def _finished(self, source: str, id_: str | None) -> Article:
        out, told = self.composer.out, self.metadata
        links = sorted(out.links, key=lambda x: (x.start, x.end))
        return Article(
            source=source,
            text=_sound(out.text),
            id=id_,
            url=_sound(told.url),
            title=_sound(told.title),
            outlet=_sound(told.outlet),
            byline=_sound(told.byline),
            published=told.published,
            published_basis=told.published_basis,
            language=told.language,
            zones=tuple(_joined(sorted(out.zones, key=lambda z: z.start))),
            links=tuple(Link(_sound(x.url), x.start, x.end) for x in links),
            reader="html",
            notes=tuple(self.notes),
        )


def _base(page: Page, url: str | None, told: Metadata) -> str:
    address = url or told.url or ""
    try:
        return urljoin(address, page.base or "") or address
    except ValueError:
        return address


def _is_list(tag: str, zone: Zone) -> bool:
    return tag in {"li", "dt", "dd", "tr"} or zone is Zone.MORE_INFORMATION


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a string that may be markup, with the targets of its links."""
    if "<" not in text:
        yield from filter(None, (" ".join(p.split()) for p in text.split("\n")))
        return
    root, _ = limits.parse(limits.thin(_clean(text)).html)
    for block in read_page(root).blocks if root is not None else ():
        targets = [u for u, _, _ in block.links] + block.bare
        yield " ".join(filter(None, (block.text, *(u for u in targets if u not in block.text))))


@overload
def _sound(text: str) -> str: ...
@overload
def _sound(text: None) -> None: ...
def _sound(text: str | None) -> str | None:
    """Return `text` without lone surrogates, which cannot be written; its length stays."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


def _joined(spans: Iterable[ZoneSpan]) -> Iterator[ZoneSpan]:
    """Yield the spans, neighbours of one zone that only blanks part as one."""
    last: ZoneSpan | None = None
    for span in spans:
        if last and last.zone is span.zone and span.start - last.end <= len("\n\n"):
            last = ZoneSpan(last.start, span.end, span.zone)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
