"""Searches through habanero: the only module that knows it and the HTTP stack under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetrack.errors import MalformedRecord, SourceUnavailable
from citetrack.http import Passing, check_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2

    from citetrack.http import Client

_MOST_ROWS = 1000


def search(client: Client, base: str, text: str, limit: int) -> dict[str, Any]:
    """Return the message with the works that fit `text`, best first.

    Raises Unreachable and SourceUnavailable; nothing of habanero gets out.
    """
    from habanero import Crossref

    check_url(base, allow_private=True)

    def send(seconds: float) -> object:
        crossref = Crossref(
            base_url=base, mailto=client.mailto, ua_string=client.agent, timeout=seconds
        )
        return _asked(client, base, crossref, text, limit)

    answer = client.call(base, "list", send)
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise MalformedRecord("Crossref's answer holds no message.")
    return message


def _asked(client: Client, base: str, crossref: Any, text: str, limit: int) -> object:
    """Ask once. habanero lets out its own errors, httpx2's, and those of reading a wrong shape."""
    import httpx2
    from habanero import RequestError

    try:
        return crossref.works(query_bibliographic=text, limit=min(max(limit, 1), _MOST_ROWS))
    except httpx2.HTTPStatusError as e:
        client.heard(base, "list", e.response.status_code, _headers(e.response))
        raise _status(e.response.status_code) from e
    except RequestError as e:
        context = e.__context__
        headers = _headers(context.response) if isinstance(context, httpx2.HTTPStatusError) else {}
        client.heard(base, "list", e.status_code, headers)
        raise _status(e.status_code) from e
    except (RuntimeError, httpx2.HTTPError, httpx2.InvalidURL) as e:
        raise _failure(e) from e
    except (ValueError, LookupError, TypeError, AttributeError) as e:
        raise MalformedRecord("Crossref's answer is not a list of works.") from e


def _headers(response: httpx2.Response) -> Mapping[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _status(status: int) -> SourceUnavailable:
    if status == 200:  # noqa: PLR2004 - habanero's word for "no JSON"
        return MalformedRecord("Crossref's answer is no JSON.")
    return SourceUnavailable(f"Crossref answered the search with status {status}.")


def _failure(error: BaseException) -> Exception:
    """Return what a fault of the connection means; habanero wraps httpx2's in RuntimeError."""
    import httpx2

    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
        return Passing("Crossref cannot be reached.", connected=False)
    if isinstance(cause, httpx2.TimeoutException):
        return Passing("Crossref did not answer the search in time.")
    if isinstance(cause, httpx2.TransportError | httpx2.DecodingError):
        return Passing("Crossref broke off its answer.")
    return MalformedRecord("Crossref's answer could not be read.")
