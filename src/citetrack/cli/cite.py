"""`citetrack cite`: the line to print beside a story, or the entry for a reference manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.dois import dois_argument, read_dois, worst
from citetrack.cli.options import settings_of, source_options
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citetrack.model import Doi
    from citetrack.pipeline import Checker
    from citetrack.pipeline.known import Known

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
    corrected says so in its line; notices of that are asked for, as with `citetrack status`.

    \b
    Examples:
      citetrack cite 10.1001/jamanetworkopen.2025.3204
      citetrack cite 10.1001/jamanetworkopen.2025.3204 --style bibtex

    \b
    Exit code: 0 all are printed, 1 a DOI is not registered, 2 wrong use,
    3 a DOI could not be looked up, or (without --offline) notices not asked for.
    """  # noqa: D301
    from citetrack.cli.writing import write_data
    from citetrack.pipeline import Checker

    wanted = read_dois(dois)
    with Checker(settings_of(options), say=say) as checker:
        codes: list[int] = []
        found = list(_found(checker, wanted, codes))
    if found or not codes:
        write_data(_written(found, style))
    return worst(codes)


def _found(checker: Checker, dois: Sequence[Doi], codes: list[int]) -> Iterator[Known]:
    """Yield the DOIs that have a record; say of the others why, and what was not asked."""
    from citetrack.pipeline.known import NOT_REGISTERED, known_of_many

    for known in known_of_many(checker.registry, dois):
        why = f" {known.why}" if known.why else ""
        if known.work:
            if not known.history.checked:
                say(f"{known.doi}: retractions and corrections were not asked for.{why}")
                codes += [] if checker.settings.offline else [3]
            elif known.history.unanswered:
                say(f"{known.doi}: not every source of retractions and corrections answered.{why}")
                codes.append(3)
            yield known
        elif known.standing.status == NOT_REGISTERED:
            say(f"{known.doi} is not registered.")
            codes.append(1)
        else:
            say(f"{known.doi} could not be looked up.{why}")
            codes.append(3)


def _written(found: Iterable[Known], style: str) -> Iterator[str]:
    from citetrack.exports import styled, written

    items = [_item(known) for known in found]
    return written(items, style) if style in _OURS else styled.pieces(items, style)


def _item(known: Known) -> dict[str, Any]:
    """Return a work as a CSL-JSON item that says what became of it, as far as it is known."""
    from citetrack.contract import work_to_csl
    from citetrack.exports.columns import clean, with_status

    assert known.work is not None
    item = work_to_csl(known.work)
    if update := known.standing.update:
        date = str(update.date) if update.date else None
        item = with_status(item, known.standing.status, date, update.notice_doi, update.source)
    cleaned: dict[str, Any] = clean(item)
    return cleaned
