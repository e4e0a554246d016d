"""What a user is told of a story in a language that is not read."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from citetrack import Settings
from citetrack.languages import is_english, language_note
from citetrack.model import Article
from citetrack.pipeline import Checker
from citetrack.report.card import card

_ENGLISH = "The walruses of the bay sleep longer when they are warm, and it is no surprise. " * 5
_SWEDISH = "Valrossarna sover längre när de ligger varmt, säger forskarna som följde flocken. " * 5


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        pytest.param(_ENGLISH, None, id="by-its-words"),
        pytest.param(_ENGLISH, "en-GB", id="declared"),
        pytest.param(_ENGLISH, "pt_BR", id="declared-with-country"),
        pytest.param("Walrosse schlafen.", None, id="too-short-to-tell"),
        pytest.param("", None, id="empty"),
        pytest.param(_ENGLISH + " 네이처", "en", id="a-word-in-other-letters"),
    ],
)
def test_a_language_that_is_read_needs_no_note(text: str, declared: str | None) -> None:
    assert language_note(text, declared) is None


@pytest.mark.parametrize(
    ("text", "declared", "note"),
    [
        pytest.param(_SWEDISH, "sv", "Swedish is not supported yet.", id="declared"),
        pytest.param(_SWEDISH, "xx", "The language “xx” is not supported yet.", id="code"),
        pytest.param(_SWEDISH, None, "The language of this story is not", id="by-its-words"),
        pytest.param("바다코끼리는 오래 잔다.", "en", "Korean is read in part:", id="korean"),
        pytest.param("セイウチは長く眠る。", None, "Japanese is read in part:", id="japanese"),
        pytest.param("海象睡得很久。", None, "Chinese is read in part:", id="chinese"),
        pytest.param("Моржи спят долго.", None, "This story is in Cyrillic letters", id="script"),
        pytest.param("Моржі сплять довго.", "uk", "Ukrainian is not supported", id="ukrainian"),
        pytest.param("Οι θαλάσσιοι ίπποι", None, "Greek is not supported", id="greek"),
    ],
)
def test_a_language_that_is_not_read_is_named(text: str, declared: str | None, note: str) -> None:
    told = language_note(text, declared)
    assert told
    assert told.startswith(note)


def test_a_finding_says_so_and_what_was_read_is_there_all_the_same() -> None:
    text = _SWEDISH + "\n\nhttps://doi.org/10.5555/valross och i Nature Medicine (2024)"
    with Checker(Settings(offline=True)) as checker:
        report = checker.examine(Article("x", text, language="sv"))
    (told,) = [f for f in report.findings if f.code == "CT903"]
    assert told.message.startswith("Swedish is not supported yet. DOIs and links were still read")
    assert told.severity == "note"
    assert [(m.kind, m.value) for m in report.mentions] == [
        ("doi", "10.5555/valross"),
        ("container", "Nature Medicine"),
    ]


def test_the_card_shows_it_and_ignore_leaves_it_out() -> None:
    article = Article("x", _SWEDISH, language="sv")
    for ignored, shown in ((frozenset(), 1), (frozenset({"CT903"}), 0)):
        with Checker(Settings(offline=True, ignore=ignored)) as checker:
            report = checker.examine(article)
        console = Console(width=80, record=True, file=StringIO())
        console.print(card(report, today="2026-11-25"))
        assert console.export_text().count("CT903: Swedish is not supported yet.") == shown


_PLANETS = {
    "en": "Seven planets were found around a star, and some of them may be wet. " * 2,
    "it": "Sette pianeti attorno a una stella nana, secondo lo studio di Liegi. " * 2,
    "de": "Sieben Planeten kreisen um einen kleinen Stern, berichten Forscher aus Lüttich. " * 2,
}


@pytest.mark.parametrize(
    ("text", "declared", "english"),
    [
        (_PLANETS["en"], None, True),
        (_PLANETS["it"], None, False),
        (_PLANETS["de"], None, False),
        ("Sette pianeti attorno a una stella", None, True),
        (_PLANETS["en"], "it", False),
        (_PLANETS["it"], "en-GB", True),
    ],
)
def test_a_story_that_declares_no_language_is_told_from_english_by_its_little_words(
    text: str,
    declared: str | None,
    english: bool,  # noqa: FBT001
) -> None:
    assert is_english(text, declared) is english
