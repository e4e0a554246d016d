"""Trackers that are new, old, damaged, foreign, locked, full or read-only."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import citetrack.migrations
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
from citetrack.migrations import STEPS
from citetrack.store import Store
from factories import TEXT, make_article, make_report, make_run, make_work, report_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tracker.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def values(store: Store, sql: str) -> list[Any]:
    return [row[0] if len(row) == 1 else row for row in store.db.conn.execute(sql)]


def files(path: Path) -> list[str]:
    return [found.name for found in path.parent.iterdir()]


def test_a_tracker_is_made_with_its_folder_and_leaves_one_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "tracker.db"
    with Store.open(path) as store:
        store.save(make_report(), run=make_run())
        assert values(store, "PRAGMA journal_mode") == ["wal"]
        assert values(store, "PRAGMA foreign_keys") == [1]
    assert files(path) == ["tracker.db"]


def test_an_empty_file_is_a_new_tracker(path: Path) -> None:
    path.touch()
    with Store.open(path) as store:
        assert store.save(make_report(), run=make_run()) == 1


def test_without_create_a_missing_tracker_is_not_made(path: Path) -> None:
    with pytest.raises(MissingTracker):
        Store.open(path, create=False)
    assert not path.exists()


def test_reading_neither_changes_nor_leaves_anything(path: Path) -> None:
    with Store.open(path) as store:
        store.save(make_report(), run=make_run())
    before = path.read_bytes()
    with Store.open(path, readonly=True) as store:
        assert values(store, "SELECT count(*) FROM citation_report") == [1]
        with pytest.raises(StoreError):
            store.save(make_report(), run=make_run())
    assert path.read_bytes() == before
    assert files(path) == ["tracker.db"]


def test_reading_sees_what_a_writer_beside_it_has_just_kept(path: Path) -> None:
    with Store.open(path) as writer:
        writer.save(make_report(), run=make_run())
        with Store.open(path, readonly=True) as reader:
            assert values(reader, "SELECT count(*) FROM citation_report") == [1]
        writer.save(report_on(make_work()), run=make_run())


@pytest.mark.parametrize("size", [None, 0], ids=["missing", "empty"])
def test_there_is_nothing_to_read_without_a_tracker(path: Path, size: int | None) -> None:
    if size == 0:
        path.touch()
    with pytest.raises(MissingTracker, match="citetrack check STORY --save"):
        Store.open(path, readonly=True)
    assert path.exists() is (size == 0)


def _not_sqlite(path: Path) -> None:
    path.write_bytes(b"these are my notes\n" * 100)


def _other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (id INTEGER)")
    connection.commit()
    connection.close()


def _tracker(path: Path) -> None:
    with Store.open(path) as store:
        store.save(make_report(), run=make_run())


def _other_migrations(path: Path) -> None:
    _tracker(path)
    _execute(path, "UPDATE _sqlite_migrations SET migration_set = 'other'")


def _torn(path: Path) -> None:
    _tracker(path)
    path.write_bytes(path.read_bytes()[:-10_000])


def _scribbled(path: Path) -> None:
    _tracker(path)
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 100_000)


def _newer_step(path: Path) -> None:
    _tracker(path)
    _execute(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('citetrack', 'm999_future', '2030')",
    )


def _newer_version(path: Path) -> None:
    _tracker(path)
    _execute(path, "PRAGMA user_version = 999")


def _execute(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("readonly", [False, True], ids=["writing", "reading"])
@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(_not_sqlite, ForeignDatabase, id="not-sqlite"),
        pytest.param(_other_program, ForeignDatabase, id="another-program"),
        pytest.param(_other_migrations, ForeignDatabase, id="another-program-with-migrations"),
        pytest.param(_torn, DamagedTracker, id="torn"),
        pytest.param(_scribbled, DamagedTracker, id="scribbled"),
        pytest.param(_newer_step, NewerSchema, id="newer-step"),
        pytest.param(_newer_version, NewerSchema, id="newer-version"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_stays_as_it_was(
    path: Path, make: Callable[[Path], None], error: type[StoreError], *, readonly: bool
) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(error, match=r"tracker\.db") as raised:
        Store.open(path, readonly=readonly)
    assert path.read_bytes() == before
    assert files(path) == ["tracker.db"]
    assert raised.value.exit_code == 2


def test_an_older_tracker_is_brought_up_to_date_by_the_next_that_writes(path: Path) -> None:
    _tracker(path)
    last = next(step for step in STEPS if step.endswith("views"))
    connection = sqlite3.connect(path)
    step = resources.files(citetrack.migrations).joinpath(f"{last}.sql").read_text("utf-8")
    for kind, name in re.findall(r"^CREATE (TABLE|VIEW) (\w+)", step, re.MULTILINE):
        connection.execute(f"DROP {kind} {name}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (last,))
    connection.commit()
    connection.close()
    with pytest.raises(OlderSchema):
        Store.open(path, readonly=True)
    with Store.open(path) as store:
        assert values(store, "SELECT count(*) FROM citation_report") == [1]


@pytest.mark.parametrize("existing", [True, False], ids=["tracker", "new-file"])
def test_a_lock_is_waited_for_and_then_said(path: Path, *, existing: bool) -> None:
    if existing:
        _tracker(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    before = path.read_bytes()
    with pytest.raises(DatabaseLocked, match=r"tracker\.db"):
        Store.open(path, timeout=0.05)
    holder.execute("ROLLBACK")
    holder.close()
    assert path.read_bytes() == before


def test_a_lock_taken_later_is_said_too(store: Store, path: Path) -> None:
    store.db.conn.execute("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked):
        store.save(make_report(), run=make_run())
    holder.close()


def test_a_full_disk_loses_nothing(store: Store) -> None:
    store.save(make_report(), run=make_run())
    pages = values(store, "PRAGMA page_count")[0]
    store.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    big = make_article(text=TEXT * 500, url="https://news.example/big")
    with pytest.raises(UnwritableTracker, match="full"):
        store.save(make_report(article=big), run=make_run())
    store.db.conn.execute("PRAGMA max_page_count = 1000000")
    assert values(store, "SELECT count(*) FROM articles") == [1]
    assert store.save(make_report(article=big), run=make_run()) is not None


def test_sql_that_fails_while_reading_is_a_store_error(path: Path) -> None:
    _tracker(path)
    with pytest.raises(StoreError, match="no such table"), Store.open(path, readonly=True) as store:
        store.db.conn.execute("SELECT * FROM no_such_table")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are POSIX")
def test_a_new_tracker_that_does_not_fit_on_the_disk_is_not_left_behind(path: Path) -> None:
    code = (
        "import resource, signal, sys; from citetrack.store import Store;"
        "from citetrack.errors import UnwritableTracker;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: Store.open(sys.argv[1])\nexcept UnwritableTracker: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "refused\n"
    assert files(path) == []


@pytest.mark.parametrize("readonly", [False, True], ids=["writing", "reading"])
def test_a_folder_is_no_tracker(tmp_path: Path, *, readonly: bool) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path, readonly=readonly)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableTracker):
        Store.open(tmp_path / "file" / "tracker.db")


def test_a_missing_home_folder_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    with pytest.raises(UnwritableTracker, match="home folder"):
        Store.open("~/citetrack.db")


@pytest.mark.parametrize("folder", [0o555, 0o755], ids=["folder-too", "file-alone"])
def test_a_read_only_tracker_can_be_read_and_not_written(path: Path, folder: int) -> None:
    _tracker(path)
    path.chmod(0o444)
    path.parent.chmod(folder)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write everything")
    try:
        with pytest.raises(UnwritableTracker):
            Store.open(path)
        with Store.open(path, readonly=True) as store:
            assert values(store, "SELECT count(*) FROM citation_report") == [1]
        assert files(path) == ["tracker.db"]
    finally:
        path.parent.chmod(0o755)


def test_names_that_would_steer_a_terminal_do_not(tmp_path: Path) -> None:
    with pytest.raises(MissingTracker) as raised:
        Store.open(tmp_path / "a\x1b[31mb.db", readonly=True)
    assert "\x1b" not in str(raised.value)


def test_several_programs_may_make_the_tracker_at_once(path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]);"
        "from factories import *; from citetrack.store import Store;"
        "store = Store.open(sys.argv[1]);"
        "[store.save(report_on(make_work(), url=f'https://n.example/{sys.argv[3]}/{i}'),"
        " run=make_run()) for i in range(5)]; store.close()"
    )
    here = str(Path(__file__).parent)
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(path), here, str(i)]) for i in range(3)
    ]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    with Store.open(path, readonly=True) as store:
        assert values(store, "SELECT count(*) FROM citation_report") == [15]


def test_a_log_that_a_crash_left_is_read_and_stays(path: Path) -> None:
    """Closing a connection that may write would move the log into the file."""
    _tracker(path)
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute(\"UPDATE articles SET title = 'after'\"); c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    before = path.read_bytes()
    with Store.open(path, readonly=True) as store:
        assert values(store, "SELECT title FROM articles") == ["after"]
    assert path.read_bytes() == before
