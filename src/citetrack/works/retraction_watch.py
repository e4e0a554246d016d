"""The Retraction Watch data: the CSV that Crossref publishes, or what is stored of it.

Columns are known by their names, whatever their case and order; what a name means is written
once, in `_COLUMNS`. The file is 60 MB; reading it costs 1.4 times what parsing CSV costs, about
a second, so no index of a named file is kept.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from citetrack.errors import UnreadableSource
from citetrack.model import Doi, Lookup, Outcome, PartialDate, Question, Update, Work
from citetrack.record import update_type
from citetrack.updates import REPLACED, merged, says_replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

NAME = "retraction-watch"
#: name of a column, letters only -> what it is here; the shorter names are of lists made from it.
_COLUMNS = {
    "recordid": "record",
    "originalpaperdoi": "paper",
    "originaldoi": "paper",
    "doi": "paper",
    "retractiondoi": "notice",
    "retractionnature": "nature",
    "nature": "nature",
    "retractiondate": "date",
    "reason": "reasons",
    "reasons": "reasons",
}
_NEEDED = {"paper": "OriginalPaperDOI", "nature": "RetractionNature"}
_GZIP = b"\x1f\x8b"
_DOI = re.compile(r"10\.\d{3,9}(?:\.\d+)*/\S+")
#: The usual cell: one DOI and nothing else.
_PLAIN = re.compile(r"10\.\d{3,9}/[^\s;,]*[^\s;,.]")
_BETWEEN_DOIS = re.compile(r"[;,\s]+(?=(?:https?://\S*?|doi:\s*)?10\.\d{3})", re.IGNORECASE)
_US_DATE = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\b")
_ISO_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_HINT = "Fetch it with `citetrack retractions update`, or name the CSV that Crossref publishes."


@dataclass(frozen=True, slots=True)
class WatchedNotice:
    """One row: what happened to the paper with DOI `paper`, and why."""

    paper: str
    type: str
    date: str | None = None
    notice: str | None = None
    reasons: str | None = None
    record: str | None = None

    @property
    def row(self) -> tuple[str, str, str | None, str | None, str | None, str | None]:
        """The row as it is stored."""
        return self.paper, self.type, self.date, self.notice, self.reasons, self.record

    @property
    def update(self) -> Update:
        """The row as an update."""
        date = PartialDate.parse(self.date) if self.date else None
        return Update(self.type, date, self.notice, NAME, self.reasons)


class Rows(Protocol):
    """Rows of the data, found by the paper's DOI."""

    @property
    def day(self) -> str:
        """The day the data are of (`2025-08-22`)."""

    def notices(self, dois: Sequence[str]) -> Iterable[WatchedNotice]:
        """Return the rows about the papers with these DOIs (lower case)."""


@dataclass(frozen=True, slots=True)
class RetractionWatch:
    """The data as a source of notices."""

    rows: Rows
    name: str = NAME

    @property
    def day(self) -> str:
        """The day the data are of."""
        return self.rows.day

    def notices(self, *dois: Doi | str) -> Lookup:
        """Return the work with what the data say of it under any of its DOIs, the first its own.

        `not_found` means: looked up, and there is no row.
        """
        first, *_ = own = [str(d) for d in dois]
        question = Question(words=(f"updates:{first}",))
        updates = merged(row.update for row in self.rows.notices(own))
        works = (Work(Doi(first), updates=updates),) if updates else ()
        outcome = Outcome.FOUND if updates else Outcome.NOT_FOUND
        return Lookup(self.name, question, outcome, works, asked_at=self.day)


@dataclass(slots=True)
class WatchedFile:
    """The rows of a CSV file, read at the first question; a row is understood when it is asked for.

    The day is that of the newest row: a copy of old data is not made newer by copying it.
    """

    path: Path
    today: str
    _day: str = ""
    _rows: dict[str, list[_Row]] | None = None

    @property
    def day(self) -> str:
        """The day the data are of."""
        self._read()
        return self._day

    def notices(self, dois: Sequence[str]) -> Iterable[WatchedNotice]:
        """Return the rows about the papers with these DOIs."""
        rows = self._read()
        return [n for doi in dois for row in rows.get(doi, ()) for n in _understood(doi, row)]

    def all(self) -> Iterator[WatchedNotice]:
        """Yield every row."""
        for doi, rows in self._read().items():
            for row in rows:
                yield from _understood(doi, row)

    def _read(self) -> dict[str, list[_Row]]:
        if self._rows is None:
            self._rows = {}
            for doi, row in _rows(self.path):
                self._rows.setdefault(doi, []).append(row)
            cells = {row.date for rows in self._rows.values() for row in rows}
            days = (day for cell in cells if (day := _date(cell)) and day <= self.today)
            self._day = max(days, default=_written(self.path))
        return self._rows


