"""What a story's page prints outside the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.model import STORY_ZONES, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.model import Mention

_PARTS = {Zone.RELATED: "related stories", Zone.NAVIGATION: "menu"}
_MOST_NAMED = 3


def dois_set_aside(mentions: Iterable[Mention]) -> Iterator[str]:
    """Yield one sentence that names the DOIs outside the story, or nothing where there are none."""
    outside = {
        m.value: f"{m.printed or m.value} ({_PARTS.get(m.zone, m.zone.value)})"
        for m in mentions
        if m.kind == "doi" and m.zone not in STORY_ZONES
    }
    if not outside:
        return
    named = ", ".join(list(outside.values())[:_MOST_NAMED])
    more = f" and {len(outside) - _MOST_NAMED} more" if len(outside) > _MOST_NAMED else ""
    what = "1 DOI stands" if len(outside) == 1 else f"{len(outside)} DOIs stand"
    yield f"{what} outside the story, where no study is looked for: {named}{more}."
