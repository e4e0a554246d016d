from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from citetrack.model import Doi, Lookup, Outcome, PartialDate, Question
from citetrack.store import Store
from factories import NOW, make_lookup, make_report, make_retraction, make_run, make_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetrack.model import Work


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tracker.db") as opened:
        yield opened


@pytest.fixture
def rich_work() -> Work:
    return make_work(
        updates=(make_retraction(),),
        notice_of=(("correction", "10.5555/other"),),
        relations=(("is-preprint-of", "10.5555/final"),),
        aliases=("10.5555/old",),
        subtitle="A tale",
        score=12.5,
    )


@pytest.mark.parametrize(
    "question",
    [
        Doi("10.5555/tea.2025.1"),
        Question(titles=("Tea",), years=(2025,), dates=(PartialDate(2025),)),
    ],
    ids=["doi", "question"],
)
def test_an_answer_comes_back_as_it_was(
    store: Store, rich_work: Work, question: Doi | Question
) -> None:
    lookup = Lookup(
        "crossref", question, Outcome.FOUND, (rich_work,), alias=Doi("10.5555/x"), agency="DataCite"
    )
    store.remember(lookup, "key", NOW)
    kept = store.recall("crossref", "key", max_age=timedelta(days=1), now=NOW)
    assert kept == replace(lookup, asked_at="2025-04-09T12:00:00Z")


@pytest.mark.parametrize(
    ("later", "known"),
    [
        pytest.param(timedelta(0), True, id="at-once"),
        pytest.param(timedelta(days=7), True, id="just-in-time"),
        pytest.param(timedelta(days=7, seconds=1), False, id="too-old"),
        pytest.param(timedelta(days=-1), False, id="from-the-future"),
    ],
)
def test_an_answer_has_an_age(store: Store, later: timedelta, *, known: bool) -> None:
    store.remember(make_lookup(), "key", NOW)
    kept = store.recall("crossref", "key", max_age=timedelta(days=7), now=NOW + later)
    assert (kept is not None) is known


def test_an_answer_belongs_to_its_source_and_question(store: Store) -> None:
    store.remember(make_lookup(), "key", NOW)
    for source, key in (("datacite", "key"), ("crossref", "other")):
        assert store.recall(source, key, max_age=timedelta(days=1), now=NOW) is None


def test_not_found_is_an_answer_and_silence_is_none(store: Store) -> None:
    store.remember(make_lookup(outcome=Outcome.NOT_FOUND, works=()), "gone", NOW)
    store.remember(make_lookup(), "heard", NOW)
    store.remember(make_lookup(outcome=Outcome.UNAVAILABLE, works=()), "heard", NOW)
    day = timedelta(days=1)
    gone = store.recall("crossref", "gone", max_age=day, now=NOW)
    heard = store.recall("crossref", "heard", max_age=day, now=NOW)
    assert gone is not None
    assert gone.outcome is Outcome.NOT_FOUND
    assert heard is not None
    assert heard.outcome is Outcome.FOUND


def test_saving_a_story_does_not_overwrite_a_kept_answer(store: Store) -> None:
    key = make_work().doi.value
    store.remember(make_lookup(), key, NOW)
    failed = make_lookup(outcome=Outcome.UNAVAILABLE, works=())
    store.save(make_report(lookups=(failed,)), run=make_run())
    assert store.recall("crossref", key, max_age=timedelta(days=1), now=NOW) is not None


def test_an_answer_kept_in_another_shape_is_asked_again(store: Store) -> None:
    store.remember(make_lookup(), "key", NOW)
    store.db.conn.execute("UPDATE lookups SET response_json = '{\"works\": 1}'")
    assert store.recall("crossref", "key", max_age=timedelta(days=1), now=NOW) is None
