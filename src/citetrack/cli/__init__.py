"""The command line: a thin skin over the library."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

import click

from citetrack.cli.lazy import lazy_group
from citetrack.cli.saying import say
from citetrack.errors import CitetrackError, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "run"]

#: The commands in the order in which people meet them; each is imported when it is used.
_COMMANDS = (
    "check", "find", "report", "show", "export", "status", "versions", "cite", "refresh", "watch",
    "retractions", "snapshot", "rule", "ignore", "forget", "path", "config",
)  # fmt: skip
_INTERRUPTED = 130
_WRONG_USE = 2


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"citetrack {version('citetrack')}")
        ctx.exit()


@click.group(
    cls=lazy_group({name: f"citetrack.cli.{name}" for name in _COMMANDS}),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Read a news story, find the studies it rests on, and say whether it gets them right."""
    from citetrack.cli.settings import defaults_for_options

    ctx.default_map = defaults_for_options(_COMMANDS)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code that its help names."""
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:  # a locale that lacks a character shows another, and does not end the run
            reconfigure(errors="replace")
    try:
        code = _run(arguments)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        code = _say_defect(error)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_stdout()
    except OSError as error:
        code = _say_cannot_write(error)
    sys.exit(code)


def _replace_closed_streams() -> None:
    """Put a stream in place of each that was closed from the start.

    Whoever reads stdin or writes to stdout is then told; what goes to stderr goes nowhere.
    """
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_ClosedInput()), encoding="utf-8")
    if sys.stdout is None:  # a descriptor that takes nothing
        sys.stdout = _nowhere(os.O_RDONLY)
    if sys.stderr is None:
        sys.stderr = _nowhere(os.O_WRONLY)


class _ClosedInput(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, _: object) -> int:
        raise UnreadableSource("Standard input cannot be read: it is closed.")


def _nowhere(flags: int) -> TextIO:
    return os.fdopen(os.open(os.devnull, flags), "w", encoding="utf-8", closefd=False)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = main.main(arguments, prog_name="citetrack", standalone_mode=False)
    except CitetrackError as error:
        say(str(error))
        return error.exit_code
    except click.ClickException as error:
        _show(error)
        return _WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        say("Stopped.")
        return _INTERRUPTED
    except BrokenPipeError:
        _leave_stdout()
        return 0
    except OSError as error:
        return _say_cannot_write(error)
    return result if isinstance(result, int) else 0


def _show(error: click.ClickException) -> None:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    usage = isinstance(error, click.UsageError) and error.ctx is not None
    if usage and isinstance(error, click.UsageError) and error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
    say(error.format_message())


def _say_defect(error: Exception) -> int:
    """Say in one sentence that citetrack is at fault; CITETRACK_DEBUG shows where."""
    if os.environ.get("CITETRACK_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}".rstrip(".")
    say(f"{what}. This is a defect of citetrack; please report it.")
    return _WRONG_USE


def _say_cannot_write(error: OSError) -> int:
    """Say that the output is incomplete: a full disk must not look like success."""
    with contextlib.suppress(OSError):
        closed = error.errno == errno.EBADF
        why = "standard output is closed" if closed else error.strerror or error
        say(f"The output could not be written: {why}.")
    _leave_stdout()
    return _WRONG_USE


def _leave_stdout() -> None:
    """Point stdout nowhere, so that the interpreter's last flush does not fail."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
