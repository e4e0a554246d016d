"""What leaves the machine, what stays, and what `--dry-run` says of it: held against a real log."""

from __future__ import annotations

import json
import re
import socket
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus, urlsplit

import pytest

from citetrack.text import words
from test_help import DATA
from test_status import _run

if TYPE_CHECKING:
    from pathlib import Path

    from crossref_server import CrossrefServer

#: Stories that print neither a DOI nor the paper's title: nothing of a text may match by chance.
STORIES = [DATA / "alzheimers-drug.txt", DATA / "measles-doubts.txt", DATA / "black-hole.md"]
BACK_PAIN = DATA / "back-pain.txt"
#: "New England Journal of Medicine" has five words; a run of six is a piece of a sentence.
_RUN = 6


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1)}


@pytest.fixture
def env(server: CrossrefServer, tmp_path: Path) -> dict[str, str]:
    return {
        "CITETRACK_CROSSREF_URL": server.url,
        "CITETRACK_DB": str(tmp_path / "tracker.db"),
        "CITETRACK_MAILTO": "desk@news.example",
    }


def _sent(server: CrossrefServer) -> list[str]:
    """Return the words of every search; what else is asked holds a DOI alone."""
    searches = [a.params["query.bibliographic"] for a in server.log if "query" in a.path]
    for asked in server.log:
        path, _, query = unquote_plus(asked.path).partition("?")
        assert re.fullmatch(r"/works(/10\.\S+)?", path), path
        assert "query" in query or not set(asked.params) - {"filter", "rows", "mailto"}
    return searches


@pytest.mark.parametrize("story", STORIES, ids=lambda p: p.name)
def test_no_sentence_of_a_story_leaves_the_machine(
    story: Path, server: CrossrefServer, env: dict[str, str]
) -> None:
    _run("check", str(story), "--save", **env)
    searches = _sent(server)
    assert searches
    said = _runs(story.read_text(encoding="utf-8"))
    for search in searches:
        assert not said & _runs(search)


def test_the_user_agent_names_the_program_and_the_address_and_nothing_else(
    server: CrossrefServer, env: dict[str, str]
) -> None:
    _run("check", str(BACK_PAIN), **env)
    for asked in server.log:
        rest = re.sub(r"[\w.-]+/[\d.]+|\(mailto:desk@news\.example\)|[; ]", "", asked.agent)
        assert rest == "", asked.agent


def test_a_search_holds_names_journal_year_and_twenty_words_with_ten_technical_ones(
    server: CrossrefServer, env: dict[str, str]
) -> None:
    _run("check", str(DATA / "alzheimers-drug.txt"), **env)
    (search,) = [a.params["query.bibliographic"] for a in server.log if "query" in a.path]
    own = search.partition("2022 ")[2].split()
    assert len(own) <= 30
    assert own[:20] == sorted(own[:20])
    assert own[20:] == sorted(own[20:])
    assert search.startswith("Christopher van Dyck New England Journal of Medicine 2022 ")


# ---------------------------------------------------------------- --dry-run


def _dry(*arguments: str, **env: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        _run("check", "--dry-run", "--json", *arguments, **env).stdout
    )
    return found


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_socket")
def test_a_dry_run_opens_no_socket_and_keeps_nothing(tmp_path: Path, env: dict[str, str]) -> None:
    for story in (*STORIES, BACK_PAIN, DATA / "plastics.html"):
        assert _run("check", str(story), "--dry-run", "-v", "--save", **env).return_value == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_socket")
def test_offline_no_command_opens_a_socket(tmp_path: Path, env: dict[str, str]) -> None:
    doi, stories = "10.1001/jamanetworkopen.2025.3204", [str(p) for p in (*STORIES, BACK_PAIN)]
    works = ("--works", str(DATA / "works.jsonl"))
    link = tmp_path / "link.html"
    link.write_text('<p>A study, <a href="https://publisher.example/x">here</a>.</p>', "utf-8")
    assert _run("check", str(BACK_PAIN), *works, "--save", "--offline", **env).return_value == 0
    for command in (
        ("check", *stories, str(link), "--links"),
        ("check", "https://news.example/story"),
        ("find", "tea", "snails"),
        ("status", doi, "10.5555/x"),
        ("versions", doi, "--search"),
        ("cite", doi),
        ("refresh",),
        ("watch",),
    ):
        assert _run(*command, "--offline", **env).return_value == 3, command


