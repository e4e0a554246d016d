"""The pools of Crossref: what arrives in them, goes wrong there, and whether they are kept to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Pool:
    """What a pool allows: requests a second, and at a time."""

    rate: int
    concurrency: int


#: In force since 1 December 2025.
POOLS = {
    "public-single": Pool(5, 1),
    "public-array": Pool(1, 1),
    "polite-single": Pool(10, 3),
    "polite-array": Pool(3, 3),
}


@dataclass
class Fault:
    """What goes wrong (`kind`), with which requests (`on`: part of the address), how often."""

    kind: str
    on: str = ""
    times: int | None = None
    seconds: float = 0.0
    used: int = 0


@dataclass
class Asked:
    """One request as it arrived, with so many under way `together`.

    `ended` is when the answer began, or nobody waited for it any more.
    """

    method: str
    path: str
    params: dict[str, str]
    agent: str
    pool: str
    at: float
    together: int
    over: bool
    fault: str | None = None
    ended: float | None = None
    pause_until: float | None = None


def check_pools(log: Iterable[Asked], pools: dict[str, Pool], *, jitter: float = 0.0) -> None:
    """Fail when a second less `jitter` held more requests than a pool allows, or a moment did."""
    by_pool: dict[str, list[Asked]] = {}
    for asked in log:
        by_pool.setdefault(asked.pool, []).append(asked)
    for name, requests in by_pool.items():
        assert most_in_a_second(requests, 1.0 - jitter) <= pools[name].rate, name
        assert max(asked.together for asked in requests) <= pools[name].concurrency, name


def most_in_a_second(requests: Iterable[Asked], second: float = 1.0) -> int:
    """Return how many requests arrived in the second that held most."""
    arrived = sorted(asked.at for asked in requests)
    return max(
        sum(start <= t < start + second for t in arrived[i:]) for i, start in enumerate(arrived)
    )


def check_pauses(log: Sequence[Asked]) -> int:
    """Fail when something arrived while a pause lasted; return how many were asked for."""
    pauses = [(asked.at, asked.pause_until) for asked in log if asked.pause_until is not None]
    for asked_at, until in pauses:
        assert not [a for a in log if asked_at < a.at < until]
    return len(pauses)
