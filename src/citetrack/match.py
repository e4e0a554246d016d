"""Is this the study the story describes? One function judges every candidate, with reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from citetrack.dates import days_between
from citetrack.model import Candidate, Citation, Reason, Status
from citetrack.names import Likeness, Name, compare_names, parse_name
from citetrack.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.model import Article, Contributor, Mention, PartialDate, Reference, Work

# ---------------------------------------------------------------- the table of weights
# In log-odds. First set by hand on our own stories in tests/eval (docs/why.md, "Weights").

#: Before any comparison: a printed identifier is right unless contradicted; a search hit is not.
_PRIOR = -4.0
_DOI = 8.0
_TITLE_AGREES, _TITLE_DIFFERS = 4.0, -4.0
_CONTAINER_AGREES, _CONTAINER_DIFFERS = 2.0, -1.5
_AUTHOR = {Likeness.FULL: 3.0, Likeness.INITIAL: 2.4, Likeness.FAMILY: 1.4}
_AUTHOR_FURTHER, _AUTHOR_MOST, _AUTHOR_MISSING = 0.7, 4.5, -2.0
#: Days between story and record up to which the weight holds (73% of stories lie within -1 to +3,
#: 91% within -7 to +30, 96% within -30 to +90 days of the paper's first date).
_DATE_WEIGHTS = ((3, 1.5), (30, 0.8), (90, 0.2), (400, -0.7))
_DATE_FAR = -1.5
#: A day and month without a year fits one paper in 120 by chance in any year: little weight.
_DATE_WITHOUT_YEAR = 0.5
_WORDS_PER_SHARE, _WORDS_EVEN_SHARE, _WORDS_RANGE = 4.0, 0.25, (-1.5, 2.5)
_WORDS_AGREE, _WORDS_DIFFER = 0.5, 0.12
_SECONDARY_TYPE = -3.0

#: Accept from this confidence on, with this lead over the runner-up and this many signals.
_ACCEPT, _LEAD, _SIGNALS, _SIGNALS_COMMON = 0.9, 0.2, 2, 3
_SUGGEST = 0.5
_TITLE_SAME, _TITLE_OTHER = 88, 50
_CONTAINER_SAME = 90
_MOST_CANDIDATES = 10

#: Records that belong to a paper without being it.
_SECONDARY = frozenset({"component", "peer-review", "dataset", "grant", "journal", "journal-issue"})
#: Journals whose names are everyday words: a third signal is asked for.
_COMMON_NAMES = frozenset(
    """nature science cell brain heart gut blood pain time sleep stroke cancer circulation chest
    appetite matter neuron immunity radiology pediatrics obesity diabetes lancet joule one health
    small energy evolution ecology nutrition vaccine""".split()
)
_STOP_WORDS = frozenset(
    """with from that this their after among between during into over under than what when which
    using based study trial randomized randomised clinical analysis review cohort results effect
    effects association associations systematic evidence report case role versus""".split()
)
_STEM = 6  # letters: "infection", "infected" and "infections" meet
_SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Story:
    """What of a story is compared with every candidate: made once a story."""

    stems: frozenset[str]
    published: PartialDate | None

    @classmethod
    def of(cls, article: Article) -> Story:
        """Return the comparable side of an article."""
        stems = frozenset(_stem(w) for w in words(f"{article.title or ''} {article.text}"))
        return cls(stems, article.published)


def judge(
    reference: Reference, story: Story, work: Work, *, strategy: str | None = None
) -> Candidate:
    """Return a work as a candidate for a reference: every comparison made, and their sum."""
    comparisons = (
        _doi(reference, work, asked=strategy == "doi"),
        _title(reference, work),
        _container(reference, work),
        _authors(reference, work),
        _issued(reference, story, work),
        _words(story, work),
        _type(work),
    )
    reasons = tuple(r for r in comparisons if r)
    return Candidate(work, confidence(reasons), reasons, strategy)


def confidence(reasons: Iterable[Reason]) -> float:
    """Return the probability that the reasons add up to: the logistic of prior and weights."""
    return 1 / (1 + math.exp(-(_PRIOR + sum(r.weight for r in reasons))))


def rank(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates best first, each work once, ten at most; ties in order of DOI."""
    best: dict[str, Candidate] = {}
    for c in candidates:
        known = best.get(c.work.doi.value)
        if known is None or c.confidence > known.confidence:
            best[c.work.doi.value] = c
    ordered = sorted(best.values(), key=lambda c: (-c.confidence, c.work.doi.value))
    return tuple(ordered[:_MOST_CANDIDATES])


def decide(
    reference: Reference, candidates: Sequence[Candidate], *, answered: bool, why: str | None = None
) -> Citation:
    """Return the citation that ranked candidates amount to.

    `answered` is whether every source that could know the work has answered: without it a work
    that is not there is `unchecked`, not `not_found`.
    """
    if not candidates:
        status = Status.NOT_FOUND if answered else Status.UNCHECKED
        return Citation(reference, status, why=why)
    best = candidates[0]
    lead = best.confidence - (candidates[1].confidence if len(candidates) > 1 else 0.0)
    status = _status(reference, candidates, lead, answered=answered)
    accepted = status in {Status.EXACT, Status.STRONG}
    shown = best if status not in {Status.NOT_FOUND, Status.UNCHECKED} else None
    return Citation(
        reference,
        status,
        strategy=best.strategy if shown else None,
        work=best.work if accepted else None,
        confidence=best.confidence if shown else None,
        margin=lead if shown else None,
        reasons=best.reasons,
        candidates=tuple(candidates),
        updates=best.work.updates if accepted else (),
        why=why if not accepted else None,
    )


