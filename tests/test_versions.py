"""Preprint and article: by relations, by title and authors, and what the story says of review."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.config import Settings
from citetrack.model import Doi, Version
from citetrack.pipeline import Checker
from citetrack.record import work_from_crossref
from citetrack.versions import related, same_study
from crossref_samples import WIDE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crossref_server import CrossrefServer

pytestmark = pytest.mark.usefixtures("quick")
TITLE = "Tea slows garden snails in a randomized trial"


def record(doi: str, relation: str | None = None, other: str = "", **more: Any) -> dict[str, Any]:
    relations = {relation: [{"id-type": "doi", "id": other}]} if relation else {}
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [TITLE],
        "author": [{"family": "Ray", "given": "Ann"}, {"family": "Moe", "given": "Bo"}],
        "container-title": ["Journal of Made-up Biology"],
        "issued": {"date-parts": [[2025, 4, 7]]},
        "relation": relations,
        **more,
    }


def preprint(doi: str, relation: str | None = None, other: str = "", **more: Any) -> dict[str, Any]:
    return record(
        doi,
        relation,
        other,
        **{
            "type": "posted-content",
            "subtype": "preprint",
            "container-title": [],
            "issued": {"date-parts": [[2024, 10, 1]]},
            **more,
        },
    )


# ---------------------------------------------------------------- from the record


@pytest.mark.parametrize(
    ("relation", "kind"),
    [
        ("is-preprint-of", "article"),
        ("has-preprint", "preprint"),
        ("is-version-of", "version"),
        ("is-replaced-by", "version"),
        ("has-review", None),
        ("is-supplemented-by", None),
    ],
)
def test_the_record_names_its_versions(relation: str, kind: str | None) -> None:
    work = work_from_crossref(record("10.5555/a", relation, "10.5555/B"))
    expected = (Version("10.5555/b", kind, relation),) if kind else ()
    assert related(work) == expected


def test_a_work_is_no_version_of_itself_and_each_is_named_once() -> None:
    relation = {
        "is-version-of": [{"id-type": "doi", "id": x} for x in ("10.5555/A", "10.5555/b")],
        "is-preprint-of": [{"id-type": "doi", "id": "10.5555/b"}],
        "has-version": [{"id-type": "uri", "id": "https://example.org/1"}],
    }
    work = work_from_crossref({**record("10.5555/a"), "relation": relation})
    assert related(work) == (Version("10.5555/b", "article", "is-preprint-of"),)


# ---------------------------------------------------------------- by title and authors


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"title": ["Tea slows the garden snails in a randomised trial"]}, True),
        ({"title": ["Coffee hastens garden slugs in a randomized trial"]}, False),
        ({"author": [{"family": "Poe", "given": "Cy"}]}, False),
        ({"author": [{"family": "Moe", "given": "Bo"}, {"family": "Ray", "given": "A."}]}, True),
        ({"author": [{"family": "Poe"}, {"family": "Moe"}]}, False),
        ({"author": []}, False),
        ({"title": ["Tea"]}, False),
    ],
)
def test_title_and_authors_tell_one_study(change: dict[str, Any], *, same: bool) -> None:
    one = work_from_crossref(record("10.5555/a"))
    other = work_from_crossref({**preprint("10.5555/b"), **change})
    assert same_study(one, other) is same
    assert same_study(other, one) is same


def test_short_titles_tell_nothing() -> None:
    one, other = ({**record(f"10.5555/{x}"), "title": ["Editor's note"]} for x in "ab")
    assert not same_study(work_from_crossref(one), work_from_crossref(other))


# ---------------------------------------------------------------- in a story


@pytest.fixture
def codes(crossref_server: CrossrefServer, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Return what is found in a story that cites a DOI, as code and message."""

    def run(
        records: list[dict[str, Any]], doi: str, said: str = "", day: str = "2025-01-10"
    ) -> Any:
        crossref_server.pools = WIDE
        crossref_server.load(records)
        story = tmp_path / "story.jsonl"
        text = f"Tea slows garden snails\n\nA study of snails says so. {said}\n\nDOI: {doi}\n"
        story.write_text(json.dumps({"text": text, "published": day}), encoding="utf-8")
        settings = Settings(crossref_url=crossref_server.url, mailto="desk@news.example")
        with Checker(settings) as checker:
            (item,) = checker.reader().read(str(story))
            return {f.code: f.message for f in checker.check(item).findings}

    return run


