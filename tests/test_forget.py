"""What is forgotten is gone from the file; what other stories rest on stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from citetrack.cli.forget import forget
from citetrack.errors import DatabaseLocked, InputError, MissingTracker
from citetrack.model import Doi, Outcome, Question
from citetrack.store import Store
from factories import (
    NOW,
    TEXT,
    make_article,
    make_lookup,
    make_report,
    make_run,
    make_work,
    report_on,
)

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "zanzibarsnail"
QUESTION = Question(words=(SECRET, "speed"))
URL = "https://news.example/embargoed"
OTHER = "https://other.example/1"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A tracker with an embargoed story, another story on the same study, and one on its own."""
    path = tmp_path / "tracker.db"
    text = f"{TEXT}\n{SECRET * 400}"
    searched = make_lookup(question=QUESTION)
    with Store.open(path) as store:
        for key, lookup in (
            (f"search:{QUESTION.as_text()}", searched),
            ("work:10.5555/tea.2025.1", make_lookup()),
            ("work:10.5555/own", make_lookup(make_work("10.5555/own"))),
            ("updates:10.5555/own", make_lookup(question=Question(words=("x",)))),
        ):
            store.remember(lookup, key, NOW)
        article = make_article(url=URL, text=text)
        secret = make_report(article=article, lookups=(make_lookup(), searched))
        for report in (
            secret,
            report_on(make_work(), url=OTHER),
            report_on(make_work("10.5555/own"), url="https://other.example/2"),
        ):
            store.save(report, run=make_run())
        store.decide(URL, Doi("10.5555/tea.2025.1"), "accept", by="me", at=NOW)
    return path


def _forget(db: Path, *arguments: str) -> Any:
    result = CliRunner().invoke(forget, [*arguments, "--db", str(db)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def _values(db: Path, sql: str) -> list[Any]:
    with Store.open(db, readonly=True) as store:
        return [row[0] for row in store.db.conn.execute(sql)]


def _bytes(db: Path) -> bytes:
    return b"".join(p.read_bytes() for p in db.parent.iterdir())


def test_a_story_goes_with_its_text_its_search_words_and_its_decisions(db: Path) -> None:
    assert SECRET.encode() in _bytes(db)
    shown = _forget(db, URL).stdout
    assert "Tea slows snails" in shown
    assert "1 story" in shown
    assert "1 decision about it" in shown
    assert SECRET.encode() not in _bytes(db)
    assert _values(db, "SELECT count(*) FROM decisions") == [0]
    assert _values(db, "SELECT canonical_url FROM articles ORDER BY 1") == [
        OTHER,
        "https://other.example/2",
    ]


def test_what_another_story_rests_on_stays(db: Path) -> None:
    _forget(db, URL)
    assert "10.5555/tea.2025.1" in _values(db, "SELECT doi FROM works")
    assert "work:10.5555/tea.2025.1" in _values(db, "SELECT query FROM lookups")


def test_the_last_story_on_a_study_takes_its_record_and_answers_along(db: Path) -> None:
    gone = json.loads(_forget(db, "https://other.example/2", "--json").stdout)
    assert (gone["stories"], gone["works"]) == (1, 1)
    assert "10.5555/own" not in _values(db, "SELECT doi FROM works")
    assert not [q for q in _values(db, "SELECT query FROM lookups") if "10.5555/own" in q]


def test_the_number_of_a_story_that_is_gone_never_leads_to_another(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with Store.open(path) as store:
        for name in ("2024-spring", "2025-autumn"):
            article = make_article(id=name, url=None, text=f"{TEXT} {name}")
            store.save(make_report(article=article), run=make_run())
    _forget(path, "2")
    with pytest.raises(InputError, match="no story called 2"):
        _forget(path, "2")
    assert _values(path, "SELECT given_id FROM articles") == ["2024-spring"]


def test_a_doi_loses_its_answers_and_stays_with_the_stories_that_cite_it(db: Path) -> None:
    shown = _forget(db, "https://doi.org/10.5555/OWN").stdout
    assert "1 story cites it" in shown
    assert "10.5555/own" in _values(db, "SELECT doi FROM works")
    assert not [q for q in _values(db, "SELECT query FROM lookups") if "10.5555/own" in q]


def test_answers_of_before_a_date_go_and_later_ones_stay(db: Path) -> None:
    with Store.open(db) as store:
        store.remember(make_lookup(outcome=Outcome.FOUND), "work:old", NOW.replace(year=2020))
    assert "1 question" in _forget(db, "--lookups-before", "2021").stdout
    assert "work:old" not in _values(db, "SELECT query FROM lookups")
    assert _values(db, "SELECT count(*) FROM articles") == [3]
    _forget(db, "--lookups-before", "2999-01-01")
    assert _values(db, "SELECT count(*) FROM lookups") == [0]


def test_what_is_not_kept_is_said(db: Path, tmp_path: Path) -> None:
    assert "no question about it was kept" in _forget(db, "10.5555/never").stdout
    with pytest.raises(InputError, match="no story called nothing"):
        _forget(db, "nothing")
    with pytest.raises(MissingTracker):
        _forget(tmp_path / "none.db", "1")
    for arguments in ([], ["1", "--lookups-before", "2020"]):
        assert "Name a story or a DOI, or give" in _forget(db, *arguments).stderr


def test_a_program_that_keeps_the_log_is_told_of_and_a_second_run_cleans(db: Path) -> None:
    with Store.open(db) as reader:
        reader.db.conn.execute("BEGIN")
        reader.db.conn.execute("SELECT count(*) FROM articles").fetchone()
        with (
            Store.open(db, timeout=0.05) as store,
            pytest.raises(DatabaseLocked, match="It is removed, but another program") as raised,
        ):
            store.forget_article(1)
        assert "--lookups-before 1900" in str(raised.value)
        reader.db.conn.execute("COMMIT")
    with pytest.raises(InputError, match="no story called"):
        _forget(db, URL)
    _forget(db, "--lookups-before", "1900")
    assert SECRET.encode() not in _bytes(db)
