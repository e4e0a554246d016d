"""A works file as a source: by DOI, by words, and what it says of bad lines."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.containers.listed import Listed
from citetrack.errors import UnreadableSource
from citetrack.model import Doi, Outcome, PartialDate, Question
from citetrack.snapshot import open_works
from citetrack.snapshot.worksfile import open_file

if TYPE_CHECKING:
    from pathlib import Path

_RECORDS: list[dict[str, Any]] = [
    {"DOI": "10.5555/A", "title": ["Rest and recall in nurses"], "type": "journal-article",
     "author": [{"family": "Ruiz", "given": "Ana"}], "container-title": ["Sleep Science"],
     "issued": {"date-parts": [[2025, 4, 7]]}, "_note": "ignored"},
    {"DOI": "10.5555/b", "title": ["Tea and tides in ports"],
     "author": [{"family": "Okafor", "given": "Ben"}], "issued": {"date-parts": [[2019]]}},
    {"DOI": "10.5555/bare"},
    {"DOI": "10.5555/odd", "title": 5, "author": "x", "issued": {"date-parts": [[None]]}},
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "works.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in _RECORDS), encoding="utf-8")
    return file


def test_a_doi_is_found_in_any_letter_case_and_in_the_order_asked(path: Path) -> None:
    asked = [Doi.parse("10.5555/B"), Doi.parse("10.5555/none"), Doi.parse("10.5555/a")]
    answers = list(open_works(path).get(asked))
    assert [a.outcome for a in answers] == [Outcome.FOUND, Outcome.NOT_FOUND, Outcome.FOUND]
    assert [w.title for a in answers for w in a.works] == [
        "Tea and tides in ports", "Rest and recall in nurses",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        Question(authors=("Okafor",)),
        Question(words=("tides", "ports")),
        Question(titles=("Tea and tides",)),
        Question(years=(2019,)),
        Question(surnames=("okafor",)),
    ],
)
def test_a_work_is_found_by_author_words_title_and_year(path: Path, question: Question) -> None:
    assert open_works(path).search(question).works[0].doi.value == "10.5555/b"


def test_a_storys_month_leads_to_the_works_of_these_weeks(path: Path) -> None:
    question = Question(published=PartialDate(2025, 5, 1))
    assert [w.doi.value for w in open_works(path).search(question).works] == ["10.5555/a"]


def test_an_empty_question_and_an_empty_file_find_nothing(path: Path, tmp_path: Path) -> None:
    assert open_works(path).search(Question()).outcome is Outcome.NOT_FOUND
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert open_works(empty).search(Question(words=("tea",))).outcome is Outcome.NOT_FOUND


def test_lines_that_are_no_records_are_counted_with_their_number_and_cost_no_other(
    path: Path,
) -> None:
    path.write_text(f'{{"DOI": 5}}\n\nnot json\n[]\n{path.read_text()}{{"title": []}}\n')
    works = open_works(path)
    assert [b.number for b in works.broken] == [1, 3, 4, 9]
    assert len(works) == len(_RECORDS)


def test_a_packed_file_reads_alike_and_the_last_record_of_a_doi_counts(tmp_path: Path) -> None:
    twice = [*_RECORDS, {**_RECORDS[0], "title": ["Rest, corrected"]}]
    packed = tmp_path / "works.jsonl.gz"
    packed.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in twice).encode()))
    (answer,) = open_works(packed).get([Doi("10.5555/a")])
    assert answer.works[0].title == "Rest, corrected"


@pytest.mark.parametrize(
    "content", [None, b"\x1f\x8b\x08broken", gzip.compress(b"{}" * 99, mtime=0)[:-9]]
)
def test_a_file_that_cannot_be_read_is_named_in_one_sentence(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "works.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableSource, match=r"works\.jsonl\.gz"):
        open_works(path)
    with pytest.raises(UnreadableSource, match="is a folder"):
        open_works(tmp_path)


def test_a_file_names_the_journals_of_its_works_read_or_from_its_kept_index(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [Listed("Sleep Science")]
    assert open_file(path, None).containers() == told
    monkeypatch.setattr("citetrack.snapshot.worksfile._LEAST_KEPT", 1)
    monkeypatch.setattr("citetrack.snapshot.worksfile._SETTLED_NS", 0)
    for _ in range(2):
        kept = open_file(path, tmp_path / "cache")
        assert kept.containers() == told
        kept.close()
