"""Reading a saved or fetched page."""

from __future__ import annotations

import gzip
import json
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from citetrack.errors import EmptyArticle, UnreadableSource
from citetrack.ingest.charset import decode
from citetrack.ingest.extractor import Extractor, main_text
from citetrack.ingest.html import find_evidence, read_html
from citetrack.ingest.metadata import read_stamp
from citetrack.model import Article, Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROSE = (
    "Bakers who let their dough rest for a whole night used a third less yeast than those who did "
    "not, and nobody at the tasting table could tell the loaves apart."
)
MORE = (
    "The team baked four hundred loaves in six weeks, weighed each of them twice and asked forty "
    "people from the village to say which bread they would rather have for breakfast."
)
LATER = (
    "Next year the team wants to find out whether the same holds for rye, which rises more slowly "
    "and is baked longer, and whether people who eat the bread every day for a month can taste it."
)
STORY = f"<h1>Dough that sleeps needs less yeast</h1><p>{PROSE}</p><p>{MORE}</p>"
URL = "https://paper.example/food/dough"


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor() as one:
        yield one


@pytest.fixture
def read(extractor: Extractor) -> Callable[..., Article]:
    def reader(html: str | bytes, **more: str) -> Article:
        return read_html(html, source="story.html", extractor=extractor, **more)

    return reader


def page(body: str = "", head: str = "") -> str:
    return f"<html lang='en'><head>{head}</head><body>{body}</body></html>"


def zone_of(article: Article, text: str) -> Zone:
    return article.zone_at(article.text.index(text))


def anchors(article: Article) -> list[tuple[str, str]]:
    return [(x.url, article.text[x.start : x.end]) for x in article.links]


# ---------------------------------------------------------------- text and zones


def test_the_text_begins_with_the_headline_and_keeps_the_main_text(
    read: Callable[..., Article],
) -> None:
    html = page(f"<div><h1>Dough that sleeps needs less yeast</h1></div><div>{STORY[43:]}</div>")
    article = read(html)
    assert article.text.startswith("Dough that sleeps needs less yeast")
    assert article.zone_at(0) is Zone.HEADLINE
    assert (main_text(html) or "?") in article.text


@pytest.mark.parametrize(
    ("block", "text", "zone"),
    [
        pytest.param(
            "<div class='x__more'><p>More information: A et al, Bread (2025)</p></div>",
            "A et al, Bread",
            Zone.MORE_INFORMATION,
            id="label",
        ),
        pytest.param(
            "<div><h3>Journal Reference</h3><p>A. On dough. Bread</p></div>",
            "A. On dough",
            Zone.MORE_INFORMATION,
            id="heading",
        ),
        pytest.param(
            "<div><dl><dt>DOI</dt><dd>10.1000/dl</dd></dl></div>",
            "10.1000/dl",
            Zone.MORE_INFORMATION,
            id="definition-list",
        ),
        pytest.param(
            "<figure><figcaption>A loaf at rest</figcaption></figure>",
            "A loaf at rest",
            Zone.CAPTION,
            id="caption",
        ),
        pytest.param(
            "<div class='related-stories'><p>Rye is back</p></div>",
            "Rye is back",
            Zone.RELATED,
            id="related-by-class",
        ),
        pytest.param(
            "<div><h4>Most read</h4><ul><li>Rye is back</li></ul></div>",
            "Rye is back",
            Zone.RELATED,
            id="related-by-heading",
        ),
        pytest.param(
            "<div id='comments'><p>Nonsense, all of it</p></div>",
            "Nonsense",
            Zone.COMMENTS,
            id="comments-by-id",
        ),
        pytest.param(
            "<div><h2>3 comments</h2><p>Nonsense, all of it</p></div>",
            "Nonsense",
            Zone.COMMENTS,
            id="comments-by-heading",
        ),
        pytest.param("<nav><a href='/x'>Bread</a></nav>", "Bread", Zone.NAVIGATION, id="nav"),
        pytest.param("<footer>All rights kept</footer>", "All rights", Zone.FOOTER, id="footer"),
        pytest.param("<aside><p>Rye is back</p></aside>", "Rye is", Zone.RELATED, id="page-aside"),
    ],
)
def test_each_part_of_a_page_is_in_its_zone(
    block: str, text: str, zone: Zone, read: Callable[..., Article]
) -> None:
    article = read(page(f"<article>{STORY}</article>{block}"))
    assert zone_of(article, text) is zone


