"""Is this the study the story describes? One function judges every candidate, with reasons."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from citetrack.features import People, Rarity, Story, compare, named_values, table, weigh
from citetrack.model import LANDING, Candidate, Citation, Status
from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citetrack.model import Reason, Reference, Work

__all__ = [
    "Story",
    "decide",
    "is_alike",
    "is_contradicted",
    "is_identified",
    "is_worth_showing",
    "judge",
    "lacks_its_author",
    "rank",
]

#: The lead over the runner-up that a link needs.
_LEAD = 0.2
#: From this chance on a candidate is a suggestion: right for 57 of 63 stories that get no link, and
#: wrong for 64 of 341 whose paper is missing (from .02 on for 92).
_SUGGEST = 0.2
#: What the words of the title must weigh to count as a signal of their own, and what they must
#: weigh at least beside an author: a paper of the same people on another subject shares less.
_TELLING_WORDS, _SHARED_WORDS = 3.0, 1.5
#: What the words of a record with a printed DOI must weigh beside an author that it lacks. Of 168
#: stories that name an author, with their paper under another's name, 138 share so much; of papers
#: of the same issue 18 of 171 do, of any paper 1 of 168.
_ABOUT_THE_SAME = 2.4
#: What an abstract's words must weigh to be shown for a story that hardly speaks of research:
#: among 2,871 abstracts 42 of 120 stories without a study are shown one so, and 25 at 5.5, which
#: takes .015 off the reciprocal rank of the right abstract of 134 extracts.
_TELLING_ABSTRACT = 4.5
_MOST_CANDIDATES = 10
_PRINTED = frozenset({"pmid", "pmcid", "arxiv"})
_MET = frozenset({"author.full", "author.initial", "author.near-given"})
_SEEN = _MET | {"author.family", "author.in-text"}
_IN_TIME = frozenset(f"date.{gap}" for gap in ("1", "3", "7", "14", "early-7"))

#: Journals whose names are everyday words: a third signal is asked for.
_COMMON_NAMES = frozenset(
    """nature science cell brain heart gut blood pain time sleep stroke cancer circulation chest
    appetite matter neuron immunity radiology pediatrics obesity diabetes lancet joule one health
    small energy evolution ecology nutrition vaccine""".split()
)


def judge(
    reference: Reference,
    story: Story,
    works: Sequence[Work],
    rarity: Rarity,
    *,
    strategy: str | None = None,
) -> tuple[Candidate, ...]:
    """Return works as ranked candidates for a reference: every comparison made, and its sum.

    `rarity` tells how rare a stem is among the works of their source.
    """
    people, asked = People.of(reference), strategy in {"doi", LANDING}
    candidates = []
    for work in works:
        compared = compare(reference, story, work, rarity, asked=asked, people=people)
        signals = frozenset(name for name, value in named_values(compared) if value)
        candidates.append(Candidate(work, 0.0, weigh(compared), strategy, signals))
    return rank(candidates)


def rank(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates best first, each work once, with what each is worth beside the others.

    Ties stand in order of DOI. Chance and confidence are shares among all candidates and "none of
    these", which weighs less where a confidence is shown than where a link is decided.
    """
    best: dict[str, tuple[float, Candidate]] = {}
    for c in candidates:
        score, doi = c.score, c.work.doi.value
        if doi not in best or score > best[doi][0]:
            best[doi] = (score, c)
    ordered = [best[doi] for doi in sorted(best, key=lambda doi: (-best[doi][0], doi))]
    scores = [score for score, _ in ordered]
    chances = _shares(scores, table().absent)
    shown = _shares(scores, table().absent_shown)
    return tuple(
        Candidate(c.work, confidence, c.reasons, c.strategy, c.signals, chance)
        for (_, c), chance, confidence in zip(ordered, chances, shown, strict=True)
    )


