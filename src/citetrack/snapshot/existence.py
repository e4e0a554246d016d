"""Which DOIs there are, and no more: their hashes, sorted, eight bytes each."""

from __future__ import annotations

import mmap
import sys
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from citetrack.errors import DamagedSnapshot
from citetrack.model import Lookup, Outcome
from citetrack.snapshot.keys import doi_hash
from citetrack.snapshot.runs import batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citetrack.model import Doi, Question
    from citetrack.snapshot.gather import Broken
    from citetrack.snapshot.runs import Run
    from citetrack.snapshot.tasks import Report

HASHES = "dois.u64"
_BYTES = 8
_ONLY_DOIS = "The snapshot knows that this DOI is registered, and holds no record of it."
_NO_WORDS = "The snapshot holds DOIs only, and nothing to search in."


def write_hashes(
    data: Path, runs: Sequence[Run], report: Report, *, old: Path | None = None
) -> int:
    """Write the hashes of the runs, and those of `old`, sorted and each once; return how many."""
    data.mkdir(exist_ok=True)
    known = _read(old / HASHES) if old else memoryview(b"").cast("Q")
    total, done, place = sum(run.works for run in runs), 0, 0
    written = 0
    with (data / HASHES).open("wb") as file:
        for first, after, bound in batches(runs):
            found = {item.hash for run in runs for item in run.read(first, after)}
            end = bisect_left(known, bound)
            found.update(known[place:end])
            place = end
            hashes = array("Q", sorted(found))
            if sys.byteorder == "big":
                hashes.byteswap()
            hashes.tofile(file)
            written += len(hashes)
            done += sum(run.works_in(first, after) for run in runs)
            report("sorting", done, total, written)
        rest = known[place:]
        file.write(rest)
        written += len(rest)
    return written


def _read(path: Path) -> memoryview[int]:
    if sys.byteorder == "big":
        raise DamagedSnapshot("This machine orders bytes otherwise than a set of DOIs does.")
    with path.open("rb") as file:
        if not path.stat().st_size:
            return memoryview(b"").cast("Q")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast("Q")


class DoiSet:
    """The DOIs of a snapshot that was built with `--dois-only`, as a source of works."""

    name = "snapshot"

    def __init__(self, path: Path, data: Path, *, complete: bool) -> None:
        self.path = path
        self.complete = complete
        self.broken: Sequence[Broken] = ()
        self.broken_count = 0
        self._hashes = _read(data / HASHES)

    def __len__(self) -> int:
        return len(self._hashes)

    def close(self) -> None:
        """Close the file, which the system does when nobody looks at it any more."""

    def get(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Answer each DOI in order: not there, or there without a record."""
        for doi, known in zip(dois, self.knows(dois), strict=True):
            if known:
                yield Lookup(self.name, doi, Outcome.UNAVAILABLE, why=_ONLY_DOIS)
            else:
                yield Lookup(self.name, doi, Outcome.NOT_FOUND)

    def search(self, question: Question, *, limit: int = 20) -> Lookup:
        """Answer that there is nothing to search in."""
        del limit
        return Lookup(self.name, question, Outcome.UNAVAILABLE, why=_NO_WORDS)

    def by_page(self, url: str) -> Lookup:
        """Answer that landing pages are not known."""
        from citetrack.model import Question

        return self.search(Question(words=(url,)))

    def message(self, doi: Doi) -> str | None:
        """Return None: no record is kept."""
        del doi
        return None

    def knows(self, dois: Sequence[Doi]) -> list[bool]:
        """Return for each DOI whether it is registered, by its hash of 56 bits."""
        hashes, size = self._hashes, len(self._hashes)
        places = ((h := doi_hash(doi.value), bisect_left(hashes, h)) for doi in dois)
        return [place < size and hashes[place] == h for h, place in places]
