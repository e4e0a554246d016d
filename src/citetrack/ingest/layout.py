"""Where the story stands on a page, and from that the zone of every block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.ingest.outline import ancestors
from citetrack.ingest.zones import (
    CAPTION,
    FOOTER,
    MORE_INFORMATION,
    RELATED,
    Hint,
    Hold,
    heading_cue,
    hint_of,
    holds_citation,
)
from citetrack.model import Zone
from citetrack.text import words

if TYPE_CHECKING:
    from collections.abc import Collection

    from citetrack.ingest.outline import Block, Node, Page

#: Share of the prose of a part of the page that one of its parts must hold to stand for it.
_MOST = 0.6
#: A part with this share of all prose is the story's, whatever its class is called.
_MAJORITY = 0.5
#: An aside with this share of anchor text is a list of links to elsewhere.
_LINKED = 0.6
_ALIKE = 0.3
#: A card in the story holds less than this share of its prose.
_SMALL = 0.3
_TEASER_WORDS, _HEADLINE_WORDS = 3, 6
#: A block with this share of anchor text is nothing but a link.
_WHOLLY = 0.9
_CELLS = frozenset({"dd", "td", "th", "tr"})
_LOOKS_LIKE_DOI = "10."
#: "Read more:" stands before other stories, and before the paper itself.
_READ_MORE = re.compile(r"read (?:more|the full)\b", re.IGNORECASE)
_PROSE = 80
_STORY_TAGS = frozenset({"article"})
_STORY_NAMES = frozenset("article story post entry release pressrelease hentry newsarticle".split())
_ROOTS = frozenset({"html", "body"})
_FURNITURE = frozenset({"nav", "footer"})
_FIRST_BLOCKS = 5
_TITLES = frozenset({"h1", "h2"})


@dataclass(slots=True)
class _State:
    """What holds for everything in an element."""

    zone: Zone | None
    hold: Hold
    inside: bool  # in the part of the page that the story fills


@dataclass(slots=True)
class Layout:
    """The zone of each block of a page, and the block that is the story's headline."""

    zones: list[Zone]
    headline: int | None = None


def lay_out(
    page: Page, titles: Collection[str] = (), *, in_main: Collection[int] = frozenset()
) -> Layout:
    """Return the zone of each block of `page`.

    `titles` are what the page's metadata calls the story; they tell its headline from the site's.
    `in_main` numbers the blocks that a main-text extractor took for the story's.
    """
    return _Surveyor(page, titles, in_main).run()


