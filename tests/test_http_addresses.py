"""The client opens public web addresses, and goes nowhere private."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

from citetrack.errors import (
    Refused,
)
from citetrack.http import Client, check_url, fetch_page
from citetrack.http.addresses import is_public
from local_site import HTML, RUSH, Site


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
