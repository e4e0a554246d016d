"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable


def default_db() -> Path:
    """Return where the tracker is when nobody says: in the platform's folder for data.

    Without a home folder the path begins with "~", which the store refuses in plain words.
    """
    from platformdirs import user_data_path

    try:
        folder = user_data_path("citetrack", appauthor=False)
    except RuntimeError:  # platformdirs found no home; its older versions leave the "~"
        folder = Path("~")
    return folder / "citetrack.db"


def db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--db`, the tracker's path."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        envvar="CITETRACK_DB",
        show_envvar=True,
        default=default_db,
        show_default="citetrack.db in the platform's data folder",
        help="The tracker, a SQLite file.",
    )(command)
