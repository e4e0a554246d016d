"""Authors whom no word calls so, told by the story around them."""

from __future__ import annotations

import pytest

from citetrack.authorship import BELIEVED
from citetrack.mentions import find_mentions
from citetrack.model import Article

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