def _written(path: Path) -> str:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date().isoformat()


def open_file(path: Path, today: str) -> WatchedFile:
    """Return the data in a `.csv` or `.csv.gz` file; a date after `today` is a slip.

    Raises UnreadableSource where the file cannot be read or is another.
    """
    with _text(path) as text:
        _header(path, csv.reader(text))
    return WatchedFile(path, today)


class _Row(NamedTuple):
    """The cells of a row that are kept, as they are written."""

    nature: str
    date: str
    notice: str
    reasons: str
    record: str


def _rows(path: Path) -> Iterator[tuple[str, _Row]]:
    """Yield (DOI of a paper, row); raise UnreadableSource where the file is another.

    Bytes that are no UTF-8 cost the letter and not the row.
    """
    with _text(path) as text:
        reader = csv.reader(text)
        places = _header(path, reader)
        paper, kept = places["paper"], [places.get(name) for name in _Row._fields]
        try:
            for cells in reader:
                if len(cells) <= paper or "10." not in cells[paper]:
                    continue
                last = len(cells)
                row = _Row(*(cells[i] if i is not None and i < last else "" for i in kept))
                for doi in _dois(cells[paper]):
                    yield doi, row
        except csv.Error as error:
            raise UnreadableSource(
                f"{path} cannot be read beyond line {reader.line_num} ({error}).", hint=_HINT
            ) from error


def _header(path: Path, reader: Iterator[list[str]]) -> dict[str, int]:
    """Return the place of each column that is read."""
    try:
        names = next(reader, [])
    except csv.Error:
        names = []
    known = (_COLUMNS.get(re.sub(r"[^a-z]", "", n.casefold())) for n in names)
    places = {name: i for i, name in enumerate(known) if name}
    missing = [printed for name, printed in _NEEDED.items() if name not in places]
    if missing:
        columns = f"column{'s' if missing[1:] else ''} {' and '.join(missing)}"
        raise UnreadableSource(
            f"{path} is not the Retraction Watch file: it lacks the {columns}.", hint=_HINT
        )
    return places


def _understood(paper: str, row: _Row) -> Iterator[WatchedNotice]:
    """Yield what a row says; one without a nature says nothing."""
    kind = update_type(row.nature.strip())
    if not kind:
        return
    reasons = _reasons(row.reasons)
    if kind == "retraction" and reasons and says_replaced(reasons):
        kind = REPLACED
    notice = next(iter(_dois(row.notice)), None)
    yield WatchedNotice(paper, kind, _date(row.date), notice, reasons, row.record.strip() or None)


def _dois(cell: str) -> list[str]:
    """Return the DOIs in a cell; "unavailable", "0" and nothing are none."""
    if "10." not in cell:
        return []
    if _PLAIN.fullmatch(cell):
        return [cell.lower()]
    found = (_DOI.search(part) for part in _BETWEEN_DOIS.split(cell.lower()))
    return list(dict.fromkeys(m[0].rstrip(";,.") for m in found if m))


def _reasons(cell: str) -> str | None:
    """Return the reasons, which begin with "+" each, parted by "; "."""
    reasons = (r.strip().lstrip("+").strip() for r in cell.split(";"))
    return "; ".join(r for r in reasons if r) or None


def _date(cell: str) -> str | None:
    """Return `2/2/2015 0:00` (month first) or `2015-02-02` in ISO form; None for no date."""
    us, iso = _US_DATE.match(cell), _ISO_DATE.match(cell)
    if us:
        month, day, year = us.groups()
    elif iso:
        year, month, day = iso.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@contextmanager
def _text(path: Path) -> Iterator[io.TextIOBase]:
    """Open the file as text, packed or not; raise UnreadableSource for what goes wrong."""
    try:
        with _bytes(path) as raw:
            yield io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableSource(f"{path} is a damaged gzip file.", hint=_HINT) from error
    except OSError as error:
        why = error.strerror or error
        raise UnreadableSource(f"{path} cannot be read: {why}.", hint=_HINT) from error


@contextmanager
def _bytes(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as raw:
        if raw.peek(2)[:2] != _GZIP:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield io.BufferedReader(unpacked)
