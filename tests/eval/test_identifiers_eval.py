"""Accuracy floors of finding identifiers, and a ceiling on finding what is not there."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from false_finds import false_finds
from linking import read
from score_identifiers import OWN_CASES, Scores, read_cases, report, score

if TYPE_CHECKING:
    from pathlib import Path

DOI_EXACT, DOI_PRECISION, ALL_EXACT, NONE_EXACT = 0.97, 0.99, 0.95, 0.99
TYPE_EXACT = 0.97
TYPES = (
    *("arxiv", "bibcode", "doi", "handle", "isbn", "isrctn", "nct"),
    *("orcid", "pii", "pmcid", "pmid", "repec", "shortdoi", "ssrn"),
)
MOST_FALSE_FINDS = 3


def _below(scores: Scores) -> dict[str, float]:
    doi = scores.by_type["doi"]
    figures = {
        "doi exact": (doi.exact_share, DOI_EXACT),
        "doi precision": (doi.precision, DOI_PRECISION),
        "all exact": (scores.all.exact_share, ALL_EXACT),
        "false-positive exact": (scores.by_tag["false-positive"].exact_share, NONE_EXACT),
    }
    return {name: round(got, 4) for name, (got, floor) in figures.items() if got < floor}


def _twice(values: list[Any]) -> list[Any]:
    return [value for value, n in Counter(values).items() if n > 1]


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    return read_cases(OWN_CASES)


@pytest.fixture(scope="module")
def own(cases: list[dict[str, Any]]) -> Scores:
    return score(cases)


def test_our_own_cases_are_many_and_each_is_there_once(cases: list[dict[str, Any]]) -> None:
    assert len(cases) >= 250
    assert _twice([c["id"] for c in cases]) == []
    assert _twice([(c["kind"], c["input"]) for c in cases]) == []
    assert all(c["tags"] for c in cases)


def test_our_own_cases_cover_every_kind_of_input_and_every_type(own: Scores) -> None:
    assert set(own.by_kind) == {"text", "html", "url"}
    assert set(own.by_type) == set(TYPES)
    assert own.by_tag["false-positive"].cases >= 40


def test_our_own_cases_reach_the_floors(own: Scores) -> None:
    assert _below(own) == {}, report(own)


@pytest.mark.parametrize("name", TYPES)
def test_each_type_of_identifier_reaches_its_floor(own: Scores, name: str) -> None:
    assert own.by_type[name].exact_share >= TYPE_EXACT, report(own)


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
def test_the_cases_of_others_reach_the_floors(shared: Path) -> None:
    scores = score(read_cases(shared / "cases" / "identifiers.jsonl"))
    assert _below(scores) == {}, report(scores)


@pytest.mark.shared
def test_newspaper_stories_hold_next_to_no_identifiers(shared: Path) -> None:
    texts = [row["text"] for row in read(shared / "linking" / "stories.jsonl.gz")]
    megabytes, found = false_finds(texts)
    assert megabytes > 0.5
    assert len(found) <= MOST_FALSE_FINDS, found
