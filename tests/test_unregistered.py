"""A DOI that nobody registered: not live yet, one slip from the right one, or plainly wrong."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.config import Settings
from citetrack.identifiers.near import is_near, neighbours
from citetrack.model import Doi
from citetrack.pipeline import Checker
from citetrack.store import Store
from crossref_samples import WIDE
from retraction_rows import watched, write_csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crossref_server import CrossrefServer

pytestmark = pytest.mark.usefixtures("quick")
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
PAPER = {
    "DOI": "10.5555/snail.2026.0174",
    "type": "journal-article",
    "title": ["Tea slows garden snails in a randomized trial"],
    "author": [{"family": "Example", "given": "Ada"}],
    "container-title": ["Journal of Made-up Biology"],
    "issued": {"date-parts": [[2026, 11, 20]]},
}
STORY = (
    "Tea slows garden snails\n\nA randomized trial in the Journal of Made-up Biology says that tea"
    " slows garden snails. Lead author Ada Example said so on Monday."
)


@pytest.fixture
def checked(crossref_server: CrossrefServer, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Check the story with a DOI at its end, on a day in November 2026."""
    crossref_server.pools = WIDE
    crossref_server.load([])

    def run(
        doi: str, published: str | None = "2025-01-10", said: str = "", **settings: Any
    ) -> dict[str, Any]:
        path = tmp_path / "story.jsonl"
        story = {"text": f"{said}{STORY}\n\nDOI: {doi}\n", "url": "https://news.example/1"}
        story |= {"published": published} if published else {}
        path.write_text(json.dumps(story), encoding="utf-8")
        options = {"crossref_url": crossref_server.url, "db": tmp_path / "t.db", **settings}
        with Checker(Settings(**options), now=lambda: NOW) as checker:
            (item,) = checker.reader().read(str(path))
            return checker.check(item).to_dict()

    return run


def codes(report: dict[str, Any]) -> dict[str, str]:
    return {f["code"]: f["message"] for f in report["findings"]}


# ---------------------------------------------------------------- not live yet


@pytest.mark.parametrize(
    ("published", "said", "code"),
    [
        ("2026-11-25", "", "CT103"),
        ("2026-11-22", "", "CT103"),
        ("2026-11-28", "", "CT103"),
        ("2026-11-21", "", "CT101"),
        ("2026-11-29", "", "CT101"),
        ("2026-11", "", "CT101"),
        (None, "", "CT101"),
        (None, "EMBARGOED UNTIL 26 NOVEMBER\n\n", "CT103"),
        ("2026-12-20", "Under embargo until 20 December 2026.\n\n", "CT103"),
        (None, "Sperrfrist: 26. November\n\n", "CT103"),
        ("2025-01-10", "The oil embargo was lifted.\n\n", "CT101"),
    ],
)
def test_a_doi_of_these_days_or_under_embargo_is_not_called_unregistered(
    checked: Callable[..., dict[str, Any]], published: str | None, said: str, code: str
) -> None:
    found = codes(checked("10.5555/snail.2026.9999", published, said))
    assert {"CT101", "CT103"} & set(found) == {code}


def test_a_doi_that_is_awaited_is_a_note_and_goes_on_the_list(
    checked: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    report = checked("10.5555/Snail.2026.9999", "2026-11-25")
    (finding,) = [f for f in report["findings"] if f["code"] == "CT103"]
    assert finding["severity"] == "note"
    assert "not live yet" in finding["message"]
    with Store.open(tmp_path / "t.db") as store:
        (awaited,) = store.awaited()
        assert (awaited.doi, awaited.story) == (
            Doi("10.5555/snail.2026.9999"),
            "https://news.example/1",
        )
        assert awaited.first_asked_at == "2026-11-25T12:00:00Z"
        store.await_doi(awaited.doi, awaited.story, NOW + dt.timedelta(days=1))
        (again,) = store.awaited()
        assert (again.first_asked_at, again.asked_at) == (
            "2026-11-25T12:00:00Z",
            "2026-11-26T12:00:00Z",
        )
        store.settle_doi(awaited.doi)
        assert store.awaited() == []


def test_without_a_cache_nothing_is_put_on_the_list(
    checked: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    assert "CT103" in codes(checked("10.5555/snail.2026.9999", "2026-11-25", cache=False))
    assert not (tmp_path / "t.db").exists()


# ---------------------------------------------------------------- one slip away


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("10.1126/science.1241242", "10.1126/science.1241224", True),  # swapped
        ("10.1126/science.1241242", "10.1126/science.1241243", True),  # wrong
        ("10.1126/science.124124", "10.1126/science.1241242", True),  # lost
        ("10.1126/science.12412422", "10.1126/science.1241242", True),  # doubled
        ("10.1126/SCIENCE.1241242", "10.1126/science.1241224", True),
        ("10.1126/science.1241242", "10.1126/science.1241242", False),
        ("10.1126/science.1241242", "10.1126/science.1242124", False),
        ("10.1126/science.1241242", "10.1127/science.1241242", False),
    ],
)
def test_a_slip_is_one_character(one: str, other: str, *, near: bool) -> None:
    assert is_near(one, other) is near
    if near:
        assert other.lower() in set(neighbours(one))


