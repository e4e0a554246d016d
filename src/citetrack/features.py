"""A story set against a record, comparison by comparison: each a Reason with its weight.

The weights are log-odds. They come from a logistic fit on news stories with known papers among
hard decoys (docs/why.md, "Weights"), rounded; those that the fit could not see are marked.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from citetrack.dates import days_between
from citetrack.model import Reason
from citetrack.names import Likeness, Name, compare_names, parse_name
from citetrack.text import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citetrack.model import Article, Contributor, Mention, PartialDate, Reference, Work

#: Before any comparison: one of some sixty candidates, and most are another paper. The fit's own
#: is -11.5; so much less brings the calibration error of the best candidate from .12 to .05.
PRIOR = -10.0
#: A printed identifier is right unless contradicted. Not from the fit: two stories printed one.
_DOI = 15.0
_TITLE_AGREES, _TITLE_DIFFERS = 8.0, -6.0  # not from the fit either
#: The fit gives 0.1, because half of its decoys share the journal; in life few do.
_CONTAINER_AGREES, _CONTAINER_DIFFERS = 1.0, -1.6
_AUTHOR = {Likeness.FULL: 3.2, Likeness.INITIAL: 2.3, Likeness.FAMILY: 0.3}
_AUTHOR_FURTHER = {Likeness.FULL: 0.8, Likeness.INITIAL: 0.4, Likeness.FAMILY: 0.4}
_AUTHOR_IN_TEXT, _AUTHOR_NEAR_GIVEN = 0.8, 3.0
_MOST_FURTHER = 2
_AUTHOR_MISSING, _PERSON_MISSING = -3.4, -2.6
#: Days between story and record up to which the weight holds.
_DATE_WEIGHTS = ((1, 7.7), (3, 6.5), (7, 5.8), (30, 4.7), (90, 2.9), (400, 1.1))
_DATE_EARLY, _EARLY_DAYS = -2.9, -7
#: Where one side has no date, the comparison neither helps nor harms (the mean over right papers
#: and wrong ones); a date without a year moves half as far from there.
_DATE_UNKNOWN = 3.0
_WORDS_RARE_SHARE, _WORDS_SHARE, _WORDS_SUM, _WORDS_LEAD, _WORDS_PAIR = 2.6, 0.65, 0.18, 2.4, 0.3
_MOST_RARITY, _MOST_PAIRS = 30.0, 4
_WORDS_AGREE, _WORDS_DIFFER = 0.5, 0.12
_INSTITUTION = 2.0
_SECONDARY_TYPE = -3.0  # a component or review of the paper; not from the fit

_TITLE_SAME, _TITLE_OTHER = 88, 50
_CONTAINER_SAME = 90
#: The fit's candidates a story; with fewer at hand rarity is still counted as among so many.
_CANDIDATES = 60
_LEAD_LENGTH = 400

#: Records that belong to a paper without being it.
_SECONDARY = frozenset({"component", "peer-review", "dataset", "grant", "journal", "journal-issue"})
_STOP_WORDS = frozenset(
    """with from that this their after among between during into over under than what when which
    using based study trial randomized randomised clinical analysis review cohort results effect
    effects association associations systematic evidence report case role versus""".split()
)
#: Words of an address that say nothing of which institution it is.
_ADDRESS_WORDS = frozenset(
    """university college school institute hospital department centre center medical medicine
    research sciences science national royal clinical health unit faculty division general trust
    council laboratory group foundation street road london""".split()
)
_SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Story:
    """What of a story is compared with every candidate: made once a story."""

    stems: frozenset[str]
    lead: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    words: frozenset[str]
    names: frozenset[tuple[str, str]]
    published: PartialDate | None

    @classmethod
    def of(cls, article: Article) -> Story:
        """Return the comparable side of an article."""
        title = article.title or ""
        said = words(f"{title} {article.text}")
        stems = [stem(w) for w in said]
        lead = words(f"{title} {article.text[:_LEAD_LENGTH]}")
        return cls(
            frozenset(stems),
            frozenset(stem(w) for w in lead),
            frozenset(pairwise(stems)),
            frozenset(said),
            frozenset(pairwise(said)),
            article.published,
        )


@lru_cache(maxsize=8192)
def title_stems(title: str) -> tuple[str, ...]:
    """Return the stems of the words of a title that carry its subject, in order."""
    kept = (w for w in words(title) if len(w) >= _SHORTEST_WORD)
    return tuple(stem(w) for w in kept if w not in _STOP_WORDS)


def _subject(work: Work) -> str:
    """Return the words that tell what a work is about: its title, or without one its abstract."""
    return work.title or work.abstract or ""


def rarities(works: Iterable[Work]) -> dict[str, float]:
    """Return how rare each title word is among the candidates: the log of its inverse share."""
    counted = Counter(s for w in works for s in set(title_stems(_subject(w))))
    return {s: math.log((_CANDIDATES + 1) / (n + 0.5)) for s, n in counted.items()}


def compare(
    reference: Reference, story: Story, work: Work, rarity: Mapping[str, float], *, asked: bool
) -> tuple[Reason, ...]:
    """Return every comparison between what the story says and a record.

    `asked` says that the record answered to the identifier that the story prints.
    """
    comparisons = (
        _doi(reference, work, asked=asked),
        _title(reference, work),
        _container(reference, work),
        _authors(reference, story, work),
        _issued(reference, story, work),
        _institution(reference, story, work),
        _words(story, work, rarity),
        _type(work),
    )
    return tuple(r for r in comparisons if r)


def _doi(reference: Reference, work: Work, *, asked: bool) -> Reason | None:
    """Compare identifiers; a work that answered to the DOI asked is it, under whatever alias."""
    printed = {d.value for d in reference.question.identifiers}
    if not asked and not printed & {work.doi.value, *work.aliases}:
        return None
    return Reason("doi", True, reference.doi_as_printed, work.doi.value, _DOI)


def _title(reference: Reference, work: Work) -> Reason | None:
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
        return Reason("title", True, title, work.title, _TITLE_AGREES)
    if score < _TITLE_OTHER:
        return Reason("title", False, title, work.title, _TITLE_DIFFERS)
    return Reason("title", None, title, work.title, 0.0)


def _container(reference: Reference, work: Work) -> Reason | None:
    names = reference.question.containers
    if not names or not work.containers:
        return None
    agreeing = next((n for n in names if any(same_container(n, c) for c in work.containers)), None)
    if agreeing:
        return Reason("container-title", True, agreeing, work.container, _CONTAINER_AGREES)
    return Reason("container-title", False, names[0], work.container, _CONTAINER_DIFFERS)


@lru_cache(maxsize=65536)
def same_container(story: str, record: str) -> bool:
    """Whether two names are one journal's: spelling, "the", "&", initials and full name.

    >>> same_container("PNAS", "Proceedings of the National Academy of Sciences")
    True
    >>> same_container("JAMA", "JAMA Network Open")
    False
    """
    from rapidfuzz import fuzz

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


def _authors(reference: Reference, story: Story, work: Work) -> Reason | None:
    """Compare everyone named; of those not found as people, the surname in the text counts."""
    if not work.authors:
        return None
    named = [m for m in reference.mentions if m.kind in {"author", "person"}]
    hits = [hit for m in named if (hit := _best_author(m, work.authors))]
    hits = list(
        {a.name: (level, m, a) for level, m, a in sorted(hits, key=lambda h: h[0])}.values()
    )
    met = {a.name for _, _, a in hits}
    weight, seen = _authors_in_text(
        reference, story, [a for a in work.authors if a.name not in met]
    )
    if hits:
        hits.sort(key=lambda h: -h[0])
        level, m, author = hits[0]
        further = sum(_AUTHOR_FURTHER[h[0]] for h in hits[1 : 1 + _MOST_FURTHER])
        return Reason(
            "author.family", True, m.value, author.name, _AUTHOR[level] + further + weight
        )
    return _no_author_met(named, work, weight, seen)


def _no_author_met(
    named: Sequence[Mention], work: Work, weight: float, seen: Contributor | None
) -> Reason | None:
    called = [m.value for m in named if m.kind == "author"]
    record = "; ".join(a.name for a in work.authors[:3])
    if seen is not None and not called:
        missing = _PERSON_MISSING if named else 0.0
        agrees = True if weight >= _AUTHOR_NEAR_GIVEN else None
        return Reason("author.family", agrees, seen.family, seen.name, weight + missing)
    if not named or not any(a.family for a in work.authors):
        return None
    if called:
        return Reason("author.family", False, called[0], record, weight + _AUTHOR_MISSING)
    return Reason("author.family", None, named[0].value, record, weight + _PERSON_MISSING)


def _authors_in_text(
    reference: Reference, story: Story, authors: Iterable[Contributor]
) -> tuple[float, Contributor | None]:
    """Return the weight of surnames that stand in the text, and one author so found."""
    surnames = set(reference.question.surnames)
    near, alone, seen = 0, 0, None
    for author in authors:
        name = _record_name(author)
        if name is None or len(name.core) < _SHORTEST_WORD or name.core not in surnames:
            continue
        seen = seen or author
        given = name.given[0] if name.given else ""
        if len(given) > 1 and (given, name.core) in story.names:
            near += 1
        else:
            alone += 1
    weight = min(near, 2) * _AUTHOR_NEAR_GIVEN + min(alone, 2) * _AUTHOR_IN_TEXT
    return weight, seen


def _best_author(
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


def _record_name(author: Contributor) -> Name | None:
    return parse_name(f"{author.family}, {author.given or ''}") if author.family else None


def _issued(reference: Reference, story: Story, work: Work) -> Reason | None:
    """Compare the date that the story gives for the paper, or else the story's own."""
    told = reference.question.dates or ((story.published,) if story.published else ())
    record = [d for _, d in work.dates] or ([work.issued] if work.issued else [])
    gaps = [(gap, s, r) for s in told for r in record if (gap := days_between(s, r)) is not None]
    if not gaps:
        return Reason("issued", None, None, str(work.issued or "") or None, _DATE_UNKNOWN)
    gap, said, written = min(gaps, key=lambda g: abs(g[0]))
    weight = next((w for days, w in _DATE_WEIGHTS if abs(gap) <= days), 0.0)
    weight += _DATE_EARLY if gap < _EARLY_DAYS else 0.0
    if said.year is None:
        weight = (weight + _DATE_UNKNOWN) / 2
    agrees = _date_verdict(abs(gap), explicit=bool(reference.question.dates))
    return Reason("issued", agrees, str(said), str(written), weight)