def _status(
    reference: Reference, candidates: Sequence[Candidate], lead: float, *, answered: bool
) -> Status:
    best = candidates[0]
    missing = Status.NOT_FOUND if answered else Status.UNCHECKED
    if any(is_identified(c) for c in candidates):
        settled = is_identified(best) and not is_contradicted(best)
        return Status.EXACT if settled else Status.DIFFERENT
    if reference.doi_as_printed:
        return missing  # a printed DOI that nobody knows is no licence to link another work
    if best.confidence >= _ACCEPT and _has_signals(best):
        return Status.STRONG if lead >= _LEAD else Status.AMBIGUOUS
    return Status.WEAK if best.confidence >= _SUGGEST else missing


def is_identified(candidate: Candidate) -> bool:
    """Whether the story prints this work's identifier."""
    return any(r.feature == "doi" and r.agrees for r in candidate.reasons)


def is_contradicted(candidate: Candidate) -> bool:
    """Whether a record under the printed DOI is another work than the story describes.

    Another title says so; otherwise author and subject must both speak against it. One of them,
    or a journal or date that differs, is a finding and not another paper.
    """
    verdicts = {r.feature: r.agrees for r in candidate.reasons}
    if verdicts.get("title") is not None:
        return verdicts["title"] is False
    return verdicts.get("author.family") is False and verdicts.get("words") is not True


def _has_signals(candidate: Candidate) -> bool:
    """Whether enough independent signals agree, and the author or date is not all there is."""
    agreeing = {r.feature for r in candidate.reasons if r.agrees}
    if not agreeing & {"title", "container-title", "words"}:
        return False
    container = next((r for r in candidate.reasons if r.feature == "container-title"), None)
    common = bool(container and container.agrees and fold(container.record or "") in _COMMON_NAMES)
    return len(agreeing) >= (_SIGNALS_COMMON if common else _SIGNALS)


# ---------------------------------------------------------------- the comparisons


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


def _authors(reference: Reference, work: Work) -> Reason | None:
    """Compare everyone named; only someone called an author and missing speaks against."""
    named = [m for m in reference.mentions if m.kind in {"author", "person"}]
    if not named or not work.authors:
        return None
    hits = [hit for m in named if (hit := _best_author(m, work.authors))]
    hits = list({(level, a.name): (level, m, a) for level, m, a in hits}.values())
    if hits:
        level, m, author = max(hits, key=lambda h: h[0])
        weight = _AUTHOR[level] + _AUTHOR_FURTHER * (len(hits) - 1)
        return Reason("author.family", True, m.value, author.name, min(weight, _AUTHOR_MOST))
    called_authors = [m.value for m in named if m.kind == "author"]
    if not called_authors or not any(a.family for a in work.authors):
        return None
    record = "; ".join(a.name for a in work.authors[:3])
    return Reason("author.family", False, called_authors[0], record, _AUTHOR_MISSING)


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
    gaps = [
        (abs(gap), s, r) for s in told for r in record if (gap := days_between(s, r)) is not None
    ]
    if not gaps:
        return None
    gap, said, written = min(gaps, key=lambda g: g[0])
    explicit = bool(reference.question.dates)
    weight = next((w for days, w in _DATE_WEIGHTS if gap <= days), _DATE_FAR)
    if said.year is None:
        weight *= _DATE_WITHOUT_YEAR
    agrees = _date_verdict(gap, explicit=explicit)
    return Reason("issued", agrees, str(said), str(written), weight)


def _date_verdict(gap: int, *, explicit: bool) -> bool | None:
    """Return the verdict on a gap in days: a printed date may differ, a story merely runs late."""
    near, month = 7, 31
    if gap <= near or (gap <= month and not explicit):
        return True
    return False if explicit and gap > month else None


def _words(story: Story, work: Work) -> Reason | None:
    terms = [w for w in words(work.title or "") if len(w) >= _SHORTEST_WORD]
    terms = [w for w in dict.fromkeys(terms) if w not in _STOP_WORDS]
    if not terms:
        return None
    shared = [w for w in terms if _stem(w) in story.stems]
    share = len(shared) / len(terms)
    low, high = _WORDS_RANGE
    weight = min(high, max(low, _WORDS_PER_SHARE * (share - _WORDS_EVEN_SHARE)))
    agrees = True if share >= _WORDS_AGREE else False if share < _WORDS_DIFFER else None
    return Reason("words", agrees, " ".join(shared) or None, work.title, weight)


def _stem(word: str) -> str:
    return word[:_STEM]


def _type(work: Work) -> Reason | None:
    if work.registered_type not in _SECONDARY:
        return None
    return Reason("type", False, None, work.registered_type, _SECONDARY_TYPE)
