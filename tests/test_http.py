"""The client is polite, ends in time, takes no more than allowed and goes nowhere private."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.errors import (
    CitetrackError,
    ConfigError,
    FetchError,
    NotFound,
    RateLimited,
    Refused,
    TooLarge,
    Unreachable,
    UnsupportedFormat,
)
from citetrack.http import Client, Passing, Policy, check_url, fetch_page
from citetrack.http.addresses import is_public
from citetrack.http.health import PATIENCE, Health
from citetrack.http.limits import Clock, Gate, Limit, read_limit
from citetrack.http.retry import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Twenty times as fast as the wall's: limits hold, and tests need not wait for them.
RUSH = Clock(lambda: time.monotonic() * 20, lambda s: time.sleep(s / 20), time.time)
QUICK = Policy(attempts=3, wait_initial=0.01, wait_max=0.02, wait_jitter=0.0)


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


# ---------------------------------------------------------------- a site

Answer = tuple[int, dict[str, str], bytes]


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

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield site
        site.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as started:
        yield started


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(timeout=5, allow_private=True, policy=QUICK, clock=RUSH) as opened:
        yield opened


HTML = {"Content-Type": "text/html; charset=utf-8"}


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://0/",
        "http://0.0.0.0:80/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/machine",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::]/",
        "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://db.localhost/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://user:password@127.0.0.1/",
        "https://good.example@127.0.0.1:8443/",
    ],
)
def test_a_private_address_is_refused_without_a_socket(url: str) -> None:
    with pytest.raises(Refused, match="private network"):
        check_url(url)
    check_url(url, allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/story",
        "ftp://news.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http://news.example:99999/",
        "http://news.example:port/",
        "http://news example/",
        "http://news.example/\n",
        "http://1.1.1.1\\@127.0.0.1/",
        "http://[::1/",
        "http://news.example/\x1b[31m",
    ],
)
@pytest.mark.parametrize("allow_private", [True, False])
def test_what_is_no_web_address_is_refused(url: str, allow_private: bool) -> None:  # noqa: FBT001
    with pytest.raises(Refused) as caught:
        check_url(url, allow_private=allow_private)
    assert caught.value.exit_code == 2
    assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    "url", ["https://news.example/a?b#c", "http://8.8.8.8/", "http://[2606::1]"]
)
def test_a_public_address_is_opened(url: str) -> None:
    check_url(url)


def test_the_addresses_of_the_internet_are_public() -> None:
    assert is_public(ipaddress.ip_address("8.8.8.8"))
    assert is_public(ipaddress.ip_address("::ffff:8.8.8.8"))


def test_what_is_connected_to_is_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that changes its address after the first look-up gains nothing."""
    answers = iter(["8.8.8.8", "127.0.0.1"])
    connected = []

    def rebinding(*_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    def refusing(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr("citetrack.http.guarded.create_connection", refusing)
    with Client(timeout=2, clock=RUSH) as guarded, pytest.raises(Refused, match="rebinding"):
        fetch_page(guarded, "http://rebinding.example/")
    assert connected == ["8.8.8.8"]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:10.0.0.1"]])
def test_a_name_is_refused_when_one_of_its_addresses_is_private(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with Client(timeout=2) as guarded, pytest.raises(Refused, match=r"inside\.example"):
        fetch_page(guarded, "http://inside.example/")


def test_behind_a_proxy_the_target_is_checked_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with Client(timeout=2) as guarded, pytest.raises(Refused):
        fetch_page(guarded, "http://inside.example/")


def test_a_base_that_the_user_named_may_be_private_and_a_page_beside_it_not(site: Site) -> None:
    site.pages["/"] = (200, HTML, b"hello")
    with Client() as guarded:
        assert guarded.get(site.url + "/", trusted=True).body == b"hello"
        with pytest.raises(Refused):
            guarded.get(site.url + "/")
    assert site.asked == ["/"]


# ---------------------------------------------------------------- pages


def test_a_page_is_fetched_with_our_name_and_without_cookies(site: Site) -> None:
    site.pages["/a"] = (302, {"Location": "b", "Set-Cookie": "x=1"}, b"")
    site.pages["/b"] = (200, HTML, "Grüße".encode())
    with Client(mailto="desk@news.example", allow_private=True) as named:
        page = fetch_page(named, site.url + "/a")
    assert (page.url, page.body.decode(), page.content_type) == (
        site.url + "/b",
        "Grüße",
        "text/html",
    )
    assert site.headers[-1]["user-agent"].startswith("citetrack/")
    assert "mailto:desk@news.example" in site.headers[-1]["user-agent"]
    assert "cookie" not in site.headers[-1]


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (404, NotFound, "no page"),
        (410, NotFound, "no page"),
        (401, FetchError, "browser"),
        (402, FetchError, "browser"),
        (403, FetchError, "browser"),
        (451, FetchError, "browser"),
        (400, FetchError, "400"),
        (429, Unreachable, "fewer requests"),
        (500, Unreachable, "500"),
        (503, Unreachable, "503"),
    ],
)
def test_a_status_is_told_in_a_sentence(
    client: Client, site: Site, status: int, error: type[CitetrackError], words: str
) -> None:
    site.pages["/"] = (status, HTML, b"<html>")
    with pytest.raises(error) as caught:
        fetch_page(client, site.url + "/")
    assert caught.value.exit_code == (3 if error is Unreachable else 2)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "kind", ["text/html", "application/xhtml+xml", "text/plain", "application/xml", "TEXT/HTML", ""]
)
def test_text_of_all_kinds_is_read(client: Client, site: Site, kind: str) -> None:
    site.pages["/"] = (200, {"Content-Type": kind}, b"hello")
    assert fetch_page(client, site.url + "/").body == b"hello"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream"])
