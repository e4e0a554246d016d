"""Addresses in folded text: the host, freed of library proxies, and what stands behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citetrack.identifiers.folding import Folded

_HOST_END = re.compile(r"\.[a-z]{2,10}(?::\d{1,5})?/")
_IN_HOST = "abcdefghijklmnopqrstuvwxyz0123456789-._"
_LONGEST_HOST = 120
_PATH = re.compile(r"[-!#$%&()*+,./0-9:;=?@A-Z\[\]_a-z~]{0,600}")
_OPENER = {")": "(", "]": "["}
_NEXT = re.compile(r"https?:/", re.IGNORECASE)
_PROXY = re.compile(r"prox|ezp|idm\.oclc|remotex?s?\b|\.lib\.|library|webvpn|sslvpn")
_DASHED = re.compile(r"(?P<host>[a-z0-9]+(?:-{1,2}[a-z0-9]+)+)\.(?P<proxy>.+)")
_DOTTED = re.compile(
    r"(?P<host>.+?\.(?:com|org|net|edu|gov|io|eu|de|ch|ca|(?:co|ac|gov)\.uk))\.(?P<proxy>.+)"
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address in text: its span, its host in lower case without "www.", its path and query."""

    start: int
    path_start: int
    end: int
    host: str
    path: str


def find_addresses(page: Folded, known: Callable[[str], bool]) -> Iterator[Address]:
    """Yield the addresses with a path at the hosts that are `known`.

    Those inside others and those without "https://" are told too.
    """
    for m in _HOST_END.finditer(page.lower):
        start = _host_start(page.lower, m.start())
        host = plain_host(page.lower[start : m.end() - 1])
        if known(host):
            yield _address(page, host, start, m.end() - 1)


def _host_start(lower: str, end: int) -> int:
    """Return where the host begins whose last dot stands at `end`."""
    limit = max(0, end - _LONGEST_HOST)
    start = limit + len(lower[limit:end].rstrip(_IN_HOST))
    while start < end and not lower[start].isalnum():
        start += 1
    return start


@lru_cache(maxsize=4096)
def plain_host(host: str) -> str:
    """Return the host behind a library's proxy, without "www." and port.

    >>> plain_host("www-nature-com.ezproxy.example.edu")
    'nature.com'
    """
    host = host.partition(":")[0]
    if not _PROXY.search(host):
        return host.removeprefix("www.")
    for pattern in (_DASHED, _DOTTED):
        m = pattern.fullmatch(host)
        if m and _PROXY.search(f".{m['proxy']}"):
            host = _undashed(m["host"]) if pattern is _DASHED else m["host"]
            break
    return host.removeprefix("www.")


def _undashed(label: str) -> str:
    """Undo what proxies do to a host to make it one label: "." as "-", "-" as "--"."""
    return "-".join(part.replace("-", ".") for part in label.split("--"))


def _address(page: Folded, host: str, host_start: int, path_start: int) -> Address:
    m = _PATH.match(page.text, path_start)
    path = m[0] if m else ""
    following = _NEXT.search(path) if ":" in path else None
    path = _trimmed(path[: following.start()] if following else path)
    return Address(
        start=_with_scheme(page.lower, host_start),
        path_start=path_start,
        end=path_start + len(path),
        host=host,
        path=path,
    )


def _with_scheme(lower: str, at: int) -> int:
    for scheme in ("https://", "http://", "//"):
        if lower.endswith(scheme, 0, at):
            return at - len(scheme)
    return at


def _trimmed(path: str) -> str:
    """Drop the punctuation of the sentence, and brackets that the address does not open."""
    while path:
        last = path[-1]
        unopened = last in ")]" and path.count(last) > path.count(_OPENER[last])
        if not unopened and last not in ".,;:!?*_":
            break
        path = path[:-1]
    return path
