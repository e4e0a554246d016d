"""How far a run over many stories is, for a person who looks."""

from __future__ import annotations

import gzip
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from citetrack.ingest.item import Item

_LINES = (".jsonl", ".ndjson")
_MINUTE, _HOUR = 60, 3600


def with_progress(
    items: Iterable[Item], sources: Sequence[str], seconds_for: Callable[[int, int], float]
) -> Iterator[Item]:
    """Yield the items, and show how many are done and what time is left.

    Nothing shows unless there are several and stderr is a terminal. `seconds_for` returns the
    time that so many done and so many left mean by the limits of those who are asked.
    """
    if not sys.stderr.isatty() or not _several(sources):
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    total, began = stories_in(sources), time.monotonic()
    columns = (TextColumn("{task.fields[done]}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, done=_done(0, total), left="")
        for number, item in enumerate(items, 1):
            yield item
            left = time_left(number, total, time.monotonic() - began, seconds_for)
            progress.update(task, completed=number, done=_done(number, total), left=left)


def time_left(
    done: int, total: int | None, elapsed: float, seconds_for: Callable[[int, int], float]
) -> str:
    """Return the time left in words: by the pace so far, or by the limits where they are slower.

    >>> time_left(10, 1000, 5.0, lambda done, left: left * 2.0)
    'about 33 min left'
    """
    if total is None or done >= total:
        return ""
    left = total - done
    return f"about {_words(max(elapsed / done * left, seconds_for(done, left)))} left"


def _words(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} h"


def _done(number: int, total: int | None) -> str:
    return f"{number:,} checked" if total is None else f"{number:,} of {total:,} checked"


def stories_in(sources: Sequence[str]) -> int | None:
    """Return how many stories the sources hold, None where only reading them tells."""
    counts = [_stories(source) for source in sources]
    return None if None in counts else sum(n for n in counts if n)


def _stories(source: str) -> int | None:
    if source == "-":
        return None
    if not _holds_many(source):
        return 1
    try:
        opened = gzip.open(source) if source.lower().endswith(".gz") else open(source, "rb")  # noqa: PTH123, SIM115
        with opened as file:
            return sum(1 for line in file if line.strip())
    except (OSError, EOFError):
        return 1


def _several(sources: Sequence[str]) -> bool:
    return len(sources) > 1 or _holds_many(sources[0])


def _holds_many(source: str) -> bool:
    return source == "-" or source.lower().removesuffix(".gz").endswith(_LINES)
