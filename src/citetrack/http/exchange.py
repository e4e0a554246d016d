"""One request and its answer over requests, every failure translated."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import requests
from urllib3 import exceptions as broken

from citetrack.errors import Refused, TooLarge, Unreachable
from citetrack.http.response import Response
from citetrack.http.retry import Passing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_CHUNK = 65_536
_MALFORMED = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    broken.LocationValueError,
    UnicodeError,
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is asked: `on_head` sees the answer before its body is read, and may raise."""

    url: str
    host: str
    accept: str
    max_bytes: int
    on_head: Callable[[Response], None]

    def run(self, session: requests.Session, seconds: float) -> Response:
        """Return the answer; raise Passing, Refused or TooLarge."""
        started = time.monotonic()
        with (
            translated(self.host, seconds),
            session.get(
                self.url,
                headers={"Accept": self.accept},
                timeout=seconds,
                stream=True,
                allow_redirects=False,
            ) as raw,
        ):
            headers = {name.lower(): value for name, value in raw.headers.items()}
            head = Response(raw.status_code, headers, b"", self.url)
            self.on_head(head)
            return replace(head, body=self._body(raw, started + seconds))

    def _body(self, raw: requests.Response, end: float) -> bytes:
        """Read piece by piece: what is decoded never exceeds the limit by more than a piece.

        Each piece begins a time-out of the socket anew; `end` is for hosts that send a byte now
        and then.
        """
        pieces, size = [], 0
        while piece := raw.raw.read1(_CHUNK, decode_content=True):
            if time.monotonic() > end:
                raise Passing(f"{self.host} did not answer in full in time.")
            size += len(piece)
            if size > self.max_bytes:
                limit = f"{self.max_bytes / 1e6:.0f} MB"
                raise TooLarge(f"The answer from {self.host} is larger than {limit}.")
            pieces.append(piece)
        return b"".join(pieces)


@contextmanager
def translated(host: str, seconds: float) -> Iterator[None]:
    """Turn what requests and urllib3 raise into our errors."""
    try:
        yield
    except _MALFORMED as e:
        raise Refused(f"{host} is no address that can be opened.") from e
    except (requests.exceptions.RequestException, broken.HTTPError) as e:
        raise _failure(host, seconds, e) from e


def _failure(host: str, seconds: float, error: Exception) -> Unreachable:
    causes = tuple(_causes(error))
    if any(isinstance(c, broken.NameResolutionError) for c in causes):
        return Passing(f"The name {host} is not known, or there is no network.", connected=False)
    if any(isinstance(c, broken.SSLError | requests.exceptions.SSLError) for c in causes):
        return Passing(f"{host} offers no connection that is safe.", connected=False)
    if any(isinstance(c, broken.ConnectTimeoutError | broken.NewConnectionError) for c in causes):
        return Passing(f"{host} cannot be reached.", connected=False)
    if any(isinstance(c, broken.TimeoutError | requests.exceptions.Timeout) for c in causes):
        return Passing(f"{host} did not answer within {seconds:.0f} seconds.")
    return Passing(f"{host} broke off its answer.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that it wraps, as urllib3 and requests wrap them."""
    waiting, seen = [error], set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = (each.__cause__, each.__context__, getattr(each, "reason", None), *each.args)
        waiting += [x for x in inner if isinstance(x, BaseException)]
