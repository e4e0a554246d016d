"""The story's result sentences, each set against the study that it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.claims import find_claims
from citetrack.evidence import judge_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.model import Article, Citation, Claim


def claims_of(article: Article, citations: Sequence[Citation]) -> tuple[Claim, ...]:
    """Return the story's claims, set against each work that we stand behind.

    A claim goes with the work that speaks of it most; without any, claims are not compared. One
    that stands nearest to a study without a work tells of that study, unless its figures are the
    record's.
    """
    works = [c.work for c in citations if c.work]
    if not works:
        return ()
    claims = tuple(find_claims(article))
    best: dict[int, Claim] = {}
    for work in works:
        for claim in judge_claims(claims, work):
            known = best.get(claim.start)
            if known is None or (claim.score or 0) > (known.score or 0):
                best[claim.start] = claim
    elsewhere = _of_other_studies(article.text, claims, citations)
    return tuple(
        best[start]
        for start in sorted(best)
        if start not in elsewhere or best[start].outcome == "agrees"
    )


def _of_other_studies(
    text: str, claims: Iterable[Claim], citations: Iterable[Citation]
) -> frozenset[int]:
    """Return where the claims begin that stand nearer to a study without a work than to others."""
    places: dict[bool, list[int]] = {True: [], False: []}
    for citation in citations:
        places[citation.work is not None] += [m.start for m in citation.reference.mentions]
    linked, others = places[True], places[False]
    if not linked or not others:
        return frozenset()

    def gap(place: int, claim: Claim) -> tuple[int, int]:
        """Return how many lines, then characters, a place is away from a claim."""
        between = sorted((place, claim.start, claim.end))
        inside = claim.start <= place < claim.end
        away = 0 if inside else min(abs(place - claim.start), abs(place - claim.end))
        return (0 if inside else text.count("\n", between[0], between[-1])), away

    return frozenset(
        claim.start
        for claim in claims
        if min(gap(p, claim) for p in others) < min(gap(p, claim) for p in linked)
    )
