"""`citetrack snapshot search`."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from citetrack.cli.saying import say
from citetrack.cli.writing import write_data, write_table
from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from citetrack.model import Work


@click.command()
@click.argument("snapshot", type=click.Path(path_type=Path))
@click.argument("words", required=False)
@click.option("--author", help='A surname or a full name; several: "Jane Smith and Ruiz".')
@click.option("--container", help="Words of the journal's name.")
@click.option("--year", type=int, help="The year of publication.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Works to print, at most.",
)
@click.option("--nl", "as_lines", is_flag=True, help="One JSON object a line.")
@click.option(
    "--from-file",
    type=click.File("rb"),
    metavar="QUERIES",
    help="Many queries, a JSON object a line: query, author, container, year.",
)
def search(snapshot: Path, words: str | None, **options: Any) -> None:
    """Find works in a SNAPSHOT by WORDS of title, abstract, authors or journal, best first.

    Words need not all be there, and may be misspelt. --author, --container and --year put works
    first that have them; those that have not come after.

    \b
    Examples:
      citetrack snapshot search mine "plastics ever made" --year 2017
      citetrack snapshot search mine --author Geyer --container science --nl

    \b
    JSON lines: {"doi", "title", "score"}; with --from-file for each query, in
    order, {"results": [{"doi", "title", "score"}]}.
    """  # noqa: D301
    from citetrack.snapshot.asking import Query

    if options["from_file"]:
        if words:
            raise click.UsageError("Give WORDS or --from-file, not both.")
        write_data(_answers(snapshot, options["from_file"], options["limit"]))
        return
    query = Query(words or "", options["author"], options["container"], options["year"])
    if not query.terms():
        raise click.UsageError("There is nothing to search for: give WORDS, --author …")
    found = _opened(snapshot).best(query.terms(), options["limit"])
    if options["as_lines"]:
        write_data(f"{_json(_fields(work, score))}\n" for work, score in found)
    elif found:
        write_table(_table(found))
    else:
        say("Nothing was found.")


def _opened(snapshot: Path) -> Any:
    from citetrack.errors import InputError
    from citetrack.snapshot import open_works

    works = open_works(snapshot)
    if not hasattr(works, "best"):
        raise InputError(f"{snapshot} holds DOIs only, and nothing to search in.")
    return works


def _answers(snapshot: Path, file: IO[bytes], limit: int) -> Iterator[str]:
    from citetrack.snapshot.asking import read_query

    works = _opened(snapshot)
    for number, line in enumerate(file, 1):
        if line.strip():
            found = works.best(read_query(line, number).terms(), limit)
            yield f"{_json({'results': [_fields(*pair) for pair in found]})}\n"


def _json(value: object) -> str:
    from citetrack.exports.jsonl import to_json

    return to_json(value)


def _fields(work: Work, score: float) -> dict[str, object]:
    return {"doi": work.doi.value, "title": work.title, "score": score}


def _table(found: list[tuple[Work, float]]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    for work, score in found:
        known = ", ".join(filter(None, (work.container, str(work.issued or ""))))
        title = Text(printable(work.title or "(no title)"))
        title.append(f"\n{printable(known)}\n" if known else "\n", style="dim")
        title.append(f"https://doi.org/{printable(work.doi.value)}")
        table.add_row(f"{score:.1f}", title)
    return table