def _date_verdict(gap: int, *, explicit: bool) -> bool | None:
    """Return the verdict on a gap in days: a printed date may differ, a story merely runs late."""
    near, month = 7, 31
    if gap <= near or (gap <= month and not explicit):
        return True
    return False if explicit and gap > month else None


def _institution(reference: Reference, story: Story, work: Work) -> Reason | None:
    """Whether the name of an author's institution stands in the story, capitalised."""
    surnames = set(reference.question.surnames)
    for author in work.authors:
        for place in author.affiliations:
            shared = [w for w in words(place) if w in surnames and w in story.words]
            telling = [w for w in shared if w not in _ADDRESS_WORDS and len(w) >= _SHORTEST_WORD]
            if telling:
                return Reason("institution", True, telling[0], place, _INSTITUTION)
    return None


def _words(story: Story, work: Work, rarity: Mapping[str, float]) -> Reason | None:
    """Compare the title's words with the story's: how many, how rare, how early, how paired."""
    ordered = title_stems(_subject(work))
    terms = list(dict.fromkeys(ordered))
    if not terms:
        return None
    whole = sum(rarity.get(t, 1.0) for t in terms)
    shared = [t for t in terms if t in story.stems]
    rare = sum(rarity.get(t, 1.0) for t in shared)
    early = sum(rarity.get(t, 1.0) for t in terms if t in story.lead)
    paired = sum(pair in story.pairs for pair in pairwise(ordered))
    share = len(shared) / len(terms)
    weight = _WORDS_RARE_SHARE * rare / whole + _WORDS_SHARE * share
    weight += _WORDS_SUM * min(rare, _MOST_RARITY) + _WORDS_LEAD * early / whole
    weight += _WORDS_PAIR * min(paired, _MOST_PAIRS)
    if not work.title:  # the fit saw titles only, and an abstract shares words with any story
        weight /= 2
    agrees = True if share >= _WORDS_AGREE else False if share < _WORDS_DIFFER else None
    return Reason("words", agrees, _shown(shared, work), work.title or None, weight)


def _shown(shared: Sequence[str], work: Work) -> str | None:
    """Return the title's words that the story shares, whole again."""
    met = set(shared)
    kept = dict.fromkeys(w for w in words(_subject(work)) if stem(w) in met)
    return " ".join(kept) or None


def _type(work: Work) -> Reason | None:
    if work.registered_type not in _SECONDARY:
        return None
    return Reason("type", False, None, work.registered_type, _SECONDARY_TYPE)
