"""Whose a DOI is, through the whole program: Crossref, doi.org, DataCite, PubMed Central."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from citetrack.config import Settings
from citetrack.pipeline import Checker
from citetrack.report.card import card
from crossref_samples import WIDE
from crossref_server import CANNED, CrossrefServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ARXIV = {
    "doi": "10.48550/arXiv.2501.00042",
    "titles": [{"title": "Tea slows snails: a preprint"}],
    "creators": [
        {"name": "Ray, Ann", "givenName": "Ann", "familyName": "Ray", "nameType": "Personal"}
    ],
    "publisher": "arXiv",
    "publicationYear": 2025,
    "dates": [{"date": "2025-01-02T09:22:51Z", "dateType": "Submitted"}],
    "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article"},
    "descriptions": [{"description": "Snails slow down.", "descriptionType": "Abstract"}],
    "url": "https://arxiv.org/abs/2501.00042",
}
ZENODO = {
    "doi": "10.5281/zenodo.42",
    "titles": [{"title": "Speeds of snails"}],
    "creators": [{"name": "Moe, Bo"}],
    "publisher": "Zenodo",
    "publicationYear": 2024,
    "types": {"resourceTypeGeneral": "Dataset"},
}
PAPER = {
    "DOI": "10.5555/tea",
    "type": "journal-article",
    "title": ["Tea slows snails: a randomized trial"],
    "author": [{"family": "Ray", "given": "Ann"}],
    "container-title": ["Journal of Made-up Biology"],
    "issued": {"date-parts": [[2025, 4, 7]]},
}
AGENCIES = {
    "10.48550": "datacite", "10.5281": "datacite", "10.3205": "medra", "10.11000": "jalc",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def served(crossref_server: CrossrefServer) -> CrossrefServer:
    crossref_server.pools = WIDE
    crossref_server.load([PAPER])
    crossref_server.agencies = dict(AGENCIES)
    crossref_server.others.records = [ARXIV, ZENODO]
    crossref_server.others.articles = [
        {"pmcid": "PMC1234567", "pmid": 12345678, "doi": "10.5555/TEA"},
        {"pmcid": "PMC7654321", "pmid": 87654321},
    ]
    return crossref_server


@pytest.fixture
def checked(served: CrossrefServer, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Check a story that says what it is given, with answers kept in one tracker."""

    def run(said: str, **settings: Any) -> dict[str, Any]:
        path = tmp_path / "story.txt"
        path.write_text(f"Tea slows snails\n\nA study says that tea slows snails.\n\n{said}\n")
        url = served.url
        options = {
            "crossref_url": url, "datacite_url": url, "doi_url": url, "pmc_url": f"{url}/idconv/",
            "mailto": "desk@news.example", "db": tmp_path / "t.db", "timeout": 2.0, **settings,
        }  # fmt: skip
        with Checker(Settings(**options)) as checker:
            (item,) = checker.reader().read(str(path))
            report = checker.check(item).to_dict()
        return json.loads(json.dumps(report))  # type: ignore[no-any-return]

    return run


def codes(report: dict[str, Any]) -> list[str]:
    return [f["code"] for f in report["findings"]]


# ---------------------------------------------------------------- DataCite


@pytest.mark.parametrize(
    ("said", "doi"),
    [
        ("DOI: 10.48550/arXiv.2501.00042", "10.48550/arxiv.2501.00042"),
        ("See arXiv:2501.00042v3", "10.48550/arxiv.2501.00042"),
        ("Data: https://doi.org/10.5281/zenodo.42", "10.5281/zenodo.42"),
    ],
)
def test_a_work_of_datacite_is_judged_like_any_other(
    checked: Callable[..., dict[str, Any]], said: str, doi: str
) -> None:
    report = checked(said)
    (reference,) = report["references"]
    assert (reference["status"], reference["doi"]) == ("exact", doi)
    assert {"source": "datacite", "query": doi, "outcome": "found"} in report["lookups"]
    assert not {"CT101", "CT901"} & set(codes(report))
    assert reference["updates_checked"] is True


