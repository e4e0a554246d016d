"""The record store: a SQLite file of works, each under the hash of its DOI."""

from __future__ import annotations

import sqlite3
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from citetrack.errors import DamagedSnapshot
from citetrack.snapshot.core import decode_core
from citetrack.snapshot.keys import doi_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from citetrack.record.core import Core

#: Works from which a dictionary is made, and its bytes. On 14,133 real records without abstracts
#: this size brings 347 bytes to 127, half of it to 131. Few works take the smaller one.
_SAMPLES, _DICTIONARY, _SMALL_DICTIONARY = 16_000, 128_000, 64_000
#: How zstd's fast cover chooses pieces for it. Its search for better values, and a look at all of
#: the samples (`accel` 1), take longer and pack no better.
_COVER = {"k": 400, "d": 8, "f": 20, "accel": 10}
#: Fewer works are not worth packing: a dictionary outweighs what it saves.
LEAST_PACKED = 4_000
#: Level 3 brings them to 123 and takes a tenth longer: packing is half of what records cost.
_LEVEL = 2
#: DOIs whose hash is the same stand in a row; more than two have never been seen.
_MOST_ALIKE = 8
#: Rows that one statement adds: one by one they take a third longer.
_TOGETHER = 50

_KINDS = ("works", "messages")
#: Four times the page of SQLite's own choice: 3% fewer bytes, and as quick to read.
_PAGE = 16_384
_TABLES = """
    CREATE TABLE IF NOT EXISTS works (id INTEGER PRIMARY KEY, row BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, row BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
"""


class Records:
    """Works by DOI. `path` is the file, None for one in memory; `new` opens it to be written.

    Raises DamagedSnapshot when what should be there cannot be read.
    """

    def __init__(self, path: Path | None, *, new: bool = False) -> None:
        self._path = path
        writable = path is None or new
        try:
            self.db = _connect(path, writable=writable)
            if writable:
                self.db.executescript(_TABLES)
            found = {name: self._setting(name) for name in _KINDS}
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        self._packers = {name: _Packer(d) for name, d in found.items() if d is not None}

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM works")[0][0])

    def find(self, doi: str) -> tuple[int, Core] | None:
        """Return the number and the row of a DOI, or None."""
        number = doi_hash(doi)
        for n in range(number, number + _MOST_ALIKE):
            core = self.core(n)
            if core is None:
                return None
            if core.doi == doi:
                return n, core
        return None

    def place_of(self, doi: str) -> tuple[int, Core | None]:
        """Return the number of a DOI and its row; of a new DOI the number it is to have."""
        number = doi_hash(doi)
        while (core := self.core(number)) is not None:
            if core.doi == doi:
                return number, core
            number += 1
        return number, None

    def core(self, number: int) -> Core | None:
        """Return the row under a number, or None."""
        rows = self._rows("SELECT row FROM works WHERE id = ?", (number,))
        return decode_core(self._unpacked(rows[0][0], "works")) if rows else None

    def has(self, numbers: Sequence[int]) -> list[bool]:
        """Return for each number whether there is a work under it."""
        ask = "SELECT 1 FROM works WHERE id = ?"
        return [bool(self._rows(ask, (n,))) for n in numbers]

    def message(self, number: int) -> bytes | None:
        """Return the whole message kept under a number, where whole messages are kept."""
        rows = self._rows("SELECT row FROM messages WHERE id = ?", (number,))
        return self._unpacked(rows[0][0], "messages") if rows else None

    def numbers_from(self, start: int, limit: int) -> list[int]:
        """Return at most `limit` numbers of works from `start` on."""
        ask = "SELECT id FROM works WHERE id >= ? ORDER BY id LIMIT ?"
        return [n for (n,) in self._rows(ask, (start, limit))]

    # ------------------------------------------------------------ writing

    def prepare(self, rows: Sequence[bytes], messages: Sequence[bytes] = ()) -> None:
        """Choose how to pack, by samples of what will be added; a store that has chosen stays."""
        if self._packers:
            return
        for name, samples in zip(_KINDS, (rows, messages), strict=True):
            trained = _trained(samples)
            self.db.execute("INSERT INTO settings VALUES (?, ?)", (name, trained))
            self._packers[name] = _Packer(trained)

    def add(
        self,
        numbers: Sequence[int],
        rows: Sequence[bytes],
        kind: str = "works",
        *,
        replace: bool = False,
    ) -> None:
        """Add rows under their numbers, or whole messages of kind "messages".

        A number that is there already is an error, unless it is to be replaced.
        """
        verb = "REPLACE" if replace else "INSERT"
        packed = map(self._packers[kind].pack, rows)
        pairs = zip(numbers, packed, strict=True)
        while some := list(chain.from_iterable(islice(pairs, _TOGETHER))):
            places = ", ".join(["(?, ?)"] * (len(some) // 2))
            self.db.execute(f"{verb} INTO {kind} VALUES {places}", some)

    def cut_after(self, number: int) -> None:
        """Drop what was added beyond a number."""
        for table in _KINDS:
            self.db.execute(f"DELETE FROM {table} WHERE id > ?", (number,))  # noqa: S608 - one of _KINDS
        self.db.commit()

    def commit(self) -> None:
        """Make what was added safe against a kill from now on."""
        self.db.commit()

    # ------------------------------------------------------------ reading

    def _unpacked(self, blob: bytes, kind: str) -> bytes:
        return self._packers[kind].unpack(blob)

    def _setting(self, name: str) -> bytes | None:
        rows = self.db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchall()
        return rows[0][0] if rows else None

    def _rows(self, ask: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self.db.execute(ask, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.Error) -> DamagedSnapshot:
        return DamagedSnapshot(
            f"{self._path} cannot be read: {error}.",
            hint="Build the snapshot again, or take it from a backup.",
        )

    def __iter__(self) -> Iterator[tuple[int, Core]]:
        for number, blob in self.db.execute("SELECT id, row FROM works ORDER BY id"):
            yield number, decode_core(self._unpacked(blob, "works"))


class _Packer:
    """Packs short rows with a dictionary of what they have in common; empty: as they are."""

    def __init__(self, dictionary: bytes) -> None:
        self._plain = not dictionary
        self.pack: Callable[[bytes], bytes] = bytes
        if self._plain:
            return
        import zstandard

        self._error = zstandard.ZstdError
        shared = zstandard.ZstdCompressionDict(dictionary)
        self.pack = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=shared, write_dict_id=False
        ).compress
        self._decompress = zstandard.ZstdDecompressor(dict_data=shared).decompress

    def unpack(self, blob: bytes) -> bytes:
        if self._plain:
            return blob
        try:
            return self._decompress(blob)
        except self._error as error:
            raise DamagedSnapshot(
                f"A record of the snapshot cannot be unpacked: {error}."
            ) from error


def _trained(samples: Sequence[bytes]) -> bytes:
    """Return a dictionary of what the samples share; an empty one when they are few."""
    if len(samples) < LEAST_PACKED:
        return b""
    import zstandard

    size = _DICTIONARY if len(samples) >= _SAMPLES else _SMALL_DICTIONARY
    return zstandard.train_dictionary(size, list(samples[:_SAMPLES]), **_COVER).as_bytes()


def _connect(path: Path | None, *, writable: bool) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect(":memory:", check_same_thread=False)
    if not writable:
        # Nothing writes a snapshot that is in use: an update makes new files.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False)
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA page_size = {_PAGE}")
    # A kill cannot hurt what is committed; against a loss of power the end of a build syncs.
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -65536")
    return db
