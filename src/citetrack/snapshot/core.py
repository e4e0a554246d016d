"""The row of a work, and its way back to the shape of Crossref's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import astuple

from citetrack.errors import DamagedSnapshot
from citetrack.record.core import Core, dates_of
from citetrack.record.dates import date_of, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetrack.record.core import CoreAuthor, CoreUpdate, Pairs

#: Counts up whenever the fields of a row or what stands in them change: kept indexes of other
#: layouts are not read.
LAYOUT = 5

#: Fields that every row has; those after them, which few works have, take no room elsewhere.
_COMMON = Core.__struct_fields__.index("trials")
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Core)


def encode_core(core: Core) -> bytes:
    """Return the row of a work."""
    row = astuple(core)
    return _encoder.encode(row if any(row[_COMMON:]) else row[:_COMMON])


def decode_core(row: bytes) -> Core:
    """Return the row as values; raise DamagedSnapshot when it is none."""
    try:
        return _decoder.decode(row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedSnapshot(f"A record of the snapshot cannot be read: {error}.") from error


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
        **{kind: _date_message(number_of(date)) for kind, date in dates_of(core)},
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


def _author_message(author: CoreAuthor) -> dict[str, Any]:
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
    date = date_of(number)
    if date is None:
        return {}
    return {"date-parts": [[p for p in (date.year, date.month, date.day) if p is not None]]}


def _update_message(update: CoreUpdate) -> dict[str, Any]:
    entry = {
        "DOI": update.notice,
        "type": update.type,
        "label": update.label,
        "source": update.source,
        "updated": _date_message(update.date),
    }
    return {name: value for name, value in entry.items() if value}


def _relation_message(relations: Pairs) -> dict[str, Any]:
    message: dict[str, Any] = {}
    for relation, other in relations:
        kind = "doi" if other.startswith("10.") else "other"
        message.setdefault(relation, []).append({"id": other, "id-type": kind})
    return message
