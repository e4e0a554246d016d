"""How many requests a host gets: a rate and a concurrency for each kind of request.

What a host allows is read from its own headers; until it has said so, one request a second and
one at a time, the least that Crossref gives anybody.
"""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetrack.errors import RateLimited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyrate_limiter import InMemoryBucket, Rate

#: The most that Crossref gives without a token (polite pool, single records, since 2025-12-01).
#: A header that promises more is not believed.
_MOST_A_SECOND, _MOST_AT_A_TIME = 10, 3
#: Requests arrive less evenly than they are sent: the window is kept this much longer.
_MARGIN = 1.15
#: A host that asks for a longer pause, at once or in all without an answer, is not waited for.
LONGEST_PAUSE = 60.0
_INTERVAL = re.compile(r"\s*(\d{1,6})\s*(ms|s|m|h)?\s*$")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, None: 1.0}
_WHOLE = re.compile(r"\s*(\d{1,9})\s*$")


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the client sees it; tests bring their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], float] = time.time


@dataclass(frozen=True, slots=True)
class Limit:
    """`requests` in each `seconds`, of which `at_a_time` under way together."""

    requests: int = 1
    seconds: float = 1.0
    at_a_time: int = 1


def read_limit(headers: Mapping[str, str], known: Limit) -> Limit:
    """Return the limit that the headers state (names in lower case), `known` where they are silent.

    >>> read_limit({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}, Limit())
    Limit(requests=5, seconds=1.0, at_a_time=1)
    """
    requests = _whole(headers.get("x-rate-limit-limit", ""))
    interval = _INTERVAL.match(headers.get("x-rate-limit-interval", "1s"))
    seconds = int(interval[1]) * _UNITS[interval[2]] if interval else 0.0
    at_a_time = _whole(headers.get("x-concurrency-limit", "")) or known.at_a_time
    if not requests or not seconds:
        requests, seconds = known.requests, known.seconds
    if requests / seconds > _MOST_A_SECOND:
        requests, seconds = _MOST_A_SECOND, 1.0
    return Limit(requests, seconds, min(at_a_time, _MOST_AT_A_TIME))


def _whole(text: str) -> int:
    m = _WHOLE.match(text)
    return int(m[1]) if m else 0


@dataclass(slots=True)
class Gate:
    """Lets requests of one kind to one host through, as fast as the host allows; counts them."""

    host: str
    limit: Limit = field(default_factory=Limit)
    clock: Clock = field(default_factory=Clock)
    sent: int = 0
    _under_way: int = 0
    _resting_until: float = 0.0
    _paused: float = 0.0
    _closed: bool = False
    _bucket: InMemoryBucket | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a place and for the rate; hold the place while the request is under way.

        Raises RateLimited while the host rests for longer than anybody waits.
        """
        with self._changed:
            while self._under_way >= self.limit.at_a_time:
                self._changed.wait()
            self._under_way += 1
        try:
            while (pause := self._pause()) > 0:
                self.clock.sleep(pause)
            self.sent += 1
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def adapt(self, headers: Mapping[str, str]) -> None:
        """Take over the limit that an answer states; what was sent so far still counts."""
        with self._changed:
            self.limit = read_limit(headers, self.limit)
            if self._bucket is not None:
                self._bucket.rates = [_rate(self.limit)]
            self._changed.notify_all()

    def rest(self, seconds: float) -> None:
        """Note that the host asks for a pause; raise RateLimited when it is too long to wait."""
        with self._changed:
            self._resting_until = max(self._resting_until, self.clock.now() + seconds)
            self._paused += seconds
            if self._paused > LONGEST_PAUSE:
                self._closed = True
                raise self._refusal()

    def answered(self) -> None:
        """Note an answer: pauses before it no longer count."""
        with self._changed:
            self._paused = 0.0

    def _pause(self) -> float:
        """Take a permit and return 0, or return the seconds until there may be one."""
        from pyrate_limiter import InMemoryBucket, RateItem

        with self._changed:
            rest = self._resting_until - self.clock.now()
            if rest > 0:
                if self._closed:
                    raise self._refusal()
                return rest
            if self._closed:
                self._closed, self._paused = False, 0.0
            if self._bucket is None:
                self._bucket = InMemoryBucket([_rate(self.limit)])
            now = int(self.clock.now() * 1000)
            self._bucket.leak(now)
            item = RateItem("request", now)
            # Both calls are synchronous for a bucket in memory.
            return 0.0 if self._bucket.put(item) else max(int(self._bucket.waiting(item)), 1) / 1000  # type: ignore[arg-type]

    def _refusal(self) -> RateLimited:
        seconds = max(1.0, self._resting_until - self.clock.now())
        message = f"{self.host} asks to be left alone for {seconds:.0f} seconds."
        return RateLimited(message, retry_after=seconds, hint="Try again later.")


def _rate(limit: Limit) -> Rate:
    from pyrate_limiter import Rate

    return Rate(limit.requests, int(limit.seconds * _MARGIN * 1000))
