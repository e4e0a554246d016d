"""Stories as JSON lines: one object a line, its text kept as it stands."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from gzip import BadGzipFile
from typing import TYPE_CHECKING, Any, Protocol

from citetrack.errors import CitetrackError, EmptyArticle, InputError, TooLarge, UnreadableSource
from citetrack.ingest.item import MAX_BYTES, Item
from citetrack.ingest.plain import read_plain
from citetrack.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from citetrack.model import Article

_SURROGATES = re.compile("[\ud800-\udfff]")
_LENGTH_OF_DAY = len("2025-04-08")
_NO_DATE = 'The "published" of the story is no date and was left aside; write it as 2025-04-08.'


class _PageReader(Protocol):
    def __call__(self, data: str, *, source: str, url: str | None = None) -> Article: ...


def read_lines(source: str, file: BufferedReader, read_page: _PageReader) -> Iterator[Item]:
    """Yield the story of each line; a broken line is an item whose error names its number."""
    number = stories = 0
    while True:
        line = _next_line(source, file, number + 1)
        if not line:
            break
        number += 1
        if not line.strip():
            continue
        stories += 1
        yield _item(source, number, line, read_page)
    if not stories:
        raise EmptyArticle(f"{source} holds no story.", hint="Put one JSON object on each line.")


def _next_line(source: str, file: BufferedReader, number: int) -> bytes:
    try:
        line = file.readline(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error, BadGzipFile) as error:
        raise UnreadableSource(f"Line {number} of {source} cannot be read: {error}.") from error
    if len(line) > MAX_BYTES:
        raise TooLarge(
            f"Line {number} of {source} is longer than {MAX_BYTES >> 20} MB, which no story is.",
            hint="What stands before it was read; nothing after it was.",
        )
    return line


def _item(source: str, number: int, line: bytes, read_page: _PageReader) -> Item:
    place = f"{source}:{number}"
    identity = None
    try:
        row = _row(source, number, line)
        identity = _text_of(row, "id") or (str(row["id"]) if row.get("id") is not None else None)
        _check_story(source, number, row)
        return Item(place, _article(place, row, identity, read_page), id=identity)
    except CitetrackError as error:
        return Item(place, error=error, id=identity)


def _row(source: str, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig").rstrip())
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"Line {number} of {source} is not JSON: {_in_short(error)}.",
            hint="Every line that could be read was read.",
        ) from error
    if not isinstance(row, dict):
        raise InputError(f"Line {number} of {source} is not a JSON object.")
    return row


def _check_story(source: str, number: int, row: dict[str, Any]) -> None:
    for key in ("text", "html"):
        if not isinstance(row.get(key), str | None):
            raise InputError(f'Line {number} of {source} has a "{key}" that is not a string.')
    if not (_text_of(row, "text") or _text_of(row, "html")):
        raise EmptyArticle(f'Line {number} of {source} has neither "text" nor "html".')


def _in_short(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.rstrip(': ').removesuffix(' at')} at column {error.colno}"
    return str(error).partition(":")[0]


def _text_of(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    return _SURROGATES.sub("\ufffd", value) if isinstance(value, str) and value.strip() else None


def _article(
    place: str, row: dict[str, Any], identity: str | None, read_page: _PageReader
) -> Article:
    url = _text_of(row, "url")
    text = _text_of(row, "text")
    if text:
        article = replace(read_plain(text, source=place), url=url)
    else:
        article = read_page(_text_of(row, "html") or "", source=place, url=url)
    return _with_given(article, row, identity)


def _with_given(article: Article, row: dict[str, Any], identity: str | None) -> Article:
    """Put what the line says of the story before what its text seems to say."""
    published = _date(_text_of(row, "published"))
    unread = row.get("published") and published is None
    return replace(
        article,
        notes=(*article.notes, *([_NO_DATE] if unread else [])),
        id=identity,
        title=_text_of(row, "title") or article.title,
        outlet=_text_of(row, "outlet") or article.outlet,
        byline=_text_of(row, "byline") or article.byline,
        language=_text_of(row, "language") or article.language,
        published=published or article.published,
        published_basis="given" if published else article.published_basis,
    )


def _date(text: str | None) -> PartialDate | None:
    """Return a date or the day of an instant; None for what is neither."""
    try:
        date = PartialDate.parse((text or "").strip()[:_LENGTH_OF_DAY])
    except ValueError:
        return None
    return date if date.year else None
