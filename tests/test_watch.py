"""`refresh` and `watch`: what happened to cited studies since, told once, and never lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.errors import MissingTracker
from citetrack.model import Doi
from citetrack.store import Store
from crossref_samples import TEA, WIDE
from crossref_samples import WORKS as SAMPLES
from crossref_server import CrossrefServer
from factories import NOW, make_run, make_work, report_on
from test_status import _run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTICE = next(w for w in SAMPLES if w["DOI"] == "10.5555/notice")
QUIET = [w for w in SAMPLES if w["DOI"] != "10.5555/notice"]


@pytest.fixture
def crossref_now() -> Iterator[CrossrefServer]:
    """A stand-in in which nothing has happened yet."""
    with CrossrefServer(pools=WIDE) as server:
        server.load(QUIET)
        yield server


@pytest.fixture
def env(crossref_now: CrossrefServer, tmp_path: Path) -> dict[str, str]:
    """A tracker with two stories on the paper about tea, and one on another."""
    db = tmp_path / "tracker.db"
    with Store.open(db) as store:
        for work, url in (
            (make_work(TEA.value), "https://news.example/1"),
            (make_work(TEA.value), "https://news.example/2"),
            (make_work("10.5555/a", title="Hash"), "https://news.example/3"),
        ):
            store.save(report_on(work, url=url), run=make_run())
    return {
        "CITETRACK_CROSSREF_URL": crossref_now.url,
        "CITETRACK_DB": str(db),
        "CITETRACK_MAILTO": "desk@news.example",
    }


def _watch(env: dict[str, str], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    ran = _run("watch", "--json", "--refresh", *arguments, **env)
    return ran.return_value, json.loads(ran.stdout)


def test_the_first_look_tells_nothing_and_sets_the_base_line(env: dict[str, str]) -> None:
    ran = _run("watch", **env)
    assert ran.return_value == 0
    assert ran.stdout.startswith("First look at 2 studies that stories cite")
    again = _run("watch", **env)
    assert again.return_value == 0
    assert again.stdout.startswith("Nothing changed among 2 studies that stories cite since")
    assert _run("watch", "--quiet", **env).stdout == ""


def test_the_first_look_says_how_many_are_retracted_already(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    crossref_now.load([*QUIET, NOTICE])
    ran = _run("watch", **env)
    assert " ".join(ran.stdout.split()).endswith(
        "on changes are told. 1 of them is retracted: `citetrack report retracted`."
    )
    assert "retracted:" not in _run("watch", **env).stdout


def test_a_retraction_is_told_once_with_the_stories_that_cite_the_paper(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    _watch(env)
    crossref_now.load([*QUIET, NOTICE])
    ran = _run("watch", "--refresh", **env)
    shown = " ".join(ran.stdout.split())
    assert ran.return_value == 1
    for words in (
        "1 changed among 2 studies",
        "was nothing listed now retracted",
        "retraction on 2 June 2025 (notice 10.5555/notice",
        "1 Tea slows snails, study finds",
        "2 Tea slows snails, study finds",
    ):
        assert words in shown
    assert all(len(line) <= 80 for line in ran.stdout.splitlines())
    assert _watch(env) == (0, [])


def test_the_json_of_a_change_has_what_is_new_and_the_stories(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    _watch(env)
    crossref_now.load([*QUIET, NOTICE])
    code, (change,) = _watch(env)
    assert (code, change["doi"], change["was"], change["status"]) == (
        1, TEA.value, "ok", "retracted",
    )  # fmt: skip
    assert [u["notice_doi"] for u in change["new"]] == ["10.5555/notice"]
    assert [s["article_id"] for s in change["stories"]] == [1, 2]


def test_what_could_not_be_asked_is_exit_3_and_told_by_a_later_run(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    _watch(env)
    crossref_now.load([*QUIET, NOTICE])
    crossref_now.fail("500", on="filter=updates")
    ran = _run("watch", "--refresh", "--timeout", "0.5", **env)
    assert ran.return_value == 3
    assert "2 studies not asked about (10.5555/a, 10.5555/tea)." in ran.stderr
    assert "Nobody could be asked about the 2 studies" in ran.stdout
    crossref_now.faults.clear()
    code, (change,) = _watch(env)
    assert (code, change["doi"]) == (1, TEA.value)


def test_a_study_of_a_new_story_starts_with_its_own_base_line(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    crossref_now.load([*QUIET, NOTICE])
    assert _watch(env) == (0, [])


def test_refresh_keeps_what_happened_for_reports(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    crossref_now.load([*QUIET, NOTICE])
    ran = _run("refresh", **env)
    assert ran.return_value == 0
    assert ran.stdout == "Asked again about 2 studies.\n"
    listed = json.loads(_run("report", "retracted", "--json", **env).stdout)
    assert {(r["doi"], r["work_status"], r["status_date"]) for r in listed} == {
        (TEA.value, "retracted", "2025-06-02")
    }


def test_refresh_points_to_what_is_new_and_leaves_it_to_watch_to_tell(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    _watch(env)
    crossref_now.load([*QUIET, NOTICE])
    said = "1 of them has changed since the last `citetrack watch`, which tells what is new."
    assert said in _run("refresh", **env).stdout
    assert json.loads(_run("refresh", "--json", **env).stdout)["changed"] == 1
    assert _run("watch", **env).return_value == 1
    assert "changed" not in _run("refresh", **env).stdout


def test_refresh_says_what_could_not_be_asked_and_keeps_what_was_known(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    crossref_now.fail("500")
    ran = _run("refresh", "--timeout", "0.5", **env)
    assert ran.return_value == 3
    assert "Not asked: 2." in ran.stdout
    works = json.loads(_run("report", "works", "--json", **env).stdout)
    assert {w["work_status"] for w in works} == {"ok"}


def test_refresh_works_off_the_dois_that_were_not_live(
    env: dict[str, str], crossref_now: CrossrefServer
) -> None:
    with Store.open(env["CITETRACK_DB"]) as store:
        for doi in ("10.5555/soon", "10.5555/late"):
            store.await_doi(Doi(doi), "https://news.example/1", NOW)
    crossref_now.load([*QUIET, {"DOI": "10.5555/soon", "title": ["Soon"]}])
    found = json.loads(_run("refresh", "--json", **env).stdout)
    assert (found["live"], found["not_live_yet"]) == (["10.5555/soon"], ["10.5555/late"])
    again = _run("refresh", **env).stdout
    assert "Not live yet: 10.5555/late" in again
    assert "soon" not in again


def test_without_a_tracker_there_is_nothing_to_watch(tmp_path: Path) -> None:
    for command in ("watch", "refresh"):
        ran = _run(command, CITETRACK_DB=str(tmp_path / "none.db"))
        assert isinstance(ran.exception, MissingTracker)
    assert list(tmp_path.iterdir()) == []


def test_a_tracker_without_stories_says_so(tmp_path: Path) -> None:
    Store.open(tmp_path / "tracker.db").close()
    ran = _run("watch", CITETRACK_DB=str(tmp_path / "tracker.db"))
    assert ran.stdout == "The stories kept cite no study yet.\n"


def test_many_works_are_asked_about_together(tmp_path: Path) -> None:
    dois = [f"10.5555/many.{n}" for n in range(50)]
    db = tmp_path / "tracker.db"
    with Store.open(db) as store:
        for doi in dois:
            store.save(report_on(make_work(doi), url=f"https://news.example/{doi}"), run=make_run())
    with CrossrefServer(pools=WIDE) as server:
        server.load([{"DOI": doi, "title": [doi]} for doi in dois])
        env = {
            "CITETRACK_CROSSREF_URL": server.url,
            "CITETRACK_DB": str(db),
            "CITETRACK_MAILTO": "desk@news.example",
        }
        assert _run("refresh", **env).stdout == "Asked again about 50 studies.\n"
        assert len(server.log) <= 6
        assert _run("watch", **env).return_value == 0
        asked = len(server.log)
        assert _run("watch", "--quiet", **env).stdout == ""
        assert len(server.log) == asked
