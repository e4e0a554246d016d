"""How reports leave the command: cards for people, a JSON array or JSON lines for programs."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.contract import Report

#: JSON leaves these as they are; a terminal would obey them, so they are written as escapes.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Writer(Protocol):
    """Writes one report after another."""

    def write(self, report: Report) -> None:
        """Write a report."""


@contextmanager
def writer_of(options: dict[str, Any], stdout: TextIO) -> Iterator[Writer]:
    """Give the writer for the style asked for, and close what it opened."""
    if options["style"] == "json":
        array = _JsonArray(stdout, with_text=options["with_text"])
        try:
            yield array
        finally:
            array.close()
    elif options["style"] == "nl":
        yield _JsonLines(stdout, with_text=options["with_text"])
    else:
        yield _Cards(stdout, verbose=options["verbose"])


def to_json(report: Report, *, with_text: bool = False) -> str:
    """Return a report as one line of JSON in which nothing steers a terminal."""
    import msgspec

    document = report.to_dict()
    article = document["article"]
    if with_text and isinstance(article, dict):
        article["text"] = report.article.text if report.article else None
    line = msgspec.json.encode(document).decode()
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", line)


class _JsonLines:
    def __init__(self, stdout: TextIO, *, with_text: bool) -> None:
        self._stdout, self._with_text = stdout, with_text

    def write(self, report: Report) -> None:
        _emit(self._stdout, to_json(report, with_text=self._with_text) + "\n")


class _JsonArray:
    """A JSON array written as it grows, so that an interrupted run leaves a whole one."""

    def __init__(self, stdout: TextIO, *, with_text: bool) -> None:
        self._stdout, self._with_text = stdout, with_text
        self._opened = False

    def write(self, report: Report) -> None:
        line = to_json(report, with_text=self._with_text)
        _emit(self._stdout, (",\n" if self._opened else "[\n") + line)
        self._opened = True

    def close(self) -> None:
        _emit(self._stdout, "\n]\n" if self._opened else "[]\n")


class _Cards:
    def __init__(self, stdout: TextIO, *, verbose: bool) -> None:
        from rich.console import Console

        self._console = Console(file=stdout, highlight=False, emoji=False, markup=False)
        self._verbose = verbose
        self._first = True

    def write(self, report: Report) -> None:
        from citetrack.report.card import card

        if not self._first:
            self._console.rule(style="dim", characters="-")
        self._first = False
        today = dt.datetime.now(dt.UTC).date().isoformat()
        self._console.print(card(report, today=today, verbose=self._verbose))


def _emit(stdout: TextIO, text: str) -> None:
    """Write UTF-8 whatever the locale, and at once: a reader of the pipe waits for it."""
    buffer = getattr(stdout, "buffer", None)
    if buffer is None:
        stdout.write(text)
    else:
        buffer.write(text.encode())
    stdout.flush()
