"""Whose request goes next, among all runs of one user at the same moment.

A registry counts requests by who asks, not by process. So each run notes its requests in one small
SQLite file before it sends them, under a lock that the operating system takes back from a run that
dies. Without a folder that can be written, the file is one in memory: the limits are then kept by
each run for itself.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetrack.http.lifeline import Lifeline, is_alive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetrack.http.rate import Limit

#: Clocks drift and are read in whole milliseconds: the window is kept this much longer.
_MARGIN = 1.03
#: A request counts from when it may have arrived: when it ended, or so many milliseconds after it
#: was let through, whichever is first. Without this, a first request that is slow to arrive (its
#: connection has to be made) comes into the same second as those after it.
_ON_THE_WAY = 500
#: Milliseconds for which what was sent is remembered: no interval of a registry is longer.
_REMEMBERED = 60_000
#: Seconds until a run looks again whether another has ended its request.
_LOOK_AGAIN = 0.02
#: Milliseconds by which a run may be late for its turn before the next one goes.
_LATE = 500
#: Seconds to wait for the file: what is done under its lock takes less than a millisecond.
_BUSY = 2.0
_FILE = "requests.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
  request TEXT PRIMARY KEY, place TEXT, run TEXT, since INTEGER, until INTEGER, under_way INTEGER);
CREATE TABLE IF NOT EXISTS pauses (host TEXT PRIMARY KEY, until INTEGER);
"""


