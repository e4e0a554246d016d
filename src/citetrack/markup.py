"""Markup as text, with a map back to the source, and the attributes that carry identifiers.

The tokenizer is our own because every character must know where it came from: parsers that build
a tree forget the place of an attribute's value. It follows browsers (what is left open runs to
the end) and takes time linear in the page.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# ---------------------------------------------------------------- the map back to the source


@dataclass(slots=True)
class MappedText:
    """Text made from a source, piece by piece, that knows where each piece came from."""

    _pieces: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _sources: list[tuple[int, int]] = field(default_factory=list)
    _length: int = 0
    _text: str | None = None

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> MappedText:
        """Return `source[start:end]` as it stands."""
        made = cls()
        end = len(source) if end is None else end
        made.add(source[start:end], start, end)
        return made

    def add(self, text: str, start: int, end: int) -> None:
        """Append `text`, which stands for `start` to `end` of the source."""
        if text:
            self._pieces.append(text)
            self._starts.append(self._length)
            self._sources.append((start, end))
            self._length += len(text)
            self._text = None

    @property
    def text(self) -> str:
        """The text made."""
        if self._text is None:
            self._text = "".join(self._pieces)
        return self._text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that `text[start:end]` (not empty) was made from."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, position: int) -> tuple[int, int]:
        i = bisect_right(self._starts, position) - 1
        start, end = self._sources[i]
        if end - start != len(self._pieces[i]):
            return start, end
        at = start + position - self._starts[i]
        return at, at + 1


# ---------------------------------------------------------------- what a page holds


@dataclass(frozen=True, slots=True)
class Attribute:
    """The value of an attribute that may carry an identifier.

    `role` is "link" (an address), "text" (words that may hold identifiers), or the kind that a
    bare value is said to be ("pmid").
    """

    role: str
    value: MappedText


@dataclass(slots=True)
class Markup:
    """The visible text of a page, its telling attributes and its JSON-LD."""

    visible: MappedText = field(default_factory=MappedText)
    attributes: list[Attribute] = field(default_factory=list)
    data: list[MappedText] = field(default_factory=list)


#: Elements that begin a new block; the rest join what stands on either side.
_BLOCKS = frozenset(
    """address article aside blockquote body button canvas caption center dd details dialog dir div
    dl dt fieldset figcaption figure footer form frame h1 h2 h3 h4 h5 h6 head header hr html iframe
    legend li main menu nav noscript object ol optgroup option p pre search sec section select
    summary table tbody td template textarea tfoot th thead title tr ul video""".split()
)
#: Elements whose content is not markup.
_RAW = frozenset({"script", "style"})

_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-zA-Z][^\s/<>]*+)
        (?P<attributes>(?>
            [^>"'=]++
          | =\s*+(?>"[^"]*+"|'[^']*+')?   # quotes count only where a value begins
          | ["']
        )*+)>""",
    re.VERBOSE,
)
_LOOSE_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<attributes>[^<>]*+)>")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'>/=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+)))?"""
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_OPENINGS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"), ("</", ">"))


def read_markup(source: str) -> Markup:
    """Return what a reader of the page sees, the attributes and the data that may hold identifiers.

    Block elements are parted by an empty line and `<br>` by a line end; other elements, `<wbr>`
    and comments join. A superscript is parted by a blank: after an identifier it is a footnote.
    """
    return _Reader(source).read()


def markup_to_text(source: str) -> str:
    """Return the visible text of `source`.

    >>> markup_to_text("<p>doi:10.1000/<b>182</b></p>").strip()
    'doi:10.1000/182'
    """
    return read_markup(source).visible.text


def unescape(source: str, start: int, end: int, into: MappedText | None = None) -> MappedText:
    """Return `source[start:end]` with character references undone, appended to `into`."""
    made = MappedText() if into is None else into
    at = start
    if source.find("&", start, end) >= 0:
        for m in _ENTITY.finditer(source, start, end):
            made.add(source[at : m.start()], at, m.start())
            made.add(html.unescape(m[0]), m.start(), m.end())
            at = m.end()
    made.add(source[at:end], at, end)
    return made