@pytest.mark.parametrize(
    ("block", "zone"),
    [
        pytest.param("<aside><p>Bread lasts, 10.1000/x</p></aside>", Zone.ASIDE, id="aside"),
        pytest.param(
            "<footer><p>Bread, 10.1000/x</p></footer>", Zone.MORE_INFORMATION, id="own-footer"
        ),
        pytest.param(
            "<aside><a href='/rye'>Rye is back, say bakers 10.1000/x</a></aside>",
            Zone.RELATED,
            id="list-of-links",
        ),
        pytest.param(
            "<p>Read also: <a href='/rye'>Rye is back 10.1000/x</a></p>",
            Zone.RELATED,
            id="labelled-link",
        ),
    ],
)
def test_what_stands_in_the_article_is_the_storys_unless_it_leads_elsewhere(
    block: str, zone: Zone, read: Callable[..., Article]
) -> None:
    assert zone_of(read(page(f"<article>{STORY}{block}</article>")), "10.1000/x") is zone


def test_a_story_in_a_badly_named_box_is_still_the_story(read: Callable[..., Article]) -> None:
    article = read(page(f"<div class='latest-news'>{STORY}<p>See 10.1000/x.</p></div>"))
    assert zone_of(article, "10.1000/x") is Zone.BODY


def test_a_story_goes_on_after_a_list_of_others(read: Callable[..., Article]) -> None:
    inset = "<h3>Related stories</h3><ul><li><a href='/rye'>Rye is back</a></li></ul>"
    article = read(page(f"<article>{STORY}{inset}<p>{LATER}</p></article>"))
    assert zone_of(article, "Rye is back") is Zone.RELATED
    assert zone_of(article, LATER) is Zone.BODY


def test_markup_inside_a_word_does_not_break_it(read: Callable[..., Article]) -> None:
    block = "<p>DOI: 10.1000/<wbr>ab&shy;c<b>de</b><wbr/>f</p>"
    article = read(page(f"<article>{STORY}</article><div>{block}</div>"))
    assert "10.1000/abcdef" in article.text


def test_the_cells_of_a_row_stand_on_one_line(read: Callable[..., Article]) -> None:
    table = "<table><tr><th>Journal</th><td>Bread</td></tr></table>"
    assert "Journal Bread" in read(page(f"<article>{STORY}</article><div>{table}</div>")).text


def test_zones_are_sorted_and_do_not_overlap(read: Callable[..., Article]) -> None:
    article = read(page(f"<nav>a</nav><article>{STORY}</article><footer>b</footer>"))
    spans = [(z.start, z.end) for z in article.zones]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("href", "url"),
    [
        pytest.param("https://doi.org/10.1000/x", "https://doi.org/10.1000/x", id="absolute"),
        pytest.param("/study", "https://paper.example/study", id="from-the-root"),
        pytest.param("study?a=1", "https://paper.example/food/study?a=1", id="relative"),
        pytest.param("//doi.org/10.1000/x", "https://doi.org/10.1000/x", id="without-scheme"),
    ],
)
def test_links_keep_anchor_and_absolute_target(
    href: str, url: str, read: Callable[..., Article]
) -> None:
    html = page(f"<article>{STORY}<p>{MORE} It is in <a href='{href}'>a paper</a>.</p></article>")
    assert anchors(read(html, url=URL)) == [(url, "a paper")]


