"""The candidates for a study that somebody described, with the reasons for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from citetrack.contract import reason_to_dict
from citetrack.match import is_alike
from citetrack.model import Status
from citetrack.report.told import worth_by_record
from citetrack.report.words import FEATURES, SAID, clean, figure, side, where, work_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from citetrack.model import Candidate, Citation, Reason

_MOST = 5
_SETTLED = frozenset({Status.EXACT, Status.STRONG})
#: A candidate less likely than this beside a better one only fills the screen.
_WORTH_SHOWING = 0.01


def shown(citation: Citation) -> tuple[Candidate, ...]:
    """Return the candidates worth a look, best first."""
    best = citation.candidates[:_MOST]
    return tuple(c for c in best if c.confidence >= _WORTH_SHOWING and is_alike(c))


def found_to_dict(citation: Citation) -> dict[str, Any]:
    """Return the candidates and their reasons as JSON."""
    return {
        "status": citation.status.value,
        "doi": citation.doi.value if citation.doi else None,
        "margin": _round(citation.margin),
        "why": citation.why,
        "candidates": [_candidate_to_dict(c) for c in shown(citation)],
    }


def _candidate_to_dict(candidate: Candidate) -> dict[str, Any]:
    work = candidate.work
    return {
        "doi": work.doi.value,
        "title": work.title,
        "container_title": work.container,
        "authors": [a.name for a in work.authors],
        "issued": str(work.issued) if work.issued else None,
        "confidence": _round(candidate.confidence),
        "reasons": [reason_to_dict(r) for r in candidate.reasons],
    }


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def found_view(citation: Citation) -> RenderableType:
    """Return a headline, then each candidate with what speaks for it and against it."""
    parts: list[RenderableType] = [Text(_headline(citation), style="bold")]
    parts += [_candidate(c) for c in shown(citation)]
    if citation.why:
        parts += [Text(), Text(clean(citation.why))]
    return Group(*parts)


def _headline(citation: Citation) -> str:
    count = len(shown(citation))
    if not count and citation.status is Status.UNCHECKED:
        return "Nothing at hand fits, and not every source could be asked."
    if not count:
        return "Nothing fits. Try fewer words, another spelling, or another source."
    several = f"{count} candidates" if count > 1 else "1 candidate"
    if citation.status in _SETTLED:
        return f"{several}: {SAID[citation.status][0]}, {_lead(citation)} ahead of the next"
    if count == 1:
        return f"{several}, and too little to be sure of it: compare what speaks for it"
    return f"{several}. Nothing settles which: compare what speaks for each"


def _lead(citation: Citation) -> str:
    return f"{citation.margin or 0.0:.2f}"


def _candidate(candidate: Candidate) -> RenderableType:
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True)
    head.add_row(
        Text(work_line(candidate.work), style="bold"), Text(f"({figure(candidate.confidence)})")
    )
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=8, no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_row(Text("in", style="cyan"), where(candidate.work))
    if became := worth_by_record(candidate.work):
        rows.add_row(Text("status", style="cyan"), Text(became, style="red"))
    for reason in candidate.reasons:
        if reason.story and reason.feature in FEATURES:
            rows.add_row(Text(FEATURES[reason.feature], style="cyan"), _reason(reason))
    return Group(Text(), head, Padding(rows, (0, 0, 0, 2)))


def _reason(reason: Reason) -> Text:
    verdict = {True: "agrees", False: "differs", None: "says little"}[reason.agrees]
    said, record = side(reason, reason.story), side(reason, reason.record)
    sides = f'you: "{said}" | record: {record or "-"}'
    return Text(clean(f"{verdict} ({reason.weight:+.1f}): {sides}"))
