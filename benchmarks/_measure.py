"""Ratios beside their targets; CPU seconds; memory."""

from __future__ import annotations

import math
import resource
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

missed: list[str] = []


def told(name: str, value: float, target: str, *, reached: bool) -> None:
    """Print a figure beside its target."""
    print(f"{name:<52}{value:>10.3g}   {target:<22}{'' if reached else 'MISSED'}", flush=True)
    if not reached:
        missed.append(name)


def at_least(name: str, value: float, target: float) -> None:
    """Print a figure that must not be smaller."""
    told(name, value, f"at least {target:g}", reached=value >= target)


def at_most(name: str, value: float, target: float) -> None:
    """Print a figure that must not be greater."""
    told(name, value, f"at most {target:g}", reached=value <= target)


def cpu() -> float:
    """Return the CPU seconds of this process and of those that it waited for."""
    usages = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in usages)


@contextmanager
def timed(spent: dict[str, float], name: str) -> Iterator[None]:
    """Note the CPU and wall seconds of what is done within."""
    before, wall = cpu(), time.perf_counter()
    yield
    spent[name] = cpu() - before
    spent[f"{name} wall"] = time.perf_counter() - wall


class Memory:
    """The resident memory of this process while it indexes, quarter by quarter."""

    def __init__(self) -> None:
        self.peaks = [0.0] * 4

    def note(self, stage: str, done: int, total: int, _works: int) -> None:
        """Take note of the memory; a report of a build."""
        if stage == "indexing":
            quarter = min(3, 4 * done // max(total, 1))
            self.peaks[quarter] = max(self.peaks[quarter], _resident())

    def report(self) -> None:
        """Print the peak, and whether the end of the build needs more than its middle."""
        _, second, _, last = self.peaks
        print(f"  resident at most {max(self.peaks):,.0f} MiB while indexing")
        if second:
            at_most("memory, last quarter / second", last / second, 1.1)


def _resident() -> float:
    """Return the MiB that are this process's own; pages of files do not count."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return 0.0


def turns(asked: Sequence[Any], *ways: Callable[[Any], object]) -> list[float]:
    """Return the CPU seconds of each way, the better of three turns."""
    best = [math.inf] * len(ways)
    for _ in range(3):
        for place, way in enumerate(ways):
            before = time.process_time()
            for each in asked:
                way(each)
            best[place] = min(best[place], time.process_time() - before)
    return best


def each_time(queries: Sequence[Any], ask: Callable[[Any], object]) -> list[float]:
    """Return the CPU seconds of each question, in order of length."""
    times = []
    for query in queries:
        before = time.process_time()
        ask(query)
        times.append(time.process_time() - before)
    return sorted(times)


def p95(times: Sequence[float]) -> float:
    """Return what 95 of 100 do not exceed."""
    return times[int(len(times) * 0.95)]
