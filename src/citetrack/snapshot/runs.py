"""Sorted runs: what was read so far, in the order of hashes, on disk until it is merged."""

from __future__ import annotations

import os
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from citetrack.snapshot.keys import HASH_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

#: Hashes are cut into this many slices of equal width; a merge reads one slice of every run.
SLICES = 1024
_SHIFT = HASH_BITS - SLICES.bit_length() + 1
#: Works that a merge holds at a time, no fewer than records are packed by. With 50,000 the writer
#: takes a third more memory. Of 180 million a slice holds 176,000.
_BATCH = 20_000


class Item(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A work on its way into a snapshot."""

    hash: int
    indexed: int
    row: bytes
    document: str
    message: bytes = b""


_encoder = msgspec.msgpack.Encoder()
_slice = msgspec.msgpack.Decoder(list[Item])
_table = msgspec.msgpack.Decoder(list[tuple[int, int, int]])
_by_hash = attrgetter("hash")
_TAIL = 8
_LEVEL = -1


class Run:
    """A run on disk: packed slices, then a table of (works, offset, bytes), then its length."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            file.seek(-_TAIL, os.SEEK_END)
            length = int.from_bytes(file.read(_TAIL), "big")
            file.seek(-_TAIL - length, os.SEEK_END)
            self.table = _table.decode(file.read(length))

    @property
    def works(self) -> int:
        """How many works the run holds."""
        return self.works_in(0, SLICES)

    def works_in(self, first: int, after: int) -> int:
        """Return how many works the slices from `first` to before `after` hold."""
        return sum(works for works, _, _ in self.table[first:after])

    def read(self, first: int, after: int) -> list[Item]:
        """Return the items of the slices from `first` to before `after`."""
        import zstandard

        unpack = zstandard.ZstdDecompressor().decompress
        wanted = [row for row in self.table[first:after] if row[0]]
        items: list[Item] = []
        with self.path.open("rb") as file:
            file.seek(wanted[0][1] if wanted else 0)
            for _, _, length in wanted:
                items += _slice.decode(unpack(file.read(length)))
        return items


def write_run(path: Path, items: list[Item]) -> None:
    """Write items as a run; it is there whole or not at all."""
    import zstandard

    pack = zstandard.ZstdCompressor(level=_LEVEL).compress
    items.sort(key=_by_hash)
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    table, offset = [], 0
    with beside.open("wb") as file:
        for stretch in _cut(items):
            packed = pack(_encoder.encode(stretch)) if stretch else b""
            table.append((len(stretch), offset, len(packed)))
            offset += file.write(packed)
        tail = _encoder.encode(table)
        file.write(tail + len(tail).to_bytes(_TAIL, "big"))
    beside.replace(path)


def _cut(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    start = 0
    for number in range(SLICES):
        end = start
        while end < len(items) and items[end].hash >> _SHIFT == number:
            end += 1
        yield items[start:end]
        start = end


def slice_of(number: int) -> int:
    """Return the slice in which a hash stands."""
    return number >> _SHIFT


def merged(runs: Sequence[Run], start: int = 0) -> Iterator[list[Item]]:
    """Yield all items from slice `start` on in batches, in the order of hashes, each DOI once."""
    for first, after, _ in batches(runs, start):
        items: list[Item] = []
        for run in runs:
            items += run.read(first, after)
        yield newest(items)


def batches(runs: Sequence[Run], start: int = 0) -> Iterator[tuple[int, int, int]]:
    """Yield the slices that are merged together, as (first, after, greatest hash + 1)."""
    first, held = start, 0
    for number in range(start, SLICES):
        held += sum(run.table[number][0] for run in runs)
        if held >= _BATCH or number == SLICES - 1:
            if held:
                yield first, number + 1, (number + 1) << _SHIFT
            first, held = number + 1, 0


def newest(items: list[Item]) -> list[Item]:
    """Return the items sorted by hash, of each DOI the one indexed last (the later of equals)."""
    items.sort(key=_by_hash)
    if len(set(map(_by_hash, items))) == len(items):
        return items
    kept: list[Item] = []
    for item in items:
        if kept and kept[-1].hash == item.hash:
            _settle(kept, item)
        else:
            kept.append(item)
    return kept


def _settle(kept: list[Item], item: Item) -> None:
    """Put an item beside or in place of those with its hash."""
    doi = doi_of(item.row)
    for place in range(len(kept) - 1, -1, -1):
        if kept[place].hash != item.hash:
            break
        if doi_of(kept[place].row) == doi:
            if item.indexed >= kept[place].indexed:
                kept[place] = item
            return
    kept.append(item)


def doi_of(row: bytes) -> str:
    """Return the DOI of a row, which is its first value."""
    values: Iterable[object] = msgspec.msgpack.decode(row)
    return str(next(iter(values)))