def test_a_preprint_that_the_story_does_not_call_one(codes: Callable[..., dict[str, str]]) -> None:
    records = [preprint("10.5555/p")]
    assert "CT401" in codes(records, "10.5555/p")
    assert "CT401" not in codes(records, "10.5555/p", "It has not yet been peer reviewed.")
    assert "CT402" not in codes(records, "10.5555/p")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-01-10", "was not peer reviewed when the story ran. It has been published since as"),
        ("2025-06-01", "had been published as"),
    ],
)
def test_what_a_preprint_has_become_is_told(
    codes: Callable[..., dict[str, str]], day: str, said: str
) -> None:
    records = [preprint("10.5555/p", "is-preprint-of", "10.5555/a"), record("10.5555/a")]
    found = codes(records, "10.5555/p", day=day)
    assert said in found["CT402"]
    assert "10.5555/a (Journal of Made-up Biology, 7 April 2025)" in found["CT402"]


def test_without_a_relation_title_and_authors_make_it_probable(
    codes: Callable[..., dict[str, str]],
) -> None:
    found = codes([preprint("10.5555/p"), record("10.5555/a")], "10.5555/p")
    assert "probably been published since as 10.5555/a" in found["CT402"]
    assert "no record links the two" in found["CT402"]


def test_an_article_that_cannot_be_read_is_still_named(
    codes: Callable[..., dict[str, str]],
) -> None:
    found = codes([preprint("10.5555/p", "is-preprint-of", "10.5555/gone")], "10.5555/p")
    assert "10.5555/gone" in found["CT402"]


def test_the_preprint_of_a_retracted_paper_is_told(codes: Callable[..., dict[str, str]]) -> None:
    by = [{"DOI": "10.5555/n", "type": "retraction", "updated": {"date-parts": [[2025, 9, 1]]}}]
    article = {**record("10.5555/a"), "updated-by": by}
    found = codes([preprint("10.5555/p", "is-preprint-of", "10.5555/a"), article], "10.5555/p")
    assert "was retracted as an article (10.5555/a) on 1 September 2025" in found["CT201"]


def test_a_retracted_preprint_is_told_as_what_it_is(codes: Callable[..., dict[str, str]]) -> None:
    by = [{"DOI": "10.5555/n", "type": "withdrawal", "updated": {"date-parts": [[2025, 9, 1]]}}]
    found = codes([{**preprint("10.5555/p"), "updated-by": by}], "10.5555/p")
    assert "was withdrawn on 1 September 2025" in found["CT201"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The work has not yet been peer reviewed.", True),
        ("Sie ist noch nicht begutachtet.", True),
        ("It went through peer review.", False),
        ("The pill was not reviewed by the agency.", False),
    ],
)
def test_not_yet_reviewed_is_compared_with_the_record(
    codes: Callable[..., dict[str, str]], said: str, *, told: bool
) -> None:
    found = codes([record("10.5555/a")], "10.5555/a", said, day="2025-05-01")
    assert ("CT402" in found) is told
    if told:
        assert "is that of an article of 7 April 2025" in found["CT402"]


def test_versions_are_known_without_a_story(crossref_server: CrossrefServer) -> None:
    crossref_server.pools = WIDE
    crossref_server.load([preprint("10.5555/p"), record("10.5555/a", "has-preprint", "10.5555/q"),
                          preprint("10.5555/q")])  # fmt: skip
    with Checker(Settings(crossref_url=crossref_server.url)) as checker:
        (work,) = checker.registry.record_of(Doi("10.5555/a")).works
        named = checker.registry.versions_of(work)
        assert [(v.doi, v.kind, v.relation) for v in named] == [
            ("10.5555/q", "preprint", "has-preprint")
        ]
        assert named[0].work is not None
        more = checker.registry.versions_of(work, search=True)
        assert [(v.doi, v.relation) for v in more[1:]] == [("10.5555/p", "same-title")]
