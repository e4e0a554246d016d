"""How many requests a host gets: a rate and a concurrency for each kind of request.

What a host allows is read from its own headers; until it has said so, one request a second and
one at a time, the least that Crossref gives anybody.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from citetrack.errors import RateLimited
from citetrack.http.rate import Limit, read_limit
from citetrack.http.turns import Place, Turns, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: A host that asks for a longer pause, at once or in all without an answer, is not waited for.
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the client sees it; tests bring their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], float] = time.time


@dataclass(slots=True)
class Rest:
    """The pause that a host asks for, kept by every kind of request to it."""

    host: str
    clock: Clock = field(default_factory=Clock)
    _until: float = 0.0
    _asked: float = 0.0
    _too_long: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, seconds: float) -> None:
        """Note that the host asks for a pause; raise RateLimited when it is too long to wait."""
        with self._lock:
            self._until = max(self._until, self.clock.now() + seconds)
            self._asked += seconds
            if self._asked > LONGEST_PAUSE:
                self._too_long = True
                raise self._refusal()

    def answered(self) -> None:
        """Note an answer: pauses before it no longer count."""
        with self._lock:
            self._asked = 0.0

    def left(self) -> float:
        """Return the seconds that are left; raise RateLimited when nobody waits that long."""
        with self._lock:
            left = self._until - self.clock.now()
            if left > 0 and self._too_long:
                raise self._refusal()
            if left <= 0 and self._too_long:
                self._too_long, self._asked = False, 0.0
            return left

    def _refusal(self) -> RateLimited:
        seconds = max(1.0, self._until - self.clock.now())
        message = f"{self.host} asks to be left alone for {seconds:.0f} seconds."
        return RateLimited(message, retry_after=seconds, hint="Try again later.")


@dataclass(slots=True)
class Gate:
    """Lets requests of one kind to one host through, as fast as the host allows; counts them."""

    rest: Rest
    limit: Limit = field(default_factory=Limit)
    kind: str = "page"
    turns: Turns = field(default_factory=Turns)
    sent: int = 0
    _under_way: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def turn(self, lasts: float = LONGEST_PAUSE) -> Iterator[None]:
        """Wait for a place and for the rate; hold the place while the request is under way.

        `lasts` are the seconds after which the request has ended for certain. Raises RateLimited
        while the host rests for longer than anybody waits.
        """
        with self._changed:
            while self._under_way >= self.limit.at_a_time:
                self._changed.wait()
            self._under_way += 1
        wish = Wish(Place(self.rest.host, self.kind), self.limit, lasts)
        try:
            self._wait(wish)
            self.sent += 1
            yield
        finally:
            self.turns.ended(wish, self.rest.clock.now())
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def adapt(self, headers: Mapping[str, str]) -> None:
        """Take over the limit that an answer states; what was sent so far still counts."""
        with self._changed:
            self.limit = read_limit(headers, self.limit)
            self._changed.notify_all()

    def ask_for_rest(self, seconds: float) -> None:
        """Note that the host asks for a pause; raise RateLimited when it is too long to wait."""
        self.turns.pause(self.rest.host, seconds, self.rest.clock.now())
        self.rest.ask(seconds)

    def _wait(self, wish: Wish) -> None:
        """Wait until the host does not rest and a request of its kind may be sent."""
        clock = self.rest.clock
        while True:
            pause = self.rest.left()
            if pause <= 0:
                pause = self.turns.ask(replace(wish, limit=self.limit), clock.now())
            if pause <= 0:
                return
            clock.sleep(pause)
