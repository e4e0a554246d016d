"""RePEc handles: "RePEc:nbr:nberwo:17577"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_REPEC = re.compile(r"repec:([a-z]{3}):([a-z0-9]{6}):([-\w.:/+]{1,120})")


def read_repec(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the RePEc handle: archive, series of six characters, number."""
    m = _REPEC.match(page.lower, at)
    printed = page.text[at : m.end()].rstrip(".:/-") if m else ""
    value = canonical(printed)
    if value:
        yield Identifier("repec", value, at, at + len(printed), printed)


def canonical(printed: str) -> str | None:
    """Return "RePEc:" and the handle as it stands."""
    m = re.fullmatch(r"repec:([a-z]{3}:[a-z0-9]{6}:\S+)", printed.strip(), re.IGNORECASE)
    return f"RePEc:{m[1]}" if m else None
