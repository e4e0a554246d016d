"""The evidence pass: every block of text, link and note about itself of a whole page, in order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from citetrack.ingest.head import HEAD_TAGS, read_head
from citetrack.ingest.marks import CLOSE, LINE, MARKS, OPEN, squeezed, unmark
from citetrack.ingest.outline import Block, Node, Page, ancestors
from citetrack.ingest.sections import (
    LABEL_LEVEL,
    LOOKS_LIKE_DOI,
    ends,
    level_of,
    listed,
    opens_teaser,
)
from citetrack.ingest.swift import read_lines
from citetrack.ingest.zones import (
    COMMENTS,
    MORE_INFORMATION,
    RELATED,
    Hint,
    Hold,
    heading_cue,
    hint_of,
    label_cue,
    names_paper,
)
from citetrack.model import Zone

if TYPE_CHECKING:
    from lxml.etree import _Element

# Kinds of elements. What is in neither table is a block.
_SILENT, _ANCHOR, _HEADING, _LEAF, _BREAK, _TIME, _CELL, _JOIN = range(1, 9)
#: Elements that neither begin a block nor say anything.
_INLINE = """abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q
    rp rt ruby s samp small span strike strong sub sup tt u var wbr img picture source map area
    param amp-img""".split()
#: Elements whose content is not text of the page.
_NO_TEXT = """head style template iframe object embed canvas audio video track select datalist
    textarea input applet svg""".split()
_KINDS = {
    **dict.fromkeys((*_NO_TEXT, *HEAD_TAGS), _SILENT),
    **dict.fromkeys(_INLINE, _JOIN),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), _HEADING),
    **dict.fromkeys("p li dd dt pre address figcaption summary legend".split(), _LEAF),
    "td": _CELL,
    "th": _CELL,
    "a": _ANCHOR,
    "br": _BREAK,
    "time": _TIME,
}
_NAMING = frozenset({"class", "id", "role", "aria-label"})
_LIKE = 6  # characters of class names by which elements of one list are known
_PARAGRAPH = 80  # characters of text, links left out, that make a paragraph


def read_page(root: _Element, *, swift: bool = True) -> Page:
    """Return the blocks, links and metadata of a parsed page; the tree is used up.

    `swift` reads menus, comments and lists of other stories without a look at their headings.
    """
    walk = _Walk(swift=swift)
    walk.page.language = root.get("lang") or root.get("xml:lang")
    walk.node(root, None)
    return walk.page


def wrongly_named(page: Page) -> bool:
    """Tell whether an element read swiftly holds most of the page's prose, so may be the story."""
    whole = sum(node.prose for node in page.nodes)
    return any(n.swift and n.prose * 2 > whole and n.hint is not COMMENTS for n in page.nodes)


