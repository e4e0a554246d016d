"""Markup becomes text that knows where it came from, and gives up its telling attributes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetrack.markup import MappedText, markup_to_text, read_markup, unescape


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("a<b>b</b>c", "abc", id="inline-elements-join"),
        pytest.param("a<wbr>b<wbr/>c", "abc", id="wbr-joins"),
        pytest.param("a<!-- x > y -->b", "ab", id="comments-join"),
        pytest.param("a&amp;b&lt;c", "a&b<c", id="character-references"),
        pytest.param("a<br>b", "a\nb", id="br-ends-the-line"),
        pytest.param("a<p>b</p>c", "a\n\nb\n\nc", id="blocks-part"),
        pytest.param("a<jats:p>b</jats:p>", "a\n\nb\n\n", id="prefixes-are-dropped"),
        pytest.param("a<sup>1</sup>", "a 1 ", id="superscripts-part"),
        pytest.param("a<script>x<b></script>b<STYLE>y</STYLE>c", "abc", id="scripts-are-not-text"),
        pytest.param("a<?xml x?><!DOCTYPE html>b", "ab", id="declarations"),
        pytest.param("a<![CDATA[<b>]]>c", "a<b>c", id="cdata"),
        pytest.param("1 < 2 <3", "1 < 2 <3", id="a-lone-bracket-is-text"),
        pytest.param("<i title='a>b'>c</i>", "c", id="bracket-in-an-attribute"),
        pytest.param('<i 5" x>c</i>', "c", id="quote-outside-a-value"),
        pytest.param("a<!-- open", "a", id="open-comment-runs-to-the-end"),
        pytest.param('a <i b="c>d</i>', "a d", id="open-quote-closes-with-the-tag"),
        pytest.param("a</>b", "ab", id="empty-closing-tag"),
    ],
)
def test_markup_reads_as_a_browser_shows_it(source: str, text: str) -> None:
    assert markup_to_text(source) == text


def test_text_maps_back_through_references_and_tags() -> None:
    source = "<p>caf&eacute; <b>10.1000</b>/182</p>"
    visible = read_markup(source).visible
    start = visible.text.index("10.1000/182")
    first, last = visible.span(start, start + len("10.1000/182"))
    assert source[first:last] == "10.1000</b>/182"
    e = visible.text.index("é")
    assert source[slice(*visible.span(e, e + 1))] == "&eacute;"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<a href="https://x.org/a?b=1&amp;c=2">', [("link", "https://x.org/a?b=1&c=2")]),
        ("<a href=https://x.org/a>", [("link", "https://x.org/a")]),
        ('<link rel="canonical" href="/a">', [("link", "/a")]),
        ('<link rel="stylesheet" href="/a.css">', []),
        ('<blockquote cite="/a">', [("link", "/a")]),
        ('<span title="hello">', []),
        ('<span title="ctx_ver=Z39.88-2004&amp;x=1">', [("text", "ctx_ver=Z39.88-2004&x=1")]),
        ('<input type="hidden" value="v">', [("text", "v")]),
        ('<input type="submit" value="v">', []),
        ('<div data-doi="10.1000/182">', [("text", "10.1000/182")]),
        ('<div data-article-pmid="1">', [("pmid", "1")]),
        ('<img src="a" data-src="b" alt="c">', []),
        ('<meta name="citation_pmid" content="1">', [("pmid", "1")]),
        ('<meta property="og:url" content="https://x.org">', [("link", "https://x.org")]),
        ('<meta property="og:image" content="https://x.org">', []),
        ('<meta name="description" content="words">', [("text", "words")]),
        ("<!-- <a href='/a'> -->", []),
    ],
)
def test_only_telling_attributes_are_kept(source: str, found: list[tuple[str, str]]) -> None:
    assert [(a.role, a.value.text) for a in read_markup(source).attributes] == found


def test_linked_data_is_kept_apart_from_other_scripts() -> None:
    source = '<script type="application/ld+json">{"a": 1}</script><script>b</script>'
    (data,) = read_markup(source).data
    assert data.text == '{"a": 1}'
    assert source[slice(*data.span(0, len(data.text)))] == data.text


def test_a_whole_text_maps_onto_itself() -> None:
    assert MappedText.of("abcdef", 2, 5).span(1, 3) == (3, 5)


@given(st.text(alphabet="<>/!-='\"&;ab lt[]CDATA?scriptp\n", max_size=60))
def test_any_text_is_read_and_each_character_has_a_place(source: str) -> None:
    markup = read_markup(source)
    for text in (markup.visible, *markup.data, *(a.value for a in markup.attributes)):
        for i in range(len(text.text)):
            start, end = text.span(i, i + 1)
            assert 0 <= start < end <= len(source)


@given(st.text(alphabet="ab&;#x13lt", max_size=40))
def test_unescaping_without_references_changes_nothing(source: str) -> None:
    made = unescape(source, 0, len(source))
    if "&" not in source:
        assert made.text == source


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", "<a b='", '<a b="', "<!--", "<p>", "&", "</", "<![CDATA[", "<script>", "=\"'"],
)
def test_reading_takes_time_linear_in_the_page(unit: str) -> None:
    """Quadratic reading of 100,000 repeats would take minutes; a busy machine gets five seconds."""
    start = time.perf_counter()
    read_markup(unit * 100_000)
    assert time.perf_counter() - start < 5