def test_a_preprint_of_arxiv_is_told_as_one(checked: Callable[..., dict[str, Any]]) -> None:
    report = checked("DOI: 10.48550/arXiv.2501.00042")
    assert report["references"][0]["work"]["container-title"] == "arXiv"
    assert "CT401" in codes(report)


# ---------------------------------------------------------------- other agencies


@pytest.mark.parametrize(
    ("prefix", "agency"),
    [("10.3205", "mEDRA"), ("10.11000", "JaLC"), ("10.5012", "KISTI"), ("10.3969", "ISTIC")],
)
def test_a_doi_of_another_agency_is_unchecked_with_the_agency_named(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer, prefix: str, agency: str
) -> None:
    served.agencies[prefix] = agency
    report = checked(f"DOI: {prefix}/snails.7")
    assert report["references"][0]["status"] == "unchecked"
    assert report["references"][0]["agency"] == agency
    assert "CT101" not in codes(report)
    (finding,) = [f for f in report["findings"] if f["code"] == "CT901"]
    assert agency in finding["message"]


@pytest.mark.parametrize("agency", ["mEDRA", "DataCite", None])
def test_doi_org_is_asked_where_crossref_cannot_say(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer, agency: str | None
) -> None:
    served.fail("500", on="/agency")
    doi = "10.48550/arxiv.2501.00042" if agency == "DataCite" else "10.5555/gone"
    if agency:
        served.others.agencies[doi] = agency
    report = checked(f"DOI: {doi}")
    status = {"mEDRA": "unchecked", "DataCite": "exact", None: "not_found"}[agency]
    assert report["references"][0]["status"] == status
    assert "doi.org" in {x["source"] for x in report["lookups"]}
    assert ("CT101" in codes(report)) == (agency is None)


def test_a_doi_that_crossref_registered_and_has_no_record_of_is_not_called_missing(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer
) -> None:
    served.fail("500", on="/agency")
    served.others.agencies["10.5555/new"] = "Crossref"
    report = checked("DOI: 10.5555/new")
    assert report["references"][0]["status"] == "unchecked"
    assert "no record of it yet" in report["references"][0]["why"]


@pytest.mark.parametrize(("exists", "status"), [(True, "unchecked"), (False, "not_found")])
def test_a_prefix_of_datacite_does_not_prove_that_the_doi_exists(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer, *, exists: bool, status: str
) -> None:
    if exists:
        served.others.agencies["10.5281/zenodo.9"] = "DataCite"
    report = checked("DOI: 10.5281/zenodo.9")
    assert report["references"][0]["status"] == status
    if exists:
        assert "DataCite" in report["findings"][0]["message"]


@pytest.mark.parametrize(
    ("doi", "status"),
    [("10.48550/arXiv.2501.00042", "exact"), ("10.48550/arXiv.2501.99999", "not_found")],
)
def test_datacite_is_asked_before_an_arxiv_doi_is_called_unregistered(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer, doi: str, status: str
) -> None:
    served.agencies.clear()
    report = checked(f"DOI: {doi}")
    assert report["references"][0]["status"] == status
    assert "datacite" in {x["source"] for x in report["lookups"]}


# ---------------------------------------------------------------- PubMed


@pytest.mark.parametrize("said", ["PMID: 12345678", "PMCID: PMC1234567"])
def test_a_pubmed_number_leads_to_the_doi(
    checked: Callable[..., dict[str, Any]], said: str
) -> None:
    report = checked(said)
    (reference,) = report["references"]
    assert (reference["status"], reference["doi"]) == ("exact", "10.5555/tea")
    assert "pmc" in {x["source"] for x in report["lookups"] if x["outcome"] == "found"}


@pytest.mark.parametrize("said", ["PMID: 999999", "PMCID: PMC7654321"])
def test_a_pubmed_number_without_a_doi_is_unchecked_not_missing(
    checked: Callable[..., dict[str, Any]], said: str
) -> None:
    report = checked(said)
    assert report["references"][0]["status"] == "unchecked"
    assert "PubMed Central knows no DOI" in report["references"][0]["why"]


