"""`citetrack watch`: what happened to the studies that stories cite, since the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.options import asking_options
from citetrack.cli.rechecks import asking_again, counted, now, say_unasked, shown
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.pipeline import Checker
    from citetrack.pipeline.rechecking import Rechecked
    from citetrack.store import Store

_INTERRUPTED, _CHANGED, _UNASKED = 130, 1, 3
_RETRACTED = frozenset({"retracted", "withdrawn", "retracted-republished"})


@click.command(short_help="What happened to cited studies since last time.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing when nothing changed (for cron).")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, one object a changed study.")
@click.option("--nl", "as_lines", is_flag=True, help="One JSON object a line; also with --json.")
@click.option("--refresh", is_flag=True, help="Ask anew also what was asked in the last day.")
@asking_options
def watch(*, quiet: bool, as_json: bool, as_lines: bool, refresh: bool, **options: Any) -> int:
    """Tell what happened to the studies that stories cite since it was last told.

    Every study that the stories kept cite is asked about. The first run tells nothing and sets
    the base line, also for a study of a new story. In a crontab: citetrack watch -q

    \b
    Examples:
      citetrack watch
      citetrack watch --quiet --nl

    \b
    JSON: as `citetrack status`, and was, since, new (updates), stories
    (article_id, title, outlet, published).

    \b
    Exit code: 0 nothing changed, 1 something did, 2 wrong use, 3 something could
    not be asked; what is then unknown is told by a later run.
    """  # noqa: D301
    seen = _Seen()
    with asking_again(options, refresh=refresh) as (checker, store):
        try:
            changes = list(_changes(checker, store, seen))
        except KeyboardInterrupt:
            say("Stopped. What was not told yet is told the next time.")
            return _INTERRUPTED
        say_unasked(seen.works)
        _write(changes, seen, quiet=quiet, as_json=as_json, as_lines=as_lines)
        _mark(store, seen)
    if changes:
        return _CHANGED
    return _UNASKED if seen.unasked or seen.in_part else 0


class _Seen:
    """The works of a run: all that were asked about, how many are new, how many stayed silent."""

    def __init__(self) -> None:
        self.works: list[Rechecked] = []

    @property
    def unasked(self) -> int:
        return sum(not w.asked for w in self.works)

    @property
    def in_part(self) -> int:
        """How many works some source answered for, and not each that was to be asked."""
        return sum(w.asked and not w.settled for w in self.works)

    @property
    def first(self) -> int:
        return sum(w.asked and w.seen_at is None for w in self.works)

    @property
    def retracted(self) -> str:
        """Say how many of those looked at for the first time are retracted; "" for none."""
        first = [w for w in self.works if w.asked and w.seen_at is None]
        count = sum(w.known.standing.status in _RETRACTED for w in first)
        is_or_are = "is" if count == 1 else "are"
        return (
            f" {count:,} of them {is_or_are} retracted: `citetrack report retracted`."
            if count
            else ""
        )

    @property
    def since(self) -> str | None:
        return max((w.seen_at for w in self.works if w.seen_at), default=None)


def _changes(checker: Checker, store: Store, seen: _Seen) -> Iterator[Rechecked]:
    from citetrack.pipeline.rechecking import recheck

    for work in shown(recheck(checker.registry, store, now()), len(store.cited_works())):
        seen.works.append(work)
        if work.asked and work.new:
            yield work


def _mark(store: Store, seen: _Seen) -> None:
    """Keep what was told, once it has been written: a full disk must not swallow a retraction."""
    from citetrack.pipeline.rechecking import mark_told

    at = now()
    for work in seen.works:
        mark_told(store, work, at)


def _write(
    changes: list[Rechecked], seen: _Seen, *, quiet: bool, as_json: bool, as_lines: bool
) -> None:
    from rich.text import Text

    from citetrack.cli.dois import write_each
    from citetrack.cli.writing import write_table
    from citetrack.report.changes import change_to_dict, change_view

    if quiet and not changes:
        return
    if not (as_json or as_lines):
        headline = f"{_headline(len(changes), seen)}{_silence(seen)}"
        write_table(Text(headline), *([""] if changes else []))
    write_each(changes, change_view, change_to_dict, as_json=as_json, as_lines=as_lines)


def _silence(seen: _Seen) -> str:
    """Say for how many studies part of the sources, or all, stayed silent; "" where none did."""
    said = ""
    if seen.in_part:
        some = counted(seen.in_part, "study", "studies")
        said = f" Not every source answered for {some}."
    if 0 < seen.unasked < len(seen.works):
        said += f" Nobody could be asked about {counted(seen.unasked, 'study', 'studies')}."
    return said


def _headline(changed: int, seen: _Seen) -> str:
    from citetrack.checks.wording import date_in_words

    cited = counted(len(seen.works), "study that stories cite", "studies that stories cite")
    if not seen.works:
        return "The stories kept cite no study yet."
    if seen.unasked == len(seen.works):
        return f"Nobody could be asked about the {cited}: whether anything changed is not known."
    if seen.since is None:
        return f"First look at {cited}: from now on changes are told.{seen.retracted}"
    since = date_in_words(seen.since[:10])
    new = f" {seen.first:,} looked at for the first time.{seen.retracted}" if seen.first else ""
    what = "Nothing changed" if not changed else f"{changed:,} changed"
    return f"{what} among {cited} since {since}.{new}"
