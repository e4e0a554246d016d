"""`citetrack find`: the study that somebody knows a few things of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.dois import write_each
from citetrack.cli.options import date_type, settings_of, source_options
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from citetrack.model import Citation, PartialDate


@click.command(short_help="Find a study by what you know of it.")
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--journal", "containers", multiple=True, help="Its journal, or an abbreviation.")
@click.option("--author", "authors", multiple=True, help="Any of its authors. Repeatable.")
@click.option("--date", type=date_type, help="About when it came out: 2025-04-07, 2025-04, 2025.")
@click.option("--title", help="Its title, or what you remember of it.")
@click.option("--about", default="", help="What it is about, in plain words.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array of one object.")
@click.option("--nl", "as_lines", is_flag=True, help="One JSON object a line; also with --json.")
@source_options
def find(
    words: tuple[str, ...],
    *,
    containers: tuple[str, ...],
    authors: tuple[str, ...],
    date: PartialDate | None,
    title: str | None,
    about: str,
    as_json: bool,
    as_lines: bool,
    **options: Any,
) -> int:
    """Find a study by what you know of it: up to five candidates, with reasons.

    WORDS are what it is about, as after --about. Nothing is picked for you where several
    fit or little speaks for one.

    \b
    Examples:
      citetrack find --journal "JAMA Netw Open" --author Zgierska --date 2025-04
      citetrack find talking therapies for back pain --date 2025

    \b
    JSON: status, doi, margin, why, and candidates (at most five, best first),
    each with doi, title, container_title, authors, issued, confidence and
    reasons as in the JSON of check.

    \b
    Exit code: 0 there are candidates; 1 nothing fits; 2 wrong use; 3 nothing
    at hand fits, and a source could not be asked.
    """  # noqa: D301
    from citetrack.describing import Description
    from citetrack.pipeline import Checker
    from citetrack.report.found import found_to_dict, found_view

    described = Description(containers, authors, date, title, " ".join((*words, about)).strip())
    if not described:
        raise click.UsageError(
            "Say what you know: some words, --journal, --author, --date, --title."
        )
    if described == Description(date=date):
        raise click.UsageError(
            "A date alone fits too many studies: add words, an author, a journal."
        )
    with Checker(settings_of(options), say=say) as checker:
        citation = checker.find(described)
    write_each([citation], found_view, found_to_dict, as_json=as_json, as_lines=as_lines)
    return _exit_code(citation)


def _exit_code(citation: Citation) -> int:
    from citetrack.report.found import shown

    if shown(citation):
        return 0
    return 3 if citation.status.value == "unchecked" else 1
