"""Works found by their authors' full names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetrack.record.build import core_of
from citetrack.record.wire import convert
from citetrack.snapshot.asking import Query
from citetrack.snapshot.document import document_of
from citetrack.snapshot.index import HEAP_SMALL, Index
from citetrack.snapshot.terms import full_names, given_text

if TYPE_CHECKING:
    from citetrack.record.core import Core

#: Works by one or two authors, (family, given); the number of a work is its place.
AUTHORS: list[list[tuple[str, str | None]]] = [
    [("Smith", "Peter")],
    [("Smith", "John")],
    [("Smith", "J.")],
    [("Smith", "Jane A.")],
    [("Smith", "Wei"), ("Doe", "Jane")],
    [("O'Brien", "Una")],
    [("O'Brien", "Conor")],
    [("van der Berg", "Jan")],
    [("Berg", "Lotte")],
    [("Østergård", "Åse")],
    [("Østergård", "Nils")],
    [("Smith-Jones", "Jean-Paul")],
    [("Smith-Jones", "Ann")],
    [("Li", "Xiaoming")],
    [("Li", "Fang")],
    [("Smith", None), ("Ruiz", "Ana")],
    [("Smith", "Isabel"), *((f"Other{n}", "Bo") for n in range(30))],
    [("Stone", "Isabel")],
]


def core(authors: list[tuple[str, str | None]], number: int) -> Core:
    people = [{"family": family, "given": given} for family, given in authors]
    return core_of(convert({"DOI": f"10.5555/n.{number}", "author": people}))


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index(None)
    with made.writing(HEAP_SMALL) as writer:
        writer.add(document_of(n, core(authors, n)) for n, authors in enumerate(AUTHORS))
        writer.commit()
    return made


def found(index: Index, author: str, limit: int) -> list[int]:
    return [number for number, _ in index.search(Query(author=author).terms(), limit)]


@pytest.mark.parametrize(
    ("author", "first"),
    [
        ("Jane Smith", 3),
        ("Smith, Jane", 3),
        ("Dr Jane Smith", 3),
        ("JANE A. SMITH", 3),
        ("J. Smith", 2),
        ("Una O'Brien", 5),
        ("Jan van der Berg", 7),
        ("Lotte Berg", 8),
        ("Åse Østergård", 9),
        ("Aase Ostergard", 9),
        ("Jean-Paul Smith-Jones", 11),
        ("Li Xiaoming", 13),
        ("Xiaoming Li", 13),
    ],
)
def test_a_full_name_brings_its_bearer_first(index: Index, author: str, first: int) -> None:
    assert found(index, author, 1) == [first]


def test_after_the_full_name_its_initial_and_then_others_of_the_surname(index: Index) -> None:
    assert found(index, "Jane Smith", 20)[:2] == [3, 2]
    assert {0, 1, 4, 15} <= set(found(index, "Jane Smith", 20))


def test_one_of_many_authors_comes_before_others_of_the_surname_who_wrote_alone(
    index: Index,
) -> None:
    assert found(index, "Isabel Smith", 20)[0] == 16


def test_a_given_name_beside_another_surname_finds_nothing(index: Index) -> None:
    assert 17 not in found(index, "Isabel Smith", 20)
    assert found(index, "Isabel Nobody", 20) == []


def test_two_names_bring_the_work_of_both_before_those_of_one(index: Index) -> None:
    for asked in ("Wei Smith and Jane Doe", "Smith; Doe", "Smith & Doe", "Smith Doe"):
        assert found(index, asked, 1) == [4]


def test_a_surname_alone_tells_no_given_name(index: Index) -> None:
    assert full_names("Smith") == full_names("") == []
    assert {0, 1, 2, 3, 4, 15} <= set(found(index, "Smith", 20))


def test_an_author_without_a_given_name_or_a_group_has_no_full_name() -> None:
    group = core_of(convert({"DOI": "10.5555/g", "author": [{"name": "The Tide Group"}]}))
    assert given_text(group.authors) == given_text(core(AUTHORS[15], 1).authors[:1]) == ""


def test_a_document_may_leave_full_names_out_and_keeps_surnames() -> None:
    document = document_of(1, core([("Smith", "Jane")], 1), full_names=False)
    assert '"author":"Smith"' in document
    assert "sjane" not in document.lower()
