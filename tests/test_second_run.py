"""What was asked is not asked again: every command, every kind of story, one tracker."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from citetrack.config import Settings
from citetrack.pipeline import Checker
from crossref_samples import WIDE, WORKS
from test_status import _run

if TYPE_CHECKING:
    from pathlib import Path

    from crossref_server import CrossrefServer

pytestmark = pytest.mark.usefixtures("quick")
PRINTED = [
    "DOI: 10.5555/tea",
    "DOI: 10.5555/preprint-of-tea",
    "DOI: 10.5555/unregistered",
    "DOI: 10.5555/a,b",
    "DOI: 10.3205/elsewhere",
    "DOI: 10.5281/zenodo.9",
    "https://arxiv.org/abs/2501.00042",
    "PMID: 12345678",
    "DOI: 10.1101/2025.1",
    "The study by Ann Ray is in the Journal of Made-up Biology.",
    "A paper about walruses is in the Journal of Nowhere, said Bo Nobody.",
]
DOIS = ["10.5555/tea", "10.5555/unregistered", "10.3205/elsewhere", "10.1101/2025.1", "10.5555/a,b"]
PREPRINT = {
    "DOI": "10.1101/2025.1",
    "type": "posted-content",
    "subtype": "preprint",
    "title": ["Milk slows snails"],
    "author": [{"family": "Ray", "given": "Ann"}],
}


@pytest.fixture
def env(crossref_server: CrossrefServer, tmp_path: Path) -> dict[str, str]:
    server = crossref_server
    server.pools = WIDE
    server.load([*WORKS, PREPRINT, {"DOI": "10.5555/a,b", "title": ["Comma"]}])
    server.agencies = {"10.3205": "medra", "10.48550": "datacite", "10.5281": "datacite"}
    others = server.others
    others.agencies = {"10.3205/elsewhere": "mEDRA", "10.48550/arxiv.2501.00042": "DataCite"}
    others.records = [{"doi": "10.48550/arxiv.2501.00042", "titles": [{"title": "Tea"}]}]
    others.articles = [{"pmid": 12345678, "pmcid": "PMC1234567", "doi": "10.5555/tea"}]
    bases = dict.fromkeys(("CROSSREF", "DATACITE", "DOI"), server.url)
    urls = {f"CITETRACK_{name}_URL": url for name, url in bases.items()}
    return {
        **urls,
        "CITETRACK_PMC_URL": f"{server.url}/idconv/",
        "CITETRACK_DB": str(tmp_path / "tracker.db"),
    }


def test_a_second_run_of_every_command_asks_nothing_and_says_the_same(
    crossref_server: CrossrefServer, env: dict[str, str], tmp_path: Path
) -> None:
    stories = tmp_path / "stories.jsonl"
    told = [f"Tea and snails\n\nA study of snails says so.\n\n{p}\n" for p in PRINTED]
    stories.write_text("\n".join(json.dumps({"text": t}) for t in told), encoding="utf-8")
    commands = [
        ("check", str(stories), "--json", "--save"),
        ("status", *DOIS),
        ("versions", *DOIS, "--search"),
        ("cite", *DOIS),
        ("find", "tea", "snails"),
        ("watch",),
    ]
    first = [_run(*command, **env) for command in commands]
    assert len(crossref_server.log) > len(PRINTED)
    crossref_server.log.clear()
    for command, before in zip(commands, first, strict=True):
        again = _run(*command, **env)
        assert (command[0], crossref_server.log) == (command[0], [])
        if command[0] != "watch":  # which tells of its first look
            assert (again.stdout, again.return_value) == (before.stdout, before.return_value)
    for printed in told:  # each story alone, as another run reads it
        story = tmp_path / "story.txt"
        story.write_text(printed, encoding="utf-8")
        _run("check", str(story), **env)
        assert (printed, crossref_server.log) == (printed, [])


@pytest.mark.usefixtures("env")
def test_a_record_is_good_for_thirty_days_and_what_may_change_any_day_for_one(
    crossref_server: CrossrefServer, tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Tea\n\nA study.\n\nDOI: 10.5555/tea, 10.5555/unregistered\n", "utf-8")
    url, db = crossref_server.url, tmp_path / "t.db"
    settings = Settings(crossref_url=url, datacite_url=url, doi_url=url, db=db)
    start = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
    new = {"/works/10.5555/tea", "/works/10.5555/unregistered", "updates:10.5555/tea"}
    asked_after = {
        dt.timedelta(0): new,
        dt.timedelta(hours=23): set(),
        dt.timedelta(hours=25): new - {"/works/10.5555/tea"},
        dt.timedelta(days=29): new - {"/works/10.5555/tea"},
        dt.timedelta(days=31): new,
    }
    for later, expected in asked_after.items():
        crossref_server.log.clear()
        with Checker(settings, now=lambda since=later: start + since) as checker:  # type: ignore[misc]
            (item,) = checker.reader().read(str(story))
            checker.check(item)
        asked = {unquote(a.path.partition("?")[0]) for a in crossref_server.log}
        asked |= {a.params.get("filter", "") for a in crossref_server.log}
        assert asked & new == expected, later
