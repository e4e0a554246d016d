"""The client: sends a request politely and returns the answer, whole and within limits."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import urlsplit

from citetrack.errors import ConfigError, RateLimited
from citetrack.http.addresses import check_url
from citetrack.http.health import Health
from citetrack.http.limits import Clock, Gate, Rest
from citetrack.http.rate import Limit
from citetrack.http.retry import Passing, Policy, failure_of_status
from citetrack.http.timed import within
from citetrack.http.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import requests

    from citetrack.http.response import Response

T = TypeVar("T")

#: Bytes of the decoded body. A list of 1,000 Crossref records is about 12 MB.
MAX_BYTES = 20_000_000
#: The time-out of the socket comes first; this is for hosts that send a byte now and then.
_GRACE = 0.5
#: A story leads to few pages of one site; registries begin with `Limit()`.
_START = {"page": Limit(2, 1.0, 2)}
#: Which sites a story led to is written nowhere.
_REGISTRIES = frozenset({"single", "list"})


@dataclass(slots=True)
class Client:
    """One polite client; use it as a context manager, or close it.

    `timeout` is what one answer may take, in seconds. `mailto` joins Crossref's polite pool; one
    that is no address raises ConfigError. `limits` is the folder in which clients tell each other
    what they ask of registries, so that all of them together keep to the limits; without one, or
    where it cannot be written, each keeps to them for itself. Safe to share between threads.
    """

    mailto: str | None = None
    timeout: float = 20.0
    allow_private: bool = False
    policy: Policy = field(default_factory=Policy)
    clock: Clock = field(default_factory=Clock)
    limits: Path | None = None
    _sessions: dict[bool, requests.Session] = field(default_factory=dict)
    _gates: dict[tuple[str, str], Gate] = field(default_factory=dict)
    _rests: dict[str, Rest] = field(default_factory=dict)
    _healths: dict[str, Health] = field(default_factory=dict)
    _turns: dict[bool, Turns] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        mailto = self.mailto
        if mailto is not None and not _is_address(mailto):
            raise ConfigError(f"This is not an e-mail address: {mailto!r}.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            sessions = list(self._sessions.values())
            self._sessions.clear()
            turns = list(self._turns.values())
        for session in sessions:
            session.close()
        for each in turns:
            each.close()

    @property
    def agent(self) -> str:
        """The name under which requests are sent, without the address."""
        from importlib.metadata import version

        return f"citetrack/{version('citetrack')}"

    def seconds_for(self, done: float, left: float) -> float:
        """Return how long `left` more of what took so many requests for `done` will take at least.

        By the limits in force: the kind of request that is slowest decides.
        """
        with self._lock:
            gates = list(self._gates.values())
        return max(
            (g.sent / done * left * g.limit.seconds / g.limit.requests for g in gates), default=0.0
        )

    def get(
        self,
        url: str,
        *,
        kind: str = "page",
        accept: str = "*/*",
        max_bytes: int = MAX_BYTES,
        trusted: bool = False,
        wanted: Callable[[Response], None] | None = None,
        policy: Policy | None = None,
        seconds: float | None = None,
    ) -> Response:
        """Return the answer to one GET, of any status but 429 and 5xx; redirects are not followed.

        `kind` names the limit that holds ("page", "single", "list"). `trusted` is for bases that
        the user named, which may be private. `wanted` sees the answer before its body is read,
        and may raise to leave it unread. `seconds` is what a large answer may take in place of
        `timeout`. Raises Refused, TooLarge, Unreachable, and RateLimited
        when the host asks for a pause of more than 60 s.
        """
        from citetrack.http.exchange import Exchange

        private = trusted or self.allow_private
        check_url(url, allow_private=private)

        def on_head(head: Response) -> None:
            self.heard(url, kind, head.status, head.headers)
            if wanted:
                wanted(head)

        exchange = Exchange(url, _host(url), accept, max_bytes, on_head)
        session = self._session(public_only=not private)
        return self.call(
            url, kind, lambda s: exchange.run(session, s), policy=policy, seconds=seconds
        )

    def heard(self, url: str, kind: str, status: int, headers: Mapping[str, str]) -> None:
        """Take over the limit that an answer states (names in lower case).

        Raises Passing for a status that another attempt may better.
        """
        self._gate(url, kind).adapt(headers)
        failure = failure_of_status(_host(url), status, headers, self.clock.wall())
        if failure:
            raise failure

    def call(
        self,
        url: str,
        kind: str,
        send: Callable[[float], T],
        *,
        policy: Policy | None = None,
        seconds: float | None = None,
    ) -> T:
        """Return what `send` returns, asked as politely as with `get`: for other HTTP stacks.

        `send` is given the seconds it may take, and raises Passing for what may pass.
        """
        health = self._health(url)
        health.check()
        try:
            gate, policy = self._gate(url, kind), policy or self.policy
            answer = self._tried(health, gate, send, policy, seconds)
        except (Passing, RateLimited):
            health.settled(good=False)
            raise
        health.settled(good=True)
        return answer

    def _tried(
        self,
        health: Health,
        gate: Gate,
        send: Callable[[float], T],
        policy: Policy,
        seconds: float | None,
    ) -> T:
        failed_at: float | None = None
        for attempt in policy.tries():
            with attempt, gate.turn((seconds or self.timeout) + 2 * _GRACE):
                health.check()
                since = self.clock.now() if failed_at is None else failed_at
                try:
                    answer = self._timed(health, send, seconds)
                except Passing as e:
                    failed_at = self._noted(e, health, gate, since)
                    raise
                health.answered()
                gate.rest.answered()
                return answer
        raise AssertionError("stamina ends with an answer or an error")

    def _noted(self, failure: Passing, health: Health, gate: Gate, since: float) -> float | None:
        """Note a failure; return from when the next counts, None after a pause asked for."""
        if failure.retry_after is not None:
            gate.ask_for_rest(failure.retry_after)
            return None
        now = self.clock.now()
        health.lost(now - since, connected=failure.connected)
        return now

    def _timed(self, health: Health, send: Callable[[float], T], allowed: float | None) -> T:
        seconds = allowed or min(self.timeout, health.patience())
        try:
            return within(seconds + _GRACE, lambda: send(seconds))
        except TimeoutError as e:
            # What was asked is still under way: to ask for more would be one too many at a time.
            health.hangs()
            message = f"{health.host} did not answer in full within {seconds:.0f} seconds."
            raise Passing(message) from e

    def _session(self, *, public_only: bool) -> requests.Session:
        from citetrack.http.guarded import new_session

        with self._lock:
            if public_only not in self._sessions:
                address = f" (mailto:{self.mailto})" if self.mailto else ""
                self._sessions[public_only] = new_session(
                    self.agent + address, public_only=public_only
                )
            return self._sessions[public_only]

    def _gate(self, url: str, kind: str) -> Gate:
        host = _host(url)
        with self._lock:
            if (host, kind) not in self._gates:
                rest = self._rests.setdefault(host, Rest(host, self.clock))
                shared = kind in _REGISTRIES
                turns = self._turns.setdefault(shared, Turns(self.limits if shared else None))
                self._gates[host, kind] = Gate(rest, _START.get(kind, Limit()), kind, turns)
            return self._gates[host, kind]

    def _health(self, url: str) -> Health:
        host = _host(url)
        with self._lock:
            return self._healths.setdefault(host, Health(host))


def _host(url: str) -> str:
    """Return host and port, as limits are kept and messages speak of them."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _is_address(mailto: str) -> bool:
    name, at, domain = mailto.partition("@")
    plain = mailto.isascii() and mailto.isprintable() and not set(" ()<>,;") & set(mailto)
    return bool(plain and name and at and domain and "@" not in domain)
