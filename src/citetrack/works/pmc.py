"""PubMed Central's converter of identifiers: from PMIDs and PMCIDs to DOIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from citetrack.errors import CitetrackError, InvalidIdentifier, MalformedRecord
from citetrack.model import Doi, Lookup, Outcome, Question, Work
from citetrack.works.answers import OK, check_status, json_in, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citetrack.http import Client

_HOST = "PubMed Central"
#: What the converter takes at once (its documentation).
MOST_IDS = 200


class IdConverter:
    """The converter, which knows only articles in PubMed Central. `base` may be a stand-in."""

    name = "pmc"

    def __init__(self, client: Client, base: str, *, now: Callable[[], str] = utc_now) -> None:
        self._client = client
        self._base = base
        self._now = now

    def dois(self, kind: str, ids: Sequence[str]) -> Iterator[Lookup]:
        """Yield for each identifier of one kind ("pmid", "pmcid") the work with its DOI.

        `not_found` means that the article is not in PubMed Central, or has no DOI there.
        """
        for start in range(0, len(ids), MOST_IDS):
            some = ids[start : start + MOST_IDS]
            try:
                known = self._asked(kind, some)
            except CitetrackError as e:
                yield from (self._answer(kind, x, Outcome.UNAVAILABLE, why=e.message) for x in some)
                continue
            for x in some:
                doi = known.get(x.lower())
                if doi:
                    yield self._answer(kind, x, Outcome.FOUND, (Work(doi),))
                else:
                    why = f"PubMed Central knows no DOI of {kind.upper()} {x}."
                    yield self._answer(kind, x, Outcome.NOT_FOUND, why=why)

    def _answer(
        self,
        kind: str,
        identifier: str,
        outcome: Outcome,
        works: tuple[Work, ...] = (),
        why: str | None = None,
    ) -> Lookup:
        question = question_of(kind, identifier)
        return Lookup(self.name, question, outcome, works, asked_at=self._now(), why=why)

    def _asked(self, kind: str, ids: Sequence[str]) -> dict[str, Doi]:
        query = {"tool": "citetrack", "ids": ",".join(ids), "idtype": kind, "format": "json"}
        if self._client.mailto:
            query["email"] = self._client.mailto
        url = f"{self._base}{'&' if '?' in self._base else '?'}{urlencode(query)}"
        response = self._client.get(url, kind="single", accept="application/json", trusted=True)
        check_status(response, _HOST, OK)
        answer = json_in(response, _HOST)
        records = answer.get("records") if isinstance(answer, dict) else None
        if not isinstance(records, list):
            raise MalformedRecord(f"{_HOST}'s answer is no list of identifiers.")
        return dict(_read(kind, records))


def question_of(kind: str, identifier: str) -> Question:
    """Return what is asked for an identifier, as it is listed and kept."""
    return Question(words=(f"{kind}:{identifier}",))


def _read(kind: str, records: list[Any]) -> Iterator[tuple[str, Doi]]:
    """Yield (identifier, DOI) of the records that have both; numbers may be strings or not."""
    for record in records:
        if not isinstance(record, dict):
            continue
        for name in (kind, "requested-id"):
            identifier, doi = record.get(name), record.get("doi")
            if isinstance(identifier, str | int) and isinstance(doi, str):
                try:
                    yield str(identifier).lower(), Doi.parse(doi)
                except InvalidIdentifier:
                    continue
