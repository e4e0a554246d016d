"""The client brings pages and answers whole, in time and within limits, or says why not."""

from __future__ import annotations

import gzip
import socket
import time
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
from citetrack.http import Client, Policy, fetch_page
from citetrack.http.retry import retry_after
from local_site import HTML, QUICK, RUSH, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(timeout=5, allow_private=True, policy=QUICK, clock=RUSH) as opened:
        yield opened


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
    start = RUSH.now()
    assert client.get(site.url + "/").body == b"back"
    assert RUSH.now() - start >= 1.0


def test_a_date_is_one_of_the_clock_of_the_host() -> None:
    headers = {
        "retry-after": "Wed, 21 Oct 2015 07:28:30 GMT",
        "date": "Wed, 21 Oct 2015 07:28:20 GMT",
    }
    assert retry_after(headers, now=0.0) == 10.0


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_pause_is_not_waited_for_and_nobody_asks_meanwhile(
    client: Client, site: Site, status: int
) -> None:
    site.pages["/"] = (status, {"Retry-After": "61"}, b"")
    for _ in range(3):
        with pytest.raises(RateLimited) as caught:
            client.get(site.url + "/", kind="single")
        assert caught.value.retry_after == pytest.approx(61, abs=2)
    with pytest.raises(RateLimited):
        client.get(site.url + "/list", kind="list")
    assert site.asked == ["/"]


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize("mailto", ["", "me", "me@", "@x", "a b@c", "a@b\r\nX: y", "ä@b", "a@b@c"])
def test_a_mailto_that_is_no_address_is_a_wrong_setting(mailto: str) -> None:
    with pytest.raises(ConfigError, match="e-mail"):
        Client(mailto=mailto)
