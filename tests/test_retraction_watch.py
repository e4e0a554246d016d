"""The Retraction Watch data: read with its faults, stored with its day, and a source of notices."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from citetrack.cli.check import check
from citetrack.cli.retractions import retractions
from citetrack.cli.status import status
from citetrack.errors import CitetrackError, UnreadableSource
from citetrack.model import Doi, Outcome, PartialDate, Update
from citetrack.store import Store
from citetrack.works.retraction_watch import RetractionWatch, open_file
from retraction_rows import COLUMNS, csv_of, watched, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from local_site import Answer, Site

TODAY = "2026-11-25"
PAPER = Doi("10.5555/tea")
STORY = "Tea slows snails\n\nA study in the Journal of Tea says so. DOI: 10.5555/tea\n"
WORK = {"DOI": "10.5555/tea", "title": ["Tea slows snails"], "type": "journal-article"}


def data(path: Path) -> RetractionWatch:
    return RetractionWatch(open_file(path, TODAY))


def updates(path: Path, doi: Doi = PAPER) -> tuple[Update, ...]:
    return tuple(u for w in data(path).notices(doi).works for u in w.updates)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rw.csv"


# ---------------------------------------------------------------- reading


def test_a_row_becomes_an_update_with_its_day_notice_and_reasons(file: Path) -> None:
    reasons = "+Concerns/Issues About Data;+Investigation by Journal/Publisher;"
    row = watched("10.5555/TEA", "Retraction", "2/3/2015 0:00", "10.5555/Notice", reasons)
    assert updates(write_csv(file, row)) == (
        Update(
            "retraction", PartialDate(2015, 2, 3), "10.5555/notice", "retraction-watch",
            "Concerns/Issues About Data; Investigation by Journal/Publisher",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("nature", "reason", "kind"),
    [
        ("Retraction", "+Error in Data;", "retraction"),
        ("Retraction", "+Retract and Replace;", "retraction_and_replacement"),
        ("Expression of concern", "+Retract and Replace;", "expression_of_concern"),
        ("Correction", "", "correction"),
        ("Reinstatement", "", "reinstatement"),
        ("retracion", "", "retraction"),
    ],
)
def test_the_nature_of_a_row_is_the_type_of_the_update(
    file: Path, nature: str, reason: str, kind: str
) -> None:
    row = watched("10.5555/tea", nature, reason=reason)
    assert [u.type for u in updates(write_csv(file, row))] == [kind]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2/2/2015 0:00", "2015-02-02"),
        ("12/31/1999", "1999-12-31"),
        ("2015-02-02", "2015-02-02"),
        ("2015-02-02T00:00:00", "2015-02-02"),
        ("31/12/1999 0:00", None),
        ("", None),
        ("unavailable", None),
    ],
)
def test_dates_are_month_first_or_iso(file: Path, cell: str, read: str | None) -> None:
    (update,) = updates(write_csv(file, watched("10.5555/tea", "Retraction", cell)))
    assert (str(update.date) if update.date else None) == read


@pytest.mark.parametrize(
    ("cell", "dois"),
    [
        ("10.5555/tea", ["10.5555/tea"]),
        (" https://doi.org/10.5555/Tea ", ["10.5555/tea"]),
        ("10.5555/tea;10.5555/milk", ["10.5555/tea", "10.5555/milk"]),
        ("10.5555/tea; 10.5555/milk;", ["10.5555/tea", "10.5555/milk"]),
        ("10.1002/(SICI)1:2<3::AID-X>3.0.CO;2-2", ["10.1002/(sici)1:2<3::aid-x>3.0.co;2-2"]),
        ("unavailable", []),
        ("Unavailable", []),
        ("0", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_cell_may_hold_several_dois_or_none(file: Path, cell: str, dois: list[str]) -> None:
    rows = open_file(write_csv(file, watched(cell, "Retraction")), TODAY)
    assert [r.paper for r in rows.all()] == dois


def test_columns_are_known_by_their_names_in_any_case_and_order(file: Path) -> None:
    columns = tuple(reversed([c.upper().replace(" ", "_") for c in COLUMNS]))
    row = {c.upper().replace(" ", "_"): v for c, v in watched("10.5555/tea", "Retraction").items()}
    file.write_bytes(csv_of(row, columns=columns))
    assert [u.type for u in updates(file)] == ["retraction"]


def test_faults_of_encoding_cost_a_letter_and_no_row(file: Path) -> None:
    body = csv_of(watched("10.5555/milk", "Correction"), watched("10.5555/tea", "Retraction"))
    file.write_bytes(b"\xef\xbb\xbf" + body.replace(b"Ann Ray", b"Ann R\xe4y\x00"))
    assert [u.type for u in updates(file)] == ["retraction"]


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "rw.csv.gz", watched("10.5555/tea", "Retraction"))
    assert [u.type for u in updates(path)] == ["retraction"]


def test_a_paper_that_has_no_row_is_not_found_and_that_is_an_answer(file: Path) -> None:
    lookup = data(write_csv(file, watched("10.5555/milk", "Retraction"))).notices(PAPER)
    assert (lookup.outcome, lookup.source) == (Outcome.NOT_FOUND, "retraction-watch")


def test_a_paper_is_found_under_its_older_doi(file: Path) -> None:
    rows = data(write_csv(file, watched("10.5555/old-tea", "Retraction")))
    assert rows.notices(PAPER, "10.5555/old-tea").works[0].doi == PAPER


def test_the_day_of_the_data_is_that_of_the_newest_row(file: Path) -> None:
    rows = [
        watched("10.5555/a", "Retraction", "8/22/2025 0:00"),
        watched("10.5555/b", "Retraction", "1/2/2019 0:00"),
        watched("10.5555/c", "Retraction", "1/2/2052 0:00"),
    ]
    assert data(write_csv(file, *rows)).day == "2025-08-22"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"doi,title\n10.5555/tea,Tea\n",
        b"%PDF-1.7\n",
        b"<html>",
        b'{"a": 1}',
        b"\x00\xff",
    ],
)
def test_another_file_is_refused_in_a_sentence(file: Path, body: bytes) -> None:
    file.write_bytes(body)
    with pytest.raises(UnreadableSource, match=r"rw\.csv is not the Retraction Watch file: .*\."):
        open_file(file, TODAY)


def test_a_damaged_packed_file_and_a_missing_one_are_said(tmp_path: Path) -> None:
    packed = tmp_path / "rw.csv.gz"
    packed.write_bytes(gzip.compress(csv_of(watched("10.5555/tea", "Retraction")) * 99)[:200])
    with pytest.raises(UnreadableSource, match="damaged gzip"):
        list(open_file(packed, TODAY).all())
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableSource, match="cannot be read"):
            open_file(path, TODAY)


def test_a_quote_that_is_never_closed_is_said_with_its_line(file: Path) -> None:
    body = csv_of(watched("10.5555/tea", "Retraction"))
    file.write_bytes(body + b'9,"' + b"x" * 200_000)
    with pytest.raises(UnreadableSource, match=r"cannot be read beyond line \d+"):
        list(open_file(file, TODAY).all())


@pytest.mark.shared
def test_lists_made_from_the_data_are_read_whole(shared: Path) -> None:
    folder = shared / "crossref"
    sample = list(open_file(folder / "retraction-watch-sample.csv.gz", TODAY).all())
    dated = [row for row in sample if row.date]
    assert len(sample) == len(dated) == 4827
    kinds = {row.type for row in sample}
    assert kinds == {
        "retraction", "retraction_and_replacement", "expression_of_concern", "correction",
        "reinstatement",
    }  # fmt: skip
    known = open_file(folder / "retraction-watch-dois.csv.gz", TODAY)
    assert len({row.paper for row in known.all()}) == 57550  # one is listed twice
    hindawi = RetractionWatch(known).notices(Doi("10.1155/2021/9951114"))
    assert [u.type for w in hindawi.works for u in w.updates] == ["retraction"]


# ---------------------------------------------------------------- a run


def run(tmp_path: Path, *options: str, env: dict[str, str] | None = None) -> tuple[Any, int, str]:
    story, works = tmp_path / "story.txt", tmp_path / "works.jsonl"
    story.write_text(STORY, encoding="utf-8")
    works.write_text(json.dumps(WORK), encoding="utf-8")
    arguments = [str(story), "--works", str(works), "--offline", "--db", str(tmp_path / "t.db")]
    ran = CliRunner().invoke(
        check, [*arguments, *options], env=env, standalone_mode=False, catch_exceptions=False
    )
    return (json.loads(ran.stdout)[0] if "--json" in options else ran.stdout), ran.return_value, ""


def test_a_named_file_is_a_source_of_notices_offline_too(tmp_path: Path, file: Path) -> None:
    write_csv(file, watched("10.5555/tea", "Retraction", notice="10.5555/n"))
    story, code, _ = run(tmp_path, "--json", "--retraction-watch", str(file))
    (reference,) = story["references"]
    assert reference["updates_checked"] is True
    assert reference["updates"] == [
        {
            "type": "retraction",
            "date": "2021-06-02",
            "notice_doi": "10.5555/n",
            "source": "retraction-watch",
        }
    ]
    assert {"source": "retraction-watch", "query": "updates:10.5555/tea", "outcome": "found"} in (
        story["lookups"]
    )
    assert ("CT201", code) in [(f["code"], 1) for f in story["findings"]]


def test_a_paper_that_was_reinstated_is_called_so_and_so_is_what_it_was_when_the_story_ran(
    tmp_path: Path, file: Path
) -> None:
    rows = (("Retraction", "2/2/2021 0:00", "10.5555/n"), ("Reinstatement", "2/2/2023 0:00", "m"))
    write_csv(file, *(watched("10.5555/tea", *row) for row in rows))
    options = ("--retraction-watch", str(file))
    now_and_then = {
        "2020-05-05": "nothing of it was known",
        "2022-05-05": "retracted",
        "2024-05-05": "reinstated",
    }
    for published, was in now_and_then.items():
        card, code, _ = run(tmp_path, *options, "--published", published)
        shown = " ".join(card.split())
        assert code == 0
        assert "status reinstated retraction on 2 February 2021" in shown
        assert f"5 May {published[:4]}): {was}" in shown
    ran = CliRunner().invoke(
        status,
        ["10.5555/tea", *options, "--works", str(tmp_path / "works.jsonl"), "--offline"],
        standalone_mode=False,
    )
    assert ran.return_value == 0
    assert ran.stdout.splitlines()[0].split() == ["10.5555/tea", "reinstated"]


def test_the_environment_names_the_file_too(tmp_path: Path, file: Path) -> None:
    write_csv(file, watched("10.5555/milk", "Retraction"))
    story, code, _ = run(tmp_path, "--json", env={"CITETRACK_RETRACTION_WATCH": str(file)})
    assert (story["references"][0]["updates_checked"], code) == (True, 0)
    assert "CT901" not in [f["code"] for f in story["findings"]]


def stored(tmp_path: Path, *arguments: str) -> str:
    ran = CliRunner().invoke(
        retractions,
        [*arguments, "--db", str(tmp_path / "t.db")],
        standalone_mode=False,
        catch_exceptions=False,
    )
    return ran.stdout


def test_what_is_stored_is_used_when_no_file_is_named_and_its_age_is_shown(
    tmp_path: Path, file: Path
) -> None:
    write_csv(file, watched("10.5555/tea", "Retraction", "6/2/2021 0:00", "10.5555/n"))
    said = stored(tmp_path, "update", str(file))
    assert "Retraction Watch data of 2 June 2021 (" in said
    assert "years old): 1 row, from" in said
    assert stored(tmp_path, "info") == said
    for options in ((), ("--no-cache",)):
        card, code, _ = run(tmp_path, *options)
        shown = " ".join(card.split())
        assert "retraction on 2 June 2021 (notice 10.5555/n, told by Retraction Watch)" in shown
        assert "Retraction Watch data of 2 June 2021 (" in shown
        assert code == 1


def test_without_stored_data_that_is_said(tmp_path: Path) -> None:
    Store.open(tmp_path / "t.db").close()
    assert "No Retraction Watch data are stored" in stored(tmp_path, "info")


def test_the_data_are_fetched_checked_and_stored_in_place_of_older_ones(
    tmp_path: Path, site: Site, file: Path
) -> None:
    stored(tmp_path, "update", str(write_csv(file, watched("10.5555/old", "Retraction"))))
    body = csv_of(watched("10.5555/tea", "Retraction"), watched("10.5555/milk", "Correction"))
    site.pages["/moved"] = (302, {"Location": "/rw.csv"}, b"")
    site.pages["/rw.csv"] = (200, {"Content-Type": "text/csv"}, body)
    assert "2 rows" in stored(tmp_path, "update", "--url", f"{site.url}/moved")
    with Store.open(tmp_path / "t.db") as store:
        assert store.retraction_rows(["10.5555/old"]) == []
        assert [r[1] for r in store.retraction_rows(["10.5555/tea"])] == ["retraction"]
        known = store.retraction_data()
    assert known is not None
    assert known.source.endswith("/moved")
    assert dt.datetime.fromisoformat(known.stored_at)
    assert "2 rows" in stored(tmp_path, "update", f"{site.url}/rw.csv")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, {}, b"<html>Sign in</html>"), "is not the Retraction Watch file"),
        ((404, {}, b""), "answered with status 404"),
        ((200, {}, csv_of()), "names no retracted paper"),
    ],
)
def test_what_is_no_data_changes_nothing(
    tmp_path: Path, site: Site, file: Path, answer: Answer, said: str
) -> None:
    stored(tmp_path, "update", str(write_csv(file, watched("10.5555/old", "Retraction"))))
    site.pages["/rw.csv"] = answer
    with pytest.raises(CitetrackError, match=said) as raised:
        stored(tmp_path, "update", "--url", f"{site.url}/rw.csv")
    assert "/tmp" not in str(raised.value)
    assert "1 row, from" in stored(tmp_path, "info")
