"""Work messages for tests of the record reader, with one field or another. All are made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citetrack.record import work_from_bytes, work_from_crossref

if TYPE_CHECKING:
    from citetrack.model import Work

DOI = "10.5555/tea"


def work(**fields: Any) -> Work:
    """Return the work of a record with these fields; `_` in a name stands for `-`."""
    message = {"DOI": DOI} | {k.replace("_", "-"): v for k, v in fields.items()}
    from_values = work_from_crossref(message)
    assert work_from_bytes(json.dumps(message).encode()) == from_values
    return from_values


def entry(doi: str | None, kind: str | None, day: int = 1, **more: Any) -> dict[str, Any]:
    return {"DOI": doi, "type": kind, "updated": {"date-parts": [[2025, 5, day]]}, **more}
