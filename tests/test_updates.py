"""What happened to a paper: a table of cases, through the registries and the checks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.checks import retraction, run_checks
from citetrack.http import Client
from citetrack.model import Article, Citation, Doi, PartialDate, Question, Reference, Status, Update
from citetrack.pipeline.answers import Answers, Kept
from citetrack.pipeline.registry import Registry
from citetrack.record import work_from_crossref
from citetrack.updates import merged, standing
from citetrack.works.crossref import Crossref
from citetrack.works.retraction_watch import RetractionWatch, open_file
from crossref_samples import WIDE
from crossref_server import CrossrefServer
from local_site import QUICK, RUSH
from retraction_rows import watched, write_csv
from update_cases import CASES, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)


def doi(case: Case, name: str) -> str:
    """Return the DOI that a name stands for in a case."""
    if name.startswith("10."):
        return name
    return f"10.5555/{case.name}" + ("" if name == "self" else f".{name}")


def placed(case: Case, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**x, "DOI": doi(case, x["DOI"])} for x in entries]


def paper(case: Case) -> dict[str, Any]:
    return {
        "DOI": doi(case, "self"),
        "type": "journal-article",
        "title": [case.title],
        "updated-by": placed(case, case.by),
        "update-to": placed(case, case.to),
        **case.more,
    }


def notices(case: Case) -> Iterator[dict[str, Any]]:
    for name in dict.fromkeys(x["DOI"] for x in case.notices):
        about = [{**x, "DOI": doi(case, "self")} for x in case.notices if x["DOI"] == name]
        yield {"DOI": doi(case, name), "title": ["Notice"], "update-to": about}


def rows(case: Case) -> Iterator[dict[str, str]]:
    for row in case.watched:
        notice = row["notice"]
        named = notice if notice == "unavailable" else doi(case, notice)
        yield watched(doi(case, "self"), row["nature"], row["date"], named, row["reason"])


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Crossref with the papers and notices of all cases, and the Retraction Watch data."""
    path = tmp_path_factory.mktemp("rw") / "rw.csv"
    write_csv(path, *(row for case in CASES for row in rows(case)))
    with (
        CrossrefServer(pools=WIDE) as server,
        Client(mailto="desk@news.example", policy=QUICK, clock=RUSH) as client,
    ):
        server.load([r for case in CASES for r in (paper(case), *notices(case))])
        answers = Answers(None, refresh=False, now=lambda: NOW, say=print)
        kept = Kept(Crossref(client, server.url), answers)
        data = RetractionWatch(open_file(path, "2026-11-25"))
        yield Registry((), kept, answers, retraction_watch=data)


def cited(case: Case, registry: Registry) -> Citation:
    lookup = registry.record_of(Doi(doi(case, "self")))
    (work,) = lookup.works
    history = registry.history_of(work)
    assert history.checked
    reference = Reference(1, "", (), (), Question(), doi_as_printed=work.doi.value)
    return Citation(
        reference, Status.EXACT, work=work, updates=history.updates, updates_checked=True
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_what_happened_to_a_paper_is_told(case: Case, registry: Registry) -> None:
    citation = cited(case, registry)
    told = PartialDate.parse(case.told)
    article = Article("story.txt", "A story.", published=told)
    found = run_checks([citation], article, retraction.CHECKS)
    assert [f.code for f in found] == ([case.code] if case.code else [])
    assert case.says in "".join(f.message for f in found)
    assert all(f.doi == doi(case, "self") for f in found)
    assert standing(citation.updates).status == case.now
    assert standing(citation.updates, told).status == case.then


def test_the_table_is_long_enough() -> None:
    assert len({c.name for c in CASES}) == len(CASES) >= 40


def test_a_notice_is_never_taken_for_the_paper(registry: Registry) -> None:
    case = next(c for c in CASES if c.name == "notice-retraction")
    notice = registry.record_of(Doi(doi(case, "n"))).works[0]
    assert notice.updates == ()
    assert notice.notice_of == ((doi(case, "self"), "retraction"),)
    assert registry.history_of(notice).updates == ()


def test_an_entry_without_a_notice_repeats_one_that_names_it() -> None:
    day = PartialDate(2021, 6, 1)
    named = Update("retraction", day, "10.5555/n", "publisher")
    again = Update("retraction", day, None, "retraction-watch")
    other = Update("retraction", PartialDate(2019), None, "retraction-watch")
    assert merged([again, named]) == (named,)
    assert merged([other, named]) == (other, named)


def test_records_of_the_shapes_seen_are_judged() -> None:
    """A paper that a later edition names stays what it is."""
    work = work_from_crossref(
        {"DOI": "10.5555/x", "update-to": [{"DOI": "10.5555/x", "type": "new_version"}]}
    )
    assert [u.type for u in work.updates] == ["new_version"]
    assert standing(work.updates).status == "ok"
