"""`find` as a user runs it: a study by what somebody knows of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from citetrack.describing import Description, describe
from citetrack.model import PartialDate
from test_status import BACK_PAIN, WORKS, _run


def _find(*arguments: str) -> dict[str, Any]:
    ran = _run("find", "--json", "--offline", "--works", WORKS, *arguments)
    (found,) = json.loads(ran.stdout)
    return {**found, "exit": ran.return_value}


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(
            ("--journal", "JAMA Netw Open", "--author", "Zgierska", "--date", "2025-04"),
            id="journal-author-month",
        ),
        pytest.param(
            ("--author", "Bob Edwards", "--about", "back pain"), id="nickname-and-subject"
        ),
        pytest.param(("--about", "talking therapies for back pain"), id="plain-words"),
        pytest.param(("talking", "therapies", "for", "back pain"), id="words-alone"),
        pytest.param(("--title", "Mindfulness vs CBT for low back pain"), id="title-half-known"),
    ],
)
def test_a_study_is_among_the_candidates_by_what_is_known_of_it(known: tuple[str, ...]) -> None:
    found = _find(*known)
    assert found["candidates"][0]["doi"] == BACK_PAIN
    assert found["exit"] == 0


def test_every_candidate_says_what_speaks_for_it() -> None:
    found = _find("--journal", "JAMA Netw Open", "--author", "Aleksandra Zgierska")
    reasons = {r["feature"]: r for r in found["candidates"][0]["reasons"]}
    assert reasons["container-title"]["agrees"] is True
    assert reasons["author.family"]["record"] == "Aleksandra E. Zgierska"


def test_a_surname_and_a_year_are_no_link() -> None:
    found = _find("--author", "Zgierska", "--date", "2025")
    assert found["doi"] is None


def test_at_most_five_candidates_are_shown() -> None:
    assert len(_find("--about", "study of people health risk disease")["candidates"]) <= 5


def test_what_nothing_at_hand_fits_is_not_called_missing_when_nobody_was_asked() -> None:
    found = _find("--about", "quasars")
    assert (found["status"], found["candidates"], found["exit"]) == ("unchecked", [], 3)
    ran = _run("find", "quasars", "--offline")
    assert "not every source could be asked" in ran.stdout
    assert "Nothing fits" not in ran.stdout


def test_the_view_shows_both_sides_and_the_link() -> None:
    ran = _run("find", "--offline", "--works", WORKS, "--author", "Zgierska")
    assert 'you: "Zgierska" | record: Aleksandra E. Zgierska' in ran.stdout
    assert f"https://doi.org/{BACK_PAIN}" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_nothing_known_is_wrong_use() -> None:
    ran = _run("find", "--offline", "--works", WORKS)
    assert "Say what you know" in str(ran.exception)


def test_a_description_is_asked_as_a_story_would_be() -> None:
    _, reference = describe(Description(("NEJM",), ("Ana Ruiz",), PartialDate(2025), about="tea"))
    assert reference.question.containers == ("New England Journal of Medicine",)
    assert reference.question.authors == ("Ana Ruiz",)
    assert reference.question.years == (2025,)
    assert reference.question.words == ("tea",)


def test_one_candidate_is_not_compared_with_others_and_its_retraction_is_told() -> None:
    known = ("--journal", "Lancet", "--author", "Mehra", "--date", "2020-05")
    ran = _run("find", "--offline", "--works", WORKS, *known)
    assert "1 candidate, and too little to be sure of it" in ran.stdout
    assert "status   retracted on 5 June 2020" in ran.stdout


def test_the_words_given_are_shown_as_they_were_given() -> None:
    ran = _run("find", "--offline", "--works", WORKS, "mindful therapies for painful backs")
    assert 'you: "mindful' in ran.stdout
    assert 'you: "mindfulness' not in ran.stdout


def test_works_that_share_only_about_a_date_are_not_listed() -> None:
    found = _find("--author", "Wrong Name", "--date", "2020")
    assert (found["candidates"], found["exit"]) == ([], 3)


def test_a_date_alone_is_wrong_use() -> None:
    ran = _run("find", "--offline", "--works", WORKS, "--date", "2020")
    assert "A date alone fits too many studies" in str(ran.exception)
