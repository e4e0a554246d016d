"""What the checks say of one citation in its story: the words are what an editor reads."""

from __future__ import annotations

from typing import Any

import pytest

from citetrack.checks import built_in, run_checks
from citetrack.checks.codes import CODES
from citetrack.checks.wording import date_in_words, describe, names, on_date
from citetrack.model import (
    Candidate,
    Citation,
    Contributor,
    Link,
    PartialDate,
    Question,
    Reason,
    Status,
)
from factories import (
    TEXT,
    make_article,
    make_citation,
    make_mention,
    make_mentions,
    make_reference,
    make_suggestions,
    make_work,
)

RELEASE = "https://www.eurekalert.org/news-releases/1"


def _said(citation: Citation, **article: Any) -> dict[str, str]:
    findings = run_checks([citation], make_article(**article), built_in())
    assert all(f.severity is CODES[f.code][0] for f in findings)
    return {f.code: f.message for f in findings}


def _differing(feature: str, story: str, record: str) -> Citation:
    return make_citation(reasons=(Reason(feature, False, story, record, -1.0),))


@pytest.mark.parametrize(
    ("citation", "code", "message"),
    [
        (
            _differing("container-title", "JAMA", "JAMA Network Open"),
            "CT301",
            "The story says JAMA. The record of this paper says JAMA Network Open.",
        ),
        (
            _differing("author.family", "Eve Sample", "Ada Example"),
            "CT302",
            "The story names Eve Sample as an author. The record of this paper lists"
            " Ada Example, Jörg Müller and The Snail Group.",
        ),
        (
            _differing("issued", "2025-03", "2025-04-07"),
            "CT303",
            "The story says March 2025. The record of this paper says 7 April 2025.",
        ),
        (
            _differing("title", "Coffee and snails", "Tea and snails"),
            "CT304",
            "The story says Coffee and snails. The record of this paper says Tea and snails.",
        ),
    ],
    ids=["journal", "author", "date", "title"],
)
def test_what_differs_is_told_from_both_sides(citation: Citation, code: str, message: str) -> None:
    assert _said(citation)[code] == message


def test_a_difference_on_a_study_that_is_not_certain_is_no_finding() -> None:
    weak = make_suggestions(Status.WEAK, make_work())
    assert not [code for code in _said(weak) if code.startswith("CT3")]


def test_an_unregistered_doi_names_the_work_that_fits() -> None:
    near = Candidate(make_work("10.5555/near"), 0.9)
    citation = make_suggestions(Status.NOT_FOUND, candidates=(near,))
    assert _said(citation)["CT101"] == (
        "10.5555/TEA.2025.1 is not registered. Did you mean 10.5555/near? It is Tea and the speed"
        " of snails, by Example, Müller and The Snail Group, Journal of Made-up Biology,"
        " 7 April 2025, and fits the story."
    )
    alone = make_suggestions(Status.NOT_FOUND, candidates=())
    assert _said(alone)["CT101"] == "10.5555/TEA.2025.1 is not registered."


def test_a_doi_of_another_paper_is_told_with_both_papers_and_a_question() -> None:
    printed = make_work("10.5555/tea.2025.1", title="Frogs", authors=(Contributor("Muster"),))
    right = Candidate(make_work("10.5555/right"), 0.9)
    wrong = Candidate(printed, 0.2, (Reason("doi", True, "10.5555/TEA.2025.1", "x", 15.0),))
    message = _said(make_suggestions(Status.DIFFERENT, candidates=(right, wrong)))["CT102"]
    assert message.startswith(
        "The DOI in the story, 10.5555/TEA.2025.1, belongs to another paper: Frogs, by Muster,"
    )
    assert "The story describes work by Ada Example. This one fits it: 10.5555/right," in message
    assert message.endswith("Which one is meant?")


def test_a_study_that_no_record_fits_is_told_by_the_storys_words() -> None:
    reference = make_reference(doi_as_printed=None, question=Question())
    citation = make_suggestions(Status.NOT_FOUND, reference=reference)
    assert "Example et al., Journal of Made-up Biology" in _said(citation)["CT105"]


def _found_by_words(**changes: Any) -> Citation:
    named = tuple(m for m in make_mentions() if m.kind != "doi")
    return make_citation(reference=make_reference(named, doi_as_printed=None), **changes)