def _shares(scores: Sequence[float], absent: float) -> list[float]:
    top = max([*scores, absent])
    powers = [math.exp(s - top) for s in scores]
    whole = sum(powers) + math.exp(absent - top)
    return [p / whole for p in powers]


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
    status = _status(reference, candidates, answered=answered)
    if status is Status.DIFFERENT:
        candidates = rank(map(_without_its_doi, candidates))
    best, lead = candidates[0], _lead(candidates)
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
        candidates=tuple(candidates[:_MOST_CANDIDATES]),
        updates=best.work.updates if accepted else (),
        why=why if not accepted else None,
    )


def _lead(candidates: Sequence[Candidate]) -> float:
    return candidates[0].confidence - (candidates[1].confidence if len(candidates) > 1 else 0.0)


def _without_its_doi(candidate: Candidate) -> Candidate:
    """Return a candidate as it stands once the printed DOI is known to be another paper's."""
    reasons = (replace(r, weight=0.0) if r.feature == "doi" else r for r in candidate.reasons)
    return replace(candidate, reasons=tuple(reasons))


def _status(reference: Reference, candidates: Sequence[Candidate], *, answered: bool) -> Status:
    best = candidates[0]
    missing = Status.NOT_FOUND if answered else Status.UNCHECKED
    if any(is_identified(c) for c in candidates):
        settled = is_identified(best) and not is_contradicted(best)
        another = settled and lacks_its_author(best) and _another_fits(candidates)
        return Status.EXACT if settled and not another else Status.DIFFERENT
    if _prints_identifier(reference):
        return missing  # one that nobody knows is no licence to link another work
    if _is_acceptable(best, sum(c.chance for c in _rivals(candidates))):
        return Status.STRONG if _lead(candidates) >= _LEAD else Status.AMBIGUOUS
    return Status.WEAK if best.chance >= _SUGGEST else missing


def _prints_identifier(reference: Reference) -> bool:
    return bool(reference.doi_as_printed) or any(m.kind in _PRINTED for m in reference.mentions)


