from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.contract import Report
from citetrack.errors import (
    StoreError,
)
from citetrack.model import Doi, Failure, PartialDate, Status
from citetrack.store import Store
from factories import (
    NOW,
    TEXT,
    make_article,
    make_citation,
    make_claim,
    make_mention,
    make_reference,
    make_report,
    make_retraction,
    make_run,
    make_suggestions,
    make_work,
    report_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


DERIVED = (
    "mentions", "article_references", "reference_mentions", "candidates", "citations",
    "citation_reasons", "claims", "evidence", "findings",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tracker.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def values(store: Store, sql: str, *args: object) -> list[Any]:
    return [row[0] if len(row) == 1 else row for row in store.db.conn.execute(sql, args)]


def counts(store: Store) -> dict[str, int]:
    return {t: values(store, f"SELECT count(*) FROM {t}")[0] for t in DERIVED}


# ---------------------------------------------------------------- saving


def test_a_story_is_kept_with_all_that_was_found(store: Store) -> None:
    store.save(make_report(), run=make_run())
    assert counts(store) == {
        "mentions": 3,
        "article_references": 1,
        "reference_mentions": 3,
        "candidates": 1,
        "citations": 1,
        "citation_reasons": 3,
        "claims": 1,
        "evidence": 1,
        "findings": 1,
    }


def test_saving_again_replaces_what_was_derived(store: Store) -> None:
    first = store.save(make_report(), run=make_run())
    before = counts(store)
    second = store.save(make_report(), run=make_run(started_at=NOW + timedelta(days=1)))
    assert second == first
    assert counts(store) == before
    assert values(store, "SELECT DISTINCT run_id FROM citations") == [2]


def test_the_time_of_the_first_reading_stays(store: Store) -> None:
    store.save(make_report(), run=make_run())
    store.save(make_report(), run=make_run(started_at=NOW + timedelta(days=1)))
    assert values(store, "SELECT read_at, run_id FROM revisions") == [("2025-04-09T12:00:00Z", 2)]


def test_what_a_later_run_no_longer_finds_is_gone(store: Store) -> None:
    store.save(make_report(), run=make_run())
    store.save(make_report(mentions=(), citations=(), claims=(), findings=()), run=make_run())
    assert set(counts(store).values()) == {0}


def test_an_edited_story_is_a_new_revision(store: Store) -> None:
    store.save(make_report(), run=make_run())
    edited = make_article(text=TEXT + "\nCorrected on Tuesday.\n")
    store.save(make_report(article=edited), run=make_run())
    assert values(store, "SELECT count(*) FROM articles") == [1]
    assert values(store, "SELECT sha256 FROM latest_revisions") == [edited.sha256]
    assert values(store, "SELECT count(*) FROM revisions") == [2]


def test_a_story_put_back_to_its_first_text_is_latest_with_that_text(store: Store) -> None:
    first = make_report()
    edited = make_report(article=make_article(text=TEXT + "\nMore.\n"))
    for day, report in enumerate((first, edited, first)):
        store.save(report, run=make_run(started_at=NOW + timedelta(days=day)))
    assert values(store, "SELECT sha256 FROM latest_revisions") == [make_article().sha256]


def test_a_story_without_address_is_known_by_its_text(store: Store) -> None:
    article = make_article(url=None)
    for _ in range(2):
        store.save(make_report(article=article), run=make_run())
    assert values(store, "SELECT canonical_url FROM articles") == [f"urn:sha256:{article.sha256}"]


def test_what_a_page_no_longer_says_of_itself_is_kept(store: Store) -> None:
    store.save(make_report(), run=make_run())
    bare = make_article(title=None, outlet=None, published=None, byline=None, language=None)
    store.save(make_report(article=bare), run=make_run())
    assert values(store, "SELECT title, byline, published, published_basis FROM articles") == [
        ("Tea slows snails, study finds", "B. Writer", "2025-04-08", "meta")
    ]
    assert values(store, "SELECT name, domain FROM outlets") == [("Example News", "news.example")]


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        pytest.param(PartialDate(2025, 4, 8), "2025-04-08", id="day"),
        pytest.param(PartialDate(2025), "2025", id="year"),
        pytest.param(PartialDate(None, 4, 7), None, id="no-year-is-no-date"),
        pytest.param(None, None, id="none"),
    ],
)
def test_a_date_is_kept_as_precise_as_it_was(
    store: Store, published: PartialDate | None, kept: str | None
) -> None:
    store.save(make_report(article=make_article(published=published)), run=make_run())
    assert values(store, "SELECT published FROM articles") == [kept]


