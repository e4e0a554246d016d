"""A file of Crossref work records, one a line, as a source of works."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citetrack.errors import MalformedRecord, UnreadableSource
from citetrack.model import Doi, Lookup, Outcome, Question
from citetrack.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from citetrack.model import Work
    from citetrack.record.outline import Outline
    from citetrack.snapshot.index import Index

#: A record larger than this is no record (the largest seen is 1.1 MB: 3,000 authors).
_MAX_LINE = 16 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_SHORTEST_NUMBER = 6
#: "/content/359/6380/1146", "/article/142/5/1234/5432109": volume, issue, first page.
_VOLUME_PAGE = re.compile(
    r"/(?P<volume>\d{1,4})/(?:\w{1,8}/)?(?P<page>[a-z]?\d{1,6})(?:[/.]|$)", re.IGNORECASE
)
#: Works kept as read, some 4 kB each.
_MOST_WORKS_READ = 4096


class WorksFile:
    """The records of a `.jsonl` or `.jsonl.gz` file, found by DOI and by words.

    Opening reads the whole file once. Of records with one DOI the last in the file counts.
    `broken` are (line number, what is wrong) of the lines that are no records; they are skipped.
    Raises UnreadableSource when the file cannot be read.
    """

    name = "snapshot"
    complete = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.broken: list[tuple[int, str]] = []
        self._lines: list[bytes] = []
        self._numbers: dict[str, int] = {}
        self._outlines: list[Outline] = []
        self._pages: dict[str, int] = {}
        self._works: dict[int, Work] = {}
        self._index: Index | None = None
        self._read()

    def __len__(self) -> int:
        return len(self._numbers)

    def get(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Answer each DOI in order, by the record's own DOI."""
        for doi in dois:
            number = self._numbers.get(doi.value)
            if number is None:
                yield Lookup(self.name, doi, Outcome.NOT_FOUND)
            else:
                yield Lookup(self.name, doi, Outcome.FOUND, (self._work(number),))

    def search(self, question: Question, *, limit: int = 20) -> Lookup:
        """Answer with the works that hold the question's words: title, authors, journal, year."""
        hits = self._searchable().search(question, limit)
        works = tuple(self._work(number) for number, _ in hits)
        outcome = Outcome.FOUND if works else Outcome.NOT_FOUND
        return Lookup(self.name, question, outcome, works)

    def knows(self, dois: Sequence[Doi]) -> list[bool]:
        """Return for each DOI whether the file has a record of it."""
        return [doi.value in self._numbers for doi in dois]

    def by_page(self, url: str) -> Lookup:
        """Answer with the work whose registered landing page or publisher's number `url` holds."""
        question = Question(words=(url,))
        numbers = {self._pages[key] for key in page_keys(url) if key in self._pages} - {-1}
        numbers = numbers or self._by_volume_and_page(url)
        if len(numbers) != 1:  # a number of two works identifies neither
            return Lookup(self.name, question, Outcome.NOT_FOUND)
        return Lookup(self.name, question, Outcome.FOUND, (self._work(numbers.pop()),))

    def _by_volume_and_page(self, url: str) -> set[int]:
        """Return the work at a volume and page of a journal that the address names."""
        m = _VOLUME_PAGE.search(url.split("?", 1)[0])
        number = self._pages.get(f"{m['volume']}:{m['page'].lower()}", -1) if m else -1
        if number < 0:
            return set()
        named = words(url)
        containers = [words(c) for c in self._work(number).containers]
        return {number} if any(_is_named(c, named) for c in containers) else set()

    def _work(self, number: int) -> Work:
        """Read a record; the works that stories of one subject share are read once."""
        from citetrack.record import work_from_bytes

        work = self._works.get(number)
        if work is None:
            if len(self._works) >= _MOST_WORKS_READ:
                self._works.clear()
            work = self._works[number] = work_from_bytes(self._lines[number])
        return work

    def _searchable(self) -> Index:
        """Build the index at the first search: a story with a DOI needs none."""
        from citetrack.snapshot.index import Index

        if self._index is None:
            self._index = Index()
            self._index.build(self._outlines)
            self._outlines = []
        return self._index

    def _read(self) -> None:
        from citetrack.record.outline import outline_from_bytes

        for line_number, line in _lines(self.path):
            try:
                outline = outline_from_bytes(line)
            except MalformedRecord as error:
                self.broken.append((line_number, error.message))
                continue
            self._keep(outline, line)
        if self.broken and not self._lines:
            raise UnreadableSource(
                f"{self.path} holds no Crossref work record ({self.broken[0][1]}).",
                hint="Each line must be one record with its DOI: of an answer of the API, what "
                'stands under "message".',
            )

    def _keep(self, outline: Outline, line: bytes) -> None:
        number = self._numbers.get(outline.doi)
        self._note_pages(outline, len(self._lines) if number is None else number)
        if number is None:
            self._numbers[outline.doi] = len(self._lines)
            self._lines.append(line)
            self._outlines.append(outline)
        else:
            self._lines[number] = line
            self._outlines[number] = outline

    def _note_pages(self, outline: Outline, number: int) -> None:
        keys = {key for x in outline.alternative_ids for key in _number_keys(x)}
        if outline.volume and outline.page:
            keys.add(f"{outline.volume}:{re.split('[-–]', outline.page)[0].lower()}")
        if outline.landing_url:
            keys.update(page_keys(outline.landing_url))
        for key in keys:
            # A number that two works claim stands for neither.
            self._pages[key] = number if self._pages.get(key, number) == number else -1


def _is_named(container: list[str], address: list[str]) -> bool:
    """Whether an address names a journal: "sciencemag" names Science, "pnas" the Proceedings."""
    telling = [w for w in container if len(w) > len("the")]
    initials = "".join(w[0] for w in container if w not in {"of", "the", "and"})
    return initials in address or any(p.startswith(w) for p in address for w in telling)


def page_keys(url: str) -> list[str]:
    """Return what identifies a landing page: its bare address, and the number at its end.

    >>> page_keys("https://www.sciencedirect.com/science/article/pii/S0140673621014318?via=x")
    ['sciencedirect.com/science/article/pii/s0140673621014318', '#s0140673621014318']
    """
    parts = urlsplit(url.strip().lower())
    path = parts.path.rstrip("/")
    if not parts.netloc or not path or parts.netloc.endswith("doi.org"):
        return []
    last = path.rsplit("/", 1)[-1]
    return [parts.netloc.removeprefix("www.") + path, *_number_keys(last)]


def _number_keys(text: str) -> list[str]:
    """Return the key of a publisher's number; one too short would be anything's."""
    bare = re.sub(r"[^a-z0-9]", "", text.lower()).removeprefix("pii")
    telling = len(bare) >= _SHORTEST_NUMBER and any(c.isdigit() for c in bare)
    return [f"#{bare}"] if telling else []


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield (number, line) of the lines that hold something."""
    try:
        with _open(path) as file:
            number = 0
            while line := file.readline(_MAX_LINE):
                number += 1
                if stripped := line.strip().removeprefix(b"\xef\xbb\xbf"):
                    yield number, stripped
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableSource(
            f"{path} is a damaged gzip file ({error}).", hint="Make or fetch it again."
        ) from error
    except OSError as error:
        raise UnreadableSource(
            f"{path} cannot be read: {error.strerror or error}.",
            hint="Name a file of Crossref work records, one a line.",
        ) from error


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise UnreadableSource(
            f"{path} is a folder.", hint="Name a file of Crossref work records, one a line."
        )
    with path.open("rb") as raw:
        if raw.peek(2)[:2] != _GZIP:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield io.BufferedReader(unpacked)
