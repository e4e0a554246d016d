"""What a page says of itself for machines: JSON-LD, and the state its scripts start from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetrack.ingest.zones import MORE_INFORMATION, hint_of
from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NEWS = frozenset(
    """newsarticle article reportagenewsarticle analysisnewsarticle backgroundnewsarticle
    opinionnewsarticle reviewnewsarticle blogposting socialmediaposting liveblogposting techarticle
    report webpage itempage medicalwebpage pressrelease""".split()
)
_SCHOLARLY = frozenset("scholarlyarticle medicalscholarlyarticle dataset thesis".split())
#: Properties of a story that name what it rests on.
_CITING = ("citation", "isBasedOn", "isBasedOnUrl")
#: Properties that may name a paper, or anything else.
_PERHAPS = ("about", "mentions", "mainEntity", "subjectOf", "workExample", "itemReviewed")
_OWN = ("identifier", "sameAs", "doi", "url", "@id")
_LONGEST_SCRIPT = 5_000_000
_DEEPEST = 60
_MOST_WORKS = 50
_IDENTIFIER = re.compile(
    r"\b10\.\d{4,9}/\S|doi\.org/|\bPMID|\bPMC\d|pubmed|arxiv|\bISRCTN\d|\bNCT\d{8}", re.IGNORECASE
)
_BODY_KEYS = frozenset(
    """body content articlebody bodytext bodyhtml html text story copy paragraphs paragraph value
    contenthtml markdown maincontent description rendered""".split()
)
_REFERENCE_KEYS = frozenset("studies study papers paper sources source publications works".split())
_TITLE_KEYS = ("title", "headline", "name")
_ADDRESS_KEYS = ("url", "slug", "href", "path", "link", "permalink", "uri")
_PROSE = 80


@dataclass(slots=True)
class JsonLd:
    """What JSON-LD says of this page's story."""

    headline: str | None = None
    published: str | None = None
    authors: list[str] = field(default_factory=list)
    outlet: str | None = None
    language: str | None = None
    body: str | None = None
    lines: list[str] = field(default_factory=list)


def read_json_ld(scripts: Iterable[tuple[str, str]], urls: Iterable[str]) -> JsonLd:
    """Return what the JSON-LD among `scripts` says of the page at one of `urls`.

    Lists of other stories, breadcrumbs and the like say nothing.
    """
    items = [
        item for kind, text in scripts if "ld+json" in kind for item in _items(_loads(text), 0)
    ]
    story = _own_story(items, {_bare(u) for u in urls if u})
    found = JsonLd()
    ids = {i["@id"]: i for i in items if isinstance(i.get("@id"), str) and len(i) > 1}
    if story is not None:
        _describe(story, found)
        found.lines.extend(_based_on(story, ids))
    papers = [i for i in items if _types(i) & _SCHOLARLY and i is not story]
    if len(papers) == 1:
        line = f"ScholarlyArticle: {_work(papers[0], ids)}"
        if line.split(": ", 1)[1] not in "\n".join(found.lines):
            found.lines.append(line)
    return found


