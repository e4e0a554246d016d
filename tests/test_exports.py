from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from click.testing import CliRunner

from citetrack.cli.export import export as command
from citetrack.errors import CitetrackError, InputError, MissingTracker
from citetrack.exports import FORMATS, export
from citetrack.exports.columns import CITATIONS, WORKS, citation_id
from citetrack.exports.separated import cell
from citetrack.model import Contributor, Doi, PartialDate, Status, Version
from citetrack.store import Store
from factories import (
    NOW,
    TEXT,
    make_article,
    make_citation,
    make_mention,
    make_reference,
    make_report,
    make_retraction,
    make_run,
    make_suggestions,
    make_work,
    report_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.contract import Report
    from citetrack.model import Work

STEERING = "a\x1b[31mb\x07c\x9b1md\u202ee\nf"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tracker.db") as opened:
        yield opened


def save(store: Store, *reports: Report) -> None:
    for report in reports:
        store.save(report, run=make_run())


def rows(store: Store, table: str, name: str = "csv") -> list[dict[str, str]]:
    text = "".join(export(store.db, table, name))
    return list(csv.DictReader(io.StringIO(text), delimiter="," if name == "csv" else "\t"))


def read_back(store: Store, name: str) -> list[dict[str, Any]]:
    """Return the works of an export, each with its title, authors and DOI."""
    text = "".join(export(store.db, "works", name))
    if name == "ris":
        return [
            {"title": e["title"], "authors": e.get("authors", []), "doi": e["doi"]}
            for e in rispy.loads(text)
        ]
    if name == "bibtex":
        library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
        assert not library.failed_blocks
        fields = [{k: f.value for k, f in e.fields_dict.items()} for e in library.entries]
        return [
            {"title": f["title"], "authors": f["author"].split(" and "), "doi": f["doi"]}
            for f in fields
        ]
    items = json.loads(text)
    return [{"title": i["title"], "authors": names(i["author"]), "doi": i["DOI"]} for i in items]


def names(authors: list[dict[str, str]]) -> list[str]:
    return [a.get("literal") or f"{a['family']}, {a['given']}" for a in authors]


# ---------------------------------------------------------------- tables


def test_citations_are_one_row_a_story_and_work(store: Store) -> None:
    save(store, make_report())
    (row,) = rows(store, "citations")
    assert tuple(row) == CITATIONS
    assert {name: value for name, value in row.items() if value} == {
        "citation_id": citation_id("https://news.example/tea-snails", "10.5555/tea.2025.1"),
        "story_url": "https://news.example/tea-snails",
        "story_title": "Tea slows snails, study finds",
        "outlet": "Example News",
        "story_language": "en",
        "story_date": "2025-04-08",
        "story_date_basis": "meta",
        "fetched_at": "2025-04-09T12:00:00Z",
        "story_sha256": make_article().sha256,
        "doi": "10.5555/tea.2025.1",
        "doi_url": "https://doi.org/10.5555/tea.2025.1",
        "work_title": "Tea and the speed of snails",
        "work_authors": "Example, Ada; Müller, Jörg; The Snail Group",
        "journal": "Journal of Made-up Biology",
        "issn": "1234-5679",
        "publisher": "Made-up Press",
        "work_type": "article-journal",
        "work_date": "2025-04-07",
        "found_by": "doi",
        "match_confidence": "0.98",
        "match_margin": "0.98",
        "evidence_quote": "10.5555/TEA.2025.1",
        "evidence_start": "192",
        "evidence_end": "210",
        "journal_as_printed": "Journal of Made-up Biology",
        "authors_as_printed": "Ada Example",
        "doi_as_printed": "10.5555/TEA.2025.1",
        "disagreements": "date",
        "work_status": "ok",
        "status_checked_at": "2025-04-09T12:00:00Z",
        "status_at_story_date": "ok",
        "review_state": "machine",
        "story_source": "tea.txt",
    }


def test_works_are_one_row_a_work(store: Store) -> None:
    save(store, make_report(), report_on(make_work(), published=PartialDate(2025, 5)))
    (row,) = rows(store, "works")
    assert tuple(row) == WORKS
    expected = {
        "first_author": "Example, Ada",
        "last_author": "The Snail Group",
        "author_orcids": "0000-0002-1825-0097",
        "volume": "8",
        "issue": "4",
        "pages": "101-109",
        "abstract_available": "yes",
        "story_count": "2",
        "first_story": "2025-04-08",
        "last_story": "2025-05",
        "metadata_source": "crossref",
        "metadata_date": "2025-04-09T11:00:00Z",
        "work_status": "ok",
        "status_checked_at": "2025-04-09T12:00:00Z",
    }
    assert {name: row[name] for name in expected} == expected


def test_the_columns_are_those_that_others_rely_on() -> None:
    assert len(CITATIONS) == len(set(CITATIONS)) == 48
    assert len(WORKS) == len(set(WORKS)) == 33
    assert CITATIONS[0] == "citation_id"
    assert CITATIONS[46:] == ("note", "story_source")
    assert WORKS[27:29] == ("metadata_date", "work_status")


@pytest.mark.parametrize("table", ["citations", "works"])
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_an_empty_tracker_gives_the_header_alone(store: Store, table: str, name: str) -> None:
    text = "".join(export(store.db, table, name))
    assert text.count("\n") == 1
    assert text.startswith("citation_id" if table == "citations" else "doi")


def test_a_citation_keeps_its_name_in_every_version() -> None:
    assert citation_id("https://news.example/1", "10.5555/x") == "c-a1d0b4731936"


def test_a_citation_keeps_its_name_in_every_run(store: Store) -> None:
    save(store, report_on(make_work("10.5555/x")), make_report())
    before = {row["doi"]: row["citation_id"] for row in rows(store, "citations")}
    store.save(make_report(), run=make_run(started_at=NOW.replace(year=2026)))
    assert {row["doi"]: row["citation_id"] for row in rows(store, "citations")} == before


def test_rows_are_sorted_by_story_and_work(store: Store) -> None:
    for x in "ca":
        save(store, report_on(make_work(f"10.5555/{x}"), url=f"https://{x}.example/"))
    assert [row["doi"] for row in rows(store, "citations")] == ["10.5555/a", "10.5555/c"]
    assert [row["doi"] for row in rows(store, "works")] == ["10.5555/a", "10.5555/c"]


def test_a_work_named_twice_in_a_story_is_one_row_with_the_surer_link(store: Store) -> None:
    likely = make_citation(
        status=Status.STRONG, confidence=0.9, reference=make_reference(ordinal=2)
    )
    save(store, make_report(citations=(likely, make_citation())))
    (row,) = rows(store, "citations")
    assert row["match_confidence"] == "0.98"


@pytest.mark.parametrize("status", [Status.WEAK, Status.AMBIGUOUS, Status.DIFFERENT])
def test_what_nobody_stands_behind_is_not_exported(store: Store, status: Status) -> None:
    save(store, make_report(citations=(make_suggestions(status, make_work()),)))
    assert rows(store, "citations") == rows(store, "works") == []


@pytest.mark.parametrize(
    ("verdict", "state", "works"),
    [("accept", "accepted", 1), ("reject", "rejected", 0), ("ignore", "ignored", 1)],
)
def test_what_a_person_decided_is_told(store: Store, verdict: Any, state: str, works: int) -> None:
    save(store, make_report())
    url = make_article().canonical_url
    store.decide(url, make_work().doi, verdict, by="an editor", at=NOW, note="looked it up")
    (row,) = rows(store, "citations")
    assert (row["review_state"], row["reviewed_by"]) == (state, "an editor")
    assert (row["reviewed_at"], row["note"]) == ("2025-04-09T12:00:00Z", "looked it up")
    assert len(rows(store, "works")) == works


def test_a_retraction_is_told_with_date_notice_and_source(store: Store) -> None:
    save(store, report_on(make_work(updates=(make_retraction(),))))
    (row,) = rows(store, "citations")
    told = [row[f"status_{name}"] for name in ("date", "notice_doi", "source")]
    assert [row["work_status"], *told] == ["retracted", "2025-06-01", "10.5555/notice", "publisher"]


@pytest.mark.parametrize(
    ("published", "status"),
    [("2025-04-08", "ok"), ("2025-06-02", "retracted"), (None, "")],
)
def test_what_a_paper_was_when_the_story_ran_is_told(
    store: Store, published: str | None, status: str
) -> None:
    date = PartialDate.parse(published) if published else None
    save(store, report_on(make_work(updates=(make_retraction(),)), published=date))
    (row,) = rows(store, "citations")
    assert (row["work_status"], row["status_at_story_date"]) == ("retracted", status)


def test_what_a_preprint_has_become_is_told(store: Store) -> None:
    report = make_report()
    versions = (Version("10.5555/p.2", "preprint", "same-title"),
                Version("10.5555/article", "article", "is-preprint-of"))  # fmt: skip
    cited = replace(report.citations[0], versions=versions)
    save(store, replace(report, citations=(cited,)))
    assert rows(store, "citations")[0]["published_as"] == "10.5555/article"


def test_a_story_without_address_has_an_empty_url(store: Store) -> None:
    save(store, make_report(article=make_article(url=None)))
    assert rows(store, "citations")[0]["story_url"] == ""


def test_mentions_side_by_side_are_quoted_together(store: Store) -> None:
    text = "Published on 7 April in Annals of Tea by the team.\nMore by Ada Example."
    mentions = (
        make_mention("date", "7 April", text=text),
        make_mention("container", "Annals of Tea", text=text),
        make_mention("author", "Ada Example", text=text),
    )
    citation = make_citation(reference=make_reference(mentions, doi_as_printed=None))
    article = make_article(text=text, zones=())
    report = make_report(article=article, mentions=mentions, citations=(citation,), claims=())
    save(store, report)
    (row,) = rows(store, "citations")
    start, end = int(row["evidence_start"]), int(row["evidence_end"])
    assert row["evidence_quote"] == text[start:end]
    assert row["evidence_quote"] == "7 April in Annals of Tea"


@pytest.mark.parametrize(
    ("doi", "arxiv"), [("10.48550/arxiv.2101.00001", "2101.00001"), ("10.5555/x", "")]
)
def test_an_arxiv_doi_gives_the_arxiv_id(store: Store, doi: str, arxiv: str) -> None:
    save(store, report_on(make_work(doi)))
    assert rows(store, "works")[0]["arxiv_id"] == arxiv


def test_what_is_not_known_is_empty(store: Store) -> None:
    bare = make_work(
        title=None, containers=(), issn=(), authors=(), issued=None, abstract=None, volume=None,
        issue=None, page=None, publisher=None, language=None, article_number="e17",
    )  # fmt: skip
    save(store, report_on(bare))
    (row,) = rows(store, "works")
    assert (row["abstract_available"], row["article_number"], row["pages"]) == ("no", "e17", "")
    assert {row[name] for name in ("work_title", "work_authors", "journal", "work_date")} == {""}
    for name in ("ris", "bibtex", "csl-json"):
        assert "".join(export(store.db, "works", name))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="equals"),
        pytest.param("+1", "'+1", id="plus"),
        pytest.param("-1", "'-1", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\uff1d1", "'\uff1d1", id="full-width"),
        pytest.param("a=1", "a=1", id="inside"),
        pytest.param(-0.5, "-0.5", id="number"),
        pytest.param(True, "yes", id="true"),
        pytest.param(False, "no", id="false"),
        pytest.param(None, "", id="none"),
    ],
)
def test_a_cell_is_shown_and_not_run(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_a_formula_in_a_title_is_harmless_in_tables_and_as_it_is_elsewhere(store: Store) -> None:
    save(store, report_on(make_work(title="=HYPERLINK(1)"), title="  @x"))
    for name in ("csv", "tsv"):
        (row,) = rows(store, "citations", name)
        assert (row["work_title"], row["story_title"]) == ("'=HYPERLINK(1)", "'@x")
    (line,) = "".join(export(store.db, "citations", "jsonl")).splitlines()
    assert json.loads(line)["work_title"] == "=HYPERLINK(1)"


def test_json_lines_have_the_same_names_and_null_for_unknown(store: Store) -> None:
    save(store, make_report())
    (line,) = "".join(export(store.db, "citations", "jsonl")).splitlines()
    record = json.loads(line)
    assert tuple(record) == CITATIONS
    assert record["pmid"] is None
    assert record["match_confidence"] == 0.98
    assert record["evidence_start"] == 192


@pytest.mark.parametrize("table", ["citations", "works"])
@pytest.mark.parametrize("name", [f.name for f in FORMATS])
def test_nothing_that_steers_a_terminal_is_exported(store: Store, table: str, name: str) -> None:
    work = make_work(
        title=STEERING,
        containers=(STEERING,),
        authors=(Contributor(family=STEERING, given=STEERING), Contributor(literal=STEERING)),
        publisher=STEERING,
    )
    save(store, report_on(work, title=STEERING, outlet=STEERING))
    if table == "citations" and name in {"ris", "bibtex", "csl-json"}:
        return
    text = "".join(export(store.db, table, name))
    assert not set(text) & set("\x1b\x07\x9b\u202e\r")
    assert "\\u00" not in text


# ---------------------------------------------------------------- lists of works


@pytest.mark.parametrize("name", ["ris", "bibtex", "csl-json"])
@pytest.mark.parametrize(
    "work",
    [
        pytest.param(make_work(), id="plain"),
        pytest.param(make_work(title="Costs of $5 & 10% of {x}_y #1 ~ \\alpha"), id="latex"),
        pytest.param(make_work(title="Größe, naïve, Čech, 茶の研究"), id="letters"),
        pytest.param(make_work("10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2"),
                     id="sici"),
        pytest.param(make_work("10.5555/under_score#1%20"), id="marks-in-the-doi"),
        pytest.param(make_work(type="chapter"), id="chapter"),
        pytest.param(make_work(type="no-such-type"), id="unknown-type"),
    ],
)  # fmt: skip
def test_a_work_is_read_back_by_the_library_of_its_format(
    store: Store, work: Work, name: str
) -> None:
    save(store, report_on(work))
    (item,) = read_back(store, name)
    assert item["doi"] == work.doi.value
    assert item["title"] == work.title
    assert item["authors"] == ["Example, Ada", "Müller, Jörg", "The Snail Group"]


@pytest.mark.parametrize("name", ["ris", "bibtex", "csl-json"])
def test_every_work_is_listed(store: Store, name: str) -> None:
    for i in range(3):
        save(store, report_on(make_work(f"10.5555/{i}"), url=f"https://news.example/{i}"))
    assert [w["doi"] for w in read_back(store, name)] == [f"10.5555/{i}" for i in range(3)]


def test_ris_has_no_line_with_a_number_and_dates_as_it_wants_them(store: Store) -> None:
    save(store, report_on(make_work(issued=PartialDate(2025, 4))))
    lines = "".join(export(store.db, "works", "ris")).splitlines()
    assert lines[0] == "TY  - JOUR"
    assert {"PY  - 2025", "DA  - 2025/04//", "SP  - 101", "EP  - 109"} <= set(lines)


def test_bibtex_keys_tell_like_works_apart(store: Store) -> None:
    for i in range(2):
        save(store, report_on(make_work(f"10.5555/{i}"), url=f"https://news.example/{i}"))
    library = parse_string("".join(export(store.db, "works", "bibtex")))
    assert [e.key for e in library.entries] == ["example-2025-speed", "example-2025-speed-2"]


def test_csl_leaves_out_what_is_not_known(store: Store) -> None:
    save(store, report_on(make_work(title=None, authors=(), issued=None)))
    (item,) = json.loads("".join(export(store.db, "works", "csl-json")))
    assert not {"title", "author", "issued"} & set(item)


def test_an_empty_list_of_csl_items_is_still_json(store: Store) -> None:
    assert json.loads("".join(export(store.db, "works", "csl-json"))) == []


@pytest.mark.parametrize("name", ["ris", "bibtex", "csl-json"])
def test_lists_of_works_hold_no_citations(store: Store, name: str) -> None:
    with pytest.raises(InputError, match=f"export works --format {name}"):
        export(store.db, "citations", name)


# ---------------------------------------------------------------- the command


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    path = tmp_path / "tracker.db"
    with Store.open(path) as store:
        save(store, make_report(article=make_article(title="Größe", text=TEXT)))
    return path


def run(*args: str | Path) -> Any:
    result = CliRunner().invoke(command, [str(a) for a in args])
    if isinstance(result.exception, CitetrackError):
        raise result.exception
    return result


def test_csv_goes_to_stdout_in_utf8_with_lf(tracker: Path) -> None:
    result = run("citations", "--db", tracker)
    assert result.exit_code == 0
    assert b"\r" not in result.stdout_bytes
    assert "Größe".encode() in result.stdout_bytes
    assert not result.stdout_bytes.startswith(b"\xef\xbb\xbf")


def test_excel_gets_its_mark(tracker: Path) -> None:
    assert run("citations", "--bom", "--db", tracker).stdout_bytes.startswith(b"\xef\xbb\xbfcit")
    assert run("works", "--bom", "--format", "ris", "--db", tracker).exit_code == 2


def test_a_file_is_written_whole_or_not_at_all(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("what was there")
    assert run("citations", "--db", tracker, "-o", out).exit_code == 0
    assert out.read_text("utf-8").startswith("citation_id")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.csv", "tracker.db"]


def test_an_old_file_stays_when_the_export_fails(
    tracker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out.csv"
    out.write_text("what was there")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CitetrackError, match=r"out\.csv cannot be written: No space left"):
        run("citations", "--db", tracker, "-o", out)
    assert out.read_text() == "what was there"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.csv", "tracker.db"]


@pytest.mark.parametrize("where", ["missing/out.csv", "."], ids=["no-folder", "a-folder"])
def test_a_place_that_cannot_be_written_is_named(tracker: Path, tmp_path: Path, where: str) -> None:
    with pytest.raises(CitetrackError, match="cannot be written"):
        run("citations", "--db", tracker, "-o", tmp_path / where)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_device_is_said(tracker: Path) -> None:
    with pytest.raises(CitetrackError, match="No space left"):
        run("citations", "--db", tracker, "-o", "/dev/full")


def test_the_tracker_is_not_overwritten(tracker: Path) -> None:
    before = tracker.read_bytes()
    with pytest.raises(InputError, match="overwrite the tracker"):
        run("citations", "--db", tracker, "-o", tracker)
    assert tracker.read_bytes() == before


def test_exporting_leaves_the_tracker_as_it_was(tracker: Path) -> None:
    before = tracker.read_bytes()
    for name in ("csv", "jsonl", "ris"):
        run("works", "--format", name, "--db", tracker)
    assert tracker.read_bytes() == before
    assert [p.name for p in tracker.parent.iterdir()] == ["tracker.db"]


def test_without_a_tracker_the_way_to_make_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingTracker, match="--save"):
        run("works", "--db", tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_work_that_only_differs_in_case_is_the_same(store: Store) -> None:
    save(store, report_on(make_work()))
    save(store, report_on(replace(make_work(), doi=Doi("10.5555/TEA.2025.1"))))
    assert len(rows(store, "works")) == 1


def test_every_reference_format_says_that_a_paper_was_retracted(store: Store) -> None:
    save(store, report_on(make_work("10.5555/gone", updates=(make_retraction("2025-06-01"),))))
    note = "Retracted 2025-06-01 (notice 10.5555/notice; source publisher)"
    ris = "".join(export(store.db, "works", "ris"))
    assert (f"N1  - {note}\n" in ris, "KW  - retracted\n" in ris) == (True, True)
    bibtex = "".join(export(store.db, "works", "bibtex"))
    assert f"note = {{{note}}}" in bibtex
    assert "keywords = {retracted}" in bibtex
    (item,) = json.loads("".join(export(store.db, "works", "csl-json")))
    assert (item["note"], item["keyword"]) == (note, "retracted")


def test_a_paper_that_nothing_happened_to_carries_no_note(store: Store) -> None:
    save(store, make_report())
    (item,) = json.loads("".join(export(store.db, "works", "csl-json")))
    assert not {"note", "keyword"} & item.keys()


def test_how_many_rows_were_written_where_is_told_beside_stdout(
    tracker: Path, tmp_path: Path
) -> None:
    for table, name in (("citations", "csv"), ("works", "ris"), ("works", "bibtex")):
        ran = run(table, "--format", name, "--db", tracker, "-o", tmp_path / "out")
        assert ran.stdout == ""
        assert ran.stderr == f"citetrack: 1 row written to {tmp_path / 'out'}.\n"
    assert run("citations", "--db", tracker).stderr == ""
