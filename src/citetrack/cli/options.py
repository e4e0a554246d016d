"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.settings import default_db, service_url
from citetrack.config import CROSSREF_URL, TIMEOUT, Settings
from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citetrack.model import PartialDate


class _Code(click.ParamType[str]):
    """The code of a finding, in any letter case."""

    name = "code"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Return the code; one that does not exist is wrong use: it would ignore nothing."""
        from citetrack.checks.codes import CODES

        code = str(value).upper()
        if code not in CODES:
            self.fail(f"there is no code {printable(code)}; citetrack rule lists them.", param, ctx)
        return code


class _Date(click.ParamType["PartialDate"]):
    """A date known to the day, the month or the year."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> PartialDate:
        """Return the date; a value that is none is wrong use."""
        from citetrack.model import PartialDate

        try:
            date = PartialDate.parse(str(value))
        except ValueError:
            date = None
        if date is None or date.year is None:
            self.fail(f"{value!r} is no date; write it as 2025-04-08, 2025-04 or 2025.", param, ctx)
        return date


code_type, date_type = _Code(), _Date()


def db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--db`, the tracker's path."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        envvar="CITETRACK_DB",
        show_envvar=True,
        default=default_db,
        show_default="citetrack.db in the platform's data folder",
        help="The tracker, a SQLite file.",
    )(command)


crossref_url_option = click.option(
    "--crossref-url",
    envvar="CITETRACK_CROSSREF_URL",
    show_envvar=True,
    default=CROSSREF_URL,
    show_default=True,
    help="Base of the Crossref REST API.",
)
mailto_option = click.option(
    "--mailto",
    envvar="CITETRACK_MAILTO",
    show_envvar=True,
    help="Your address, for Crossref's polite pool.",
)
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=TIMEOUT,
    show_default=True,
    help="Seconds that one answer may take.",
)

#: What every command that asks sources of works takes, in the order of its help.
_SOURCES = (
    click.option(
        "--works",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A snapshot or a file of Crossref records to consult first. Repeatable.",
    ),
    click.option("--offline", is_flag=True, help="Open no socket."),
    crossref_url_option,
    mailto_option,
    click.option(
        "--retraction-watch",
        type=click.Path(path_type=Path),
        envvar="CITETRACK_RETRACTION_WATCH",
        show_envvar=True,
        help="The Retraction Watch CSV to use (.csv, .csv.gz); else what is stored of it.",
    ),
    db_option,
    timeout_option,
)


_CACHING = (
    click.option("--no-cache", is_flag=True, help="Ask anew, and keep no answer."),
    click.option("--refresh", is_flag=True, help="Ask anew, and keep the answers."),
)


def asking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that asks sources of works and keeps the answers."""
    for add in reversed(_SOURCES):
        command = add(command)
    return command


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that asks sources of works; see `settings_of`."""
    for add in reversed(_CACHING):
        command = add(command)
    return asking_options(command)


def settings_of(options: Mapping[str, Any], **more: Any) -> Settings:
    """Return the settings that `source_options` stand for, and `more`."""
    more.setdefault("offline", options["offline"])
    return Settings(
        works=options["works"],
        crossref_url=options["crossref_url"],
        mailto=options["mailto"] or None,
        retraction_watch=options["retraction_watch"],
        db=options["db"],
        cache=not options["no_cache"],
        refresh=options["refresh"],
        timeout=options["timeout"],
        datacite_url=service_url("datacite-url"),
        doi_url=service_url("doi-url"),
        pmc_url=service_url("pmc-url"),
        **more,
    )
