"""Whatever goes wrong, no pool gets more requests a second or at a time than it allows.

Retries are requests too. Where the client and the stand-in share a clock that only moves when
somebody waits, what is held is exact; where threads and time-outs are tried, it is the wall's.
"""

from __future__ import annotations

import functools
import json
import random
import threading
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.errors import CitetrackError
from citetrack.http import Client, Policy
from citetrack.model import Doi, Outcome, Question
from citetrack.pipeline import check_all
from citetrack.works import harvest as harvesting
from citetrack.works.crossref import Crossref
from crossref_pools import POOLS, Pool, check_pauses, check_pools
from crossref_samples import SEARCH, SICI, TEA, UNKNOWN, WORKS, ZENODO
from crossref_server import CrossrefServer
from local_site import AT_ONCE, Time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PASSING = ["429", "429-seconds", "429-date", "500", "504", "truncated", "cut"]
WRONG = ["not-json", "broken-json", "wrong-type"]
FAULTS = [*PASSING, *WRONG, "slow"]
#: Single records, lists through our own session, searches through habanero.
ON = ["/works/", "/works?filter", "query"]
MAILTO = "desk@news.example"
#: On a wall's clock: the server may read it this much later for one request than for another.
JITTER = 0.03
MANY = [Doi(f"10.5555/many.{n}") for n in range(60)]


@pytest.fixture
def time_() -> Time:
    return Time()


@pytest.fixture
def crossref_server(time_: Time) -> Iterator[CrossrefServer]:
    with CrossrefServer(clock=time_.clock) as server:
        yield server


@pytest.fixture
def server(crossref_server: CrossrefServer) -> CrossrefServer:
    load(crossref_server)
    return crossref_server


def load(server: CrossrefServer) -> None:
    server.load([*WORKS, *({"DOI": d.value, "title": ["Tea"]} for d in MANY)])
    server.agencies = {"10.5281": "datacite", "10.3205": "medra"}


def questions(crossref: Crossref, dice: random.Random) -> Iterator[Callable[[], object]]:
    """Yield questions of all kinds, through both HTTP stacks, for ever."""
    others: list[Callable[[], object]] = [
        lambda: crossref.notices(TEA),
        lambda: crossref.search(SEARCH),
        lambda: crossref.search(Question(words=("tea",))),
        lambda: [*crossref.found_among(MANY)],
        lambda: [*crossref.notices_of(MANY)],
        lambda: [*crossref.get(MANY[:7])],
    ]
    while True:
        doi = dice.choice([TEA, UNKNOWN, SICI, ZENODO, *MANY])
        yield functools.partial(lambda d: [*crossref.get([d])], doi)
        dice.shuffle(others)
        yield from others[:2]


def ask(crossref: Crossref, dice: random.Random, count: int) -> Iterator[None]:
    asked = questions(crossref, dice)
    for _ in range(count):
        yield
        try:
            next(asked)()
        except CitetrackError:
            continue


