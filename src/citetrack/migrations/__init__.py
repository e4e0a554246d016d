"""The schema of the tracker: one file of SQL a step, and a step that was released is never edited.

Conventions: plural snake_case tables, `id INTEGER PRIMARY KEY`, `x_id` foreign keys with an index,
ISO 8601 text for dates (shortened where the record is), UTC for instants, JSON in `*_json`, a
CHECK for every closed list. The number of steps applied is also kept in `PRAGMA user_version`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database, Migrations

#: The name under which sqlite-utils records the steps in its table `_sqlite_migrations`.
SET = "citetrack"

#: The steps, oldest first. Each is a file of this folder.
STEPS = (
    "m001_stories",
    "m002_works",
    "m003_judgements",
    "m004_views",
    "m005_awaited_and_retracted",
    "m006_forgetting_and_watching",
    "m007_left_out_and_notes",
)


def migrations() -> Migrations:
    """Return the steps as sqlite-utils applies and records them."""
    from sqlite_utils import Migrations

    steps = Migrations(SET)
    for name in STEPS:
        steps(name=name)(_step(name))
    return steps


def _step(name: str) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        from importlib.resources import files

        db.executescript(files(__name__).joinpath(f"{name}.sql").read_text("utf-8"))

    step.__name__ = name
    return step
