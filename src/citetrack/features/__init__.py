"""A story set against a record, comparison by comparison: measured by name, weighed by a table.

A feature compares the story with the record; what a record is like by itself says nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citetrack.containers import standard_gazetteer
from citetrack.days import days_between
from citetrack.features.comparison import Comparison
from citetrack.features.people import People, compare_people
from citetrack.features.story import Story
from citetrack.features.subject import Rarity, compare_abstract, compare_title, rarity_among, shown
from citetrack.features.weights import table, weigh
from citetrack.text import words
from citetrack.vocabulary import ADDRESS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.model import PartialDate, Reference, Work

__all__ = [
    "Comparison",
    "People",
    "Rarity",
    "Story",
    "compare",
    "named_values",
    "rarity_among",
    "same_container",
    "table",
    "weigh",
]

_TITLE_SAME, _TITLE_OTHER = 88, 50
_CONTAINER_SAME = 90
#: Days between story and record, and the name of the weight for up to so many.
_LATE = ((1, "1"), (3, "3"), (7, "7"), (14, "14"), (30, "30"), (90, "90"), (400, "400"))
_EARLY = ((1, "1"), (3, "3"), (7, "early-7"), (30, "early-30"), (90, "early-90"))
#: A month's days lie ten days apart on the average, a year's four months; half of the latter, since
#: most stories run soon after the paper.
_MONTH_SLACK, _YEAR_SLACK = 10, 60
_WORDS_AGREE, _WORDS_MET = 0.5, 0.2
_SHORTEST_WORD = 4

#: Records that belong to a paper without being it.
_SECONDARY = frozenset({"component", "peer-review", "dataset", "grant", "journal", "journal-issue"})


def compare(
    reference: Reference,
    story: Story,
    work: Work,
    rarity: Rarity,
    *,
    asked: bool,
    people: People | None = None,
) -> tuple[Comparison, ...]:
    """Return every comparison between what the story says and a record.

    `rarity` tells how rare a stem is among works; `asked` says that the record answered
    to the identifier that the story prints; `people` are those of the reference, where they are
    read already.
    """
    comparisons = (
        _doi(reference, work, asked=asked),
        _title(reference, work),
        _container(reference, work),
        compare_people(people or People.of(reference), story, work),
        _issued(reference, story, work),
        _institution(reference, story, work),
        _words(story, work, rarity),
        _type(work),
    )
    return tuple(c for c in comparisons if c)


def _doi(reference: Reference, work: Work, *, asked: bool) -> Comparison | None:
    """Compare identifiers; a work that answered to the DOI asked is it, under whatever alias."""
    printed = {d.value for d in reference.question.identifiers}
    if not asked and not printed & {work.doi.value, *work.aliases}:
        return None
    values = {"doi.printed": 1.0}
    return Comparison("doi", True, reference.doi_as_printed, work.doi.value, values)


def _title(reference: Reference, work: Work) -> Comparison | None:
    from rapidfuzz import fuzz

    if not reference.question.titles or not work.title:
        return None
    record = " ".join(words(f"{work.title} {work.subtitle or ''}"))
    scored = [
        (max(fuzz.token_sort_ratio(t, record), fuzz.token_set_ratio(t, record) - 5), title)
        for title in reference.question.titles
        if (t := " ".join(words(title)))
    ]
    score, title = max(scored, default=(0.0, ""))
    if score >= _TITLE_SAME:
        return Comparison("title", True, title, work.title, {"title.same": 1.0})
    if score < _TITLE_OTHER:
        return Comparison("title", False, title, work.title, {"title.other": 1.0})
    return Comparison("title", None, title, work.title, {})


def _container(reference: Reference, work: Work) -> Comparison | None:
    names = reference.question.containers
    if not names or not work.containers:
        return None
    agreeing = next((n for n in names if any(same_container(n, c) for c in work.containers)), None)
    agrees, value = (True, "container.same") if agreeing else (False, "container.other")
    return Comparison("container-title", agrees, agreeing or names[0], work.container, {value: 1.0})


@lru_cache(maxsize=65536)
def same_container(story: str, record: str) -> bool:
    """Whether two names are one journal's: spelling, "the", "&", initials and full name.

    >>> same_container("PNAS", "Proceedings of the National Academy of Sciences")
    True
    >>> same_container("JAMA", "JAMA Network Open")
    False
    """
    from rapidfuzz import fuzz

    known = standard_gazetteer().same(story, record)
    if known is not None:
        return known
    a, b = _container_words(story), _container_words(record)
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return _is_initialism(a, b) or _is_initialism(b, a)
    return fuzz.token_sort_ratio(" ".join(a), " ".join(b)) >= _CONTAINER_SAME


def _container_words(name: str) -> list[str]:
    skip = {"the", "of", "and", "for", "in", "on", "a"}
    return [w for w in words(name.replace("&", " and ")) if w not in skip]


def _is_initialism(short: list[str], full: list[str]) -> bool:
    return len(short) == 1 and len(full) > 1 and short[0] == "".join(w[0] for w in full)


def _issued(reference: Reference, story: Story, work: Work) -> Comparison | None:
    """Compare the date that the story gives for the paper, or else the story's own."""
    own = story.published if not reference.passing else None
    told = _told(reference.question.dates, own)
    record = [d for _, d in work.dates] or ([work.issued] if work.issued else [])
    gaps = [(gap, s, r) for s in told for r in record if (gap := days_between(s, r)) is not None]
    if not gaps:
        known = str(work.issued) if work.issued else None
        return Comparison("issued", None, None, known, {"date.unknown": 1.0})
    gap, said, written = min(gaps, key=lambda g: abs(g[0]) + _slack(g[1], g[2]))
    values = _date_values(gap, said, _slack(said, written))
    agrees = _date_verdict(abs(gap), explicit=bool(reference.question.dates))
    return Comparison("issued", agrees, str(said), str(written), values)


