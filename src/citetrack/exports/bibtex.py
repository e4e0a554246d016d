"""Works as BibTeX, with what LaTeX reads in its own way encoded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: CSL types as BibTeX types; the rest are misc.
_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_CONTAINER = {"incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER = {"techreport": "institution", "phdthesis": "school"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Styles read the fields doi and url as they are, but for a percent sign, which begins a comment,
#: and braces, which would end the field.
_VERBATIM = str.maketrans({"%": r"\%", "{": r"\%7B", "}": r"\%7D", "\\": r"\%5C"})
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")
_LONG_WORD = re.compile(r"[a-z]{4,30}")


def pieces(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield one entry a work. Keys are name, year and first word; a number tells equal ones apart.

    The numbers follow the order of the works, which is that of their DOIs.
    """
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    encode = _encoder()
    taken: dict[str, int] = {}
    for item in items:
        kind = _TYPES.get(item["type"], "misc")
        fields = [Field(name, value) for name, value in _fields(item, kind, encode)]
        entry = Entry(entry_type=kind, key=_unique(_key(item), taken), fields=fields)
        yield f"{write_string(Library([entry]))}\n"


def _encoder() -> Callable[[str], str]:
    """Return bibtexparser's encoder, set up as BibTeX wants it.

    An accent stands in braces of its own, or BibTeX sorts and capitalises wrongly; letters that
    LaTeX has no name for stay, without a warning. bibtexparser's own set-up leaves all between
    two dollar signs as it is, sums of money too.
    """
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # type: ignore[import-untyped]

    encoder = UnicodeToLatexEncoder(
        unknown_char_warning=False, replacement_latex_protection="braces-almost-all"
    )
    encode: Callable[[str], str] = encoder.unicode_to_latex
    return encode


def _fields(
    item: dict[str, Any], kind: str, encode: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    date = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    text = {
        "title": item["title"],
        _CONTAINER.get(kind, "journal"): item["container-title"],
        "volume": item.get("volume"),
        "number": item.get("issue"),
        "pages": (item.get("page") or "").replace("-", "--"),
        "eid": item.get("number"),
        "howpublished": (item.get("genre") or "").capitalize(),
        _PUBLISHER.get(kind, "publisher"): item.get("publisher"),
        "issn": item.get("ISSN"),
        "note": item.get("note"),
        "keywords": item.get("keyword"),
    }
    if item["author"]:
        yield "author", " and ".join(_author(a, encode) for a in item["author"])
    yield from ((name, encode(value)) for name, value in text.items() if value)
    if date:
        yield "year", str(date[0])
    if len(date) > 1:
        yield "month", _MONTHS[date[1] - 1]
    yield "doi", item["DOI"].translate(_VERBATIM)
    yield "url", item["URL"].translate(_VERBATIM)


def _author(author: dict[str, Any], encode: Callable[[str], str]) -> str:
    """Return a name as BibTeX reads it; braces keep a group's in one piece."""
    if literal := author.get("literal"):
        return f"{{{encode(literal)}}}"
    return ", ".join(encode(p) for p in (author.get("family"), author.get("given")) if p)


def _key(item: dict[str, Any]) -> str:
    first = item["author"][0] if item["author"] else {}
    date = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    name = first.get("family") or first.get("literal") or ""
    word = _LONG_WORD.search(fold(item["title"] or ""))
    name = _NOT_IN_KEYS.sub("", fold(name)) or "anonymous"
    return "-".join([name, *map(str, date[:1]), *([word[0]] if word else [])])


def _unique(key: str, taken: dict[str, int]) -> str:
    taken[key] = taken.get(key, 0) + 1
    return key if taken[key] == 1 else f"{key}-{taken[key]}"
