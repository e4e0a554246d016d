"""Numbers of trial registries: ClinicalTrials.gov (NCT) and ISRCTN, eight digits each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

_NCT = re.compile(r"(?<![a-z0-9])nct(?:\W{0,2}|\s?(?:number|no|id)[\s.:#]{1,3})(\d{8})(?!\d)")
_ISRCTN = re.compile(r"(?<![a-z0-9])isrctn(?:\W{0,3}|\s?(?:number|no|id)[\s.:#]{1,3})(\d{8})(?!\d)")


def read_trial(page: Folded, at: int) -> Iterator[Identifier]:
    """Yield the registration number of a trial."""
    for kind, pattern in (("nct", _NCT), ("isrctn", _ISRCTN)):
        m = pattern.match(page.lower, at)
        if m:
            yield Identifier(
                kind, f"{kind.upper()}{m[1]}", *m.span(), page.text[m.start() : m.end()]
            )


def canonical_nct(printed: str) -> str | None:
    """Return "NCT" and eight digits."""
    return _canonical("NCT", printed)


def canonical_isrctn(printed: str) -> str | None:
    """Return "ISRCTN" and eight digits."""
    return _canonical("ISRCTN", printed)


def _canonical(registry: str, printed: str) -> str | None:
    m = re.fullmatch(rf"(?:{registry})?\W*(\d{{8}})", printed.strip(), re.IGNORECASE)
    return f"{registry}{m[1]}" if m else None
