"""`citetrack snapshot build` and `update`."""

from __future__ import annotations

import datetime as dt
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.options import (
    crossref_url_option,
    date_type,
    mailto_option,
    timeout_option,
)
from citetrack.cli.saying import tell
from citetrack.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citetrack.snapshot.build import Order
    from citetrack.snapshot.manifest import Manifest
    from citetrack.snapshot.selection import Selection
    from citetrack.snapshot.tasks import Report

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_FOLDER = click.Path(path_type=Path)
_BROKEN_SHOWN = 3


class _Years(click.ParamType[tuple[int, int]]):
    """A year, or the first and the last."""

    name = "years"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """Return the first and the last year."""
        m = _YEARS.fullmatch(str(value))
        first, last = (int(m[1]), int(m[2] or m[1])) if m else (1, 0)
        if first > last:
            self.fail(f"{value!r} are no years; write 2024 or 2015-2025.", param, ctx)
        return first, last


def _selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which works are kept."""
    options = (
        click.option("--issn", multiple=True, help="Keep a journal, by ISSN. Repeatable."),
        click.option("--container", multiple=True, help="Keep a journal, by name. Repeatable."),
        click.option(
            "--journals",
            type=click.File(encoding="utf-8"),
            help="Keep the journals in a file: an ISSN or a name on each line.",
        ),
        click.option("--years", type=_Years(), help="Keep years of publication: 2015-2025."),
        click.option("--from-date", type=date_type, help="Keep what was published from a day on."),
        click.option("--type", "types", multiple=True, help="Keep a Crossref type. Repeatable."),
        click.option("--has-abstract", is_flag=True, help="Keep works with an abstract."),
        click.option("--member", multiple=True, help="Ask Crossref for a member's works, by id."),
    )
    for add in reversed(options):
        command = add(command)
    return command


def _crossref_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a question to Crossref."""
    options = (crossref_url_option, mailto_option, timeout_option)
    for add in reversed(options):
        command = add(command)
    return command


_jobs_option = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Processes that read; default: all cores."
)


@click.command()
@click.argument("out", type=_FOLDER)
@click.argument("inputs", nargs=-1, metavar="[FROM]…", type=_FOLDER)
@_selection_options
@click.option("--no-abstracts", is_flag=True, help="Keep and index no abstracts: less room.")
@click.option("--full", is_flag=True, help="Keep the whole messages too: 1 to 2 kB a work.")
@click.option("--dois-only", is_flag=True, help="Keep which DOIs there are, and nothing else.")
@click.option("--complete", is_flag=True, help="FROM is all of Crossref: what is not there is not.")
@click.option("--force", is_flag=True, help="Replace a finished snapshot, or drop a stopped build.")
@_jobs_option
@_crossref_options
def build(out: Path, inputs: tuple[Path, ...], **options: Any) -> int:
    """Make a snapshot in the folder OUT.

    FROM are files or folders of Crossref's public data file, in any of its forms, or of records
    one a line (.jsonl, .json, packed or not, .tar). Without FROM, Crossref is asked for the works
    that --issn, --container, --member, --type, --years, --from-date and --has-abstract name.

    A build that was stopped, even by a power cut, goes on when the same command is given again.

    \b
    Examples:
      citetrack snapshot build mine papers.jsonl
      citetrack snapshot build jama --issn 2574-3805 --from-date 2025-01
    """  # noqa: D301
    from citetrack.snapshot.build import build as make

    selection = _selection(options)
    if options["complete"] and not (inputs and selection.is_all):
        raise click.UsageError("--complete is for all of Crossref, from files, nothing left out.")
    if inputs and options["member"]:
        raise click.UsageError("--member is for asking Crossref: records do not tell their member.")
    if not inputs and not (filters := _filters(options)):
        raise click.UsageError("Name FROM, or say what to ask Crossref for: --issn, --from-date …")
    with _told() as report:
        order = _order(inputs, selection, "" if inputs else filters, options, report)
        manifest = make(out, order, force=options["force"])
    return _tell(out, manifest)


@click.command()
@click.argument("snapshot", type=_FOLDER)
@click.argument("inputs", nargs=-1, metavar="[FROM]…", type=_FOLDER)
@_jobs_option
@_crossref_options
def update(snapshot: Path, inputs: tuple[Path, ...], **options: Any) -> int:
    """Bring a SNAPSHOT up to date with newer records.

    FROM are files or folders as for `build`. Without FROM, Crossref is asked for what it indexed
    since; a snapshot that was asked of it is asked for again with the same filters. Of each DOI
    the record indexed last counts. The snapshot can be used meanwhile.

    \b
    Examples:
      citetrack snapshot update mine papers.jsonl
      citetrack snapshot update jama
    """  # noqa: D301
    from citetrack.snapshot.build import update as renew
    from citetrack.snapshot.manifest import read_manifest

    manifest = read_manifest(snapshot)
    with _told() as report:
        filters = "" if inputs else _since(manifest)
        order = _order(inputs, manifest.options, filters, options, report)
        manifest = renew(snapshot, order)
    return _tell(snapshot, manifest)