class _Surveyor:
    def __init__(self, page: Page, titles: Collection[str], in_main: Collection[int]) -> None:
        self.page = page
        self.in_main = in_main
        self.titles = [frozenset(words(t)) for t in titles if t]
        self.states: dict[int, _State] = {}
        self.host = _host(page.canonical or dict(page.metas).get("og:url", ""))

    def run(self) -> Layout:
        page = self.page
        self._void_names()
        headline = self._headline()
        story = self._story_node(headline)
        self.story = story
        first = story.start if headline is None else min(headline, story.start)
        self.span = range(first, story.end)
        self.headline = headline
        for node in page.nodes:
            self.states[id(node)] = self._state(node)
        zones = [self._zone(i, block) for i, block in enumerate(page.blocks)]
        if headline is not None:
            zones[headline] = Zone.HEADLINE
        return Layout(zones, headline)

    # ------------------------------------------------------------ the story's part of the page

    def _void_names(self) -> None:
        """Drop what names say of an element that holds most of the page's prose."""
        sums = self.sums = {id(node): node.prose for node in self.page.nodes}
        for node in reversed(self.page.nodes):
            if node.parent is not None:
                sums[id(node.parent)] += sums[id(node)]
        whole = sums[id(self.page.nodes[0])] if self.page.nodes else 0
        for node in self.page.nodes:
            if node.section and self._holds_title(node, mostly=sums[id(node)] > _MAJORITY * whole):
                node.section = None  # the link "Latest news" stands before the story, too
            if node.tag in _ROOTS:
                node.hint = None
            elif node.hint and sums[id(node)] > _MAJORITY * whole and node.tag not in _FURNITURE:
                h1 = any(b.tag == "h1" for b in self._blocks(node)[:_FIRST_BLOCKS])
                if h1 or node.hint.zone is not Zone.COMMENTS:
                    node.hint = None

    def _holds_title(self, node: Node, *, mostly: bool) -> bool:
        """Tell whether the story's headline is in an element, which may hold most of the prose."""
        for block in self._blocks(node):
            if block.tag in _TITLES:
                alike = self._likeness(block.text)
                if alike >= _MOST or (block.tag == "h1" and (mostly or alike >= _ALIKE)):
                    return True
        return False

    def _headline(self) -> int | None:
        """Return the number of the block that is the story's headline."""
        best: tuple[float, int] | None = None
        for i, block in enumerate(self.page.blocks):
            if block.tag not in _TITLES or self._elsewhere(block.node):
                continue
            score = self._likeness(block.text)
            if block.tag == "h1":
                score += 0.5
            elif score < _MOST:
                continue
            if best is None or score > best[0]:
                best = (score, i)
        return best[1] if best else None

    def _likeness(self, text: str) -> float:
        said = frozenset(words(text))
        return max((len(said & t) / len(said | t) for t in self.titles if said), default=0.0)

    def _elsewhere(self, node: Node) -> bool:
        return any(
            (n.hint and n.hint.hold is Hold.FIRM) or (n.section and n.section.hold is Hold.FIRM)
            for n in ancestors(node)
        )

    def _story_node(self, headline: int | None) -> Node:
        """Return the element that holds the story: the innermost with most of the prose."""
        nodes = self.page.nodes
        prose = {id(n): n.prose for n in nodes}
        hidden = set()
        largest: dict[int, Node] = {}
        for node in nodes:
            firm = node.hint is not None and node.hint.hold >= Hold.SIDE
            if (
                firm
                or (node.section and node.section.hold is Hold.FIRM)
                or (node.parent is not None and id(node.parent) in hidden)
            ):
                hidden.add(id(node))
        for node in reversed(nodes):
            parent = node.parent
            if parent is None or id(node) in hidden:
                continue
            prose[id(parent)] += prose[id(node)]
            best = largest.get(id(parent))
            if best is None or prose[id(node)] >= prose[id(best)]:
                largest[id(parent)] = node
        node = nodes[0]
        while (child := largest.get(id(node))) and prose[id(child)] > _MOST * prose[id(node)]:
            node = child
        return self._widened(node, headline)

    def _widened(self, node: Node, headline: int | None) -> Node:
        """Return the article around `node`, or `node` itself."""
        named = node
        for outer in ancestors(node):
            if outer.tag in _STORY_TAGS:
                return outer
            if outer.tag in _ROOTS:
                break
            holds_title = headline is None or outer.start <= headline < outer.end
            if holds_title and named is node and _says_story(outer):
                named = outer
        return named

    # ------------------------------------------------------------ zones from the outside in

    def _state(self, node: Node) -> _State:
        above = self.states[id(node.parent)] if node.parent else _State(None, Hold.NONE, False)
        inside = above.inside or node is self.story
        if above.hold is Hold.FIRM and node is not self.story:
            return _State(above.zone, Hold.FIRM, inside)
        hint = self._hint(node, above.zone, inside=inside)
        if node.section and (hint is None or hint.hold is not Hold.FIRM):
            hint = node.section
        if inside and not above.inside and hint and hint.hold is Hold.FIRM:
            hint = None
        if hint is None and node.labelled and node.tag in {"dl", "table"}:
            hint = MORE_INFORMATION
        if hint is None or (hint is CAPTION and above.hold is not Hold.NONE):
            return _State(above.zone, above.hold, inside)
        return _State(hint.zone, hint.hold, inside)

    def _hint(self, node: Node, around: Zone | None, *, inside: bool) -> Hint | None:
        """Return what the element says of itself, seen from where it stands."""
        hint = node.hint
        if hint is FOOTER and inside and self._in_article(node):
            named = hint_of("div", node.names)
            if named and named is not FOOTER and named.hold is Hold.FIRM:
                return named
            cites = any(holds_citation(b.text) for b in self._blocks(node))
            return MORE_INFORMATION if cites else Hint(Zone.ASIDE, Hold.NONE)
        if hint and hint.zone is Zone.ASIDE:
            return self._aside(node, inside=inside)
        if hint or not inside or node is self.story or not self._is_another(node):
            return hint
        return None if around is Zone.MORE_INFORMATION or self._is_cited(node) else RELATED

    def _is_cited(self, node: Node) -> bool:
        """Tell whether a heading such as "Publication" stands right before an element."""
        if node.section is not MORE_INFORMATION or not node.start:
            return False
        return heading_cue(self.page.blocks[node.start - 1].text) is MORE_INFORMATION

    def _is_another(self, node: Node) -> bool:
        """Tell whether an element in the story is a card of another one.

        It begins with the linked title of another page, or is an <article> with its own headline.
        """
        if node.tag == "article":
            return self._is_another_article(self._blocks(node), node)
        if node.end - node.start < 2 or not self.page.blocks[node.start].links:  # noqa: PLR2004
            return False
        blocks = self._blocks(node)
        if any(b.tag == "figcaption" or b.node.hint is CAPTION for b in blocks):
            return False  # "Enlarge this picture"
        small = self.sums[id(node)] < _SMALL * self.sums[id(self.story)]
        # "Professor Marit Oldervik of Leeds" may stand above "Paper: …".
        long = not node.labelled or len(blocks[0].text.split()) >= _HEADLINE_WORDS
        return small and long and self._is_teaser(blocks[0])

    def _is_another_article(self, blocks: list[Block], node: Node) -> bool:
        if blocks and blocks[0].linked > _LINKED * len(blocks[0].text):
            return True
        headed = self.headline is not None and not node.start <= self.headline < node.end
        return headed and any(b.tag == "h1" for b in blocks)

    def _aside(self, node: Node, *, inside: bool) -> Hint:
        blocks = self._blocks(node)
        size = sum(len(b.text) for b in blocks)
        linked = sum(b.linked for b in blocks)
        elsewhere = not inside or (size and linked > _LINKED * size)
        if elsewhere and not node.labelled:
            return Hint(Zone.RELATED, Hold.SIDE)
        return Hint(Zone.ASIDE, Hold.NONE)

    def _in_article(self, node: Node) -> bool:
        """Tell whether a footer is the story's own and not the site's."""
        if _says_story(node):
            return True
        for outer in ancestors(node.parent):
            if outer.tag in _ROOTS:
                return False
            if outer is self.story or outer.tag in _STORY_TAGS:
                return outer.tag in _STORY_TAGS or _says_story(outer)
        return False

    def _blocks(self, node: Node) -> list[Block]:
        return self.page.blocks[node.start : node.end]

    # ------------------------------------------------------------ single blocks

    def _zone(self, number: int, block: Block) -> Zone:
        state = self.states[id(block.node)]
        said = block.section
        firm = state if state.hold is Hold.FIRM else said
        if firm and firm.hold is Hold.FIRM:
            return firm.zone or Zone.RELATED
        if said and said.zone is Zone.MORE_INFORMATION and block.label is not RELATED:
            return Zone.MORE_INFORMATION
        if block.label:
            return self._labelled(block, block.label, state, number)
        return self._unlabelled(number, block, state)

    def _unlabelled(self, number: int, block: Block, state: _State) -> Zone:
        said = block.section
        if block.links and state.zone is None and self._leads_away(block):
            return Zone.RELATED
        if state.hold is Hold.SOFT and _links_paper(block) and not self._aloof(block.node):
            return Zone.ASIDE
        if state.zone is not None:
            return state.zone
        if said and said.hold is Hold.SOFT:
            return said.zone
        return Zone.BODY if number in self.span else self._outside(number, block)

    def _labelled(self, block: Block, label: Hint, state: _State, number: int) -> Zone:
        if label.zone is not Zone.MORE_INFORMATION:
            reads_on = _READ_MORE.match(block.text) and _links_paper(block)
            return self._unlabelled(number, block, state) if reads_on else label.zone
        story = number in self.span and state.hold is not Hold.SIDE
        if not story and self._beside_teasers(block):
            return state.zone or Zone.RELATED
        return Zone.MORE_INFORMATION

    def _beside_teasers(self, block: Block) -> bool:
        """Tell whether a block stands among links to other pages of the site."""
        return any(
            other is not block and other.tag not in _CELLS and self._is_teaser(other)
            for other in self._blocks(block.node)
        )

    def _is_teaser(self, block: Block) -> bool:
        """Tell whether a block is nothing but the title of another page of the site, linked."""
        if block.linked < _WHOLLY * len(block.text) or len(block.text.split()) < _TEASER_WORDS:
            return False
        return all(self._is_own(url) for url, _, _ in block.links)

    def _aloof(self, node: Node) -> bool:
        """Tell whether an element stands in a sidebar or the like, or in another article."""
        return any(
            (n.hint is not None and n.hint.hold >= Hold.SIDE)
            or (n.tag == "article" and not n.start <= self.story.start < n.end)
            for n in ancestors(node)
        )

    def _leads_away(self, block: Block) -> bool:
        """Tell whether a block in the story is a link to another one: "Read more: …"."""
        before = block.text[: block.links[0][1]].strip()
        if before:
            reads_on = _READ_MORE.match(before) and _links_paper(block)
            return heading_cue(before) is RELATED and not reads_on
        return _LOOKS_LIKE_DOI in block.text and self._is_teaser(block)

    def _is_own(self, url: str) -> bool:
        """Tell whether an address is that of another page of the same site."""
        if url.startswith("#") or url.lower().endswith(".pdf"):
            return False
        host = _host(url)
        return not host or host == self.host

    def _outside(self, number: int, block: Block) -> Zone:
        """Return the zone of a block outside the story about which nothing is said."""
        for node in ancestors(block.node):
            if node.tag in _ROOTS or node.start <= self.story.start < node.end:
                break
            if node.labelled and not self._beside_teasers(block):
                return Zone.MORE_INFORMATION
        prose = number in self.in_main and len(block.text) - block.linked >= _PROSE
        if prose and not self._beside_teasers(block):
            return Zone.BODY
        return Zone.NAVIGATION if number < self.span.start else Zone.RELATED


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower().removeprefix("www.")


def _links_paper(block: Block) -> bool:
    """Tell whether a link of a block leads to a DOI."""
    targets = [url for url, _, _ in block.links] + block.bare
    return any(_LOOKS_LIKE_DOI in url for url in targets)


def _says_story(node: Node) -> bool:
    return not _STORY_NAMES.isdisjoint(
        node.names.lower().replace("-", " ").replace("_", " ").split()
    )
