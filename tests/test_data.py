"""The sample stories and the measuring stories are sound, and say what they are."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from citetrack.model import Doi, PartialDate

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
EVAL = ROOT / "tests" / "eval"

WORKS = [DATA / "works.jsonl", EVAL / "works.jsonl"]
STORIES = [DATA / "stories.jsonl", EVAL / "stories.jsonl"]
CLUES = {"AJ", "A-", "-J", "--", "DOI", "none"}
DATES = ("issued", "published-online", "published-print", "posted")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", WORKS, ids=named)
def test_each_work_has_a_canonical_doi_of_its_own(path: Path) -> None:
    dois = [work["DOI"] for work in rows(path)]
    assert [Doi.parse(doi).value for doi in dois] == dois
    assert len(set(dois)) == len(dois)


@pytest.mark.parametrize("path", WORKS, ids=named)
def test_each_work_has_a_title_authors_and_dates_that_exist(path: Path) -> None:
    for work in rows(path):
        assert work["title"][0]
        assert all(a.get("family") or a.get("name") for a in work["author"]), work["DOI"]
        for kind in DATES:
            for parts in work.get(kind, {}).get("date-parts", []):
                PartialDate.parse("-".join(f"{p:02}" for p in parts))


@pytest.mark.parametrize("path", WORKS, ids=named)
def test_no_work_carries_an_abstract(path: Path) -> None:
    assert not [work["DOI"] for work in rows(path) if "abstract" in work]


@pytest.mark.parametrize("path", STORIES, ids=named)
def test_each_story_has_an_id_of_its_own_a_date_and_a_text(path: Path) -> None:
    stories = rows(path)
    assert all(n == 1 for n in Counter(story["id"] for story in stories).values())
    for story in stories:
        PartialDate.parse(story["published"])
        assert bool(story.get("text")) != bool(story.get("html")), story["id"]


def test_the_readme_of_the_samples_names_every_file() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    files = [p.name for p in DATA.iterdir() if p.name != "README.md" and p.name[0] != "."]
    assert not [name for name in files if f"`{name}`" not in readme]


def test_the_readme_of_the_samples_promises_no_doi_that_the_records_lack() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    known = {work["DOI"] for work in rows(DATA / "works.jsonl")}
    promised = {word for word in readme.split("`") if word.startswith("10.") and " " not in word}
    assert promised
    assert promised <= known


def test_the_sample_with_the_wrong_doi_prints_one_whose_record_is_at_hand() -> None:
    known = {work["DOI"] for work in rows(DATA / "works.jsonl")}
    text = (DATA / "friends-and-survival.txt").read_text(encoding="utf-8")
    assert {doi for doi in known if doi in text} == {"10.1371/journal.pmed.0020124"}


def test_the_measuring_stories_cover_every_clue_and_seven_languages() -> None:
    stories = rows(EVAL / "stories.jsonl")
    assert len(stories) >= 60
    assert {story["clue"] for story in stories} == CLUES
    languages = Counter(story["language"] for story in stories)
    assert min(languages[code] for code in ("de", "fr", "es")) >= 3
    assert min(languages[code] for code in ("pt", "it", "nl")) >= 2


def test_the_right_answers_are_in_the_pool_and_only_stories_without_a_study_have_none() -> None:
    pool = {work["DOI"] for work in rows(EVAL / "works.jsonl")}
    for story in rows(EVAL / "stories.jsonl"):
        assert bool(story["dois"]) == (story["clue"] != "none"), story["id"]
        assert set(story["dois"]) <= pool, story["id"]


def test_a_story_prints_a_doi_exactly_when_its_clue_says_so() -> None:
    for story in rows(EVAL / "stories.jsonl"):
        printed = [doi for doi in story["dois"] if doi in story["text"].lower()]
        expected = story["dois"] if story["clue"] == "DOI" else []
        assert printed == expected, story["id"]


def test_invented_works_and_only_they_lie_under_the_test_prefix() -> None:
    for work in rows(EVAL / "works.jsonl"):
        assert work["DOI"].startswith("10.5555/") == work.get("_invented", False), work["DOI"]


def test_the_form_of_an_invented_record_does_not_give_the_answers_away() -> None:
    answers = {doi for story in rows(EVAL / "stories.jsonl") for doi in story["dois"]}
    invented = [work for work in rows(EVAL / "works.jsonl") if work.get("_invented")]
    shapes = {
        is_answer: {
            tuple(key for key in work if key != "ISSN")
            for work in invented
            if (work["DOI"] in answers) == is_answer
        }
        for is_answer in (True, False)
    }
    assert shapes[True] == shapes[False]


def test_every_tag_is_told_in_the_readme() -> None:
    readme = (EVAL / "README.md").read_text(encoding="utf-8")
    tags = {tag for story in rows(EVAL / "stories.jsonl") for tag in story["tags"]}
    families = {f"{tag.partition(':')[0]}:…" if ":" in tag else tag for tag in tags}
    assert not [tag for tag in sorted(families) if f"`{tag}`" not in readme]