# ---------------------------------------------------------------- what is asked


def _selection(options: dict[str, Any]) -> Selection:
    from citetrack.snapshot.selection import Selection

    listed = options["journals"].read().splitlines() if options["journals"] else []
    journals = (*options["issn"], *options["container"], *(n.strip() for n in listed if n.strip()))
    if options["journals"] and not listed:
        raise click.UsageError("The file of --journals names no journal.")
    return Selection(
        journals=journals,
        from_date=_first_day(options["from_date"]) if options["from_date"] else None,
        years=options["years"],
        types=options["types"],
        has_abstract=options["has_abstract"],
        abstracts=not options["no_abstracts"],
        full=options["full"],
        dois_only=options["dois_only"],
    )


def _first_day(date: object) -> str:
    return "-".join((*str(date).split("-"), "01", "01")[:3])


def _filters(options: dict[str, Any]) -> str:
    """Return what Crossref is asked for, in its own words."""
    if options["journals"]:
        raise click.UsageError("--journals is for FROM; ask Crossref with --issn.")
    if any("," in name for name in options["container"]):
        raise click.UsageError("Crossref cannot be asked for a name with a comma; use --issn.")
    parts = [f"issn:{x}" for x in options["issn"]]
    parts += [f"container-title:{x}" for x in options["container"]]
    parts += [f"member:{x}" for x in options["member"]]
    parts += [f"type:{x}" for x in options["types"]]
    if options["years"]:
        first, last = options["years"]
        parts += [f"from-pub-date:{first}", f"until-pub-date:{last}"]
    if options["from_date"]:
        parts.append(f"from-pub-date:{options['from_date']}")
    if options["has_abstract"]:
        parts.append("has-abstract:true")
    return ",".join(parts)


def _since(manifest: Manifest) -> str:
    """Return the filter for what was indexed since the snapshot was made, a day's overlap."""
    asked = [source.filter for source in manifest.sources if source.filter]
    kept = [p for p in (asked[0].split(",") if asked else ()) if "index-date" not in p]
    day = (manifest.updated or manifest.built)[:10]
    try:
        since = dt.date.fromisoformat(day) - dt.timedelta(days=1)
    except ValueError:
        raise InputError(
            "The manifest does not say when the snapshot was made.", hint="Name FROM."
        ) from None
    return ",".join((*kept, f"from-index-date:{since}"))


def _order(
    inputs: tuple[Path, ...],
    selection: Selection,
    filters: str,
    options: dict[str, Any],
    report: Report,
) -> Order:
    from importlib.metadata import version

    from citetrack.snapshot.build import Order
    from citetrack.snapshot.tasks import default_jobs

    def fetch(folder: Path) -> None:
        from citetrack.http import Client
        from citetrack.pipeline.sources import limits_folder
        from citetrack.works.harvest import harvest

        with Client(
            options["mailto"] or None, options["timeout"], limits=limits_folder()
        ) as client:
            tell = lambda done, total: report("asking", done, total, done)  # noqa: E731 - one line
            harvest(client, options["crossref_url"], filters, folder, tell)

    return Order(
        inputs,
        selection,
        complete=bool(options.get("complete")),
        now=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        version=version("citetrack"),
        question=filters,
        fetch=fetch if filters else None,
        jobs=options["jobs"] or default_jobs(),
        report=report,
    )


# ---------------------------------------------------------------- what is told


@contextmanager
def _told() -> Iterator[Report]:
    """Give what shows the progress, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total, _works: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%  {task.fields[works]:>13,} works"),
        TextColumn("{task.fields[rate]:>9,.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Shown(progress)


class _Shown:
    """A bar for each stage of a build."""

    def __init__(self, progress: Any) -> None:
        self._progress = progress
        self._tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int, works: int) -> None:
        """Show how far a stage is."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, works=0, rate=0.0)
        task = self._tasks[stage]
        elapsed = self._progress.tasks[task].elapsed or 0
        rate = works / elapsed if elapsed else 0.0
        self._progress.update(task, completed=done, total=total, works=works, rate=rate)


def _tell(folder: Path, manifest: Manifest) -> int:
    """Say what was made and what was passed over."""
    size = manifest.bytes / 1e6
    what = "DOIs" if manifest.kind == "dois" else "works"
    tell(f"{folder}: {manifest.works:,} {what}, {size:,.1f} MB.")
    if manifest.left_out:
        left_out = f"{manifest.left_out:,} were not asked for and left out"
        tell(f"Of the {manifest.read:,} records read for it so far, {left_out}.")
    if manifest.broken:
        several = manifest.broken > 1
        count = f"{manifest.broken:,} records are" if several else "1 record is"
        tell(f"{count} broken and {'were' if several else 'was'} passed over:")
        for each in manifest.told[:_BROKEN_SHOWN]:
            tell(f"  {each.file}, {each.number}: {each.why}")
        if manifest.broken > _BROKEN_SHOWN:
            tell(f"  `citetrack snapshot info {folder}` lists the first hundred.")
    return 0
