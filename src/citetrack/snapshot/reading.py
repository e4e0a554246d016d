"""Records as they come: JSON lines, or files with `items`, packed or not, alone or in a tar."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
from isal import igzip, isal_zlib

from citetrack.errors import UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: A record larger than this is no record (the largest seen is 1.1 MB: 3,000 authors).
MAX_LINE = 16 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
#: A file that is one JSON document: the data files of earlier years, an answer of the API, a list.
_DOCUMENT = re.compile(rb'\s*(?:\{\s*"(?:items|status|message-type)"|\[)')
#: A data file of 5,000 records is some 40 MB; one document is read whole.
_MAX_DOCUMENT = 1 << 30
_SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".json", ".json.gz")
_TARS = (".tar", ".tar.gz", ".tgz")
#: Plain JSON lines are cut into stretches of this many bytes, for several processes.
_STRETCH = 64 * 1024 * 1024
#: The stubs of isal take this class for an instance.
_ISAL_ERROR = cast("type[Exception]", isal_zlib.error)
_HINT = "Name a file of Crossref work records, one a line, or a folder of such files."
_AGAIN = "Make or fetch it again."


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of input that is read from its beginning: a file, a member of a tar, some lines.

    `size` are its bytes on disk; `mtime` tells whether the file is still the same.
    """

    path: str
    offset: int
    size: int
    mtime: int
    member: str | None = None
    whole: bool = True

    @property
    def name(self) -> str:
        """The part as messages name it."""
        return f"{self.path}:{self.member}" if self.member else self.path


def parts_of(inputs: Iterable[Path]) -> list[Part]:
    """Return the parts of files, folders and tars, in a fixed order.

    Raises UnreadableSource for what is missing or holds no file of records.
    """
    parts: list[Part] = []
    for path in inputs:
        try:
            found = list(_parts_of(path))
        except tarfile.TarError as error:
            raise UnreadableSource(f"{path} is a damaged tar ({error}).", hint=_AGAIN) from error
        except OSError as error:
            raise UnreadableSource(f"{path} cannot be read: {_why(error)}.", hint=_HINT) from error
        if not found:
            raise UnreadableSource(f"{path} holds no file of records.", hint=_HINT)
        parts += found
    return parts


def _parts_of(path: Path) -> Iterator[Part]:
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            if file.name.lower().endswith((*_SUFFIXES, *_TARS)):
                yield from _parts_of(file)
    elif path.name.lower().endswith(".tar"):
        yield from _members(path)
    else:
        yield from _stretches(path)


def _members(path: Path) -> Iterator[Part]:
    """Yield the files in a tar that is not packed: each can be read alone."""
    mtime = path.stat().st_mtime_ns
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            if member.isfile() and member.name.lower().endswith(_SUFFIXES):
                yield Part(str(path), member.offset_data, member.size, mtime, member.name)


def _stretches(path: Path) -> Iterator[Part]:
    stat = path.stat()
    with path.open("rb") as file:
        head = file.read(4096)
    if stat.st_size <= 2 * _STRETCH or head[:2] == _GZIP or _DOCUMENT.match(head):
        yield Part(str(path), 0, stat.st_size, stat.st_mtime_ns)
        return
    for offset in range(0, stat.st_size, _STRETCH):
        size = min(_STRETCH, stat.st_size - offset)
        yield Part(str(path), offset, size, stat.st_mtime_ns, whole=False)


def records_in(
    part: Part, opened: Callable[[io.BufferedReader], None] = lambda _: None
) -> Iterator[tuple[int, bytes]]:
    """Yield (number, record) of a part: the line, or the place among the items, from 1.

    `opened` is given the file, so that its position tells how far the reading is.

    In a stretch of a file lines are counted from its beginning. Raises UnreadableSource when the
    file is damaged.
    """
    try:
        with _opened(part, opened) as file:
            if part.path.lower().endswith((".tar.gz", ".tgz")):
                yield from _in_packed_tar(file)
            elif part.whole:
                yield from _records(file)
            else:
                yield from _lines_of_stretch(file, part)
    except (EOFError, zlib.error, _ISAL_ERROR, gzip.BadGzipFile) as error:
        raise UnreadableSource(
            f"{part.name} is a damaged gzip file ({error}).", hint=_AGAIN
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableSource(
            f"{part.name} is no JSON with items: {error}.", hint=_HINT
        ) from error
    except tarfile.TarError as error:
        raise UnreadableSource(f"{part.name} is a damaged tar ({error}).", hint=_AGAIN) from error
    except OSError as error:
        raise UnreadableSource(f"{part.name} cannot be read: {_why(error)}.", hint=_HINT) from error


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


@contextmanager
def _opened(part: Part, opened: Callable[[io.BufferedReader], None]) -> Iterator[io.BufferedReader]:
    """Open a part where it begins, unpacked; a tar that is packed stays so."""
    with Path(part.path).open("rb") as raw:
        raw.seek(part.offset)
        opened(raw)
        if part.path.lower().endswith((".tar.gz", ".tgz")) or not part.whole:
            yield raw
            return
        stream = raw
        if part.member is not None:
            stream = io.BufferedReader(_Window(raw, part.size))
        with _unpacked(stream) as unpacked:
            yield unpacked


class _Window(io.RawIOBase):
    """The next `size` bytes of a file."""

    def __init__(self, file: io.BufferedReader, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _unpacked(stream: io.BufferedReader) -> Iterator[io.BufferedReader]:
    if stream.peek(2)[:2] != _GZIP:
        yield stream
        return
    with igzip.GzipFile(fileobj=stream, mode="rb") as unpacked:  # type: ignore[no-untyped-call]
        yield io.BufferedReader(unpacked, 1 << 17)


def _in_packed_tar(file: io.BufferedReader) -> Iterator[tuple[int, bytes]]:
    with tarfile.open(fileobj=file, mode="r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content and member.name.lower().endswith(_SUFFIXES):
                with _unpacked(io.BufferedReader(content)) as unpacked:  # type: ignore[arg-type]
                    yield from _records(unpacked)


def _records(file: io.BufferedReader) -> Iterator[tuple[int, bytes]]:
    head = file.peek(64)[:64].removeprefix(_BOM)
    if _DOCUMENT.match(head):
        yield from _items(file.read(_MAX_DOCUMENT).removeprefix(_BOM))
        return
    yield from _lines(file)


def _lines(file: io.BufferedReader) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if stripped := line.strip().removeprefix(_BOM):
            yield number, stripped


def _lines_of_stretch(file: io.BufferedReader, part: Part) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that begin in the stretch; the first may belong to the one before."""
    position = part.offset
    if part.offset:
        file.seek(part.offset - 1)
        position += len(file.readline(MAX_LINE)) - 1
    number = 0
    while position < part.offset + part.size and (line := file.readline(MAX_LINE)):
        number += 1
        position += len(line)
        if stripped := line.strip().removeprefix(_BOM):
            yield number, stripped


class _Items(msgspec.Struct):
    items: list[msgspec.Raw] | None = None


class _Answer(_Items):
    message: _Items | None = None


_answer = msgspec.json.Decoder(_Answer)
_list = msgspec.json.Decoder(list[msgspec.Raw])


def _items(document: bytes) -> Iterator[tuple[int, bytes]]:
    if document.lstrip()[:1] == b"[":
        items: list[msgspec.Raw] | None = _list.decode(document)
    else:
        answer = _answer.decode(document)
        items = answer.items or (answer.message.items if answer.message else None)
    for number, item in enumerate(items or (), 1):
        yield number, bytes(item)
