"""Records become works here, and nowhere else is their shape known.

A record is a Crossref work message (one line of a works file, or the `message` of an answer of
the REST API) or a DataCite object. Every field but the DOI may be missing, null, empty or of
another type than documented; what cannot be read is left out, and the rest is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetrack.model import Doi, Update, Work

__all__ = [
    "notices_in",
    "update_type",
    "work_from_bytes",
    "work_from_crossref",
    "work_from_datacite",
]


def work_from_bytes(line: bytes) -> Work:
    """Return the work that one line of JSON describes.

    Raises MalformedRecord when the line is no JSON object or names no DOI.
    """
    from citetrack.record.build import work_of
    from citetrack.record.wire import decode

    return work_of(decode(line))


def work_from_crossref(message: Mapping[str, Any]) -> Work:
    """Return the work that a decoded Crossref message describes.

    Raises MalformedRecord when the message is no object or names no DOI.
    """
    from citetrack.record.build import work_of
    from citetrack.record.wire import convert

    return work_of(convert(message))


def work_from_datacite(message: Mapping[str, Any]) -> Work:
    """Return the work that a DataCite object describes (JSON:API, in its envelope or without).

    Raises MalformedRecord when it is no such object or names no DOI.
    """
    from citetrack.record.datacite import work_of

    return work_of(message)


def notices_in(message: Mapping[str, Any], paper: Doi) -> tuple[Update, ...]:
    """Return what a notice's message says of `paper`; nothing when it is about other works.

    Raises MalformedRecord when the message is no object or names no DOI.
    """
    from citetrack.record.build import doi_of
    from citetrack.record.updates import updates_by_notice
    from citetrack.record.wire import convert

    notice = convert(message)
    return updates_by_notice(doi_of(notice), paper.value, notice.update_to or ())


def update_type(printed: str) -> str:
    """Return Crossref's word for an update, synonyms and misspellings mended; "" for no word."""
    from citetrack.record.updates import update_type as mended

    return mended(printed)
