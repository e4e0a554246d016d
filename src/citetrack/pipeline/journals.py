"""The finders of a run, which also know the journals of the works at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from citetrack.containers import standard_gazetteer
from citetrack.mentions import BUILT_IN, finders_knowing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.containers.listed import Listed
    from citetrack.mentions import Finder


@runtime_checkable
class KnowsContainers(Protocol):
    """A source that can name the journals of its works without reading them all."""

    def containers(self) -> Iterable[Listed]:
        """Return the journals, each title once."""


def finders(sources: Iterable[object]) -> tuple[Finder, ...]:
    """Return the finders, with the journals that `sources` name and the packaged list lacks."""
    knowing = [s for s in sources if isinstance(s, KnowsContainers)]
    packaged = standard_gazetteer()
    wider = packaged.with_journals(journal for s in knowing for journal in s.containers())
    return BUILT_IN if wider is packaged else finders_knowing(wider)
