"""`citetrack export`: citations and works for spreadsheets and reference managers."""

from __future__ import annotations

from pathlib import Path

import click

from citetrack.cli.options import db_option
from citetrack.cli.saying import say
from citetrack.errors import InputError
from citetrack.exports import FORMATS, TABLES

_WITH_BOM = {"csv", "tsv"}


@click.command(short_help="Write citations or works for other programs.")
@click.argument("table", type=click.Choice(TABLES))
@click.option(
    "--format",
    "format_name",
    type=click.Choice([f.name for f in FORMATS]),
    default="csv",
    show_default=True,
    help="ris, bibtex and csl-json are for works only.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="The file to write; without it, standard output.",
)
@click.option("--bom", is_flag=True, help="Begin CSV or TSV with the mark that Excel looks for.")
@db_option
def export(table: str, format_name: str, output: Path, db: Path, *, bom: bool) -> None:
    """Write the citations (one row per story and study) or the works that stories cite.

    \b
    Examples:
      citetrack export citations -o citations.csv
      citetrack export works --format ris -o works.ris
    """  # noqa: D301
    from citetrack.cli.writing import write_data, write_file
    from citetrack.exports import Tally
    from citetrack.exports import export as pieces_of
    from citetrack.store import Store

    if bom and format_name not in _WITH_BOM:
        raise click.UsageError("--bom is for csv and tsv.")
    tally = Tally()
    with Store.open(db, readonly=True) as store:
        pieces = pieces_of(store.db, table, format_name, tally)
        if output == Path("-"):
            write_data(pieces, bom=bom)
            return
        if output.exists() and output.samefile(db):
            raise InputError("The export would overwrite the tracker.", hint="Name another file.")
        write_file(output, pieces, bom=bom)
    rows = "1 row" if tally.rows == 1 else f"{tally.rows:,} rows"
    say(f"{rows} written to {output}.")
