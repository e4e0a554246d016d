"""Crossref asked live: five outcomes, notices, searches, politeness."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.http import Client
from citetrack.model import Doi, Outcome, PartialDate, Question, Update
from citetrack.pipeline.answers import Answers, Kept
from citetrack.works.crossref import Crossref, bibliographic
from crossref_pools import POOLS, Pool
from crossref_samples import SEARCH, SICI, TEA, UNKNOWN, WORKS, ZENODO
from crossref_server import CANNED, CrossrefServer

if TYPE_CHECKING:
    from citetrack.model import Lookup


def ask(crossref: Crossref, *dois: Doi) -> list[Lookup]:
    return list(crossref.get(dois))


# ---------------------------------------------------------------- single records


def test_a_registered_doi_is_found(crossref: Crossref) -> None:
    (lookup,) = ask(crossref, TEA)
    assert (lookup.source, lookup.outcome, lookup.alias) == ("crossref", Outcome.FOUND, None)
    assert lookup.works[0].title == "Tea slows snails: a randomized trial"
    assert lookup.asked_at == "2025-04-09T12:00:00+00:00"


def test_an_alias_is_found_and_both_dois_are_kept(crossref: Crossref) -> None:
    (lookup,) = ask(crossref, Doi("10.5555/preprint-of-tea"))
    assert lookup.outcome is Outcome.FOUND
    assert (lookup.question, lookup.alias) == (Doi("10.5555/preprint-of-tea"), TEA)


def test_a_doi_that_nobody_registered_is_not_found(crossref: Crossref) -> None:
    (lookup,) = ask(crossref, UNKNOWN)
    assert (lookup.outcome, lookup.agency) == (Outcome.NOT_FOUND, None)


@pytest.mark.parametrize(("doi", "agency"), [(ZENODO, "DataCite"), (Doi("10.3205/psm1"), "mEDRA")])
def test_a_doi_of_another_agency_is_not_called_missing(
    crossref: Crossref, doi: Doi, agency: str
) -> None:
    (lookup,) = ask(crossref, doi)
    assert (lookup.outcome, lookup.agency) == (Outcome.UNAVAILABLE, agency)
    assert agency in (lookup.why or "")


def test_a_doi_that_crossref_registered_but_does_not_have_is_not_found(
    crossref: Crossref, server: CrossrefServer
) -> None:
    server.agencies[UNKNOWN.value] = "crossref"
    (lookup,) = ask(crossref, UNKNOWN)
    assert lookup.outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    "doi", [Doi("10.5555/a#b"), Doi("10.5555/a?b"), Doi("10.5555/100%25"), SICI]
)
def test_every_character_of_a_doi_is_asked_for(crossref: Crossref, doi: Doi) -> None:
    (lookup,) = ask(crossref, doi)
    assert [w.doi for w in lookup.works] == [doi]


@pytest.mark.parametrize(
    "doi", ["10.5555/../../journals", "10.5555/./tea", "10.5555/tea/agency", "10.5555//tea"]
)
def test_a_doi_does_not_climb_out_of_its_route(
    crossref: Crossref, server: CrossrefServer, doi: str
) -> None:
    (lookup,) = ask(crossref, Doi(doi))
    assert lookup.outcome is not Outcome.FOUND
    assert all(asked.path.startswith("/works/10.5555%2F") for asked in server.log)


def test_answers_come_in_order_and_one_failure_touches_no_other(
    crossref: Crossref, server: CrossrefServer
) -> None:
    server.fail("500", on="a#b")
    found = ask(crossref, TEA, Doi("10.5555/a#b"), UNKNOWN, ZENODO, SICI)
    assert [x.outcome.value for x in found] == [
        "found", "unavailable", "not_found", "unavailable", "found",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/works/10.5555/tea", "/members/1", "", "//[", "tea"]
)
def test_an_alias_that_leads_out_of_crossref_is_not_followed(
    crossref: Crossref, server: CrossrefServer, monkeypatch: pytest.MonkeyPatch, location: str
) -> None:
    monkeypatch.setitem(CANNED, "elsewhere", (301, b"", "text/plain"))
    server.headers = {"Location": location}
    server.fail("elsewhere")
    (lookup,) = ask(crossref, TEA)
    assert lookup.outcome is Outcome.UNAVAILABLE
    assert len(server.log) == 1


@pytest.mark.parametrize("target", ["10.5555/tea", "10.5555/unregistered"])
def test_an_alias_that_leads_round_or_nowhere_is_no_answer(
    crossref: Crossref, server: CrossrefServer, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.setitem(CANNED, "elsewhere", (301, b"", "text/plain"))
    server.headers = {"Location": f"/works/{target}"}
    server.fail("elsewhere", on="/works/10.5555/tea")
    (lookup,) = ask(crossref, TEA)
    assert lookup.outcome is Outcome.UNAVAILABLE
    assert len(server.log) <= 3


# ---------------------------------------------------------------- notices


def test_a_notice_is_told_once_with_its_date_and_source(crossref: Crossref) -> None:
    notices = crossref.notices(TEA)
    assert notices.outcome is Outcome.FOUND
    assert notices.works[0].updates == (
        Update("retraction", PartialDate(2025, 6, 2), "10.5555/notice", "publisher"),
    )


def test_no_notices_are_an_answer(crossref: Crossref) -> None:
    notices = crossref.notices(SICI)
    assert (notices.outcome, notices.works) == (Outcome.NOT_FOUND, ())


def test_a_server_that_does_not_know_the_filter_has_not_answered(
    crossref: Crossref, server: CrossrefServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "listed", lambda *_: {"total-results": 9, "items": WORKS[4:6]})
    assert crossref.notices(TEA).outcome is Outcome.UNAVAILABLE


def test_more_notices_than_fit_on_a_page_are_no_full_answer(
    crossref: Crossref, server: CrossrefServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "listed", lambda *_: {"total-results": 9, "items": [WORKS[3]]})
    assert crossref.notices(TEA).outcome is Outcome.UNAVAILABLE


def test_a_comma_that_a_filter_cannot_hold_is_said(
    crossref: Crossref, server: CrossrefServer
) -> None:
    notices = crossref.notices(Doi("10.5555/a,b"))
    assert (notices.outcome, server.log) == (Outcome.UNAVAILABLE, [])
    assert "comma" in (notices.why or "")


def test_of_a_doi_with_a_comma_a_record_of_today_tells_and_its_silence_settles_nothing(
    server: CrossrefServer, polite: Client
) -> None:
    entry = {"DOI": "10.5555/notice", "type": "retraction", "source": "publisher"}
    server.load([{"DOI": "10.5555/a,b", "updated-by": [entry]}, {"DOI": "10.5555/c,d"}])
    answers = Answers(None, refresh=False, now=lambda: dt.datetime.now(dt.UTC), say=lambda _: None)
    kept = Kept(Crossref(polite, server.url), answers)
    told, silent = (kept.notices(Doi(f"10.5555/{name}")) for name in ("a,b", "c,d"))
    assert [u.type for w in told.works for u in w.updates] == ["retraction"]
    assert {told.outcome, silent.outcome} == {Outcome.UNAVAILABLE}
    assert silent.works == ()
    assert "comma" in (silent.why or "")
    assert [kept.notices(Doi("10.5555/c,d")), len(server.log)] == [silent, 2]


# ---------------------------------------------------------------- searches


def test_a_search_is_one_bibliographic_query(crossref: Crossref, server: CrossrefServer) -> None:
    lookup = crossref.search(SEARCH, limit=5)
    assert lookup.outcome is Outcome.FOUND
    assert TEA in {w.doi for w in lookup.works}
    (asked,) = server.log
    assert asked.params == {"query.bibliographic": "Tea slows snails Ray 2025", "rows": "5"}
    assert "mailto:desk@news.example" in asked.agent
    assert "citetrack/" in asked.agent


def test_the_first_hit_is_not_always_the_paper(crossref: Crossref) -> None:
    """The stand-in ranks look-alikes as Crossref does: order is kept, and judged elsewhere."""
    lookup = crossref.search(Question(titles=("Tea slows snails: a randomized trial",)))
    assert lookup.works[0].doi != TEA
    assert [w.score for w in lookup.works] == sorted((w.score for w in lookup.works), reverse=True)  # type: ignore[type-var]


def test_a_search_that_finds_nothing_is_an_answer(crossref: Crossref) -> None:
    assert crossref.search(Question(words=("quasar",))).outcome is Outcome.NOT_FOUND


def test_a_question_without_words_is_not_asked(crossref: Crossref, server: CrossrefServer) -> None:
    lookup = crossref.search(Question(identifiers=()))
    assert (lookup.outcome, server.log) == (Outcome.UNAVAILABLE, [])


def test_items_that_are_no_records_do_not_spoil_the_others(
    crossref: Crossref, server: CrossrefServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [None, 7, {}, {"DOI": "x"}, WORKS[0]]
    monkeypatch.setattr(server, "listed", lambda *_: {"total-results": 5, "items": items})
    assert [w.doi for w in crossref.search(SEARCH).works] == [TEA]
    monkeypatch.setattr(server, "listed", lambda *_: {"total-results": 5, "items": items[:4]})
    assert crossref.search(SEARCH).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize("message", [None, "text", 7, [], {}, {"items": {}}, {"items": None}])
def test_a_list_of_another_shape_is_no_answer(
    crossref: Crossref, server: CrossrefServer, monkeypatch: pytest.MonkeyPatch, message: Any
) -> None:
    monkeypatch.setattr(server, "listed", lambda *_: message or {"items": None})
    assert crossref.search(SEARCH).outcome is Outcome.UNAVAILABLE
    assert crossref.notices(TEA).outcome is Outcome.UNAVAILABLE


def test_the_words_of_a_question_are_asked_once_each_and_not_without_end() -> None:
    question = Question(
        titles=("Tea and tea", "Another"),
        authors=("Ray", "Moe", "Poe", "Loe"),
        containers=("Journal of Tea", "J. Tea"),
        dates=(PartialDate(2025, 4),),
        words=tuple(f"word{n}" for n in range(500)),
    )
    words = bibliographic(question).split()
    assert words[:9] == [
        "Tea",
        "and",
        "tea",
        "Ray",
        "Moe",
        "Poe",
        "Journal",
        "of",
        "2025",
    ]
    assert words[9:] == sorted(f"word{n}" for n in range(20))


def test_the_storys_own_words_go_out_in_the_order_of_the_alphabet() -> None:
    question = Question(words=("snails", "drank", "green", "tea"))
    assert bibliographic(question) == "drank green snails tea"


# ---------------------------------------------------------------- politeness


@pytest.mark.parametrize("mailto", [None, "desk@news.example"])
def test_the_rate_and_concurrency_of_the_pool_are_never_exceeded(
    server: CrossrefServer, mailto: str | None
) -> None:
    """Three threads ask as fast as they are let, single records and lists through both stacks."""
    server.pools = dict(POOLS)
    server.delay = 0.02
    lookups: list[Lookup] = []

    def hurry(crossref: Crossref, number: int) -> None:
        lookups.extend(ask(crossref, TEA, SICI, UNKNOWN))
        if number == 0:
            lookups.append(crossref.search(SEARCH))
            assert crossref.notices(TEA).outcome is Outcome.FOUND

    with Client(mailto=mailto) as client:
        crossref = Crossref(client, server.url)
        threads = [threading.Thread(target=hurry, args=(crossref, n)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Counter(x.outcome for x in lookups) == {Outcome.FOUND: 7, Outcome.NOT_FOUND: 3}
    assert [a for a in server.log if a.over] == []
    assert {a.pool.partition("-")[0] for a in server.log} == {"polite" if mailto else "public"}


def test_a_pool_that_shrinks_is_noticed(server: CrossrefServer) -> None:
    server.pools = dict(POOLS)
    with Client(mailto="desk@news.example") as client:
        crossref = Crossref(client, server.url)
        ask(crossref, TEA)
        server.pools["polite-single"] = Pool(2, 1)
        ask(crossref, *[TEA] * 3)
    # The request on which the news comes was sent under the old limit.
    assert [a.over for a in server.log[2:]] == [False] * 2
