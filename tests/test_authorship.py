"""Authors whom no word calls so, told by the story around them."""

from __future__ import annotations

import time

import pytest

from citetrack.authorship import BELIEVED, called_authors
from citetrack.mentions import find_mentions
from citetrack.model import Article
from citetrack.references import group_references

_BELIEVED = {
    "beside-the-journal": "Dr Mei Lin reports it in the journal Gut. Later, walruses slept.",
    "own-results": "“We measured forty walruses,” said Dr Mei Lin.",
    "german-own-results": "„Unsere Ergebnisse sind klar“, sagt Dr. Mei Lin.",
    "wrote-on-a-day": "Mei Lin wrote in the BMJ on December 14 that walruses sleep.",
    "german-writes": "Mei Lin schreibt am 3. Juli in der Zeitschrift Nature.",
    "spanish-writes": "Mei Lin escribe en la revista Science que duermen.",
    "french-writes": "Mei Lin écrit dans la revue Nature que les morses dorment.",
    "italian-writes": "Mei Lin scrive sulla rivista Nature che i trichechi dormono.",
    "dutch-writes": "Mei Lin schrijft in het tijdschrift Nature dat walrussen slapen.",
    "where-the-work-was-done": (
        "Researchers at Norham University weighed walruses. Jo Ash led the study."
        " “They were heavy,” said Mei Lin of Norham University."
    ),
    "only-one-from-research": "A new study is out. “Heavy,” said Mei Lin, of the Bay Institute.",
}
_NOT = {
    "told-the-journal": "“Lovely,” Mei Lin told the journal Nature.",
    "judges-the-study": "Mei Lin said the study in the journal Gut was a delight.",
    "wrote-of-the-study": "Mei Lin wrote in the BMJ that the study was weak.",
    "finds-it-nonsense": "“The study published in Gut is nonsense,” says Mei Lin.",
    "finds-it-weak": "A new study is out. Mei Lin, of the Bay Institute, said: “Weak evidence.”",
    "is-not-convinced": "A new study is out. Mei Lin, of the Bay Institute, wasn’t convinced.",
    "german-sceptic": "Mei Lin schreibt in der Zeitschrift Nature, das sei fragwürdig.",
    "french-sceptic": "Mei Lin écrit dans la revue Nature que les conclusions sont exagérées.",
    "dutch-sceptic": "Mei Lin schrijft in het tijdschrift Nature dat het onzin is.",
    "another-is-the-author": (
        "Jo Ash led the study. “Heavy,” said Mei Lin, of the Bay Institute, about the walruses."
    ),
    "no-study": "“Heavy,” said Mei Lin, of the Bay Institute.",
    "outsider": (
        "A study is out. Mei Lin, of the Bay Institute, who was not involved, liked the study."
    ),
}


def _lin(text: str) -> tuple[str, str | None, str]:
    return next(
        (m.kind, m.role, m.finder)
        for m in find_mentions(Article("x", text))
        if m.value == "Mei Lin" and m.kind in {"author", "person"}
    )


@pytest.mark.parametrize("text", _BELIEVED.values(), ids=_BELIEVED)
def test_the_story_makes_somebody_an_author(text: str) -> None:
    assert _lin(text) == ("author", "author", BELIEVED)


@pytest.mark.parametrize("text", _NOT.values(), ids=_NOT)
def test_who_only_speaks_stays_what_they_are(text: str) -> None:
    assert _lin(text)[0] == "person"


def test_the_writer_of_a_story_of_our_results_is_an_author() -> None:
    assert _lin("Our results are clear. Mei Lin is a chemist.")[2] == BELIEVED
    assert _lin("“Our results are clear,” said Jo Ash. Mei Lin is a chemist.")[0] == "person"
    assert _lin("Mei Lin is a chemist. Our results are clear.")[0] == "person"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("Dr Mei Lin reports it in the journal Gut.", "Gut"),
        ("A new study found it. “Heavy,” said Mei Lin, of the Bay Institute.", None),
    ],
)
def test_a_study_is_not_named_by_who_is_only_believed_its_author(
    text: str, summary: str | None
) -> None:
    article = Article("x", text)
    mentions = find_mentions(article)
    reference = group_references(article, mentions)[0]
    assert any(m.kind == "author" for m in mentions)
    assert called_authors(mentions) == ()
    assert reference.summary == (summary or "a study named without journal or author")


def test_who_is_only_believed_an_author_is_no_sign_of_research() -> None:
    article = Article("x", "“We found it in a study,” said Mei Lin.")
    believed = find_mentions(article)
    nobody = tuple(m for m in believed if m.kind != "author")
    assert len(nobody) < len(believed)
    doubts = [group_references(article, found)[0].doubt for found in (believed, nobody)]
    assert doubts[0] == doubts[1] > 0


@pytest.mark.parametrize(
    "repeated",
    [
        "said Anna Bell and Carl Dorn of the University of ",
        "Anna Bell is a chemist who likes tea. ",
        "“ Anna Bell is a chemist. ",
    ],
)
def test_a_long_text_full_of_people_is_read_in_time(repeated: str) -> None:
    """Searching the sentence or the text before each person again would take minutes."""
    start = time.process_time()
    assert find_mentions(Article("x", repeated * 2000))
    assert time.process_time() - start < 10
