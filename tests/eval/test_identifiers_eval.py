"""Quality gate: floors for finding identifiers, overall, by type of identifier and by tag.

Lowering a floor needs a line in the changelog.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from score_identifiers import OWN_CASES, Scores, read_cases, report, score

SHARED_CASES = Path(__file__).parents[3] / "shared" / "cases" / "identifiers.jsonl"
#: Share of cases whose set is exactly right, by type. Measured: 100% on our own cases.
EXACT_BY_TYPE = {
    "doi": 0.99,
    "pmid": 0.97,
    "pmcid": 0.97,
    "arxiv": 0.97,
    "isbn": 0.97,
    "nct": 0.97,
    "isrctn": 0.97,
    "handle": 0.97,
    "pii": 0.97,
    "bibcode": 0.97,
    "repec": 0.97,
    "ssrn": 0.97,
    "orcid": 0.97,
    "shortdoi": 0.97,
}
EXACT, DOI_PRECISION, FALSE_POSITIVE_CASES = 0.99, 0.995, 0.99
FEWEST_CASES = 250


@pytest.fixture(scope="module")
def own() -> Scores:
    return score(read_cases(OWN_CASES))


def test_the_own_cases_are_many_and_each_has_its_id_and_tags() -> None:
    cases = read_cases(OWN_CASES)
    assert len(cases) >= FEWEST_CASES
    assert len({c["id"] for c in cases}) == len(cases)
    assert len({(c["kind"], c["input"]) for c in cases}) == len(cases)
    assert all(c["tags"] for c in cases)


@pytest.mark.parametrize("kind", sorted(EXACT_BY_TYPE))
def test_each_type_of_identifier_keeps_its_floor(own: Scores, kind: str) -> None:
    assert own.by_type[kind].exact_share >= EXACT_BY_TYPE[kind], report(own)


def test_all_cases_together_keep_their_floors(own: Scores) -> None:
    assert own.all.exact_share >= EXACT, report(own)
    assert own.by_type["doi"].precision >= DOI_PRECISION, report(own)
    assert own.by_tag["false-positive"].exact_share >= FALSE_POSITIVE_CASES, report(own)


def test_every_type_that_can_be_found_has_cases(own: Scores) -> None:
    assert set(own.by_type) == set(EXACT_BY_TYPE)


def test_the_score_counts_what_was_missed_and_what_was_wrong(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    case = {
        "id": "a-1",
        "kind": "text",
        "input": "10.1000/182 and PMID: 5",
        "expected": [{"type": "doi", "value": "10.1000/183"}],
        "scope": ["doi"],
        "tags": ["x"],
    }
    path.write_text(json.dumps(case) + "\n", encoding="utf-8")
    scores = score(read_cases(path))
    assert (scores.all.right, scores.all.wrong, scores.all.missed) == (0, 1, 1)
    assert scores.failures[0].startswith("a-1: missed")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_CASES.exists(), reason="the shared measuring material is not here")
def test_the_shared_cases_keep_their_floors() -> None:
    scores = score(read_cases(SHARED_CASES))
    assert scores.by_type["doi"].exact_share >= 0.97, report(scores)
    assert scores.by_type["doi"].precision >= 0.99, report(scores)
    assert scores.all.exact_share >= 0.95, report(scores)
    assert scores.by_tag["false-positive"].exact_share >= 0.99, report(scores)
