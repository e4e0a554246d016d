"""Fetching a page: redirects followed, every address checked, every ending a plain sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from citetrack.errors import (
    FetchError,
    NotFound,
    RateLimited,
    Refused,
    Unreachable,
    UnsupportedFormat,
)
from citetrack.http.addresses import check_url
from citetrack.http.retry import Policy

if TYPE_CHECKING:
    from citetrack.http.client import Client
    from citetrack.http.response import Response

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"
#: The largest story pages measured are below 5 MB, scripts included.
MAX_PAGE_BYTES = 20_000_000
_TYPES = frozenset({"application/xhtml+xml", "application/xml", "application/rss+xml", ""})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_FOR_READERS_ONLY = frozenset({401, 402, 403, 407, 451})
_MOST_REDIRECTS = 8
_BROWSER = "Open it in a browser, save the page, and check the file."
_POLICY = Policy(attempts=2)


def fetch_page(client: Client, url: str, *, max_bytes: int = MAX_PAGE_BYTES) -> Response:
    """Return the page at `url`, redirects followed; its `url` is where it was found.

    Raises NotFound (404, 410), Refused (an address that is not opened), TooLarge, Unreachable (no
    connection, time-out, 429, 5xx), UnsupportedFormat (no HTML, XML or text) and FetchError (the
    site wants a reader with an account or a browser).
    """
    asked = url
    for _ in range(_MOST_REDIRECTS + 1):
        response = _get(client, url, max_bytes)
        target = response.headers.get("location") if response.status in _REDIRECTS else None
        if target is None:
            return response
        url = _next(url, target.strip())
        check_url(url, allow_private=client.allow_private)
    raise FetchError(f"{asked} leads from one address to the next and to no page.", hint=_BROWSER)


def _next(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as e:
        raise Refused(f"{url} leads to something that is no URL.") from e


def _get(client: Client, url: str, max_bytes: int) -> Response:
    try:
        return client.get(
            url, kind="page", accept=ACCEPT, max_bytes=max_bytes, wanted=_check, policy=_POLICY
        )
    except RateLimited as e:
        raise Unreachable(e.message, hint=e.hint) from e


def _check(head: Response) -> None:
    """Return when the body of an answer is worth reading; raise what it stands for otherwise."""
    if head.status in _REDIRECTS and "location" in head.headers:
        return
    if head.status in _GONE:
        raise NotFound(f"There is no page at {head.url} ({head.status}).")
    if head.status in _FOR_READERS_ONLY:
        raise FetchError(f"{head.url} is not open to programs ({head.status}).", hint=_BROWSER)
    if not 200 <= head.status < 300:  # noqa: PLR2004 - the class of success
        raise FetchError(f"{head.url} answered with status {head.status}.", hint=_BROWSER)
    if not (head.content_type in _TYPES or head.content_type.startswith("text/")):
        kind = head.content_type
        hint = "Save its text, or the page that it belongs to, and check that file."
        raise UnsupportedFormat(f"{head.url} is {kind}, not a web page.", hint=hint)
