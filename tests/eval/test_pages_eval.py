"""Floors for reading pages: the study's DOI is found in the story, and no other paper's is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from composed_pages import composed_pages
from page_layouts import LAYOUTS, Case, cases
from whole_pages import UNSEEN, whole_pages

from citetrack.ingest.extractor import Extractor, main_text
from citetrack.ingest.html import read_html
from citetrack.model import STORY_ZONES, Article

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Shares; lowering one needs a line in the changelog.
FLOOR_FOUND = 0.98
FLOOR_LAYOUTS = 22
COMPOSED = 60
CASES = [*cases(), *whole_pages(), *composed_pages(COMPOSED)]


def story_text(article: Article) -> str:
    """Return what may start a reference: the story zones, and where their links lead."""
    text = "".join(
        c if article.zone_at(i) in STORY_ZONES else " " for i, c in enumerate(article.text)
    )
    targets = (x.url for x in article.links if article.zone_at(x.start) in STORY_ZONES)
    return "\n".join([text, *targets])


def holds(text: str, doi: str) -> bool:
    """Tell whether `text` holds the whole DOI and not a longer one; soft hyphens are no part."""
    return bool(re.search(re.escape(doi) + r"(?![\w/])", text.replace("\u00ad", "")))


@pytest.fixture(scope="module")
def articles() -> Iterator[dict[str, Article]]:
    with Extractor() as extractor:
        yield {
            c.name: read_html(c.html.encode(), source=c.name, extractor=extractor) for c in CASES
        }


def test_there_are_enough_layouts() -> None:
    assert len(LAYOUTS) >= FLOOR_LAYOUTS
    assert len({c.html for c in CASES}) == len(CASES)


def test_the_citation_is_found_in_the_story_zones(articles: dict[str, Article]) -> None:
    missed = [c.name for c in CASES if not holds(story_text(articles[c.name]), c.doi)]
    assert 1 - len(missed) / len(CASES) >= FLOOR_FOUND, missed


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_no_decoy_stands_in_a_story_zone(case: Case, articles: dict[str, Article]) -> None:
    text = story_text(articles[case.name])
    assert [d for d in case.decoys if holds(text, d)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_decoys_on_the_page_are_kept_in_their_zones(
    case: Case, articles: dict[str, Article]
) -> None:
    article = articles[case.name]
    everything = "\n".join([article.text, *(x.url for x in article.links)])
    unseen = UNSEEN.get(case.name, {"10.5555/decoy.list"})
    assert all(holds(everything, d) for d in case.decoys if d not in unseen)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_the_main_text_is_trafilaturas_own(case: Case, articles: dict[str, Article]) -> None:
    main = main_text(case.html)
    assert main is None or main in articles[case.name].text
