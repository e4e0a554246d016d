"""The few fields of a record by which works are found: read quickly, for indexes."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from msgspec import Struct, field

from citetrack.errors import MalformedRecord
from citetrack.model import Doi, Work


class _Affiliation(Struct, frozen=True, gc=False):
    name: str | None = None


class _Author(Struct, frozen=True, gc=False):
    given: str | None = None
    family: str | None = None
    name: str | None = None
    affiliation: list[_Affiliation] | None = None


class _Trial(Struct, frozen=True, gc=False):
    number: str | None = field(default=None, name="clinical-trial-number")


class _Date(Struct, frozen=True, gc=False):
    parts: list[list[int | None]] | None = field(default=None, name="date-parts")


class _Primary(Struct, frozen=True, gc=False):
    url: str | None = field(default=None, name="URL")


class _Resource(Struct, frozen=True, gc=False):
    primary: _Primary | None = None


class _Record(Struct, frozen=True, gc=False):
    doi: str = field(name="DOI")
    title: list[str] | None = None
    subtitle: list[str] | None = None
    container: list[str] | None = field(default=None, name="container-title")
    short: list[str] | None = field(default=None, name="short-container-title")
    author: list[_Author] | None = None
    issued: _Date | None = None
    abstract: str | None = None
    resource: _Resource | None = None
    alternative: list[str] | None = field(default=None, name="alternative-id")
    volume: str | None = None
    page: str | None = None
    trials: list[_Trial] | None = field(default=None, name="clinical-trial-number")


@dataclass(frozen=True, slots=True)
class Outline:
    """What an index holds of a work; texts are as the record has them, markup included."""

    doi: str
    title: str
    authors: tuple[str, ...]
    containers: tuple[str, ...]
    year: int | None
    month: int | None
    abstract: str
    landing_url: str | None = None
    alternative_ids: tuple[str, ...] = ()
    volume: str | None = None
    page: str | None = None
    full_names: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


_decoder = msgspec.json.Decoder(_Record)


def outline_from_bytes(line: bytes) -> Outline:
    """Return the outline of the record in one line of JSON.

    Raises MalformedRecord when the line is no JSON object or names no DOI.
    """
    try:
        record = _decoder.decode(line)
        Doi.parse(record.doi)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        return _outline_of_work(line)
    parts = record.issued and record.issued.parts
    people = record.author or ()
    return Outline(
        doi=record.doi.strip().lower(),
        title=" ".join((*(record.title or ()), *(record.subtitle or ()))),
        authors=tuple(a.family or a.name or "" for a in people),
        containers=(*(record.container or ()), *(record.short or ())),
        year=parts[0][0] if parts and parts[0] else None,
        month=parts[0][1] if parts and len(parts[0]) > 1 else None,
        abstract=record.abstract or "",
        landing_url=_landing(record),
        alternative_ids=tuple(record.alternative or ()),
        volume=record.volume,
        page=record.page,
        full_names=tuple(f"{a.given or ''} {a.family or a.name or ''}" for a in people),
        institutions=_institutions(record),
        numbers=tuple(t.number.lower() for t in record.trials or () if t.number),
    )


def _landing(record: _Record) -> str | None:
    primary = record.resource and record.resource.primary
    return primary.url if primary else None


def _institutions(record: _Record) -> tuple[str, ...]:
    named = (x.name for a in record.author or () for x in a.affiliation or ())
    return tuple(dict.fromkeys(n for n in named if n))


def _outline_of_work(line: bytes) -> Outline:
    """Read a record that is not of the usual shape by the slow way, which mends what it can."""
    from citetrack.record import work_from_bytes

    work: Work = work_from_bytes(line)
    return Outline(
        doi=work.doi.value,
        title=" ".join(t for t in (work.title, work.subtitle) if t),
        authors=tuple(a.family or a.literal or "" for a in work.authors),
        containers=work.containers,
        year=work.issued.year if work.issued else None,
        month=work.issued.month if work.issued else None,
        abstract=work.abstract or "",
        landing_url=work.landing_url,
        alternative_ids=work.alternative_ids,
        volume=work.volume,
        page=work.page,
        full_names=tuple(a.name for a in work.authors),
        institutions=tuple(dict.fromkeys(i for a in work.authors for i in a.affiliations)),
    )


__all__ = ["MalformedRecord", "Outline", "outline_from_bytes"]
