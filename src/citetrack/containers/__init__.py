"""Journal names in running text: known names and capitalised runs, weighed by what stands near.

A list of names alone is right in one hit of ten (docs/why.md, "Journals"), so a name counts when
it is telling enough, or when the words beside it say that a journal is meant.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citetrack.containers.finding import Finding
from citetrack.containers.gazetteer import Gazetteer, packaged_table
from citetrack.containers.spelling import journal_key
from citetrack.containers.table import Journal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetrack.model import Link, Mention

__all__ = [
    "Gazetteer",
    "Journal",
    "find_containers",
    "journal_key",
    "standard_gazetteer",
]


@lru_cache(maxsize=1)
def standard_gazetteer() -> Gazetteer:
    """Return the journals that come with citetrack, read once when they are first needed."""
    return Gazetteer(packaged_table())


def find_containers(
    text: str, *, links: Sequence[Link] = (), gazetteer: Gazetteer | None = None
) -> Iterator[Mention]:
    """Return the journals named: those of `gazetteer`, and others after a clear cue.

    The value is the title under which records print the journal where it is known, else the name
    as printed; the quote is as printed.
    """
    names = standard_gazetteer() if gazetteer is None else gazetteer
    return Finding(text, links, names).mentions()