@pytest.mark.parametrize("story", [*STORIES, BACK_PAIN], ids=lambda p: p.name)
def test_a_dry_run_prints_the_very_addresses_that_a_check_asks(
    story: Path, server: CrossrefServer, env: dict[str, str]
) -> None:
    (told,) = _dry(str(story), **env)
    asked = {q["address"] for q in told["questions"]}
    assert asked
    _run("check", str(story), **env)
    at_server = {_plain(f"{server.url}{a.path}") for a in server.log}
    assert {_plain(address) for address in asked if address.startswith(server.url)} <= at_server


def _plain(address: str) -> tuple[str, frozenset[str]]:
    parts = urlsplit(address)
    query = frozenset(p for p in unquote_plus(parts.query).split("&") if "mailto=" not in p)
    return unquote_plus(parts.path), query


def test_a_dry_run_is_words_for_people_with_the_addresses_on_demand(env: dict[str, str]) -> None:
    short = _run("check", str(BACK_PAIN), "--dry-run", **env).stdout
    assert "Crossref  the record of 10.1001/jamanetworkopen.2025.3204" in short
    assert "docs/privacy.md" in short
    assert "/works/" not in short
    assert all(len(line) <= 80 for line in short.splitlines())
    assert "/works/10.1001%2F" in _run("check", str(BACK_PAIN), "--dry-run", "-v", **env).stdout


def test_a_dry_run_asks_for_nothing_that_is_at_hand(env: dict[str, str]) -> None:
    works = str(DATA / "works.jsonl")
    (told,) = _dry(str(BACK_PAIN), "--works", works, **env)
    assert [q["asks"] for q in told["questions"]] == [
        "notices about 10.1001/jamanetworkopen.2025.3204"
    ]


@pytest.mark.usefixtures("no_socket")
def test_a_dry_run_names_the_page_that_would_be_fetched_and_what_is_unreadable() -> None:
    ran = _run("check", "--dry-run", "https://news.example/story", "nowhere.txt")
    assert ran.return_value == 2
    assert "the story itself" in ran.stdout
    assert "There is no file nowhere.txt" in ran.stderr
    assert _run("check", "--dry-run", "http://127.0.0.1/x").return_value == 2


# ---------------------------------------------------------------- what is kept


def test_without_save_the_tracker_holds_answers_and_search_words_and_no_story(
    env: dict[str, str],
) -> None:
    from pathlib import Path

    story = DATA / "alzheimers-drug.txt"
    _run("check", str(story), **env)
    kept = b"".join(p.read_bytes() for p in Path(env["CITETRACK_DB"]).parent.iterdir())
    text = story.read_text(encoding="utf-8")
    for one, other in pairwise(text.split("\n\n")):
        assert one.encode() not in kept
        assert other[:60].encode() not in kept


def test_no_cache_leaves_no_file_and_changes_none(
    env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    doi = "10.5555/tea"
    commands = [("status", doi), ("versions", doi, "--search"), ("cite", doi), ("find", "tea")]
    for command in (("check", str(BACK_PAIN)), *commands):
        _run(*command, "--no-cache", **env)
        assert list(tmp_path.rglob("*")) == []
    _run("check", str(BACK_PAIN), **env)
    before = _files(tmp_path)
    assert set(before) == {"tracker.db", "CACHE/citetrack/limits/requests.db"}
    for command in (("check", str(DATA / "alzheimers-drug.txt")), *commands):
        _run(*command, "--no-cache", **env)
        assert _files(tmp_path) == before


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