@dataclass(frozen=True, slots=True)
class Place:
    """What has one limit: one kind of request to one host."""

    host: str
    kind: str

    @property
    def table(self) -> str:
        """The table with what was sent there; pyrate-limiter puts its name between quotes."""
        return "sent " + re.sub(r"[^\w.:-]", "_", f"{self.kind} {self.host}")


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that is to be sent under a limit; `lasts` are the seconds until it has ended."""

    place: Place
    limit: Limit
    lasts: float
    name: str = field(default_factory=lambda: os.urandom(8).hex())


@dataclass(slots=True)
class Turns:
    """The requests of all runs that share a folder; of this one alone where there is none.

    Times are seconds of a clock that all runs share, as `time.monotonic` is. Safe to share between
    threads.
    """

    folder: Path | None = None
    _db: sqlite3.Connection | None = None
    _life: Lifeline | None = None
    _alone_since: float | None = None
    _closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, wish: Wish, now: float) -> float:
        """Return 0.0 when the request may be sent now, or the seconds until it should ask again."""
        with self._lock:
            if self._alone_since is not None:
                # What the other file knew is lost: let it pass out of the window.
                lost = self._alone_since + wish.limit.seconds * _MARGIN + _ON_THE_WAY / 1000
                if lost > now:
                    return lost - now
            try:
                return self._ask(self._opened(), wish, int(now * 1000))
            except sqlite3.Error:
                self._go_alone(now)
                return _LOOK_AGAIN

    def ended(self, wish: Wish, now: float) -> None:
        """Note that a request has ended, or will not be sent."""
        with self._lock, suppress(sqlite3.Error):
            if self._closed:  # the file is not opened anew for it
                return
            db = self._opened()
            with _transaction(db):
                _make(db, wish.place)
                _count_from(db, wish, "min", int(now * 1000))
                db.execute("DELETE FROM turns WHERE request = ?", (wish.name,))

    def pause(self, host: str, seconds: float, now: float) -> None:
        """Note that a host asks to be left alone, by every run; the longer of two pauses counts.

        One that ends too late was noted before the machine was started anew, and does not count.
        """
        with self._lock, suppress(sqlite3.Error):
            if self._closed:
                return
            self._opened().execute(
                "INSERT INTO pauses VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET until ="
                " CASE WHEN until > ? THEN excluded.until ELSE max(until, excluded.until) END",
                (host, int((now + seconds) * 1000), int(now * 1000) + _REMEMBERED),
            )

    def close(self) -> None:
        """Leave the others to themselves."""
        with self._lock:
            if self._db is not None:
                with suppress(sqlite3.Error):
                    self._db.execute("DELETE FROM turns WHERE run = ?", (self._run,))
            self._let_go()
            self._closed = True

    # ------------------------------------------------------------ under the lock

    @property
    def _run(self) -> str:
        return self._life.name if self._life else ""

    def _opened(self) -> sqlite3.Connection:
        self._closed = False
        if self._db is None and self.folder and self._alone_since is None:
            self._join(self.folder)
        if self._db is None:
            self._db = _connect(":memory:")
        return self._db

    def _join(self, folder: Path) -> None:
        """Open the file that all runs share; a broken one is made anew, as nothing in it lasts."""
        for _ in range(2):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                self._db = _connect(folder / _FILE)
                with _transaction(self._db):
                    self._life = Lifeline.begin(folder)
            except (OSError, sqlite3.OperationalError):
                self._let_go()
            except sqlite3.DatabaseError:
                self._let_go()
                with suppress(OSError):
                    (folder / _FILE).unlink()
                continue
            return

    def _go_alone(self, now: float) -> None:
        """Keep the limits of this run, where those of all cannot be kept."""
        self._let_go()
        self._alone_since = now

    def _let_go(self) -> None:
        if self._db is not None:
            self._db.close()
        if self._life is not None:
            self._life.end()
        self._db = self._life = None

    def _ask(self, db: sqlite3.Connection, wish: Wish, now: int) -> float:
        with _transaction(db):
            _tidy(db, wish.place, now)
            self._note(db, wish, now, now + _LATE)
            pause = _rest(db, wish.place.host, now) or self._others(db, wish, now)
            if not pause:
                self._note(db, wish, now, now + int(wish.lasts * 1000), under_way=True)
                pause = _rate(db, wish, now)
            if pause:
                self._note(db, wish, now, now + int(pause * 1000) + _LATE)
        if not pause:
            _count_from(db, wish, "max", now + _ON_THE_WAY)
        return pause

    def _note(
        self,
        db: sqlite3.Connection,
        wish: Wish,
        now: int,
        until: int,
        *,
        under_way: bool = False,
    ) -> None:
        db.execute(
            "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (request)"
            " DO UPDATE SET until = excluded.until, under_way = excluded.under_way",
            (wish.name, wish.place.table, self._run, now, until, under_way),
        )

    def _others(self, db: sqlite3.Connection, wish: Wish, now: int) -> float:
        """Return the seconds to wait for what others have under way, or asked for earlier."""
        rows = db.execute(
            "SELECT request, run, since, under_way FROM turns WHERE place = ? AND until >= ?",
            (wish.place.table, now),
        ).fetchall()
        gone = {run for run in {run for _, run, _, _ in rows} if not self._lives(run)}
        db.executemany("DELETE FROM turns WHERE run = ?", [(run,) for run in gone])
        mine = next((since, name) for name, _, since, _ in rows if name == wish.name)
        others = [row for row in rows if row[0] != wish.name and row[1] not in gone]
        busy = sum(under_way for *_, under_way in others)
        earlier = any(not row[3] and (row[2], row[0]) < mine for row in others)
        return _LOOK_AGAIN if earlier or busy >= wish.limit.at_a_time else 0.0

    def _lives(self, run: str) -> bool:
        return run == self._run or (self.folder is not None and is_alive(self.folder, run))


def _connect(path: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
    try:
        # Who waits for the disk holds up all runs, and after a crash of the machine nothing counts.
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(_SCHEMA)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Hold the lock of the file, until pyrate-limiter commits or the block ends."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _make(db: sqlite3.Connection, place: Place) -> None:
    db.execute(f'CREATE TABLE IF NOT EXISTS "{place.table}" (name VARCHAR, item_timestamp INTEGER)')


def _tidy(db: sqlite3.Connection, place: Place, now: int) -> None:
    """Forget what no longer counts, and what was noted before the machine was started anew."""
    _make(db, place)
    db.execute(
        f'DELETE FROM "{place.table}" WHERE item_timestamp NOT BETWEEN ? AND ?',  # noqa: S608 - a name of ours
        (now - _REMEMBERED, now + 2 * _ON_THE_WAY),
    )
    db.execute("DELETE FROM turns WHERE place = ? AND until < ?", (place.table, now))


def _rest(db: sqlite3.Connection, host: str, now: int) -> float:
    """Return the seconds for which the host asks to be left alone."""
    for (until,) in db.execute("SELECT until FROM pauses WHERE host = ?", (host,)):
        if 0 < until - now <= _REMEMBERED:
            return float(until - now) / 1000
    return 0.0


def _rate(db: sqlite3.Connection, wish: Wish, now: int) -> float:
    """Count a request in and return 0.0, or the seconds until the rate has room."""
    from pyrate_limiter import Rate, RateItem, SQLiteBucket

    rate = Rate(wish.limit.requests, int(wish.limit.seconds * _MARGIN * 1000))
    bucket, item = SQLiteBucket([rate], db, wish.place.table), RateItem(wish.name, now)
    # Commits where there is room, and so ends the transaction.
    return 0.0 if bucket.put(item) else max(int(bucket.waiting(item)), 1) / 1000  # type: ignore[arg-type]


def _count_from(db: sqlite3.Connection, wish: Wish, which: str, at: int) -> None:
    """Let a request count from `at`, or from when it counted before: "min" or "max" of both."""
    db.execute(
        f'UPDATE "{wish.place.table}" SET item_timestamp = {which}(item_timestamp, ?)'  # noqa: S608 - names of ours
        " WHERE name = ?",
        (at, wish.name),
    )