def test_all_pubmed_numbers_of_a_story_are_asked_at_once(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer
) -> None:
    report = checked("PMID: 12345678\n\nPMID: 87654321\n\nPMID: 11111111")
    assert len(report["references"]) == 3
    asked = [a.params["ids"] for a in served.log if a.path.startswith("/idconv")]
    assert asked == ["12345678,87654321,11111111"]


# ---------------------------------------------------------------- kept answers

EVERYTHING = """DOI: 10.5555/tea

DOI: 10.48550/arXiv.2501.00042

DOI: 10.3205/snails.7

DOI: 10.5555/gone

PMID: 12345678

PMID: 87654321

DOI: 10.5281/zenodo.9
"""


def test_a_second_run_asks_nothing_of_anybody(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer
) -> None:
    first = checked(EVERYTHING)
    asked = len(served.log)
    assert asked > 10
    assert checked(EVERYTHING) == first
    assert len(served.log) == asked
    assert checked(EVERYTHING, refresh=True) == first
    assert len(served.log) > asked


def test_offline_kept_answers_of_all_registries_are_given(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer
) -> None:
    first = checked(EVERYTHING)
    asked = len(served.log)
    offline = checked(EVERYTHING, offline=True)
    assert [r["status"] for r in offline["references"]] == [
        r["status"] for r in first["references"]
    ]
    assert len(served.log) == asked


# ---------------------------------------------------------------- faults

FAULTS = [*CANNED, "429-seconds", "truncated", "cut"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    "asked",
    [
        ("/dois/", "DOI: 10.48550/arXiv.2501.00042"),
        ("/idconv", "PMID: 12345678"),
        ("/idconv", "PMCID: PMC7654321"),
    ],
)
def test_a_fault_of_any_registry_is_unchecked_and_never_missing(
    checked: Callable[..., dict[str, Any]],
    served: CrossrefServer,
    fault: str,
    asked: tuple[str, str],
) -> None:
    route, said = asked
    served.fail(fault, on=route, seconds=3600)
    report = checked(said)
    assert report["references"][0]["status"] == "unchecked"
    assert "CT901" in codes(report)
    assert "CT101" not in codes(report)
    served.faults.clear()
    assert checked("DOI: 10.5555/tea")["references"][0]["status"] == "exact"


@pytest.mark.parametrize("fault", FAULTS)
def test_without_doi_org_nothing_is_called_missing(
    checked: Callable[..., dict[str, Any]], served: CrossrefServer, fault: str
) -> None:
    served.fail(fault, on="/ra/", seconds=3600)
    served.fail("500", on="/agency")
    assert checked("DOI: 10.5555/gone")["references"][0]["status"] == "unchecked"


# ---------------------------------------------------------------- in the card


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("DOI: 10.5555/tea", 'DOI "10.5555/tea"'),
        ("DOI: 10.5555/old-tea", 'DOI "10.5555/old-tea" = 10.5555/tea'),
        ("PMID: 12345678", "PMID 12345678;"),
        ("PMCID: PMC1234567", "PMCID PMC1234567;"),
        ("arXiv:2501.00042", "arXiv 2501.00042"),
    ],
)
def test_the_card_says_by_which_number_a_study_is_known(
    served: CrossrefServer, tmp_path: Path, printed: str, why: str
) -> None:
    served.load([{**PAPER, "aliases": ["10.5555/old-tea"]}])
    story = tmp_path / "story.txt"
    story.write_text(f"Tea and snails\n\nA study of snails says so.\n\n{printed}\n", "utf-8")
    bases = {"crossref_url": served.url, "datacite_url": served.url, "doi_url": served.url}
    settings = Settings(**bases, pmc_url=f"{served.url}/idconv/")  # type: ignore[arg-type]
    with Checker(settings) as checker:
        (item,) = checker.reader().read(str(story))
        shown = StringIO()
        Console(file=shown, width=80).print(card(checker.check(item), today="2026-11-25"))
    (line,) = (x.strip() for x in shown.getvalue().splitlines() if x.startswith("  why"))
    assert line.partition(" ")[2].strip().startswith(why)
