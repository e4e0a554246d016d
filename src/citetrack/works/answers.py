"""What the answers of registries have in common: reading them without trusting them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from citetrack.errors import MalformedRecord

if TYPE_CHECKING:
    from citetrack.http import Response
    from citetrack.model import Doi

OK, NOT_FOUND = 200, 404


def utc_now() -> str:
    """Return the instant as lookups keep it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def json_in(response: Response, host: str) -> Any:
    """Return the JSON of an answer; raise MalformedRecord when it is another thing."""
    import msgspec

    if "json" not in response.content_type:
        raise MalformedRecord(f"{host}'s answer is no JSON.")
    try:
        return msgspec.json.decode(response.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise MalformedRecord(f"{host}'s answer is broken JSON.") from e


def check_status(response: Response, host: str, *allowed: int) -> None:
    """Raise MalformedRecord for a status that is none of those `allowed`."""
    if response.status not in allowed:
        raise MalformedRecord(f"{host} answered with status {response.status}.")


def check_not_a_page(response: Response, host: str) -> None:
    """Raise MalformedRecord for a 404 that some other web server may have sent."""
    if "html" in response.content_type:
        raise MalformedRecord(f"What answered is a web site, not {host}.")


def registered_with(agency: str, doi: Doi) -> str:
    """Return in words that a DOI is of an agency whose records are not read."""
    where = f"{agency} (see {doi.url})"
    return f"The DOI is registered with {where}, whose records citetrack does not read."
