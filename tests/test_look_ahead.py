"""Many stories: their DOIs are asked for together, and nothing comes out otherwise for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.config import Settings
from citetrack.model import Doi, Outcome
from citetrack.pipeline import Checker, check_all
from citetrack.works.crossref import Crossref
from crossref_samples import SICI, TEA, UNKNOWN, WIDE
from crossref_server import CANNED, CrossrefServer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from citetrack.http import Client
    from citetrack.ingest.item import Item

pytestmark = pytest.mark.usefixtures("quick")
STORIES = 70


def paper(number: int, **more: Any) -> dict[str, Any]:
    return {
        "DOI": f"10.5555/tea.{number}",
        "type": "journal-article",
        "title": [f"Tea slows snails, part {number}"],
        **more,
    }


def notice(number: int) -> dict[str, Any]:
    entry = {"DOI": f"10.5555/tea.{number}", "type": "retraction"}
    return {"DOI": f"10.5555/notice.{number}", "title": ["Notice"], "update-to": [entry]}


def told(number: int) -> str:
    doi = {3: "10.5555/gone", 4: "10.5555/old", 5: "10.3205/x"}.get(number, f"10.5555/tea.{number}")
    text = f"Tea slows snails, part {number}\n\nA study of snails says so.\n\nDOI: {doi}\n"
    return json.dumps({"id": str(number), "text": text, "published": "2025-04-08"})


@pytest.fixture
def served(crossref_server: CrossrefServer) -> CrossrefServer:
    crossref_server.pools = WIDE
    papers = [paper(n) for n in range(STORIES)]
    papers[6]["aliases"] = ["10.5555/old"]
    crossref_server.load([*papers, *(notice(n) for n in (1, 20, 40))])
    crossref_server.agencies = {"10.3205": "medra"}
    return crossref_server


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join(told(n) for n in range(STORIES)), encoding="utf-8")
    return path


def settings(served: CrossrefServer, path: Path, **more: Any) -> dict[str, Any]:
    db = path.parent / "t.db"
    return {"crossref_url": served.url, "doi_url": served.url, "db": db, "timeout": 2.0, **more}


def results(served: CrossrefServer, path: Path, **more: Any) -> list[dict[str, Any]]:
    return [r.to_dict() for r in check_all(path, **settings(served, path, **more))]


def one_by_one(served: CrossrefServer, path: Path) -> list[dict[str, Any]]:
    with Checker(Settings(**settings(served, path, db=path.parent / "alone.db"))) as checker:
        return [checker.check(item).to_dict() for item in checker.reader().read(str(path))]


def test_many_stories_are_asked_for_in_few_requests_and_come_out_the_same(
    served: CrossrefServer, stories: Path
) -> None:
    alone = one_by_one(served, stories)
    asked_alone = len(served.log)
    served.log.clear()
    together = results(served, stories)
    assert together == alone
    assert len(served.log) < asked_alone / 5
    retracted = [r["article"]["id"] for r in together if r["findings"][0]["code"] == "CT201"]
    assert retracted == ["1", "20", "40"]
    statuses = [together[n]["references"][0]["status"] for n in (3, 4, 5, 6)]
    assert statuses == ["not_found", "exact", "unchecked", "exact"]
    assert all(r["references"][0]["updates_checked"] for r in together[6:])


def test_pubmed_numbers_of_many_stories_are_asked_for_together(
    served: CrossrefServer, stories: Path
) -> None:
    numbers = range(20, 40)
    served.others.articles = [{"pmid": 1000 + n, "doi": f"10.5555/tea.{n}"} for n in numbers]
    told = ({"text": f"Tea slows snails, part {n}\n\nA study. PMID: {1000 + n}\n"} for n in numbers)
    stories.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    found = results(served, stories, pmc_url=f"{served.url}/idconv/")
    assert [r["references"][0]["doi"] for r in found] == [f"10.5555/tea.{n}" for n in numbers]
    assert "CT201" in {f["code"] for f in found[0]["findings"]}
    asked = [a for a in served.log if "/idconv" in a.path]
    assert len(asked) <= 5
    assert len(served.log) < 25
    served.log.clear()
    assert results(served, stories, pmc_url=f"{served.url}/idconv/") == found
    assert served.log == []


def test_a_second_run_over_many_stories_asks_nothing(served: CrossrefServer, stories: Path) -> None:
    first = results(served, stories)
    served.log.clear()
    assert results(served, stories) == first
    assert served.log == []


@pytest.mark.parametrize("fault", [*CANNED, "truncated", "cut", "429-seconds"])
def test_where_lists_fail_no_story_is_lost_or_called_clean(
    served: CrossrefServer, stories: Path, fault: str
) -> None:
    lines = stories.read_text(encoding="utf-8").splitlines()[:12]
    stories.write_text("\n".join(lines), encoding="utf-8")
    served.fail(fault, on="filter", seconds=3600)
    found = results(served, stories)
    assert [r["article"]["id"] for r in found] == [str(n) for n in range(12)]
    assert all(r["error"] is None for r in found)
    statuses = {r["references"][0]["status"] for r in found}
    assert statuses <= {"exact", "not_found", "unchecked"}
    assert found[3]["references"][0]["status"] in {"not_found", "unchecked"}
    assert not any(r["references"][0]["updates_checked"] for r in found)


def test_stories_are_not_read_ahead_offline_nor_all_at_once(
    served: CrossrefServer, stories: Path
) -> None:
    read: list[Item] = []

    def noted(items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            read.append(item)
            yield item

    for offline, after_five in ((True, 5), (False, 7)):
        read.clear()
        with Checker(Settings(**settings(served, stories, offline=offline))) as checker:
            ahead = checker.look_ahead(noted(checker.reader().read(str(stories))))
            next(ahead)
            assert len(read) == 1
            for _ in range(4):
                next(ahead)
        assert len(read) == after_five


def test_a_list_answers_for_what_it_has_and_nothing_else(
    crossref: Crossref, server: CrossrefServer
) -> None:
    found = list(crossref.found_among([TEA, UNKNOWN, SICI, Doi("10.5555/a,b")]))
    assert {x.question for x in found} == {TEA, SICI}
    (asked,) = server.log
    assert asked.params["filter"].count("doi:") == 3


def test_notices_are_told_to_the_works_they_are_about(crossref: Crossref) -> None:
    told = list(crossref.notices_of([SICI, TEA]))
    assert [x.outcome for x in told] == [Outcome.NOT_FOUND, Outcome.FOUND]
    assert told[1] == crossref.notices(TEA)


def test_a_hundred_dois_make_three_requests(server: CrossrefServer, polite: Client) -> None:
    crossref = Crossref(polite, server.url)
    assert list(crossref.found_among([Doi(f"10.5555/none.{n}") for n in range(100)])) == []
    assert len(server.log) == 3
    assert max(len(a.path) for a in server.log) < 4000
