"""DataCite's objects become works: of every shape seen, and of no shape at all."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.errors import MalformedRecord
from citetrack.model import Contributor, PartialDate, Work
from citetrack.record import work_from_datacite

if TYPE_CHECKING:
    from pathlib import Path


def work(**fields: Any) -> Work:
    return work_from_datacite({"data": {"attributes": {"doi": "10.5555/X", **fields}}})


@pytest.mark.parametrize(
    ("remark", "updates"),
    [
        ("This paper has been withdrawn by the author due to a crucial error in Lemma 3", 1),
        ("Withdrawn due to an error in the proof", 1),
        ("arXiv admin note: this article has been removed by arXiv administrators", 1),
        ("12 pages, 3 figures; a withdrawn version of this paper had 10", 0),
    ],
)
def test_a_remark_that_a_preprint_was_withdrawn_is_an_update(remark: str, updates: int) -> None:
    record = {
        "doi": "10.48550/arxiv.2501.00042",
        "publisher": "arXiv",
        "descriptions": [{"description": remark, "descriptionType": "Other"}],
    }
    assert [u.type for u in work_from_datacite(record).updates] == ["withdrawal"] * updates


def test_a_preprint_has_its_server_its_day_and_its_kind() -> None:
    preprint = work(
        titles=[{"title": "Snails <i>and</i> tea"}, {"title": "A trial", "titleType": "Subtitle"}],
        creators=[
            {"name": "Ray, Ann", "givenName": "Ann", "familyName": "Ray", "nameType": "Personal"},
            {"name": "The Snail Group", "nameType": "Organizational"},
        ],
        publisher="arXiv",
        publicationYear=2019,
        dates=[
            {"date": "2019-02-07T09:22:51Z", "dateType": "Submitted"},
            {"date": "2019-06-21T06:21:52Z", "dateType": "Submitted"},
            {"date": "2019-02", "dateType": "Available"},
            {"date": "2019", "dateType": "Issued"},
        ],
        types={"resourceTypeGeneral": "Preprint", "resourceType": "Article"},
        descriptions=[{"description": "Slow.", "descriptionType": "Abstract"}],
        url="https://arxiv.org/abs/1902.1",
    )
    assert (preprint.type, preprint.subtype) == ("article", "preprint")
    assert (preprint.title, preprint.subtitle) == ("Snails and tea", "A trial")
    assert preprint.authors == (
        Contributor("Ray", "Ann"),
        Contributor(literal="The Snail Group"),
    )
    assert preprint.containers == ("arXiv",)
    assert preprint.issued == PartialDate(2019, 2, 7)
    assert (preprint.abstract, preprint.landing_url) == ("Slow.", "https://arxiv.org/abs/1902.1")


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ({"resourceTypeGeneral": "Dataset"}, "dataset"),
        ({"resourceTypeGeneral": "Text", "resourceType": "JournalArticle"}, "article-journal"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Thesis"}, "thesis"),
        ({"resourceTypeGeneral": "Text"}, "document"),
        ({"resourceTypeGeneral": "Software"}, "software"),
        ({}, "document"),
    ],
)
def test_types_are_told_in_csl_words(types: dict[str, str], kind: str) -> None:
    assert work(types=types).type == kind


def test_a_journal_article_has_its_container_and_pages() -> None:
    article = work(
        container={
            "type": "Journal", "title": "Snail Cycles", "volume": "29", "issue": "7",
            "firstPage": "994", "lastPage": "1013", "identifier": "08866236",
            "identifierType": "ISSN",
        },
        publisher="(:unav)",
    )  # fmt: skip
    assert (article.container, article.volume, article.issue) == ("Snail Cycles", "29", "7")
    assert (article.page, article.issn, article.publisher) == ("994-1013", ("0886-6236",), None)


@pytest.mark.parametrize(
    ("printed", "relation"),
    [
        ("IsVersionOf", "is-version-of"),
        ("IsPreviousVersionOf", "is-previous-version-of"),
        ("IsNewVersionOf", "is-new-version-of"),
        ("IsPreprintOf", "is-preprint-of"),
        ("IsPublishedIn", "is-published-in"),
        ("IsObsoletedBy", "is-replaced-by"),
        ("References", None),
        ("Cites", None),
    ],
)
def test_relations_are_told_in_crossrefs_words(printed: str, relation: str | None) -> None:
    entry = {
        "relationType": printed,
        "relatedIdentifier": "https://doi.org/10.5555/Y",
        "relatedIdentifierType": "DOI",
    }
    relations = work(
        relatedIdentifiers=[entry, {**entry, "relatedIdentifierType": "URL"}]
    ).relations
    assert relations == (((relation, "10.5555/y"),) if relation else ())


def test_what_is_submitted_elsewhere_is_not_the_day_of_publication() -> None:
    dates = [
        {"date": "2016-01-01", "dateType": "Submitted"},
        {"date": "2017", "dateType": "Issued"},
    ]
    thesis = work(publicationYear=2017, dates=dates, types={"resourceTypeGeneral": "Dissertation"})
    assert thesis.issued == PartialDate(2017)


@pytest.mark.parametrize("value", [None, 7, "text", [], {}, [None], [7], [[]], {"a": None}, True])
def test_fields_of_any_shape_cost_the_field_and_not_the_record(value: object) -> None:
    names = (
        "titles creators publisher container publicationYear dates types descriptions language"
        " relatedIdentifiers url"
    ).split()
    assert work(**dict.fromkeys(names, value)).doi.value == "10.5555/x"


def test_the_doi_may_stand_beside_the_attributes() -> None:
    assert work_from_datacite({"data": {"id": "10.5555/X", "attributes": {}}}).doi.value == (
        "10.5555/x"
    )


@pytest.mark.parametrize(
    "message", [None, [], "text", {}, {"data": None}, {"data": []}, {"data": {"attributes": {}}}]
)
def test_what_is_no_record_is_said(message: Any) -> None:
    with pytest.raises(MalformedRecord):
        work_from_datacite(message)


@pytest.mark.shared
def test_every_record_seen_is_read(shared: Path) -> None:
    with gzip.open(shared / "crossref" / "datacite-examples.jsonl.gz") as file:
        works = [work_from_datacite(json.loads(line)) for line in file]
    assert len(works) > 50
    assert all(w.title for w in works)
    assert sum(bool(w.issued) for w in works) >= len(works) - 1  # one has no date at all
    assert sum(bool(w.authors) for w in works) > 0.9 * len(works)
    assert {w.subtype for w in works if w.doi.value.startswith("10.48550")} == {"preprint"}
