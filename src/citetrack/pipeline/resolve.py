"""One reference to its citation: strategies from the surest to the weakest, one judge for all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citetrack.features import rarity_among
from citetrack.identifiers.near import neighbours
from citetrack.match import decide, is_contradicted, is_identified, judge, lacks_its_author, rank
from citetrack.model import LANDING, Doi, Outcome, Question, Status
from citetrack.pipeline.registry import PUBMED, is_silent, printed_ids
from citetrack.strategies import (
    KnowsRarity,
    by_identifier,
    by_search,
    by_shorter_doi,
    first_found,
    name_of,
)
from citetrack.strategies.landing import Budget, by_landing_page
from citetrack.versions import is_preprint, related

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.match import Story
    from citetrack.model import Candidate, Citation, Lookup, Reference, Version, Work
    from citetrack.pipeline.sources import Sources

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})
_ALSO_AT_HAND = "Of the works at hand none fits."
#: A candidate of less confidence is never shown.
_SHOWN = 0.01


def resolve_all(
    references: Iterable[Reference], story: Story, sources: Sources
) -> list[tuple[Citation, tuple[Lookup, ...]]]:
    """Return the citations of a story with their lookups.

    A study told of in passing is none of those that the story is linked to already.
    """
    budget, resolved = Budget(), []
    linked: set[Doi] = set()
    for reference in references:
        others = frozenset(linked if reference.passing else ())
        resolved.append(resolve(reference, story, sources, budget, others))
        work = resolved[-1][0].work
        linked |= {work.doi} if work else set()
    return resolved


def resolve(
    reference: Reference,
    story: Story,
    sources: Sources,
    budget: Budget,
    others: frozenset[Doi] = frozenset(),
) -> tuple[Citation, tuple[Lookup, ...]]:
    """Return the citation of a reference, and the lookups that led to it.

    No search brings `others`: the works of the story's other studies.
    """
    reference, converted = _with_dois(reference, sources)
    identified = _identified(reference, sources)
    candidates = _candidates(reference, story, identified, "doi")
    lookups = [*converted, *identified]
    if not reference.question.identifiers:
        landed = _landed(reference, sources, budget)
        candidates = _candidates(reference, story, landed, LANDING)
        lookups += landed
    if not any(map(_is_settled, candidates)):
        found, asked = _search(reference, story, sources, others)
        candidates = rank((*candidates, *found))
        lookups += asked
    answered = sources.answered(reference, lookups)
    asked_near: tuple[Lookup, ...] = ()
    if _is_unknown(reference, lookups):
        near, asked_near = _near(reference, story, sources, settled=answered)
        candidates = rank((*candidates, *near))
    agency, why = _why(lookups)
    citation = replace(decide(reference, candidates, answered=answered, why=why), agency=agency)
    if why and sources.local and _none_fits(citation):
        citation = replace(citation, why=f"{why} {_ALSO_AT_HAND}")
    if citation.candidates and citation.confidence is not None:
        citation = replace(citation, strategy=name_of(reference, citation.candidates[0]))
    citation, asked_for_updates = _with_updates(citation, sources)
    return citation, sources.worth_listing((*lookups, *asked_near, *asked_for_updates))


def _none_fits(citation: Citation) -> bool:
    """Whether no work was found and no candidate is close enough to be shown."""
    close = any(c.confidence >= _SHOWN for c in citation.candidates)
    return citation.status is Status.UNCHECKED and not close


def _is_settled(candidate: Candidate) -> bool:
    """Whether an identified work needs no search beside it: nothing says that another is meant."""
    doubted = is_contradicted(candidate) or lacks_its_author(candidate)
    return is_identified(candidate) and not doubted


def _with_dois(reference: Reference, sources: Sources) -> tuple[Reference, tuple[Lookup, ...]]:
    """Return a reference that prints a PMID or PMCID and no DOI with the DOI that belongs to it."""
    lookups = tuple(
        answer
        for kind in PUBMED
        if (ids := printed_ids(reference, kind))
        for answer in sources.registry.converted(kind, ids)
    )
    dois = tuple(dict.fromkeys(w.doi for x in lookups for w in x.works))
    if not dois:
        return reference, lookups
    question = replace(reference.question, identifiers=dois)
    return replace(reference, question=question), lookups


def _identified(reference: Reference, sources: Sources) -> list[Lookup]:
    """Ask for the printed identifiers; a DOI glued to what follows is cut where one exists."""
    lookups = list(by_identifier(reference, sources.local))
    if not any(x.outcome is Outcome.FOUND for x in lookups):
        shorter = by_shorter_doi(reference, sources.local)
        if shorter:
            return list(first_found(shorter, sources.local))
        for doi in reference.question.identifiers:
            lookups += sources.registry.registered(doi)
    return lookups


def _landed(reference: Reference, sources: Sources, budget: Budget) -> list[Lookup]:
    """Follow the publishers' pages that the reference links to."""
    find = lambda doi: first_found(doi, sources.all)  # noqa: E731 - one line, used once
    return list(by_landing_page(reference, sources.local, sources.ask_page, find, budget))


