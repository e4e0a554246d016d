"""All registries failing in all ways at once: nothing false is said, and no story is lost."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.pipeline import check_all
from crossref_pools import Fault
from crossref_samples import WIDE
from crossref_server import CANNED

if TYPE_CHECKING:
    from pathlib import Path

    from crossref_server import CrossrefServer

pytestmark = pytest.mark.usefixtures("quick")
#: What is printed -> what is true of it; "retracted" is found, and retracted by a notice.
TRUTH = {
    "DOI: 10.5555/good.1": "exact",
    "DOI: 10.5555/good.2": "exact",
    "DOI: 10.5555/old": "exact",
    "DOI: 10.5555/bad.1": "retracted",
    "DOI: 10.5555/bad.2": "retracted",
    "DOI: 10.5555/gone": "not_found",
    "DOI: 10.3205/elsewhere": "unchecked",
    "DOI: 10.48550/arXiv.2501.00042": "exact",
    "DOI: 10.5281/zenodo.9": "not_found",
    "PMID: 12345678": "exact",
    "PMID: 999999": "unchecked",
}
KINDS = [*CANNED, "truncated", "cut", "429-seconds"]
ROUTES = ["/works/", "/works?", "/agency", "updates", "doi%3A", "/ra/", "/dois/", "/idconv", ""]


def paper(doi: str, **more: Any) -> dict[str, Any]:
    title = f"Tea slows snails, part {doi[-1]}"
    return {"DOI": doi, "type": "journal-article", "title": [title], **more}


def notice(doi: str) -> dict[str, Any]:
    entry = {"DOI": doi, "type": "retraction"}
    return {"DOI": f"{doi}.notice", "title": ["Notice"], "update-to": [entry]}


@pytest.fixture
def served(crossref_server: CrossrefServer) -> CrossrefServer:
    crossref_server.pools = WIDE
    crossref_server.load(
        [
            paper("10.5555/good.1"),
            paper("10.5555/good.2", aliases=["10.5555/old"]),
            *(paper(f"10.5555/bad.{n}") for n in (1, 2)),
            *(notice(f"10.5555/bad.{n}") for n in (1, 2)),
        ]
    )
    crossref_server.agencies = {"10.3205": "medra", "10.48550": "datacite", "10.5281": "datacite"}
    others = crossref_server.others
    others.agencies = {
        "10.3205/elsewhere": "mEDRA",
        "10.48550/arxiv.2501.00042": "DataCite",
        **dict.fromkeys(("10.5555/good.1", "10.5555/bad.1"), "Crossref"),
    }
    others.records = [{"doi": "10.48550/arxiv.2501.00042", "titles": [{"title": "Tea"}]}]
    others.articles = [{"pmid": 12345678, "pmcid": "PMC1234567", "doi": "10.5555/good.1"}]
    return crossref_server


@pytest.mark.parametrize("seed", range(10))
def test_under_mixed_faults_nothing_false_is_said_and_no_story_is_lost(
    served: CrossrefServer, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    printed = [dice.choice([*TRUTH]) for _ in range(24)]
    path = tmp_path / "stories.jsonl"
    stories = ({"text": f"Tea and snails\n\nA study of snails.\n\n{p}\n"} for p in printed)
    path.write_text("\n".join(json.dumps(s) for s in stories), encoding="utf-8")
    served.faults = [
        Fault(dice.choice(KINDS), dice.choice(ROUTES), dice.choice([1, 2, 5, 40]), 3600)
        for _ in range(dice.randint(1, 6))
    ]
    url = served.url
    reports = check_all(
        [path],
        crossref_url=url,
        datacite_url=url,
        doi_url=url,
        pmc_url=f"{url}/idconv/",
        db=tmp_path / "t.db",
        timeout=2.0,
    )
    found = [r.to_dict() for r in reports]
    assert len(found) == len(printed)
    for said, report in zip(printed, found, strict=True):
        check_truth(TRUTH[said], report)


def check_truth(true: str, report: dict[str, Any]) -> None:
    assert report["error"] is None
    (reference,) = report["references"]
    codes = {f["code"] for f in report["findings"]}
    found = "exact" if true == "retracted" else true
    assert reference["status"] in {found, "unchecked"}
    assert ("CT101" in codes) == (reference["status"] == "not_found")
    assert ("CT901" in codes) == (
        reference["status"] == "unchecked"
        or (reference["status"] == "exact" and not reference["updates_checked"])
    )
    if reference["updates_checked"]:
        assert ("CT201" in codes) == (true == "retracted")
        assert reference["work_status"] == ("retracted" if true == "retracted" else "ok")
    elif reference["status"] == "exact":
        assert reference["work_status"] == "unknown"
