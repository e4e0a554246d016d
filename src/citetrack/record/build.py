"""A decoded message becomes a work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.errors import InvalidIdentifier, MalformedRecord
from citetrack.model import Contributor, Doi, Work
from citetrack.record.clean import clean_abstract, clean_text
from citetrack.record.dates import partial_date
from citetrack.record.updates import VERSIONS, updated_by_this, updates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.model import PartialDate, Update
    from citetrack.record.wire import Affiliation, Author, Message

#: Crossref's types in CSL's words (CSL 1.0.2, appendix III); what is not here is a "document".
_CSL_TYPES = {
    "journal-article": "article-journal",
    "posted-content": "article",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "proceedings": "book",
    "report-series": "report",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "proceedings-article": "paper-conference",
    "reference-entry": "entry",
    "dataset": "dataset",
    "database": "dataset",
    "dissertation": "thesis",
    "journal": "periodical",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "peer-review": "review",
    "report": "report",
    "report-component": "report",
    "standard": "standard",
}
_CSL_WORDS = frozenset(_CSL_TYPES.values())
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dXx]")
#: Lists of references are not relations between versions, and there may be thousands.
_NOT_KEPT = frozenset({"cites", "is-cited-by", "references", "is-referenced-by"})


def work_of(message: Message) -> Work:
    """Return the work of a message; raise MalformedRecord when it names no DOI."""
    doi = doi_of(message)
    aliases = tuple(filter(None, (_lower(a) for a in message.aliases or ())))
    own = frozenset((doi.value, *aliases))
    dates = _dates(message)
    return Work(
        doi=doi,
        type=_csl_type(message.type),
        title=_first(message.title) or _first(message.original_title),
        subtitle=_first(message.subtitle),
        containers=_containers(message),
        issn=tuple(dict.fromkeys(x for x in message.issn or () if x)),
        authors=tuple(_authors(message.author or ())),
        issued=partial_date(message.issued) or _earliest(dates),
        dates=dates,
        abstract=clean_abstract(message.abstract),
        volume=clean_text(message.volume),
        issue=clean_text(message.issue),
        page=clean_text(message.page),
        article_number=clean_text(message.article_number),
        publisher=clean_text(message.publisher),
        language=message.language or None,
        landing_url=_landing(message),
        alternative_ids=tuple(x for x in message.alternative_id or () if x),
        aliases=aliases,
        updates=_updates(message, own),
        notice_of=_notice_of(message, own),
        relations=tuple(_relations(message, own)),
        registered_type=message.type,
        subtype=message.subtype,
        score=message.score,
        trials=_trials(message),
    )


def doi_of(message: Message) -> Doi:
    """Return the DOI of a message; raise MalformedRecord when it names none."""
    if not message.doi:
        raise MalformedRecord('The record names no DOI: its field "DOI" is missing or no string.')
    try:
        doi = Doi.parse(message.doi)
    except InvalidIdentifier:
        doi = None
    if doi is None or not doi.value.isprintable():
        raise MalformedRecord(f"The record's DOI is none: {message.doi[:80]!r}.")
    return doi


def _csl_type(registered: str | None) -> str:
    if registered in _CSL_WORDS:
        return registered
    return _CSL_TYPES.get(registered or "", "document")


def _first(texts: Iterable[str | None] | None) -> str | None:
    for text in texts or ():
        cleaned = clean_text(text)
        if cleaned:
            return cleaned
    return None


def _containers(message: Message) -> tuple[str, ...]:
    """Return the journal's names, full ones first; a preprint is contained in its server."""
    names: list[str | None] = [*(message.container_title or ())]
    names += message.short_container_title or ()
    if message.type == "posted-content":
        names += _affiliations(message.institution or ())
    return tuple(dict.fromkeys(filter(None, map(clean_text, names))))


def _authors(authors: Iterable[Author | None]) -> Iterator[Contributor]:
    for author in authors:
        if author is None:
            continue
        family, given = clean_text(author.family), clean_text(author.given)
        literal = None if family else clean_text(author.name) or given
        if family or literal:
            yield Contributor(
                family,
                given if family else None,
                literal,
                _orcid(author.orcid),
                tuple(_affiliations(author.affiliation)) if author.affiliation else (),
            )


def _affiliations(affiliations: Iterable[Affiliation | None]) -> Iterator[str]:
    for affiliation in affiliations:
        name = affiliation and clean_text(affiliation.name)
        if name:
            yield name


def _orcid(url: str | None) -> str | None:
    m = _ORCID.search(url) if url else None
    return m[0].upper() if m else None


def _dates(message: Message) -> tuple[tuple[str, PartialDate], ...]:
    """Return the dates of the work itself; `deposited` and `indexed` are the record's."""
    kinds = (
        ("published-online", message.published_online),
        ("published-print", message.published_print),
        ("published-other", message.published_other),
        ("published", message.published),
        ("posted", message.posted),
        ("accepted", message.accepted),
        ("approved", message.approved),
        ("created", message.created),
    )
    read = ((kind, partial_date(date)) for kind, date in kinds if date is not None)
    return tuple((kind, date) for kind, date in read if date is not None)


def _earliest(dates: Iterable[tuple[str, PartialDate]]) -> PartialDate | None:
    """Return the day the work came out, where the record gives no `issued`."""
    out = [d for kind, d in dates if kind.startswith("publ") or kind == "posted"]
    return min(out, key=lambda d: (d.year or 0, d.month or 0, d.day or 0), default=None)


def _landing(message: Message) -> str | None:
    primary = message.resource and message.resource.primary
    url = primary and primary.url
    return url if url and url.isprintable() else None


def _updates(message: Message, own: frozenset[str]) -> tuple[Update, ...]:
    if not message.updated_by and not message.update_to:
        return ()
    return updates_of(own, message.updated_by or (), message.update_to or ())


def _notice_of(message: Message, own: frozenset[str]) -> tuple[tuple[str, str], ...]:
    pairs = updated_by_this(own, message.update_to or ())
    return tuple(pair for pair in pairs if pair[1] not in VERSIONS)


def _relations(message: Message, own: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (relation, the other's identifier), DOIs in lower case."""
    for doi, kind in updated_by_this(own, message.update_to or ()):
        if kind in VERSIONS:
            yield "is-version-of", doi
    for relation, others in (message.relation or {}).items():
        if relation in _NOT_KEPT:
            continue
        for other in others or ():
            if other and other.id:
                yield relation, _lower(other.id) if other.id_type == "doi" else other.id.strip()


def _trials(message: Message) -> tuple[str, ...]:
    named = (
        t.number.strip().lower() for t in message.clinical_trial_number or () if t and t.number
    )
    return tuple(dict.fromkeys(named))


def _lower(doi: str | None) -> str:
    return (doi or "").strip().lower()
