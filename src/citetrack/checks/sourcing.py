"""What the story rests on, and what could not be checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
from citetrack.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})
_SAYS_PREPRINT = re.compile(
    r"""pre-?prints?\b|(?:not|n['’]t|yet|without)\s(?:\w+\s){0,4}(?:peer[- ]?review|reviewed)
        |vorabver|noch\snicht\sbegutachtet|prépublication|relu\spar|sin\srevis|prepublicaci
        |ainda\snão\srevisado|non\sancora\s|nog\sniet\s""",
    re.VERBOSE | re.IGNORECASE,
)


def preprint(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT401: the work is a preprint, and the story does not say so."""
    work = citation.work
    if not work or work.subtype != "preprint" or _SAYS_PREPRINT.search(article.text):
        return
    message = "This is a preprint, not peer reviewed, and the story does not say so."
    yield finding("CT401", message, citation)


def not_asked(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT901: the work could not be looked up, or nobody was asked what happened to it since."""
    if citation.status is Status.UNCHECKED:
        why = citation.why or "No source that could know it was asked."
        what = citation.reference.doi_as_printed or citation.reference.summary
        yield finding("CT901", f"Not checked: {what}. {why}", citation)
    elif citation.status in _ACCEPTED and not citation.updates_checked:
        message = (
            "Retractions and corrections were not asked for; only the record at hand was read."
        )
        yield finding("CT901", message, citation)


def no_abstract(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT902: the record has no abstract, so no claim was compared."""
    if citation.status in _ACCEPTED and citation.work and not citation.work.abstract:
        message = "The record has no abstract, so no figures were compared."
        yield finding("CT902", message, citation)


CHECKS: tuple[Check, ...] = (preprint, not_asked, no_abstract)