class _Reader:
    """Walks over the source once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tag = _TAG
        self._out = Markup()

    def read(self) -> Markup:
        source, at = self._source, 0
        while at < len(source):
            open_at = source.find("<", at)
            end = len(source) if open_at < 0 else open_at
            unescape(source, at, end, self._out.visible)
            at = end if open_at < 0 else self._element(open_at)
        return self._out

    def _element(self, at: int) -> int:
        """Read what begins with the "<" at `at`; return where the text goes on."""
        m = self._tag.match(self._source, at)
        if m is None and self._tag is _TAG and self._source[at + 1 : at + 2].isalpha():
            self._tag = _LOOSE_TAG  # a tag left open; once is enough to stop looking for its end
            m = self._tag.match(self._source, at)
        return self._special(at) if m is None else self._start(m)

    def _special(self, at: int) -> int:
        source = self._source
        for opening, closing in _OPENINGS:
            if source.startswith(opening, at):
                end = source.find(closing, at + len(opening))
                end = len(source) if end < 0 else end
                if opening == "<![CDATA[":
                    self._out.visible.add(source[at + len(opening) : end], at + len(opening), end)
                return end + len(closing)
        self._out.visible.add("<", at, at + 1)
        return at + 1

    def _start(self, m: re.Match[str]) -> int:
        name = m["name"].lower().rpartition(":")[2]
        boundary = _boundary(name)
        if boundary:
            self._out.visible.add(boundary, m.start(), m.end())
        if m["close"]:
            return m.end()
        pairs = _attributes(m, name)
        if pairs:
            self._out.attributes.extend(_telling(self._source, name, pairs))
        return self._raw(name, m, pairs) if name in _RAW else m.end()

    def _raw(self, name: str, m: re.Match[str], pairs: _Pairs) -> int:
        closing = re.compile(f"</{name}", re.IGNORECASE).search(self._source, m.end())
        end = closing.start() if closing else len(self._source)
        if "ld+json" in pairs.get("type", ("", 0, 0))[0].lower():
            self._out.data.append(MappedText.of(self._source, m.end(), end))
        return end


#: Name of an attribute -> its value as written and where that stands.
_Pairs = dict[str, tuple[str, int, int]]


def _boundary(name: str) -> str:
    if name in _BLOCKS:
        return "\n\n"
    if name == "br":
        return "\n"
    return " " if name in {"sup", "img"} else ""


# ---------------------------------------------------------------- attributes

_LINKING = {"a": "href", "area": "href", "link": "href", "blockquote": "cite", "q": "cite"}
_LINKING |= {"ins": "cite", "del": "cite"}
_RELATIONS = frozenset("canonical cite-as alternate shortlink amphtml describedby item".split())
_READ = frozenset((*_LINKING, "meta", "input", "script"))
#: What a bare value is, by the name of the meta element or data attribute.
_KINDS = {
    "pmid": "pmid", "pubmed_id": "pmid", "pubmed": "pmid", "pmcid": "pmcid", "pmc": "pmcid",
    "arxiv_id": "arxiv", "arxiv": "arxiv", "isbn": "isbn", "handle": "handle", "nct_id": "nct",
    "pii": "pii",
}  # fmt: skip
_META_NAMES = ("name", "property", "itemprop", "id", "scheme")
_NO_IDENTIFIER = re.compile(r"image|icon|thumbnail|video|player|verification|token", re.IGNORECASE)


def _attributes(m: re.Match[str], name: str) -> _Pairs:
    """Return the attributes of a tag; of tags that carry none of interest, nothing."""
    written = m["attributes"]
    if "=" not in written or not (name in _READ or "data-" in written or "ctx_ver" in written):
        return {}
    pairs: _Pairs = {}
    for a in _ATTRIBUTE.finditer(m.string, m.start("attributes"), m.end("attributes")):
        group = a.lastgroup
        if group and group != "name":
            pairs.setdefault(a["name"].lower(), (a[group], a.start(group), a.end(group)))
    return pairs


def _telling(source: str, tag: str, pairs: _Pairs) -> Iterator[Attribute]:
    for name, (value, start, end) in pairs.items():
        role = _role(tag, name, value, pairs)
        if role and value:
            yield Attribute(role, unescape(source, start, end))


def _role(tag: str, name: str, value: str, pairs: _Pairs) -> str | None:
    """Say what an attribute may hold: see `Attribute`."""
    if tag == "meta":
        return _meta_role(value, pairs) if name == "content" else None
    if _LINKING.get(tag) == name:
        relation = pairs.get("rel", ("", 0, 0))[0].lower().split()
        return "link" if tag != "link" or _RELATIONS.intersection(relation) else None
    if name == "title":
        return "text" if "ctx_ver" in value else None
    if name == "value":
        kind = pairs.get("type", ("", 0, 0))[0].lower()
        return "text" if tag == "input" and kind in {"hidden", "text"} else None
    return _data_role(name) if name.startswith("data-") else None


def _data_role(name: str) -> str | None:
    words = name.removeprefix("data-").replace("-", "_")
    if words.endswith("doi"):
        return "text"
    return _KINDS.get(words) or _KINDS.get(words.rpartition("_")[2])


def _meta_role(content: str, pairs: _Pairs) -> str | None:
    """Say what the content of a meta element is, by its names."""
    names = [pairs[n][0].lower() for n in _META_NAMES if n in pairs]
    if any(_NO_IDENTIFIER.search(n) for n in names):
        return None
    for name in names:
        kind = _KINDS.get(re.sub(r"^(?:citation_|dc\.identifier\.|prism\.|wkhealth_)", "", name))
        if kind:
            return kind
    return "link" if content.lstrip()[:4].lower() == "http" else "text"
