"""RePEc handles: "RePEc:nbr:nberwo:17577"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_REPEC = re.compile(r"repec:([a-z]{3}):([a-z0-9]{6}):([-\w.:/+]{1,120})")


def find_repec(page: Folded) -> Iterator[Identifier]:
    """Yield the RePEc handles: archive, series of six characters, number."""
    for m in _REPEC.finditer(page.lower):
        printed = page.text[m.start() : m.end()].rstrip(".:/-")
        value = canonical(printed)
        if value:
            yield Identifier("repec", value, m.start(), m.start() + len(printed), printed)


def canonical(printed: str) -> str | None:
    """Return "RePEc:" and the handle as it stands."""
    m = re.fullmatch(r"repec:([a-z]{3}:[a-z0-9]{6}:\S+)", printed.strip(), re.IGNORECASE)
    return f"RePEc:{m[1]}" if m else None
