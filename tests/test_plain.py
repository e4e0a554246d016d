"""Plain text and Markdown: the story, its headline and its furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetrack.errors import EmptyArticle
from citetrack.ingest.plain import read_plain
from citetrack.mentions import find_mentions
from citetrack.model import Zone
from citetrack.references import group_references

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


_YAML = (
    '---\ntitle: "Sleep: it helps"\nauthor: Ana Poe\ndate: 2022-11-30\ntags: [sleep, memory]\n---\n'
)
_NOTED = (
    f"\n# An hour more\n\n{_PROSE}They slept.[^1]\n\n"
    "- One\n- Two\n- Three\n- Four\n- Five\n- Six\n\n"
    "## Sources\n\n- Ruiz, https://doi.org/10.5555/listed\n\n"
    "[^1]: Poe et al, https://doi.org/10.5555/noted\n    on page two\n"
)


@pytest.mark.parametrize(
    ("front", "title", "byline", "published"),
    [
        pytest.param(_YAML, "Sleep: it helps", "Ana Poe", "2022-11-30", id="yaml"),
        pytest.param(
            _YAML.replace("\n", "\r\n"), "Sleep: it helps", "Ana Poe", "2022-11-30", id="line-ends"
        ),
        pytest.param(
            "+++\ntitle = 'Sleep'\nauthors = [\"Ana Poe\", \"Bo Li\"]\n"
            "date = 2022-11-30T08:00:00Z\n"
            "[params]\ndraft = true\n+++\n",
            "Sleep", "Ana Poe, Bo Li", "2022-11-30", id="toml",
        ),
        pytest.param(
            "---\nTitle: >\n  Sleep\n  helps\nauthors:\n  - name: Ana Poe\n    email: a@b.example\n"
            "  - Bo Li # intern\ndate: some day\nleft over\n...\n",
            "Sleep helps", "Ana Poe, Bo Li", None, id="odd",
        ),
        pytest.param("---\nlayout: post\n---\n", "An hour more", None, None, id="says-nothing"),
    ],
)  # fmt: skip
def test_front_matter_is_metadata_and_leaves_the_rest_of_the_draft_as_it_is(
    front: str, title: str, byline: str | None, published: str | None
) -> None:
    article = read_plain(front + _NOTED, source="x", markdown=True)
    assert article.text == front + _NOTED
    assert (article.title, article.byline) == (title, byline)
    assert (str(article.published) if article.published else None) == published
    assert article.published_basis == ("meta" if published else None)
    assert article.text[: article.begins].rstrip("\r") == front.rstrip()
    assert article.zone_at(0) is Zone.META
    bare = read_plain(_NOTED, source="x", markdown=True)
    for i in range(len(_NOTED)):
        assert article.zone_at(len(front) + i) is bare.zone_at(i)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\n\n{_PROSE}---\n\n{_PROSE}", id="a-rule"),
        pytest.param(f"---\ntitle: x\n\n{_PROSE}---\n\n{_PROSE}", id="never-closed"),
        pytest.param(f"{_PROSE}---\ntitle: x\n---\n", id="not-at-the-top"),
    ],
)
def test_rules_around_prose_are_no_front_matter(text: str) -> None:
    article = read_plain(text, source="x", markdown=True)
    assert article.begins == 0
    assert article.zone_at(text.index("Adults")) is Zone.BODY


@pytest.mark.parametrize("quote", ["10.5555/listed", "10.5555/noted", "on page two"])
def test_footnotes_and_sources_of_a_draft_are_more_information(quote: str) -> None:
    assert _zone_of(_NOTED, quote) is Zone.MORE_INFORMATION
    assert _zone_of(f"{_MENU}\n{_NOTED}", quote) is Zone.MORE_INFORMATION


def test_a_section_of_sources_ends_at_the_next_heading() -> None:
    text = f"# Sleep\n\n## References\n\n### Print\n\n10.5555/x\n\n## Outlook\n\n{_PROSE}"
    assert _zone_of(text, "10.5555/x") is Zone.MORE_INFORMATION
    assert _zone_of(text, "Adults who") is Zone.BODY


def test_only_identifiers_of_front_matter_tell_of_a_study() -> None:
    front = _YAML.replace(
        "tags:", "doi: 10.5555/rest.1\njournal: JAMA\npublished: 1 May 2020\ntags:"
    )
    article = read_plain(front + _NOTED, source="x", markdown=True)
    mentions = find_mentions(article)
    assert {m.kind for m in mentions if m.zone is Zone.META} == {"doi"}
    told = {w for r in group_references(article, mentions) for w in r.question.words}
    assert told.isdisjoint({"author", "title", "tags", "date"})


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("[it](https://doi.org/10.5555/s0(97)11-0).", "https://doi.org/10.5555/s0(97)11-0"),
        ("([it](https://doi.org/10.5555/s0(97)11-0))", "https://doi.org/10.5555/s0(97)11-0"),
        ("[it](<https://doi.org/10.5555/s0(97)11-0>)", "https://doi.org/10.5555/s0(97)11-0"),
        ("[it](https://doi.org/10.5555/x) (so)", "https://doi.org/10.5555/x"),
    ],
)
def test_brackets_in_a_markdown_links_target_are_its_own(written: str, url: str) -> None:
    article = read_plain(f"They describe {written}", source="x", markdown=True)
    assert [x.url for x in article.links] == [url]
    assert {m.value for m in find_mentions(article)} == {url.removeprefix("https://doi.org/")}
