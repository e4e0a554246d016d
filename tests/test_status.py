"""`status` and `versions` as a user runs them against a real server: never clean when not asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from citetrack.cli import main
from crossref_samples import TEA, UNKNOWN, WIDE
from crossref_server import CrossrefServer
from test_help import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKS = str(DATA / "works.jsonl")
RETRACTED, BACK_PAIN = "10.1016/s0140-6736(20)31180-6", "10.1001/jamanetworkopen.2025.3204"


def _run(*arguments: str, stdin: str = "", **env: str) -> Result:
    """Run a command; every service is off but what `env` names."""
    nowhere = "http://127.0.0.1:9"
    names = ("CROSSREF", "DATACITE", "DOI", "PMC")
    closed = {f"CITETRACK_{name}_URL": nowhere for name in names}
    return CliRunner().invoke(
        main,
        list(arguments),
        input=stdin,
        standalone_mode=False,
        env={**closed, "COLUMNS": "80", **env},
    )


@pytest.fixture
def asked(server: CrossrefServer, tmp_path: Path) -> dict[str, str]:
    """The environment of a run that asks the stand-in."""
    return {
        "CITETRACK_CROSSREF_URL": server.url,
        "CITETRACK_DB": str(tmp_path / "tracker.db"),
        "CITETRACK_MAILTO": "desk@news.example",
    }


def _status(*dois: str, **env: str) -> list[dict[str, Any]]:
    ran = _run("status", "--json", *dois, **env)
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def test_a_retraction_shows_status_date_notice_source_and_who_was_asked(
    asked: dict[str, str],
) -> None:
    ran = _run("status", f"doi:{TEA.value.upper()}", **asked)
    shown = " ".join(ran.stdout.split())
    assert ran.return_value == 1
    for words in (
        "10.5555/tea retracted",
        "Tea slows snails: a randomized trial, by Ray and Moe",
        "retraction on 2 June 2025 (notice 10.5555/notice, told by the publisher)",
        "asked Crossref, today",
    ):
        assert words in shown
    assert all(len(line) <= 80 for line in ran.stdout.splitlines())
    assert "\x1b" not in ran.stdout


def test_the_json_has_the_deciding_update_all_updates_and_who_was_asked(
    asked: dict[str, str],
) -> None:
    (known,) = _status(TEA.value, **asked)
    assert (known["status"], known["date"], known["notice_doi"], known["source"]) == (
        "retracted", "2025-06-02", "10.5555/notice", "publisher",
    )  # fmt: skip
    assert [a["source"] for a in known["asked"]] == ["crossref"]
    assert known["asked"][0]["at"]


def test_nothing_listed_is_said_only_where_somebody_was_asked(asked: dict[str, str]) -> None:
    ran = _run("status", "10.5555/a", **asked)
    assert ran.return_value == 0
    assert "nothing listed" in ran.stdout
    offline = _run("status", BACK_PAIN, "--works", WORKS, "--offline", "--no-cache")
    assert offline.return_value == 3
    assert "not checked" in offline.stdout
    assert "nothing listed" not in offline.stdout


def test_offline_a_retraction_in_the_record_at_hand_is_told() -> None:
    ran = _run("status", RETRACTED, "--works", WORKS, "--offline", "--no-cache")
    assert ran.return_value == 1
    shown = " ".join(ran.stdout.split())
    assert "retraction on 5 June 2020 (notice 10.1016/s0140-6736(20)31324-6" in shown
    assert "nobody: only the record at hand was read" in shown


def test_a_mistyped_doi_is_not_registered_and_exit_1(asked: dict[str, str]) -> None:
    (known,) = _status(UNKNOWN.value, **asked)
    assert known["status"] == "not-registered"
    ran = _run("status", UNKNOWN.value, **asked)
    assert ran.return_value == 1
    assert "not registered" in ran.stdout
    assert "Check its digits" in ran.stdout


def test_a_doi_of_an_agency_that_is_not_read_is_not_checked_and_the_agency_named(
    asked: dict[str, str],
) -> None:
    ran = _run("status", "10.3205/cpo001", **asked)
    assert ran.return_value == 3
    assert "not checked" in ran.stdout
    assert "mEDRA" in ran.stdout


@pytest.mark.parametrize("fault", ["500", "not-json", "wrong-record", "truncated"])
@pytest.mark.parametrize("on", ["", "filter=updates"], ids=["everything", "notices"])
def test_under_a_fault_nothing_is_called_clean_and_nothing_unregistered(
    server: CrossrefServer, asked: dict[str, str], fault: str, on: str
) -> None:
    server.fail(fault, on=on)
    ran = _run("status", "--json", "10.5555/a", "--timeout", "0.5", **asked)
    (known,) = json.loads(ran.stdout)
    assert (known["status"], ran.return_value) == ("unknown", 3)
    assert known["why"]


def test_one_bad_doi_does_not_touch_the_others(
    server: CrossrefServer, asked: dict[str, str]
) -> None:
    server.fail("500", on="/works/10.5555/a")
    found = _status("10.5555/a", TEA.value, UNKNOWN.value, **asked)
    assert [k["status"] for k in found] == ["unknown", "retracted", "not-registered"]


@pytest.mark.parametrize("listed", [True, False], ids=["aliases-listed", "not-listed"])
@pytest.mark.parametrize("doi", ["10.5555/old-milk", "10.5555/milk"])
def test_a_notice_about_an_older_doi_of_the_paper_is_found(
    server: CrossrefServer, asked: dict[str, str], doi: str, *, listed: bool
) -> None:
    """A notice names the DOI of its day; without a list, by the older DOI at least."""
    entry = {"DOI": "10.5555/old-milk", "type": "retraction", "source": "publisher"}
    paper = {"DOI": "10.5555/milk", "title": ["Milk"], "aliases": ["10.5555/old-milk"]}
    notice = {"DOI": "10.5555/notice-of-milk", "title": ["Notice"], "update-to": [entry]}
    server.load([paper, notice])
    server.hides_aliases = not listed
    (known,) = _status(doi, **asked)
    found = listed or doi != "10.5555/milk"
    assert known["status"] == ("retracted" if found else "ok")
    server.fail("500", on="updates:10.5555/old-milk")
    (unasked,) = _status(doi, "--refresh", **asked)
    assert unasked["status"] == ("unknown" if found else "ok")


def test_a_second_run_asks_nothing(server: CrossrefServer, asked: dict[str, str]) -> None:
    first = _status(TEA.value, "10.5555/a", **asked)
    before = len(server.log)
    again = _status(TEA.value, "10.5555/a", **asked)
    assert len(server.log) == before
    assert [k["status"] for k in again] == [k["status"] for k in first]


def test_a_list_on_standard_input_comes_out_a_line_each_in_order(asked: dict[str, str]) -> None:
    ran = _run("status", "-", "--nl", stdin=f"10.5555/a\n{TEA.value}\n", **asked)
    assert [json.loads(line)["doi"] for line in ran.stdout.splitlines()] == [
        "10.5555/a",
        TEA.value,
    ]


def test_a_notice_is_called_a_notice(asked: dict[str, str]) -> None:
    (known,) = _status("10.5555/notice", **asked)
    assert known["is_notice"]
    assert "notice about another paper: 10.5555/tea" in " ".join(
        _run("status", "10.5555/notice", **asked).stdout.split()
    )


# ---------------------------------------------------------------- versions

PREPRINT = {
    "DOI": "10.5555/pre.1",
    "title": ["Tea slows snails: a randomized trial"],
    "author": [{"family": "Ray", "given": "Ann"}, {"family": "Moe", "given": "Bo"}],
    "type": "posted-content",
    "subtype": "preprint",
    "posted": {"date-parts": [[2024, 12, 1]]},
    "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/TEA"}]},
}


@pytest.fixture
def versioned(asked: dict[str, str]) -> Iterator[dict[str, str]]:
    from crossref_samples import WORKS as SAMPLES

    with CrossrefServer(pools=WIDE) as server:
        server.load([*SAMPLES, PREPRINT])
        yield {**asked, "CITETRACK_CROSSREF_URL": server.url}


def test_the_article_of_a_preprint_is_named_with_what_became_of_it(
    versioned: dict[str, str],
) -> None:
    ran = _run("versions", "10.5555/pre.1", **versioned)
    shown = " ".join(ran.stdout.split())
    assert ran.return_value == 0
    assert "article 10.5555/tea: Tea slows snails: a randomized trial, by Ray and Moe" in shown
    assert "named in the record (is-preprint-of)" in shown
    assert "retraction on 2 June 2025" in shown
    (found,) = json.loads(_run("versions", "10.5555/pre.1", "--json", **versioned).stdout)
    assert [(v["doi"], v["kind"]) for v in found["versions"]] == [("10.5555/tea", "article")]


def test_no_version_named_is_no_proof_that_there_is_none(versioned: dict[str, str]) -> None:
    ran = _run("versions", "10.5555/a", **versioned)
    assert ran.return_value == 0
    assert "The record names no other version" in ran.stdout
    assert "--search" in ran.stdout


def test_versions_of_a_doi_without_a_record_say_why(asked: dict[str, str]) -> None:
    ran = _run("versions", UNKNOWN.value, **asked)
    assert (ran.return_value, ran.stdout) == (1, "")
    assert "is not registered" in ran.stderr
    assert _run("versions", BACK_PAIN, "--offline", "--no-cache").return_value == 3
