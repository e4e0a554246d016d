from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from citetrack.cli.path import path as path_command
from citetrack.cli.report import NAMES
from citetrack.cli.report import report as report_command
from citetrack.cli.settings import default_db
from citetrack.cli.show import show as show_command
from citetrack.errors import CitetrackError, InputError, MissingTracker, UnwritableTracker
from citetrack.model import Status
from citetrack.queries import REPORTS, report_query, report_rows
from citetrack.store import Store
from factories import (
    NOW,
    make_article,
    make_claim,
    make_report,
    make_retraction,
    make_run,
    make_suggestions,
    make_work,
    report_on,
)

if TYPE_CHECKING:
    from pathlib import Path

    import click

STEERING = "\x1b[31mred\x9b1m\u202e\x07"
RETRACTED = "10.5555/gone"


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    path = tmp_path / "tracker.db"
    gone = make_work(RETRACTED, title=f"A [bold]lost[/bold] study{STEERING}",
                     updates=(make_retraction(),))  # fmt: skip
    unsure = make_suggestions(
        Status.AMBIGUOUS, make_work("10.5555/a"), make_work("10.5555/b"), why="two works fit"
    )
    with Store.open(path) as store:
        for report in (
            make_report(),
            report_on(gone, url="https://other.example/1", title="[red]Story[/red]", id="s-17"),
            make_report(
                article=make_article(url="https://other.example/2", title="Unsure"),
                citations=(unsure,),
                claims=(),
            ),
        ):
            store.save(report, run=make_run())
        store.decide(make_article().canonical_url, make_work().doi, "accept", by="me", at=NOW)
    return path


def run(command: click.Command, *args: object, **settings: Any) -> Any:
    result = CliRunner().invoke(command, [str(a) for a in args], **settings)
    if isinstance(result.exception, CitetrackError):
        raise result.exception
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def shown(command: click.Command, *args: object) -> str:
    """Return what is shown, with the lines joined, since tables break them."""
    return " ".join(str(run(command, *args).stdout).split())


def rows(tracker: Path, name: str) -> list[dict[str, Any]]:
    with Store.open(tracker, readonly=True) as store:
        return list(report_rows(store.db, name))


# ---------------------------------------------------------------- reports


def test_every_report_has_a_command() -> None:
    assert tuple(q.name for q in REPORTS) == NAMES


@pytest.mark.parametrize(
    ("name", "column", "expected"),
    [
        ("citations", "doi", ["10.5555/tea.2025.1", RETRACTED]),
        ("works", "doi", [RETRACTED, "10.5555/tea.2025.1"]),
        ("outlets", "domain", ["other.example", "news.example"]),
        ("retracted", "doi", [RETRACTED]),
        ("unresolved", "status", ["ambiguous"]),
        ("stories", "article_id", [1, 2, 3]),
        ("stories", "linked_count", [1, 1, 0]),
    ],
)
def test_a_report_lists_what_its_name_says(
    tracker: Path, name: str, column: str, expected: list[str]
) -> None:
    assert [row[column] for row in rows(tracker, name)] == expected


def test_a_story_without_a_study_is_listed_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with Store.open(path) as store:
        store.save(make_report(citations=(), claims=(), findings=()), run=make_run())
    (row,) = rows(path, "stories")
    assert (row["article_id"], row["reference_count"], row["linked_count"]) == (1, 0, 0)
    with pytest.raises(InputError, match="citetrack report stories"):
        run(show_command, "99", "--db", path)


