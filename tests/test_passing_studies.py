"""Studies that a story tells of in passing: told apart from its own, dated by their own year."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.config import Settings
from citetrack.mentions import find_mentions
from citetrack.model import Article, PartialDate, Status
from citetrack.pipeline import Checker
from citetrack.references import group_references

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.model import Reference

_OWN = (
    "Naps are good for walruses, says a study published on Monday in Sleep Science. It was led by"
    " Mei Lin of Example University.\n\n"
)
_PUBLISHED = PartialDate.parse("2024-03-12")


def _references(text: str) -> tuple[Reference, ...]:
    article = Article("x", text, published=_PUBLISHED)
    return group_references(article, find_mentions(article))


def _told(reference: Reference) -> tuple[Any, ...]:
    question = reference.question
    return question.containers, question.authors, tuple(str(d) for d in question.dates)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A 2012 study in Brain Research found the same.", (("Brain Research",), (), ("2012",))),
        (
            "Brain Research retracted a 2012 study by Ana Ruiz.",
            (("Brain Research",), ("Ana Ruiz",), ("2012",)),
        ),
        (
            "Another study in Sleep Science, by Ana Ruiz, did not.",
            (("Sleep Science",), ("Ana Ruiz",), ()),
        ),
        (
            "One of the first studies of naps was published in 2008 in Brain Research.",
            (("Brain Research",), (), ("2008",)),
        ),
        (
            "Previous work, published in Brain Research in 2012, failed.",
            (("Brain Research",), (), ("2012",)),
        ),
        (
            "It builds on work that she published in Brain Research three years ago.",
            (("Brain Research",), (), ()),
        ),
        (
            "Other studies, such as one in Brain Research, had failed.",
            (("Brain Research",), (), ()),
        ),
        (
            "In 2010, scientists writing in Brain Research disagreed.",
            (("Brain Research",), (), ("2010",)),
        ),
        ("In 2010, a trial in Brain Research failed.", (("Brain Research",), (), ("2010",))),
        ("A separate trial led by Dr Ana Ruiz found nothing.", ((), ("Ana Ruiz",), ())),
        (
            "Eine frühere Studie im Fachblatt Brain Research kam zum selben Schluss.",
            (("Brain Research",), (), ()),
        ),
    ],
)
def test_another_study_is_a_reference_of_its_own(sentence: str, told: tuple[Any, ...]) -> None:
    own, other = _references(_OWN + sentence)
    assert (own.passing, other.passing) == (False, True)
    assert _told(own) == (("Sleep Science",), ("Mei Lin",), ("2024-03-11",))
    assert _told(other) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "Previous studies have shown the like.",
        "A 2012 study found the same.",
        "It builds on an earlier study, said Ana Ruiz, who also worked on the research.",
        "Patients had taken part in a trial that ended in 2003.",
        "It is the second study of naps by the university.",
    ],
)
def test_a_sentence_that_names_no_other_study_makes_none(sentence: str) -> None:
    (own,) = _references(_OWN + sentence)
    assert own.question.dates == (PartialDate.parse("2024-03-11"),)


def test_a_sentence_may_turn_back_to_the_storys_own_study() -> None:
    text = (
        "Sus autores retiraron el artículo de 2013 porque hubo errores, y el lunes presentaron un"
        " nuevo análisis en la revista Sleep Science. El primer firmante es Ramón Estruch."
    )
    (own,) = _references(text)
    assert _told(own)[0] == ("Sleep Science",)


def test_an_older_study_that_is_the_only_one_is_the_storys_own() -> None:
    (own,) = _references("A 2012 study in Brain Research is shared again, and misread.")
    assert not own.passing
    assert _told(own) == (("Brain Research",), (), ("2012",))


def test_a_study_in_passing_is_not_linked_to_the_paper_of_the_storys_own(tmp_path: Path) -> None:
    works = tmp_path / "works.jsonl"
    message = {
        "DOI": "10.5555/naps",
        "title": ["Naps and health among walruses of the north"],
        "container-title": ["Sleep Science"],
        "author": [{"given": "Mei", "family": "Lin"}, {"given": "Ana", "family": "Ruiz"}],
        "issued": {"date-parts": [[2024, 3, 11]]},
    }
    works.write_text(json.dumps(message) + "\n", encoding="utf-8")
    text = _OWN + "A related study in Sleep Science, by Ana Ruiz, agrees on the naps of walruses."
    with Checker(Settings(works=(works,), offline=True)) as checker:
        report = checker.examine(Article("x", text, title="Walruses", published=_PUBLISHED))
    own, other = report.citations
    assert own.status is Status.STRONG
    assert other.work is None
    assert "10.5555/naps" not in [c.work.doi.value for c in other.candidates]


def test_a_surname_alone_goes_to_the_study_of_the_person_named_in_full() -> None:
    text = (
        "Two studies look at naps. One, published in Sleep Science, was led by Mei Lin of Example"
        " University. The other, published in Brain Research, was led by Ana Ruiz.\n\n"
        "Lin and her colleagues followed 40 walruses. Ruiz and colleagues watched seals."
    )
    one, other = _references(text)
    assert {m.value for m in one.mentions if m.kind == "author"} == {"Mei Lin", "Lin"}
    assert {m.value for m in other.mentions if m.kind == "author"} == {"Ana Ruiz", "Ruiz"}
