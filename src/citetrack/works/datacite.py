"""DataCite's REST API: the records of arXiv, Zenodo, figshare and some 3,000 repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from citetrack.errors import CitetrackError, MalformedRecord
from citetrack.model import Lookup, Outcome
from citetrack.record import work_from_datacite
from citetrack.works.answers import (
    NOT_FOUND,
    OK,
    check_not_a_page,
    check_status,
    json_in,
    utc_now,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetrack.http import Client
    from citetrack.model import Doi

_HOST = "DataCite"
_JSON_API = "application/vnd.api+json"


class DataCite:
    """DataCite's works, asked one at a time. `base` may be a mirror or a stand-in."""

    name = "datacite"

    def __init__(self, client: Client, base: str, *, now: Callable[[], str] = utc_now) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._now = now

    def work(self, doi: Doi) -> Lookup:
        """Return the record of a DOI; `missing` when DataCite shows none under it."""
        try:
            return self._lookup(doi)
        except CitetrackError as e:
            return self._silent(doi, f"The DOI is registered with DataCite. {e.message}")

    def _lookup(self, doi: Doi) -> Lookup:
        url = f"{self._base}/dois/{quote(doi.value, safe='')}"
        response = self._client.get(url, kind="single", accept=_JSON_API, trusted=True)
        if response.status == NOT_FOUND:
            check_not_a_page(response, _HOST)
            why = "The DOI belongs to DataCite, which shows no record of it."
            return self._silent(doi, why, missing=True)
        check_status(response, _HOST, OK)
        work = work_from_datacite(json_in(response, _HOST))
        if work.doi != doi:
            raise MalformedRecord(f"DataCite answered with another record: {work.doi}.")
        return Lookup(self.name, doi, Outcome.FOUND, (work,), asked_at=self._now())

    def _silent(self, doi: Doi, why: str, *, missing: bool = False) -> Lookup:
        return Lookup(
            self.name,
            doi,
            Outcome.UNAVAILABLE,
            asked_at=self._now(),
            agency=_HOST if missing else None,
            why=why,
            missing=missing,
        )