def _told(dates: tuple[PartialDate, ...], own: PartialDate | None) -> tuple[PartialDate, ...]:
    """Return the dates to compare; the story's day says more than its month ("this week")."""
    if not own or any(d.day for d in dates):
        return dates
    return (*dates, own) if all(days_between(d, own) == 0 for d in dates) else dates


def _slack(said: PartialDate, record: PartialDate) -> int:
    """Return by how many days two dates that seem to agree may still differ, on the average."""
    if said.day and record.day:
        return 0
    return _MONTH_SLACK if said.month and record.month else _YEAR_SLACK


def _date_values(gap: int, said: PartialDate, slack: int) -> dict[str, float]:
    """Return the weight's name for a gap; a date without a year says half of it."""
    days = abs(gap) + slack
    bands = _LATE if gap >= 0 else _EARLY
    name = next((name for most, name in bands if days <= most), "far" if gap >= 0 else "early-far")
    if said.year is None:
        return {f"date.{name}": 0.5, "date.unknown": 0.5}
    return {f"date.{name}": 1.0}


def _date_verdict(gap: int, *, explicit: bool) -> bool | None:
    """Return the verdict on a gap in days: a printed date may differ, a story merely runs late."""
    near, month = 7, 31
    if gap <= near or (gap <= month and not explicit):
        return True
    return False if explicit and gap > month else None


def _institution(reference: Reference, story: Story, work: Work) -> Comparison | None:
    """Whether the name of an author's institution stands in the story, capitalised."""
    surnames = set(reference.question.surnames)
    for author in work.authors:
        for place in author.affiliations:
            shared = [w for w in words(place) if w in surnames and w in story.words]
            telling = [w for w in shared if w not in ADDRESS_WORDS and len(w) >= _SHORTEST_WORD]
            if telling:
                values = {"institution.named": 1.0}
                said = _institution_with(telling[0], reference) or telling[0].title()
                return Comparison("institution", True, said, place, values)
    return None


def _institution_with(word: str, reference: Reference) -> str | None:
    named = (m.value for m in reference.mentions if m.kind == "institution")
    return next((name for name in named if word in words(name)), None)


def _words(story: Story, work: Work, rarity: Rarity) -> Comparison | None:
    """Compare the record's subject with the story's: the title's words, and the abstract's.

    Where nothing is said of the subject (`citetrack find`), or in another language, that little is
    met says nothing.
    """
    values = compare_title(story, work.title or "", rarity)
    share = values.get("words.rare-share")
    if not story.stems or (story.foreign and (share or 0.0) < _WORDS_MET):
        values["words.unknown"] = 1.0
    if work.abstract:
        # Title and abstract speak of one subject: beside a title an abstract counts half.
        much = 0.5 if work.title else 1.0
        more = compare_abstract(story, work.abstract, rarity)
        values |= {name: value * much for name, value in more.items()}
    if not values:
        return None
    agrees = True if share is not None and share >= _WORDS_AGREE else None
    text = work.title or work.abstract or ""
    return Comparison("words", agrees, shown(story, text), work.title, values)


def _type(work: Work) -> Comparison | None:
    if work.registered_type not in _SECONDARY:
        return None
    return Comparison("type", False, None, work.registered_type, {"type.secondary": 1.0})


def named_values(comparisons: Iterable[Comparison]) -> Iterator[tuple[str, float]]:
    """Yield everything measured, by name."""
    for c in comparisons:
        yield from c.values.items()
