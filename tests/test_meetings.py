"""Studies told at a meeting, and what else is told at meetings."""

from __future__ import annotations

import pytest

from citetrack.checks import built_in, run_checks
from citetrack.match import decide
from citetrack.meetings import study_told_at
from citetrack.mentions import find_mentions
from citetrack.model import Article
from citetrack.references import group_references

_CONGRESS = (
    "People who skip breakfast have stiff arteries, according to new research from Spain.\n\n"
    "The results, not yet published, were presented at the European Congress on Naps in Lyon.\n"
)


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        ("The study was presented at a conference in Lyon.", "conference"),
        ("Presenting the results at the ESN Congress, they said so.", "ESN Congress"),
        (
            "The findings will be unveiled at the annual meeting of the Society of Naps.",
            "annual meeting of the Society of Naps",
        ),
        ("Die Ergebnisse wurden auf dem Schlafkongress vorgestellt.", "Schlafkongress"),
        ("Los resultados se presentaron en el congreso europeo.", "congreso"),
        ("Les résultats ont été présentés au congrès européen.", "congrès"),
        ("I risultati sono stati presentati al congresso europeo.", "congresso"),
        ("Os resultados foram apresentados no congresso europeu.", "congresso"),
        ("De resultaten werden gepresenteerd op het slaapcongres.", "slaapcongres"),
    ],
)
def test_results_presented_at_a_meeting_are_told_with_its_name(text: str, meeting: str) -> None:
    assert study_told_at(text) == meeting


@pytest.mark.parametrize(
    "text",
    [
        "The findings were presented at the meeting.",
        "The results were presented at the annual meeting of shareholders.",
        "The party presented its research at the Labour Party conference.",
        "The plan was discussed at the Snail Congress.",
        "The results were presented at a press conference.",
    ],
)
def test_what_else_is_presented_at_meetings_is_no_study(text: str) -> None:
    assert study_told_at(text) is None


def test_a_study_presented_at_a_congress_without_a_name_is_one_that_may_have_no_paper() -> None:
    article = Article("x", _CONGRESS, title="Breakfast")
    (reference,) = group_references(article, find_mentions(article))
    assert reference.summary == "a study presented at the European Congress on Naps"
    assert not reference.doubt
    citation = decide(reference, (), answered=True)
    findings = {f.code: f.message for f in run_checks([citation], article, built_in())}
    assert findings["CT603"].startswith("The story tells of a talk (European Congress on Naps)")
