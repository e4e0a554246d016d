"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crossref_server import CrossrefServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[2] / "shared"


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip("the folder ../shared with measuring material is absent")


@pytest.fixture
def crossref_server() -> Iterator[CrossrefServer]:
    """A stand-in Crossref without records: `crossref_server.load([...])`."""
    with CrossrefServer() as server:
        yield server


@pytest.fixture
def shared() -> Path:
    """The folder with measuring material; only for tests marked `shared`."""
    return SHARED
