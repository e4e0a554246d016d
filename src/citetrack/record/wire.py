"""The shape of a Crossref work message, as far as it is read.

Decoding is strict and quick first; a record that fails is read again field by field, so that a
title that is a number costs the title and not the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct, field

from citetrack.errors import MalformedRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound=Struct)
Strings = list[str | None] | None


class Date(Struct, frozen=True, gc=False):
    """`{"date-parts": [[2025, 4, 7]]}`: one to three parts, or `[[null]]`."""

    parts: tuple[tuple[int | float | str | None, ...] | None, ...] | None = field(
        default=None, name="date-parts"
    )


class Affiliation(Struct, frozen=True, gc=False):
    """Where an author works."""

    name: str | None = None


class Author(Struct, frozen=True, gc=False):
    """A person (`family`, `given`) or a group (`name`)."""

    given: str | None = None
    family: str | None = None
    name: str | None = None
    orcid: str | None = field(default=None, name="ORCID")
    affiliation: list[Affiliation | None] | None = None


class UpdateEntry(Struct, frozen=True, gc=False):
    """One entry of `update-to` (on the notice) or `updated-by` (on the paper)."""

    doi: str | None = field(default=None, name="DOI")
    type: str | None = None
    label: str | None = None
    source: str | None = None
    updated: Date | None = None


class Related(Struct, frozen=True, gc=False):
    """The other side of a relation."""

    id: str | None = None
    id_type: str | None = field(default=None, name="id-type")


class Primary(Struct, frozen=True, gc=False):
    """The registered landing page."""

    url: str | None = field(default=None, name="URL")


class Resource(Struct, frozen=True, gc=False):
    """Where the DOI leads."""

    primary: Primary | None = None


class Trial(Struct, frozen=True, gc=False):
    """A registered trial that the work reports on."""

    number: str | None = field(default=None, name="clinical-trial-number")


class Indexed(Struct, frozen=True, gc=False):
    """When Crossref last read the record: in milliseconds, and as it is written."""

    timestamp: int | None = None
    date_time: str | None = field(default=None, name="date-time")


class Message(Struct, frozen=True, rename="kebab"):
    """One work message. Fields that are not read are skipped without being decoded."""

    doi: str | None = field(default=None, name="DOI")
    type: str | None = None
    subtype: str | None = None
    title: Strings = None
    original_title: Strings = None
    subtitle: Strings = None
    container_title: Strings = None
    short_container_title: Strings = None
    institution: list[Affiliation | None] | None = None
    issn: Strings = field(default=None, name="ISSN")
    author: list[Author | None] | None = None
    issued: Date | None = None
    published: Date | None = None
    published_online: Date | None = None
    published_print: Date | None = None
    published_other: Date | None = None
    posted: Date | None = None
    accepted: Date | None = None
    approved: Date | None = None
    created: Date | None = None
    abstract: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    article_number: str | None = None
    publisher: str | None = None
    language: str | None = None
    resource: Resource | None = None
    alternative_id: Strings = None
    aliases: Strings = None
    update_to: list[UpdateEntry | None] | None = None
    updated_by: list[UpdateEntry | None] | None = None
    relation: dict[str, list[Related | None] | None] | None = None
    score: float | None = None
    clinical_trial_number: list[Trial | None] | None = None
    indexed: Indexed | None = None


_BOM = b"\xef\xbb\xbf"
_DECODER = msgspec.json.Decoder(Message)


def decode(line: bytes) -> Message:
    """Return the message written as one line of JSON; raise MalformedRecord when it is none."""
    try:
        try:
            return _DECODER.decode(line.removeprefix(_BOM))
        except msgspec.ValidationError:
            message = msgspec.json.decode(line.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise MalformedRecord(f"This is not a record in JSON: {str(e).rstrip('.')}.") from e
    return convert(message)


def convert(message: Mapping[str, Any]) -> Message:
    """Return the message held in plain values; raise MalformedRecord when it is no object."""
    if not isinstance(message, dict):
        raise MalformedRecord(f"A record is a JSON object; this is {_kind(message)}.")
    try:
        return msgspec.convert(message, Message)
    except (msgspec.ValidationError, RecursionError):
        return _salvaged(message, Message)


def _kind(value: object) -> str:
    names = {list: "a list", str: "a string", type(None): "null", bool: "true or false"}
    return names.get(type(value), "a number")


def _salvaged(value: dict[str, Any], struct: type[T]) -> T:
    """Return `struct` with every field that can be read, and the rest at its default."""
    kept = {}
    for each in msgspec.structs.fields(struct):
        if each.encode_name in value:
            kept[each.name] = _lenient(value[each.encode_name], each.type)
    return struct(**kept)


def _lenient(value: object, wanted: Any) -> Any:
    """Return `value` as the type wanted, mended where that is plain, or None."""
    try:
        return msgspec.convert(value, wanted)
    except (msgspec.ValidationError, RecursionError):
        pass
    for option in get_args(wanted):
        found = _mended(value, option)
        if found is not None:
            return found
    return None


def _mended(value: object, option: Any) -> Any:
    origin, inside = get_origin(option), get_args(option)
    if origin in {list, tuple}:
        items = value if isinstance(value, list) else [value]
        return origin(x for x in (_lenient(i, inside[0] | None) for i in items) if x is not None)
    if origin is dict and isinstance(value, dict):
        return {k: _lenient(v, inside[1]) for k, v in value.items()}
    if option is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(option, type) and issubclass(option, Struct) and isinstance(value, dict):
        return _salvaged(value, option)
    return None
