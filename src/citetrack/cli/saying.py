"""Sentences for people, on stderr: folded at a terminal's width, whole lines for a pipe."""

from __future__ import annotations

import os
import sys
import textwrap

import click

from citetrack.text import printable

#: A terminal that claims to be narrower than this shows nothing; the line is left whole.
_NARROWEST = 20


def say(message: str) -> None:
    """Say one sentence in citetrack's name."""
    tell(f"citetrack: {message}")


def tell(line: str) -> None:
    """Write one line as it stands, without what would steer a terminal."""
    click.echo(folded(printable(line), _width()), err=True)


def folded(line: str, width: int | None) -> str:
    """Return a line folded at blanks so that it fits `width` columns; None leaves it whole."""
    if width is None or width < _NARROWEST:
        return line
    blank = line[: len(line) - len(line.lstrip())]
    lines = textwrap.wrap(
        line, width, break_long_words=False, break_on_hyphens=False, subsequent_indent=blank
    )
    return "\n".join(lines)


def _width() -> int | None:
    """Return the columns of the terminal that stderr is, None where it is none."""
    try:
        if sys.stderr is None or not sys.stderr.isatty():
            return None
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return None
