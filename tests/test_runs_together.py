"""Runs of one user at the same moment keep to the limits together, and never wait for the dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from citetrack.http import Client
from citetrack.http.limits import Gate, Rest
from citetrack.http.rate import Limit
from citetrack.http.turns import Place, Turns, Wish
from citetrack.works.crossref import Crossref
from crossref_pools import POOLS, check_pauses, check_pools
from crossref_samples import TEA, WORKS
from crossref_server import CrossrefServer
from local_site import AT_ONCE, Time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: On a wall's clock: the server may read it this much later for one request than for another.
JITTER = 0.03
#: Another run, which asks for one record some times.
RUN = """
import sys
from pathlib import Path
from citetrack.http import Client, Policy
url, folder, mailto, times = sys.argv[1:]
with Client(mailto=mailto or None, limits=Path(folder), policy=Policy(attempts=2)) as client:
    for number in range(int(times)):
        client.get(f"{url}/works/10.5555/tea?n={number}", kind="single", trusted=True)
"""


@pytest.fixture
def server() -> Iterator[CrossrefServer]:
    with CrossrefServer() as opened:
        opened.load(WORKS)
        yield opened


def start(
    server: CrossrefServer, folder: Path, times: int, mailto: str = ""
) -> subprocess.Popen[bytes]:
    arguments = [server.url, str(folder), mailto, str(times)]
    return subprocess.Popen([sys.executable, "-c", RUN, *arguments])


def wait_for(server: CrossrefServer, count: int) -> None:
    end = time.monotonic() + 20
    while len(server.log) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(server.log) >= count


# ---------------------------------------------------------------- processes


@pytest.mark.parametrize("mailto", ["", "desk@news.example"], ids=["public", "polite"])
def test_three_processes_together_bring_no_request_too_many(
    server: CrossrefServer, tmp_path: Path, mailto: str
) -> None:
    server.delay = 0.1
    times = 6 if mailto else 3
    runs = [start(server, tmp_path / "limits", times, mailto) for _ in range(3)]
    assert [run.wait(30) for run in runs] == [0, 0, 0]
    assert len(server.log) == 3 * times
    assert not any(asked.over for asked in server.log)
    check_pools(server.log, POOLS, jitter=JITTER)
    assert [p.name for p in (tmp_path / "limits").iterdir()] == ["requests.db"]


def test_two_commands_at_once_bring_no_request_too_many(
    server: CrossrefServer, tmp_path: Path
) -> None:
    env = {
        **os.environ,
        "XDG_CACHE_HOME": str(tmp_path),
        "CITETRACK_CROSSREF_URL": server.url,
        "CITETRACK_MAILTO": "desk@news.example",
    }
    command = [sys.executable, "-m", "citetrack", "status", "10.5555/tea"]
    runs = [
        subprocess.Popen(
            [*command, "--db", str(tmp_path / f"{n}.db")], env=env, stdout=subprocess.PIPE
        )
        for n in range(2)
    ]
    assert all(b"retraction on 2 June 2025" in run.communicate(timeout=30)[0] for run in runs)
    assert len({asked.path for asked in server.log}) > 1
    check_pools(server.log, POOLS, jitter=JITTER)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9")
def test_a_process_that_is_killed_makes_room_at_once(
    server: CrossrefServer, tmp_path: Path
) -> None:
    """The public pool takes one at a time: the place of who lives is waited for."""
    server.fail("silent", times=1)
    other = start(server, tmp_path, 1)
    wait_for(server, 1)
    with Client(policy=AT_ONCE, limits=tmp_path) as client:
        asking = threading.Thread(target=lambda: next(Crossref(client, server.url).get([TEA])))
        asking.start()
        time.sleep(1.2)  # The rate has room again.
        assert len(server.log) == 1
        other.kill()
        other.wait()
        asking.join(3)
        assert not asking.is_alive()
    assert len(server.log) >= 2
    assert [p.name for p in tmp_path.iterdir()] == ["requests.db"]
    check_pools(server.log, POOLS, jitter=JITTER)


def test_a_run_that_asks_no_registry_makes_no_file(server: CrossrefServer, tmp_path: Path) -> None:
    with Client(limits=tmp_path / "limits", allow_private=True) as client:
        client.get(f"{server.url}/works/10.5555/tea", kind="page")
    assert [*tmp_path.iterdir()] == []


# ---------------------------------------------------------------- two runs in one process


def wish(limit: Limit | None = None, lasts: float = 20.0) -> Wish:
    return Wish(Place("host:80", "single"), limit or Limit(), lasts)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Turns, Turns]]:
    one, other = Turns(tmp_path), Turns(tmp_path)
    yield one, other
    one.close()
    other.close()


def test_what_one_run_sent_counts_for_the_other(two: tuple[Turns, Turns]) -> None:
    one, other = two
    limit = Limit(3, 1.0, 3)
    for number in range(3):
        first = wish(limit)
        assert two[number % 2].ask(first, 100.0) == 0.0
        two[number % 2].ended(first, 100.1)
    later = wish(limit)
    assert one.ask(later, 100.2) == pytest.approx(0.93, abs=0.01)
    assert other.ask(wish(limit), 100.25) > 0
    assert one.ask(later, 101.14) == 0.0


def test_places_are_given_in_the_order_in_which_they_were_asked_for(
    two: tuple[Turns, Turns],
) -> None:
    """Who ends a request and has the next at hand would win every time otherwise."""
    one, other = two
    limit = Limit(10, 1.0, 1)
    first, second, third = wish(limit), wish(limit), wish(limit)
    assert one.ask(first, 100.0) == 0.0
    assert other.ask(second, 100.1) > 0
    one.ended(first, 100.11)
    assert one.ask(third, 100.11) > 0
    assert other.ask(second, 100.12) == 0.0
    other.ended(second, 100.2)
    assert one.ask(third, 100.21) == 0.0


def test_a_run_that_stands_still_is_waited_for_no_longer_than_its_answer_may_take(
    two: tuple[Turns, Turns],
) -> None:
    """A stopped process holds its locks."""
    one, other = two
    limit = Limit(10, 1.0, 1)
    assert one.ask(wish(limit, lasts=21.0), 100.0) == 0.0
    waiting = wish(limit)
    assert other.ask(waiting, 120.9) > 0
    assert other.ask(waiting, 121.1) == 0.0


def test_a_run_that_does_not_come_back_for_its_turn_is_passed_over(
    two: tuple[Turns, Turns],
) -> None:
    one, other = two
    first = wish()
    assert one.ask(first, 100.0) == 0.0
    one.ended(first, 100.0)
    pause = one.ask(wish(), 100.1)
    late = wish()
    assert other.ask(late, 100.2 + pause) > 0
    assert other.ask(late, 100.7 + pause) == 0.0


def test_a_pause_that_a_host_asks_one_run_for_is_kept_by_all(tmp_path: Path) -> None:
    time_ = Time()
    with CrossrefServer(clock=time_.clock) as server:
        server.load(WORKS)
        server.fail("429-seconds", times=1, seconds=20)
        clients = [
            Client(policy=AT_ONCE, clock=time_.clock, limits=tmp_path, timeout=5) for _ in "ab"
        ]
        first, second = (Crossref(client, server.url) for client in clients)
        list(first.get([TEA]))
        # The first has waited; as if the second had been there all the time.
        time_.seconds -= 15
        list(second.get([TEA]))
        for client in clients:
            client.close()
    assert check_pauses(server.log) == 1
    assert len(server.log) == 3


@pytest.mark.parametrize(
    "content", [b"", b"no database, but a long enough text " * 20, b"\0" * 600]
)
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "requests.db").write_bytes(content)
    turns = [Turns(tmp_path), Turns(tmp_path)]
    assert turns[0].ask(wish(), 100.0) == 0.0
    assert turns[1].ask(wish(), 100.1) > 0
    for each in turns:
        each.close()


@pytest.mark.parametrize("folder", ["a-file", "a-file/below"])
def test_where_nothing_can_be_written_each_run_keeps_to_the_limits_for_itself(
    tmp_path: Path, folder: str
) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    turns = Turns(tmp_path / folder)
    first = wish()
    assert turns.ask(first, 100.0) == 0.0
    turns.ended(first, 100.1)
    assert turns.ask(wish(), 100.2) == pytest.approx(0.93, abs=0.01)
    turns.close()
    assert [p.name for p in tmp_path.iterdir()] == ["a-file"]


def test_a_run_that_loses_the_file_lets_a_window_pass_and_goes_on_alone(tmp_path: Path) -> None:
    time_ = Time()
    turns = Turns(tmp_path)
    gate = Gate(Rest("host", time_.clock), Limit(2, 1.0, 1), "single", turns)
    sent = []
    for number in range(8):
        if number == 5:
            assert turns._db is not None
            turns._db.execute("DROP TABLE turns")
        with gate.turn():
            sent.append(time_.seconds)
    assert max(sum(t <= u < t + 1 for u in sent) for t in sent) == 2
    turns.close()


def test_what_was_noted_before_the_machine_started_anew_does_not_count(tmp_path: Path) -> None:
    """The clock of all runs begins again with the machine."""
    before = Turns(tmp_path)
    old = wish()
    assert before.ask(old, 500_000.0) == 0.0
    before.pause("host:80", 30.0, 500_000.0)
    before.ended(old, 500_000.1)
    before.close()
    turns = Turns(tmp_path)
    assert turns.ask(wish(), 10.0) == 0.0
    turns.close()


def test_a_shorter_pause_does_not_end_a_longer_one(two: tuple[Turns, Turns]) -> None:
    one, other = two
    one.pause("host:80", 30.0, 100.0)
    other.pause("host:80", 1.0, 100.0)
    assert one.ask(wish(), 105.0) == 25.0


def test_a_request_that_ends_after_the_run_does_not_open_the_file_anew(tmp_path: Path) -> None:
    turns, late = Turns(tmp_path), wish()
    turns.ask(late, 100.0)
    turns.close()
    turns.ended(late, 101.0)
    assert turns._db is None
