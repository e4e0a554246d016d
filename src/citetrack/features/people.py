"""The people of a story set against a record's authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.features.comparison import Comparison
from citetrack.names import Likeness, Name, compare_names, parse_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.features.story import Story
    from citetrack.model import Contributor, Mention, Reference, Work

    _Hit = tuple[str, str, Contributor]

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


def compare_people(reference: Reference, story: Story, work: Work) -> Comparison | None:
    """Compare everyone named; of authors not named as people, the surname in the text counts."""
    if not any(a.family for a in work.authors):
        return _without_people(reference, work)
    named = [m for m in reference.mentions if m.kind in {"author", "person"}]
    called = [m for m in named if m.kind == "author"]
    hits = _hits(named, work.authors)
    met = {author.name for _, _, author in hits}
    near, alone = _in_text(reference, story, (a for a in work.authors if a.name not in met))
    hits += [(_IN_TEXT, a.name, a) for a in near]
    values = {"author.in-text": float(min(len(alone), _MOST_FURTHER))} if alone else {}
    if not hits:
        return _nobody_met(named, called, work, values, next(iter(alone), None))
    how, said, author = hits[0]
    further = min(sum(_FURTHER[h[0]] for h in hits[1:]), _MOST_FURTHER)
    unmet = min(sum(not _best(m, work.authors) for m in called), _MOST_FURTHER)
    values |= {how: 1.0}
    values |= {"author.further": further} if further else {}
    values |= {"author.unmet": float(unmet)} if unmet else {}
    return Comparison("author.family", True, said, author.name, values)


def _without_people(reference: Reference, work: Work) -> Comparison | None:
    """Say that a record without people (none, or a group) is silent, not another paper's."""
    named = next((m.value for m in reference.mentions if m.kind == "author"), None)
    if named is None:
        return None
    record = work.authors[0].name if work.authors else None
    return Comparison("author.family", None, named, record, {"author.unknown": 1.0})


def _nobody_met(
    named: Sequence[Mention],
    called: Sequence[Mention],
    work: Work,
    values: dict[str, float],
    seen: Contributor | None,
) -> Comparison | None:
    """Tell a hint (a surname alone in the text) from a doubt (who is called author is none)."""
    record = "; ".join(a.name for a in work.authors[:3])
    if called:
        values = values | {"author.missing": 1.0}
        return Comparison("author.family", False, called[0].value, record, values)
    if named:
        values = values | {"person.missing": 1.0}
    if seen is not None:
        return Comparison("author.family", None, seen.family, seen.name, values)
    if named:
        return Comparison("author.family", None, named[0].value, record, values)
    return None


def _hits(named: Iterable[Mention], authors: Sequence[Contributor]) -> list[_Hit]:
    """Return how each author was met, by whose name, the surest first."""
    found = sorted((hit for m in named if (hit := _best(m, authors))), key=lambda h: h[0])
    best = {author.name: (level, m, author) for level, m, author in found}
    ordered = sorted(best.values(), key=lambda h: -h[0])
    return [(_MET[level], m.value, author) for level, m, author in ordered]


def _best(
    mention: Mention, authors: Sequence[Contributor]
) -> tuple[Likeness, Mention, Contributor] | None:
    name = parse_name(mention.value)
    best: tuple[Likeness, Mention, Contributor] | None = None
    for author in authors if name else ():
        other = _record_name(author)
        level = compare_names(name, other) if name and other else Likeness.DIFFERENT
        if level and (best is None or level > best[0]):
            best = (level, mention, author)
    return best


def _in_text(
    reference: Reference, story: Story, authors: Iterable[Contributor]
) -> tuple[list[Contributor], list[Contributor]]:
    """Return the authors whose surname stands in the text: beside their given name, and alone."""
    surnames = frozenset(reference.question.surnames)
    near: list[Contributor] = []
    alone: list[Contributor] = []
    for author in authors:
        name = _record_name(author)
        if name is None or len(name.core) < _SHORTEST_SURNAME or name.core not in surnames:
            continue
        given = name.given[0] if name.given else ""
        both = len(given) > 1 and (given, name.family.split()[0]) in story.names
        (near if both else alone).append(author)
    return near, alone


def _record_name(author: Contributor) -> Name | None:
    return parse_name(f"{author.family}, {author.given or ''}") if author.family else None
