"""From what a user names (a file, an address, "-") to stories, one after another."""

from __future__ import annotations

import re
import stat
import zlib
from dataclasses import dataclass, replace
from gzip import BadGzipFile, GzipFile
from io import BufferedReader, FileIO, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from citetrack.errors import (
    CitetrackError,
    EmptyArticle,
    TooLarge,
    UnreadableSource,
    UnsupportedFormat,
)
from citetrack.ingest.item import MAX_BYTES, Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citetrack.ingest.extractor import Extractor
    from citetrack.model import Article

_SNIFFED = 1 << 16
_GZIP, _ZIP, _PDF = b"\x1f\x8b", b"PK\x03\x04", b"%PDF"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_KINDS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
    ".jsonl": "json-lines", ".ndjson": "json-lines", ".pdf": "pdf",
}  # fmt: skip
#: What a file may hold that is no story, by its first bytes.
_BINARY_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"\x00\x00\x00")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: where from after redirects, its declared charset, its bytes."""

    url: str
    body: bytes
    charset: str | None = None
    content_type: str = "text/html"


@dataclass(frozen=True, slots=True)
class Reader:
    """How sources are read: `fetch` opens addresses, `stdin` is what "-" means."""

    fetch: Callable[[str], Fetched]
    extractor: Extractor | None = None
    stdin: BinaryIO | None = None

    def read(self, source: str) -> Iterator[Item]:
        """Yield the stories of a source, each on its own: what fails is an item with its error."""
        try:
            yield from self._read(source)
        except CitetrackError as error:
            yield Item(source, error=error)

    def _read(self, source: str) -> Iterator[Item]:
        if source == "-":
            yield from self._standard_input()
        elif not source.strip():
            raise UnreadableSource("The name of a source is empty.", hint="Name a file or a page.")
        elif _SCHEME.match(source) and not Path(source).exists():
            page = self.fetch(source)
            kind = "html" if "html" in page.content_type or "xml" in page.content_type else None
            yield Item(source, self._article(source, page.body, kind, page.charset, page.url))
        else:
            yield from self._file(source)

    def _standard_input(self) -> Iterator[Item]:
        if self.stdin is None:
            raise UnreadableSource("Standard input is not read here.", hint="Name a file.")
        try:
            yield from self._stream("-", _buffered(self.stdin), None)
        except OSError as error:
            raise _unreadable(_shown("-"), error) from error

    def _file(self, source: str) -> Iterator[Item]:
        if not source:
            raise UnreadableSource(
                "The name of a source is empty.", hint="Name a file with a story."
            )
        path = Path(source)
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                what = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
                raise UnreadableSource(f"{source} is {what}.", hint="Name a file with a story.")
            with BufferedReader(FileIO(path), _SNIFFED) as file:
                yield from self._stream(source, file, _kind(path))
        except (OSError, ValueError) as error:
            raise _unreadable(source, error) from error

    def _stream(self, source: str, file: BufferedReader[Any], kind: str | None) -> Iterator[Item]:
        head = file.peek(_SNIFFED)[:_SNIFFED]
        if not head:
            raise EmptyArticle(f"{_shown(source)} is empty.", hint="Give a file with a story.")
        if head.startswith(_GZIP):
            file = _buffered(GzipFile(fileobj=file))
            head = _peek(source, file)
        kind = kind or sniff(head)
        if kind == "json-lines":
            from citetrack.ingest.jsonlines import read_lines

            yield from read_lines(source, file, self._page)
            return
        data = _bounded(source, file)
        yield Item(source, self._article(source, data, kind, None, None))

    def _article(
        self, source: str, data: bytes, kind: str | None, charset: str | None, url: str | None
    ) -> Article:
        kind = kind or sniff(data[:_SNIFFED])
        _refuse(source, data, kind)
        if kind == "docx":
            from citetrack.ingest.docx import read_docx

            return read_docx(data, source=source)
        if kind == "html":
            return self._page(data, source=source, charset=charset, url=url)
        from citetrack.ingest.charset import decode
        from citetrack.ingest.plain import read_plain

        text = decode(data, charset)
        article = read_plain(text, source=_shown(source), markdown=kind == "markdown")
        return replace(article, source=source, url=url)

    def _page(
        self,
        data: bytes | str,
        *,
        source: str,
        charset: str | None = None,
        url: str | None = None,
    ) -> Article:
        from citetrack.ingest.html import read_html

        return read_html(data, source=source, url=url, charset=charset, extractor=self.extractor)


def sniff(head: bytes) -> str:
    """Return the kind of what begins with `head`: html, json-lines, docx, pdf, binary or text."""
    if head.startswith(_PDF):
        return "pdf"
    if head.startswith(_ZIP):
        return "docx" if b"word/" in head or b"[Content_Types]" in head else "binary"
    if head.startswith(_BOMS):
        return "text"
    if head.startswith(_BINARY_MAGIC) or b"\x00" in head:
        return "binary"
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(bare[:4096]):
        return "html"
    return "json-lines" if re.match(rb"\{\s*\"", bare) else "text"


def _refuse(source: str, data: bytes, kind: str) -> None:
    shown = _shown(source)
    if kind == "pdf" or data.startswith(_PDF):
        raise UnsupportedFormat(
            f"{shown} is a PDF, which citetrack does not read.",
            hint="Save its text, or the page that it comes from, and check that.",
        )
    binary = sniff(data[:_SNIFFED])
    if binary == "binary" or (binary == "docx" and kind != "docx"):
        raise UnsupportedFormat(
            f"{shown} is not text: it looks like a binary file.",
            hint="Give a text, Markdown, HTML, .docx or JSON lines file.",
        )


def _kind(path: Path) -> str | None:
    suffixes = [s.lower() for s in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return _KINDS.get(suffixes[-1]) if suffixes else None


def _buffered(raw: object) -> BufferedReader[Any]:
    return BufferedReader(cast("RawIOBase", raw), _SNIFFED)


def _peek(source: str, file: BufferedReader[Any]) -> bytes:
    try:
        return file.peek(_SNIFFED)[:_SNIFFED]
    except (EOFError, zlib.error, BadGzipFile) as error:
        raise UnreadableSource(f"{_shown(source)} is a damaged gzip file ({error}).") from error


def _bounded(source: str, file: BufferedReader[Any]) -> bytes:
    try:
        data = file.read(MAX_BYTES + 1)
    except (EOFError, zlib.error, BadGzipFile) as error:
        raise UnreadableSource(f"{_shown(source)} is a damaged gzip file ({error}).") from error
    if len(data) > MAX_BYTES:
        raise TooLarge(
            f"{_shown(source)} is larger than {MAX_BYTES >> 20} MB, which no story is.",
            hint="Give the story alone; many stories go in a JSON lines file.",
        )
    return data


def _shown(source: str) -> str:
    return "Standard input" if source == "-" else source


def _unreadable(source: str, error: OSError | ValueError) -> UnreadableSource:
    if isinstance(error, FileNotFoundError):
        return UnreadableSource(
            f"There is no file {source}.", hint="Check the name and the folder."
        )
    if isinstance(error, PermissionError):
        return UnreadableSource(f"{source} may not be read.", hint="Check its permissions.")
    why = error.strerror if isinstance(error, OSError) and error.strerror else error
    return UnreadableSource(f"{source} cannot be read: {why}.")
