"""Fixtures that every test may use."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citetrack.http import Client
from citetrack.works.crossref import Crossref
from crossref_samples import WIDE, WORKS
from crossref_server import CrossrefServer
from local_site import QUICK, RUSH, Site, running

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[2] / "shared"


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip("the folder ../shared with measuring material is absent")


@pytest.fixture(autouse=True, scope="session")
def _nothing_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "DATA", "CACHE"):
            patch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        yield


@pytest.fixture
def crossref_server() -> Iterator[CrossrefServer]:
    """A stand-in Crossref without records: `crossref_server.load([...])`."""
    with CrossrefServer() as server:
        yield server


@pytest.fixture
def shared() -> Path:
    """The folder with measuring material; only for tests marked `shared`."""
    return SHARED


@pytest.fixture
def server(crossref_server: CrossrefServer) -> CrossrefServer:
    """A stand-in Crossref with sample records, other agencies, and pools without bounds."""
    crossref_server.load(WORKS)
    crossref_server.agencies = {"10.5281": "datacite", "10.3205": "medra"}
    crossref_server.pools = WIDE
    return crossref_server


@pytest.fixture
def polite() -> Iterator[Client]:
    """A client with a mailto that is in a hurry."""
    with Client(mailto="desk@news.example", timeout=0.6, policy=QUICK, clock=RUSH) as opened:
        yield opened


@pytest.fixture
def crossref(server: CrossrefServer, polite: Client) -> Crossref:
    """Crossref as a source of works, asked at the stand-in."""
    return Crossref(polite, server.url, now=lambda: "2025-04-09T12:00:00+00:00")


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback without pages."""
    with running(Site()) as started:
        yield started


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every client of the program try again at once, on a clock that runs ahead."""
    hurried = functools.partial(Client, policy=QUICK, clock=RUSH)
    monkeypatch.setattr("citetrack.http.Client", hurried)