def test_a_link_without_text_stands_for_itself_in_its_zone(read: Callable[..., Article]) -> None:
    inner = "<p><a href='https://doi.org/10.1000/x'><img src='a.png'></a></p>"
    article = read(page(f"<article>{STORY}{inner}</article>"))
    assert anchors(article) == [("https://doi.org/10.1000/x", "https://doi.org/10.1000/x")]
    assert article.zone_at(article.links[0].start) is Zone.BODY


def test_a_card_is_a_link_on_its_heading(read: Callable[..., Article]) -> None:
    card = "<div><a href='/rye'><div><h3>Rye is back</h3></div></a></div>"
    article = read(page(f"<article>{STORY}</article>{card}"), url=URL)
    assert anchors(article) == [("https://paper.example/rye", "Rye is back")]


@pytest.mark.parametrize("href", ["#top", "javascript:void(0)", "mailto:a@b.example", ""])
def test_links_that_lead_to_no_page_are_left_out(href: str, read: Callable[..., Article]) -> None:
    assert anchors(read(page(f"{STORY}<p><a href='{href}'>there</a></p>"))) == []


# ---------------------------------------------------------------- metadata

LINKED = {
    "@type": "NewsArticle",
    "headline": "Dough that sleeps needs less yeast",
    "datePublished": "2025-04-08T07:00:00Z",
    "author": {"@type": "Person", "name": "Ada Baker"},
    "publisher": {"name": "The Paper"},
}


def ld(*items: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(i)}</script>" for i in items)


def test_json_ld_tells_date_byline_and_outlet(read: Callable[..., Article]) -> None:
    article = read(page(STORY, ld(LINKED)))
    assert str(article.published) == "2025-04-08"
    assert article.published_basis == "meta"
    assert (article.byline, article.outlet, article.language) == ("Ada Baker", "The Paper", "en")
    assert article.title == "Dough that sleeps needs less yeast"


@pytest.mark.parametrize(
    ("head", "body", "url", "date", "basis"),
    [
        pytest.param(
            "<meta property='article:published_time' content='2025-04-07T22:00:00-05:00'>",
            STORY,
            None,
            "2025-04-07",
            "meta",
            id="meta",
        ),
        pytest.param(
            "",
            STORY.replace("</h1>", "</h1><p>On <time datetime='2025-04-06'>Sunday</time></p>"),
            None,
            "2025-04-06",
            "meta",
            id="time",
        ),
        pytest.param(
            "", STORY, "https://paper.example/2025/04/05/dough", "2025-04-05", "url", id="url"
        ),
        pytest.param(
            "", STORY, "https://paper.example/2025/apr/05/dough", "2025-04-05", "url", id="url-name"
        ),
        pytest.param(
            "",
            STORY.replace("</h1>", "</h1><p>April 4, 2025</p>"),
            None,
            "2025-04-04",
            "text",
            id="text",
        ),
        pytest.param("", STORY, URL, None, None, id="nothing-says-it"),
    ],
)
def test_the_date_comes_with_where_it_was_said(  # noqa: PLR0917 - a table
    head: str,
    body: str,
    url: str | None,
    date: str | None,
    basis: str | None,
    extractor: Extractor,
) -> None:
    html = page(f"<article>{body}</article>", head)
    article = read_html(html, source="x", url=url, extractor=extractor)
    assert (article.published and str(article.published), article.published_basis) == (date, basis)


def test_the_time_of_another_story_is_not_this_ones(read: Callable[..., Article]) -> None:
    card = "<div class='related'><time datetime='2020-01-01'>old</time><p>Rye</p></div>"
    assert read(page(f"<article>{STORY}</article>{card}")).published is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-04-08", "2025-04-08"),
        ("20250408", "2025-04-08"),
        ("2025", "2025"),
        ("8 April 2025", "2025-04-08"),
        ("2025-13-45", "None"),
        ("soon", "None"),
    ],
)
def test_stamps_are_read_to_the_day_they_give(text: str, date: str) -> None:
    assert str(read_stamp(text)) == date


