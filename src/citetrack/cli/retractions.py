"""`citetrack retractions`: the Retraction Watch data, fetched or taken from a file, and stored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citetrack.cli.options import db_option
from citetrack.cli.settings import RETRACTION_WATCH_URL

if TYPE_CHECKING:
    from citetrack.store.watching import RetractionData


@click.group(short_help="Keep the list of Retraction Watch.")
def retractions() -> None:
    """Keep the list of retractions that Retraction Watch makes and Crossref publishes.

    Every check then looks works up in it, also with --offline.

    \b
    Examples:
      citetrack retractions update retraction_watch.csv
      citetrack retractions info
    """  # noqa: D301


@retractions.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option(
    "--url",
    envvar="CITETRACK_RETRACTION_WATCH_URL",
    show_envvar=True,
    default=RETRACTION_WATCH_URL,
    show_default=True,
    help="Where to fetch the CSV when no FILE is named.",
)
@click.option("--mailto", envvar="CITETRACK_MAILTO", help="Your address, sent with the request.")
@db_option
def update(file: str | None, url: str, mailto: str | None, db: Path) -> None:
    """Store the data of FILE (.csv, .csv.gz, or its address), or fetch them.

    \b
    Examples:
      citetrack retractions update
      citetrack retractions update retraction_watch.csv.gz
    """  # noqa: D301
    from citetrack.pipeline.retractions import store_fetched, store_file
    from citetrack.store import Store

    with Store.open(db) as store:
        now = dt.datetime.now(dt.UTC)
        if file is None or file.startswith(("http://", "https://")):
            data = store_fetched(store, file or url, mailto, now)
        else:
            data = store_file(store, Path(file), now)
    _show(data, now.date().isoformat())


@retractions.command()
@db_option
def info(db: Path) -> None:
    """Say which data are stored, and how old they are.

    \b
    Examples:
      citetrack retractions info
      citetrack retractions info --db stories.db
    """  # noqa: D301
    from citetrack.store import Store

    with Store.open(db, readonly=True) as store:
        data = store.retraction_data()
    if data is None:
        click.echo("No Retraction Watch data are stored. Fetch them: citetrack retractions update")
        return
    _show(data, dt.datetime.now(dt.UTC).date().isoformat())


def _show(data: RetractionData, today: str) -> None:
    from citetrack.cli.rechecks import counted
    from citetrack.cli.writing import write_data
    from citetrack.report.ages import age
    from citetrack.report.words import when
    from citetrack.text import printable

    what = f"Retraction Watch data of {when(data.day)} ({age(data.day, today)})"
    rows = counted(data.notice_count, "row", "rows")
    write_data([f"{what}: {rows}, from {printable(data.source)}.\n"])
