"""Universities, institutes and hospitals named in a story, and works found by them."""

from __future__ import annotations

import pytest

from citetrack.institutions import find_institutions
from citetrack.model import Question
from citetrack.snapshot.terms import terms_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a team at the University of Example", ["University of Example"]),
        ("Example University's School of Public Health", ["School of Public Health"]),
        ("King’s College London and the Roslin Institute",
         ["King’s College London", "Roslin Institute"]),
        ("Great Elm Hospital in London", ["Great Elm Hospital"]),
        ("Wells Institute of Cognitive and Evolutionary Biology",
         ["Wells Institute of Cognitive and Evolutionary Biology"]),
        ("Forscher der Universität Bielefeld", ["Universität Bielefeld"]),
        ("Die Universität Wien sagt", ["Universität Wien"]),
        ("l'Université de Lausanne", ["Université de Lausanne"]),
        ("la Universidad Complutense", ["Universidad Complutense"]),
        ("das Institut für Ökologie", ["Institut für Ökologie"]),
        ("The University of Example’s", ["University of Example"]),
        ("she went to school and to the hospital", []),
        ("The School was closed. The Hospital was not.", []),
    ],
)  # fmt: skip
def test_institutions_are_found_under_the_names_written(text: str, names: list[str]) -> None:
    found = list(find_institutions(text))
    assert [m.value for m in found] == names
    assert all(text[m.start : m.end] == m.value for m in found)


def test_works_are_searched_by_the_words_that_tell_an_institution_from_others() -> None:
    terms = terms_of(Question(institutions=("University of Example", "Royal Hospital")))
    assert [pair for pair in terms if pair[0] == "institution"] == [("institution", "example")]
