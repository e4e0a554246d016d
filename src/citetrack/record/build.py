"""A decoded message becomes a work."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from citetrack.errors import InvalidIdentifier, MalformedRecord
from citetrack.model import Doi
from citetrack.record.clean import clean_abstract, clean_text
from citetrack.record.core import KINDS, Core, CoreAuthor, CoreUpdate, work_of_core
from citetrack.record.dates import date_number, number_of
from citetrack.record.updates import VERSIONS, updated_by_this, updates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.model import Work
    from citetrack.record.core import Pairs
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
#: A DOI as nearly all records write it.
_PLAIN_DOI = re.compile(r"10\.[0-9]{3,9}(?:\.[0-9]+)*/[!-~]+")
#: The kinds of dates on which a work came out.
_CAME_OUT = frozenset(n for n, kind in enumerate(KINDS) if kind.startswith(("publ", "posted")))
#: Lists of references are not relations between versions, and there may be thousands.
_NOT_KEPT = frozenset({"cites", "is-cited-by", "references", "is-referenced-by"})


def work_of(message: Message) -> Work:
    """Return the work of a message; raise MalformedRecord when it names no DOI."""
    return work_of_core(core_of(message), score=message.score)


def core_of(message: Message, *, abstract: bool = True) -> Core:
    """Return the work of a message in short; raise MalformedRecord when it names no DOI.

    `abstract` off leaves the abstract unread.
    """
    doi = doi_of(message)
    aliases = tuple(filter(None, map(_lower, message.aliases))) if message.aliases else ()
    dates = _dates(message)
    issued = date_number(message.issued) or _earliest(dates)
    updates, notice_of, versions = _updating(message, (doi, *aliases))
    return Core(  # by place: by name it takes a microsecond more
        doi,
        _seconds(message),
        _csl_type(message.type),
        message.type,
        _first(message.title) or _first(message.original_title),
        _first(message.subtitle),
        _containers(message),
        tuple(_authors(message.author)) if message.author else (),
        issued,
        tuple([kind if date == issued else 16 * date + kind for kind, date in dates]),
        clean_abstract(message.abstract) if abstract else None,
        clean_text(message.volume),
        clean_text(message.issue),
        clean_text(message.page),
        clean_text(message.article_number),
        tuple(dict.fromkeys(filter(None, message.issn or ()))),
        clean_text(message.publisher),
        message.language or None,
        _landing(message),
        tuple(filter(None, message.alternative_id or ())),
        message.subtype,
        _trials(message),
        aliases,
        updates,
        notice_of,
        (*versions, *_relations(message)) if message.relation else versions,
    )


def doi_of(message: Message) -> str:
    """Return the DOI of a message; raise MalformedRecord when it names none."""
    if not message.doi:
        raise MalformedRecord('The record names no DOI: its field "DOI" is missing or no string.')
    if _PLAIN_DOI.fullmatch(message.doi):
        return message.doi.lower()
    try:
        doi = Doi.parse(message.doi).value
    except InvalidIdentifier:
        doi = ""
    if not doi or not doi.isprintable():
        raise MalformedRecord(f"The record's DOI is none: {message.doi[:80]!r}.")
    return doi


def _seconds(message: Message) -> int:
    """Return when the record was indexed; 0 when it does not say."""
    indexed = message.indexed
    if indexed is None:
        return 0
    stamp = indexed.timestamp or _milliseconds(indexed.date_time or "")
    return stamp // 1000 if stamp > 0 else 0


def _milliseconds(date_time: str) -> int:
    try:
        return int(dt.datetime.fromisoformat(date_time).timestamp() * 1000)
    except (ValueError, OverflowError):
        return 0


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
    names = (*(message.container_title or ()), *(message.short_container_title or ()))
    if message.type == "posted-content" and message.institution:
        names += _affiliations(message.institution)
    return _cleaned(names)


@lru_cache(maxsize=16384)  # journals have many works
def _cleaned(names: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_text, names))))


def _authors(authors: Iterable[Author | None]) -> Iterator[CoreAuthor]:
    for author in authors:
        if author is None:
            continue
        family, given = author.family, author.given
        if not (family and family.isalpha()):  # letters alone need no cleaning
            family = clean_text(family)
        if not (given and given.isalpha()):
            given = clean_text(given)
        literal = None if family else clean_text(author.name) or given
        if family or literal:
            yield CoreAuthor(
                family,
                given if family else None,
                literal,
                _orcid(author.orcid) if author.orcid else None,
                _affiliations(author.affiliation) if author.affiliation else (),
            )


def _affiliations(affiliations: Iterable[Affiliation | None]) -> tuple[str, ...]:
    named = [_place(a.name) for a in affiliations if a and a.name]
    return tuple([name for name in named if name])


_place = lru_cache(maxsize=4096)(clean_text)  # authors of a work, and of the next, work together


def _orcid(url: str) -> str | None:
    m = _ORCID.search(url)
    return m[0].upper() if m else None


def _dates(message: Message) -> list[tuple[int, int]]:
    """Return (place among KINDS, number) of the dates of the work itself.

    `deposited` and `indexed` are the record's.
    """
    given = (
        message.published_online,
        message.published_print,
        message.published_other,
        message.published,
        message.posted,
        message.accepted,
        message.approved,
        message.created,
    )
    read = [(kind, date_number(date)) for kind, date in enumerate(given) if date is not None]
    return [(kind, number) for kind, number in read if number is not None]


def _earliest(dates: Iterable[tuple[int, int]]) -> int | None:
    """Return the day the work came out, where the record gives no `issued`."""
    return min((date for kind, date in dates if kind in _CAME_OUT), default=None)


def _landing(message: Message) -> str | None:
    primary = message.resource and message.resource.primary
    url = primary and primary.url
    return url if url and url.isprintable() else None


def _updating(
    message: Message, dois: tuple[str, ...]
) -> tuple[tuple[CoreUpdate, ...], Pairs, Pairs]:
    """Return what happened to the work, what it is a notice of, and its earlier versions."""
    if not message.updated_by and not message.update_to:
        return (), (), ()
    own, update_to = frozenset(dois), message.update_to or ()
    happened = updates_of(own, message.updated_by or (), update_to)
    pairs = list(updated_by_this(own, update_to))
    return (
        tuple(
            CoreUpdate(u.type, number_of(u.date), u.notice_doi, u.source, u.label) for u in happened
        ),
        tuple(pair for pair in pairs if pair[1] not in VERSIONS),
        tuple(("is-version-of", doi) for doi, kind in pairs if kind in VERSIONS),
    )


def _relations(message: Message) -> Iterator[tuple[str, str]]:
    """Yield (relation, the other's identifier), DOIs in lower case."""
    for relation, others in (message.relation or {}).items():
        if relation in _NOT_KEPT:
            continue
        for other in others or ():
            if other and other.id:
                yield relation, _lower(other.id) if other.id_type == "doi" else other.id.strip()


def _trials(message: Message) -> tuple[str, ...]:
    if not message.clinical_trial_number:
        return ()
    named = (t.number.strip().lower() for t in message.clinical_trial_number if t and t.number)
    return tuple(dict.fromkeys(named))


def _lower(doi: str | None) -> str:
    return (doi or "").strip().lower()
