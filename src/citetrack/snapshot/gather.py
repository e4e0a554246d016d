"""From records to sorted runs: one task, in this process or in one of several."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from citetrack.errors import MalformedRecord
from citetrack.record.build import core_of
from citetrack.record.wire import decode
from citetrack.snapshot.core import encode_core
from citetrack.snapshot.document import document_of
from citetrack.snapshot.keys import doi_hash
from citetrack.snapshot.pause import collector_paused
from citetrack.snapshot.reading import records_in
from citetrack.snapshot.runs import Item, write_run
from citetrack.snapshot.titles import read_titles, write_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from io import BufferedReader
    from pathlib import Path

    from citetrack.containers.listed import Told
    from citetrack.record.wire import Message
    from citetrack.snapshot.reading import Part
    from citetrack.snapshot.selection import Selection

#: A run is written when this many works or bytes are at hand: some 120 MB of memory a process.
_RUN = (50_000, 64_000_000)
#: Broken records that are told one by one; of the rest only the number is kept.
_MOST_TOLD = 100
#: Works whose container is a journal, or that do not say what they are.
_IN_JOURNALS = frozenset({"journal-article", "article-journal", None})
#: How the file ends that names the journals of a task's works up to a run.
TITLES = ".titles"
#: Records between two reports of progress.
_STEP = 2_000


class Broken(msgspec.Struct, frozen=True, array_like=True):
    """A record that is none: in which file, on which line, and why."""

    file: str
    number: int
    why: str


class Tally(msgspec.Struct):
    """What came of the records read so far."""

    read: int = 0
    left_out: int = 0
    broken: int = 0
    told: list[Broken] = []

    @property
    def kept(self) -> int:
        """How many are works that were wanted."""
        return self.read - self.left_out - self.broken

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.read += other.read
        self.left_out += other.left_out
        self.broken += other.broken
        self.told = (self.told + other.told)[:_MOST_TOLD]


@dataclass(slots=True)
class Gatherer:
    """Reads records into items, and writes them out as runs named `stem`-0, `stem`-1 and on.

    Without a `folder` all items stay in memory. A run that is there already is not made again:
    its records are passed over. `report` is told the bytes and the records read so far.
    `containers` are the journals of the works kept, as these name them. `most` are the works and
    bytes at hand from which a run is written. Without `full_names` people are found by surname.
    """

    selection: Selection
    folder: Path | None = None
    stem: str = "run"
    report: Callable[[int, int], None] = lambda _bytes, _read: None
    items: list[Item] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    containers: set[Told] = field(default_factory=set)
    most: tuple[int, int] = field(default_factory=lambda: _RUN)
    full_names: bool = True
    _held: int = 0
    _runs: int = 0
    _passed_over: int = 0

    def gather(self, parts: Iterable[Part]) -> None:
        """Read the parts; raise UnreadableSource when a file is damaged."""
        with collector_paused():
            self._gather(parts)

    def _gather(self, parts: Iterable[Part]) -> None:
        self._resume()
        seen, done = 0, 0
        for part in parts:
            files: list[BufferedReader] = []
            for number, record in records_in(part, files.append):
                seen += 1
                if seen <= self._passed_over:
                    continue
                self._take(part, number, record)
                if seen % _STEP == 0:
                    self.report(done + files[0].tell() - part.offset, self.tally.read)
                if len(self.items) >= self.most[0] or self._held >= self.most[1]:
                    self.flush()
            done += part.size

    def flush(self) -> None:
        """Write what is at hand as a run, where there is a folder for it."""
        if not self.folder:
            return
        write_run(self.folder / f"{self.stem}-{self._runs}.run", self.items)
        tally = self.folder / f"{self.stem}-{self._runs}.tally"
        beside = tally.with_suffix(f".{os.getpid()}.tmp")
        beside.write_bytes(msgspec.json.encode(self.tally))
        write_titles(tally.with_suffix(TITLES), self.containers)
        beside.replace(tally)
        self._runs += 1
        self.items, self._held = [], 0

    def written(self) -> list[Path]:
        """Return the runs on disk, in order."""
        if not self.folder:
            return []
        return [self.folder / f"{self.stem}-{n}.run" for n in range(self._runs)]

    def _resume(self) -> None:
        """Take up the tally of the last run that is there with it."""
        while self.folder and (self.folder / f"{self.stem}-{self._runs}.tally").exists():
            written = (self.folder / f"{self.stem}-{self._runs}.tally").read_bytes()
            self.tally = msgspec.json.decode(written, type=Tally)
            self._passed_over = self.tally.read
            known = read_titles(self.folder / f"{self.stem}-{self._runs}{TITLES}")
            self.containers.update(journal.told for journal in known)
            self._runs += 1

    def _take(self, part: Part, number: int, record: bytes) -> None:
        self.tally.read += 1
        try:
            item = self._item(decode(record), record)
        except MalformedRecord as error:
            self.tally.broken += 1
            if len(self.tally.told) < _MOST_TOLD:
                self.tally.told.append(Broken(part.name, number, error.message))
            return
        if item is None:
            self.tally.left_out += 1
            return
        self.items.append(item)
        self._held += len(item.row) + len(item.document) + len(item.message)

    def _item(self, message: Message, record: bytes) -> Item | None:
        """Return the item of a record, None when it is not wanted."""
        selection = self.selection
        core = core_of(message, abstract=selection.abstracts or selection.has_abstract)
        if not (selection.is_all or selection.wants(core)):
            return None
        if core.containers and core.registered_type in _IN_JOURNALS:
            self.containers.add((core.containers, core.issn))
        number = doi_hash(core.doi)
        if selection.dois_only:
            return Item(number, core.indexed, b"", "")
        if core.abstract and not selection.abstracts:
            core = replace(core, abstract=None)
        message_ = record if selection.full else b""
        document = document_of(number, core, full_names=self.full_names)
        return Item(number, core.indexed, encode_core(core), document, message_)
