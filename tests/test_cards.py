"""What the card of a story says: every line true, understandable and of the right study."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rich.console import Console

from citetrack.config import Settings
from citetrack.model import Article, PartialDate
from citetrack.pipeline import Checker
from citetrack.report.card import card

WORKS = Path(__file__).parents[1] / "data" / "works.jsonl"
_PAINS = (
    "Talking therapies eased back pain by 20%, a study published on Monday in JAMA Network Open by"
    " Aleksandra Zgierska found. The 770 adults reported less pain."
)
_CATS = (
    "Coffee makes cats sleep longer, a study in the journal Nature Physics led by Robert Miller"
    " found. The 200 cats slept 30% longer than others. The researchers found that 12 cats slept"
    " all day."
)


@cache
def _shown(text: str, published: str = "2025-04-08", *, verbose: bool = False) -> str:
    """Return the card of a story, its lines joined."""
    article = Article("x", text, title="A story", published=PartialDate.parse(published))
    with Checker(Settings(works=(WORKS,), offline=True)) as checker:
        report = checker.examine(article)
    console = Console(width=80, highlight=False)
    with console.capture() as captured:
        console.print(card(report, today="2026-11-25", verbose=verbose))
    return " ".join(re.sub(r"\x1b\[[\d;]*m", "", captured.get()).split())


def test_result_sentences_of_a_study_without_a_work_are_not_compared_with_another() -> None:
    assert "a result: 1 not compared" in _shown(_PAINS)
    assert "a result: 1 not compared" in _shown(f"{_PAINS}\n\n{_CATS}")
    assert "state a result" not in _shown(_CATS)


def test_a_work_that_is_one_study_of_the_story_is_not_offered_for_another() -> None:
    shown = _shown(f"{_PAINS}\n\n{_CATS}")
    assert "Miller et al., Nature Physics" in shown
    assert "maybe" not in shown


def test_a_work_that_fits_one_study_is_not_offered_for_another_that_it_fits_less() -> None:
    shown = _shown(
        "The shadow of a black hole was seen by the Event Horizon Telescope, a study in The"
        " Astrophysical Journal Letters says.\n\n"
        "A study in Sleep Medicine Reviews led by Petra Vogel finds that cats nap.",
        "2019-07-06",
    )
    assert "Vogel et al., Sleep Medicine Reviews" in shown
    assert shown.count("maybe The Event Horizon Telescope") == 1


def test_what_is_said_of_a_study_without_any_mention_stands_beside_it() -> None:
    shown = _shown(
        "People who skip breakfast have stiff arteries, says research from Spain. The results were"
        " presented at the European Congress on Naps.",
    )
    assert (
        "? a study presented at the European Congress on Naps not checked CT603 The story tells of"
        " a talk (European Congress on Naps)"
    ) in shown


def test_details_name_the_work_that_a_study_without_a_link_was_compared_with() -> None:
    shown = _shown(
        "Coffee makes cats sleep longer, a study in Nature Physics on back pain found.",
        verbose=True,
    )
    assert "compared with the likeliest: Zgierska et al., Mindfulness vs" in shown
    assert (
        "(JAMA Network Open, 7 April 2025) https://doi.org/10.1001/jamanetworkopen.2025.3204 reason"
    ) in shown


def test_dates_are_written_out_on_the_card_and_in_its_details() -> None:
    shown = _shown(_PAINS, verbose=True)
    assert "checked 25 November 2026" in shown
    assert "story: 7 April 2025 | record: 7 April 2025" in shown
    assert not re.search(r"\b20\d\d-\d\d", shown)


def test_a_wrong_author_beside_a_doi_that_fits_is_a_wrong_author() -> None:
    shown = _shown(
        "People with good social lives halve their risk of an early death, write lead author Peter"
        " Schmidt and colleagues in PLoS Medicine (10.1371/journal.pmed.1000316).",
        "2010-07-29",
    )
    assert "CT302 The story names Peter Schmidt as an author." in shown
    assert "CT102" not in shown


def test_a_doi_of_the_same_journal_is_another_paper_where_one_by_the_named_author_fits() -> None:
    shown = _shown(
        "Loneliness may be as deadly as smoking: social relationships cut mortality risk, which"
        " most published research findings had been false about. Lead author Julianne"
        " Holt-Lunstad and colleagues write so in PLoS Medicine (10.1371/journal.pmed.0020124).",
        "2010-07-28",
    )
    assert "CT102" in shown
    assert "This one fits it: 10.1371/journal.pmed.1000316" in shown
    assert "CT302" not in shown


def test_a_doi_of_the_right_journal_may_be_right_and_the_author_wrong() -> None:
    shown = _shown(
        "Old coins shine longer, write lead author Peter Schmidt and colleagues in PLoS Medicine"
        " (10.1371/journal.pmed.1000316).",
        "2010-07-29",
    )
    assert "The story describes work by Peter Schmidt. Is the DOI wrong, or the author?" in shown


def test_a_title_that_goes_on_where_the_record_ends_is_shown_once() -> None:
    shown = _shown(
        "Friends help.\n\nReference: Julianne Holt-Lunstad et al. Social Relationships and"
        " Mortality Risk: A Meta-analytic Review: With Tables. PLoS Med, 2010."
        " doi:10.1371/journal.pmed.1000316",
    )
    assert 'title "Social Relationships' in shown
    assert "= Social Relationships" not in shown
