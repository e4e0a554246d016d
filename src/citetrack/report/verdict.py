"""The last lines of a card: what was checked, what was not, and which findings were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from citetrack.model import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetrack.contract import Report

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})
#: What these notes say, the verdict says itself.
_NOT_CHECKED = frozenset({"CT901", "CT902"})
_UNASKED = "CT901"
_COMPARED = {
    "doi": "DOI", "title": "title", "container-title": "journal", "author.family": "author",
    "issued": "date",
}  # fmt: skip


def verdict(report: Report) -> Iterator[Text]:
    """Yield what was checked and what was not, and what was left out as asked."""
    said = [*_said(report), *_left_out(report)]
    yield from (Text(line) for line in ([""] if said else []) + said)


def _said(report: Report) -> Iterator[str]:
    if not report.citations:
        return
    checked, not_checked = ", ".join(_checked(report)), "; ".join(_not_checked(report))
    parts = (
        _in_short(report, checked),
        f"Checked: {checked}." if checked else "",
        f"Not checked: {not_checked}." if not_checked else "",
    )
    yield " ".join(part for part in parts if part)


def _in_short(report: Report, checked: str) -> str:
    """Return whether there is anything to raise; "" where the findings say so."""
    if any(f.severity is not Severity.NOTE for f in report.findings):
        return ""
    if not checked:
        return "Nothing could be checked."
    if any(f.code == _UNASKED for f in report.findings):
        return "Not everything could be checked."
    told = report.ignored or any(f.code not in _NOT_CHECKED for f in report.findings)
    return "Nothing else to raise." if told else "Nothing to raise."


def _left_out(report: Report) -> Iterator[str]:
    if report.ignored:
        yield left_out([f.code for f in report.ignored])


def left_out(ignored: Sequence[str]) -> str:
    """Say how many findings were ignored, and which: what is not shown must not look clean."""
    count, codes = len(ignored), ", ".join(sorted(set(ignored)))
    some = "1 finding" if count == 1 else f"{count} findings"
    return f"Left out, as you asked: {some} ({codes})."


def _checked(report: Report) -> Iterator[str]:
    accepted = [c for c in report.citations if c.status in _ACCEPTED]
    compared = {r.feature for c in accepted for r in c.reasons if r.agrees is not None}
    yield from (name for feature, name in _COMPARED.items() if feature in compared)
    if accepted and all(c.updates_checked for c in accepted):
        yield "retractions and corrections"
    figures = sum(len(c.figures) for c in report.claims if c.outcome == "agrees")
    if figures:
        yield "1 figure" if figures == 1 else f"{figures} figures"


def _not_checked(report: Report) -> Iterator[str]:
    unasked = sum(c.status is Status.UNCHECKED for c in report.citations)
    unsure = sum(c.status not in {*_ACCEPTED, Status.UNCHECKED} for c in report.citations)
    for number, what in ((unasked, "that could not be looked up"), (unsure, "not found for sure")):
        if number:
            yield f"{number} {'study' if number == 1 else 'studies'} {what}"
    if any(c.status in _ACCEPTED and not c.updates_checked for c in report.citations):
        yield "retractions and corrections"
    elif any(c.status in _ACCEPTED and c.unanswered for c in report.citations):
        yield "part of what became of the paper since"
    if any(c.outcome == "no-abstract" for c in report.claims):
        yield "results (the record has no abstract)"
    missing = sum(len(c.figures) for c in report.claims if c.outcome == "not-in-abstract")
    if missing:
        some = "1 figure" if missing == 1 else f"{missing} figures"
        yield f"{some} in sentences whose figures the abstract does not mention"
