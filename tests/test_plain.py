"""Plain text and Markdown: the story, its headline and its furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetrack.errors import EmptyArticle
from citetrack.ingest.plain import read_plain
from citetrack.model import Zone

_PROSE = (
    "Adults who slept an hour longer remembered more of a list of words than those who did not,"
    " a trial at three hospitals suggests.\n\nThe trial followed 210 nurses for six weeks, and half"
    " of them were asked to go to bed earlier than they were used to.\n\n"
)
_MENU = "Home\nNews\nHealth\nSport\nLog in\nSearch\nFollow us\nMenu"
_SAVED = (
    f"Daily Lantern\n{_MENU}\nDaily Lantern > Health > An hour more of sleep helps memory\n"
    "Health\n\nAn hour more of sleep helps memory\n\nshare\nPhoto by A. Person: a bed\n\n"
    f"{_PROSE}More information: Ana Ruiz et al, Rest and recall in nurses, Sleep Science."
    " DOI: 10.5555/rest.1\n\nTAGGED: sleep memory\nShare this\nLeave a Comment\n"
    "Your address will not be published.\nRecent Posts\n  • Tea and sleep\n  • Naps\n"
    "A new study in the journal Nature found that tea is good. doi:10.5555/decoy\nOne\nTwo\nThree\n"
    "© 2025 Daily Lantern\nPrivacy Policy\n"
)


def _zone_of(text: str, quote: str) -> Zone:
    return read_plain(text, source="x").zone_at(text.rindex(quote))


def test_the_headline_of_a_saved_page_is_the_storys_and_not_the_sites() -> None:
    assert read_plain(_SAVED, source="x").title == "An hour more of sleep helps memory"


@pytest.mark.parametrize(
    ("quote", "zone"),
    [
        ("Log in", Zone.NAVIGATION),
        ("An hour more of sleep helps memory", Zone.HEADLINE),
        ("Photo by", Zone.CAPTION),
        ("Adults who", Zone.BODY),
        ("half of them", Zone.BODY),
        ("10.5555/rest.1", Zone.MORE_INFORMATION),
        ("TAGGED", Zone.RELATED),
        ("Your address", Zone.COMMENTS),
        ("10.5555/decoy", Zone.RELATED),
        ("© 2025", Zone.FOOTER),
    ],
)
def test_furniture_of_a_page_saved_as_text_is_told_from_the_story(quote: str, zone: Zone) -> None:
    assert _zone_of(_SAVED, quote) is zone


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(f"Sleep helps\n\n{_PROSE}", "Sleep helps", id="stands-alone"),
        pytest.param(f"# Sleep **helps**\n{_PROSE}", "Sleep **helps", id="markdown"),
        pytest.param(f"Sleep helps\r\n\r\n{_PROSE}", "Sleep helps", id="other-line-ends"),
        pytest.param(f"Sleep helps\nBy Ana Poe\n{_PROSE}", "Sleep helps", id="above-a-byline"),
        pytest.param(_PROSE, None, id="begins-with-prose"),
        pytest.param(f"Sleep helps\n{_PROSE}", None, id="part-of-a-paragraph"),
    ],
)
def test_the_first_line_is_the_title_when_it_stands_alone(text: str, title: str | None) -> None:
    assert read_plain(text, source="x").title == title


def test_a_short_story_without_furniture_is_body_from_end_to_end() -> None:
    article = read_plain("Date: a day\n\nShort line\n\nAnother\n\n" + _PROSE, source="x")
    assert {article.zone_at(i) for i in range(20, len(article.text))} <= {Zone.BODY}


def test_a_release_box_with_values_below_labels_is_more_information() -> None:
    text = f"Sleep helps\n\n{_PROSE}JOURNAL\nSleep Science\n\nDOI\n10.5555/rest.1\n"
    assert _zone_of(text, "Sleep Science") is Zone.MORE_INFORMATION
    assert _zone_of(text, "10.5555/rest.1") is Zone.MORE_INFORMATION


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Sleep helps\n\nBy our reporter\nWednesday 30 November 2022\n\n", "2022-11-30"),
        ("Sleep helps\n\nDate: October 19, 2017\n\n", "2017-10-19"),
        ("Sleep helps\n\nOn 14 September 2015 it began, and it went on for years.\n\n", None),
        ("Sleep helps\n\nLONDON, April 8, 2025 (Wire) - It began.\n\n", "2025-04-08"),
    ],
)
def test_the_date_at_the_head_of_a_story_is_its_date(head: str, published: str | None) -> None:
    article = read_plain(head + _PROSE, source="x")
    assert (str(article.published) if article.published else None) == published
    assert article.published_basis == ("text" if published else None)


def test_the_date_of_a_pages_menu_is_not_the_storys() -> None:
    assert read_plain(f"Monday, 17 Nov 2025\n{_SAVED}", source="x").published is None


def test_markdown_links_keep_their_target_and_the_place_of_their_anchor() -> None:
    text = 'They [describe it](https://doi.org/10.5555/x "t") at length.'
    article = read_plain(text, source="x", markdown=True)
    assert [(x.url, text[x.start : x.end]) for x in article.links] == [
        ("https://doi.org/10.5555/x", "describe it")
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "--- *** \n"])
def test_a_text_without_words_is_an_empty_article(text: str) -> None:
    with pytest.raises(EmptyArticle, match="holds no text"):
        read_plain(text, source="x")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_zones_are_sorted_and_lie_within_the_text(text: str) -> None:
    try:
        zones = read_plain(text, source="x").zones
    except EmptyArticle:
        return
    edges = [edge for z in zones for edge in (z.start, z.end)]
    assert edges == sorted(edges)
    assert all(0 <= e <= len(text) for e in edges)
