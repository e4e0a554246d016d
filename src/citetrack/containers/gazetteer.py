"""The names of journals: packaged, widened by those of the works in use, scanned all at once."""

from __future__ import annotations

from functools import cached_property
from importlib import resources
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from citetrack.containers.spelling import (
    HEADS,
    SHORTEST,
    journal_key,
    plain_marks,
    rank_of,
    spellings_of,
)
from citetrack.containers.table import Journal, Name, Table, joins, packed_names, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ahocorasick_rs import BytesAhoCorasick

    from citetrack.containers.listed import Listed


#: A name met in a text: where it starts and ends, and its row in the table.
Hit: TypeAlias = "tuple[int, int, int]"


class Gazetteer:
    """Names of journals, looked up one by one or found in a text all at once."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @classmethod
    def of(cls, names: Mapping[str, Name]) -> Gazetteer:
        """Return the gazetteer of these names by their spelling."""
        return cls(unpacked(packed_names(names)))

    def with_journals(self, journals: Iterable[Listed], *, every: bool = False) -> Gazetteer:
        """Return a gazetteer that knows these journals too, as works name them, or this one.

        Titles known already keep their journal. What is too short for a name is left out, and what
        says "Journal of" by itself, since the rules find that without knowing it (but `every`).
        """
        names: dict[str, Name] = {}
        added: set[str] = set()
        for listed in journals:
            title = " ".join(listed.title.split())
            found_anyway = not every and not HEADS.isdisjoint(title.split())
            if len(title) < SHORTEST or found_anyway:
                continue
            key = journal_key(title)
            if key and key not in added and self.table.row_of(title) < 0:
                added.add(key)
                name = Name(Journal(title, listed.issn), title, rank_of(title, own=False))
                for spelling in spellings_of(title):
                    names.setdefault(spelling, name)
        if not names:
            return self
        known = self.table.names()
        return Gazetteer.of(known | {s: name for s, name in names.items() if s not in known})

    def __len__(self) -> int:
        return len(self.table)

    @property
    def spellings(self) -> Iterable[str]:
        """What is scanned for."""
        return self.table.spellings

    def name(self, written: str) -> Name | None:
        """Return what is known of a name, however it is spelt, or None."""
        row = self.table.row_of(written)
        return self.table.name(row) if row >= 0 else None

    def find(self, written: str) -> Journal | None:
        """Return the journal of this name, however it is spelt, or None."""
        found = self.name(written)
        return found.journal if found else None

    def same(self, one: str, other: str) -> bool | None:
        """Return whether two names are one journal's; None where either is unknown."""
        a, b = self.find(one), self.find(other)
        return None if a is None or b is None else a == b

    def scan(self, text: str) -> Iterator[Hit]:
        """Yield the names in a text, leftmost and longest first, whole words in their capitals."""
        text = plain_marks(text)
        raw, ascii_only = text.encode(errors="replace"), text.isascii()
        longest, rests, sizes = self.table.longest, self.table.rests, self.table.sizes
        met = self._automaton.find_matches_as_indexes(raw, overlapping=True)
        met.reverse()  # of two groups met at one place the names of the one that ends later first
        met.sort(key=_PLACE)
        done = place = counted = 0
        for group, at, _ in met:
            # The library takes a fifth more time to count characters.
            place = at if ascii_only else place + len(raw[counted:at].decode())
            counted = at
            start = place - rests[group]
            if start < done or (start and (x := text[start - 1]).isalnum() and joins(x)):
                continue
            if found := longest(group, text, start, place + sizes[group]):
                done, row = found
                yield start, done, row

    @cached_property
    def _automaton(self) -> BytesAhoCorasick:
        """What finds the beginnings of names, each the number of its group."""
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        return BytesAhoCorasick(
            (pattern.encode() for pattern in self.table.patterns()),
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )


_PLACE = itemgetter(1)


def packaged_table() -> Table:
    """Return the names that come with citetrack; `tools/journals.py` packs them."""
    return unpacked(resources.files("citetrack.resources").joinpath("journals.bin").read_bytes())
