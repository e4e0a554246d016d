"""One polite client for everything that citetrack asks of other machines.

Every request names citetrack and, where configured, an address to write to; keeps to the rate and
the concurrency of the host; is tried again when that may help; ends in time; and takes no more
bytes than allowed. Pages come from public addresses only.

::

    Client.get ──► retry (stamina) ──► Gate (rate, concurrency) ──► one attempt, timed ──► Response
        │                                   Health (given up?)
        └► Client.call: the same for another HTTP stack (habanero)
"""

from __future__ import annotations

from citetrack.http.addresses import check_url
from citetrack.http.client import Client
from citetrack.http.pages import fetch_page
from citetrack.http.response import Response
from citetrack.http.retry import Passing, Policy

__all__ = ["Client", "Passing", "Policy", "Response", "check_url", "fetch_page"]