def test_what_is_no_text_is_refused_before_it_is_read(
    client: Client, site: Site, kind: str
) -> None:
    site.pages["/"] = (200, {"Content-Type": kind}, b"%PDF" * 100)
    with pytest.raises(UnsupportedFormat, match=kind):
        fetch_page(client, site.url + "/", max_bytes=10)


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("file:///etc/passwd", Refused),
        ("ftp://127.0.0.1/", Refused),
        ("http://[", Refused),
        ("/loop", FetchError),
    ],
)
def test_a_redirect_is_checked_like_any_address(
    client: Client, site: Site, target: str, error: type[CitetrackError]
) -> None:
    site.pages["/loop"] = (301, {"Location": target}, b"")
    with pytest.raises(error) as caught:
        fetch_page(client, site.url + "/loop")
    assert caught.value.exit_code == 2
    assert len(site.asked) < 12


def test_a_redirect_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host passes for public here; the second does not."""
    site.pages["/"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")
    monkeypatch.setattr("citetrack.http.guarded.public_addresses", lambda *_: ["127.0.0.1"])
    port = site.url.rpartition(":")[2]
    with Client() as guarded, pytest.raises(Refused, match=r"169\.254\.169\.254"):
        fetch_page(guarded, f"http://public.example:{port}/")
    assert site.asked == ["/"]


# ---------------------------------------------------------------- sizes


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_above_the_limit_is_not_read_to_its_end(
    client: Client,
    site: Site,
    declared: bool,  # noqa: FBT001
) -> None:
    sent: list[int] = []

    def endless(handler: Any) -> None:
        length = "Content-Length: 1000000000\r\n" if declared else ""
        handler.wfile.write(f"HTTP/1.1 200 OK\r\nConnection: close\r\n{length}\r\n".encode())
        while len(sent) < 10_000:
            try:
                sent.append(handler.wfile.write(b"x" * 65_536))
            except OSError:
                return

    site.pages["/"] = endless
    with pytest.raises(TooLarge):
        fetch_page(client, site.url + "/", max_bytes=1_000_000)
    assert len(sent) < 2_000


def test_a_bomb_is_given_up_at_the_limit(client: Client, site: Site) -> None:
    bomb = gzip.compress(bytes(200_000_000), compresslevel=1)
    site.pages["/"] = (200, {**HTML, "Content-Encoding": "gzip"}, bomb)
    start = time.process_time()
    with pytest.raises(TooLarge):
        fetch_page(client, site.url + "/", max_bytes=1_000_000)
    assert time.process_time() - start < 2


def test_a_compressed_page_is_unpacked(client: Client, site: Site) -> None:
    page = b"<p>" + b"snails " * 50_000
    site.pages["/"] = (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(page))
    assert fetch_page(client, site.url + "/").body == page


@pytest.mark.parametrize(
    "body", [pytest.param(b"no gzip at all", id="other"), pytest.param(b"\x1f\x8b\x08", id="cut")]
)
def test_a_page_that_is_not_compressed_as_said_is_unreachable_or_empty(
    client: Client, site: Site, body: bytes
) -> None:
    site.pages["/"] = (200, {**HTML, "Content-Encoding": "gzip"}, body)
    try:
        assert fetch_page(client, site.url + "/").body == b""
    except Unreachable as e:
        assert "broke off" in e.message  # noqa: PT017


# ---------------------------------------------------------------- time


def drip_body(handler: Any, site: Site) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    drip(handler, site)


def drip_headers(handler: Any, site: Site) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(handler, site)


def drip(handler: Any, site: Site) -> None:
    while not site.released.wait(0.05):
        try:
            handler.wfile.write(b"x")
        except OSError:
            return


def silence(_: Any, site: Site) -> None:
    site.released.wait()


@pytest.mark.parametrize("way", [silence, drip_headers, drip_body])
def test_an_answer_that_does_not_end_costs_the_time_allowed(
    site: Site, way: Callable[[Any, Site], None]
) -> None:
    site.pages["/"] = lambda handler: way(handler, site)
    start = time.monotonic()
    once = Policy(attempts=1)
    with (
        Client(timeout=0.5, allow_private=True) as hurried,
        pytest.raises(Unreachable, match="did not answer"),
    ):
        hurried.get(site.url + "/", policy=once)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"garbage\r\n\r\n", id="no-http"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc", id="cut-body"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", id="many-headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000, id="long-header"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", id="bad-chunk"
        ),
    ],
)
def test_a_broken_answer_is_asked_for_again_and_then_told(
    client: Client, site: Site, sent: bytes
) -> None:
    site.pages["/"] = lambda handler: handler.wfile.write(sent)
    with pytest.raises(Unreachable, match="broke off"):
        client.get(site.url + "/")
    assert len(site.asked) == QUICK.attempts


def test_what_fails_once_is_asked_for_again(client: Client, site: Site) -> None:
    def recover(handler: Any) -> None:
        site.pages["/"] = (200, HTML, b"well again")
        handler.wfile.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")

    site.pages["/"] = recover
    assert client.get(site.url + "/").body == b"well again"


def test_a_host_that_is_not_there_is_given_up_after_few_attempts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Client(policy=QUICK, clock=RUSH) as client:
        for _ in range(3):
            with pytest.raises(Unreachable, match="cannot be reached"):
                client.get(f"http://127.0.0.1:{port}/", kind="list", trusted=True)


# ---------------------------------------------------------------- pauses


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("Wed, 21 Oct 2015 07:28:30 GMT", 30.0),
        ("Wed, 21 Oct 2015 07:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_a_pause_is_asked_for_in_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    now = 1_445_412_480.0  # 07:28:00
    assert retry_after({"retry-after": header}, now) == seconds


def test_no_header_asks_for_no_pause() -> None:
    assert retry_after({}, 0) is None


def test_a_short_pause_is_kept(client: Client, site: Site) -> None:
    def busy(handler: Any) -> None:
        site.pages["/"] = (200, HTML, b"back")
        handler.wfile.write(b"HTTP/1.1 429 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")

    site.pages["/"] = busy
    start = time.monotonic()
    assert client.get(site.url + "/").body == b"back"
    assert time.monotonic() - start >= 1.0


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_pause_is_not_waited_for_and_nobody_asks_meanwhile(
    client: Client, site: Site, status: int
) -> None:
    site.pages["/"] = (status, {"Retry-After": "61"}, b"")
    for _ in range(3):
        with pytest.raises(RateLimited) as caught:
            client.get(site.url + "/", kind="single")
        assert caught.value.retry_after == pytest.approx(61, abs=2)
    assert site.asked == ["/"]
    site.pages["/list"] = (200, HTML, b"other pool")
    assert client.get(site.url + "/list", kind="list").body == b"other pool"


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("headers", "limit"),
    [
        ({}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}, Limit(5, 1.0, 1)),
        ({"x-rate-limit-limit": "10", "x-concurrency-limit": "3"}, Limit(10, 1.0, 3)),
        ({"x-rate-limit-limit": "60", "x-rate-limit-interval": "1m"}, Limit(60, 60.0, 1)),
        ({"x-rate-limit-limit": "5000", "x-concurrency-limit": "500"}, Limit(10, 1.0, 3)),
        ({"x-rate-limit-limit": "0", "x-concurrency-limit": "0"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "-1", "x-concurrency-limit": "many"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "soon"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "5", "x-rate-limit-interval": "0s"}, Limit(1, 1.0, 1)),
        ({"x-rate-limit-limit": "²"}, Limit(1, 1.0, 1)),
    ],
)
def test_limits_are_read_from_headers_and_never_above_what_is_known(
    headers: dict[str, str], limit: Limit
) -> None:
    assert read_limit(headers, Limit()) == limit


@pytest.mark.parametrize("limit", [Limit(1, 1.0, 1), Limit(3, 1.0, 3), Limit(10, 1.0, 3)])
def test_no_second_holds_more_requests_than_the_rate(limit: Limit) -> None:
    time_ = Time()
    gate = Gate("host", limit, time_.clock)
    sent = []
    for _ in range(40):
        with gate.turn():
            sent.append(time_.seconds)
    windows = [sum(t <= u < t + limit.seconds for u in sent) for t in sent]
    assert max(windows) == limit.requests
    assert sent[-1] - sent[0] < 40 / limit.requests * 1.25


def test_a_new_rate_counts_what_was_sent_before_it() -> None:
    time_ = Time()
    gate = Gate("host", Limit(), time_.clock)
    sent = []
    for number in range(12):
        with gate.turn():
            sent.append(time_.seconds)
        if number == 0:
            gate.adapt({"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"})
        if number == 7:
            gate.adapt({"x-rate-limit-limit": "1", "x-rate-limit-interval": "1s"})
    assert sum(t < sent[0] + 1 for t in sent) == 5
    assert all(b - a >= 1 for a, b in pairwise(sent[8:]))


def test_no_more_requests_are_under_way_than_allowed() -> None:
    gate = Gate("host", Limit(10, 1.0, 3))
    together, most = 0, 0
    lock = threading.Lock()

    def ask() -> None:
        nonlocal together, most
        with gate.turn():
            with lock:
                together += 1
                most = max(most, together)
            time.sleep(0.05)
            with lock:
                together -= 1

    threads = [threading.Thread(target=ask) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3


def test_short_pauses_add_up_to_one_that_is_too_long() -> None:
    time_ = Time()
    gate = Gate("host", Limit(), time_.clock)
    gate.rest(40)
    with gate.turn():
        pass
    assert sum(time_.slept) == pytest.approx(40, abs=0.1)
    with pytest.raises(RateLimited):
        gate.rest(40)


def test_after_an_answer_the_pauses_count_anew() -> None:
    time_ = Time()
    gate = Gate("host", Limit(), time_.clock)
    gate.rest(40)
    gate.answered()
    gate.rest(40)
    with gate.turn():
        pass


# ---------------------------------------------------------------- giving up


def test_silence_is_borne_for_less_than_thirty_seconds_a_run() -> None:
    time_ = Time()
    start = time_.seconds

    def silent(seconds: float) -> None:
        time_.seconds += seconds
        raise Passing("host did not answer")

    patient = Policy(attempts=4, wait_initial=0.0, wait_jitter=0.0)
    with Client(timeout=20, clock=time_.clock, policy=patient) as client:
        for _ in range(50):
            with pytest.raises(Unreachable):
                client.call("https://host.example/", "single", silent)
    assert time_.seconds - start < 30
    assert time_.seconds - start >= 20


def test_an_answer_wins_back_patience() -> None:
    health = Health("host")
    health.lost(20, connected=True)
    assert health.patience() == pytest.approx(PATIENCE - 20)
    health.answered()
    assert health.patience() == pytest.approx(PATIENCE - 19)
    health.check()


def test_a_host_that_fails_more_than_one_time_in_ten_is_given_up() -> None:
    health = Health("host")
    for number in range(60):
        health.settled(good=number % 8 != 0)
    with pytest.raises(Unreachable, match="one time in ten"):
        health.check()


def test_a_host_that_fails_now_and_then_is_kept() -> None:
    health = Health("host")
    for number in range(200):
        health.settled(good=number % 12 != 0)
    health.check()


def test_a_host_that_fails_every_time_is_given_up_soon() -> None:
    health = Health("host")
    for _ in range(10):
        health.settled(good=False)
    with pytest.raises(Unreachable, match="in a row"):
        health.check()


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize("mailto", ["", "me", "me@", "@x", "a b@c", "a@b\r\nX: y", "ä@b", "a@b@c"])
def test_a_mailto_that_is_no_address_is_a_wrong_setting(mailto: str) -> None:
    with pytest.raises(ConfigError, match="e-mail"):
        Client(mailto=mailto)