@pytest.mark.parametrize("printed", ["0147", "0175", "017", "01744", "0l74"])
@pytest.mark.parametrize("where", ["crossref", "works"])
def test_the_doi_that_was_meant_is_named_when_it_fits_the_story(
    checked: Callable[..., dict[str, Any]],
    crossref_server: CrossrefServer,
    tmp_path: Path,
    printed: str,
    where: str,
) -> None:
    settings: dict[str, Any] = {}
    if where == "works":
        works = tmp_path / "works.jsonl"
        works.write_text(json.dumps(PAPER), encoding="utf-8")
        settings = {"works": (works,)}
    else:
        crossref_server.load([PAPER])
    report = checked(f"10.5555/snail.2026.{printed}", "2026-11-10", **settings)
    assert report["references"][0]["status"] == "not_found"
    assert report["references"][0]["doi"] is None
    message = codes(report)["CT101"]
    assert f"10.5555/snail.2026.{printed} is not registered. Did you mean" in message
    assert "10.5555/snail.2026.0174? It is Tea slows garden snails" in message
    assert message.endswith("and fits the story.")


def test_the_doi_that_was_meant_is_found_where_no_search_brings_it_and_asked_for_once(
    checked: Callable[..., dict[str, Any]], crossref_server: CrossrefServer
) -> None:
    """A list holds the likeliest slips of a DOI that nobody has registered."""
    crossref_server.load([PAPER])
    crossref_server.fail("500", on="query")
    report = checked("10.5555/snail.2026.0147", refresh=True)
    assert report["references"][0]["status"] == "not_found"
    assert "Did you mean 10.5555/snail.2026.0174?" in codes(report)["CT101"]
    assert report["lookups"][-1] == {
        "source": "crossref", "query": "near:10.5555/snail.2026.0147", "outcome": "found"
    }  # fmt: skip
    crossref_server.log.clear()
    assert codes(checked("10.5555/snail.2026.0147")) == codes(report)
    assert {"query.bibliographic"} >= {p for a in crossref_server.log for p in a.params} - {"rows"}


def test_slips_are_not_asked_for_before_it_is_settled_that_nobody_has_the_doi(
    checked: Callable[..., dict[str, Any]], crossref_server: CrossrefServer
) -> None:
    crossref_server.load([PAPER])
    crossref_server.fail("500", on="/agency")
    report = checked("10.5555/snail.2026.0147")
    assert report["references"][0]["status"] == "unchecked"
    assert not [a for a in crossref_server.log if "filter" in a.params]


def test_without_an_answer_on_slips_the_doi_is_as_unregistered_as_before(
    checked: Callable[..., dict[str, Any]], crossref_server: CrossrefServer
) -> None:
    crossref_server.fail("500", on="filter")
    report = checked("10.5555/snail.2026.0147")
    assert report["references"][0]["status"] == "not_found"
    assert codes(report)["CT101"] == "10.5555/snail.2026.0147 is not registered."


def test_a_near_doi_of_another_subject_is_not_named(
    checked: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    works = tmp_path / "works.jsonl"
    other = {"DOI": PAPER["DOI"], "title": ["Hearing loss in old quarrymen"],
             "author": [{"family": "Stone"}], "issued": {"date-parts": [[1988]]}}  # fmt: skip
    works.write_text(json.dumps(other), encoding="utf-8")
    message = codes(checked("10.5555/snail.2026.0147", works=(works,)))["CT101"]
    assert message == "10.5555/snail.2026.0147 is not registered."


# ---------------------------------------------------------------- what cannot be asked


def test_a_doi_with_a_comma_is_read_and_its_notices_are_honestly_not_asked_for(
    crossref_server: CrossrefServer,
) -> None:
    """What the record itself says is told; a filter cannot hold the DOI."""
    by = [{"DOI": "10.5555/n", "type": "retraction", "updated": {"date-parts": [[2026, 11, 22]]}}]
    crossref_server.load([{**PAPER, "DOI": "10.5555/snail,x1", "updated-by": by}])
    with Checker(Settings(crossref_url=crossref_server.url)) as checker:
        (work,) = checker.registry.record_of(Doi("10.5555/snail,x1")).works
        history = checker.registry.history_of(work)
    assert [u.type for u in history.updates] == ["retraction"]
    assert not history.checked
    assert history.why == (
        "Crossref's list of notices cannot be asked for a DOI with a comma. A notice that its"
        " record does not name stays unseen; the Retraction Watch data can be asked for it:"
        " citetrack retractions update."
    )


def test_the_retraction_watch_data_answer_for_a_doi_with_a_comma(
    crossref_server: CrossrefServer, tmp_path: Path
) -> None:
    crossref_server.load([{**PAPER, "DOI": "10.5555/snail,x1"}])
    path = write_csv(tmp_path / "rw.csv", watched("10.5555/other", "Retraction"))
    with Checker(Settings(crossref_url=crossref_server.url, retraction_watch=path)) as checker:
        (work,) = checker.registry.record_of(Doi("10.5555/snail,x1")).works
        history = checker.registry.history_of(work)
    assert (history.checked, history.updates) == (True, ())
    assert [asked.source for asked in history.asked] == ["retraction-watch"]
    assert history.why == "Crossref's list of notices cannot be asked for a DOI with a comma."