@pytest.mark.parametrize(
    ("url", "outlet", "kept"),
    [
        pytest.param("https://www.news.example/a", None, ("news.example",) * 2, id="domain"),
        pytest.param("https://[bad/", "Paper", ("Paper", None), id="broken-address"),
        pytest.param(None, "Paper", ("Paper", None), id="name-alone"),
    ],
)
def test_an_outlet_is_known_by_domain_or_name(
    store: Store, url: str | None, outlet: str | None, kept: tuple[str, str | None]
) -> None:
    for text in (TEXT, TEXT + "2"):
        report = make_report(article=make_article(url=url, outlet=outlet, text=text))
        store.save(report, run=make_run())
    assert values(store, "SELECT name, domain FROM outlets") == [kept]


def test_mentions_keep_their_span_and_what_stands_around_them(store: Store) -> None:
    store.save(make_report(), run=make_run())
    rows = values(
        store,
        "SELECT prefix || quote || suffix, quote, substr(v.text, start_pos + 1,"
        " end_pos - start_pos) FROM mentions m JOIN revisions v ON v.id = m.revision_id",
    )
    for around, quote, passage in rows:
        assert quote == passage
        assert around in TEXT


def test_a_mention_found_twice_is_kept_once(store: Store) -> None:
    mention = make_mention("author", "Ada Example")
    report = make_report(
        mentions=(mention, mention),
        citations=(make_citation(reference=make_reference((mention, mention))),),
    )
    store.save(report, run=make_run())
    assert counts(store)["mentions"] == counts(store)["reference_mentions"] == 1


def test_a_reason_points_to_the_words_it_is_about(store: Store) -> None:
    store.save(make_report(), run=make_run())
    sql = "SELECT r.feature, m.quote FROM citation_reasons r JOIN mentions m ON m.id = r.mention_id"
    assert values(store, sql) == [("container-title", "Journal of Made-up Biology")]


def test_a_finding_points_to_the_citation_and_the_claim(store: Store) -> None:
    claim = make_claim()
    finding = replace(make_report().findings[0], start=claim.start, end=claim.end)
    store.save(make_report(findings=(finding,)), run=make_run())
    sql = "SELECT reference_id, citation_id, claim_id FROM findings"
    assert values(store, sql) == [(1, 1, 1)]


@pytest.mark.parametrize(
    ("status", "dois"),
    [
        pytest.param(Status.WEAK, ["10.5555/a"], id="weak-is-the-best"),
        pytest.param(Status.AMBIGUOUS, ["10.5555/a", "10.5555/b"], id="ambiguous-is-both"),
        pytest.param(Status.NOT_FOUND, [], id="not-found-is-none"),
        pytest.param(Status.DIFFERENT, ["10.5555/c"], id="different-is-the-printed-one"),
    ],
)
def test_suggestions_are_citations_of_their_status(
    store: Store, status: Status, dois: list[str]
) -> None:
    works = [make_work(f"10.5555/{x}") for x in "abc"]
    citation = make_suggestions(
        status, *works, reference=make_reference(doi_as_printed="10.5555/C")
    )
    store.save(make_report(citations=(citation,), claims=()), run=make_run())
    sql = "SELECT w.doi, c.status FROM citations c JOIN works w ON w.id = c.work_id ORDER BY w.doi"
    assert values(store, sql) == [(doi, status.value) for doi in dois]
    assert counts(store)["candidates"] == 3


def test_a_work_told_anew_replaces_the_old_record_but_not_its_abstract(store: Store) -> None:
    store.save(report_on(make_work()), run=make_run())
    newer = make_work(title="A better title", authors=(), abstract=None)
    store.save(report_on(newer), run=make_run())
    sql = "SELECT title, abstract FROM works"
    assert values(store, sql) == [("A better title", make_work().abstract)]
    assert values(store, "SELECT count(*) FROM work_contributors") == [0]


def test_an_update_is_kept_once_and_not_lost_again(store: Store) -> None:
    work = make_work(updates=(make_retraction(), replace(make_retraction(), notice_doi=None)))
    for _ in range(2):
        store.save(report_on(work), run=make_run())
    store.save(report_on(make_work(title="Other")), run=make_run())
    assert values(store, "SELECT count(*) FROM work_updates") == [2]


def test_a_story_that_could_not_be_read_is_not_kept(store: Store) -> None:
    report = Report(article=None, source="x.txt", error=Failure("unreadable", "no such file"))
    assert store.save(report, run=make_run()) is None
    assert values(store, "SELECT count(*) FROM articles") == [0]


