"""Journals as records name them: the titles of works, put together by journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What one work says of its journal: the title, then its short titles; and the ISSN.
Told: TypeAlias = "tuple[tuple[str, ...], tuple[str, ...]]"


class Listed(NamedTuple):
    """A journal: its title as records print it, its ISSN, and its short titles."""

    title: str
    issn: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def told(self) -> Told:
        """The same as a work says it."""
        return (self.title, *self.others), self.issn


def listed(told: Iterable[Told]) -> list[Listed]:
    """Return each title once, with every ISSN and short title that stands beside it, sorted."""
    issns: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for names, codes in told:
        title, *short = names or ("",)
        if title:
            issns.setdefault(title, set()).update(codes)
            others.setdefault(title, set()).update(short)
    return [
        Listed(title, tuple(sorted(issns[title])), tuple(sorted(others[title])))
        for title in sorted(issns)
    ]
