"""Sessions: one for addresses that the user named, one that connects to public addresses only."""

from __future__ import annotations

import socket
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from citetrack.http.addresses import public_addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

_POOL = 8


def _connect(connection: HTTPConnection) -> socket.socket:
    """Return a socket to one of the host's addresses, each checked before it is used."""
    try:
        addresses = public_addresses(connection.host, connection.port)
    except (socket.gaierror, UnicodeError) as e:
        unknown = e if isinstance(e, socket.gaierror) else socket.gaierror(str(e))
        raise NameResolutionError(connection.host, connection, unknown) from e
    failure: OSError | None = None
    for address in addresses:
        try:
            return create_connection(
                (address, connection.port),
                connection.timeout,
                source_address=connection.source_address,
                socket_options=connection.socket_options,
            )
        except OSError as e:
            failure = e
    if isinstance(failure, TimeoutError):
        raise ConnectTimeoutError(connection, str(failure)) from failure
    raise NewConnectionError(connection, str(failure)) from failure


class _PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _PublicHTTPPool,
            "https": _PublicHTTPSPool,
        }

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,  # noqa: FBT001 - the signature is theirs
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> ConnectionPool:
        """Check the target by name where a proxy will connect to it in our stead."""
        url = request.url or ""
        if select_proxy(url, proxies):
            _check_behind_proxy(url)
        return super().get_connection_with_tls_context(request, verify, proxies, cert)


def _check_behind_proxy(url: str) -> None:
    try:
        public_addresses(urlsplit(url).hostname or "", 80)
    except (socket.gaierror, UnicodeError):
        return  # only the proxy knows this name


class _Session(requests.Session):
    """A session that keeps no cookies and follows no redirects."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """Return None: requests would read the whole body of a redirect to find the next one."""
        return None


def new_session(user_agent: str, *, public_only: bool) -> requests.Session:
    """Return a session with its own pool; with `public_only` it opens no private address."""
    session = _Session()
    session.headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"})
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = (_PublicAdapter if public_only else HTTPAdapter)(pool_maxsize=_POOL)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
