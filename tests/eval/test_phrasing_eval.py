"""Accuracy floors of reading stories: who, where, when, and how many studies; and no false role."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from phrasing import Figures, measure, read

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def english() -> Figures:
    return measure(s for s in read(HERE / "phrasing.jsonl") if s["language"] == "en")


@pytest.fixture(scope="module")
def others() -> Figures:
    return measure(s for s in read(HERE / "phrasing.jsonl") if s["language"] != "en")


def _below(figures: Figures, floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    got = figures.shares()
    return {k: (round(got[k], 3), floor) for k, floor in floors.items() if got[k] < floor}


def test_english_stories_are_read_as_well_as_the_floors_ask(english: Figures) -> None:
    assert _below(english, FLOORS["phrasing-english"]) == {}, "\n".join(english.remarks)


def test_stories_in_six_other_languages_reach_the_floors(others: Figures) -> None:
    assert _below(others, FLOORS["phrasing-others"]) == {}, "\n".join(others.remarks)
