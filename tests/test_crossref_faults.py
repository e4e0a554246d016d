"""Each fault of Crossref, alone and all together.

"Could not tell" is never "not found" and never "no notices".
"""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from citetrack.http import Client
from citetrack.model import Doi, Outcome
from citetrack.works.crossref import Crossref
from crossref_samples import SEARCH, SICI, TEA, UNKNOWN, ZENODO
from crossref_server import CANNED, CrossrefServer
from local_site import QUICK, RUSH

if TYPE_CHECKING:
    from citetrack.model import Lookup


def ask(crossref: Crossref, *dois: Doi) -> list[Lookup]:
    return list(crossref.get(dois))


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
    assert (notices.outcome, notices.works) == (Outcome.UNAVAILABLE, ())
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
    server.fail("slow", seconds=0.3)
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


def test_nobody_at_home_is_unavailable(polite: Client) -> None:
    with CrossrefServer() as server:
        base = server.url
    crossref = Crossref(polite, base)
    lookups = [*ask(crossref, TEA, UNKNOWN), crossref.search(SEARCH)]
    assert {x.outcome for x in lookups} == {Outcome.UNAVAILABLE}
    assert crossref.notices(TEA).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize("base", ["no url", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999"])
def test_a_base_that_is_no_address_is_unavailable(polite: Client, base: str) -> None:
    crossref = Crossref(polite, base)
    lookups = [*ask(crossref, TEA), crossref.search(SEARCH)]
    assert {x.outcome for x in lookups} == {Outcome.UNAVAILABLE}


# ---------------------------------------------------------------- faults, all together


def test_under_mixed_faults_every_answer_given_is_true(
    crossref: Crossref, server: CrossrefServer
) -> None:
    """Each third question goes wrong in some way; what is answered is answered rightly."""
    dice = random.Random(7)
    kinds = [f for f in FAULTS if f not in {"silent", "drip", "429-seconds", "429-date"}]
    truth = {TEA: "found", SICI: "found", UNKNOWN: "not_found", ZENODO: "unavailable"}
    outcomes = Counter[tuple[str, str]]()
    for _ in range(40):
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
