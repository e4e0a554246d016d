"""`citetrack report`: lists of what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citetrack.cli.options import db_option
from citetrack.cli.saying import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from citetrack.queries import Row

NAMES = ("citations", "works", "outlets", "retracted", "unresolved", "stories")


@click.command()
@click.argument("name", type=click.Choice(NAMES), default="citations")
@click.option("-t", "--table", "shape", flag_value="table", help="A table (default).")
@click.option("--json", "shape", flag_value="json", help="A JSON array.")
@click.option("--nl", "shape", flag_value="nl", help="JSON, one object a line.")
@click.option("--csv", "shape", flag_value="csv", help="Comma-separated values.")
@click.option("--tsv", "shape", flag_value="tsv", help="Tab-separated values.")
@db_option
def report(name: str, shape: str | None, db: Path) -> None:
    """List what is stored.

    \b
    citations   which stories cite which studies (default)
    works       the studies, with the number of stories that cite them
    outlets     the outlets, with what their stories cite
    retracted   stories that cite retracted or withdrawn studies
    unresolved  studies named in a story that were not found for sure
    stories     every story that was kept, with its number, also without a study

    \b
    Examples:
      citetrack report
      citetrack report retracted --csv
    """  # noqa: D301
    from citetrack.cli.writing import write_data, write_table
    from citetrack.queries import report_query, report_rows
    from citetrack.store import Store

    with Store.open(db, readonly=True) as store:
        rows = report_rows(store.db, name)
        if shape and shape != "table":
            write_data(_pieces(rows, shape, report_query(name).columns))
            return
        from citetrack.report.stored import report_table

        table = report_table(name, rows)
    if table.row_count:
        write_table(table)
    else:
        see = "" if name == "stories" else " See also `citetrack report stories`."
        tell(f"There is nothing to list.{see}")


def _pieces(rows: Iterable[Row], shape: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Return the rows in a form for machines, which rich would wrap."""
    from citetrack.exports import columns as cells
    from citetrack.exports import jsonl, separated, tabbed

    cleaned = (cells.clean(row) for row in rows)
    match shape:
        case "json":
            return jsonl.array_pieces(cleaned)
        case "nl":
            return jsonl.pieces(cleaned, columns)
        case "csv":
            return separated.pieces(cleaned, columns)
        case _:
            return tabbed.pieces(cleaned, columns)
