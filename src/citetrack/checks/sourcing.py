"""What the story rests on, and what could not be checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
from citetrack.meetings import meeting_in
from citetrack.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding, Mention

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})
#: Not settled; where `why` is set, a source that could have settled it stayed silent.
_OPEN = frozenset({Status.WEAK, Status.AMBIGUOUS, Status.DIFFERENT})
_WITHOUT_A_WORK = frozenset({Status.NOT_FOUND, Status.WEAK, Status.UNCHECKED})


#: Where press releases are put out; and addresses that say so themselves.
_RELEASES = re.compile(
    r"""https?://(?:[\w-]+\.)*(?:eurekalert\.org|newswise\.com|alphagalileo\.org|idw-online\.de
        |prnewswire\.com|businesswire\.com|globenewswire\.com|presseportal\.de)/
        |https?://[^/\s]+/(?:[^?\#\s]*/)?(?:press|news|media)-?releases?(?:/|$)""",
    re.VERBOSE | re.IGNORECASE,
)
#: Mentions that lead a reader to the study itself.
_POINTERS = frozenset(
    {"doi", "shortdoi", "pmid", "pmcid", "arxiv", "isbn", "handle", "pii", "bibcode", "repec",
     "ssrn", "link"}
)  # fmt: skip


def release_only(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT601: the story links to a press release, and neither to the study nor by an identifier."""
    work = citation.work
    if not work or any(_leads_there(m) for m in citation.reference.mentions):
        return
    release = next((x.url for x in article.links if _RELEASES.match(x.url)), None)
    if release is None:
        return
    message = f"The story links to a press release ({_host(release)}) and not to the study"
    yield finding("CT601", f"{message}, which is at {work.doi.url}.", citation)


def _leads_there(mention: Mention) -> bool:
    return mention.kind in _POINTERS and not _RELEASES.match(mention.value)


def _host(url: str) -> str:
    return url.split("/")[2].rpartition("@")[2]


def at_a_meeting(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT603: the study was told at a meeting, no journal is named, and no paper is linked."""
    named = {m.kind for m in citation.reference.mentions}
    if citation.status not in _WITHOUT_A_WORK or named & {*_POINTERS, "container"}:
        return
    meeting = meeting_in(article.text, article.begins)
    if meeting is None or citation.reference.passing:
        return
    message = f"The story tells of a talk ({meeting})"
    yield finding("CT603", f"{message}; there may be no paper to find yet.", citation)


def dead_link(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT602: a link to the study was opened, and its server has no such page."""
    for url in citation.gone:
        message = f"The link to {url} leads nowhere: its server has no such page."
        yield finding("CT602", message, citation, kind="link")


def not_asked(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT901: not all could be asked for the work, or for what happened to it since."""
    if citation.status is Status.UNCHECKED:
        why = citation.why or "No source that could know it was asked."
        what = citation.reference.doi_as_printed or citation.reference.summary
        yield finding("CT901", f"Not checked: {what.rstrip('.')}. {why}", citation)
    elif citation.status in _OPEN and citation.why:
        message = f"Not every source could be asked which study this is. {citation.why}"
        yield finding("CT901", message, citation)
    elif citation.status in _ACCEPTED and not citation.updates_checked:
        asked = "Retractions and corrections were not asked for; only the record at hand was read."
        message = f"{asked} {citation.not_asked}" if citation.not_asked else asked
        yield finding("CT901", message, citation)
    elif citation.status in _ACCEPTED and citation.unanswered:
        message = "Not every question about what became of the paper was answered."
        yield finding("CT901", f"{message} {citation.not_asked or ''}".strip(), citation)


def no_abstract(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT902: the record has no abstract, so no claim was compared."""
    if citation.status in _ACCEPTED and citation.work and not citation.work.abstract:
        message = "The record has no abstract, so no figures were compared."
        yield finding("CT902", message, citation)


CHECKS: tuple[Check, ...] = (release_only, at_a_meeting, dead_link, not_asked, no_abstract)
