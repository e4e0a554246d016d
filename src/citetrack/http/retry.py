"""Trying again: when, how often, after how long."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stamina import Attempt

#: stamina tells of each retry at level WARNING, which Python prints where nobody listens.
logging.getLogger("stamina").addHandler(logging.NullHandler())

#: Answers that another attempt may better.
PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


class Passing(Unreachable):
    """A failure that may pass: no connection, a time-out, a broken answer, 429, 5xx.

    `retry_after` are the seconds that the host asks for, which every request to it keeps;
    `connected` is False when there was nobody to ask.
    """

    def __init__(
        self, message: str, *, retry_after: float | None = None, connected: bool = True
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.connected = connected


@dataclass(frozen=True, slots=True)
class Policy:
    """How often to try, and the pauses between: exponential, with jitter, in seconds."""

    attempts: int = 4
    wait_initial: float = 0.5
    wait_max: float = 8.0
    wait_jitter: float = 0.5
    budget: float = 90.0

    def tries(self) -> Iterator[Attempt]:
        """Yield one context after the other until one ends without a passing failure."""
        from stamina import retry_context

        return iter(
            retry_context(
                on=Passing,
                attempts=self.attempts,
                timeout=self.budget,
                wait_initial=self.wait_initial,
                wait_max=self.wait_max,
                wait_jitter=self.wait_jitter,
            )
        )


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that `Retry-After` asks for, or None; `now` is seconds since 1970.

    Source: RFC 9110, 10.2.3: whole seconds or an HTTP date. A date is one of the host's clock,
    which it tells in `Date`; `now` is for hosts that do not.

    >>> retry_after({"retry-after": "120"}, 0)
    120.0
    """
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text[:9])
    until, told = _instant(text), _instant(headers.get("date", ""))
    return None if until is None else max(0.0, until - (now if told is None else told))


def _instant(text: str) -> float | None:
    """Return an HTTP date as seconds since 1970; None for what is none."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def failure_of_status(
    host: str, status: int, headers: Mapping[str, str], now: float
) -> Passing | None:
    """Return the passing failure that a status stands for, or None when it is an answer."""
    if status not in PASSING_STATUSES:
        return None
    pause = retry_after(headers, now)
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        return Passing(f"{host} asks for fewer requests (429).", retry_after=pause)
    return Passing(f"{host} reports a fault of its own ({status}).", retry_after=pause)
