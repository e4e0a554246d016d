"""Crossref asked live: five outcomes, each fault alone and all together, politely.

"Could not tell" is never "not found" and never "no notices".
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.http import Client, Policy
from citetrack.http.limits import Clock
from citetrack.model import Doi, Outcome, PartialDate, Question, Update
from citetrack.works.crossref import Crossref, bibliographic
from crossref_server import CANNED, POOLS, CrossrefServer, Pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import Lookup

#: Twenty times as fast as the wall's: limits are not what most tests look at.
RUSH = Clock(lambda: time.monotonic() * 20, lambda s: time.sleep(s / 20), time.time)
QUICK = Policy(attempts=3, wait_initial=0.01, wait_max=0.02, wait_jitter=0.0)
WIDE = dict.fromkeys(POOLS, Pool(1000, 100))

TEA = Doi("10.5555/tea")
SICI = Doi("10.5555/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2")
UNKNOWN = Doi("10.5555/unregistered")
ZENODO = Doi("10.5281/zenodo.1")

WORKS: list[dict[str, Any]] = [
    {
        "DOI": "10.5555/TEA",
        "title": ["Tea slows snails: a randomized trial"],
        "author": [{"family": "Ray", "given": "Ann"}, {"family": "Moe", "given": "Bo"}],
        "container-title": ["Journal of Made-up Biology"],
        "issued": {"date-parts": [[2025, 4, 7]]},
        "published": {"date-parts": [[2025, 4, 7]]},
        "type": "journal-article",
        "aliases": ["10.5555/preprint-of-tea"],
        "updated-by": [],
    },
    {
        "DOI": "10.5555/tea.s001",
        "title": ["Tea slows snails: a randomized trial"],
        "type": "component",
    },
    {
        "DOI": "10.65215/copy",
        "title": ["Tea slows snails: a randomized trial"],
        "author": [{"family": "Ray", "given": "Ann"}],
        "type": "posted-content",
        "published": {"date-parts": [[2025, 9, 1]]},
    },
    {
        "DOI": "10.5555/notice",
        "title": ["Retraction: Tea slows snails"],
        "type": "journal-article",
        "update-to": [
            {
                "DOI": "10.5555/Tea",
                "type": "Retraction",
                "source": source,
                "updated": {"date-parts": [[2025, 6, day]]},
            }
            for source, day in (("retraction-watch", 3), ("publisher", 2))
        ],
    },
    {"DOI": "10.5555/a#b", "title": ["Hash"]},
    {"DOI": "10.5555/a", "title": ["No hash"]},
    {"DOI": "10.5555/a?b", "title": ["Question mark"]},
    {"DOI": "10.5555/100%25", "title": ["Percent"]},
    {"DOI": SICI.value, "title": ["SICI"]},
]
SEARCH = Question(titles=("Tea slows snails",), authors=("Ray",), years=(2025,))


@pytest.fixture
def server(crossref_server: CrossrefServer) -> CrossrefServer:
    crossref_server.load(WORKS)
    crossref_server.agencies = {"10.5281": "datacite", "10.3205": "medra"}
    crossref_server.pools = WIDE
    return crossref_server


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(mailto="desk@news.example", timeout=1.0, policy=QUICK, clock=RUSH) as opened:
        yield opened


@pytest.fixture
def crossref(server: CrossrefServer, client: Client) -> Crossref:
    return Crossref(client, server.url, now=lambda: "2025-04-09T12:00:00+00:00")


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


# ---------------------------------------------------------------- faults, one by one

FAULTS = [*CANNED, "429-seconds", "429-date", "truncated", "cut", "silent", "drip"]
#: What passes when asked again, and what does not.
PASSING = ["429", "429-seconds", "500", "502", "503", "504", "truncated", "cut"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_never_taken_for_an_answer(
    crossref: Crossref, server: CrossrefServer, fault: str
) -> None:
    server.fail(fault, seconds=3600)
    lookups = [*ask(crossref, TEA, UNKNOWN), crossref.search(SEARCH)]
    assert {x.outcome for x in lookups} == {Outcome.UNAVAILABLE}
    assert all(x.why and x.why.endswith(".") and "\n" not in x.why for x in lookups)
    notices = crossref.notices(TEA)
    assert (notices.outcome, notices.updates) == (Outcome.UNAVAILABLE, ())
    assert notices.why


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_costs_nothing_but_time(
    crossref: Crossref, server: CrossrefServer, fault: str
) -> None:
    server.fail(fault, times=1)
    (lookup,) = ask(crossref, TEA)
    assert lookup.outcome is Outcome.FOUND
    server.fail(fault, on="query", times=1)
    assert crossref.search(SEARCH).outcome is Outcome.FOUND
    server.fail(fault, on="updates", times=1)
    assert crossref.notices(TEA).outcome is Outcome.FOUND
    assert Counter(a.fault for a in server.log)[fault] == 3


@pytest.mark.parametrize("fault", [f for f in FAULTS if f not in {"silent", "drip"}])
def test_without_an_answer_on_the_agency_nothing_is_called_missing(
    crossref: Crossref, server: CrossrefServer, fault: str
) -> None:
    server.fail(fault, on="/agency", seconds=3600)
    (lookup,) = ask(crossref, UNKNOWN)
    assert (lookup.outcome, lookup.agency) == (Outcome.UNAVAILABLE, None)


def test_a_long_pause_is_not_waited_for(crossref: Crossref, server: CrossrefServer) -> None:
    server.fail("429-seconds", seconds=61)
    start = time.monotonic()
    lookups = ask(crossref, TEA, SICI, UNKNOWN)
    assert {x.outcome for x in lookups} == {Outcome.UNAVAILABLE}
    assert all("left alone" in (x.why or "") for x in lookups)
    assert len(server.log) == 1
    assert time.monotonic() - start < 5


def test_a_short_pause_is_waited_for(server: CrossrefServer) -> None:
    server.fail("429-seconds", seconds=1, times=1)
    start = time.monotonic()
    with Client(policy=QUICK) as client:
        (lookup,) = ask(Crossref(client, server.url), TEA)
    assert lookup.outcome is Outcome.FOUND
    assert time.monotonic() - start >= 1.0


def test_a_slow_answer_within_the_time_allowed_is_an_answer(
    crossref: Crossref, server: CrossrefServer
) -> None:
    server.fail("slow", seconds=0.5)
    (lookup,) = ask(crossref, TEA)
    assert lookup.outcome is Outcome.FOUND
    assert crossref.search(SEARCH).outcome is Outcome.FOUND


@pytest.mark.parametrize("fault", ["silent", "drip"])
def test_a_source_that_brings_nothing_is_given_up_for_the_run(
    server: CrossrefServer, fault: str
) -> None:
    """On the quick clock, the 30 s that a run may cost are one and a half."""
    server.fail(fault)
    start = RUSH.now()
    with Client(timeout=0.3, policy=QUICK, clock=RUSH) as client:
        crossref = Crossref(client, server.url)
        lookups = ask(crossref, *(Doi(f"10.5555/{n}") for n in range(200)))
        lookups += [crossref.search(SEARCH) for _ in range(20)]
    assert {x.outcome for x in lookups} == {Outcome.UNAVAILABLE}
    # What is added is the grace for hosts that drip, half a second of the wall's an attempt.
    assert RUSH.now() - start < 30 + 3 * 0.5 * 20
    assert len(server.log) < 10


def test_nobody_at_home_is_unavailable(client: Client) -> None:
    with CrossrefServer() as server:
        base = server.url
    crossref = Crossref(client, base)
    lookups = [*ask(crossref, TEA, UNKNOWN), crossref.search(SEARCH)]
    assert {x.outcome for x in lookups} == {Outcome.UNAVAILABLE}
    assert crossref.notices(TEA).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize("base", ["no url", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999"])
def test_a_base_that_is_no_address_is_unavailable(client: Client, base: str) -> None:
    crossref = Crossref(client, base)
    lookups = [*ask(crossref, TEA), crossref.search(SEARCH)]
    assert {x.outcome for x in lookups} == {Outcome.UNAVAILABLE}


# ---------------------------------------------------------------- faults, all together


def test_under_mixed_faults_every_answer_given_is_true(
    crossref: Crossref, server: CrossrefServer
) -> None:
    """Each third question goes wrong in some way; what is answered is answered rightly."""
    dice = random.Random(7)  # noqa: S311
    kinds = [f for f in FAULTS if f not in {"silent", "drip", "429-seconds", "429-date"}]
    truth = {TEA: "found", SICI: "found", UNKNOWN: "not_found", ZENODO: "unavailable"}
    outcomes = Counter[tuple[str, str]]()
    for _ in range(60):
        server.faults.clear()
        if dice.random() < 0.33:
            server.fail(dice.choice(kinds), times=dice.choice([1, 2, None]))
        doi = dice.choice(list(truth))
        (lookup,) = ask(crossref, doi)
        outcomes[truth[doi], lookup.outcome.value] += 1
        notices = crossref.notices(TEA)
        assert notices.outcome is not Outcome.NOT_FOUND
    assert {got for true, got in outcomes if true == "found"} <= {"found", "unavailable"}
    assert {got for true, got in outcomes if true == "not_found"} <= {"not_found", "unavailable"}
    assert {got for true, got in outcomes if true == "unavailable"} == {"unavailable"}
    assert outcomes["found", "found"] > 5


# ---------------------------------------------------------------- notices


def test_a_notice_is_told_once_with_its_date_and_source(crossref: Crossref) -> None:
    notices = crossref.notices(TEA)
    assert notices.outcome is Outcome.FOUND
    assert notices.updates == (
        Update("retraction", PartialDate(2025, 6, 2), "10.5555/notice", "publisher"),
    )


def test_no_notices_are_an_answer(crossref: Crossref) -> None:
    notices = crossref.notices(SICI)
    assert (notices.outcome, notices.updates) == (Outcome.NOT_FOUND, ())


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
    assert words[:10] == [
        "Tea",
        "and",
        "tea",
        "Ray",
        "Moe",
        "Poe",
        "Journal",
        "of",
        "2025",
        "word0",
    ]
    assert len(words) == 60


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
        ask(crossref, *[TEA] * 4)
    # The request on which the news comes was sent under the old limit.
    assert [a.over for a in server.log[2:]] == [False] * 3


# ---------------------------------------------------------------- the stand-in itself


def test_the_stand_in_walks_with_a_cursor_that_does_not_change(
    server: CrossrefServer, client: Client
) -> None:
    seen, cursors, cursor = [], set(), "*"
    for _ in range(4):
        page = listed(client, f"{server.url}/works?rows=4&select=DOI&cursor={cursor}")
        seen += [item["DOI"] for item in page["items"]]
        cursor = page["next-cursor"].replace("=", "%3D")
        cursors.add(cursor)
    assert (len(seen), len(set(seen)), len(cursors)) == (len(WORKS), len(WORKS), 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("filter=doi:10.5555/TEA,doi:10.5555/a", 2),
        ("filter=type:component,prefix:10.5555", 1),
        ("filter=from-pub-date:2025-05", 1),
        ("filter=until-pub-date:2025-04", 1),
        ("filter=update-type:retraction", 1),
        ("query.author=Moe", 1),
        ("query.bibliographic=quasar", 0),
    ],
)
def test_the_stand_in_filters(
    server: CrossrefServer, client: Client, query: str, found: int
) -> None:
    assert listed(client, f"{server.url}/works?{query}")["total-results"] == found


@pytest.mark.parametrize(
    "query", ["rows=1001", "rows=x", "filter=colour:red", "sort=taste", "colour=red", "sample=101"]
)
def test_the_stand_in_refuses_what_crossref_refuses(
    server: CrossrefServer, client: Client, query: str
) -> None:
    assert client.get(f"{server.url}/works?{query}", kind="list", trusted=True).status == 400


def test_the_stand_in_refuses_a_cursor_that_it_did_not_give(
    server: CrossrefServer, client: Client
) -> None:
    answer = client.get(f"{server.url}/works?cursor=thing", kind="list", trusted=True)
    assert (answer.status, answer.content_type) == (404, "application/json")


def listed(client: Client, url: str) -> Any:
    import json

    return json.loads(client.get(url, kind="list", trusted=True).body)["message"]
