"""Records and index together: what a snapshot's folder, a kept index or the memory holds."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from citetrack.containers.listed import listed
from citetrack.snapshot.index import HEAP_SMALL, Index
from citetrack.snapshot.load import load
from citetrack.snapshot.records import Records
from citetrack.snapshot.runs import newest
from citetrack.snapshot.titles import CONTAINERS, read_titles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from citetrack.containers.listed import Listed, Told
    from citetrack.snapshot.runs import Item

RECORDS, INDEX = "records.sqlite", "index"


class Data:
    """Works in a folder: read only, by any number of processes at once."""

    def __init__(self, folder: Path) -> None:
        self.records = Records(folder / RECORDS)
        self._folder = folder
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The index, opened when it is first asked: a story with a DOI needs none."""
        if self._index is None:
            self._index = Index(self._folder / INDEX)
        return self._index

    @property
    def containers(self) -> list[Listed]:
        """The journals, where they were written down; older snapshots have none."""
        return read_titles(self._folder / CONTAINERS)

    def close(self) -> None:
        """Close the files."""
        self.records.close()


class DataInMemory:
    """A few works, held by this process alone."""

    def __init__(self, items: list[Item], told: Iterable[Told] = ()) -> None:
        self.containers = listed(told)
        self.records = Records(None)
        self._items = newest(items)
        self.records.prepare(())
        self.records.add([i.hash for i in self._items], [i.row for i in self._items])
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The index, made when it is first asked."""
        if self._index is None:
            self._index = Index(None)
            with self._index.writing(HEAP_SMALL) as writer:
                writer.add(item.document for item in self._items)
                writer.commit()
            self._items = []
        return self._index

    def close(self) -> None:
        """Forget the works."""
        self.records.close()


def write_data(folder: Path, batches: Iterable[list[Item]], *, heap: int) -> None:
    """Write batches of items into a new folder."""
    folder.mkdir()
    (folder / INDEX).mkdir()
    with closing(Records(folder / RECORDS, new=True)) as records:
        load(batches, records, Index(folder / INDEX, new=True), heap=heap)
