"""The stand-in walks, filters and refuses as Crossref does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crossref_samples import WORKS

if TYPE_CHECKING:
    from citetrack.http import Client
    from crossref_server import CrossrefServer


def listed(polite: Client, url: str) -> Any:
    return json.loads(polite.get(url, kind="list", trusted=True).body)["message"]


def test_the_stand_in_walks_with_a_cursor_that_does_not_change(
    server: CrossrefServer, polite: Client
) -> None:
    seen, cursors, cursor = [], set(), "*"
    for _ in range(4):
        page = listed(polite, f"{server.url}/works?rows=4&select=DOI&cursor={cursor}")
        seen += [item["DOI"] for item in page["items"]]
        cursor = page["next-cursor"].replace("=", "%3D")
        cursors.add(cursor)
    assert (len(seen), len(set(seen)), len(cursors)) == (len(WORKS), len(WORKS), 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("filter=doi:10.5555/TEA,doi:10.5555/a", 2),
        ("filter=type:component,prefix:10.5555", 1),
        ("filter=from-pub-date:2025-05", 1),
        ("filter=until-pub-date:2025-04", 1),
        ("filter=update-type:retraction", 1),
        ("query.author=Moe", 1),
        ("query.bibliographic=quasar", 0),
    ],
)
def test_the_stand_in_filters(
    server: CrossrefServer, polite: Client, query: str, found: int
) -> None:
    assert listed(polite, f"{server.url}/works?{query}")["total-results"] == found


@pytest.mark.parametrize(
    "query", ["rows=1001", "rows=x", "filter=colour:red", "sort=taste", "colour=red", "sample=101"]
)
def test_the_stand_in_refuses_what_crossref_refuses(
    server: CrossrefServer, polite: Client, query: str
) -> None:
    assert polite.get(f"{server.url}/works?{query}", kind="list", trusted=True).status == 400


def test_the_stand_in_refuses_a_cursor_that_it_did_not_give(
    server: CrossrefServer, polite: Client
) -> None:
    answer = polite.get(f"{server.url}/works?cursor=thing", kind="list", trusted=True)
    assert (answer.status, answer.content_type) == (404, "application/json")