def test_a_story_that_fails_half_way_leaves_nothing(store: Store) -> None:
    broken = replace(make_claim(), outcome="no outcome")
    with pytest.raises(StoreError):
        store.save(make_report(claims=(broken,)), run=make_run())
    assert values(store, "SELECT count(*) FROM articles") == [0]
    store.save(make_report(), run=make_run())
    assert counts(store)["citations"] == 1


def test_one_run_is_one_row(store: Store) -> None:
    run = make_run()
    store.save(report_on(make_work(), url="https://news.example/1"), run=run)
    store.save(report_on(make_work(), url="https://news.example/2"), run=run)
    store.finish_run(run, NOW + timedelta(seconds=5))
    sql = "SELECT started_at, finished_at, command FROM runs"
    assert values(store, sql) == [("2025-04-09T12:00:00Z", "2025-04-09T12:00:05Z", "check")]


# ---------------------------------------------------------------- decisions


def decide(store: Store, verdict: Any = "reject") -> None:
    store.decide(
        make_article().canonical_url, make_work().doi, verdict, by="editor", at=NOW, note="why"
    )


def test_a_decision_survives_every_run(store: Store) -> None:
    store.save(make_report(), run=make_run())
    decide(store)
    store.save(make_report(), run=make_run(started_at=NOW + timedelta(days=1)))
    sql = "SELECT status, decision, linked, decided_by FROM citation_report"
    assert values(store, sql) == [("exact", "reject", 0, "editor")]


def test_the_last_decision_holds_and_the_first_is_kept(store: Store) -> None:
    store.save(make_report(), run=make_run())
    decide(store, "reject")
    decide(store, "accept")
    assert values(store, "SELECT decision, linked FROM citation_report") == [("accept", 1)]
    assert values(store, "SELECT count(*) FROM decisions") == [2]


def test_a_suggestion_that_a_person_accepts_is_a_link(store: Store) -> None:
    citation = make_suggestions(Status.WEAK, make_work())
    store.save(make_report(citations=(citation,)), run=make_run())
    assert values(store, "SELECT count(*) FROM unresolved_references") == [1]
    decide(store, "accept")
    assert values(store, "SELECT linked FROM citation_report") == [1]
    assert values(store, "SELECT count(*) FROM unresolved_references") == [0]


@pytest.mark.parametrize("sql", ["DELETE FROM decisions", "UPDATE decisions SET verdict='ignore'"])
def test_decisions_are_append_only(store: Store, sql: str) -> None:
    store.save(make_report(), run=make_run())
    decide(store)
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        store.db.conn.execute(sql)


def test_a_story_that_is_deleted_takes_everything_along(store: Store) -> None:
    store.save(make_report(), run=make_run())
    decide(store)
    store.db.conn.execute("DELETE FROM articles")
    assert set(counts(store).values()) == {0}
    assert values(store, "SELECT count(*) FROM decisions") == [0]


@pytest.mark.parametrize(
    ("url", "doi"),
    [("https://elsewhere.example/", None), (make_article().canonical_url, Doi("10.5555/other"))],
    ids=["story", "work"],
)
def test_a_decision_on_something_unknown_is_refused(
    store: Store, url: str, doi: Doi | None
) -> None:
    store.save(make_report(), run=make_run())
    with pytest.raises(StoreError, match="does not have"):
        store.decide(url, doi, "accept", by="editor", at=NOW)


# ---------------------------------------------------------------- what happened to works


@pytest.mark.parametrize(
    ("updates", "checked", "status"),
    [
        pytest.param([], True, "ok", id="none"),
        pytest.param([], False, "unknown", id="nobody-asked"),
        pytest.param([("retraction", "2025-06-01")], False, "retracted", id="retracted"),
        pytest.param(
            [("retraction", "2020"), ("correction", "2021")], True, "retracted", id="graver-wins"
        ),
        pytest.param(
            [("retraction", "2020"), ("reinstatement", "2021")], True, "ok", id="reinstated"
        ),
        pytest.param(
            [("reinstatement", "2020"), ("retraction", "2021")], True, "retracted", id="again"
        ),
        pytest.param([("new_version", "2021")], True, "ok", id="other-news"),
        pytest.param([("correction", "2021")], True, "corrected", id="corrected"),
    ],
)
def test_the_status_of_a_work_is_the_gravest_that_still_holds(
    store: Store, updates: list[tuple[str, str]], status: str, *, checked: bool
) -> None:
    news = tuple(replace(make_retraction(date), type=kind) for kind, date in updates)
    citation = make_citation(make_work(updates=news), updates_checked=checked)
    store.save(make_report(citations=(citation,)), run=make_run())
    assert values(store, "SELECT work_status FROM citation_report") == [status]