class _Walk:
    """One pass over the tree; recursion is bounded by the parser's own limit of 256 open tags."""

    def __init__(self, *, swift: bool) -> None:
        self.page = Page()
        self.swift = swift
        self.buffer: list[str] = []
        self.urls: list[str] = []
        self.prose = 0  # characters of paragraphs so far
        self.sections: list[tuple[Hint | None, int, int]] = []
        head = partial(read_head, page=self.page)
        self.silent = {
            **dict.fromkeys(_NO_TEXT),
            **dict.fromkeys(HEAD_TAGS, head),
            "head": self.head,
        }
        self.joined = frozenset({"a", "time", *_INLINE, *self.silent})

    def node(
        self, el: _Element, parent: Node | None, hint: Hint | None = None, names: str = ""
    ) -> Node:
        """Read an element that holds blocks."""
        page = self.page
        section, _, since = self.sections[-1] if self.sections else (None, 0, 0)
        if hint is MORE_INFORMATION:
            section = None
        elif section is RELATED and parent is not None:
            section = listed(parent, f"{el.tag} {names[:_LIKE]}", first=since == len(page.blocks))
        node = Node(el.tag, parent, hint, section, len(page.blocks), names=names)
        firm = (hint and hint.hold is Hold.FIRM) or (section and section.hold is Hold.FIRM)
        page.nodes.append(node)
        self.sections.append((None, 0, 0))
        node.swift = bool(self.swift and firm and self.swiftly(el, node))
        if not node.swift:
            self.children(el, node)
        if self.buffer:
            self.flush(node, el.tag)
        cue, level, since = self.sections.pop()
        node.end = len(page.blocks)
        said_alone = cue and since == node.end and self.sections
        if said_alone and (level != LABEL_LEVEL or not page.blocks[-1].links):
            # A heading in a wrapper of its own speaks for what follows; a link there does not.
            self.sections[-1] = (cue, level, node.end)
        return node

    def head(self, el: _Element) -> None:
        """Read the page's head, or what a broken page has for one."""
        for said in el.iter(*HEAD_TAGS):
            read_head(said, self.page)

    def swiftly(self, el: _Element, node: Node) -> bool:
        """Read an element that is not the story's as one block: its texts, a line each.

        Returns False, and reads nothing, where a headline stands in it.
        """
        lines = read_lines(el, self.joined, self.silent)
        if lines is None:
            return False
        if lines.texts or lines.bare:
            text = "\n".join(lines.texts)
            self.page.blocks.append(Block(text, node, el.tag, lines.links, lines.bare))
        prose = sum(size for t in lines.texts if (size := len(t)) >= _PARAGRAPH)
        anchors = (end - start for _, start, end in lines.links)
        node.prose = prose - sum(size for size in anchors if size >= _PARAGRAPH)
        return True

    def children(self, el: _Element, node: Node) -> None:
        """Read the text and the elements inside `el`."""
        buffer = self.buffer
        if el.text:
            buffer.append(el.text)
        for child in el:
            kind = _KINDS.get(child.tag)
            if kind is _ANCHOR:
                self.anchor(child, node)
            elif kind is _LEAF or kind is _HEADING:
                if buffer:
                    self.flush(node, el.tag)
                self.leaf(child, node, kind)
            elif kind is None:
                if buffer:
                    self.flush(node, el.tag)
                self.container(child, node)
            else:
                self._other(child, node, kind)
            if child.tail:
                buffer.append(child.tail)

    def _other(self, el: _Element, node: Node, kind: int) -> None:
        if kind is _JOIN:
            self.badge(el)
            self.children(el, node)
        elif kind is _SILENT:
            if read := self.silent[el.tag]:
                read(el)
            elif el.tag == "svg" and next(el.iter("p", "h1"), None) is not None:
                self.children(el, node)  # a drawing left open: browsers close it at the paragraph
        elif kind is _BREAK:
            self.buffer.append(LINE)
        elif kind is _TIME:
            self.time(el, node)
        else:
            self.cell(el, node)

    def container(self, el: _Element, parent: Node) -> None:
        """Read a block element with what its names say of it."""
        names = _names(el)
        hint = hint_of(el.tag, names)
        self.badge(el)
        node = self.node(el, parent, hint, names)
        if "byline" in names or "author" in names:
            self._byline(node.start)

    def leaf(self, el: _Element, node: Node, kind: int) -> None:
        """Read a paragraph, list item, cell or heading; one with a hint becomes a node."""
        names = _names(el)
        if names or el.tag == "figcaption":
            hint = hint_of(el.tag, names)
            byline = "byline" in names or "author" in names
            if byline or (hint and kind is _LEAF):
                start = len(self.page.blocks)
                self.node(el, node, hint, names)
                if byline:
                    self._byline(start)
                return
        self.children(el, node)
        if self.buffer:
            self.flush(node, el.tag)

    def cell(self, el: _Element, node: Node) -> None:
        """Read a table cell; the cells of a row make one block."""
        start = len(self.buffer)
        self.children(el, node)
        if el.tag == "th" and names_paper(squeezed("".join(self.buffer[start:]))):
            for outer in ancestors(node):
                outer.labelled = True
                if outer.tag == "table":
                    break
        self.buffer.append(" ")

    def badge(self, el: _Element) -> None:
        """Read an element that carries a DOI for a script to show: a link without text."""
        doi = el.get("data-doi") or ""
        if doi.startswith(LOOKS_LIKE_DOI):
            self.urls.append(f"https://doi.org/{doi}")
            self.buffer += (OPEN, CLOSE)

    def _byline(self, start: int) -> None:
        if start < len(self.page.blocks):
            block = self.page.blocks[start]
            self.page.bylines.append((block.text, block.node))

    def anchor(self, el: _Element, node: Node) -> None:
        """Read a hyperlink: marks in the text show where its anchor begins and ends."""
        href = el.get("href")
        if not href:
            self.children(el, node)
            return
        buffer = self.buffer
        start = len(buffer)
        self.urls.append(href)
        buffer.append(OPEN)
        self.children(el, node)
        buffer.append(CLOSE)
        if "author" in (el.get("rel") or ""):
            text = "".join(buffer[start:])
            self.page.bylines.append((MARKS.sub("", text), node))

    def time(self, el: _Element, node: Node) -> None:
        """Read a <time>: when it says so, that of publication."""
        stamp = el.get("datetime") or "".join(map(str, el.itertext()))
        said = (
            f"{_names(el)} {el.get('itemprop') or ''} {'pubdate' if 'pubdate' in el.attrib else ''}"
        )
        if "modif" not in said.lower() and "updat" not in said.lower():
            published = "publish" in said.lower() or "pubdate" in said
            self.page.times.append((stamp, published, node, len(self.page.blocks)))
        self.children(el, node)

    # ------------------------------------------------------------ from the buffer to blocks

    def flush(self, node: Node, tag: str) -> None:
        """Make a block of the text read since the last one."""
        buffer = self.buffer
        text = squeezed("".join(buffer))
        if self.urls or LINE in text or CLOSE in text:
            self._flush_marked(text, node, tag)
            return
        buffer.clear()
        if text:
            self._add(Block(text, node, tag))

    def _flush_marked(self, marked: str, node: Node, tag: str) -> None:
        text, links, bare, still_open = unmark(marked, self.urls)
        self.buffer.clear()
        self.urls = []
        if text:
            bare += still_open
        elif still_open:
            # <a><div><h3>…: the anchor's text comes in the next block.
            self.buffer.extend(OPEN for _ in still_open)
            self.urls = still_open
        if text or bare:
            self._add(Block(text, node, tag, links, bare))

    def _add(self, block: Block) -> None:
        node, text = block.node, block.text
        size = len(text)
        if size >= _PARAGRAPH:
            size -= block.linked
            if size >= _PARAGRAPH:
                node.prose += size
                self.prose += size
        block.label = label_cue(text)
        self._head_or_follow(block)
        self.page.blocks.append(block)

    def _head_or_follow(self, block: Block) -> None:
        """Let a heading open or end a section; give any other block the section it stands in."""
        cue, level, since = self.sections[-1]
        own = level_of(block.tag)
        said = heading_cue(block.text) if block.text else None
        if own and not said and opens_teaser(block, own, self.prose):
            said = RELATED
        if said and (own or not cue or said is not cue):
            self.sections[-1] = (said, own or LABEL_LEVEL, len(self.page.blocks) + 1)
            block.section = said
            if said is MORE_INFORMATION:
                block.node.labelled |= block.tag != "dt" or names_paper(block.text)
            return
        if (own and cue and own <= level) or ends(cue, level, since, block, len(self.page.blocks)):
            cue = None
            self.sections[-1] = (None, 0, 0)
        block.section = cue
        if block.label and block.label.zone is Zone.MORE_INFORMATION:
            block.node.labelled = True


def _names(el: _Element) -> str:
    """Return the class names, id, role and label of an element."""
    items = el.items()
    return " ".join([str(v) for k, v in items if k in _NAMING]) if items else ""
