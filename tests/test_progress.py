"""How far a long run is."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from citetrack.cli.progress import stories_in, time_left
from citetrack.http import Client
from citetrack.works.crossref import Crossref
from crossref_pools import POOLS
from crossref_samples import SICI, TEA
from local_site import RUSH

if TYPE_CHECKING:
    from pathlib import Path

    from crossref_server import CrossrefServer


def test_the_stories_of_all_sources_are_counted(tmp_path: Path) -> None:
    lines = b'{"text": "a"}\n\n{"text": "b"}\n'
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines * 2))
    files = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl.gz", "story.txt")]
    assert stories_in(files) == 7
    assert stories_in([*files, "-"]) is None


@pytest.mark.parametrize(
    ("elapsed", "by_limits", "said"),
    [
        (5.0, 0.0, "about 8 min left"),
        (5.0, 900.0, "about 15 min left"),
        (0.1, 7300.0, "about 2.0 h left"),
        (0.1, 20.0, "about 20 s left"),
    ],
)
def test_time_left_is_by_the_pace_or_by_the_limits_that_hold(
    elapsed: float, by_limits: float, said: str
) -> None:
    assert time_left(10, 1000, elapsed, lambda _, __: by_limits) == said
    assert time_left(10, None, elapsed, lambda _, __: by_limits) == ""
    assert time_left(10, 10, elapsed, lambda _, __: by_limits) == ""


def test_the_slowest_kind_of_request_decides(server: CrossrefServer) -> None:
    """Two records at 10 a second and one list at 3 a second: the list is slower."""
    server.pools = dict(POOLS)
    with Client(mailto="desk@news.example", clock=RUSH) as client:
        crossref = Crossref(client, server.url)
        list(crossref.get([TEA, SICI]))
        crossref.notices(TEA)
        assert client.seconds_for(1, 300) == pytest.approx(100.0)