@pytest.mark.parametrize("mailto", [None, MAILTO], ids=["public", "polite"])
@pytest.mark.parametrize("fault", [*FAULTS, "mixed"])
def test_a_fault_now_and_then_brings_no_request_too_many(
    server: CrossrefServer, time_: Time, fault: str, mailto: str | None
) -> None:
    dice = random.Random(fault)
    with Client(mailto=mailto, policy=AT_ONCE, clock=time_.clock) as client:
        for number, _ in enumerate(ask(Crossref(client, server.url), dice, 48)):
            if number % 3 == 1:
                kind = dice.choice(FAULTS) if fault == "mixed" else fault
                on = ON[number // 3 % len(ON)]
                server.fail(kind, on=on, times=dice.choice([1, 2]), seconds=dice.choice([1, 2, 7]))
    check_pools(server.log, POOLS)
    assert not any(a.over for a in server.log)
    pools = {a.pool.partition("-")[0] for a in server.log}
    assert pools == {"polite" if mailto else "public"}
    faulty = [a for a in server.log if a.fault]
    assert {a.pool for a in faulty} == {a.pool for a in server.log}
    assert any("habanero" in a.agent for a in faulty)
    assert any("habanero" not in a.agent for a in faulty)
    assert check_pauses(server.log) > 5 or fault not in {"429-seconds", "429-date"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_brings_no_request_too_many(
    server: CrossrefServer, time_: Time, fault: str
) -> None:
    server.fail(fault, seconds=3)
    dice = random.Random(fault)
    with Client(mailto=MAILTO, policy=AT_ONCE, clock=time_.clock) as client:
        for _ in ask(Crossref(client, server.url), dice, 30):
            pass
    check_pools(server.log, POOLS)
    check_pauses(server.log)
    assert len(server.log) >= 10


def test_a_pause_that_one_kind_of_request_is_asked_for_is_kept_by_all(
    server: CrossrefServer, time_: Time
) -> None:
    with Client(policy=AT_ONCE, clock=time_.clock) as client:
        crossref = Crossref(client, server.url)
        first: list[Callable[[], object]] = [
            lambda: list(crossref.get([TEA])),
            lambda: crossref.search(SEARCH),
            lambda: crossref.notices(TEA),
        ]
        for asked_first in first:
            server.fail("429-seconds", times=1, seconds=20)
            asked_first()
            for each in first:
                each()
    assert check_pauses(server.log) == 3
    assert time_.seconds > 1000 + 3 * 20


@pytest.mark.parametrize(
    "announced",
    [
        {"public-single": Pool(2, 1), "public-array": Pool(1, 1)},
        {"polite-single": Pool(4, 2), "polite-array": Pool(2, 1)},
        {"polite-single": Pool(1000, 100), "polite-array": Pool(1000, 100)},
    ],
    ids=["slower", "slower-polite", "faster"],
)
def test_pools_are_as_the_headers_say_and_never_above_what_crossref_gives_anybody(
    server: CrossrefServer, time_: Time, announced: dict[str, Pool]
) -> None:
    server.pools = {**POOLS, **announced}
    most = {name: Pool(min(p.rate, 10), min(p.concurrency, 3)) for name, p in server.pools.items()}
    polite = any(name.startswith("polite") for name in announced)
    dice = random.Random(5)
    with Client(mailto=MAILTO if polite else None, policy=AT_ONCE, clock=time_.clock) as client:
        for _ in ask(Crossref(client, server.url), dice, 40):
            if dice.random() < 0.3:
                server.fail(dice.choice(PASSING), times=1, seconds=1)
    check_pools(server.log, most)
    assert {a.pool for a in server.log} == set(announced)
    seconds = server.log[-1].at - server.log[0].at
    assert len(server.log) > seconds * min(most[name].rate for name in announced) / 2


def test_a_pool_that_shrinks_is_kept_to_from_the_answer_on_that_says_so(
    server: CrossrefServer, time_: Time
) -> None:
    small = {"polite-single": Pool(2, 1), "polite-array": Pool(1, 1)}
    dice = random.Random(3)
    with Client(mailto=MAILTO, policy=AT_ONCE, clock=time_.clock) as client:
        crossref = Crossref(client, server.url)
        for _ in ask(crossref, dice, 30):
            pass
        server.pools = {**POOLS, **small}
        told = len(server.log)
        list(crossref.get([TEA]))
        crossref.notices(TEA)
        for _ in ask(crossref, dice, 30):
            if dice.random() < 0.3:
                server.fail(dice.choice(PASSING), times=1, seconds=1)
    time_of_telling = server.log[told].at
    time_.sleep(1)
    since = [a for a in server.log if a.at >= time_of_telling + 1]
    assert len(since) > 20
    check_pools(since, server.pools)


def test_a_walk_with_a_cursor_that_repeats_brings_no_request_too_many(
    server: CrossrefServer, time_: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvesting, "_ROWS", 5)
    server.load([{"DOI": d.value, "title": ["Tea"], "type": "report"} for d in MANY])
    for number, kind in enumerate(["429-seconds", "500", "429", "cut", "truncated"]):
        server.fail(kind, on=f"cursor={'*' if number == 1 else 'D'}", times=1, seconds=4)
    with Client(policy=AT_ONCE, clock=time_.clock) as client:
        harvesting.harvest(client, server.url, "type:report", tmp_path)
    assert len({a.params["cursor"] for a in server.log}) < len(server.log) / 2
    assert all(fault.used for fault in server.faults)
    check_pools(server.log, POOLS)
    assert check_pauses(server.log) == 1


# ---------------------------------------------------------------- whole runs


PRINTED = [
    "DOI: 10.5555/tea",
    "DOI: 10.5555/preprint-of-tea",
    "DOI: 10.5555/unregistered",
    "DOI: 10.3205/elsewhere",
    "DOI: 10.48550/arXiv.2501.00042",
    "PMID: 12345678",
    "The study by Ann Ray is in the Journal of Made-up Biology.",
    *(f"DOI: {d}" for d in MANY[:25]),
]


def stories(path: Path, dice: random.Random, count: int) -> Path:
    told = (
        f"Tea and snails\n\nA study of snails.\n\n{dice.choice(PRINTED)}\n" for _ in range(count)
    )
    path.write_text("\n".join(json.dumps({"text": t}) for t in told), encoding="utf-8")
    return path


def checked(server: CrossrefServer, path: Path, **settings: Any) -> list[dict[str, Any]]:
    url = server.url
    bases = {"crossref_url": url, "datacite_url": url, "doi_url": url, "pmc_url": f"{url}/idconv/"}
    db = path.parent / "t.db"
    return [r.to_dict() for r in check_all([path], db=db, timeout=2.0, **bases, **settings)]


@pytest.fixture
def at_once(time_: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every client of the program try again at once, on the clock of the stand-in."""
    hurried = functools.partial(Client, policy=AT_ONCE, clock=time_.clock)
    monkeypatch.setattr("citetrack.http.Client", hurried)


@pytest.mark.parametrize("mailto", [None, MAILTO], ids=["public", "polite"])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.usefixtures("at_once")
def test_runs_over_many_stories_bring_no_request_too_many(
    server: CrossrefServer, tmp_path: Path, mailto: str | None, seed: int
) -> None:
    dice = random.Random(seed)
    for _ in range(12 * seed):
        on = dice.choice(["/works/", "/works?", "updates", "doi%3A", "/idconv", ""])
        times = dice.choice([1, 2, 3, 3])
        server.fail(dice.choice(FAULTS), on=on, times=times, seconds=dice.choice([1, 3]))
    found = checked(server, stories(tmp_path / "s.jsonl", dice, 40), mailto=mailto)
    assert [r["error"] for r in found] == [None] * 40
    assert len(server.log) > 20
    check_pools(server.log, POOLS)
    check_pauses(server.log)


@pytest.mark.parametrize("mailto", [None, MAILTO], ids=["public", "polite"])
@pytest.mark.usefixtures("at_once")
def test_runs_one_after_the_other_bring_no_request_too_many(
    server: CrossrefServer, tmp_path: Path, mailto: str | None
) -> None:
    """Each is a client of its own, with connections of its own."""
    for number in range(12):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Tea\n\nA study of tea says so.\n\nDOI: {MANY[number]}\n", "utf-8")
        (found,) = checked(server, path, mailto=mailto)
        assert found["references"][0]["updates_checked"]
    assert len(server.log) == 24
    check_pools(server.log, POOLS)
    assert not any(a.over for a in server.log)


def test_a_true_run_keeps_to_the_slowest_pool(tmp_path: Path) -> None:
    """On the wall's clock, without an address: five single records a second, one list."""
    dice = random.Random(1)
    with CrossrefServer() as server:
        load(server)
        server.fail("500", times=1)
        server.fail("429-seconds", on="filter", times=1, seconds=1)
        found = checked(server, stories(tmp_path / "s.jsonl", dice, 5))
    assert all(r["error"] is None for r in found)
    check_pools(server.log, POOLS, jitter=JITTER)
    assert check_pauses(server.log) == 1
    assert {a.pool for a in server.log} == {"public-single", "public-array"}


@pytest.mark.parametrize("search", [False, True], ids=["own-session", "habanero"])
@pytest.mark.parametrize("fault", ["drip", "silent"])
def test_a_request_that_was_given_up_is_not_under_way_beside_the_next(
    fault: str, *, search: bool
) -> None:
    """On the wall's clock, in the pool that takes one request at a time."""
    with CrossrefServer() as server:
        load(server)
        server.fail(fault, times=1)
        with Client(policy=AT_ONCE, timeout=0.2) as client:
            crossref = Crossref(client, server.url)
            first = crossref.search(SEARCH) if search else next(crossref.get([TEA]))
            answered = first.outcome is Outcome.FOUND
            next(crossref.get([TEA]))
    # Who drips to habanero is not asked again: nothing can hang up on its requests.
    assert answered == (not (search and fault == "drip"))
    assert len(server.log) == (3 if answered else 1)
    check_pools(server.log, POOLS, jitter=JITTER)


def test_threads_that_share_a_client_keep_to_the_pools_together() -> None:
    """Also where answers stay away: a place is free when the request has ended."""
    with CrossrefServer() as server:
        load(server)
        dice = random.Random(2)
        for kind in [*PASSING, "silent", "slow", "slow", "429-seconds"]:
            server.fail(kind, times=1, seconds=dice.choice([0.2, 0.4]))
        policy = Policy(attempts=4, wait_initial=0.01, wait_max=0.02, wait_jitter=0.01)
        with Client(mailto=MAILTO, policy=policy, timeout=0.7) as client:

            def run(seed: int) -> None:
                for _ in ask(Crossref(client, server.url), random.Random(seed), 4):
                    pass

            threads = [threading.Thread(target=run, args=(n,)) for n in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    check_pools(server.log, POOLS, jitter=JITTER)
    assert max(a.together for a in server.log) > 1
    assert len({a.fault for a in server.log}) > 6
