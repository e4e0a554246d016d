"""`citetrack snapshot info`, `verify`, `get` and `exists`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from citetrack.cli.saying import say
from citetrack.cli.writing import write_data, write_table
from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.snapshot.manifest import Manifest

_SNAPSHOT = click.argument("snapshot", type=click.Path(path_type=Path))
_FINDINGS = 1
#: DOIs looked up at a time, so that a list without end is answered as it comes.
_CHUNK = 10_000


@click.command()
@_SNAPSHOT
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def info(snapshot: Path, *, as_json: bool) -> None:
    """Say what a SNAPSHOT holds, and of what it was made.

    \b
    Examples:
      citetrack snapshot info mine
      citetrack snapshot info mine --json
    """  # noqa: D301
    from citetrack.exports.jsonl import to_json
    from citetrack.snapshot.manifest import data_folder, read_manifest

    manifest = read_manifest(snapshot)
    data_folder(snapshot, manifest)
    if as_json:
        write_data([to_json(_fields(manifest)), "\n"])
    else:
        write_table(*_lines(manifest))


def _fields(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest without what is of use to programs of ours only."""
    import msgspec

    hidden = ("data", "files", "words")
    fields: dict[str, Any] = msgspec.to_builtins(manifest)
    return {name: value for name, value in fields.items() if name not in hidden}


def _lines(manifest: Manifest) -> Iterator[str]:
    what = "DOIs, and nothing else of them" if manifest.kind == "dois" else "works"
    yield f"{manifest.works:,} {what}, {manifest.bytes / 1e6:,.1f} MB"
    yield "all of Crossref" if manifest.complete else "a part of Crossref"
    yield f"made {manifest.built or 'at a time not told'} by citetrack {manifest.citetrack}"
    if manifest.updated:
        yield f"brought up to date {manifest.updated}"
    for source in manifest.sources:
        asked = f" ({source.filter})" if source.filter else ""
        yield printable(f"from {source.name}{asked}: {source.bytes / 1e6:,.1f} MB")
    yield (
        f"{manifest.read:,} records read: {manifest.left_out:,} left out, "
        f"{manifest.duplicates:,} older versions, {manifest.broken:,} broken"
    )
    for broken in manifest.told:
        yield printable(f"  {broken.file}, {broken.number}: {broken.why}")


@click.command()
@_SNAPSHOT
@click.option("--quick", is_flag=True, help="Read samples only, not every byte.")
def verify(snapshot: Path, *, quick: bool) -> int:
    """Read a SNAPSHOT through and say whether it is as it was made.

    Every file is compared with its hash, works are counted, and samples are read back by DOI and
    by words.

    \b
    Examples:
      citetrack snapshot verify mine
      citetrack snapshot verify mine --quick

    \b
    Exit code: 0 all is well, 1 it is not, 2 there is no snapshot.
    """  # noqa: D301
    from citetrack.errors import DamagedSnapshot
    from citetrack.snapshot.manifest import read_manifest
    from citetrack.snapshot.verify import verified

    manifest = read_manifest(snapshot)
    try:
        done = verified(snapshot, manifest, quick=quick)
    except DamagedSnapshot as error:
        say(str(error))
        return _FINDINGS
    write_data(f"{line}\n" for line in done)
    return 0


@click.command()
@_SNAPSHOT
@click.argument("dois", nargs=-1, required=True, metavar="DOI…")
def get(snapshot: Path, dois: tuple[str, ...]) -> int:
    """Print the Crossref messages of DOIs, one a line, as far as the SNAPSHOT keeps them.

    A snapshot built with --full prints each message as it was; any other the fields that citetrack
    reads, with titles and abstracts free of markup.

    \b
    Examples:
      citetrack snapshot get mine 10.1056/nejmoa2212948
      citetrack snapshot get mine 10.1126/sciadv.1700782 10.1056/nejmoa2212948

    \b
    Exit code: 0 all were there, 1 some were not, 2 wrong use.
    """  # noqa: D301
    from citetrack.errors import InvalidIdentifier
    from citetrack.model import Doi
    from citetrack.snapshot import open_works

    try:
        parsed = [Doi.parse(doi) for doi in dois]
    except InvalidIdentifier as error:
        raise click.UsageError(f"{printable(str(error))}.") from error
    works = open_works(snapshot)
    missing = 0
    for doi in parsed:
        message = works.message(doi)
        if message is None:
            missing += 1
            say(f"{doi.value} is not there.")
        else:
            write_data([message, "\n"])
    return _FINDINGS if missing else 0


@click.command()
@_SNAPSHOT
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
def exists(snapshot: Path, file: IO[str]) -> None:
    """Say for each DOI in FILE, one a line, whether it is in the SNAPSHOT: doi<TAB>yes|no.

    FILE may be "-" for standard input. Lines come out in the order in which they went in; what
    is no DOI is "no".

    \b
    Examples:
      citetrack snapshot exists mine dois.txt
      citetrack snapshot exists mine dois.txt > known.tsv
    """  # noqa: D301
    from citetrack.snapshot import open_works

    works = open_works(snapshot)
    lines = (line.strip() for line in file)
    dois = (line for line in lines if line)
    while chunk := list(islice(dois, _CHUNK)):
        write_data(_answers(chunk, works))


def _answers(chunk: list[str], works: Any) -> Iterable[str]:
    from citetrack.model import Doi

    parsed = [_parsed(text) for text in chunk]
    known = iter(works.knows([doi for doi in parsed if isinstance(doi, Doi)]))
    for text, doi in zip(chunk, parsed, strict=True):
        answer = "yes" if doi is not None and next(known) else "no"
        yield f"{printable(text)}\t{answer}\n"


def _parsed(text: str) -> Any:
    from citetrack.errors import InvalidIdentifier
    from citetrack.model import Doi

    try:
        return Doi.parse(text)
    except InvalidIdentifier:
        return None
