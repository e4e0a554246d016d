"""Kill -9 at ten random moments of a build, each followed by the same command, until it is done.

    python benchmarks/kills.py [--works 120000] [--kills 10] [--seed 1]

The snapshot must then hold the same rows, and find the same works with the same scores in the same
order, as one that was built undisturbed. Exit code 1 when it does not.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from _works import Maker, write

from citetrack.snapshot.asking import Query
from citetrack.snapshot.data import Data
from citetrack.snapshot.manifest import data_folder, read_manifest
from citetrack.snapshot.verify import verified

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--works", type=int, default=120_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citetrack-kills-") as name:
        folder = Path(name)
        write(folder / "source", Maker(7, references=False), options.works, files=12)
        began = time.perf_counter()
        _run(folder / "undisturbed", folder / "source").wait()
        whole = time.perf_counter() - began
        _disturb(folder, options, whole)
        return 0 if _alike(folder / "undisturbed", folder / "disturbed") else 1


def _run(out: Path, source: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "citetrack", "snapshot", "build", str(out), str(source)]
    return subprocess.Popen([*command, "--jobs", "2"], stderr=subprocess.DEVNULL)


def _disturb(folder: Path, options: argparse.Namespace, whole: float) -> None:
    chance = random.Random(options.seed)
    for kill in range(options.kills):
        process = _run(folder / "disturbed", folder / "source")
        try:
            process.wait(chance.uniform(0.1, 0.5) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            indexing = (folder / "disturbed" / ".building" / "data").exists()
            stage = "indexing" if indexing else "reading"
            print(f"kill {kill + 1} while {stage}", flush=True)
        else:
            print(f"it was done before kill {kill + 1}; begun again")
            (folder / "disturbed").rename(folder / f"done-{kill}")
            assert _alike(folder / "undisturbed", folder / f"done-{kill}")
    if _run(folder / "disturbed", folder / "source").wait():
        raise SystemExit("the last build failed")


def _alike(one: Path, other: Path) -> bool:
    verified(one, read_manifest(one))
    verified(other, read_manifest(other))
    rows, answers = _contents(one)
    other_rows, other_answers = _contents(other)
    same_rows, same_answers = rows == other_rows, answers == other_answers
    print(f"{len(rows):,} rows {'alike' if same_rows else 'DIFFERENT'}; ", end="")
    print(f"{len(answers)} searches {'alike' if same_answers else 'DIFFERENT'}")
    return same_rows and same_answers


def _contents(folder: Path) -> tuple[list[object], list[object]]:
    data = Data(data_folder(folder, read_manifest(folder)))
    rows: list[object] = list(data.records)
    return rows, [data.index.search(q.terms(), 20) for q in _queries(data)]


def _queries(data: Data) -> Iterator[Query]:
    for number, (_, core) in enumerate(data.records):
        if number % 400 == 0:
            name = core.authors[0].family if core.authors else None
            yield Query(core.title or "", name, core.containers[0] if core.containers else None)
            yield Query(author=name, year=(core.issued or 0) // 10_000)


if __name__ == "__main__":
    sys.exit(main())
