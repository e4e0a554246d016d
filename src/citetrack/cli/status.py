"""`citetrack status`: what happened to papers since they came out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.dois import dois_argument, read_dois, worst, write_each
from citetrack.cli.options import settings_of, source_options
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from citetrack.pipeline.known import Known

_EXIT_CODES = {"ok": 0, "corrected": 0, "unknown": 3}


@click.command(short_help="Was a paper retracted, questioned, corrected?")
@dois_argument
@click.option("--json", "as_json", is_flag=True, help="A JSON array, one object a DOI.")
@click.option("--nl", "as_lines", is_flag=True, help="One JSON object a line; also with --json.")
@source_options
def status(dois: tuple[str, ...], *, as_json: bool, as_lines: bool, **options: Any) -> int:
    """Say of each DOI whether the paper was retracted, questioned or corrected.

    With date, notice, and who says so how long ago. "-" reads DOIs from standard input, one a
    line. A DOI that nobody registered is never called clean, nor is one that could not be asked.

    \b
    Examples:
      citetrack status 10.1001/jamanetworkopen.2025.3204
      citetrack status --json 10.1001/jamanetworkopen.2025.3204

    \b
    JSON: doi, record_doi, status (ok, corrected, expression-of-concern,
    retracted, withdrawn, retracted-republished, not-registered, unknown),
    date, notice_doi, source, title, container_title, issued, is_notice,
    updates, asked, agency, why.

    \b
    Exit code: 0 nothing listed, or a correction; 1 retracted, withdrawn, an
    expression of concern, or not registered; 2 wrong use; 3 could not be checked.
    """  # noqa: D301
    from citetrack.pipeline import Checker
    from citetrack.pipeline.known import known_of_many
    from citetrack.report.known import known_to_dict, known_view

    wanted = read_dois(dois)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    codes: list[int] = []

    def noted(known: Known) -> Known:
        code = _EXIT_CODES.get(known.standing.status, 1)
        codes.append(3 if known.history.unanswered and not code else code)
        return known

    with Checker(settings_of(options), say=say) as checker:
        each = (noted(known) for known in known_of_many(checker.registry, wanted))
        write_each(
            each,
            lambda known: known_view(known, today),
            known_to_dict,
            as_json=as_json,
            as_lines=as_lines,
        )
    return worst(codes)