def _rivals(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate and those that share its chance so far that none leads."""
    best = candidates[0]
    return [c for c in candidates if best.confidence - c.confidence < _LEAD]


def is_worth_showing(citation: Citation) -> bool:
    """Whether there is a study to speak of: one that the story names, or that a work fits."""
    doubt = citation.reference.doubt
    settled = citation.status in {Status.EXACT, Status.STRONG, Status.AMBIGUOUS, Status.DIFFERENT}
    fitting = any(c.chance >= doubt or _is_met_by_abstract(c) for c in citation.candidates)
    return settled or not doubt or fitting


def _is_met_by_abstract(candidate: Candidate) -> bool:
    words = next((r.weight for r in candidate.reasons if r.feature == "words"), 0.0)
    return "abstract.sum" in candidate.signals and words >= _TELLING_ABSTRACT


def is_alike(candidate: Candidate) -> bool:
    """Whether a candidate shares more with what is said of a study than about when it came out.

    Title, journal, author or institution agree, an author's surname stands in the text, or the
    words of the subject weigh as much as beside an author: of 475 stories none loses its paper
    from the first five candidates so.
    """
    agreeing = {r.feature for r in candidate.reasons if r.agrees}
    named = agreeing & {"doi", "title", "container-title", "author.family", "institution"}
    return bool(named or candidate.signals & _SEEN) or _shared(candidate) >= _SHARED_WORDS


def _shared(candidate: Candidate) -> float:
    """Return what the words of the subject weigh, without what is set where they say nothing."""
    weight = next((r.weight for r in candidate.reasons if r.feature == "words"), 0.0)
    unknown = "words.unknown" in candidate.signals
    return weight - table().weights["words.unknown"] if unknown else weight


def is_identified(candidate: Candidate) -> bool:
    """Whether the story prints this work's identifier."""
    return any(r.feature == "doi" and r.agrees for r in candidate.reasons)


def lacks_its_author(candidate: Candidate) -> bool:
    """Whether the person whom the story calls an author is none of the record's."""
    return any(r.feature == "author.family" and r.agrees is False for r in candidate.reasons)


def _another_fits(candidates: Iterable[Candidate]) -> bool:
    """Whether a work without its identifier is by the story's author and could be stood behind."""
    others = rank(c for c in candidates if not is_identified(c))
    by_author = others and any(r.feature == "author.family" and r.agrees for r in others[0].reasons)
    return bool(by_author) and _is_acceptable(others[0], sum(c.chance for c in _rivals(others)))


def is_contradicted(candidate: Candidate) -> bool:
    """Whether a record under the printed DOI is another work than the story describes.

    Another title says so; otherwise the subject must be silent, and either an author be missing
    or two of journal, date and people speak against it. One of them alone is a finding and not
    another paper, and so is a wrong author beside a subject that fits.
    """
    reasons = {r.feature: r for r in candidate.reasons}
    verdicts = {feature: r.agrees for feature, r in reasons.items()}
    if verdicts.get("title") is not None:
        return verdicts["title"] is False
    if verdicts.get("words") is True or verdicts.get("author.family") is True:
        return False
    people = "author.family" in reasons and reasons["author.family"].weight < 0
    against = [verdicts.get("container-title") is False, verdicts.get("issued") is False, people]
    return sum(against) > 1 or (
        verdicts.get("author.family") is False and not _fits_without_its_author(candidate)
    )


def _fits_without_its_author(candidate: Candidate) -> bool:
    """Whether a record shares so much with the story that a wrong author is a slip of the story.

    In another language the words of a title say nothing: journal and date must both agree.
    """
    reasons = {r.feature: r for r in candidate.reasons}
    if "words.unknown" in candidate.signals:
        return all(f in reasons and reasons[f].agrees for f in ("container-title", "issued"))
    return "words" in reasons and reasons["words"].weight >= _ABOUT_THE_SAME


def _is_acceptable(candidate: Candidate, chance: float) -> bool:
    """Whether a work found by words can be stood behind.

    Enough independent signals must agree, and they must say more than "by this author, about
    then": another paper by the same people is the likeliest mistake. A date printed for the paper
    that is another date speaks against every link. How likely the work must be depends on what
    speaks for it.
    """
    verdicts = {r.feature: r for r in candidate.reasons}
    agreeing = {f for f in _INDEPENDENT if f in verdicts and verdicts[f].agrees}
    kind = _kind(candidate, agreeing)
    least = _SHARED_WORDS if candidate.signals & _MET else _TELLING_WORDS
    shared = _shared(candidate) >= least
    told = bool(agreeing & {"title", "container-title"}) or shared
    if not (told or _is_named_twice_unread(candidate, kind)):
        return False
    container = verdicts.get("container-title")
    common = container and container.agrees and fold(container.record or "") in _COMMON_NAMES
    enough = len(agreeing) + shared >= (_SIGNALS_COMMON if common else _SIGNALS)
    bounds = [table().accept[kind if told else "authors-unread"]]
    if _is_dated_otherwise(verdicts):
        bounds.append(table().accept["dated-otherwise"])
    return enough and chance >= max(bounds)


def _is_named_twice_unread(candidate: Candidate, kind: str) -> bool:
    """Whether two authors and the very day speak for a work, and its subject cannot be compared."""
    return kind == "authors" and {"words.unknown", "date.1"} <= candidate.signals


_SIGNALS, _SIGNALS_COMMON = 2, 3


def _kind(candidate: Candidate, agreeing: set[str]) -> str:
    """Return what speaks for a candidate, as the table of acceptance names it."""
    if not candidate.signals & _MET:
        return "journal" if agreeing & {"container-title", "title"} else "words"
    in_time = bool(candidate.signals & _IN_TIME)
    if "author.further" in candidate.signals:
        return "authors" if in_time else "authors-late"
    if not in_time:
        return "author"
    if "container-title" in agreeing:
        return "author-journal"
    if "container.other" in candidate.signals:
        return "author-elsewhere"
    return "author-at-once" if "date.1" in candidate.signals else "author-in-time"


def _is_dated_otherwise(verdicts: Mapping[str, Reason]) -> bool:
    return "issued" in verdicts and verdicts["issued"].agrees is False


#: An institution is shared by thousands of papers and is no signal of its own.
_INDEPENDENT = ("title", "container-title", "author.family", "issued")
