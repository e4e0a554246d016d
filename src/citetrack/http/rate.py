"""A rate and a concurrency, as a host's own headers state them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The most that Crossref gives without a token (polite pool, single records, since 2025-12-01).
#: A header that promises more is not believed.
_MOST_A_SECOND, _MOST_AT_A_TIME = 10, 3
_INTERVAL = re.compile(r"\s*(\d{1,6})\s*(ms|s|m|h)?\s*$")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, None: 1.0}
_WHOLE = re.compile(r"\s*(\d{1,9})\s*$")


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
