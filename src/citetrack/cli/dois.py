"""DOIs as arguments, and what is said of those that have no record."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from citetrack.model import Doi


T = TypeVar("T")

#: A DOI on its own; the full stop or comma of a list is not part of it.
_BARE = re.compile(r"(?:doi:?\s*)?(10\.\d{3,9}(?:\.\d+)*/\S*[^\s.,;])[.,;]*", re.IGNORECASE)

_RESOLVER = re.compile(r"(?:https?://)?(?:www\.|dx\.)?doi\.org/", re.IGNORECASE)
#: A list of a few hundred thousand DOIs; more is a mistake.
_MOST_BYTES = 20_000_000


def dois_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument `DOI…`."""
    return click.argument("dois", nargs=-1, required=True, metavar="DOI…")(command)


def read_dois(arguments: Iterable[str]) -> list[Doi]:
    """Return the DOIs named, each once, in order; "-" stands for those on standard input.

    A DOI may be written with "doi:" or as a link. Raises click's BadParameter for what is none,
    and for an empty standard input.
    """
    return list(dict.fromkeys(_doi(text, place) for text, place in _texts(arguments)))


def _texts(arguments: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each text, and where it stands on standard input."""
    for argument in arguments:
        if argument != "-":
            yield argument, ""
            continue
        lines = sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace").splitlines()
        listed = [
            (line.strip(), f"line {n} of standard input: ")
            for n, line in enumerate(lines, 1)
            if line.strip()
        ]
        if not listed:
            raise click.BadParameter("standard input is empty; give one a line.", param_hint="DOI")
        yield from listed


def _doi(text: str, place: str) -> Doi:
    """Return the DOI that an argument is, whole: "10.5555/a#b" is another than "10.5555/a"."""
    from citetrack.identifiers import find_identifiers
    from citetrack.model import Doi

    if bare := _BARE.fullmatch(_after_resolver(text.strip())):
        return Doi.parse(bare[1])
    kind = "url" if text.lower().startswith(("http://", "https://")) else "text"
    found = [x.value for x in find_identifiers(text.strip(), kind) if x.kind == "doi"]
    if len(found) != 1:
        raise click.BadParameter(f"{place}{printable(text)!r} is no DOI.", param_hint="DOI")
    return Doi(found[0])


def _after_resolver(text: str) -> str:
    """Return what a link to doi.org resolves, percent-escapes undone; other text as it is."""
    from urllib.parse import unquote

    m = _RESOLVER.match(text)
    return unquote(text[m.end() :].partition("#")[0].partition("?")[0]) if m else text


def worst(codes: Iterable[int]) -> int:
    """Return the exit code of a run: findings over what could not be checked over nothing."""
    seen = set(codes)
    return next((code for code in (2, 1, 3) if code in seen), 0)


def write_each(
    values: Iterable[T],
    view: Callable[[T], RenderableType],
    to_dict: Callable[[T], dict[str, Any]],
    *,
    as_json: bool,
    as_lines: bool,
) -> None:
    """Write each value as soon as it is known: as text, as a JSON array, or as JSON lines."""
    from citetrack.cli.writing import write_data, write_table
    from citetrack.exports.jsonl import array_pieces, to_json

    if as_lines:
        write_data(f"{to_json(to_dict(value))}\n" for value in values)
    elif as_json:
        write_data(array_pieces(to_dict(value) for value in values))
    else:
        for i, value in enumerate(values):
            write_table(*(("",) if i else ()), view(value))