def test_the_studies_of_the_storys_own_json_ld_are_read(read: Callable[..., Article]) -> None:
    cited = {**LINKED, "url": URL, "citation": {"@id": "https://doi.org/10.1000/own"}}
    other = {
        "@type": "NewsArticle",
        "url": "https://paper.example/rye",
        "citation": "https://doi.org/10.1000/other",
    }
    listed = {"@type": "ItemList", "itemListElement": [other]}
    article = read(page(STORY, ld(cited, other, listed)), url=URL)
    assert zone_of(article, "10.1000/own") is Zone.JSON_LD
    assert "10.1000/other" not in article.text


def test_a_publishers_reference_list_is_not_the_pages(read: Callable[..., Article]) -> None:
    paper = {"@type": "ScholarlyArticle", "sameAs": "https://doi.org/10.1000/own",
             "citation": ["https://doi.org/10.1000/other"]}  # fmt: skip
    article = read(page(STORY, ld(paper)))
    assert "10.1000/own" in article.text
    assert "10.1000/other" not in article.text


def test_citation_tags_are_lines_of_their_own(read: Callable[..., Article]) -> None:
    head = (
        "<meta name='citation_doi' content='10.1000/x'>"
        "<meta name='citation_reference' content='10.1000/y'>"
    )
    article = read(page(STORY, head))
    assert "\ncitation_doi: 10.1000/x" in article.text
    assert zone_of(article, "10.1000/x") is Zone.META
    assert "10.1000/y" not in article.text


def test_script_state_gives_the_story_but_not_its_neighbours(read: Callable[..., Article]) -> None:
    state = {
        "story": {"title": "Dough", "body": f"<p>{PROSE}</p><p>{MORE} See 10.1000/own.</p>"},
        "related": [{"title": "Rye", "body": "10.1000/other " + PROSE}],
        "more": [{"title": f"t{i}", "url": f"/{i}", "doi": "10.1000/listed"} for i in range(3)],
    }
    script = f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(state)}</script>"
    article = read(page(f"<div id='app'></div>{script}", "<title>Dough</title>"))
    assert zone_of(article, PROSE) is Zone.BODY
    assert "10.1000/own" in article.text
    assert "10.1000/other" not in article.text
    assert "10.1000/listed" not in article.text


# ---------------------------------------------------------------- bytes and characters


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        pytest.param("Brötchen".encode(), None, "Brötchen", id="utf-8"),
        pytest.param("Brötchen".encode(), "iso-8859-1", "Brötchen", id="wrongly-declared"),
        pytest.param("Brötchen".encode("utf-16"), None, "Brötchen", id="utf-16-mark"),
        pytest.param("<p>Brötchen".encode("utf-16-le"), None, "<p>Brötchen", id="utf-16-bare"),
        pytest.param("Brötchen".encode("utf-8-sig"), None, "Brötchen", id="utf-8-mark"),
        pytest.param("Хлеб".encode("koi8-r"), "koi8-r", "Хлеб", id="declared"),
        pytest.param("Brot für alle".encode("cp1252"), None, "Brot für alle", id="detected"),
        pytest.param(b"Brot", "no-such-charset", "Brot", id="unknown-charset"),
        pytest.param("Brötchen".encode("cp1252"), "hex", "Brötchen", id="no-charset-at-all"),
        pytest.param(b"a\x00b", None, "ab", id="nul"),
        pytest.param(gzip.compress("Brötchen".encode()), None, "Brötchen", id="gzip"),
    ],
)  # fmt: skip
def test_bytes_become_the_text_that_was_meant(data: bytes, declared: str | None, text: str) -> None:
    assert decode(data, declared) == text


def test_the_pages_own_declaration_counts() -> None:
    html = '<meta charset="windows-1251"><p>Хлеб и соль</p>'
    assert decode(html.encode("cp1251")) == html


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(b"a" * 30_000_000), id="bomb"),
        pytest.param(b"\x1f\x8b\x08broken", id="damaged"),
    ],
)
def test_compressed_data_that_cannot_be_undone_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^The page "):
        decode(data)


