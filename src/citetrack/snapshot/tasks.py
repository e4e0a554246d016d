"""The reading of a build, cut into tasks that are done by several processes and never twice."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from citetrack.errors import CitetrackError, SnapshotError, UnreadableSource
from citetrack.snapshot.gather import Gatherer, Tally
from citetrack.snapshot.reading import Part  # noqa: TC001 - msgspec reads the annotations
from citetrack.snapshot.selection import Selection  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

#: Bytes on disk that make a task: some 60,000 records, packed. Many files are one task.
_TASK_BYTES = 64 * 1024 * 1024
TASKS = "tasks.json"


class Report(Protocol):
    """Is told how far a build is: the stage, what is done of how much, and works so far."""

    def __call__(self, stage: str, done: int, total: int, works: int) -> None:
        """Take note."""


class Task(msgspec.Struct, frozen=True):
    """Parts that are read one after another, and what is kept of them."""

    number: int
    parts: list[Part]
    selection: Selection

    @property
    def bytes(self) -> int:
        """The task's bytes on disk."""
        return sum(part.size for part in self.parts)


class Done(msgspec.Struct):
    """A task that is done: of which parts, with how many runs, and what came of it."""

    parts: list[Part]
    runs: int
    tally: Tally


def tasks_of(parts: Iterable[Part], selection: Selection) -> list[Task]:
    """Return the parts as tasks of about equal size, in order."""
    tasks: list[Task] = []
    held: list[Part] = []
    for part in parts:
        held.append(part)
        if sum(p.size for p in held) >= _TASK_BYTES:
            tasks.append(Task(len(tasks), held, selection))
            held = []
    if held:
        tasks.append(Task(len(tasks), held, selection))
    return tasks


def perform(task: Task, folder: Path, report: Callable[[int, int], None]) -> None:
    """Read a task into runs, from where it was stopped, and write down that it is done."""
    began = folder / f"task-{task.number}.parts"
    parts = msgspec.json.encode(task.parts)
    if not began.exists() or began.read_bytes() != parts:
        for stale in folder.glob(f"task-{task.number}[.-]*"):
            stale.unlink()
        _write(began, parts)
    gatherer = Gatherer(task.selection, folder, f"task-{task.number}", report)
    gatherer.gather(task.parts)
    if gatherer.items:
        gatherer.flush()
    done = Done(task.parts, len(gatherer.written()), gatherer.tally)
    _write(folder / f"task-{task.number}.done", msgspec.json.encode(done))


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    beside.write_bytes(content)
    beside.replace(path)


def done_of(task: Task, folder: Path) -> Done | None:
    """Return what came of a task, None when it is not done or its files are others by now."""
    path = folder / f"task-{task.number}.done"
    if not path.exists():
        return None
    done = msgspec.json.decode(path.read_bytes(), type=Done)
    return done if done.parts == task.parts else None


def perform_all(tasks: list[Task], folder: Path, jobs: int, report: Report) -> None:
    """Do the tasks that are not done, in `jobs` processes.

    Raises UnreadableSource for a damaged file, and SnapshotError when there is no room.
    """
    left = [task for task in tasks if done_of(task, folder) is None]
    progress = _Progress(tasks, left, report)
    if min(jobs, len(left)) <= 1:
        for task in left:
            perform(task, folder, lambda b, r, n=task.number: progress.tell(n, b, r))  # type: ignore[misc]
            progress.finish(task)
        return
    _write(folder / TASKS, msgspec.json.encode(left))
    crew = _Crew(folder, left, progress)
    with ThreadPoolExecutor(min(jobs, len(left))) as pool:
        waiting = [pool.submit(crew.work) for _ in range(min(jobs, len(left)))]
        try:
            for each in waiting:
                each.result()
        except BaseException:
            crew.stop()
            raise


class _Progress:
    """Adds up what tasks tell of themselves."""

    def __init__(self, tasks: list[Task], left: list[Task], report: Report) -> None:
        self._report = report
        self._total = sum(task.bytes for task in tasks)
        self._done = self._total - sum(task.bytes for task in left)
        self._under_way: dict[int, tuple[int, int]] = {}
        self._read = 0
        self._lock = threading.Lock()

    def tell(self, number: int, bytes_: int, read: int) -> None:
        with self._lock:
            self._under_way[number] = (bytes_, read)
            done = self._done + sum(b for b, _ in self._under_way.values())
            read_ = self._read + sum(r for _, r in self._under_way.values())
            self._report("reading", done, self._total, read_)

    def finish(self, task: Task) -> None:
        with self._lock:
            self._read += self._under_way.pop(task.number, (0, 0))[1]
            self._done += task.bytes
            self._report("reading", self._done, self._total, self._read)


class _Crew:
    """Processes that do tasks. A worker ends by itself when this process is gone."""

    def __init__(self, folder: Path, tasks: list[Task], progress: _Progress) -> None:
        self._folder = folder
        self._tasks = tasks
        self._progress = progress
        self._next = iter(range(len(tasks)))
        self._lock = threading.Lock()
        self._workers: list[subprocess.Popen[str]] = []
        self._stopped = False

    def work(self) -> None:
        """Give tasks to one worker until there are none left."""
        command = [sys.executable, "-P", "-m", "citetrack.snapshot.worker", str(self._folder)]
        with subprocess.Popen(  # noqa: S603 - this interpreter, with a module of ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as worker:
            with self._lock:
                self._workers.append(worker)
            for place in self._places():
                self._give(worker, place)
            assert worker.stdin
            worker.stdin.close()

    def stop(self) -> None:
        """End all workers; their tasks are taken up again by the next build."""
        self._stopped = True
        with self._lock:
            for worker in self._workers:
                worker.terminate()

    def _places(self) -> Iterator[int]:
        while not self._stopped:
            with self._lock:
                place = next(self._next, None)
            if place is None:
                return
            yield place

    def _give(self, worker: subprocess.Popen[str], place: int) -> None:
        assert worker.stdin
        assert worker.stdout
        task = self._tasks[place]
        try:
            worker.stdin.write(f"{place}\n")
            worker.stdin.flush()
            for line in worker.stdout:
                told = msgspec.json.decode(line)
                if told == "done":
                    self._progress.finish(task)
                    return
                if isinstance(told, dict):
                    raise _error_of(told)
                self._progress.tell(task.number, *told)
        except BrokenPipeError:
            pass
        if not self._stopped:
            raise SnapshotError(
                "A process of the build ended before its work was done.",
                hint="Give the same command again; it goes on where it was. `--jobs 1` needs least"
                " memory.",
            )


def _error_of(told: dict[str, Any]) -> CitetrackError:
    kind = UnreadableSource if told["code"] == UnreadableSource.code else SnapshotError
    return kind(told["message"], hint=told["hint"])


def default_jobs() -> int:
    """Return how many processes may read at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows do not tell
        return os.cpu_count() or 1
