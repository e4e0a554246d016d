"""What tests of HTTP stand on: a web site on loopback, and clocks that do not keep them waiting."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from citetrack.http import Policy
from citetrack.http.limits import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Twenty times as fast as the wall's: limits hold, and tests need not wait for them.
RUSH = Clock(lambda: time.monotonic() * 20, lambda s: time.sleep(s / 20), time.time)
QUICK = Policy(attempts=3, wait_initial=0.01, wait_max=0.02, wait_jitter=0.0)
#: As often, and at once.
AT_ONCE = Policy(attempts=3, wait_initial=0.0, wait_max=0.0, wait_jitter=0.0)
HTML = {"Content-Type": "text/html; charset=utf-8"}

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Time:
    """A clock that only moves when somebody sleeps."""

    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self.sleep, lambda: self.seconds)


class LocalServer(ThreadingHTTPServer):
    """A server that is silent about clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@dataclass
class Site:
    """A web site on loopback: a path leads to an answer, or to a function that writes one."""

    pages: dict[str, Answer | Callable[[Any], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def running(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({k.lower(): v for k, v in self.headers.items()})
            page = site.pages.get(self.path, (404, {}, b"gone"))
            if callable(page):
                page(self)
                self.close_connection = True
                return
            status, headers, body = page
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with LocalServer(("127.0.0.1", 0), Handler) as server:
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield site
        site.released.set()
        server.shutdown()
        thread.join()
