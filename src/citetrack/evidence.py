"""Claims set against the record: the passage that speaks of the same, and whether figures agree."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from citetrack.figures import find_figures
from citetrack.model import Evidence
from citetrack.text import sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.model import Claim, Figure, Work

#: Below this token-sort likeness, and only then, token-set is asked too: it is twice as slow.
#: Below both the claim is not taken to speak of the record at all.
_RELATED = 0.30
#: A story rounds ("nearly 15%" for 14.9%): half a unit of the last digit printed, or one percent.
_ROUNDING = 0.011


def prepare(passages: Iterable[str]) -> list[str]:
    """Return passages ready for comparing: words folded and sorted once, not at each comparison."""
    return [" ".join(sorted(words(p))) for p in passages]


def likeness(claims: Sequence[str], passages: Sequence[str]) -> list[list[float]]:
    """Return how alike each claim and passage are, 0 to 1; rows are claims.

    Both come from `prepare`. Token-sort (plain ratio of sorted words) is taken for all pairs,
    token-set only for the best passages of each claim (rapidfuzz; ratios measured in docs/why.md).
    """
    from rapidfuzz import fuzz

    rows = []
    for claim in claims:
        row = [fuzz.ratio(claim, passage) for passage in passages]
        best = sorted(range(len(row)), key=row.__getitem__, reverse=True)[:5]
        for i in best:
            row[i] = max(row[i], 0.9 * fuzz.token_set_ratio(claim, passages[i]))
        rows.append([score / 100 for score in row])
    return rows


def compare(claim: str, passages: Sequence[str]) -> list[float]:
    """Return for each passage how likely a reader would call it the same finding as the claim."""
    return likeness(prepare([claim]), prepare(passages))[0]


def judge_claims(claims: Sequence[Claim], work: Work) -> tuple[Claim, ...]:
    """Return the claims that speak of `work`, each with its evidence and outcome.

    A work without an abstract answers nothing: such claims are kept when they are like the title,
    or hold a figure, with the outcome "no-abstract".
    """
    fields = list(_passages(work))
    if not claims or not fields:
        return tuple(replace(c, doi=work.doi, outcome="no-abstract") for c in claims if c.figures)
    grid = likeness(prepare(c.quote for c in claims), prepare(p for _, p, _, _ in fields))
    judged = (_judge(c, work, fields, row) for c, row in zip(claims, grid, strict=True))
    return tuple(c for c in judged if c)


def _passages(work: Work) -> Iterable[tuple[str, str, int, int]]:
    """Yield (field, passage, start, end) of the title and of the abstract's sentences."""
    if work.title:
        yield "title", work.title, 0, len(work.title)
    for start, end in sentences(work.abstract or ""):
        yield "abstract", (work.abstract or "")[start:end], start, end


def _judge(
    claim: Claim, work: Work, fields: list[tuple[str, str, int, int]], row: list[float]
) -> Claim | None:
    best = max(range(len(row)), key=row.__getitem__)
    field, quote, start, end = fields[best]
    score = row[best]
    if score < _RELATED and not claim.figures:
        return None
    outcome, how = _outcome(claim.figures, work)
    stance = "supports" if outcome == "agrees" and field == "abstract" else "unclear"
    evidence = (Evidence(field, quote, start, end, score, stance),) if score >= _RELATED else ()
    return replace(
        claim, doi=work.doi, score=score, outcome=outcome, how_compared=how, evidence=evidence
    )


def _outcome(figures: Sequence[Figure], work: Work) -> tuple[str, str | None]:
    """Return the outcome and how it was reached; "differs" is never said from likeness alone."""
    if not work.abstract:
        return "no-abstract", None
    if not figures:
        return "unclear", None
    known = list(find_figures(work.abstract))
    ways = [_found(f, known) for f in figures]
    if all(ways):
        return "agrees", "equal" if set(ways) == {"equal"} else "rounded"
    return "not-in-abstract", None


def _found(figure: Figure, known: Iterable[Figure]) -> str | None:
    """Return "equal" or "rounded" where the abstract holds the figure, in the same kind of unit."""
    rounded = None
    for other in known:
        if figure.value is None or other.value is None or not _comparable(figure, other):
            continue
        if figure.value == other.value:
            return "equal"
        if math.isclose(figure.value, other.value, rel_tol=_ROUNDING):
            rounded = "rounded"
    return rounded


def _comparable(a: Figure, b: Figure) -> bool:
    return (a.kind == "percent") == (b.kind == "percent")
