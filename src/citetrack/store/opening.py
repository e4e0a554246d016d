"""Opening a tracker: what the file is, whether it may be used, and what to say when it may not.

Nothing is written before the file is known to be a tracker of ours, so that a file that is
refused stays as it was, byte for byte.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from citetrack.errors import (
    DamagedTracker,
    DatabaseLocked,
    ForeignDatabase,
    MissingTracker,
    NewerSchema,
    OlderSchema,
    StoreError,
    UnwritableTracker,
)
from citetrack.migrations import SET, STEPS, migrations
from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_MAGIC = b"SQLite format 3\x00"
#: `PRAGMA quick_check` reads the whole file, at 6 ms of CPU for a megabyte; in a file larger than
#: this damage is found where it is met.
_CHECKED_BYTES = 8 * 1024 * 1024
_PRIMARY = 0xFF
_SHORT_READ = 522
_ELSEWHERE = "Name another file with --db."


def open_to_write(path: Path, *, create: bool, timeout: float) -> Database:
    """Return the tracker at `path`, made or brought up to date where that is needed.

    `timeout` is the time in seconds that another program's lock is waited for. Raises StoreError.
    """
    path = located(path)
    size = _size(path)
    if size is None:
        if not create:
            raise _missing(path)
        _make_folder(path)
    with translated(path):
        steps = _steps_applied(path, timeout) if size else 0
        _check_writable(path, size)
        connection = _connect(path, "rwc" if create else "rw", timeout)
        try:
            _prepare_to_write(connection, pending=steps < len(STEPS))
        except BaseException:
            connection.close()
            if size is None:
                _remove_if_empty(path)
            raise
        return _database(connection)


def open_unmade(path: Path) -> Database | None:
    """Return an empty tracker in memory that stands for a missing file, None where there is one.

    Raises UnwritableTracker where the file could not be made.
    """
    path = located(path)
    if _size(path) is not None:
        return None
    _check_makeable(path)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _prepare_to_write(connection, pending=True)
    return _database(connection)


def open_to_read(path: Path, *, timeout: float) -> Database:
    """Return the tracker at `path`, which is neither made nor changed. Raises StoreError."""
    path = located(path)
    size = _size(path)
    if not size:
        raise _missing(path)
    with translated(path):
        steps = _steps_applied(path, timeout)
        if not steps:
            raise _missing(path)
        if steps < len(STEPS):
            raise OlderSchema(
                f"The tracker {_shown(path)} was made by an older citetrack.",
                hint="Any `citetrack check STORY --save` brings it up to date.",
            )
        return _database(_connect_to_read(path, timeout))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file at `path` into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise as_store_error(error, path) from error


def as_store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """Return what a person should read for SQLite's `error`. Our own mistakes are raised again."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        raise error
    name = _shown(path)
    primary = code & _PRIMARY
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseLocked(
            f"The tracker {name} is locked by another program.",
            hint="Try again when that program is done.",
        )
    if primary == sqlite3.SQLITE_NOTADB:
        return _foreign(path)
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT} or code == _SHORT_READ:
        return _damaged(path)
    if why := _WHY_UNWRITABLE.get(primary):
        return UnwritableTracker(f"The tracker {name} cannot be written: {why}.", hint=_ELSEWHERE)
    return StoreError(f"The tracker {name} cannot be used: {printable(str(error))}.")


_WHY_UNWRITABLE = {
    sqlite3.SQLITE_PERM: "it is not permitted",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_IOERR: "the disk does not take it",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
}


# ---------------------------------------------------------------- the file


def located(path: Path) -> Path:
    """Return `path` with "~" as the home folder; raise UnwritableTracker when there is none."""
    if path.parts[:1] != ("~",):
        return path
    with suppress(RuntimeError):
        expanded = path.expanduser()
        if expanded.is_absolute():
            return expanded
    raise UnwritableTracker(
        "There is no home folder to keep the tracker in.", hint="Name a file with --db."
    )


