"""Stand-ins for doi.org (/ra/…), DataCite (/dois/…) and the PMC id converter (/idconv/)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

Answer = tuple[int, bytes, str]
_JSON, _JSON_API = "application/json", "application/vnd.api+json"


@dataclass
class OtherRegistries:
    """What they know: `agencies` by DOI, `records` DataCite's attributes, `articles` of PMC."""

    agencies: dict[str, str] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, route: str, params: dict[str, str]) -> Answer | None:
        """Return the answer to a request, None where it is none of theirs."""
        if route.startswith("/ra/"):
            return self._agency(unquote(route.removeprefix("/ra/")))
        if route.startswith("/dois/"):
            return self._record(unquote(route.removeprefix("/dois/")))
        if route.startswith("/idconv"):
            return self._converted(params)
        return None

    def _agency(self, doi: str) -> Answer:
        agency = self.agencies.get(doi.lower())
        entry = (
            {"DOI": doi, "RA": agency} if agency else {"DOI": doi, "status": "DOI does not exist"}
        )
        return 200, json.dumps([entry]).encode(), _JSON

    def _record(self, doi: str) -> Answer:
        found = next((r for r in self.records if r["doi"].lower() == doi.lower()), None)
        if found is None:
            errors = {"errors": [{"status": "404", "title": "The resource doesn't exist."}]}
            return 404, json.dumps(errors).encode(), _JSON_API
        data = {"id": doi.lower(), "type": "dois", "attributes": found}
        return 200, json.dumps({"data": data}).encode(), _JSON_API

    def _converted(self, params: dict[str, str]) -> Answer:
        kind, ids = params["idtype"], params["ids"].split(",")
        is_of_kind = str.isdecimal if kind == "pmid" else (lambda x: x.upper().startswith("PMC"))
        if not all(is_of_kind(x) for x in ids) or len(ids) > 200:
            error = {"status": "error", "message": f"ID type '{kind}' mismatch"}
            return 404, json.dumps(error).encode(), _JSON
        known = {str(a.get(kind)).lower(): a for a in self.articles}
        unknown = {"status": "error", "errmsg": "Identifier not found in PMC"}
        records = [known.get(x.lower(), {kind: x, **unknown}) for x in ids]
        return 200, json.dumps({"status": "ok", "records": records}).encode(), _JSON
