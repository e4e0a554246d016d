"""Making a snapshot and bringing it up to date; a build that was stopped goes on where it was."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from citetrack.errors import (
    CitetrackError,
    SnapshotError,
    UnfinishedSnapshot,
    UnreadableSource,
)
from citetrack.snapshot.core import LAYOUT
from citetrack.snapshot.existence import write_hashes
from citetrack.snapshot.gather import TITLES
from citetrack.snapshot.manifest import (
    BUILDING,
    FORMAT,
    MANIFEST,
    Manifest,
    Source,
    described,
    read_manifest,
    synced,
    words_now,
)
from citetrack.snapshot.reading import parts_of
from citetrack.snapshot.runs import Run
from citetrack.snapshot.tasks import default_jobs, done_of, perform_all, tasks_of
from citetrack.snapshot.titles import CONTAINERS, read_titles, write_titles
from citetrack.snapshot.write import rewrite, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from citetrack.containers.listed import Told
    from citetrack.snapshot.selection import Selection
    from citetrack.snapshot.tasks import Report, Task

_PLAN, _LOCK, _PAGES, _DATA = "plan.json", ".lock", "pages", "data"
_RESUME = "Give the same command again; it goes on where it was."
#: What tantivy and SQLite say of a full disk, each in its own error.
_FULL = ("no space left", "disk is full", "disk quota")


def _quiet(stage: str, done: int, total: int, works: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Order:
    """What is to be made: of which input, keeping what.

    `fetch` writes records asked of the API into a folder, and may be called again after a kill;
    `question` names what it asks. `now` and `version` go into the manifest.
    """

    inputs: Sequence[Path]
    selection: Selection
    complete: bool = False
    now: str = ""
    version: str = ""
    question: str = ""
    fetch: Callable[[Path], None] | None = None
    jobs: int = field(default_factory=default_jobs)
    report: Report = _quiet


class _Plan(msgspec.Struct):
    """What a build under way is of: another command must not go on with it."""

    inputs: list[str]
    selection: Selection
    question: str
    updates: str = ""
    layout: str = f"{FORMAT}.{LAYOUT}"


def build(out: Path, order: Order, *, force: bool = False) -> Manifest:
    """Make a snapshot in the folder `out` and return its manifest.

    A finished snapshot is not replaced without `force`, and stays until the new one is whole.
    Raises SnapshotError, UnfinishedSnapshot or UnreadableSource; what is done until then is kept.
    """
    _check_free(out, force=force)
    _check_inputs(order)
    with _locked(out), _said_when_full(out):
        building = _prepared(out, _plan_of(order), force=force)
        tasks = _gathered(building, order)
        if not tasks:
            shutil.rmtree(building, ignore_errors=True)
            raise UnreadableSource(
                f"Crossref has no work for {order.question}.",
                hint="Look at the ISSN, the name and the dates that are asked for.",
            )
        manifest = _new_manifest(order, tasks, building)
        data = building / _DATA
        runs = _runs(building, tasks)
        if order.selection.dois_only:
            manifest.kind, manifest.works = "dois", write_hashes(data, runs, order.report)
        else:
            manifest.works = write(data, runs, order.report)
            write_titles(data / CONTAINERS, _told(building, tasks))
        manifest.duplicates = _kept(building, tasks) - manifest.works
        _put_in_place(out, data, manifest)
        return manifest


def update(snapshot: Path, order: Order) -> Manifest:
    """Bring a snapshot up to date with newer records and return its manifest.

    Of each DOI the record indexed last counts. The snapshot stays as it was until the new one is
    whole. Raises SnapshotError, UnfinishedSnapshot or UnreadableSource.
    """
    before = read_manifest(snapshot)
    _check_inputs(order)
    order = _as_before(order, before)
    plan = _plan_of(order)
    plan.updates = before.data
    with _locked(snapshot), _said_when_full(snapshot):
        building = _prepared(snapshot, plan, force=True)
        tasks = _gathered(building, order)
        added = _new_manifest(order, tasks, building)
        data, old = building / _DATA, snapshot / before.data
        runs = _runs(building, tasks)
        if before.kind == "dois":
            works = write_hashes(data, runs, order.report, old=old)
        else:
            works = rewrite(data, runs, old, order.report)
            told = {journal.told for journal in read_titles(old / CONTAINERS)}
            write_titles(data / CONTAINERS, told | _told(building, tasks))
        manifest = _added_up(before, added, works)
        _put_in_place(snapshot, data, manifest)
        return manifest


def _as_before(order: Order, before: Manifest) -> Order:
    from dataclasses import replace

    return replace(order, selection=before.options, complete=before.complete)


def _added_up(before: Manifest, added: Manifest, works: int) -> Manifest:
    read, broken = before.read + added.read, before.broken + added.broken
    left_out = before.left_out + added.left_out
    return msgspec.structs.replace(
        added,
        kind=before.kind,
        works=works,
        built=before.built,
        updated=added.built,
        sources=[*before.sources, *added.sources],
        read=read,
        left_out=left_out,
        duplicates=read - left_out - broken - works,
        broken=broken,
        told=[*before.told, *added.told][:100],
    )


# ---------------------------------------------------------------- the folder


def _check_free(out: Path, *, force: bool) -> None:
    """Refuse a folder that holds something else, and a finished snapshot unless `force`."""
    if out.exists() and not out.is_dir():
        raise SnapshotError(f"{out} is a file.", hint="Name a folder for the snapshot.")
    if (out / MANIFEST).exists():
        if not force:
            raise SnapshotError(
                f"{out} is a finished snapshot.",
                hint="`citetrack snapshot update` adds to it; --force builds it anew.",
            )
    elif out.is_dir() and not (out / BUILDING).exists() and _others(out):
        raise SnapshotError(f"{out} holds other files.", hint="Name a new folder for the snapshot.")


def _check_inputs(order: Order) -> None:
    """Refuse what is missing before anything is made."""
    for path in order.inputs:
        if not path.exists():
            raise UnreadableSource(f"{path} does not exist.", hint="Name a file or a folder.")


def _others(out: Path) -> bool:
    """Whether a folder holds files of which no build knows."""
    own = re.compile(rf"{re.escape(_LOCK)}.*|data-\d+")
    return any(not own.fullmatch(path.name) for path in out.iterdir())


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go of it when the process ends."""
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(out / _LOCK, timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except OSError as error:
        raise SnapshotError(f"{out} cannot be made: {error.strerror or error}.") from error
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise UnfinishedSnapshot(
                f"Another build is under way in {out}.", hint="Wait for it, or end it first."
            ) from error
        raise SnapshotError(f"{out} cannot be written: {error}.") from error
    try:
        yield
    finally:
        lock.close()
        with suppress(OSError):
            (out / _LOCK).unlink()
        if made:
            with suppress(OSError):  # what is done is kept
                out.rmdir()


def _plan_of(order: Order) -> _Plan:
    inputs = [str(path.resolve()) for path in order.inputs]
    return _Plan(inputs, order.selection, order.question)


def _prepared(out: Path, plan: _Plan, *, force: bool) -> Path:
    """Return the folder of the build: the one that was stopped, or a new one."""
    building = out / BUILDING
    written = msgspec.json.encode(plan)
    try:
        stopped = (building / _PLAN).read_bytes()
    except FileNotFoundError:
        stopped = None
    if stopped is not None and stopped != written:
        if not force:
            raise UnfinishedSnapshot(
                f"{out} holds an unfinished build of other input, with other options or by another "
                "citetrack.",
                hint="Give that command again to finish it, or --force to drop it.",
            )
        stopped = None
    if stopped is None:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        (building / f"{_PLAN}.tmp").write_bytes(written)
        (building / f"{_PLAN}.tmp").replace(building / _PLAN)
    return building


def _put_in_place(out: Path, data: Path, manifest: Manifest) -> None:
    """Make new data the snapshot's: from the moment the manifest is there, and not before."""
    synced(data)
    manifest.files = described(data)
    manifest.bytes = sum(size for size, _ in manifest.files.values())
    taken = {path.name for path in out.glob("data-*")}
    number = 1
    while f"data-{number}" in taken:
        number += 1
    manifest.data = f"data-{number}"
    data.rename(out / manifest.data)
    manifest.write(out)
    for path in out.glob("data-*"):
        if path.name != manifest.data:
            shutil.rmtree(path, ignore_errors=True)
    shutil.rmtree(out / BUILDING, ignore_errors=True)


@contextmanager
def _said_when_full(out: Path) -> Iterator[None]:
    """Say in plain words that the disk is full, whichever library meets it."""
    try:
        yield
    except (OSError, sqlite3.Error, ValueError, SnapshotError) as error:
        full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
        if full or any(word in str(error).lower() for word in _FULL):
            raise SnapshotError(
                f"The disk of {out} is full.", hint=f"Make room. {_RESUME}"
            ) from error
        if isinstance(error, OSError):
            why = error.strerror or error
            raise SnapshotError(f"{out} cannot be written: {why}.", hint=_RESUME) from error
        raise


# ---------------------------------------------------------------- reading


def _gathered(building: Path, order: Order) -> list[Task]:
    """Read the input into runs and return the tasks, all done."""
    fetched = _fetched(building, order.fetch) if order.fetch else []
    try:
        parts = parts_of([*order.inputs, *fetched])
    except UnreadableSource:  # nothing is begun that another command would have to drop
        shutil.rmtree(building, ignore_errors=True)
        raise
    tasks = tasks_of(parts, order.selection)
    perform_all(tasks, building, order.jobs, order.report)
    _check_records(building, tasks, order)
    return tasks


def _fetched(building: Path, fetch: Callable[[Path], None]) -> list[Path]:
    """Return the files of what Crossref was asked for; leave nothing where nothing came."""
    pages = building / _PAGES
    pages.mkdir(exist_ok=True)
    try:
        fetch(pages)
    except CitetrackError:
        if not any(pages.iterdir()):
            shutil.rmtree(building, ignore_errors=True)
        raise
    return sorted(pages.glob("*.jsonl.gz"))


def _check_records(building: Path, tasks: Sequence[Task], order: Order) -> None:
    """Refuse input in which nothing is a record, and leave nothing of its build."""
    tallies = [done.tally for done in (done_of(t, building) for t in tasks) if done]
    if order.inputs and not order.fetch and not any(tally.read for tally in tallies):
        shutil.rmtree(building, ignore_errors=True)
        raise UnreadableSource(
            f"{', '.join(map(str, order.inputs))}: there is no record in it.",
            hint="Name a file of Crossref work records, one a line, or a folder of such files.",
        )
    broken = [told for tally in tallies for told in tally.told]
    if broken and not any(tally.kept or tally.left_out for tally in tallies):
        shutil.rmtree(building, ignore_errors=True)
        names = ", ".join(map(str, order.inputs)) or "Crossref's answer"
        first = broken[0]
        raise UnreadableSource(
            f"{names}: nothing is a Crossref work record ({first.file}, {first.number}: "
            f"{first.why.rstrip('.')}).",
            hint="Each line must be one record with its DOI.",
        )


def _runs(building: Path, tasks: Sequence[Task]) -> list[Run]:
    runs = []
    for task in tasks:
        done = done_of(task, building)
        assert done
        runs += [Run(building / f"task-{task.number}-{n}.run") for n in range(done.runs)]
    return runs


def _told(building: Path, tasks: Sequence[Task]) -> set[Told]:
    """Return what the works say of their journals, as the last run of each task wrote it down."""
    told: set[Told] = set()
    for task in tasks:
        done = done_of(task, building)
        assert done
        if done.runs:
            file = building / f"task-{task.number}-{done.runs - 1}{TITLES}"
            told.update(journal.told for journal in read_titles(file))
    return told


def _kept(building: Path, tasks: Sequence[Task]) -> int:
    return sum(done.tally.kept for done in (done_of(t, building) for t in tasks) if done)


def _new_manifest(order: Order, tasks: Sequence[Task], building: Path) -> Manifest:
    manifest = Manifest(
        complete=order.complete,
        built=order.now,
        options=order.selection,
        citetrack=order.version,
        words=words_now(),
        sources=_sources(order, tasks),
    )
    for done in (done_of(t, building) for t in tasks):
        assert done
        manifest.read += done.tally.read
        manifest.left_out += done.tally.left_out
        manifest.broken += done.tally.broken
        manifest.told = (manifest.told + done.tally.told)[:100]
    return manifest


def _sources(order: Order, tasks: Sequence[Task]) -> list[Source]:
    parts = [part for task in tasks for part in task.parts]
    sources = []
    for path in order.inputs:
        name = str(path)
        own = [p for p in parts if p.path == name or p.path.startswith(f"{name.rstrip('/')}/")]
        files, size = len({p.name for p in own}), sum(p.size for p in own)
        sources.append(Source(name, files, size, order.now))
    if order.fetch:
        own = [p for p in parts if f"{BUILDING}/{_PAGES}/" in p.path.replace("\\", "/")]
        size = sum(p.size for p in own)
        sources.append(Source("Crossref REST API", len(own), size, order.now, order.question))
    return sources
