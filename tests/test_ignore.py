"""A code left out of one story stays out of it in later checks, and of no other story."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rich.console import Console

from citetrack.cli.ignore import ignore
from citetrack.config import Settings
from citetrack.errors import InputError, StoreError
from citetrack.pipeline import Checker
from citetrack.queries import article_detail
from citetrack.report.stored import article_view
from citetrack.store import Store
from test_help import DATA

if TYPE_CHECKING:
    from pathlib import Path

STORY, OTHER = DATA / "measles-doubts.txt", DATA / "back-pain.txt"


def _codes(db: Path, story: Path = STORY) -> set[str]:
    settings = Settings(works=(DATA / "works.jsonl",), offline=True, db=db, save=True)
    with Checker(settings) as checker:
        (item,) = checker.reader().read(str(story))
        return {f.code for f in checker.check(item).findings}


def _run(db: Path, *arguments: str) -> str:
    result = CliRunner().invoke(ignore, [*arguments, "--db", str(db)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stderr


def test_a_code_is_left_out_of_its_story_until_it_is_taken_back(tmp_path: Path) -> None:
    db = tmp_path / "tracker.db"
    before, other = _codes(db), _codes(db, OTHER)
    assert {"CT201", "CT902"} <= before
    assert "CT201 is left out" in _run(db, "1", "ct201", "--by", "desk", "--note", "known")
    assert _codes(db) == before - {"CT201"}
    assert _codes(db, OTHER) == other
    assert "raised again" in _run(db, "1", "CT201", "--undo")
    assert _codes(db) == before


def test_what_was_left_out_of_a_kept_story_is_shown_with_it(tmp_path: Path) -> None:
    db = tmp_path / "tracker.db"
    _codes(db)
    _run(db, "1", "CT201")
    _codes(db)
    with Store.open(db, readonly=True) as store:
        detail = article_detail(store.db, 1)
    assert [f["code"] for f in detail["ignored"]] == ["CT201"]
    assert "CT201" not in {f["code"] for f in detail["findings"]}
    shown = StringIO()
    Console(file=shown).print(article_view(detail))
    assert "Left out, as you asked: 1 finding (CT201)." in shown.getvalue()


def test_what_was_to_note_of_a_story_is_in_its_json_and_shown_with_it_later(tmp_path: Path) -> None:
    source, db = tmp_path / "s.jsonl", tmp_path / "tracker.db"
    source.write_text('{"text": "Tea slows snails.", "published": "someday"}', encoding="utf-8")
    with Checker(Settings(offline=True, db=db, save=True)) as checker:
        (item,) = checker.reader().read(str(source))
        notes = checker.check(item).to_dict()["article"]["notes"]
    with Store.open(db, readonly=True) as store:
        assert article_detail(store.db, 1)["article"]["notes"] == notes
    assert "is no date" in notes[0]


def test_who_decided_what_and_why_is_kept(tmp_path: Path) -> None:
    db = tmp_path / "tracker.db"
    _codes(db)
    _run(db, "1", "CT902", "--by", "desk", "--note", "compared by hand")
    with Store.open(db, readonly=True) as store:
        sql = "SELECT verdict, code, decided_by, note FROM decisions"
        rows = store.db.conn.execute(sql).fetchall()
    assert rows == [("ignore", "CT902", "desk", "compared by hand")]


def test_a_story_that_is_not_kept_and_a_code_that_does_not_exist_are_said(tmp_path: Path) -> None:
    db = tmp_path / "tracker.db"
    _codes(db)
    with pytest.raises(InputError, match="no story called 99"):
        _run(db, "99", "CT201")
    assert "there is no code CT299" in _run(db, "1", "CT299")


def test_a_code_may_be_left_out_for_one_study_only(tmp_path: Path) -> None:
    db = tmp_path / "tracker.db"
    before = _codes(db)
    paper = "10.1016/s0140-6736(97)11096-0"
    assert f"CT902 about {paper} is left out" in _run(db, "1", "CT902", "--doi", paper.upper())
    assert _codes(db) == before - {"CT902"}
    _run(db, "1", "CT902", "--doi", paper, "--undo")
    assert _codes(db) == before


def test_a_study_that_the_tracker_does_not_have_is_said(tmp_path: Path) -> None:
    db = tmp_path / "tracker.db"
    _codes(db)
    with pytest.raises(StoreError, match=r"does not have the work 10\.5555/other"):
        _run(db, "1", "CT902", "--doi", "10.5555/other")
