"""What is known of one DOI, without a story: its record, what happened to it, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citetrack.model import Doi, History, Lookup, Outcome
from citetrack.updates import Standing, is_notice, standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetrack.model import Work
    from citetrack.pipeline.registry import Registry

NOT_REGISTERED, UNKNOWN = "not-registered", "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a DOI.

    `standing.status` is ok, corrected, expression-of-concern, retracted, withdrawn or
    retracted-republished; not-registered where nobody has the DOI; unknown where somebody who
    could know was not asked or did not answer. Only what was asked is "ok".
    """

    doi: Doi
    lookup: Lookup
    history: History
    standing: Standing

    @property
    def work(self) -> Work | None:
        """The record, where it was read."""
        return self.lookup.works[0] if self.lookup.works else None

    @property
    def is_notice(self) -> bool:
        """Whether the record is a notice about another paper."""
        return self.work is not None and is_notice(self.work)

    @property
    def why(self) -> str | None:
        """Why something is not known."""
        return self.lookup.why if self.work is None else self.history.why


def known_of(registry: Registry, doi: Doi) -> Known:
    """Return what the registries know of a DOI."""
    lookup = registry.record_of(doi)
    if lookup.outcome is Outcome.NOT_FOUND:
        return Known(doi, lookup, History(), Standing(NOT_REGISTERED))
    if not lookup.works:
        return Known(doi, lookup, History(), Standing(UNKNOWN))
    history = registry.history_of(lookup.works[0])
    found = standing(history.updates)
    if found.status == "ok" and not history.checked:
        found = replace(found, status=UNKNOWN)
    return Known(doi, lookup, history, found)


def known_of_many(registry: Registry, dois: Sequence[Doi]) -> Iterator[Known]:
    """Yield what is known of each DOI, in order; those of a stretch are asked for together."""
    for start in range(0, len(dois), _STRETCH):
        stretch = dois[start : start + _STRETCH]
        registry.look_ahead(stretch)
        yield from (known_of(registry, doi) for doi in stretch)


#: As many as fit into one question to Crossref.
_STRETCH = 40
