"""Where somebody who was to be asked what became of a paper stays silent, nothing looks fine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from citetrack.cli import main
from citetrack.store import Store
from crossref_samples import TEA, WIDE, WORKS
from factories import make_run, make_work, report_on
from retraction_rows import watched, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from crossref_server import CrossrefServer

pytestmark = pytest.mark.usefixtures("quick")
STORY = "Tea and snails\n\nA study of snails by Ann Ray says so.\n\nDOI: 10.5555/tea\n"
#: A paper about which Crossref lists nothing.
QUIET = [w for w in WORKS if w["DOI"] != "10.5555/notice"]


@pytest.fixture
def silent(crossref_server: CrossrefServer) -> CrossrefServer:
    """A stand-in that gives records, and no list of notices."""
    crossref_server.load(QUIET)
    crossref_server.pools = WIDE
    crossref_server.fail("504", on="filter")
    return crossref_server


def run(server: CrossrefServer, tmp_path: Path, command: str, *more: str) -> Result:
    path = write_csv(tmp_path / "rw.csv", watched("10.5555/other", "Retraction"))
    options = ["--crossref-url", server.url, "--mailto", "desk@news.example"]
    options += ["--db", str(tmp_path / "t.db"), *more]
    if "watched" in more:
        options[options.index("watched") :] = ["--retraction-watch", str(path)]
    return CliRunner().invoke(main, [*command.split(), *options], standalone_mode=False)


@pytest.mark.parametrize(
    ("more", "left"),
    [((), "retractions and corrections."), (("watched",), "part of what became of the paper")],
    ids=["alone", "beside-retraction-watch"],
)
def test_a_card_says_who_stayed_silent_and_does_not_look_fine(
    silent: CrossrefServer, tmp_path: Path, more: tuple[str, ...], left: str
) -> None:
    (tmp_path / "s.txt").write_text(STORY, "utf-8")
    ran = run(silent, tmp_path, f"check {tmp_path / 's.txt'}", *more)
    shown = " ".join(ran.stdout.split())
    assert ran.return_value == 3
    assert "reports a fault of its own (504)." in shown
    assert "Not everything could be checked." in shown
    assert "Nothing" not in shown
    assert f"Not checked: {left}" in shown


def test_the_finding_is_ct901_and_what_answered_counts(
    silent: CrossrefServer, tmp_path: Path
) -> None:
    (tmp_path / "s.txt").write_text(STORY, "utf-8")
    ran = run(silent, tmp_path, f"check --json {tmp_path / 's.txt'}", "watched")
    (story,) = json.loads(ran.stdout)
    assert [f["code"] for f in story["findings"]] == ["CT901", "CT902"]
    assert story["references"][0]["updates_checked"] is True


@pytest.mark.parametrize("more", [(), ("watched",)], ids=["alone", "beside-retraction-watch"])
@pytest.mark.parametrize("command", ["status 10.5555/tea", "cite 10.5555/tea", "watch", "refresh"])
def test_every_command_exits_with_3(
    silent: CrossrefServer, tmp_path: Path, command: str, more: tuple[str, ...]
) -> None:
    with Store.open(tmp_path / "t.db") as store:
        store.save(report_on(make_work(TEA.value), url="https://news.example/1"), run=make_run())
    ran = run(silent, tmp_path, command, *more)
    assert ran.return_value == 3
    assert "(504)" in f"{ran.stdout}{ran.stderr}".replace("\n", " ")
    silent.faults.clear()
    assert run(silent, tmp_path, command, *more).return_value == 0


def test_a_study_left_open_while_a_source_stayed_silent_is_exit_3_and_not_fine(
    silent: CrossrefServer, tmp_path: Path
) -> None:
    other = {"DOI": "10.5555/other", "title": ["Bees"], "author": [{"family": "Ioannidis"}]}
    (tmp_path / "w.jsonl").write_text(json.dumps(other), "utf-8")
    told = "A study by Olga Petrenko in the journal Gut found it (doi 10.5555/other)."
    (tmp_path / "s.txt").write_text(f"Coffee\n\n{told}\n", "utf-8")
    silent.fail("504")
    local = ("--works", str(tmp_path / "w.jsonl"), "--fail-on", "never", "--json")
    ran = run(silent, tmp_path, f"check {tmp_path / 's.txt'}", *local)
    (story,) = json.loads(ran.stdout)
    assert (story["references"][0]["status"], ran.return_value) == ("different", 3)
    assert "CT901" in [f["code"] for f in story["findings"]]


def test_a_study_asked_about_in_part_is_not_told_as_not_asked_about(
    silent: CrossrefServer, tmp_path: Path
) -> None:
    with Store.open(tmp_path / "t.db") as store:
        store.save(report_on(make_work(TEA.value), url="https://news.example/1"), run=make_run())
    ran = run(silent, tmp_path, "refresh", "watched")
    said = "Asked again about 1 study.\nNot every source answered for 1 of them.\n"
    assert ran.stdout == said
    shown = " ".join(run(silent, tmp_path, "watch", "watched").stdout.split())
    assert "Not every source answered for 1 study." in shown
    assert "Nobody" not in shown


def test_offline_what_was_left_unasked_is_said_and_sets_no_3(
    silent: CrossrefServer, tmp_path: Path
) -> None:
    (tmp_path / "s.txt").write_text(STORY, "utf-8")
    (tmp_path / "w.jsonl").write_text(json.dumps(QUIET[0]), "utf-8")
    local = ("--works", str(tmp_path / "w.jsonl"), "--offline")
    ran = run(silent, tmp_path, f"check {tmp_path / 's.txt'}", *local)
    assert ran.return_value == 0
    assert "Not everything could be checked." in " ".join(ran.stdout.split())
    assert silent.log == []
