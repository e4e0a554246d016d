"""What Markdown drafts have of their own: front matter, footnotes, a section of sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.model import PartialDate

_BLOCK = re.compile(
    r"""\s*(?:---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)
        |\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+)[ \t]*\r?$""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w.-]*)[ \t]*(?::(?=\s|$)|=)[ \t]*(?P<value>.*)")
_NAMED = re.compile(r"name[ \t]*(?::(?=\s)|=)", re.IGNORECASE)
_OTHER_FIELD = re.compile(r"[A-Za-z][\w.-]*[ \t]*:(?=\s|$)")
_TITLES, _BYLINES = ("title", "headline"), ("author", "authors", "byline", "by")
_DATES = ("date", "published", "publishdate", "publish_date", "pubdate", "pub_date")
#: A line of this many words that is no field is prose: then the rules enclose no front matter.
_WORDS_OF_PROSE = 8
#: Longer front matter is none; the bound keeps a text of many rules cheap.
_LONGEST = 20_000

_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,60}\]:")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})\s+(?P<title>.+?)[\s#:*_]*$")
_SOURCES = re.compile(
    r"""[*_]*(?:(?:sources?|references?|citations?|footnotes?|endnotes?|notes|bibliography
        |works\ cited|literature(?:\ cited)?|further\ reading)
        (?:\ (?:and|&)\ (?:sources|references|notes|further\ reading))?
        |quellen?|literatur|références?|bibliographie|fuentes?|referencias?|fontes?|referências?
        |fonti|riferimenti|bronnen)""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The metadata above a draft, and where they end in its text."""

    end: int
    title: str | None = None
    byline: str | None = None
    published: PartialDate | None = None


def front_matter(text: str) -> FrontMatter | None:
    """Return what stands between rules at the very top of a draft, or None where it is prose."""
    block = _BLOCK.match(text[:_LONGEST])
    lines = (block["yaml"] or block["toml"] or "").splitlines() if block else []
    if not block or not _are_fields(lines):
        return None
    fields = _fields(lines)
    return FrontMatter(
        block.end(),
        title=_first(fields, _TITLES, " "),
        byline=_first(fields, _BYLINES, ", "),
        published=_date(_first(fields, _DATES, " ")),
    )


def _are_fields(lines: Iterable[str]) -> bool:
    """Whether the first line is a field, and no later one a sentence at the margin."""
    said = [x for x in lines if x.strip() and not x.startswith("#")]
    if not said or not _FIELD.match(said[0]):
        return False
    at_margin = (x for x in said if not x[0].isspace() and not x.startswith("- "))
    return all(_FIELD.match(x) or len(x.split()) < _WORDS_OF_PROSE for x in at_margin)


def _fields(lines: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of each field, by its name in lower case: one, or those of its list."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    for line in lines:
        field = _FIELD.match(line)
        if field:
            values = fields.setdefault(field["key"].lower(), [])
        values += _values(field["value"] if field else line)
    return fields


def _values(written: str) -> Iterator[str]:
    """Yield the values on a line, without quotes, comment, list marks or the name of a subfield."""
    bare = written.strip().removeprefix("- ").strip()
    bare = "" if bare.startswith("#") else re.sub(r"\s#\s.*$", "", bare)
    listed = bare.startswith("[") and bare.endswith("]")
    for part in bare.strip("[]{}").split(",") if listed else (bare.strip("{}"),):
        named = _NAMED.match(part.strip())
        value = part.strip()[named.end() if named else 0 :].strip(" \t,")
        other = not named and _OTHER_FIELD.match(value) and written[:1].isspace()
        if value.strip("\"'>|-+[] ") and not other:
            yield squeeze(_unquoted(value))


def _unquoted(value: str) -> str:
    quoted = re.fullmatch(r"""(["'])+(?P<inside>.*?)\1+""", value)
    return quoted["inside"] if quoted else value


def _first(fields: dict[str, list[str]], names: Iterable[str], between: str) -> str | None:
    return next((between.join(fields[n]) for n in names if fields.get(n)), None)


def _date(written: str | None) -> PartialDate | None:
    from citetrack.ingest.metadata import read_stamp

    return read_stamp(written) if written else None


def of_sources(lines: Iterable[str]) -> Iterator[bool]:
    """Yield for each line whether it is a footnote's, or in a section of sources."""
    level, note = 0, False
    for line in lines:
        if heading := _HEADING.match(line):
            depth, note = len(heading["marks"]), False
            if not level or depth <= level:
                level = depth if _SOURCES.fullmatch(heading["title"]) else 0
        elif line.strip():
            note = bool(_FOOTNOTE.match(line)) or (note and line.startswith(("    ", "\t")))
        yield bool(level) or note
