"""Settings: a flag before a variable before config.toml before the default, and all are told."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.cli.settings import SETTINGS, config_path, table
from citetrack.errors import ConfigError
from test_help import DATA, ROOT
from test_status import _run

if TYPE_CHECKING:
    from pathlib import Path

WORKS = DATA / "works.jsonl"
STORY = DATA / "back-pain.txt"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config.toml of a user who has set little else."""
    path = tmp_path / "config.toml"
    path.write_text("", "utf-8")
    monkeypatch.setenv("CITETRACK_CONFIG", str(path))
    for setting in SETTINGS:
        if setting.variable:
            monkeypatch.delenv(setting.variable, raising=False)
    return path


def _settings(**env: str) -> dict[str, tuple[Any, str]]:
    services = {f"CITETRACK_{name}_URL": "" for name in ("CROSSREF", "DATACITE", "DOI", "PMC")}
    rows = json.loads(_run("config", "--json", **{**services, **env}).stdout)
    return {row["name"]: (row["value"], row["source"]) for row in rows}


def test_each_value_is_shown_with_where_it_came_from(file: Path) -> None:
    file.write_text('mailto = "desk@news.example"\ntimeout = 5\n', "utf-8")
    found = _settings(CITETRACK_DB="/tmp/x.db")
    assert found["mailto"] == ("desk@news.example", "config.toml")
    assert found["timeout"] == (5, "config.toml")
    assert found["db"] == ("/tmp/x.db", "CITETRACK_DB")
    assert found["doi-url"] == ("https://doi.org", "default")
    assert _settings(CITETRACK_MAILTO="a@b.example")["mailto"] == (
        "a@b.example",
        "CITETRACK_MAILTO",
    )


def test_the_table_for_people_fits_80_columns_and_names_the_file(file: Path) -> None:
    shown = _run("config").stdout
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert str(file) in shown.replace("\n", "")


def test_a_command_obeys_config_toml_and_a_flag_goes_before_it(file: Path) -> None:
    file.write_text('works = ["works.jsonl"]\nfail-on = "never"\n', "utf-8")
    (file.parent / "works.jsonl").write_bytes(WORKS.read_bytes())
    retracted = str(DATA / "measles-doubts.txt")
    arguments = ("check", retracted, "--offline", "--no-cache")
    ran = _run(*arguments)
    assert ran.return_value == 0
    assert "CT201" in ran.stdout
    assert _run(*arguments, "--fail-on", "error").return_value == 1


def test_the_tracker_may_be_named_there_for_every_command(file: Path) -> None:
    file.write_text('db = "news.db"\n', "utf-8")
    assert _run("path").stdout == f"{file.parent / 'news.db'}\n"
    report = _run("report").exception
    assert "news.db" in str(report)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mialto = 'x'", "mialto is no setting. They are: db, works, mailto"),
        ("mailto = 1", "mailto must be a string"),
        ("timeout = 'long'", "timeout must be a number"),
        ("timeout = true", "timeout must be a number"),
        ("timeout = 0", "timeout must be more than 0"),
        ("fail-on = 'sometimes'", "fail-on must be one of error, warning, never"),
        ("works = [1]", "works must be a list of strings"),
        ("mailto = ", "is no TOML"),
    ],
)
def test_a_slip_in_config_toml_is_one_sentence_that_names_the_file(
    file: Path, text: str, words: str
) -> None:
    file.write_text(text, "utf-8")
    error = _run("path").exception
    assert isinstance(error, ConfigError)
    assert str(file) in str(error)
    assert words in str(error)


def test_a_file_that_is_named_and_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITETRACK_CONFIG", "/nowhere/config.toml")
    assert "There is no file /nowhere/config.toml" in str(_run("path").exception)


def test_without_a_file_nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CITETRACK_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = config_path()
    assert path is not None
    assert not path.exists()
    assert _run("path").exception is None


def test_the_page_of_settings_is_what_the_settings_say() -> None:
    assert table() in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_every_variable_that_the_code_reads_is_on_that_page() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    used = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"CITETRACK_[A-Z_]+[A-Z]", path.read_text(encoding="utf-8"))
    }
    assert used
    assert not [name for name in used if f"`{name}`" not in page]
