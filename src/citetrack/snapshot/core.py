"""A work as it is kept: a short row of values, read back without looking at its record again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from citetrack.errors import DamagedSnapshot
from citetrack.model import Contributor, Doi, PartialDate, Update, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Crossref's kinds of dates, in the order in which they are kept.
_KINDS = (
    "published-online",
    "published-print",
    "published-other",
    "published",
    "posted",
    "accepted",
    "approved",
    "created",
)
_PLACE = {kind: place for place, kind in enumerate(_KINDS)}
_Pairs = tuple[tuple[str, str], ...]


class _Author(Struct, frozen=True, array_like=True, gc=False):
    family: str | None
    given: str | None
    literal: str | None
    orcid: str | None
    affiliations: tuple[str, ...] = ()


class _Update(Struct, frozen=True, array_like=True, gc=False):
    type: str
    date: int | None
    notice: str | None
    source: str
    label: str | None


#: Counts up whenever the fields of a row or what stands in them change: kept indexes of other
#: layouts are not read.
LAYOUT = 3


class Core(Struct, frozen=True, array_like=True, gc=False):
    """The row of a work. A date is a number: 20250407, 20250400, 20250000.

    Of `dates` each is sixteen times its number and the place of its kind; most are the day of
    `issued`, and are the place alone.
    """

    doi: str
    indexed: int
    type: str
    registered_type: str | None
    title: str | None
    subtitle: str | None
    containers: tuple[str, ...]
    authors: tuple[_Author, ...]
    issued: int | None
    dates: tuple[int, ...]
    abstract: str | None
    volume: str | None
    issue: str | None
    page: str | None
    article_number: str | None
    issn: tuple[str, ...]
    publisher: str | None
    language: str | None
    landing_url: str | None
    alternative_ids: tuple[str, ...]
    subtype: str | None
    trials: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    updates: tuple[_Update, ...] = ()
    notice_of: _Pairs = ()
    relations: _Pairs = ()


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Core)


def encode_work(work: Work, indexed: int, *, abstract: bool = True) -> bytes:
    """Return the row of a work; `indexed` is when Crossref last read its record, in seconds."""
    return _encoder.encode(
        (
            work.doi.value,
            indexed,
            work.type,
            work.registered_type,
            work.title,
            work.subtitle,
            work.containers,
            [_author_row(a) for a in work.authors],
            _number_of(work.issued),
            [
                _PLACE[kind] if date == work.issued else 16 * (_number_of(date) or 0) + _PLACE[kind]
                for kind, date in work.dates
            ],
            work.abstract if abstract else None,
            work.volume,
            work.issue,
            work.page,
            work.article_number,
            work.issn,
            work.publisher,
            work.language,
            work.landing_url,
            work.alternative_ids,
            work.subtype,
            *_rare(work),
        )
    )


def _author_row(a: Contributor) -> tuple[object, ...]:
    named = (a.family, a.given, a.literal, a.orcid)
    return (*named, a.affiliations) if a.affiliations else named


def _rare(work: Work) -> tuple[object, ...]:
    """Return what few works have; where a work has none of it, it takes no room."""
    rare = (work.trials, work.aliases, work.updates, work.notice_of, work.relations)
    if not any(rare):
        return ()
    updates = [(u.type, _number_of(u.date), u.notice_doi, u.source, u.label) for u in work.updates]
    return (work.trials, work.aliases, updates, work.notice_of, work.relations)


def decode_core(row: bytes) -> Core:
    """Return the row as values; raise DamagedSnapshot when it is none."""
    try:
        return _decoder.decode(row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedSnapshot(f"A record of the snapshot cannot be read: {error}.") from error


def work_of_core(core: Core) -> Work:
    """Return the work of a row."""
    return Work(
        Doi(core.doi),
        core.type,
        core.title,
        core.subtitle,
        core.containers,
        core.issn,
        tuple(
            Contributor(a.family, a.given, a.literal, a.orcid, a.affiliations) for a in core.authors
        ),
        _date_of(core.issued),
        tuple(_dates_of(core)),
        core.abstract,
        core.volume,
        core.issue,
        core.page,
        core.article_number,
        core.publisher,
        core.language,
        core.landing_url,
        core.alternative_ids,
        core.aliases,
        tuple(Update(u.type, _date_of(u.date), u.notice, u.source, u.label) for u in core.updates),
        core.notice_of,
        core.relations,
        core.registered_type,
        core.subtype,
        trials=core.trials,
    )


def _dates_of(core: Core) -> Iterator[tuple[str, PartialDate]]:
    for code in core.dates:
        date = _date_of(code // 16 or core.issued)
        assert date is not None
        yield _KINDS[code % 16], date


def _number_of(date: PartialDate | None) -> int | None:
    if date is None or date.year is None:
        return None
    return date.year * 10000 + (date.month or 0) * 100 + (date.day or 0)


@lru_cache(maxsize=65536)
def _date_of(number: int | None) -> PartialDate | None:
    if number is None:
        return None
    return PartialDate(number // 10000, number // 100 % 100 or None, number % 100 or None)


# ---------------------------------------------------------------- back to Crossref's shape


def message_of(core: Core) -> Mapping[str, Any]:
    """Return the row as a Crossref work message with the fields that are kept.

    Titles and abstracts are free of markup; what a work does not have is left out.
    """
    message = {
        "DOI": core.doi,
        "type": core.registered_type,
        "subtype": core.subtype,
        "title": _listed(core.title),
        "subtitle": _listed(core.subtitle),
        "container-title": list(core.containers[:1]),
        "short-container-title": list(core.containers[1:]),
        "ISSN": list(core.issn),
        "author": [_author_message(a) for a in core.authors],
        "issued": _date_message(core.issued),
        **{kind: _date_message(_number_of(date)) for kind, date in _dates_of(core)},
        "abstract": core.abstract,
        "volume": core.volume,
        "issue": core.issue,
        "page": core.page,
        "article-number": core.article_number,
        "publisher": core.publisher,
        "language": core.language,
        "resource": core.landing_url and {"primary": {"URL": core.landing_url}},
        "alternative-id": list(core.alternative_ids),
        "clinical-trial-number": [{"clinical-trial-number": n} for n in core.trials],
        "aliases": list(core.aliases),
        "updated-by": [_update_message(u) for u in core.updates],
        "update-to": [{"DOI": doi, "type": kind} for doi, kind in core.notice_of],
        "relation": _relation_message(core.relations),
        "indexed": core.indexed and {"timestamp": core.indexed * 1000},
    }
    return {name: value for name, value in message.items() if value}


def _listed(text: str | None) -> list[str]:
    return [text] if text else []


def _author_message(author: _Author) -> dict[str, Any]:
    orcid = author.orcid and f"https://orcid.org/{author.orcid}"
    named = {
        "ORCID": orcid,
        "given": author.given,
        "family": author.family,
        "name": author.literal,
        "affiliation": [{"name": name} for name in author.affiliations],
    }
    return {name: value for name, value in named.items() if value}


def _date_message(number: int | None) -> dict[str, Any]:
    date = _date_of(number)
    if date is None:
        return {}
    return {"date-parts": [[p for p in (date.year, date.month, date.day) if p is not None]]}


def _update_message(update: _Update) -> dict[str, Any]:
    entry = {
        "DOI": update.notice,
        "type": update.type,
        "label": update.label,
        "source": update.source,
        "updated": _date_message(update.date),
    }
    return {name: value for name, value in entry.items() if value}


def _relation_message(relations: _Pairs) -> dict[str, Any]:
    message: dict[str, Any] = {}
    for relation, other in relations:
        kind = "doi" if other.startswith("10.") else "other"
        message.setdefault(relation, []).append({"id": other, "id-type": kind})
    return message