def test_outlets_are_counted(tracker: Path) -> None:
    other = rows(tracker, "outlets")[0]
    counted = [other[f"{x}_count"] for x in ("story", "reference", "linked", "retracted")]
    assert counted == [2, 2, 1, 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_a_table_of_80_columns_without_escapes(tracker: Path, name: str) -> None:
    result = run(report_command, name, "--db", tracker)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert not set(result.stdout) & set("\x1b\x9b\x07\u202e")


def test_which_stories_cite_which_studies_is_what_is_listed_first(tracker: Path) -> None:
    text = shown(report_command, "--db", tracker)
    assert "10.5555/tea.2025.1" in text
    assert "certain" in text
    assert "accepted" in text
    assert "retracted" in text
    assert "1 June 2025" in text
    assert not re.search(r"\d{4}-\d\d", text)


def test_markup_is_shown_and_not_obeyed(tracker: Path) -> None:
    text = shown(report_command, "retracted", "--db", tracker)
    assert "[red]Story[/red]" in text
    assert "[bold]lost[/bold]" in text


@pytest.mark.parametrize("name", NAMES)
def test_machines_get_each_row_on_one_line(tracker: Path, name: str) -> None:
    expected = list(report_query(name).columns)
    lines = run(report_command, name, "--nl", "--db", tracker).stdout.splitlines()
    array = json.loads(run(report_command, name, "--json", "--db", tracker).stdout)
    assert [json.loads(line) for line in lines] == array
    assert list(array[0]) == expected
    for option, delimiter in (("--csv", ","), ("--tsv", "\t")):
        text = run(report_command, name, option, "--db", tracker).stdout
        table = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
        assert len(table) == len(array)
        assert list(table[0]) == expected
        assert not set(text) & set("\x1b\x9b\x07\u202e")


def test_a_tracker_without_stories_has_nothing_to_list(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    Store.open(path).close()
    result = run(report_command, "--db", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to list" in result.stderr
    assert json.loads(run(report_command, "--json", "--db", path).stdout) == []


@pytest.mark.parametrize(
    ("command", "args"), [(report_command, []), (show_command, ["1"])], ids=["report", "show"]
)
def test_without_a_tracker_the_way_to_make_one_is_said(
    tmp_path: Path, command: click.Command, args: list[str]
) -> None:
    with pytest.raises(MissingTracker, match="citetrack check STORY --save"):
        run(command, *args, "--db", tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_showing_leaves_the_tracker_as_it_was(tracker: Path) -> None:
    before = tracker.read_bytes()
    run(report_command, "--db", tracker)
    run(show_command, "1", "--db", tracker)
    assert tracker.read_bytes() == before
    assert [p.name for p in tracker.parent.iterdir()] == ["tracker.db"]


# ---------------------------------------------------------------- one story


@pytest.mark.parametrize(
    ("name", "title"),
    [
        pytest.param("1", "Tea slows snails, study finds", id="number"),
        pytest.param("https://other.example/2", "Unsure", id="address"),
        pytest.param("s-17", "[red]Story[/red]", id="own-id"),
        pytest.param("s-1", "[red]Story[/red]", id="beginning-of-own-id"),
        pytest.param("https://news", "Tea slows snails, study finds", id="beginning-of-address"),
    ],
)
def test_a_story_is_shown_by_any_of_its_names(tracker: Path, name: str, title: str) -> None:
    detail = json.loads(run(show_command, name, "--json", "--db", tracker).stdout)
    assert detail["article"]["title"] == title


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("https://other", "2 stories begin with", id="several"),
        pytest.param("nothing", "no story called nothing", id="none"),
        pytest.param("", "no story called", id="empty"),
        pytest.param("99", "no story called 99", id="number"),
        pytest.param("\x1b[31mx", r"called  \[31mx", id="steering"),
        pytest.param("10.5555/unknown", "no story that cites 10.5555/unknown", id="doi"),
    ],
)
def test_a_name_that_is_not_one_storys_is_refused(tracker: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(show_command, name, "--db", tracker)


def test_a_story_is_kept_in_the_words_of_the_contract(tracker: Path) -> None:
    kept = json.loads(run(show_command, "1", "--json", "--db", tracker).stdout)
    told = json.loads(json.dumps(make_report().to_dict()))
    for m in kept["mentions"]:
        assert kept["article"]["text"][m["start"] : m["end"]] == m["quote"]
    assert kept["mentions"] == told["mentions"]
    assert kept["claims"] == told["claims"]
    assert kept["findings"] == told["findings"]
    (reference,), (expected,) = kept["references"], told["references"]
    expected["candidates"] = [
        {k: v for k, v in c.items() if k != "reasons"} for c in expected["candidates"]
    ]
    assert {k: reference[k] for k in expected} == expected
    assert {k: v for k, v in kept["article"].items() if k in told["article"]} == told["article"]


def test_a_suggestion_is_not_given_as_the_doi(tracker: Path) -> None:
    (reference,) = json.loads(
        run(show_command, "https://other.example/2", "--json", "--db", tracker).stdout
    )["references"]
    assert (reference["status"], reference["doi"], reference["work"]) == ("ambiguous", None, None)
    assert [c["doi"] for c in reference["candidates"]] == ["10.5555/a", "10.5555/b"]


def test_a_story_is_shown_with_its_reasons_and_marks(tracker: Path) -> None:
    text = shown(show_command, "1", "--db", tracker)
    assert "certain" in text
    assert "(0.98)" not in text
    assert "why journal: Journal of Made-up Biology" in text
    assert "differs date: story: March 2025 | record: 7 April 2025" in text
    assert "«Ada Example»[1]" in text
    assert make_claim().quote in text
    assert "10.5555/tea.2025.1 accepted by me" in text


def test_a_sentence_without_an_abstract_to_compare_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with Store.open(path) as store:
        claim = make_claim(outcome="no-abstract")
        store.save(make_report(claims=(claim,)), run=make_run())
    text = shown(show_command, "1", "--db", path)
    assert f"{claim.quote} not compared (the record has no abstract)" in text


def test_json_escapes_what_steers_a_terminal(tracker: Path) -> None:
    text = run(show_command, RETRACTED, "--json", "--db", tracker).stdout
    assert not set(text) & set("\x1b\x9b\x07\u202e")
    assert json.loads(text)["work"]["title"].endswith(STEERING)


# ---------------------------------------------------------------- one work


def test_a_work_is_shown_with_all_stories_that_cite_it(tracker: Path) -> None:
    text = shown(show_command, "https://doi.org/10.5555/TEA.2025.1", "--db", tracker)
    assert "Tea and the speed of snails" in text
    assert "no notice" in text
    assert "1 story" in text
    assert "Tea slows snails, study finds" in text


def test_what_happened_to_a_work_is_shown(tracker: Path) -> None:
    text = shown(show_command, RETRACTED, "--db", tracker)
    assert "retraction on 1 June 2025 (notice 10.5555/notice, told by the publisher)" in text


# ---------------------------------------------------------------- where it is


def test_path_prints_the_tracker_and_does_not_make_it(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    assert run(path_command, "--db", path).stdout == f"{path}\n"
    assert run(path_command, env={"CITETRACK_DB": str(path)}).stdout == f"{path}\n"
    assert not path.exists()


def test_the_tracker_is_in_the_platforms_folder_for_data() -> None:
    assert default_db().name == "citetrack.db"
    assert default_db().parent.name == "citetrack"


def test_without_a_home_folder_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    with pytest.raises(UnwritableTracker, match=r"home folder.*--db"):
        run(path_command, env={"CITETRACK_DB": ""})