def _candidates(
    reference: Reference, story: Story, lookups: Iterable[Lookup], strategy: str | None
) -> tuple[Candidate, ...]:
    works = [w for lookup in lookups for w in lookup.works]
    return judge(reference, story, works, rarity_among(works), strategy=strategy)


def _search(
    reference: Reference, story: Story, sources: Sources, others: frozenset[Doi]
) -> tuple[tuple[Candidate, ...], list[Lookup]]:
    """Ask one source after another until one has a work that can be stood behind.

    For a study that the story hardly speaks of only the works at hand are asked.
    """
    candidates: tuple[Candidate, ...] = ()
    lookups: list[Lookup] = []
    for source in sources.local if reference.doubt else sources.all:
        lookups.append(by_search(reference, source))
        works = [w for w in lookups[-1].works if w.doi not in others]
        rarity = source.rarity if isinstance(source, KnowsRarity) else rarity_among(works)
        candidates = rank((*candidates, *judge(reference, story, works, rarity)))
        if decide(reference, candidates, answered=False).status in _ACCEPTED:
            break
    return candidates, lookups


def _is_unknown(reference: Reference, lookups: Iterable[Lookup]) -> bool:
    """Whether the story prints a DOI and no source has a record of it."""
    dois = set(reference.question.identifiers)
    known = (x.outcome is Outcome.FOUND and x.question in dois for x in lookups)
    return bool(reference.doi_as_printed and dois) and not any(known)


def _near(
    reference: Reference, story: Story, sources: Sources, *, settled: bool
) -> tuple[tuple[Candidate, ...], tuple[Lookup, ...]]:
    """Return the works whose DOI is one slip away from the printed one, and the questions put.

    The files at hand are asked; Crossref too where it is `settled` that nobody has the DOI.
    """
    near = [Doi(value) for doi in reference.question.identifiers for value in neighbours(doi.value)]
    works = [
        work
        for source in sources.local
        for doi, known in zip(near, source.knows(near), strict=True)
        if known
        for lookup in source.get([doi])
        for work in lookup.works
    ]
    asked: tuple[Lookup, ...] = ()
    if settled and not works:
        asked = tuple(sources.kept.near(doi) for doi in reference.question.identifiers)
        works = [work for answer in asked for work in answer.works]
    return judge(reference, story, works, rarity_among(works)), asked


def _why(lookups: Iterable[Lookup]) -> tuple[str | None, str | None]:
    """Return whose the DOI is, where it is another agency's, and why nothing was found."""
    silent = [x for x in lookups if x.outcome is not Outcome.FOUND and x.why]
    of_agencies = [x for x in silent if x.agency]
    last = [*silent, *of_agencies][-1:]
    return (last[0].agency, last[0].why) if last else (None, None)


def _with_updates(citation: Citation, sources: Sources) -> tuple[Citation, tuple[Lookup, ...]]:
    """Ask what happened to the work since, where somebody can be asked."""
    if citation.work is None:
        return citation, ()
    history, lookups = sources.registry.history_and_lookups(citation.work)
    versions, more = _versions(citation.work, sources)
    online = sources.kept.remote is not None
    silent = [x.why for x in more if online and _is_about(x) and is_silent(x)]
    citation = replace(
        citation,
        updates=history.updates,
        updates_checked=history.checked,
        asked=history.asked,
        not_asked=history.why or next(iter(silent), None),
        unanswered=history.unanswered or bool(silent),
        versions=versions,
    )
    return citation, (*lookups, *more)


def _is_about(lookup: Lookup) -> bool:
    """Whether a question was a search or one for notices: for a record others may be asked."""
    return isinstance(lookup.question, Question)


def _versions(work: Work, sources: Sources) -> tuple[tuple[Version, ...], tuple[Lookup, ...]]:
    """Return the versions of a work; of a preprint what became of it, looked up where needed."""
    named = related(work)
    if not is_preprint(work):
        return named, ()
    has_article = any(v.kind == "article" for v in named)
    return sources.registry.versions_and_lookups(work, search=not has_article)
