"""doi.org: which agency a DOI is registered with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from citetrack.errors import CitetrackError, MalformedRecord
from citetrack.model import Lookup, Outcome
from citetrack.works.answers import OK, check_status, json_in, registered_with, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetrack.http import Client
    from citetrack.model import Doi

_HOST = "doi.org"
_CLIMBING = frozenset({".", ".."})


class DoiOrg:
    """The resolver of DOIs, asked whose a DOI is. `base` may be a stand-in."""

    name = "doi.org"

    def __init__(self, client: Client, base: str, *, now: Callable[[], str] = utc_now) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._now = now

    def agency(self, doi: Doi) -> Lookup:
        """Return whose the DOI is: `unavailable` with `agency`, or `not_found` for nobody's.

        The answer is about the whole DOI: that a prefix is known proves nothing.
        """
        try:
            agency = self._agency(doi)
        except CitetrackError as e:
            return Lookup(self.name, doi, Outcome.UNAVAILABLE, asked_at=self._now(), why=e.message)
        if agency is None:
            return Lookup(self.name, doi, Outcome.NOT_FOUND, asked_at=self._now())
        why = registered_with(agency, doi)
        return Lookup(
            self.name, doi, Outcome.UNAVAILABLE, asked_at=self._now(), agency=agency, why=why
        )

    def _agency(self, doi: Doi) -> str | None:
        climbs = _CLIMBING & set(doi.value.split("/"))
        path = quote(doi.value, safe="" if climbs else "/")
        url = f"{self._base}/ra/{path}"
        response = self._client.get(url, kind="single", accept="application/json", trusted=True)
        check_status(response, _HOST, OK)
        answer = json_in(response, _HOST)
        entry = answer[0] if isinstance(answer, list) and answer else None
        return _read(entry)


def _read(entry: Any) -> str | None:
    """Return the agency; None for "DOI does not exist" and its like."""
    if isinstance(entry, dict):
        agency, status = entry.get("RA"), entry.get("status")
        if isinstance(agency, str) and agency.strip():
            return agency.strip()
        if isinstance(status, str) and status.strip():
            return None
    raise MalformedRecord(f"{_HOST} does not say with whom the DOI is registered.")
