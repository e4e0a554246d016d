"""All works that pass a filter, page after page, as a folder of JSON lines."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from citetrack.errors import MalformedRecord, SourceUnavailable
from citetrack.http import Passing, Policy
from citetrack.works.answers import NOT_FOUND, OK, check_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from citetrack.http import Client, Response

_ROWS = 500
#: 500 records with long lists of references may be some 20 MB.
_MAX_BYTES = 100_000_000
#: A walk that has to begin again this often without a new day is not going to end.
_MOST_RESTARTS = 5
_STATE = "state.json"
_SINCE = "from-index-date"


class _Stamp(msgspec.Struct):
    date_time: str | None = msgspec.field(default=None, name="date-time")


class _Indexed(msgspec.Struct):
    indexed: _Stamp | None = None


class _Message(msgspec.Struct):
    items: list[msgspec.Raw]
    total: int = msgspec.field(default=0, name="total-results")
    cursor: str = msgspec.field(default="", name="next-cursor")
    is_last: bool = False


class _Answer(msgspec.Struct):
    message: _Message


class _State(msgspec.Struct):
    """How far the walk is: pages and records written, the day of the last, whether it ended."""

    pages: int = 0
    records: int = 0
    since: str = ""
    finished: bool = False


_answer = msgspec.json.Decoder(_Answer)
_indexed = msgspec.json.Decoder(_Indexed)


def harvest(
    client: Client,
    base: str,
    filters: str,
    folder: Path,
    report: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write the records that pass `filters` into `folder`, from where it was stopped.

    Records come in the order in which Crossref indexed them, so that a walk whose cursor expired,
    or that was killed, begins again with the day it had reached. `report` is told the records
    written and their total. Raises SourceUnavailable and its kin.
    """
    path = folder / _STATE
    state = msgspec.json.decode(path.read_bytes(), type=_State) if path.exists() else _State()
    restarts, reached = 0, state.since
    while not state.finished:
        for message in _walk(client, base, _narrowed(filters, state.since)):
            _keep(folder, state, message.items)
            _write(path, msgspec.json.encode(state))
            report(state.records, max(message.total, state.records))
            state.finished = message.is_last
        _write(path, msgspec.json.encode(state))
        restarts = 0 if state.since > reached else restarts + 1
        reached = state.since
        if restarts > _MOST_RESTARTS and not state.finished:
            raise SourceUnavailable(
                "Crossref's cursor expired again and again.",
                hint="Give the same command again later; it goes on where it was.",
            )


def _walk(client: Client, base: str, filters: str) -> Iterator[_Message]:
    """Yield the pages of the list, as far as its cursor leads.

    The cursor is one value for all pages, and Crossref counts on: to ask for a page again whose
    answer was lost would skip it. A page that fails ends the walk.
    """
    cursor, received, total = "*", 0, 0
    while True:
        message = _page(client, base, filters, cursor)
        if message is None:
            return
        total = total or message.total
        received += len(message.items)
        ended = len(message.items) < _ROWS
        message.is_last = ended and received >= total
        yield message
        if ended:
            return
        cursor = message.cursor


def _narrowed(filters: str, since: str) -> str:
    """Return the filters, asking only for what was indexed from a day on."""
    if not since:
        return filters
    kept = [part for part in filters.split(",") if not part.startswith(f"{_SINCE}:")]
    return ",".join((*kept, f"{_SINCE}:{since}"))


def _page(client: Client, base: str, filters: str, cursor: str) -> _Message | None:
    """Return a page of the list, None when the cursor has expired or the page was lost."""
    asked = {
        "filter": filters,
        "rows": _ROWS,
        "cursor": cursor,
        "sort": "indexed",
        "order": "asc",
    }
    url = f"{base.rstrip('/')}/works?{urlencode(asked)}"
    first = cursor == "*"
    try:
        response = client.get(
            url,
            kind="list",
            accept="application/json",
            trusted=True,
            max_bytes=_MAX_BYTES,
            policy=None if first else Policy(attempts=1),
        )
    except Passing:
        if first:
            raise
        return None
    if response.status == NOT_FOUND and b"cursor" in response.body:
        return None
    _check(response)
    try:
        return _answer.decode(response.body).message
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedRecord("Crossref's answer is no list of works.") from error


def _check(response: Response) -> None:
    """Raise MalformedRecord with Crossref's own words when it refuses the question."""
    if response.status != OK and response.content_type == "application/json":
        try:
            details = msgspec.json.decode(response.body, type=_Refusal).message
        except (msgspec.DecodeError, UnicodeDecodeError):
            details = []
        if details:
            raise MalformedRecord(f"Crossref does not take this question: {details[0].message}.")
    check_status(response, "Crossref", OK)


class _Detail(msgspec.Struct):
    message: str = ""


class _Refusal(msgspec.Struct):
    message: list[_Detail] = []


def _keep(folder: Path, state: _State, items: list[msgspec.Raw]) -> None:
    if not items:
        return
    lines = b"".join(bytes(item).replace(b"\n", b" ") + b"\n" for item in items)
    state.pages += 1
    state.records += len(items)
    _write(folder / f"page-{state.pages:06}.jsonl.gz", gzip.compress(lines, 6, mtime=0))
    stamp = _indexed.decode(items[-1]).indexed
    if stamp and stamp.date_time:
        state.since = stamp.date_time[:10]


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(content)
    beside.replace(path)
