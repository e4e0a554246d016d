"""`citetrack cite`: the line to print beside a story, or the entry for a reference manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.dois import dois_argument, read_dois, worst
from citetrack.cli.options import settings_of, source_options
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.model import Doi, Work
    from citetrack.pipeline import Checker

_OURS = ("news", "bibtex", "ris", "csl-json")


@click.command(short_help="The line to cite a DOI with.")
@dois_argument
@click.option(
    "--style",
    default="news",
    show_default=True,
    help="news, bibtex, ris, csl-json; with the extra csl also apa and other CSL styles.",
)
@source_options
def cite(dois: tuple[str, ...], style: str, **options: Any) -> int:
    """Print the reference line of each DOI, or its entry for a reference manager.

    "-" reads DOIs from standard input, one a line. A paper that was retracted, questioned or
    corrected says so in its line.

    \b
    Examples:
      citetrack cite 10.1001/jamanetworkopen.2025.3204
      citetrack cite 10.1001/jamanetworkopen.2025.3204 --style bibtex

    \b
    Exit code: 0 all are printed, 1 a DOI is not registered, 2 wrong use,
    3 a DOI could not be looked up.
    """  # noqa: D301
    from citetrack.cli.writing import write_data
    from citetrack.pipeline import Checker

    wanted = read_dois(dois)
    with Checker(settings_of(options), say=say) as checker:
        codes: list[int] = []
        works = list(_found(checker, wanted, codes))
    if works or not codes:
        write_data(_written(works, style))
    return worst(codes)


def _found(checker: Checker, dois: Iterable[Doi], codes: list[int]) -> Iterator[Work]:
    """Yield the works that have a record; say of the others why they have none."""
    from citetrack.model import Outcome

    for doi in dois:
        lookup = checker.registry.record_of(doi)
        if lookup.outcome is Outcome.FOUND:
            yield lookup.works[0]
        elif lookup.outcome is Outcome.NOT_FOUND:
            say(f"{doi} is not registered.")
            codes.append(1)
        else:
            say(f"{doi} could not be looked up. {lookup.why or ''}".strip())
            codes.append(3)


def _written(works: Iterable[Work], style: str) -> Iterator[str]:
    from citetrack.exports import styled, written

    items = [_item(work) for work in works]
    return written(items, style) if style in _OURS else styled.pieces(items, style)


def _item(work: Work) -> dict[str, Any]:
    """Return a work as a CSL-JSON item that says what became of it, as far as the record knows."""
    from citetrack.contract import work_to_csl
    from citetrack.exports.columns import clean, with_status
    from citetrack.updates import happened_to, standing

    item = work_to_csl(work)
    found = standing(happened_to(work))
    if update := found.update:
        date = str(update.date) if update.date else None
        item = with_status(item, found.status, date, update.notice_doi, update.source)
    cleaned: dict[str, Any] = clean(item)
    return cleaned
