"""The client keeps to the limits of a host, and gives up one that is not worth it."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest

from citetrack.errors import (
    RateLimited,
    Unreachable,
)
from citetrack.http import Client, Passing, Policy
from citetrack.http.health import PATIENCE, Health
from citetrack.http.limits import Gate, Rest
from citetrack.http.rate import Limit, read_limit
from local_site import Time

# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("headers", "limit"),
    [
        ({}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}, Limit(5, 1.0, 1)),
        ({"x-rate-limit-limit": "10", "x-concurrency-limit": "3"}, Limit(10, 1.0, 3)),
        ({"x-rate-limit-limit": "60", "x-rate-limit-interval": "1m"}, Limit(60, 60.0, 1)),
        ({"x-rate-limit-limit": "5000", "x-concurrency-limit": "500"}, Limit(10, 1.0, 3)),
        ({"x-rate-limit-limit": "0", "x-concurrency-limit": "0"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "-1", "x-concurrency-limit": "many"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "soon"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "0s"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "²"}, Limit(1, 1.0, 1)),
    ],
)
def test_limits_are_read_from_headers_and_never_above_what_is_known(
    headers: dict[str, str], limit: Limit
) -> None:
    assert read_limit(headers, Limit()) == limit


@pytest.mark.parametrize("limit", [Limit(1, 1.0, 1), Limit(3, 1.0, 3), Limit(10, 1.0, 3)])
def test_no_second_holds_more_requests_than_the_rate(limit: Limit) -> None:
    time_ = Time()
    gate = Gate(Rest("host", time_.clock), limit)
    sent = []
    for _ in range(40):
        with gate.turn():
            sent.append(time_.seconds)
    windows = [sum(t <= u < t + limit.seconds for u in sent) for t in sent]
    assert max(windows) == limit.requests
    assert sent[-1] - sent[0] < 40 / limit.requests * 1.25


def test_a_request_that_is_slow_to_arrive_is_not_joined_by_too_many_others() -> None:
    """The first has its connection to make; those after it arrive at once."""
    time_ = Time()
    gate = Gate(Rest("host", time_.clock), Limit(3, 1.0, 3))
    arrived = []
    for delay in (0.4, 0.3, 0.0, 0.0, 0.0, 0.0, 0.2, 0.0, 0.0):
        with gate.turn():
            time_.seconds += delay
            arrived.append(time_.seconds)
            time_.seconds += 0.01
    assert max(sum(t <= u < t + 1 for u in arrived) for t in arrived) == 3


def test_a_new_rate_counts_what_was_sent_before_it() -> None:
    time_ = Time()
    gate = Gate(Rest("host", time_.clock))
    sent = []
    for number in range(12):
        with gate.turn():
            sent.append(time_.seconds)
        if number == 0:
            gate.adapt({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"})
        if number == 7:
            gate.adapt({"x-rate-limit-limit": "1", "x-rate-limit-interval": "1s"})
    assert sum(t < sent[0] + 1 for t in sent) == 5
    assert all(b - a >= 1 for a, b in pairwise(sent[8:]))


def test_no_more_requests_are_under_way_than_allowed() -> None:
    gate = Gate(Rest("host"), Limit(10, 1.0, 3))
    together, most = 0, 0
    lock = threading.Lock()

    def ask() -> None:
        nonlocal together, most
        with gate.turn():
            with lock:
                together += 1
                most = max(most, together)
            time.sleep(0.05)
            with lock:
                together -= 1

    threads = [threading.Thread(target=ask) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3


def test_short_pauses_add_up_to_one_that_is_too_long() -> None:
    time_ = Time()
    gate = Gate(Rest("host", time_.clock))
    gate.rest.ask(40)
    with gate.turn():
        pass
    assert sum(time_.slept) == pytest.approx(40, abs=0.1)
    with pytest.raises(RateLimited):
        gate.rest.ask(40)


def test_after_an_answer_the_pauses_count_anew() -> None:
    time_ = Time()
    gate = Gate(Rest("host", time_.clock))
    gate.rest.ask(40)
    gate.rest.answered()
    gate.rest.ask(40)
    with gate.turn():
        pass


# ---------------------------------------------------------------- giving up


def test_silence_is_borne_for_less_than_thirty_seconds_a_run() -> None:
    time_ = Time()
    start = time_.seconds

    def silent(seconds: float) -> None:
        time_.seconds += seconds
        raise Passing("host did not answer")

    patient = Policy(attempts=4, wait_initial=0.0, wait_jitter=0.0)
    with Client(timeout=20, clock=time_.clock, policy=patient) as client:
        for _ in range(50):
            with pytest.raises(Unreachable):
                client.call("https://host.example/", "single", silent)
    assert time_.seconds - start < 30
    assert time_.seconds - start >= 20


def test_an_answer_wins_back_patience() -> None:
    health = Health("host")
    health.lost(20, connected=True)
    assert health.patience() == pytest.approx(PATIENCE - 20)
    health.answered()
    assert health.patience() == pytest.approx(PATIENCE - 19)
    health.check()


def test_a_host_that_fails_more_than_one_time_in_ten_is_given_up() -> None:
    health = Health("host")
    for number in range(60):
        health.settled(good=number % 8 != 0)
    with pytest.raises(Unreachable, match="one time in ten"):
        health.check()


def test_a_host_that_fails_now_and_then_is_kept() -> None:
    health = Health("host")
    for number in range(200):
        health.settled(good=number % 12 != 0)
    health.check()


def test_a_host_that_fails_every_time_is_given_up_soon() -> None:
    health = Health("host")
    for _ in range(10):
        health.settled(good=False)
    with pytest.raises(Unreachable, match="in a row"):
        health.check()
