"""The people of a story set against a record's authors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from citetrack.authorship import called_authors
from citetrack.features.comparison import Comparison
from citetrack.names import Likeness, Name, compare_names, family_forms, parse_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.features.story import Story
    from citetrack.model import Contributor, Mention, Reference, Work

    _Hit = tuple[str, str, Contributor]
    _Author = tuple[Contributor, "_Known"]

#: How an author was met, the surest last: by surname, by initial, by given name, or with both
#: names standing in the text of somebody who is not otherwise recognised as a person.
_MET = {
    Likeness.FAMILY: "author.family",
    Likeness.INITIAL: "author.initial",
    Likeness.FULL: "author.full",
}
_IN_TEXT = "author.near-given"
#: A further author met by surname alone says half of what one met by given name says.
_FURTHER = {"author.family": 0.5, "author.initial": 0.75, "author.full": 1.0, _IN_TEXT: 1.0}
_MOST_FURTHER = 2
_SHORTEST_SURNAME = 4


@dataclass(frozen=True, slots=True)
class People:
    """The people of a reference, read once for all works: names, who is called author, surnames.

    Who is only believed to be an author is not `called` one: a work without that name is no worse.
    """

    named: tuple[tuple[Mention, Name], ...]
    called: tuple[Mention, ...]
    forms: frozenset[str]
    surnames: frozenset[str]

    @classmethod
    def of(cls, reference: Reference) -> People:
        """Return the people whom a story names beside a study."""
        mentions = [m for m in reference.mentions if m.kind in {"author", "person"}]
        named = tuple((m, name) for m in mentions if (name := parse_name(m.value)))
        forms = frozenset().union(*(family_forms(name) for _, name in named))
        return cls(named, called_authors(mentions), forms, frozenset(reference.question.surnames))


def compare_people(people: People, story: Story, work: Work) -> Comparison | None:
    """Compare everyone named; of authors not named as people, the surname in the text counts."""
    authors = [(a, _known(a.family, a.given)) for a in work.authors if a.family]
    if not authors:
        return _without_people(people, work)
    hits, found = _hits(people, authors)
    met = {author.name for _, _, author in hits}
    near, alone = _in_text(people, story, [(a, k) for a, k in authors if a.name not in met])
    hits += [(_IN_TEXT, _as_printed(a), a) for a in near]
    values = {"author.in-text": float(min(len(alone), _MOST_FURTHER))} if alone else {}
    if not hits:
        return _nobody_met(people, work, values, next(iter(alone), None))
    how, said, author = hits[0]
    further = min(sum(_FURTHER[h[0]] for h in hits[1:]), _MOST_FURTHER)
    unmet = min(sum(m not in found for m in people.called), _MOST_FURTHER)
    values |= {how: 1.0}
    values |= {"author.further": further} if further else {}
    values |= {"author.unmet": float(unmet)} if unmet else {}
    return Comparison("author.family", True, said, author.name, values)


def _as_printed(author: Contributor) -> str:
    """Return the two names of an author that stand side by side in the story."""
    return " ".join([*(author.given or "").split()[:1], author.family or ""])


def _without_people(people: People, work: Work) -> Comparison | None:
    """Say that a record without people (none, or a group) is silent, not another paper's."""
    if not people.called:
        return None
    record = work.authors[0].name if work.authors else None
    said = people.called[0].value
    return Comparison("author.family", None, said, record, {"author.unknown": 1.0})


def _nobody_met(
    people: People, work: Work, values: dict[str, float], seen: Contributor | None
) -> Comparison | None:
    """Tell a hint (a surname alone in the text) from a doubt (who is called author is none)."""
    record = "; ".join(a.name for a in work.authors[:3])
    if people.called:
        values = values | {"author.missing": 1.0}
        return Comparison("author.family", False, people.called[0].value, record, values)
    if people.named:
        values = values | {"person.missing": 1.0}
    if seen is not None:
        return Comparison("author.family", None, seen.family, seen.name, values)
    if people.named:
        return Comparison("author.family", None, people.named[0][0].value, record, values)
    return None


def _hits(people: People, authors: Sequence[_Author]) -> tuple[list[_Hit], set[Mention]]:
    """Return how each author was met, by whose name, the surest first; and whose names met one."""
    possible = [(a, k) for a, k in authors if not k.forms.isdisjoint(people.forms)]
    found = []
    for mention, name in people.named if possible else ():
        levels = [(compare_names(name, known.name), author) for author, known in possible]
        level, author = max(levels, key=lambda x: x[0])
        if level:
            found.append((level, mention, author))
    found.sort(key=lambda hit: hit[0])
    best = {author.name: (level, m, author) for level, m, author in found}
    ordered = sorted(best.values(), key=lambda hit: -hit[0])
    hits = [(_MET[level], m.value, author) for level, m, author in ordered]
    return hits, {m for _, m, _ in found}


def _in_text(
    people: People, story: Story, authors: Iterable[_Author]
) -> tuple[list[Contributor], list[Contributor]]:
    """Return the authors whose surname stands in the text: beside their given name, and alone."""
    near: list[Contributor] = []
    alone: list[Contributor] = []
    for author, known in authors:
        if len(known.core) < _SHORTEST_SURNAME or known.core not in people.surnames:
            continue
        given = known.name.given[0] if known.name.given else ""
        both = len(given) > 1 and (given, known.name.family.split()[0]) in story.names
        (near if both else alone).append(author)
    return near, alone


@dataclass(frozen=True, slots=True)
class _Known:
    """An author's name as it is compared."""

    name: Name
    core: str
    forms: frozenset[str]


_NOBODY = _Known(Name((), ""), "", frozenset())


@lru_cache(maxsize=65536)
def _known(family: str | None, given: str | None) -> _Known:
    name = parse_name(f"{family}, {given or ''}")
    return _Known(name, name.core, family_forms(name)) if name else _NOBODY