def _loads(text: str) -> Any:
    if len(text) > _LONGEST_SCRIPT:
        return None
    text = text.strip()
    for wrapper in ("<!--", "//<![CDATA[", "<![CDATA["):
        text = text.removeprefix(wrapper)
    for wrapper in ("-->", "//]]>", "]]>", ";"):
        text = text.removesuffix(wrapper)
    try:
        return json.loads(text.strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def _items(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the things described at the top: in lists and `@graph`, no deeper."""
    if depth > 3:  # noqa: PLR2004
        return
    if isinstance(value, list):
        for item in value:
            yield from _items(item, depth + 1)
    elif isinstance(value, dict):
        if "@graph" in value:
            yield from _items(value["@graph"], depth + 1)
        if "@type" in value or "@id" in value:
            yield value
        main = value.get("mainEntity")
        if isinstance(main, dict) and _types(main) & _NEWS:
            yield main


def _types(item: dict[str, Any]) -> frozenset[str]:
    said = item.get("@type")
    names = said if isinstance(said, list) else [said]
    return frozenset(re.split(r"[/:#]", n)[-1].lower() for n in names if isinstance(n, str))


def _own_story(items: list[dict[str, Any]], urls: set[str]) -> dict[str, Any] | None:
    """Return the item that describes this page: by its address, or the only one there is."""
    stories = [i for i in items if _types(i) & (_NEWS | _SCHOLARLY)]
    stories.sort(key=lambda i: bool(_types(i) & {"webpage", "itempage"}))
    own = [i for i in stories if not urls.isdisjoint(_addresses(i))]
    news = [i for i in stories if _types(i) & _NEWS and "webpage" not in _types(i)]
    if own:
        return own[0]
    if len(news) == 1 and (not urls or not _plainly_another(news[0], urls)):
        return news[0]
    return stories[0] if len(stories) == 1 and not _plainly_another(stories[0], urls) else None


def _addresses(item: dict[str, Any]) -> set[str]:
    page = item.get("mainEntityOfPage")
    said = [item.get("url"), item.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return {_bare(s) for s in said if isinstance(s, str)}


def _plainly_another(item: dict[str, Any], urls: set[str]) -> bool:
    """Tell whether an item has the address of another page of the same site."""
    hosts = {u.split("/", 1)[0] for u in urls}
    said = {a for a in _addresses(item) if "/" in a}
    return bool(said) and urls.isdisjoint(said) and any(a.split("/", 1)[0] in hosts for a in said)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", url.strip()).rstrip("/")


def _describe(story: dict[str, Any], found: JsonLd) -> None:
    found.headline = _text(story.get("headline") or story.get("name"))
    found.published = _text(story.get("datePublished") or story.get("dateCreated"))
    found.authors = list(_names(story.get("author") or story.get("creator")))
    found.outlet = next(_names(story.get("publisher") or story.get("sourceOrganization")), None)
    found.language = next(_names(story.get("inLanguage")), None)
    body = story.get("articleBody") or story.get("text")
    found.body = body if isinstance(body, str) and body.strip() else None


def _based_on(story: dict[str, Any], ids: dict[str, dict[str, Any]]) -> Iterator[str]:
    kind = "ScholarlyArticle" if _types(story) & _SCHOLARLY else "NewsArticle"
    if kind == "ScholarlyArticle":  # a publisher's page: its citations are the paper's own
        yield f"{kind}: {_work(story, ids)}"
        return
    for key in _CITING:
        for value in _listed(story.get(key)):
            if line := _work(value, ids):
                yield f"{kind}.{key}: {line}"
    for key in _PERHAPS:
        values = [_resolved(v, ids) for v in _listed(story.get(key))]
        papers = [v for v in values if isinstance(v, dict) and _types(v) & _SCHOLARLY]
        yield from (f"{kind}.{key}: {_work(v, ids)}" for v in papers)
    for key in ("identifier", "sameAs", "description"):
        for value in _listed(story.get(key)):
            line = _work(value, ids)
            if _IDENTIFIER.search(line):
                yield f"{kind}.{key}: {line}"


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value[:_MOST_WORKS] if isinstance(value, list) else [value]


def _resolved(value: Any, ids: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, dict) and len(value) == 1:
        return ids.get(str(value.get("@id")), value)
    return value


def _work(value: Any, ids: dict[str, dict[str, Any]]) -> str:
    """Return a work as one line: title, authors, journal, date, identifiers."""
    value = _resolved(value, ids)
    if not isinstance(value, dict):
        return _text(value) or ""
    parts = [_text(value.get("name") or value.get("headline") or value.get("title"))]
    parts.append(", ".join(_names(value.get("author") or value.get("creator"))))
    parts.extend(_names(_resolved(value.get("isPartOf"), ids) or value.get("publisher")))
    parts.append(_text(value.get("datePublished")))
    parts.extend(t for key in _OWN for v in _listed(value.get(key)) if (t := _identifier(v)))
    once = dict.fromkeys(p for p in parts if p)
    return ". ".join(once)


def _identifier(value: Any) -> str | None:
    if isinstance(value, dict):
        value = f"{_text(value.get('propertyID')) or ''} {_text(value.get('value')) or ''}".strip()
    said = _text(value)
    return said if said and not said.startswith(("#", "_:")) else None


def _names(value: Any) -> Iterator[str]:
    for item in _listed(value):
        said = _text(item.get("name")) if isinstance(item, dict) else _text(item)
        if said:
            yield said


def _text(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    return " ".join(re.sub(r"<[^<>]*>", " ", value).split()) or None


# ---------------------------------------------------------------- script state


@dataclass(slots=True)
class State:
    """What the scripts' state holds of the story: strings with identifiers, and paragraphs."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


def read_state(scripts: Iterable[tuple[str, str]]) -> State:
    """Return the strings of the scripts' state that hold identifiers or are the story's text.

    What stands under names such as "related" or "comments", or in a list of stories, is left out.
    """
    state = State()
    for kind, text in scripts:
        if "ld+json" in kind:
            continue
        value = _loads(text) if kind else _assigned(text)
        for key, said in _strings(value, "", 0):
            if _IDENTIFIER.search(said):
                state.lines.append((key, said))
            if fold(key) in _BODY_KEYS and len(said) >= _PROSE:
                state.paragraphs.append(said)
    return state


def _assigned(script: str) -> Any:
    """Return the object that a script assigns: `window.__STATE__ = {…}`."""
    start = script.find("{", script.find("="))
    if start < 0 or len(script) > _LONGEST_SCRIPT:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(script, start)[0]
    except (ValueError, RecursionError):
        return None


def _strings(value: Any, key: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        if not (_lists_stories(value) and not _names_references(key)):
            for item in value:
                yield from _strings(item, key, depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            if not _elsewhere(name):
                yield from _strings(item, name, depth + 1)


def _elsewhere(name: str) -> bool:
    hint = hint_of("div", name)
    return (
        hint is not None and hint is not MORE_INFORMATION and hint.zone not in {"caption", "aside"}
    )


def _names_references(key: str) -> bool:
    return hint_of("div", key) is MORE_INFORMATION or fold(key) in _REFERENCE_KEYS


def _lists_stories(items: list[Any]) -> bool:
    """Tell whether a list is one of pages: more than one, each with a title and an address."""
    things = [i for i in items if isinstance(i, dict)]
    return len(things) > 1 and all(
        any(isinstance(i.get(k), str) for k in _TITLE_KEYS)
        and any(isinstance(i.get(k), str) for k in _ADDRESS_KEYS)
        for i in things
    )
