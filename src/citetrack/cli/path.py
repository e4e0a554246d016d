"""`citetrack path`: where the tracker is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citetrack.cli.options import db_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@db_option
def path(db: Path) -> None:
    """Print where the tracker is, or would be made.

    \b
    Examples:
      citetrack path
      citetrack path --db stories.db
    """  # noqa: D301
    from citetrack.cli.writing import write_data
    from citetrack.store import located
    from citetrack.text import printable

    write_data([f"{printable(str(located(db).absolute()))}\n"])
