"""Which works are kept, and how much of each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from citetrack.record.dates import date_of
from citetrack.text import words

if TYPE_CHECKING:
    from citetrack.record.core import Core


class Selection(Struct, frozen=True, dict=True, omit_defaults=True):
    """What a build keeps; nothing said is everything.

    `journals` are ISSNs or names, `types` Crossref's types, `from_date` is the first day and
    `years` are the first and last year of publication. `abstracts` off keeps and indexes none.
    `full` keeps the whole messages too.
    `dois_only` keeps nothing but which DOIs there are.
    """

    journals: tuple[str, ...] = ()
    from_date: str | None = None
    years: tuple[int, int] | None = None
    types: tuple[str, ...] = ()
    has_abstract: bool = False
    abstracts: bool = True
    full: bool = False
    dois_only: bool = False

    @cached_property
    def is_all(self) -> bool:
        """Whether every work is kept."""
        return not (
            self.journals or self.years or self.from_date or self.types or self.has_abstract
        )

    def wants(self, work: Core) -> bool:
        """Whether a work is to be kept."""
        if self.types and work.registered_type not in self.types:
            return False
        if self.has_abstract and not work.abstract:
            return False
        if self.years and not self._in_years(work):
            return False
        if self.from_date and _first_day(work) < self.from_date:
            return False
        return not self.journals or not self._names.isdisjoint(_names_of(work))

    def _in_years(self, work: Core) -> bool:
        assert self.years
        return self.years[0] <= (work.issued or 0) // 10_000 <= self.years[1]

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(_folded(name) for name in self.journals)


def _names_of(work: Core) -> list[str]:
    return [_folded(name) for name in (*work.issn, *work.containers)]


def _first_day(work: Core) -> str:
    """Return the day of publication; a month counts as its first day, as Crossref counts it."""
    date = date_of(work.issued)
    parts = str(date or "0000").split("-")
    return "-".join((*parts, "01", "01")[:3])


def _folded(name: str) -> str:
    return " ".join(words(name))
