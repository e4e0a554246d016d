"""A file of records as a source: read once, and where it is large its index is kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from citetrack.errors import SnapshotError, UnreadableSource
from citetrack.snapshot.core import LAYOUT
from citetrack.snapshot.data import Data, DataInMemory, write_data
from citetrack.snapshot.gather import Gatherer
from citetrack.snapshot.index import HEAP_LARGE
from citetrack.snapshot.manifest import (
    FORMAT,
    MANIFEST,
    Manifest,
    check_hashes,
    data_folder,
    described,
    read_manifest,
    words_now,
)
from citetrack.snapshot.reading import Part
from citetrack.snapshot.runs import Run, merged, newest
from citetrack.snapshot.selection import Selection
from citetrack.snapshot.source import Snapshot
from citetrack.snapshot.titles import CONTAINERS, write_titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.snapshot.gather import Tally
    from citetrack.snapshot.runs import Item

#: A smaller file is read as quickly as its kept index is found.
_LEAST_KEPT = 1_000_000
#: What all kept indexes may take together; the ones used longest ago go first.
_MOST_BYTES = 2_000_000_000
#: A file changed this lately may change again without a change of its time.
_SETTLED_NS = 2_000_000_000
#: Seconds after which a folder that somebody began to write is nobody's.
_ABANDONED = 86_400
#: Works and bytes that are held: to write and read them again takes a tenth of opening. One process
#: reads a works file, so it may hold what several do in a build.
_AT_HAND = (128_000, 170_000_000)
_HINT = "Name a file of Crossref work records, one a line."


def open_file(path: Path, cache: Path | None) -> Snapshot:
    """Return the works of a `.jsonl` or `.jsonl.gz` file, of each DOI the record indexed last.

    `cache` is the folder in which indexes of large files are kept, None to keep none. Whatever is
    wrong with it, the file is read. Full names are left to snapshots: linking asks for surnames
    alone, and they take a twenty-fifth of the time. Raises UnreadableSource when the file cannot be
    read.
    """
    part = _part(path)
    kept = _Kept(cache, part) if cache and part.size >= _LEAST_KEPT else None
    found = kept.open(path) if kept else None
    if found:
        return found
    with _room_for_runs(part) as folder:
        gatherer = Gatherer(Selection(), folder, most=_AT_HAND, full_names=False)
        gatherer.gather([part])
        _check_not_empty(path, gatherer.tally)
        if kept and (made := kept.make(path, gatherer)):
            return made
        return _in_memory(path, gatherer)


@contextmanager
def _room_for_runs(part: Part) -> Iterator[Path | None]:
    """Give a folder for what memory should not hold; None for a small file, or without room."""
    with ExitStack() as stack:
        folder = None
        if part.size >= _LEAST_KEPT:
            with suppress(OSError):
                made = tempfile.TemporaryDirectory(prefix="citetrack-", ignore_cleanup_errors=True)
                folder = Path(stack.enter_context(made))
        yield folder


def _part(path: Path) -> Part:
    try:
        stat = path.stat()
    except FileNotFoundError as error:
        raise UnreadableSource(
            f"There is no file and no snapshot {path}.", hint="Check the name and the folder."
        ) from error
    except OSError as error:
        why = error.strerror or error
        raise UnreadableSource(f"{path} cannot be read: {why}.", hint=_HINT) from error
    return Part(str(path), 0, stat.st_size, stat.st_mtime_ns)


def _check_not_empty(path: Path, tally: Tally) -> None:
    if tally.broken and not tally.kept:
        raise UnreadableSource(
            f"{path} holds no Crossref work record ({tally.told[0].why})",
            hint="Each line must be one record with its DOI: of an answer of the API, what "
            'stands under "message".',
        )


def _batches(gatherer: Gatherer) -> Iterator[list[Item]]:
    """Yield what was gathered, from memory where it all fitted."""
    runs = gatherer.written()
    if not runs:
        yield newest(gatherer.items)
        return
    if gatherer.items:
        gatherer.flush()
    yield from merged([Run(path) for path in gatherer.written()])


def _in_memory(path: Path, gatherer: Gatherer) -> Snapshot:
    items = [item for batch in _batches(gatherer) for item in batch]
    tally = gatherer.tally
    data = DataInMemory(items, gatherer.containers)
    return Snapshot(path, data, broken=tally.told, broken_count=tally.broken)


class _Kept:
    """The index of one file in the cache, in a folder named after path, size, time and format."""

    def __init__(self, cache: Path, part: Part) -> None:
        made = f"{FORMAT}.{LAYOUT}\0{words_now()}"
        key = f"{made}\0{Path(part.path).absolute()}\0{part.size}\0{part.mtime}"
        self._cache = cache
        self._part = part
        self._folder = cache / blake2b(key.encode(), digest_size=12).hexdigest()

    def open(self, path: Path, *, made_now: bool = False) -> Snapshot | None:
        """Return the kept index, None when there is none that is whole.

        One that was made now was hashed as it was written.
        """
        try:
            manifest = read_manifest(self._folder)
            folder = data_folder(self._folder, manifest)
            if not made_now:
                check_hashes(folder, manifest)
            data = Data(folder)
            assert data.index is not None  # opened now: the folder may be tidied away later
            with suppress(OSError):  # the index was used now, for the tidying
                os.utime(self._folder / MANIFEST)
        except (OSError, SnapshotError, UnreadableSource):
            return None
        return Snapshot(path, data, broken=manifest.told, broken_count=manifest.broken)

    def make(self, path: Path, gatherer: Gatherer) -> Snapshot | None:
        """Keep an index of what was gathered and return it, None where it cannot be kept."""
        import time

        if time.time_ns() - self._part.mtime < _SETTLED_NS or _part(path) != self._part:
            return None
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(prefix=".", dir=self._cache))
        except OSError:
            return None
        try:
            self._write(beside, gatherer)
        except (OSError, SnapshotError):
            return None
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        _tidy(self._cache, self._folder)
        return self.open(path, made_now=True)

    def _write(self, beside: Path, gatherer: Gatherer) -> None:
        """Write the index beside its place and move it there; another's may be there by now."""
        name = Manifest().data
        write_data(beside / name, _batches(gatherer), heap=HEAP_LARGE)
        write_titles(beside / name / CONTAINERS, gatherer.containers)
        tally, files = gatherer.tally, described(beside / name)
        size = sum(bytes_ for bytes_, _ in files.values())
        manifest = Manifest(
            bytes=size, broken=tally.broken, told=tally.told, files=files, words=words_now()
        )
        manifest.write(beside)
        if self._folder.exists() and self.open(Path(self._part.path)) is None:
            damaged = self._cache / f"{beside.name}.damaged"
            self._folder.rename(damaged)  # whoever has it open may go on with it
            shutil.rmtree(damaged, ignore_errors=True)
        with suppress(OSError):  # another process may have put its own there
            beside.rename(self._folder)


def _tidy(cache: Path, used: Path) -> None:
    """Keep the cache within its bounds: what was used longest ago goes first."""
    import time

    kept, total = [], 0
    for folder in cache.iterdir():
        with suppress(OSError):
            size = _size(folder)
            if size is None:  # begun and left, damaged, or made by another citetrack
                if time.time() - folder.stat().st_mtime > _ABANDONED:
                    shutil.rmtree(folder, ignore_errors=True)
                continue
            total += size
            kept.append(((folder / MANIFEST).stat().st_mtime_ns, size, folder))
    for _, size, folder in sorted(kept, key=lambda k: k[0]):
        if total <= _MOST_BYTES:
            return
        if folder != used:
            shutil.rmtree(folder, ignore_errors=True)
            total -= size


def _size(folder: Path) -> int | None:
    """Return the bytes of a kept index, None for a folder that is none."""
    if folder.name.startswith("."):
        return None
    try:
        return read_manifest(folder).bytes
    except (SnapshotError, UnreadableSource):
        return None
