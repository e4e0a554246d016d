"""Names of journals in columns: a hundred thousand in a few megabytes, ready as they are read."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from citetrack.containers.spelling import NEVER, SEED, journal_key, rest_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal: its title as records print it, and its ISSN."""

    title: str
    issn: tuple[str, ...] = ()


class Name(NamedTuple):
    """One name that is scanned for: its journal, what it is called there, and its rank."""

    journal: Journal | None
    title: str
    rank: int


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """The columns of a table as bytes; numbers of four or eight bytes, the lowest first."""

    about: str
    spellings: memoryview
    spellings_ends: memoryview
    ranks: bytes
    title_of: memoryview
    journal_of: memoryview
    titles: memoryview
    titles_ends: memoryview
    issns: memoryview
    issns_ends: memoryview
    hashes: memoryview
    hashed: memoryview
    firsts: memoryview
    rests: bytes
    sizes: bytes


class Column:
    """Many strings in one piece of memory."""

    def __init__(self, text: memoryview, ends: Sequence[int]) -> None:
        self._text = text
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, row: int) -> str:
        start = self._ends[row - 1] if row else 0
        return str(self._text[start : self._ends[row]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))


class Table:
    """Names as rows: spelling, rank, title, and the journal, which a former name has from another.

    Rows are ordered by where their names are met (`rest_at`) and by spelling, so that those which
    begin alike stand together, as one group.
    """

    def __init__(self, packed: Packed) -> None:
        self.spellings = Column(packed.spellings, _numbers(packed.spellings_ends, "I"))
        self.ranks = packed.ranks
        #: The first row of each group and, at the end, the number of rows.
        self.firsts = _numbers(packed.firsts, "I")
        #: What all names of a group have from this character on and for so many is scanned for.
        self.rests, self.sizes = packed.rests, packed.sizes
        self._title_of = _numbers(packed.title_of, "I")
        self._journal_of = _numbers(packed.journal_of, "I")
        self._titles = Column(packed.titles, _numbers(packed.titles_ends, "I"))
        self._issns = Column(packed.issns, _numbers(packed.issns_ends, "I"))
        self._hashes = _numbers(packed.hashes, "Q")
        self._hashed = _numbers(packed.hashed, "I")

    def __len__(self) -> int:
        return len(self.ranks)

    def row_of(self, written: str) -> int:
        """Return the row of a name, however it is spelt, -1 when there is none."""
        wanted = _hash(journal_key(written))
        place = bisect_left(self._hashes, wanted)
        found = place < len(self._hashes) and self._hashes[place] == wanted
        return self._hashed[place] if found else -1

    def title(self, row: int) -> str:
        """Return what the journal of a row was called under that name."""
        return self._titles[self._title_of[row]]

    def name(self, row: int) -> Name:
        """Return a row as a name."""
        rank, title = self.ranks[row], self.title(row)
        if rank in {NEVER, SEED}:
            return Name(None, title, rank)
        journal = self._journal_of[row]
        issn = tuple(x for x in self._issns[journal].split(",") if x)
        return Name(Journal(self._titles[journal], issn), title, rank)

    def names(self) -> dict[str, Name]:
        """Return all names by their spelling."""
        return {spelling: self.name(row) for row, spelling in enumerate(self.spellings)}

    def patterns(self) -> Iterator[str]:
        """Yield what is scanned for, group by group."""
        for first, rest, size in zip(self.firsts, self.rests, self.sizes, strict=False):
            yield self.spellings[first][rest : rest + size]

    def longest(self, group: int, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Return end and row of the longest name of a group that stands whole at `start`.

        `end` is where the characters that the names of the group share end in the text.
        """
        first = self.firsts[group]
        if self.sizes[group] < _SIZE and not self.rests[group]:  # one name, of these characters
            after = text[end : end + 1]
            return None if after.isalnum() and joins(after) else (end, first)
        for row in range(self.firsts[group + 1] - 1, first - 1, -1):
            name = self.spellings[row]
            if text.startswith(name, start):
                end = start + len(name)
                if not joins(text[end : end + 1]):
                    return end, row
        return None


def joins(character: str) -> bool:
    """Whether a character beside a name makes it part of a longer word."""
    return character.isalnum() and character < "\u2e80"


def _numbers(packed: memoryview, code: str) -> Sequence[int]:
    if sys.byteorder == "little":
        return packed.cast(code)  # type: ignore[call-overload, no-any-return]
    numbers = array(code, packed.tobytes())
    numbers.byteswap()
    return numbers


def _hash(key: str) -> int:
    """Return 64 bits of a key: of two among 100,000 one in four billion has that of another."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


# ---------------------------------------------------------------- making one

#: No name is longer than this many characters.
_LONGEST = 255
#: Characters of a name that are scanned for at first, and the step by which they become more until
#: no more than so many names begin alike; the rest is compared where they are met. With whole names
#: a scan takes half as much memory again, with 12 characters a twelfth more time.
_SIZE, _STEP, _ALIKE = 20, 4, 4
_LONGEST_SIZE = 32


class Group(NamedTuple):
    """Names that begin alike: the first row, and where and how long what is scanned for is."""

    first: int
    rest: int
    size: int


def packed_names(names: Mapping[str, Name], about: str = "") -> bytes:
    """Return names by their spelling as a packed table; of one key the first name's is kept."""
    rows = {s: n for s, n in names.items() if len(s) <= _LONGEST}
    spellings = sorted(rows, key=lambda s: (rest_at(s), s))
    place = {spelling: row for row, spelling in enumerate(spellings)}
    hashed: dict[int, int] = {}
    for spelling, name in rows.items():
        if name.rank not in {NEVER, SEED}:
            hashed.setdefault(_hash(journal_key(spelling)), place[spelling])
    ordered = [rows[spelling] for spelling in spellings]
    titles = {t: i for i, t in enumerate(dict.fromkeys(_titles(ordered)))}
    issns = {n.journal.title: ",".join(n.journal.issn) for n in ordered if n.journal}
    groups = [
        group
        for rest, alike in groupby(range(len(spellings)), lambda row: rest_at(spellings[row]))
        for group in _groups(spellings, list(alike), rest, _SIZE)
    ]
    columns = (
        about,
        *_column(spellings),
        bytes(n.rank for n in ordered),
        _array("I", (titles[n.title] for n in ordered)),
        _array("I", (titles[_journal_title(n)] for n in ordered)),
        *_column(titles),
        *_column(issns.get(title, "") for title in titles),
        _array("Q", sorted(hashed)),
        _array("I", (hashed[h] for h in sorted(hashed))),
        _array("I", (*(g.first for g in groups), len(spellings))),
        bytes(g.rest for g in groups),
        bytes(g.size for g in groups),
    )
    return msgspec.msgpack.encode(columns)


def unpacked(packed: bytes) -> Table:
    """Return a packed table, whose columns stay where they are."""
    return Table(msgspec.msgpack.decode(packed, type=Packed))


def _groups(spellings: Sequence[str], rows: Sequence[int], rest: int, size: int) -> Iterator[Group]:
    """Yield the groups of these rows, told apart by so many characters or more."""
    for beginning, found in groupby(rows, lambda row: spellings[row][: rest + size]):
        alike = list(found)
        if len(alike) > _ALIKE and size < _LONGEST_SIZE:
            yield from _groups(spellings, alike, rest, size + _STEP)
        else:
            yield Group(alike[0], rest, len(beginning) - rest)


def _titles(names: Iterable[Name]) -> Iterator[str]:
    for name in names:
        yield name.title
        yield _journal_title(name)


def _journal_title(name: Name) -> str:
    return name.journal.title if name.journal else name.title


def _column(strings: Iterable[str]) -> tuple[bytes, bytes]:
    pieces = [s.encode() for s in strings]
    return b"".join(pieces), _array("I", accumulate(len(p) for p in pieces))


def _array(code: str, numbers: Iterable[int]) -> bytes:
    made = array(code, numbers)
    if sys.byteorder != "little":
        made.byteswap()
    return made.tobytes()
