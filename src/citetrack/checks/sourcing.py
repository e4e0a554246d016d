"""What the story rests on, and what could not be checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
from citetrack.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding, Mention

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})
_WITHOUT_A_WORK = frozenset({Status.NOT_FOUND, Status.WEAK, Status.UNCHECKED})


#: Where press releases are put out; and addresses that say so themselves.
_RELEASES = re.compile(
    r"""https?://(?:[\w-]+\.)*(?:eurekalert\.org|newswise\.com|alphagalileo\.org|idw-online\.de
        |prnewswire\.com|businesswire\.com|globenewswire\.com|presseportal\.de)/
        |https?://[^/\s]+/(?:[^?\#\s]*/)?(?:press|news|media)-?releases?(?:/|$)""",
    re.VERBOSE | re.IGNORECASE,
)
#: "presented at the annual meeting of …", in the languages read, up to the end of its name.
_MEETING = re.compile(
    r"""\b(?:(?:present|unveil|report|discuss|announc|releas|outlin)\w*|told|findings|results|speaking)\b
          [^.!?\n]{0,60}?\b(?:at|to|during)\s(?:the\s|an?\s|this\sweek['’]s\s|its\s)?
          (?P<english>(?:(?!(?:press|news)\s)[\w'’&-]+\s){1,9}?(?:meeting|conference|congress|symposium|scientific\ssessions
            |convention|summit)\b(?-i:\sof\s(?:the\s)?[A-Z][\w'’-]*(?:\s(?:(?:of|for|and)\s)?[A-Z][\w'’-]*){0,6})?)
        |\b(?:vorgestellt|präsentiert\w*|stell\w+)\b[^.!?\n]{0,60}\b(?P<german>\w*(?:kongress|tagung|konferenz))\b
        |\b(?P<german_first>\w*(?:kongress|tagung|konferenz))\b[^.!?\n]{0,80}\b(?:vorgestellt|präsentiert)
        |\b(?:présentée?s?|present(?:ad|at)[oaie]s?|expuest[oa]s?|dévoilée?s?)\b[^.!?\n]{0,60}\b
          (?P<romance>congr[eè]s(?:s?o)?|conf[eé]r[eê]n[cz]\w+(?!\s(?:de\s)?(?:presse|prensa|imprensa|stampa))
            |simp[oó]sio|convegno)\b
        |\bgepresenteerd\b[^.!?\n]{0,60}\b(?P<dutch>\w*(?:congres|conferentie|bijeenkomst))\b""",
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
    meeting = _MEETING.search(article.text, article.begins)
    if meeting is None or citation.reference.passing:
        return
    message = f"The story tells of a talk ({meeting[meeting.lastgroup or 0]})"
    yield finding("CT603", f"{message}; there may be no paper to find yet.", citation)


def dead_link(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT602: a link to the study was opened, and its server has no such page."""
    for url in citation.gone:
        message = f"The link to {url} leads nowhere: its server has no such page."
        yield finding("CT602", message, citation, kind="link")


def not_asked(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT901: the work could not be looked up, or nobody was asked what happened to it since."""
    if citation.status is Status.UNCHECKED:
        why = citation.why or "No source that could know it was asked."
        what = citation.reference.doi_as_printed or citation.reference.summary
        yield finding("CT901", f"Not checked: {what.rstrip('.')}. {why}", citation)
    elif citation.status in _ACCEPTED and not citation.updates_checked:
        asked = "Retractions and corrections were not asked for; only the record at hand was read."
        message = f"{asked} {citation.not_asked}" if citation.not_asked else asked
        yield finding("CT901", message, citation)


def no_abstract(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT902: the record has no abstract, so no claim was compared."""
    if citation.status in _ACCEPTED and citation.work and not citation.work.abstract:
        message = "The record has no abstract, so no figures were compared."
        yield finding("CT902", message, citation)


CHECKS: tuple[Check, ...] = (release_only, at_a_meeting, dead_link, not_asked, no_abstract)
