"""Every finder run over the whole story; overlaps settled, zones told."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from citetrack.authorship import believe_authors
from citetrack.blocks import find_blocks
from citetrack.containers import find_containers, standard_gazetteer
from citetrack.dates import find_dates
from citetrack.identifiers import find_in_text, identifiers_of_url, needs_lookup
from citetrack.institutions import find_institutions
from citetrack.model import LANDING, Article, Mention
from citetrack.people import find_people
from citetrack.publication import find_dates_beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.containers import Gazetteer
    from citetrack.model import Identifier

#: A finder reads a story and yields what it finds, with offsets into the story's text.
Finder = Callable[[Article], Iterable[Mention]]

#: No story is longer than this many characters (the longest benchmark page holds 0.2 million);
#: what stands past it is not searched, so that a hostile file costs seconds.
MAX_SEARCHED = 1_000_000

#: Trial numbers are one kind of mention, whatever the registry.
_MENTION_KIND = {"nct": "trial", "isrctn": "trial"}
#: A link to a resolver states the identifier; one to a publisher leads to it by rule.
_RESOLVER = re.compile(r"https?://(?:[\w.-]*\.)?doi[.-]org\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”]{4,2000}")
#: What an anchor says when the link leads to a study.
_STUDY_ANCHOR = re.compile(
    r"\b(?:stud(?:y|ies)|paper|research|journal|report(?:ed)?|published|findings|article|analysis"
    r"|trial|preprint|studie|étude|estudio|estudo|studio|onderzoek)\b",
    re.IGNORECASE,
)


def identifiers(article: Article) -> Iterator[Mention]:
    """Yield the identifiers written in the text."""
    for x in find_in_text(article.text):
        yield _mention(x, x.start, x.end, "identifier")


def links(article: Article) -> Iterator[Mention]:
    """Yield what the targets of hyperlinks identify, at the place of their anchors.

    A publisher's page whose address does not tell the DOI is a "link" found as a landing page;
    another page is a "link" where its anchor speaks of a study.
    """
    for link in article.links:
        found = identifiers_of_url(link.url)
        finder = "resolver" if _RESOLVER.match(link.url) else "hyperlink"
        for x in found:
            yield _mention(x, link.start, link.end, finder)
        anchor = article.text[link.start : link.end]
        if needs_lookup(link.url):
            yield Mention("link", link.url, link.start, link.end, finder=LANDING)
        elif not found and _STUDY_ANCHOR.search(anchor):
            yield Mention("link", link.url, link.start, link.end, finder="hyperlink")


def addresses(article: Article) -> Iterator[Mention]:
    """Yield the publishers' pages whose addresses stand in the text and tell no DOI."""
    for m in _ADDRESS.finditer(article.text):
        url = m[0].rstrip(".,;:!?)]}'\"")
        if needs_lookup(url):
            yield Mention("link", url, m.start(), m.start() + len(url), finder=LANDING)


def _mention(x: Identifier, start: int, end: int, finder: str) -> Mention:
    kind = _MENTION_KIND.get(x.kind, x.kind)
    return Mention(kind, x.value, start, end, finder=finder, printed=x.printed or x.value)


def blocks(article: Article) -> Iterator[Mention]:
    """Yield what the reference blocks name; a journal that is known under its title."""
    for m in find_blocks(article.text):
        known = standard_gazetteer().name(m.value) if m.kind == "container" else None
        yield replace(m, value=known.title) if known else m


def containers(article: Article, gazetteer: Gazetteer | None = None) -> Iterator[Mention]:
    """Yield the journals named in running text: those of `gazetteer`, or the packaged ones."""
    return find_containers(article.text, links=article.links, gazetteer=gazetteer)


def people(article: Article) -> Iterator[Mention]:
    """Yield the people named in running text."""
    return find_people(article.text)


def dates(article: Article) -> Iterator[Mention]:
    """Yield the dates of publication, read beside the story's date."""
    return find_dates(article.text, article.published)


def institutions(article: Article) -> Iterator[Mention]:
    """Yield the universities, institutes and hospitals named in running text."""
    return find_institutions(article.text)


#: The built-in finders; of two mentions that claim the same words the earlier finder's is kept.
BUILT_IN: tuple[Finder, ...] = (
    identifiers,
    links,
    addresses,
    blocks,
    containers,
    people,
    dates,
    institutions,
)


def finders_knowing(gazetteer: Gazetteer) -> tuple[Finder, ...]:
    """Return the built-in finders, with the journals of `gazetteer`."""
    wider = partial(containers, gazetteer=gazetteer)
    return tuple(wider if finder is containers else finder for finder in BUILT_IN)


def find_mentions(article: Article, finders: Iterable[Finder] = BUILT_IN) -> tuple[Mention, ...]:
    """Return all mentions of a story in order of place, each with its exact quote and zone."""
    searched = article
    if len(article.text) > MAX_SEARCHED:
        inside = tuple(x for x in article.links if x.end <= MAX_SEARCHED)
        searched = replace(article, text=article.text[:MAX_SEARCHED], links=inside)
    found = [m for finder in finders for m in finder(searched)]
    journals = [m for m in found if m.kind == "container"]
    found += find_dates_beside(searched.text, journals, article.published) if journals else ()
    # Front matter is about the draft: only what it identifies or links to is a study's.
    kept = _settle([m for m in found if m.start >= article.begins or _stands_alone(m)])
    kept = believe_authors(searched.text, kept)
    kept.sort(key=lambda m: (m.start, -m.end, m.kind, m.value))
    return tuple(
        replace(m, quote=article.text[m.start : m.end], zone=article.zone_at(m.start)) for m in kept
    )


#: Mentions of one group claim words for themselves; those of another may overlap them.
_GROUPS = {
    "author": "name", "person": "name", "container": "name", "title": "title",
    "reference": "reference", "date": "date", "link": "link", "institution": "institution",
}  # fmt: skip
#: Names inside these are words of a title or an address, not mentions of their own.
_SHIELDS = frozenset({"title", "identifier"})


def _stands_alone(m: Mention) -> bool:
    return _GROUPS.get(m.kind, "link") == "link"


def _settle(found: list[Mention]) -> list[Mention]:
    """Keep of mentions that overlap within a group the first found; drop names inside titles."""
    taken = {group: _Spans() for group in {*_GROUPS.values(), "identifier"}}
    kept = []
    for m in found:
        group = _GROUPS.get(m.kind, "identifier")
        shields = {group, *_SHIELDS} if group == "name" else {group}
        # One hyperlink may identify a paper twice (DOI and PMID), at the same anchor.
        twins = group == "identifier"
        if any(taken[g].overlap(m.start, m.end, twins=twins) for g in shields):
            continue
        taken[group].add(m.start, m.end)
        kept.append(m)
    return kept


class _Spans:
    """Disjoint spans, sorted, so that thousands of mentions are settled in good time."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> None:
        insort(self._spans, (start, end))

    def overlap(self, start: int, end: int, *, twins: bool) -> bool:
        i = bisect_left(self._spans, (start, end))
        near = self._spans[max(0, i - 1) : i + 1]
        return any(
            start < e and s < end and not (twins and (s, e) == (start, end)) for s, e in near
        )