@pytest.mark.parametrize(
    "url",
    [
        RELEASE,
        "https://idw-online.de/de/news1",
        "https://uni.example/news/press-releases/2025/snails",
        "https://uni.example/en/newsreleases/snails",
    ],
)
def test_a_story_that_leads_to_a_press_release_alone_is_told_where_the_study_is(url: str) -> None:
    message = _said(_found_by_words(), links=(Link(url, 0, 3),))["CT601"]
    assert "press release" in message
    assert message.endswith("which is at https://doi.org/10.5555/tea.2025.1.")


def test_a_story_with_the_doi_or_a_link_to_the_study_raises_nothing() -> None:
    links = (Link(RELEASE, 0, 3),)
    assert "CT601" not in _said(make_citation(), links=links)
    linked = make_mention("link", "Tea", value="https://journal.example/1")
    citation = make_citation(reference=make_reference((linked,), doi_as_printed=None))
    assert "CT601" not in _said(citation, links=links)
    assert "CT601" not in _said(_found_by_words(), links=(Link("https://shop.example/", 0, 3),))


def test_a_link_to_the_release_as_the_study_is_no_link_to_the_study() -> None:
    mention = make_mention("link", "Tea", value=RELEASE)
    citation = make_citation(reference=make_reference((mention,), doi_as_printed=None))
    assert "CT601" in _said(citation, links=(Link(RELEASE, 0, 3),))


def _told_without_a_work(*kinds: str) -> Citation:
    mentions = tuple(m for m in make_mentions() if m.kind in kinds)
    reference = make_reference(mentions, doi_as_printed=None)
    return Citation(reference, Status.NOT_FOUND)


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        (
            "It was presented at the annual meeting of the Society of Snails on Monday.",
            "annual meeting of the Society of Snails",
        ),
        ("Findings were unveiled at the Snail Congress in Lyon.", "Snail Congress"),
        ("Die Daten wurden auf dem Schneckenkongress vorgestellt.", "Schneckenkongress"),
        ("El trabajo fue presentado en el congreso de Lyon.", "congreso"),
    ],
)
def test_a_study_told_at_a_meeting_may_have_no_paper(text: str, meeting: str) -> None:
    message = _said(_told_without_a_work("author"), text=text)["CT603"]
    assert message == f"The story tells of a talk ({meeting}); there may be no paper to find yet."


def test_a_talk_is_not_spoken_of_where_a_paper_is_linked_or_a_journal_named() -> None:
    text = "It was presented at the annual meeting of the Society of Snails."
    assert "CT603" not in _said(make_citation(), text=text)
    assert "CT603" not in _said(_told_without_a_work("container", "author"), text=text)
    press = "It was presented at a press conference."
    assert "CT603" not in _said(_told_without_a_work("author"), text=press)


def test_a_preprint_is_told_unless_the_story_says_so() -> None:
    preprint = make_citation(make_work(subtype="preprint"))
    assert "the story does not say so" in _said(preprint)["CT401"]
    said = f"{TEXT}\nThe preprint has not been peer reviewed."
    assert "CT401" not in _said(preprint, text=said)


def test_what_was_not_asked_is_never_silent() -> None:
    silent = make_suggestions(Status.UNCHECKED, why="Crossref did not answer.")
    assert _said(silent)["CT901"] == "Not checked: 10.5555/TEA.2025.1. Crossref did not answer."
    assert "CT901" in _said(make_citation(updates_checked=False))


@pytest.mark.parametrize("status", [Status.WEAK, Status.AMBIGUOUS, Status.DIFFERENT])
def test_a_study_left_open_while_a_source_stayed_silent_says_so(status: Status) -> None:
    silent = make_suggestions(status, why="Crossref did not answer.")
    said = "Not every source could be asked which study this is. Crossref did not answer."
    assert _said(silent)["CT901"] == said
    assert "CT901" not in _said(make_suggestions(status))


@pytest.mark.parametrize(
    ("date", "words", "on"),
    [
        (PartialDate(2025, 4, 7), "7 April 2025", " on 7 April 2025"),
        (PartialDate(2025, 4), "April 2025", " in April 2025"),
        (PartialDate(2025), "2025", " in 2025"),
        (PartialDate(None, 4, 7), "7 April", " on 7 April"),
        (None, None, ""),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(
    date: PartialDate | None, words: str | None, on: str
) -> None:
    assert date_in_words(date) == words
    assert on_date(date) == on


def test_what_is_no_date_and_who_has_no_name_are_said_as_they_are() -> None:
    assert date_in_words("next week") == "next week"
    assert names([]) == ""
    assert describe(make_work(title=None, authors=(), containers=(), issued=None)) == (
        "10.5555/tea.2025.1"
    )