@pytest.mark.parametrize(
    "html",
    ["", "   ", "<html></html>", "<title>Untitled</title>", "<script>a = 1</script>", "<!-- x -->"],
)
def test_a_page_without_text_says_so(html: str, read: Callable[..., Article]) -> None:
    with pytest.raises(EmptyArticle, match="holds no text"):
        read(html)


@pytest.mark.parametrize(
    "noise",
    ["\x00", "\ud800", "\x02\x03\x04", "&#2;&#x3;", "&#xD800;", "<?xml encoding='x'?>"],
)
def test_odd_characters_do_no_harm(noise: str, read: Callable[..., Article]) -> None:
    link = f"<p><a href='https://doi.org/10.1000/x'>{noise}paper</a>{noise}</p>"
    article = read(f"{noise}{page(f'<article>{STORY}{link}</article>')}")
    assert article.sha256
    assert PROSE in article.text
    assert [x.url for x in article.links] == ["https://doi.org/10.1000/x"]


def test_the_same_page_gives_the_same_article(read: Callable[..., Article]) -> None:
    html = page(f"<article>{STORY}</article><nav>a</nav>", ld(LINKED))
    assert read(html) == read(html) == read_html(html, source="story.html")


# ---------------------------------------------------------------- hostile pages

KEPT = "<p>Bread and butter, 10.1000/kept</p>"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 100_000 + KEPT + "</div>" * 100_000, id="deep"),
        pytest.param(KEPT + "<b><i><a>" * 1_000 + "x", id="unclosed"),
        pytest.param(
            KEPT + "<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">x", id="attributes"
        ),
        pytest.param(KEPT + "<p>a loaf of bread</p>" * 60_000, id="paragraphs"),
        pytest.param(KEPT + "<p>" + "10.1000/" * 200_000, id="repeats"),
        pytest.param(KEPT + "<a href='/x'>x</a>" * 100_000, id="links"),
        pytest.param(KEPT + "<!-- " * 200_000, id="open-comments"),
        pytest.param(KEPT + "word " * 3_000_000, id="no-tags"),
        pytest.param("<table><tr><td>" * 3_000 + KEPT, id="tables"),
        pytest.param(KEPT + "<script type='application/ld+json'>" + "[" * 100_000, id="json"),
        pytest.param(KEPT + '<a "' * 300_000, id="quotes"),
    ],
)
def test_a_hostile_page_is_read_soon_and_keeps_its_evidence(html: str) -> None:
    start = time.process_time()
    evidence = find_evidence(html)
    assert any("10.1000/kept" in block.text for block in evidence.page.blocks)
    assert time.process_time() - start < 10


def test_a_page_over_a_limit_is_read_without_the_extractor_and_says_why(
    read: Callable[..., Article],
) -> None:
    article = read(KEPT + "<p>a loaf of bread</p>" * 20_000)
    assert "10.1000/kept" in article.text
    assert "more than 12,000 tags" in " ".join(article.notes)


def test_text_that_no_parser_takes_in_is_said_to_be_missing() -> None:
    evidence = find_evidence(KEPT + "word " * 3_000_000)
    assert evidence.unusual == ("text after the first 10 MB was left out",)


def test_an_extractor_that_hangs_is_ended_and_started_anew() -> None:
    paragraphs = "<p>a loaf of bread and a pound of butter</p>" * 60_000
    with Extractor(seconds=0.5) as extractor:
        assert "0.5 s" in (extractor.extract(page(paragraphs)).why or "")
    with Extractor() as extractor:
        assert PROSE in (extractor.extract(page(STORY)).text or "")


def test_a_page_without_a_main_text_still_gives_its_blocks(read: Callable[..., Article]) -> None:
    article = read(page("<div class='related'><p>Rye 10.1000/x</p></div>"))
    assert zone_of(article, "10.1000/x") is Zone.RELATED
