"""Data to stdout or a file, and tables to stdout. Words for people go to stderr elsewhere."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from citetrack.errors import CitetrackError
from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from rich.console import RenderableType

_BOM = b"\xef\xbb\xbf"
#: A terminal that claims to be narrower than this shows nothing; the usual width is taken.
_NARROWEST, _WIDTH = 20, 80


def write_data(pieces: Iterable[str], *, bom: bool = False) -> None:
    """Write text to stdout in UTF-8, whatever the locale says, with line ends as they are.

    A stdout that nobody reads ends the command quietly, a full or closed one raises OSError.
    """
    _write_to_stdout(pieces, bom=bom)


def write_table(*renderables: RenderableType) -> None:
    """Write what rich renders to stdout; letters that its encoding lacks become "?"."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if console.width < _NARROWEST:
        console.width = _WIDTH
    with console.capture() as captured:
        console.print(*renderables, sep="\n")
    encoding = sys.stdout.encoding or "utf-8"
    lines = captured.get().encode(encoding, "replace").decode(encoding).splitlines()
    _write_to_stdout((f"{line.rstrip()}\n" for line in lines), encoding=encoding)


def write_file(path: Path, pieces: Iterable[str], *, bom: bool = False) -> None:
    """Write text to a file in UTF-8. An old file stays until the new one is complete.

    Raises CitetrackError when the file cannot be written.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():  # a device or a pipe has nothing to lose
            with target.open("wb") as stream:
                _write(stream, pieces, bom=bom)
        else:
            _replace(target, pieces, bom=bom)
    except OSError as error:
        why = error.strerror or str(error)
        raise CitetrackError(f"{printable(str(path))} cannot be written: {why}.") from error


def _replace(target: Path, pieces: Iterable[str], *, bom: bool) -> None:
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as stream:
            _write(stream, pieces, bom=bom)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _write_to_stdout(pieces: Iterable[str], *, bom: bool = False, encoding: str = "utf-8") -> None:
    """Write, or end the command quietly when nobody reads any more."""
    try:
        sys.stdout.flush()
        _write(sys.stdout.buffer, pieces, bom=bom, encoding=encoding)
    except BrokenPipeError:
        raise click.exceptions.Exit(0) from None


def _write(
    stream: BinaryIO, pieces: Iterable[str], *, bom: bool = False, encoding: str = "utf-8"
) -> None:
    if bom:
        stream.write(_BOM)
    stream.writelines(piece.encode(encoding) for piece in pieces)
    stream.flush()
