"""Whole stories of our own: every journal, person and date that they name, and nothing else.

A case is a line of tests/cases/mentions.jsonl: what stands in `containers` are titles as records
print them, in the order of the story; `people` are those without a role.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from citetrack.mentions import find_mentions
from citetrack.model import Article, PartialDate

_FILE = Path(__file__).parent / "cases" / "mentions.jsonl"
_CASES = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
_ROLES = {"authors": "author", "outsiders": "outsider", "people": None}


@pytest.mark.parametrize("case", _CASES, ids=[c["id"] for c in _CASES])
def test_a_story_yields_what_it_names(case: dict[str, Any]) -> None:
    published = PartialDate.parse(case["published"])
    mentions = find_mentions(Article("x", case["text"], published=published))
    found: dict[str, list[str]] = {
        "containers": [m.value for m in mentions if m.kind == "container"],
        "dates": [m.value for m in mentions if m.kind == "date"],
    }
    for field, role in _ROLES.items():
        people = [m for m in mentions if m.kind in {"author", "person"} and m.role == role]
        found[field] = list(dict.fromkeys(m.value for m in people))
    assert found == {field: case[field] for field in found}
