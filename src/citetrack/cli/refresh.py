"""`citetrack refresh`: ask again what happened to the studies that stories cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.options import asking_options
from citetrack.cli.rechecks import asking_again, counted, now, say_unasked, shown
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from citetrack.pipeline import Checker
    from citetrack.store import Store

_INTERRUPTED, _UNASKED = 130, 3


@click.command(short_help="Ask again about the studies that stories cite.")
@click.option("--json", "as_json", is_flag=True, help="The counts and DOIs as a JSON object.")
@asking_options
def refresh(*, as_json: bool, **options: Any) -> int:
    """Ask again what happened to each study that the stories kept cite, and keep the answers.

    DOIs that were not live yet when a story printed them are tried again. Ctrl-C keeps what is
    done. `citetrack watch` tells what is new.

    \b
    Examples:
      citetrack refresh
      citetrack refresh --works papers.jsonl

    \b
    JSON: asked, unasked, in_part (asked, and not every source answered), changed
    (numbers); live, not_live_yet (lists of DOIs).
    Exit code: 0 all were asked, 2 wrong use, 3 something could not be asked.
    """  # noqa: D301
    counts = {"asked": 0, "unasked": 0, "in_part": 0, "changed": 0}
    live: dict[str, bool] = {}
    with asking_again(options, refresh=True) as (checker, store):
        try:
            _ask(checker, store, counts, live)
        except KeyboardInterrupt:
            say("Stopped. What is done was kept.")
            return _INTERRUPTED
    _write(counts, live, as_json=as_json)
    return _UNASKED if counts["unasked"] or counts["in_part"] else 0


def _ask(checker: Checker, store: Store, counts: dict[str, int], live: dict[str, bool]) -> None:
    from citetrack.pipeline.rechecking import recheck, work_off

    at = now()
    total = len(store.cited_works())
    unasked = []
    for done in shown(recheck(checker.registry, store, at), total):
        counts["asked" if done.asked else "unasked"] += 1
        counts["in_part"] += done.asked and not done.settled
        counts["changed"] += done.asked and bool(done.new)
        unasked += [] if done.settled else [done]
    say_unasked(unasked)
    for doi, is_live in work_off(checker.registry, store, at):
        live[doi.value] = is_live


def _write(counts: dict[str, int], live: dict[str, bool], *, as_json: bool) -> None:
    from citetrack.cli.writing import write_data
    from citetrack.exports.jsonl import to_json

    now_live = [doi for doi, is_live in live.items() if is_live]
    waiting = [doi for doi, is_live in live.items() if not is_live]
    if as_json:
        write_data([f"{to_json({**counts, 'live': now_live, 'not_live_yet': waiting})}\n"])
        return
    lines = [f"Asked again about {counted(counts['asked'], 'study', 'studies')}."]
    if counts["changed"]:
        some = "1 of them has" if counts["changed"] == 1 else f"{counts['changed']:,} of them have"
        lines += [f"{some} changed since the last `citetrack watch`, which tells what is new."]
    if counts["in_part"]:
        lines += [f"Not every source answered for {counts['in_part']:,} of them."]
    if counts["unasked"]:
        lines += [f"Not asked: {counts['unasked']:,}. What was known of them stays."]
    lines += [f"Live now: {doi}. Check its story again." for doi in now_live]
    lines += [f"Not live yet: {doi}" for doi in waiting]
    write_data(f"{line}\n" for line in lines)
