"""One reference to its citation: strategies from the surest to the weakest, one judge for all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citetrack.match import decide, is_contradicted, is_identified, judge, rank
from citetrack.model import LANDING, Outcome, Status
from citetrack.strategies import by_identifier, by_search, by_shorter_doi, first_found, name_of
from citetrack.strategies.landing import by_landing_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.match import Story
    from citetrack.model import Candidate, Citation, Lookup, Reference, Update
    from citetrack.pipeline.sources import Sources
    from citetrack.strategies.landing import Budget

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})


def resolve(
    reference: Reference, story: Story, sources: Sources, budget: Budget
) -> tuple[Citation, tuple[Lookup, ...]]:
    """Return the citation of a reference, and the lookups that led to it."""
    lookups = _identified(reference, sources)
    candidates = _candidates(reference, story, lookups, "doi")
    if not reference.question.identifiers:
        lookups = _landed(reference, sources, budget)
        candidates = _candidates(reference, story, lookups, LANDING)
    if not any(is_identified(c) and not is_contradicted(c) for c in candidates):
        found, asked = _search(reference, story, sources)
        candidates = rank((*candidates, *found))
        lookups += asked
    citation = decide(
        reference,
        candidates,
        answered=sources.answered(lookups),
        why=_why(lookups),
    )
    if citation.candidates and citation.confidence is not None:
        citation = replace(citation, strategy=name_of(reference, citation.candidates[0]))
    citation, asked_for_updates = _with_updates(citation, sources)
    return citation, sources.worth_listing((*lookups, *asked_for_updates))


def _identified(reference: Reference, sources: Sources) -> list[Lookup]:
    """Ask for the printed identifiers; a DOI glued to what follows is cut where one exists."""
    lookups = list(by_identifier(reference, sources.local))
    if not any(x.outcome is Outcome.FOUND for x in lookups):
        shorter = by_shorter_doi(reference, sources.local)
        if shorter:
            return list(first_found(shorter, sources.local))
        lookups += by_identifier(reference, [sources.kept])
    return lookups


def _landed(reference: Reference, sources: Sources, budget: Budget) -> list[Lookup]:
    """Follow the publishers' pages that the reference links to."""
    find = lambda doi: first_found(doi, sources.all)  # noqa: E731 - one line, used once
    return list(by_landing_page(reference, sources.local, sources.ask_page, find, budget))


def _candidates(
    reference: Reference, story: Story, lookups: Iterable[Lookup], strategy: str | None
) -> tuple[Candidate, ...]:
    works = [w for lookup in lookups for w in lookup.works]
    return judge(reference, story, works, strategy=strategy)


def _search(
    reference: Reference, story: Story, sources: Sources
) -> tuple[tuple[Candidate, ...], list[Lookup]]:
    """Ask one source after another until one has a work that can be stood behind."""
    candidates: tuple[Candidate, ...] = ()
    lookups: list[Lookup] = []
    for source in sources.all:
        lookups.append(by_search(reference, source))
        candidates = rank((*candidates, *_candidates(reference, story, lookups[-1:], None)))
        if decide(reference, candidates, answered=False).status in _ACCEPTED:
            break
    return candidates, lookups


def _why(lookups: Iterable[Lookup]) -> str | None:
    """Return what the last source that stayed silent gave as its reason."""
    silent = [x.why for x in lookups if x.outcome is Outcome.UNAVAILABLE and x.why]
    return silent[-1] if silent else None


def _with_updates(citation: Citation, sources: Sources) -> tuple[Citation, tuple[Lookup, ...]]:
    """Ask what happened to the work since, where somebody can be asked."""
    if citation.work is None:
        return citation, ()
    lookup, noticed = sources.notices(citation.work.doi)
    if lookup.outcome is Outcome.UNAVAILABLE:
        return citation, (lookup,)
    updates = _merged(citation.updates, noticed)
    return replace(citation, updates=updates, updates_checked=True), (lookup,)


def _merged(known: Iterable[Update], more: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates once for each type and notice, in order of date."""
    merged: dict[tuple[str, str | None], Update] = {}
    for update in (*known, *more):
        merged.setdefault((update.type, update.notice_doi), update)
    return tuple(sorted(merged.values(), key=lambda u: (str(u.date or ""), u.type)))
