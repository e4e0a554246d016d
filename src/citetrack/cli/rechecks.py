"""What `refresh` and `watch` share: asking again about every work that stories cite."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from citetrack.cli.options import settings_of
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from citetrack.pipeline import Checker
    from citetrack.pipeline.rechecking import Rechecked
    from citetrack.store import Store

T = TypeVar("T")


@contextmanager
def asking_again(options: Mapping[str, Any], *, refresh: bool) -> Iterator[tuple[Checker, Store]]:
    """Give a run and its tracker, which must be there: nothing is cited without one."""
    from citetrack.pipeline import Checker
    from citetrack.store import Store

    with Store.open(options["db"], create=False) as store:
        settings = settings_of({**options, "no_cache": False, "refresh": refresh})
        with Checker(settings, say=say) as checker:
            yield checker, store


def now() -> dt.datetime:
    """Return the time of the run."""
    return dt.datetime.now(dt.UTC)


def shown(items: Iterable[T], total: int) -> Iterator[T]:
    """Yield the items; where a person looks, show how many are done and how long it will take."""
    if total < _WORTH_A_BAR or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (MofNCompleteColumn(), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("asking", total=total)
        for item in items:
            yield item
            progress.advance(task)


_WORTH_A_BAR = 5


def say_unasked(works: Iterable[Rechecked]) -> None:
    """Say which works nobody, or not everybody, could be asked about; once for each reason."""
    silent: dict[tuple[bool, str], list[str]] = {}
    for work in works:
        if not work.settled:
            key = (work.asked, work.known.why or "")
            silent.setdefault(key, []).append(work.cited.doi.value)
    for (in_part, why), dois in silent.items():
        some = ", ".join(dois[:_NAMED]) + (", …" if len(dois) > _NAMED else "")
        what = "asked about in part only" if in_part else "not asked about"
        say(f"{counted(len(dois), 'study', 'studies')} {what} ({some}). {why}".strip())


_NAMED = 3


def counted(number: int, one: str, many: str) -> str:
    """Return "1 study" or "1,140 studies"."""
    return f"{number:,} {one if number == 1 else many}"
