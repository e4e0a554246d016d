"""A file that is locked as long as a run lives: whoever can lock it knows that the run is gone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

_END = ".run"


@dataclass(frozen=True, slots=True)
class Lifeline:
    """The file of this run, locked until `end` or the end of the process, whichever is first."""

    name: str
    path: Path
    lock: sqlite3.Connection

    @classmethod
    def begin(cls, folder: Path) -> Self:
        """Make a file in `folder` and lock it; remove those of runs that are gone.

        Two runs must not do so at the same moment. Raises sqlite3.Error where it cannot be.
        """
        for other in folder.glob(f"*{_END}"):
            is_alive(folder, other.stem)
        name = os.urandom(8).hex()
        path = folder / f"{name}{_END}"
        return cls(name, path, _locked(path, "rwc"))

    def end(self) -> None:
        """Unlock the file and remove it."""
        self.lock.close()
        _remove(self.path)


def is_alive(folder: Path, name: str) -> bool:
    """Tell whether a run holds its file; remove the file of one that does not."""
    path = folder / f"{name}{_END}"
    if not path.exists():
        return False
    try:
        _locked(path, "rw").close()
    except sqlite3.OperationalError:
        return True
    _remove(path)
    return False


def _locked(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        db.execute("BEGIN EXCLUSIVE")
    except BaseException:
        db.close()
        raise
    return db


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
