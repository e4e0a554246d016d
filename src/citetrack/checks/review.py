"""Preprint or reviewed paper: what the story says of it, and what became of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
from citetrack.checks.wording import date_in_words
from citetrack.days import days_between
from citetrack.versions import is_preprint, published_since

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding, PartialDate, Version

_UNREVIEWED = r"""(?:not|n['’]t|yet|without|awaiting)\s(?:\w+\s){0,4}peer[- ]?review
    |noch\snicht\s(?:\w+\s){0,3}begutachtet|pas\sencore\s(?:\w+\s){0,3}relu|sin\srevisi[óo]n\spor\spares
    |ainda\snão\srevisad|non\sancora\s(?:\w+\s){0,3}revis|nog\sniet\s(?:\w+\s){0,3}beoordeeld"""
_SAYS_UNREVIEWED = re.compile(_UNREVIEWED, re.VERBOSE | re.IGNORECASE)
_SAYS_PREPRINT = re.compile(
    rf"""pre-?prints?\b|{_UNREVIEWED}|vorabver
        |(?:not|n['’]t|yet|without|awaiting|before)\s(?:\w+\s){{0,4}}(?:peer[- ]?review|reviewed)
       |noch\snicht\sbegutachtet|prépublication|relu\spar
        |sin\srevis|prepublicaci|ainda\snão\srevisado|non\sancora\s|nog\sniet\s""",
    re.VERBOSE | re.IGNORECASE,
)
#: Characters between a study's mention and the words that speak of its review: two paragraphs.
_NEAR = 600


def preprint(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT401: the work is a preprint, and the story does not say so."""
    work = citation.work
    if not work or not is_preprint(work) or _SAYS_PREPRINT.search(article.text):
        return
    message = "This is a preprint, not peer reviewed, and the story does not say so."
    yield finding("CT401", message, citation)


def published(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT402: the preprint has become an article, before the story ran or since."""
    work = citation.work
    version = published_since(work, citation.versions) if work else None
    if version:
        yield finding("CT402", _since(version, article.published), citation)


def _since(version: Version, told: PartialDate | None) -> str:
    article = version.work
    issued = article.issued if article else None
    place = ", ".join(p for p in (article and article.container, date_in_words(issued)) if p)
    what = f"{version.doi} ({place})" if place else version.doi
    gap = days_between(told, issued) if told and told.year and issued else None
    ran = " when the story ran" if gap is not None and gap < 0 else ""
    if version.relation == "same-title":
        return (
            f"This preprint has probably been published since as {what}: title and authors are the"
            " same, and no record links the two. Its figures may differ."
        )
    if gap is not None and gap > 0:
        return f"This preprint had been published as {what} when the story ran; cite the article."
    reviewed = f"This preprint was not peer reviewed{ran}. " if ran else ""
    return f"{reviewed}It has been published since as {what}; its figures may differ."


def reviewed_already(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT402: the story says "not yet peer reviewed" of what is an article in a journal."""
    work = citation.work
    if not work or work.type != "article-journal" or is_preprint(work):
        return
    spans = [(m.start, m.end) for m in citation.reference.mentions]
    for m in _SAYS_UNREVIEWED.finditer(article.text):
        if any(start - _NEAR < m.start() < end + _NEAR for start, end in spans):
            since = f" of {date_in_words(work.issued)}" if work.issued else ""
            message = (
                f'The story says "{m[0]}"; the DOI is that of an article{since} in'
                f" {work.container or 'a journal'}."
            )
            yield finding("CT402", message, citation)
            return


CHECKS: tuple[Check, ...] = (preprint, published, reviewed_already)
