"""`citetrack snapshot …` as a user runs it, with files and with Crossref's REST API."""

from __future__ import annotations

import json
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.cli import run
from citetrack.errors import MalformedRecord, SourceUnavailable
from citetrack.http import Passing
from citetrack.works import harvest as harvesting
from citetrack.works.harvest import harvest
from snapshot_records import make_records, write_lines

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.http import Client
    from crossref_server import CrossrefServer

RECORDS = [
    {**r, "published": r["issued"], "indexed": {
        "date-time": f"2025-01-{1 + n // 10:02}T10:00:00Z", "timestamp": 1735725600000 + n,
        "date-parts": [[2025, 1, 1 + n // 10]],
    }}
    for n, r in enumerate(make_records(120))
]  # fmt: skip


class Ran:
    """What a command printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def citetrack(capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    def ran(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            run([str(a) for a in arguments])
        out, err = capfdbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out.decode(), err.decode())

    return ran


@pytest.fixture
def snap(tmp_path: Path, citetrack: Any) -> Path:
    lines = write_lines(tmp_path / "works.jsonl", RECORDS)
    assert citetrack("snapshot", "build", tmp_path / "snap", lines, "--complete").code == 0
    return tmp_path / "snap"


def test_info_tells_people_and_programs_what_a_snapshot_holds(snap: Path, citetrack: Any) -> None:
    assert "120 works" in citetrack("snapshot", "info", snap).out
    (told,) = citetrack("snapshot", "info", snap, "--json").lines
    assert {"format", "works", "bytes", "complete", "built", "sources"} <= set(told)
    assert (told["format"], told["works"], told["complete"]) == (2, 120, True)


def test_get_prints_a_message_a_line_and_names_what_is_missing(snap: Path, citetrack: Any) -> None:
    ran = citetrack("snapshot", "get", snap, "10.5555/S.3", "doi:10.5555/s.4", "10.5555/none")
    assert [m["title"] for m in ran.lines] == [r["title"] for r in RECORDS[3:5]]
    assert ran.code == 1
    assert "10.5555/none is not there" in ran.err
    assert citetrack("snapshot", "get", snap, "nonsense").code == 2


def test_exists_answers_in_order_and_what_is_no_doi_is_no(
    snap: Path, tmp_path: Path, citetrack: Any
) -> None:
    asked = tmp_path / "dois.txt"
    asked.write_text("10.5555/S.3\n\nnonsense\n10.5555/none\nhttps://doi.org/10.5555/s.4\n")
    assert citetrack("snapshot", "exists", snap, asked).out.splitlines() == [
        "10.5555/S.3\tyes", "nonsense\tno", "10.5555/none\tno", "https://doi.org/10.5555/s.4\tyes",
    ]  # fmt: skip


def test_search_finds_by_words_author_journal_and_year(snap: Path, citetrack: Any) -> None:
    wanted = RECORDS[7]
    title, author = wanted["title"][0], wanted["author"][0]["family"]
    (first, *_) = citetrack("snapshot", "search", snap, title, "--nl").lines
    assert first["doi"] == "10.5555/s.7"
    assert set(first) == {"doi", "title", "score"}
    year = wanted["issued"]["date-parts"][0][0]
    ran = citetrack(
        "snapshot", "search", snap, "--author", author, "--year", year, "--nl", "--limit", 1,
        "--container", wanted["container-title"][0],
    )  # fmt: skip
    (found,) = ran.lines
    assert found["doi"] in {
        r["DOI"].lower() for r in RECORDS
        if r["issued"]["date-parts"][0][0] == year
        and author in {a["family"] for a in r["author"]}
    }  # fmt: skip
    assert "https://doi.org/10.5555/s.7" in citetrack("snapshot", "search", snap, title).out
    assert citetrack("snapshot", "search", snap).code == 2


def test_many_queries_are_answered_in_order_and_a_bad_line_is_named(
    snap: Path, tmp_path: Path, citetrack: Any
) -> None:
    queries = tmp_path / "queries.jsonl"
    asked = [{"query": RECORDS[n]["title"][0]} for n in (5, 3)] + [{"author": "Nobody"}]
    queries.write_text("".join(json.dumps(q) + "\n" for q in asked))
    answers = citetrack("snapshot", "search", snap, "--from-file", queries, "--limit", 4).lines
    assert [a["results"][0]["doi"] for a in answers[:2]] == ["10.5555/s.5", "10.5555/s.3"]
    assert answers[2] == {"results": []}
    queries.write_text('{"query": "tea"}\n{"query": 5}\n')
    ran = citetrack("snapshot", "search", snap, "--from-file", queries)
    assert (ran.code, len(ran.lines)) == (2, 1)
    assert "Line 2 is no query" in ran.err


def test_verify_says_what_is_well_and_ends_with_1_when_it_is_not(
    snap: Path, citetrack: Any
) -> None:
    assert (
        "120 works in the record store and in the index"
        in citetrack("snapshot", "verify", snap).out
    )
    path = snap / "data-1" / "records.sqlite"
    content = bytearray(path.read_bytes())
    content[-50] ^= 255
    path.write_bytes(content)
    ran = citetrack("snapshot", "verify", snap)
    assert (ran.code, ran.out) == (1, "")
    assert "is not as it was written" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name FROM, or say what to ask"),
        (["works.jsonl", "--complete", "--years", "2020"], "--complete is for all of Crossref"),
        (["works.jsonl", "--years", "2020-2010"], "are no years"),
        (["works.jsonl", "--member", "78"], "--member is for asking"),
        (["--container", "Nature, Physics"], "use --issn"),
        (["absent.jsonl"], "does not exist"),
    ],
)
def test_wrong_use_is_said_in_one_sentence_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, citetrack: Any,
    arguments: list[str], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "works.jsonl", RECORDS[:1])
    ran = citetrack("snapshot", "build", "out", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("absent", "does not exist"),
        ("works.jsonl", "is a file and no snapshot"),
        ("folder", "is a folder and no snapshot"),
    ],
)
def test_what_is_no_snapshot_is_told_by_what_it_is(
    tmp_path: Path, snap: Path, citetrack: Any, name: str, words: str
) -> None:
    (tmp_path / "folder").mkdir()
    for command in ("info", "verify", "update"):
        ran = citetrack("snapshot", command, tmp_path / name)
        assert (ran.code, snap.is_dir()) == (2, True)
        assert f"{tmp_path / name} {words}" in ran.err


def test_a_tar_that_is_cut_off_is_named_with_what_to_do(tmp_path: Path, citetrack: Any) -> None:
    lines = write_lines(tmp_path / "works.jsonl", RECORDS)
    with tarfile.open(tmp_path / "works.tar", "w") as tar:
        tar.add(lines, "works.jsonl")
    whole = (tmp_path / "works.tar").read_bytes()
    (tmp_path / "works.tar").write_bytes(whole[:20_000])
    ran = citetrack("snapshot", "build", tmp_path / "new", tmp_path / "works.tar")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "works.tar is a damaged tar" in ran.err
    assert "fetch it again" in ran.err


def test_a_check_names_a_snapshot_that_turns_out_to_be_damaged(
    tmp_path: Path, snap: Path, citetrack: Any
) -> None:
    path = next(snap.glob("data-*/records.sqlite"))
    path.write_bytes(path.read_bytes()[:100] + bytes(path.stat().st_size - 100))
    story = tmp_path / "story.txt"
    story.write_text("Tides and tea\n\nA study found that tea helps (doi:10.5555/s.3).\n")
    ran = citetrack("check", story, "--works", snap, "--offline")
    assert ran.code == 2
    assert "records.sqlite cannot be read" in ran.err
    assert "defect" not in ran.err


def test_a_text_without_any_record_is_refused_and_leaves_nothing(
    tmp_path: Path, snap: Path, citetrack: Any
) -> None:
    text = tmp_path / "trees.txt"
    text.write_text("Oaks grow slowly.\nBirches do not.\n", "utf-8")
    before = (snap / "manifest.json").read_bytes()
    for command in (("build", tmp_path / "new"), ("update", snap)):
        ran = citetrack("snapshot", *command, text)
        assert ran.code == 2
        assert "nothing is a Crossref work record" in ran.err
    assert not (tmp_path / "new").exists()
    assert (snap / "manifest.json").read_bytes() == before
    assert citetrack("snapshot", "verify", snap).code == 0


def test_a_snapshot_answers_check_and_a_complete_one_knows_what_does_not_exist(
    tmp_path: Path, snap: Path, citetrack: Any
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "Tides and tea\n\nA study found that tea helps (doi:10.5555/s.3).\n\n"
        "Another study (https://doi.org/10.5555/none.1) found that it does not.\n"
    )
    ran = citetrack("check", story, "--works", snap, "--offline", "--json")
    (report,) = json.loads(ran.out)
    assert [(r["doi_as_printed"], r["status"] == "not_found") for r in report["references"]] == [
        ("10.5555/s.3", False), ("10.5555/none.1", True),
    ]  # fmt: skip


def test_a_set_of_dois_tells_what_is_registered_from_what_is_not(
    tmp_path: Path, citetrack: Any
) -> None:
    lines = write_lines(tmp_path / "works.jsonl", RECORDS[:9])
    citetrack("snapshot", "build", tmp_path / "dois", lines, "--dois-only", "--complete")
    story = tmp_path / "story.txt"
    story.write_text(
        "Tides and tea\n\nA study found that tea helps (doi:10.5555/s.3).\n\n"
        "Another study (https://doi.org/10.5555/none.1) found that it does not.\n"
    )
    ran = citetrack("check", story, "--works", tmp_path / "dois", "--offline", "--json")
    (report,) = json.loads(ran.out)
    assert report["error"] is None
    assert [(r["doi_as_printed"], r["status"]) for r in report["references"]] == [
        ("10.5555/s.3", "unchecked"), ("10.5555/none.1", "not_found"),
    ]  # fmt: skip
    ran = citetrack("snapshot", "search", tmp_path / "dois", "tea")
    assert (ran.code, ran.out) == (2, "")
    assert "holds DOIs only" in ran.err


# ---------------------------------------------------------------- Crossref's REST API


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvesting, "_ROWS", 25)


def _lines_in(folder: Path) -> set[str]:
    import gzip

    files = sorted(folder.glob("*.jsonl.gz"))
    return {
        json.loads(line)["DOI"]
        for f in files
        for line in gzip.decompress(f.read_bytes()).splitlines()
    }


@pytest.mark.usefixtures("small_pages")
def test_what_a_filter_names_is_fetched_and_an_update_fetches_what_came_since(
    tmp_path: Path, server: CrossrefServer, citetrack: Any
) -> None:
    server.load(RECORDS)
    out = tmp_path / "slice"
    asked = ("--crossref-url", server.url, "--mailto", "desk@news.example")
    ran = citetrack("snapshot", "build", out, "--issn", "1234-5671", "--from-date", "2015", *asked)
    assert ran.code == 0, ran.err
    kept = [
        r for r in RECORDS
        if r["ISSN"] == ["1234-5671"] and r["issued"]["date-parts"][0][0] >= 2015
    ]  # fmt: skip
    (told,) = citetrack("snapshot", "info", out, "--json").lines
    assert (told["works"], told["read"], told["broken"]) == (len(kept), len(kept), 0)
    assert "passed over" not in ran.err
    assert told["sources"][0]["filter"] == "issn:1234-5671,from-pub-date:2015"
    late = {**kept[0], "DOI": "10.5555/late", "indexed": {"date-parts": [[2099, 1, 1]]}}
    server.load([*RECORDS, late])
    assert citetrack("snapshot", "update", out, *asked).code == 0
    (told,) = citetrack("snapshot", "info", out, "--json").lines
    assert told["works"] == len(kept) + 1
    assert "from-index-date:" in server.log[-1].params["filter"]


def test_a_question_that_no_work_fits_is_told_and_leaves_nothing(
    tmp_path: Path, server: CrossrefServer, citetrack: Any
) -> None:
    server.load(RECORDS)
    asked = ("--crossref-url", server.url, "--mailto", "desk@news.example")
    ran = citetrack("snapshot", "build", tmp_path / "out", "--issn", "9999-9999", *asked)
    assert ran.code == 2
    assert "Crossref has no work for issn:9999-9999" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("quick")
def test_a_build_that_got_no_answer_at_all_leaves_nothing(tmp_path: Path, citetrack: Any) -> None:
    asked = ("--crossref-url", "http://127.0.0.1:9", "--timeout", "1")
    ran = citetrack("snapshot", "build", tmp_path / "out", "--issn", "1234-5671", *asked)
    assert ran.code == 3
    assert "cannot be reached" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("small_pages")
def test_a_cursor_that_expires_begins_again_with_the_day_it_had_reached(
    tmp_path: Path, server: CrossrefServer, polite: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.load(RECORDS)
    listed, pages = server.listed, iter(range(100))

    def forgetful(records: Any, params: dict[str, str]) -> Any:
        if next(pages) in {2, 4}:
            return None
        return listed(records, params)

    monkeypatch.setattr(server, "listed", forgetful)
    harvest(polite, server.url, "type:journal-article", tmp_path)
    assert _lines_in(tmp_path) == {
        r["DOI"].lower() for r in RECORDS if r["type"] == "journal-article"
    }
    asked = [a.params["filter"] for a in server.log]
    assert asked[0] == "type:journal-article"
    assert asked[-1] > "type:journal-article,from-index-date:2025-01-0"


@pytest.mark.usefixtures("small_pages")
def test_a_walk_that_was_killed_goes_on_and_one_without_progress_ends(
    tmp_path: Path, server: CrossrefServer, polite: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.load(RECORDS)
    write, pages = harvesting._write, iter(range(100))

    def killed(path: Path, content: bytes) -> None:
        if next(pages) == 5:
            raise KeyboardInterrupt
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(harvesting, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            harvest(polite, server.url, "from-index-date:2025", tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(server, "listed", lambda *_: None)
        with pytest.raises(SourceUnavailable, match="again and again"):
            harvest(polite, server.url, "from-index-date:2025", tmp_path)
    harvest(polite, server.url, "from-index-date:2025", tmp_path)
    assert len(_lines_in(tmp_path)) == 120


@pytest.mark.usefixtures("small_pages")
def test_a_page_whose_answer_is_lost_is_not_skipped(
    tmp_path: Path, server: CrossrefServer, polite: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.load(RECORDS)
    get, pages = type(polite).get, iter(range(100))

    def losing(*arguments: Any, **options: Any) -> Any:
        response = get(*arguments, **options)
        if next(pages) in {1, 3}:
            raise Passing("The answer was lost on its way.")
        return response

    monkeypatch.setattr(type(polite), "get", losing)
    harvest(polite, server.url, "from-index-date:2025", tmp_path)
    assert len(_lines_in(tmp_path)) == 120


def test_a_question_that_crossref_refuses_is_told_in_its_own_words(
    tmp_path: Path, server: CrossrefServer, polite: Client
) -> None:
    with pytest.raises(MalformedRecord, match="no such"):
        harvest(polite, server.url, "colour:green", tmp_path)
