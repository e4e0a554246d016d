"""From publishers' pages and glued DOIs to works: a works file first, then the page itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.config import Settings
from citetrack.ingest.dispatch import Fetched
from citetrack.model import Article, Doi, Link, Status
from citetrack.pipeline import Checker
from citetrack.pipeline.pages import doi_of_page
from citetrack.snapshot import open_works
from citetrack.snapshot.keys import page_keys
from citetrack.strategies.landing import MOST_PAGES, Budget

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.model import Citation

_RECORDS = [
    {"DOI": "10.5555/rest.2025.3204", "title": ["Rest and recall in nurses"],
     "resource": {"primary": {"URL": "https://jamanetwork.com/journals/x/fullarticle/2831234"}}},
    {"DOI": "10.5555/tides", "title": ["Tea and tides in ports"],
     "alternative-id": ["S0140673621014318"]},
    {"DOI": "10.5555/news", "title": ["News that travels"], "container-title": ["Science"],
     "volume": "359", "page": "1146-1151"},
    {"DOI": "10.5555/one", "alternative-id": ["123456789"]},
    {"DOI": "10.5555/two", "alternative-id": ["123456789"]},
]  # fmt: skip


@pytest.fixture
def works(tmp_path: Path) -> Path:
    path = tmp_path / "works.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in _RECORDS), encoding="utf-8")
    return path


def _citations(works: Path, text: str, *urls: str, **settings: Any) -> tuple[Citation, ...]:
    links = tuple(Link(u, 0, 9) for u in urls)
    with Checker(Settings(works=(works,), offline=True, **settings)) as checker:
        return checker.examine(Article("x", text, links=links)).citations


def test_a_volume_and_page_of_very_many_works_tells_none(
    works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "http://science.sciencemag.org/content/359/6380/1146"
    assert open_works(works).by_page(url).works
    monkeypatch.setattr("citetrack.snapshot.source._MOST_AT_A_PAGE", 1)
    assert not open_works(works).by_page(url).works


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://jamanetwork.com/journals/x/fullarticle/2831234?utm=1", "10.5555/rest.2025.3204"),
        ("https://www.sciencedirect.com/science/article/pii/S0140673621014318", "10.5555/tides"),
        ("http://science.sciencemag.org/content/359/6380/1146", "10.5555/news"),
    ],
)
def test_a_landing_page_leads_to_the_record_that_registers_it(
    works: Path, url: str, doi: str
) -> None:
    (citation,) = _citations(works, "The study found that rest helps.", url)
    assert (citation.status, citation.strategy) == (Status.EXACT, "landing-page")
    assert citation.doi == Doi(doi)


def test_an_address_printed_in_the_text_is_followed_too(works: Path) -> None:
    text = "See https://jamanetwork.com/journals/x/fullarticle/2831234."
    (citation,) = _citations(works, text)
    assert citation.doi == Doi("10.5555/rest.2025.3204")


def test_a_page_that_no_record_registers_is_unchecked_offline(works: Path) -> None:
    url = "https://jamanetwork.com/journals/x/fullarticle/9999999"
    (citation,) = _citations(works, "The study found that rest helps.", url)
    assert citation.status is Status.UNCHECKED


def test_volume_and_page_of_a_journal_that_the_address_does_not_name_are_no_work(
    works: Path,
) -> None:
    assert open_works(works).by_page("https://pnas.example/content/359/6380/1146").works == ()


def test_a_number_that_two_works_claim_stands_for_neither(works: Path) -> None:
    assert open_works(works).by_page("https://x.example/123456789").works == ()


@pytest.mark.parametrize(
    "printed", ["10.5555/rest.2025.3204Journal", "10.5555/REST.2025.3204.More"]
)
def test_a_doi_glued_to_the_next_word_is_its_longest_beginning_that_exists(
    works: Path, printed: str
) -> None:
    (citation,) = _citations(works, f"DOI: {printed} information")
    assert citation.status is Status.EXACT
    assert citation.doi == Doi("10.5555/rest.2025.3204")


def test_no_beginning_is_guessed_that_would_be_another_works_doi(works: Path) -> None:
    (citation,) = _citations(works, "DOI: 10.5555/rest.2025.32041")
    assert citation.status is Status.UNCHECKED


@pytest.mark.parametrize(
    ("head", "doi"),
    [
        ('<meta name="citation_doi" content="10.5555/Rest.1">', "10.5555/rest.1"),
        ('<meta name="dc.identifier" content="doi:10.5555/rest.1">', "10.5555/rest.1"),
        ('<meta name="citation_doi" content="10.5555/a"><meta name="dc.identifier" '
         'content="doi:10.5555/b">', None),
        ("", None),
    ],
)  # fmt: skip
def test_a_page_states_its_doi_in_its_metadata_or_nobody_knows(head: str, doi: str | None) -> None:
    body = f"<html><head>{head}</head><body><p>See 10.5555/other.</p></body></html>"
    stated = doi_of_page(Fetched("https://x.example/1", body.encode(), "utf-8"))
    assert stated == (Doi(doi) if doi else None)


def test_a_story_asks_five_pages_at_most() -> None:
    budget = Budget()
    assert [budget.take() for _ in range(MOST_PAGES + 2)] == [True] * MOST_PAGES + [False] * 2


@pytest.mark.parametrize("url", ["https://doi.org/10.5555/x", "nonsense", "https://x.example/"])
def test_addresses_without_a_page_of_their_own_have_no_key(url: str) -> None:
    assert page_keys(url) == []
