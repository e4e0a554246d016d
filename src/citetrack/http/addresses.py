"""Which addresses may be opened.

A story's links are not ours: one that leads to this machine, its network or a cloud's metadata
service is refused before anything is sent there.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

from citetrack.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Azure's metadata and DNS address is the one such service on a public address.
_METADATA = ipaddress.ip_address("168.63.129.16")
#: IPv6 addresses that carry an IPv4 address: NAT64 (RFC 6052), 6to4 and Teredo.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES = re.compile(
    r"(?:.*\.)?(?:localhost|localhost\.localdomain|ip6-localhost|ip6-loopback"
    r"|local|internal|intranet|lan|home\.arpa)\.?",
    re.IGNORECASE,
)
#: "127.1", "0x7f000001" and "2130706433" are addresses to the C library.
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
_BROKEN = re.compile(r"[\s\\]")
_HINT = "Save the page to a file and check the file, or allow it with --allow-private."


def check_url(url: str, *, allow_private: bool = False) -> None:
    """Return when `url` may be asked for, as far as can be told without a socket.

    Raises Refused for a broken URL, another scheme than http and https, a literal private address
    and a name that is local by definition.
    """
    parts = _split(url)
    host = parts.hostname or ""
    if allow_private:
        return
    if _LOCAL_NAMES.fullmatch(host):
        raise private(host)
    address = literal(host)
    if address is not None and not is_public(address):
        raise private(host)


def _split(url: str) -> SplitResult:
    if _BROKEN.search(url) or not url.isprintable():
        raise Refused(f"This is not a URL: {url[:200]!r}.")
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"}
        if known and parts.hostname and (parts.port is None or parts.port > 0):
            return parts
    except ValueError as e:
        raise Refused(f"This is not a URL: {url[:200]!r}.") from e
    if not known:
        raise Refused(f"Only http and https addresses are opened, not {url[:200]!r}.")
    raise Refused(f"This is not a URL: {url[:200]!r}.")


def private(host: str) -> Refused:
    """Return the refusal of a host on a private network."""
    message = f"{host} is an address of this machine or a private network, and is not opened."
    return Refused(message, hint=_HINT)


def literal(host: str) -> Address | None:
    """Return the address that `host` spells, in any notation that the C library reads, or None."""
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    if not _NUMERIC.fullmatch(host):
        return None
    try:
        return ipaddress.ip_address(socket.inet_aton(host.rstrip(".")))
    except (OSError, ValueError):
        return None


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the public internet, also when it carries another.

    >>> is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    False
    """
    if isinstance(address, ipaddress.IPv6Address):
        carried = _carried(address)
        if carried is not None:
            return is_public(carried)
    return address.is_global and not address.is_multicast and address != _METADATA


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64 or int(address) < 1 << 32:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def public_addresses(host: str, port: int) -> list[str]:
    """Return the addresses behind `host`, all of them public; raise Refused when one is not.

    Connecting to what this returns, and not to the name, leaves no second look-up to tamper with.
    Raises socket.gaierror when the name is not known.
    """
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for each in addresses:
        if not is_public(ipaddress.ip_address(each.partition("%")[0])):
            raise private(host)
    return addresses
