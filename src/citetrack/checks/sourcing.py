"""What the story rests on, and what could not be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
from citetrack.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})


def not_asked(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT901: the work could not be looked up, or nobody was asked what happened to it since."""
    if citation.status is Status.UNCHECKED:
        why = citation.why or "No source that could know it was asked."
        what = citation.reference.doi_as_printed or citation.reference.summary
        yield finding("CT901", f"Not checked: {what}. {why}", citation)
    elif citation.status in _ACCEPTED and not citation.updates_checked:
        asked = "Retractions and corrections were not asked for; only the record at hand was read."
        message = f"{asked} {citation.not_asked}" if citation.not_asked else asked
        yield finding("CT901", message, citation)


def no_abstract(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT902: the record has no abstract, so no claim was compared."""
    if citation.status in _ACCEPTED and citation.work and not citation.work.abstract:
        message = "The record has no abstract, so no figures were compared."
        yield finding("CT902", message, citation)


CHECKS: tuple[Check, ...] = (not_asked, no_abstract)
