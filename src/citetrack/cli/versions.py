"""`citetrack versions`: the preprint of an article, the article of a preprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.dois import dois_argument, read_dois, worst, write_each
from citetrack.cli.options import settings_of, source_options
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import Version
    from citetrack.pipeline import Checker
    from citetrack.pipeline.known import Known


@click.command(short_help="The preprint or the article of a DOI.")
@dois_argument
@click.option("--search", is_flag=True, help="Also look for the same title and authors (weaker).")
@click.option("--json", "as_json", is_flag=True, help="A JSON array, one object a DOI.")
@click.option("--nl", "as_lines", is_flag=True, help="One JSON object a line; also with --json.")
@source_options
def versions(
    dois: tuple[str, ...], *, search: bool, as_json: bool, as_lines: bool, **options: Any
) -> int:
    """List the other versions of each DOI: its preprint, or the article that came of it.

    \b
    Examples:
      citetrack versions 10.1001/jamanetworkopen.2025.3204
      citetrack versions 10.1101/2020.06.22.20137273 --search

    \b
    JSON: doi, record_doi, title, issued, why, and versions: doi, kind (preprint,
    article, version), relation, title, container_title, issued, updates.

    \b
    Exit code: 0 done, also when there is no other version; 1 a DOI is not
    registered; 2 wrong use; 3 a record could not be read, or (without --offline)
    a source not asked.
    """  # noqa: D301
    from citetrack.pipeline import Checker
    from citetrack.report.known import versions_to_dict, versions_view

    wanted = read_dois(dois)
    codes: list[int] = []
    with Checker(settings_of(options), say=say) as checker:
        each = (_read(checker, doi, codes, search=search) for doi in wanted)
        write_each(
            (found for some in each for found in some),
            lambda pair: versions_view(*pair, searched=search),
            lambda pair: versions_to_dict(*pair),
            as_json=as_json,
            as_lines=as_lines,
        )
    return worst(codes)


def _read(
    checker: Checker, doi: Any, codes: list[int], *, search: bool
) -> Iterator[tuple[Known, tuple[Version, ...]]]:
    """Yield a work and its versions; say why of a DOI without a record."""
    from citetrack.model import Outcome
    from citetrack.pipeline.known import NOT_REGISTERED, known_of

    known = known_of(checker.registry, doi)
    if known.work:
        found, lookups = checker.registry.versions_and_lookups(known.work, search=search)
        if silent := next((x for x in lookups if x.outcome is Outcome.UNAVAILABLE), None):
            say(f"{doi}: not every source could be asked for versions. {silent.why or ''}".strip())
            codes += [] if checker.settings.offline else [3]
        yield known, found
    elif known.standing.status == NOT_REGISTERED:
        say(f"{doi} is not registered.")
        codes.append(1)
    else:
        say(f"{doi} could not be looked up. {known.why or ''}".strip())
        codes.append(3)
