"""Storing the Retraction Watch data: from a file, or from where they are published."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from citetrack.errors import FetchError, Unreachable, UnreadableSource
from citetrack.works.retraction_watch import open_file

if TYPE_CHECKING:
    import datetime as dt

    from citetrack.http import Client, Response
    from citetrack.store import Store
    from citetrack.store.watching import RetractionData

#: The file is 60 MB and grows by some 5 MB a year.
_MAX_BYTES = 300_000_000
_SECONDS = 600.0
_MOST_REDIRECTS = 5
_YOURSELF = "Fetch the file yourself and name it: citetrack retractions update FILE"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def store_file(
    store: Store, path: Path, now: dt.datetime, source: str | None = None
) -> RetractionData:
    """Store the data of a CSV file in place of older ones, and return which they are.

    Raises UnreadableSource where the file is another or holds no row; what was stored then stays.
    """
    file = open_file(path, now.date().isoformat())
    rows = [row.row for row in file.all()]
    if not rows:
        raise UnreadableSource(f"{source or path} names no retracted paper by its DOI.")
    store.keep_retraction_data(rows, day=file.day, source=source or str(path), at=now)
    data = store.retraction_data()
    assert data is not None
    return data


def store_fetched(store: Store, url: str, mailto: str | None, now: dt.datetime) -> RetractionData:
    """Fetch the CSV and store it; raise FetchError or UnreadableSource, and change nothing."""
    body = _fetched(url, mailto)
    with tempfile.TemporaryDirectory(prefix="citetrack-") as folder:
        path = Path(folder) / "retraction_watch.csv"
        path.write_bytes(body)
        try:
            return store_file(store, path, now, url)
        except UnreadableSource as error:
            message = error.message.replace(str(path), f"What {url} sent")
            raise UnreadableSource(message, hint=_YOURSELF) from error


def _fetched(url: str, mailto: str | None) -> bytes:
    from citetrack.http import Client as Opened

    with Opened(mailto=mailto or None) as client:
        asked = url
        for _ in range(_MOST_REDIRECTS + 1):
            response = _get(client, asked)
            target = response.headers.get("location")
            if response.status not in _REDIRECTS or not target:
                break
            asked = urljoin(asked, target)
    if response.status != 200:  # noqa: PLR2004 - OK
        raise FetchError(
            f"{url} answered with status {response.status}.",
            hint=_YOURSELF,
        )
    return response.body


def _get(client: Client, url: str) -> Response:
    try:
        return client.get(
            url, accept="text/csv,*/*;q=0.5", max_bytes=_MAX_BYTES, trusted=True, seconds=_SECONDS
        )
    except Unreachable as error:
        raise Unreachable(error.message, hint=_YOURSELF) from error
