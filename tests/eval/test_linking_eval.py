"""Accuracy floors of linking stories to papers; they can only be lowered in the open."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest
from linking import Figures, measure, read
from unfamiliar import figures

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:16]


def _check(figures: dict[str, Figures], floors: dict[str, float]) -> None:
    below = {}
    for name, floor in floors.items():
        clue, figure = name.split(".")
        got = getattr(figures[clue], figure)
        if got < floor:
            below[name] = (round(got, 3), floor)
    assert below == {}


@pytest.fixture(scope="module")
def own() -> dict[str, Figures]:
    return measure(read(HERE / "stories.jsonl"), HERE / "works.jsonl")


def test_our_own_stories_reach_the_floors(own: dict[str, Figures]) -> None:
    _check(own, FLOORS["own"])


def test_no_story_of_ours_gets_a_wrong_link(own: dict[str, Figures]) -> None:
    assert own["all"].wrong == 0


def test_stories_without_a_study_get_no_link(own: dict[str, Figures]) -> None:
    assert own["none"].accepted == 0


def test_stories_of_unfamiliar_outlets_reach_the_floors_without_a_wrong_link() -> None:
    there, missing = figures()
    _check({"there": there}, FLOORS["unfamiliar"])
    assert (there.wrong, missing.wrong) == (0, 0)


@pytest.mark.shared
def test_newspaper_stories_reach_the_floors(shared: Path) -> None:
    stories = read(shared / "linking" / "stories.jsonl.gz")
    gold = {g["id"]: g for g in read(shared / "linking" / "gold.jsonl.gz")}
    rows = [{**s, "dois": gold[s["id"]]["dois"], "clue": gold[s["id"]]["clue"]} for s in stories]
    figures = measure(rows, shared / "linking" / "pool-small.jsonl.gz")
    _check(figures, FLOORS["newspapers-small-pool"])
    assert figures["all"].wrong <= 0.02 * figures["all"].accepted


def test_the_corpus_is_the_one_the_floors_were_set_for() -> None:
    assert {name: _digest(HERE / name) for name in FLOORS["corpus"]} == FLOORS["corpus"]


def test_a_change_of_the_floors_stands_in_the_changelog() -> None:
    digest = _digest(HERE / "floors.toml")
    changelog = (HERE.parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"floors {digest}" in changelog, f"name the floors {digest} in CHANGELOG.md and why"
