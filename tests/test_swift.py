"""Menus, comments and lists of other stories are read at once, with their lines and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetrack.ingest.html import find_evidence

if TYPE_CHECKING:
    from citetrack.ingest.outline import Block

STORY = (
    "<h1>Dough that sleeps needs less yeast</h1><p>Bakers who let their dough rest for a whole "
    "night used a third less yeast than those who did not, and nobody could tell.</p>"
)


def _related(inside: str) -> Block:
    html = f"<article>{STORY}</article><div class='related'>{inside}</div>"
    blocks = find_evidence(html).page.blocks
    return next(b for b in blocks if b.node.names == "related")


@pytest.mark.parametrize(
    ("inside", "text", "links"),
    [
        ("<ul><li><a href=/a>One</a></li><li><a href=/b><span>Two</span></a></li></ul>",
         "One\nTwo", [("/a", "One"), ("/b", "Two")]),
        ("<p>See <a href=/a>this <b>new</b> one</a> and <i>10.5555/</i>x</p>",
         "See this new one and 10.5555/x", [("/a", "this new one")]),
        ("<div><h3>Title</h3>text <b>behind</b><p>it</p>all</div>",
         "Title\ntext behind\nit\nall", []),
        ("<a href=/a><div><h3>Card</h3><p>words</p></div></a>", "Card\nwords", [("/a", "Card")]),
        ("<p>a</p><script>var x = 'b';</script><style>c</style><svg><text>d</text></svg>e",
         "a\ne", []),
        ("<div><p>a</p><b>c</b></div>d", "a\nc\nd", []),
        ("<template><div><p>x</p></div><p>y</p></template><p>z</p>", "z", []),
    ],
)  # fmt: skip
def test_a_part_of_another_story_keeps_its_lines_and_anchors(
    inside: str, text: str, links: list[tuple[str, str]]
) -> None:
    block = _related(inside)
    assert block.text == text
    assert [(url, block.text[a:b]) for url, a, b in block.links] == links


def test_a_link_without_text_is_kept_bare() -> None:
    block = _related("<p>x</p><a href=/a><img src=i.png></a>")
    assert (block.text, block.links, block.bare) == ("x", [], ["/a"])


def test_a_list_with_a_headline_in_it_is_read_like_the_story() -> None:
    page = find_evidence(f"<div class='related'>{STORY}</div>").page
    assert [b.tag for b in page.blocks] == ["h1", "p"]


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.__STATE__ = {'a': '<svg><path/></svg>'}</script>",
        '<script type="application/json" id="s">{"a": 1}</script>',
    ],
)
def test_a_script_that_holds_data_is_kept(script: str) -> None:
    page = find_evidence(f"<svg><g></g></svg><script>var a=1<2</script>{script}{STORY}").page
    assert len(page.scripts) == 1


def test_a_drawing_that_is_never_closed_takes_no_text_with_it() -> None:
    html = f"<svg><path d='M1'><p>not drawn</p>{STORY}<svg></svg>"
    assert any("rest for a whole" in b.text for b in find_evidence(html).page.blocks)
