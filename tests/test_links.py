"""Links to a study that lead nowhere: told when the server said so, and only then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from citetrack.config import Settings
from citetrack.model import Article, Link, Mention, PartialDate
from citetrack.pipeline import Checker
from citetrack.pipeline.links import links_to
from citetrack.report.verdict import verdict
from factories import make_reference
from local_site import HTML

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.contract import Report
    from crossref_server import CrossrefServer
    from local_site import Site

TEXT = "Tea slows snails, Ann Ray reports in the study. (doi:10.5555/tea)"
SPAN = (TEXT.index("the study"), TEXT.index(". (doi"))


@pytest.fixture
def settings(server: CrossrefServer, tmp_path: Path) -> Settings:
    return Settings(
        crossref_url=server.url,
        doi_url=server.url,
        datacite_url=server.url,
        db=tmp_path / "tracker.db",
        allow_private=True,
        timeout=0.5,
        links=True,
        mailto="desk@news.example",
    )


def _checked(settings: Settings, url: str, text: str = TEXT) -> Report:
    article = Article("x", text, links=(Link(url, *SPAN),), published=PartialDate(2025, 4, 8))
    with Checker(settings) as checker:
        return checker.examine(article)


def _dead(settings: Settings, url: str) -> list[str]:
    return [f.message for f in _checked(settings, url).findings if f.code == "CT602"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_its_server_no_longer_has_is_told(
    settings: Settings, site: Site, status: int
) -> None:
    site.pages["/old"] = (status, HTML, b"no such page")
    url = f"{site.url}/old"
    assert _dead(settings, url) == [
        f"The link to {url} leads nowhere: its server has no such page."
    ]


def test_beside_a_note_there_is_nothing_else_to_raise(settings: Settings, site: Site) -> None:
    site.pages["/there"] = (200, HTML, b"a page")
    clean = TEXT.replace("/tea)", "/a)")  # which is not retracted
    for path, said in (("there", "Nothing to raise."), ("gone", "Nothing else to raise.")):
        *_, line = verdict(_checked(settings, f"{site.url}/{path}", clean))
        assert str(line).startswith(said)


@pytest.mark.parametrize("status", [200, 401, 403, 500])
def test_a_page_that_is_there_or_that_fails_for_now_is_not(
    settings: Settings, site: Site, status: int
) -> None:
    site.pages["/page"] = (status, HTML, b"<html><p>Hello</p></html>")
    assert _dead(settings, f"{site.url}/page") == []


def test_a_server_that_cannot_be_reached_is_not(settings: Settings) -> None:
    assert _dead(settings, "http://127.0.0.1:9/page") == []


def test_what_was_found_gone_is_not_asked_again_on_the_same_day(
    settings: Settings, site: Site
) -> None:
    url = f"{site.url}/old"
    assert _dead(settings, url)
    asked = len(site.asked)
    assert _dead(settings, url)
    assert len(site.asked) == asked


def test_without_links_and_offline_nothing_is_opened(settings: Settings, site: Site) -> None:
    from dataclasses import replace

    url = f"{site.url}/old"
    assert _dead(replace(settings, links=False), url) == []
    assert _dead(replace(settings, offline=True), url) == []
    assert site.asked == []


def test_the_links_of_a_study_are_those_at_its_mentions() -> None:
    mentions = (
        Mention("author", "Ann Ray", 0, 3),
        Mention("link", "https://journal.example/1", 10, 19),
    )
    links = (
        Link("https://journal.example/1", 10, 19),
        Link("https://shop.example/", 30, 40),
        Link("mailto:ray@uni.example", 0, 3),
    )
    article = Article("x", "…", links=links)
    reference = make_reference(mentions)
    assert links_to(reference, article) == ("https://journal.example/1",)
    assert json.dumps(links_to(make_reference(()), article)) == "[]"
