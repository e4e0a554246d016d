"""What changed among the works that stories cite, for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from citetrack.report.known import STANDINGS, known_to_dict, labelled, update_to_dict
from citetrack.report.told import update_line
from citetrack.report.words import when
from citetrack.text import printable, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from citetrack.pipeline.rechecking import Rechecked


def change_view(change: Rechecked) -> RenderableType:
    """Return what is new of a work, what it was before, and the stories that cite it."""
    title = squeeze(printable(change.cited.title or change.cited.doi.value))
    return Group(Text(f"! {title}", "bold"), labelled(_lines(change)))


def _lines(change: Rechecked) -> Iterator[tuple[str, str]]:
    yield "DOI", change.cited.doi.url
    was, now = STANDINGS[change.was][0], STANDINGS[change.known.standing.status][0]
    yield "was", was
    yield "now", now
    for update in change.new:
        yield "new", update_line(update)
    for number, title, outlet, date in change.cited.stories:
        place = ", ".join(p for p in (outlet, when(date)) if p)
        yield "story", f"{number}  {title or '(no title)'}" + (f" ({place})" if place else "")


def change_to_dict(change: Rechecked) -> dict[str, Any]:
    """Return a change as one JSON object: the work as `status` gives it, and what is new."""
    return {
        **known_to_dict(change.known),
        "was": change.was,
        "since": change.seen_at,
        "new": [update_to_dict(u) for u in change.new],
        "stories": [
            {"article_id": number, "title": title, "outlet": outlet, "published": date}
            for number, title, outlet, date in change.cited.stories
        ],
    }
