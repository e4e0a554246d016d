"""Recognises pages that would hang a parser, and thins them before one sees them.

lxml compares every attribute of a tag with every other one (50,000 of them: 3 s, growing with the
square), gives up below 256 open tags, at 10 MB in one stretch of text (and then returns no text at
all) and after 10 MB of text in all. trafilatura needs more than 30 s for 60,000 paragraphs.
Everything here is linear in time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Smaller pages are not looked at: no more than 25,000 attributes fit, which take lxml 0.7 s.
SMALL = 160_000
#: Tags read from one page; a news page has 1,000 to 5,000.
MAX_TAGS = 150_000
#: Tags and characters of a page that trafilatura is asked about (10,000 paragraphs take it 1 s,
#: 60,000 more than 30).
MAX_TAGS_FOR_EXTRACTION = 12_000
MAX_CHARACTERS_FOR_EXTRACTION = 4_000_000
#: Open tags at one place: lxml gives up at 256.
MAX_DEPTH = 200
MAX_ATTRIBUTES = 200
MAX_ATTRIBUTE_LENGTH = 64_000
_LONG_TAG = 2 * MAX_ATTRIBUTES
_LONGEST_TAG = 8_000
_LONG_TEXT = 1_000_000

#: What libxml2 calls it when it stops in the middle of a page.
_LIMIT_ERRORS = frozenset({"ERR_RESOURCE_LIMIT", "ERR_INTERNAL_ERROR", "ERR_NO_MEMORY"})
_TAG = re.compile(
    r"""<(?P<close>/?) (?P<name>[a-zA-Z][^\s/><]*+)
        (?P<attributes>(?:[^"'<>]++ | "[^"]*+" | '[^']*+')*+) >?""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++))?""")
_RAW = re.compile(r"<(?:(?P<name>!--|script\b|style\b)|[!?][^<>]*+>)", re.IGNORECASE)
_STATE = re.compile(r"ld\+json|__NEXT_DATA__|application/json", re.IGNORECASE)
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr !doctype".split()
)
_SELF_CLOSING = frozenset("p li dt dd tr td th option thead tbody".split())
_INLINE = frozenset("a b i em strong span font u s sub sup small big code abbr cite q".split())


#: What holds no text: a drawing of shapes (a hundred icons a page), a style sheet, a script.
_DEAD = re.compile(
    r"""<s(?:
        vg\b[^<]*+(?:</?(?:g|path|use|title|desc|defs|rect|circle|ellipse|line|polyline|polygon
            |symbol|clipPath|mask|linearGradient|radialGradient|stop)\b[^<]*+)*+</svg>
      | tyle\b[^<]*+</style>
      | cript\b[^<]*+(?:<(?!/?script|!--)[^<]*+)*+</script>)""",
    re.VERBOSE,
)
_MAY_BE_DATA = 600  # characters of a script in which it says that it holds data


@dataclass(slots=True)
class Thinned:
    """A page that lxml reads in bounded time, and what was left out of it, for people."""

    html: str
    tags: int = 0
    reasons: list[str] = field(default_factory=list)


def thin(html: str, *, force: bool = False) -> Thinned:
    """Return `html` unchanged when it is harmless, else without what makes it harmful.

    `force` thins a page that a parser has given up on.
    """
    if not force:
        if len(html) <= SMALL:
            return Thinned(html)
        tags, harmless = _look(html)
        if harmless:
            return Thinned(html, tags)
    return _Thinner().run(_without_raw(html))


def _look(html: str) -> tuple[int, bool]:
    tags = longest = 0
    for m in _TAG.finditer(html):
        tags += 1
        longest = max(longest, m.end() - m.start())
        if tags > MAX_TAGS or longest > _LONGEST_TAG:
            return tags, False
    return tags, True


def _without_raw(html: str, *, state: bool = True) -> str:
    """Leave out comments, styles and scripts other than `state`; an open comment is no comment."""
    parts = []
    position = 0
    never_closed = set()
    while m := _RAW.search(html, position):
        parts.append(html[position : m.start()])
        name = (m["name"] or "").lower()
        end = -1 if name in never_closed else _raw_end(html, name, m.end())
        if end < 0:
            never_closed.add(name)
            position = m.end()
            continue
        if state and name == "script" and _STATE.search(html, m.end(), m.end() + 200):
            parts.append(html[m.start() : end])
        position = end
    parts.append(html[position:])
    return "".join(parts)


def _raw_end(html: str, name: str, start: int) -> int:
    if not name:  # <!DOCTYPE …>
        return start
    if name == "!--":
        end = html.find("-->", start)
        return end if end < 0 else end + 3
    m = _RAW_END[name].search(html, start)
    if not m:
        return -1
    end = html.find(">", m.end())
    return len(html) if end < 0 else end + 1


def _unless_data(m: re.Match[str]) -> str:
    """Return a script that may hold data as it stands, and nothing for all else that is dead."""
    said = m[0][:_MAY_BE_DATA]
    return m[0] if said.startswith("<sc") and ("json" in said.lower() or "__" in said) else ""


def parse(html: str) -> tuple[_Element | None, bool]:
    """Return the tree of `html`, and whether the parser gave up on part of it."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(_DEAD.sub(_unless_data, html).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, True
    gave_up = any(e.type_name in _LIMIT_ERRORS for e in parser.error_log)
    return root, gave_up or root is None


class _Thinner:
    """Writes a page anew with few enough open tags, attributes and tags in all."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.counts: dict[str, int] = {}
        self.tags = 0
        self.too_deep = self.too_many = self.too_wide = False

    def run(self, html: str) -> Thinned:
        position = 0
        for m in _TAG.finditer(html):
            self._text(html, position, m.start())
            position = m.end()
            name = m["name"].lower()
            if m["close"]:
                self._close(name)
            elif self.tags >= MAX_TAGS:
                self.too_many = True
                position = m.start()
                html = html[:position] + _TAG.sub(" ", _without_raw(html[position:], state=False))
                break
            else:
                self._open(name, m["attributes"])
            if name == "script":
                position = self._script(html, position)
        self._text(html, position, len(html))
        return Thinned("".join(self.parts), self.tags, self._reasons())

    def _text(self, html: str, start: int, end: int) -> None:
        """Add a stretch of text; a very long one is broken, or lxml would drop all of it."""
        for at in range(start, end, _LONG_TEXT):
            if at > start:
                self.parts.append("<br>")
            self.parts.append(html[at : min(at + _LONG_TEXT, end)].replace("<", "&lt;"))

    def _script(self, html: str, start: int) -> int:
        """Add a JSON script as it is; return where it ends."""
        m = _RAW_END["script"].search(html, start)
        if self.open[-1:] != ["script"] or not m:
            return start
        self.parts.append(html[start : m.start()])
        return m.start()

    def _open(self, name: str, attributes: str) -> None:
        self.tags += 1
        if self.open and name == self.open[-1] and name in _SELF_CLOSING:
            self._close(name)
        if name == "wbr":  # to the parser an element that is never closed
            return
        if name in _VOID:
            self.parts.append(f"<{name} {self._fewer(attributes)}>")
        elif len(self.open) >= MAX_DEPTH:
            self.too_deep = True
            self.parts.append("" if name in _INLINE else "<br>")
        else:
            self.open.append(name)
            self.counts[name] = self.counts.get(name, 0) + 1
            self.parts.append(f"<{name} {self._fewer(attributes)}>")

    def _close(self, name: str) -> None:
        if not self.counts.get(name):
            return
        while self.open:
            top = self.open.pop()
            self.counts[top] -= 1
            self.parts.append(f"</{top}>")
            if top == name:
                return

    def _fewer(self, attributes: str) -> str:
        if len(attributes) <= _LONG_TAG:
            return attributes
        found = list(islice(_ATTRIBUTE.finditer(attributes), MAX_ATTRIBUTES + 1))
        kept = [m[0] for m in found[:MAX_ATTRIBUTES] if len(m[0]) <= MAX_ATTRIBUTE_LENGTH]
        self.too_wide |= len(found) > MAX_ATTRIBUTES
        return " ".join(kept)

    def _reasons(self) -> list[str]:
        told = (
            (self.too_deep, f"tags nested deeper than {MAX_DEPTH} were left out"),
            (self.too_many, f"tags after the first {MAX_TAGS:,} were left out"),
            (self.too_wide, f"attributes after the first {MAX_ATTRIBUTES} of a tag were left out"),
        )
        return [reason for hit, reason in told if hit]
