"""How reports leave the command: cards for people, a JSON array or JSON lines for programs."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from citetrack.cli.saying import say
from citetrack.cli.writing import write_data, write_table
from citetrack.errors import CitetrackError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.contract import Report
    from citetrack.model import Failure

#: JSON leaves these as they are; a terminal would obey them, so they are written as escapes.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Writer(Protocol):
    """Writes one report after another."""

    def write(self, report: Report) -> None:
        """Write a report."""

    def break_off(self) -> None:
        """Say, where a program reads, that stories are missing from here on."""


@contextmanager
def writer_of(options: dict[str, Any]) -> Iterator[Writer]:
    """Give the writer for the style asked for, and close what it opened."""
    if not (options["nl"] or options["json"]):
        yield _Cards(verbose=options["verbose"])
        return
    writer = (_JsonLines if options["nl"] else _JsonArray)(with_text=options["with_text"])
    try:
        yield writer
    except CitetrackError:
        writer.break_off()
        raise
    finally:
        writer.close()


def to_json(report: Report, *, with_text: bool = False) -> str:
    """Return a report as one line of JSON in which nothing steers a terminal."""
    import msgspec

    document = report.to_dict()
    article = document["article"]
    if with_text and isinstance(article, dict):
        article["text"] = report.article.text if report.article else None
    line = msgspec.json.encode(document).decode()
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", line)


def _broken_off() -> Report:
    """Return what stands last where a run ended early: a list that ends says it is whole."""
    from citetrack.contract import Report as Result
    from citetrack.model import Failure as Why

    message = "The run was stopped: what comes after the stories above was not checked."
    return Result(None, "", error=Why("interrupted", message))


class _JsonLines:
    def __init__(self, *, with_text: bool) -> None:
        self._with_text = with_text

    def write(self, report: Report) -> None:
        write_data([to_json(report, with_text=self._with_text), "\n"])

    def break_off(self) -> None:
        self.write(_broken_off())

    def close(self) -> None:
        """Do nothing: each line is whole."""


class _JsonArray:
    """A JSON array written as it grows; a run that is stopped closes it after saying so."""

    def __init__(self, *, with_text: bool) -> None:
        self._with_text = with_text
        self._opened = False

    def write(self, report: Report) -> None:
        line = to_json(report, with_text=self._with_text)
        write_data([",\n" if self._opened else "[\n", line])
        self._opened = True

    def break_off(self) -> None:
        self.write(_broken_off())

    def close(self) -> None:
        write_data(["\n]\n" if self._opened else "[]\n"])


class _Cards:
    """Cards on stdout; why a source could not be read goes to stderr, as all words do."""

    def __init__(self, *, verbose: bool) -> None:
        self._verbose = verbose
        self._first = True

    def write(self, report: Report) -> None:
        if report.error:
            _say_failure(report, report.error)
            return
        from rich.rule import Rule

        from citetrack.report.card import card

        today = dt.datetime.now(dt.UTC).date().isoformat()
        shown = card(report, today=today, verbose=self._verbose)
        write_table(shown) if self._first else write_table(Rule(characters="-"), shown)
        self._first = False

    def break_off(self) -> None:
        """Do nothing: who reads cards reads stderr."""


def _say_failure(report: Report, failure: Failure) -> None:
    """Say why a source could not be read, naming it where the sentence does not."""
    place, _, line = report.source.rpartition(":")
    named = (place if place and line.isdecimal() else report.source) in failure.message
    where = "" if named else f"{report.source}: "
    say(where + failure.message)