def _size(path: Path) -> int | None:
    """Return the size of the file in bytes, None when there is none."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "not a file on disk"
        raise StoreError(f"The tracker {_shown(path)} is {kind}.", hint=_ELSEWHERE)
    return found.st_size


def _check_writable(path: Path, size: int | None) -> None:
    """Raise where SQLite would not: it takes a file that it may only read, until it must write."""
    if size is not None and not os.access(path, os.W_OK):
        raise UnwritableTracker(
            f"The tracker {_shown(path)} cannot be written: it is read-only.", hint=_ELSEWHERE
        )


def _check_makeable(path: Path) -> None:
    """Raise where a file cannot be made, as far as that can be told without making one."""
    try:
        folder = next(p for p in path.absolute().parents if p.exists())
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error


def _remove_if_empty(path: Path) -> None:
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()


def _unusable(path: Path, error: OSError | ValueError) -> UnwritableTracker:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnwritableTracker(
        f"The tracker {_shown(path)} cannot be made or written: {why}.", hint=_ELSEWHERE
    )


def _shown(path: Path) -> str:
    return printable(str(path))


# ---------------------------------------------------------------- what the file is


def _steps_applied(path: Path, timeout: float) -> int:
    """Return how many steps of our schema a file has; 0 for a database without tables.

    Raises StoreError when the file is not a tracker that this citetrack can use.
    """
    _check_magic(path)
    connection = _connect_to_read(path, timeout)
    try:
        applied = _names_applied(connection, path)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if applied and (not applied <= set(STEPS) or version > len(STEPS)):
            raise NewerSchema(
                f"The tracker {_shown(path)} was made by a newer citetrack.",
                hint="Update citetrack, or name another file with --db.",
            )
        if path.stat().st_size <= _CHECKED_BYTES:
            _check_health(connection, path)
    finally:
        connection.close()
    return len(applied)


def _check_magic(path: Path) -> None:
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise _unusable(path, error) from error
    if magic != _MAGIC:
        raise _foreign(path)


def _names_applied(connection: sqlite3.Connection, path: Path) -> set[str]:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if "_sqlite_migrations" in tables:
        sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
        if names := {row[0] for row in connection.execute(sql, (SET,))}:
            return names
    if tables:
        raise ForeignDatabase(
            f"{_shown(path)} is another program's database, not a tracker.", hint=_ELSEWHERE
        )
    return set()


def _check_health(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _damaged(path)


def _foreign(path: Path) -> ForeignDatabase:
    return ForeignDatabase(
        f"{_shown(path)} is not a tracker: not a SQLite database, or one damaged beyond reading.",
        hint=_ELSEWHERE,
    )


def _damaged(path: Path) -> DamagedTracker:
    return DamagedTracker(
        f"The tracker {_shown(path)} is damaged.",
        hint="Put a copy back in its place, or name another file with --db.",
    )


def _missing(path: Path) -> MissingTracker:
    return MissingTracker(
        f"There is no tracker at {_shown(path)} yet.",
        hint="Make one: citetrack check STORY --save.",
    )


# ---------------------------------------------------------------- connections


def _connect(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)


def _connect_to_read(path: Path, timeout: float) -> sqlite3.Connection:
    """Connect so that reading leaves the file, and the folder, as they were.

    A read-only connection leaves the files "-wal" and "-shm" behind, a writable one that writes
    nothing does not; but when a log of changes is there, closing it would write them to the file.
    Where nothing can be written SQLite must be told that nobody else writes (immutable).
    """
    log = Path(f"{path}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    modes = ["ro"] if has_log else ["ro&immutable=1"]
    if not has_log and os.access(path, os.W_OK):
        modes.insert(0, "rw")
    for mode in modes:
        connection = _connect(path, mode, timeout)
        try:
            connection.execute("PRAGMA query_only = on")
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            code = error.sqlite_errorcode & _PRIMARY
            if mode == modes[-1] or code not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise
        except sqlite3.Error:
            connection.close()
            raise
        else:
            return connection
    raise AssertionError(os.fspath(path))  # the last mode returned or raised


def _prepare_to_write(connection: sqlite3.Connection, *, pending: bool) -> None:
    """Bring the schema up to date, and find out now whether the file can be written."""
    connection.execute("PRAGMA foreign_keys = on")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if pending:
            migrations().apply(_database(connection))
            connection.execute(f"PRAGMA user_version = {len(STEPS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    # Only now: a new file that cannot be filled must be empty again. Where several programs make
    # the tracker at once, one of them switches.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA synchronous = normal")


def _database(connection: sqlite3.Connection) -> Database:
    from sqlite_utils import Database

    connection.execute("PRAGMA foreign_keys = on")
    return Database(connection, execute_plugins=False)
