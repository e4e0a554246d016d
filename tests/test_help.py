"""Every command and setting has its help, and every example in a help runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from citetrack.cli import main, run
from citetrack.cli.pages import help_pages
from citetrack.cli.saying import folded
from crossref_server import CrossrefServer
from retraction_rows import watched, write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
CONTEXT = click.Context(main, info_name="citetrack", **main.context_settings)
COMMANDS = main.list_commands(CONTEXT)
_EXAMPLE = re.compile(r"^ +(citetrack .+)$", re.MULTILINE)


def _command(name: str) -> click.Command:
    command = main.get_command(CONTEXT, name)
    assert command is not None
    return command


def _examples(name: str) -> list[str]:
    page = help_pages().split(f"## citetrack {name}\n", 1)[1].split("\n## ", 1)[0]
    if name == "retractions":  # its own commands fetch from a host that has no stand-in
        page = page.split("\n### ", 1)[0]
    return _EXAMPLE.findall(page.partition("Examples:")[2])


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does_and_what_each_option_means(name: str) -> None:
    command = _command(name)
    assert command.help
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert not [o.name for o in options if not o.help]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_fits_80_columns(name: str) -> None:
    page = help_pages().split(f"## citetrack {name}\n", 1)[1].split("\n## ", 1)[0]
    assert max(map(len, page.splitlines())) <= 80


def test_no_line_of_the_list_of_commands_is_cut() -> None:
    assert "..." not in main.get_help(CONTEXT).partition("Commands:")[2]


def test_messages_fold_at_blanks_on_a_terminal_and_nowhere_else() -> None:
    line = "citetrack: There is no file /a/very/long/path/without/blanks.txt. Check it."
    assert folded(line, None) == line
    assert max(map(len, folded(line, 40).splitlines())) <= 40
    assert "/a/very/long/path/without/blanks.txt." in folded(line, 20).split()


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    code = "from citetrack.cli.pages import help_pages; print(help_pages(), end='')"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert said.decode() in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_each_command(name: str) -> None:
    assert f"citetrack {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples name, and a tracker with a story in it."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(DATA / "back-pain.txt", folder / "story.txt")
    shutil.copy(DATA / "works.jsonl", folder / "papers.jsonl")
    shutil.copy(DATA / "stories.jsonl", folder / "stories.jsonl")
    (folder / "dois.txt").write_text("10.1126/sciadv.1700782\n10.5555/none\n", encoding="utf-8")
    write_csv(folder / "retraction_watch.csv", watched("10.5555/tea", "Retraction"))
    return folder


@pytest.fixture(scope="module")
def stand_in() -> Iterator[CrossrefServer]:
    lines = (DATA / "works.jsonl").read_text(encoding="utf-8").splitlines()
    works = [json.loads(line) for line in lines]
    with CrossrefServer() as server:
        server.load([{"published": work["issued"], **work} for work in works])
        yield server


@pytest.mark.parametrize("name", COMMANDS)
def test_each_help_has_two_examples_that_run(
    name: str,
    desk: Path,
    stand_in: CrossrefServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setenv("CITETRACK_DB", str(tmp_path / "tracker.db"))
    monkeypatch.setenv("CITETRACK_MAILTO", "desk@news.example")
    monkeypatch.setenv("CITETRACK_CROSSREF_URL", stand_in.url)
    _exit_code("citetrack check story.txt --works papers.jsonl --offline --save")
    examples = _examples(name)
    assert len(examples) >= 2
    assert {line: _exit_code(line) for line in examples} == dict.fromkeys(examples, 0)


def _exit_code(line: str) -> int:
    """Run an example as a shell would, less what it redirects; 1 (findings) is fine too."""
    words = shlex.split(line.partition(" > ")[0])[1:]
    with pytest.raises(SystemExit) as ended:
        run(words)
    code = ended.value.code
    assert isinstance(code, int)
    return 0 if code == 1 else code


def test_a_defect_is_one_sentence_and_exit_2_and_shows_where_on_demand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise KeyError("no such thing")

    monkeypatch.setattr("citetrack.checks.rules.rules", broken)
    with pytest.raises(SystemExit) as ended:
        run(["rule"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said == (
        "citetrack: KeyError: 'no such thing'. This is a defect of citetrack; please report it.\n"
    )
    monkeypatch.setenv("CITETRACK_DEBUG", "1")
    with pytest.raises(KeyError):
        run(["rule"])


def test_a_command_that_is_stopped_says_so_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "main", stopped)
    with pytest.raises(SystemExit) as ended:
        run(["status", "10.5555/x"])
    assert ended.value.code == 130
    assert capsys.readouterr().err == "citetrack: Stopped.\n"
