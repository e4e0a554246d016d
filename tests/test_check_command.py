"""`citetrack check` as a user runs it: a process, its streams, its exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crossref_server import CrossrefServer

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
WORKS = str(DATA / "works.jsonl")
BACK_PAIN = str(DATA / "back-pain.txt")
SAMPLES = sorted(p for p in DATA.iterdir() if p.name not in {"README.md", "works.jsonl"})


def _run(
    *arguments: str, stdin: bytes | None = None, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "CITETRACK_DB": "", **env}
    if not environment["CITETRACK_DB"]:
        del environment["CITETRACK_DB"]
    command = [sys.executable, "-W", "error", "-m", "citetrack", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, env=environment, cwd=cwd, timeout=60, check=False
    )


def _check(*arguments: str, **options: Any) -> tuple[list[dict[str, Any]], int]:
    ran = _run("check", "--json", *arguments, **options)
    return json.loads(ran.stdout), ran.returncode


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "tracker.db")


def test_the_card_of_the_sample_story_names_study_reasons_and_what_was_not_checked() -> None:
    ran = _run("check", BACK_PAIN, "--works", WORKS, "--offline")
    shown = " ".join(ran.stdout.decode().split())
    assert ran.returncode == 0
    assert ran.stderr == b""
    for words in (
        "1 study in this story: 1 certain",
        "Zgierska et al., Mindfulness vs Cognitive Behavioral Therapy",
        "JAMA Network Open, 7 April 2025",
        "https://doi.org/10.1001/jamanetworkopen.2025.3204",
        'author "Aleksandra E. Zgierska"',
        "retractions and corrections not asked for",
        "no abstract",
        "Not everything could be checked. Checked: DOI, title, journal, author, date. Not",
    ):
        assert words in shown


def test_the_card_fits_80_columns_without_colour() -> None:
    lines = _run("check", BACK_PAIN, "--works", WORKS, "--offline").stdout.decode().splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert not any("\x1b" in line or line.endswith(" ") for line in lines)


@pytest.mark.parametrize(
    ("sample", "status", "doi", "code"),
    [
        ("back-pain.txt", "exact", "10.1001/jamanetworkopen.2025.3204", 0),
        ("alzheimers-drug.txt", "strong", "10.1056/nejmoa2212948", 0),
        ("plastics.html", "exact", "10.1126/sciadv.1700782", 0),
        ("measles-doubts.txt", "exact", "10.1016/s0140-6736(97)11096-0", 1),
        ("retracted-malaria-drug.txt", "exact", "10.1016/s0140-6736(20)31180-6", 1),
        ("friends-and-survival.txt", "different", None, 1),
        ("steroid-preprint.txt", "exact", "10.1101/2020.06.22.20137273", 0),
        ("black-hole.md", "exact", "10.3847/2041-8213/ab0ec7", 0),
    ],
)
def test_each_sample_story_comes_out_as_its_readme_says(
    sample: str, status: str, doi: str | None, code: int
) -> None:
    (story,), exit_code = _check(str(DATA / sample), "--works", WORKS, "--offline")
    (reference,) = story["references"]
    assert (reference["status"], reference["doi"], exit_code) == (status, doi, code)


@pytest.mark.parametrize(
    ("sample", "strategy"),
    [
        ("back-pain.txt", "doi"),
        ("black-hole.md", "doi"),
        ("plastics.html", "landing-page"),
        ("alzheimers-drug.txt", "container-date-author"),
    ],
)
def test_the_strategy_tells_how_the_study_was_reached(sample: str, strategy: str) -> None:
    (story,), _ = _check(str(DATA / sample), "--works", WORKS, "--offline")
    assert story["references"][0]["strategy"] == strategy


def test_many_stories_end_with_what_they_came_to_and_where_they_are_kept(db: str) -> None:
    stories = str(DATA / "stories.jsonl")
    ran = _run("check", stories, "none.txt", "--works", WORKS, "--offline", "--save", "--db", db)
    said = ran.stderr.decode().splitlines()
    summed = r"citetrack: 6 stories with \d studies: .*\. 1 more could not be read\."
    assert re.fullmatch(summed, said[1])
    assert said[2:] == [f"citetrack: Kept in {db}: `citetrack report stories` lists them."]
    one = _run("check", BACK_PAIN, "--works", WORKS, "--offline")
    assert one.stderr == b""


def test_a_preprint_is_called_one_also_where_the_story_does() -> None:
    ran = _run("check", str(DATA / "steroid-preprint.txt"), "--works", WORKS, "--offline")
    assert "is       a preprint, not peer reviewed" in ran.stdout.decode()


def _shown(folder: Path, story: str) -> str:
    """Return the card of a story, its lines joined."""
    path = folder / "story.md"
    path.write_text(story, encoding="utf-8")
    ran = _run("check", str(path), "--works", WORKS, "--offline")
    return " ".join(ran.stdout.decode().split())


def test_the_storys_own_date_is_not_quoted_as_its_words(tmp_path: Path) -> None:
    shown = _shown(
        tmp_path,
        "# Old friends live longer\n\n*29 July 2010*\n\nFriends add years, says a study in PLoS"
        " Medicine by Julianne Holt-Lunstad (https://doi.org/10.1371/journal.pmed.1000316).\n",
    )
    assert "date of the story, 29 July 2010, near 27 July 2010" in shown


def test_a_retraction_is_told_of_a_paper_that_is_only_a_suggestion(tmp_path: Path) -> None:
    shown = _shown(
        tmp_path,
        "Malaria drug harms Covid patients\n\n3 July 2020\n\nHydroxychloroquine or chloroquine with"
        " a macrolide raises the risk of death, said a registry study in The Lancet.\n",
    )
    assert "(The Lancet, 22 May 2020, retracted on 5 June 2020)" in shown


def test_the_paper_of_a_wrong_doi_is_not_offered_in_its_place(tmp_path: Path) -> None:
    shown = _shown(
        tmp_path,
        "Old coins shine longer\n\n29 July 2010\n\nLead author Peter Schmidt and colleagues write"
        " in PLoS Medicine that silver keeps its gloss in salt (10.1371/journal.pmed.1000316).\n",
    )
    assert "CT102" in shown
    assert "maybe" not in shown
    assert "why DOI" not in shown


def test_details_leave_out_candidates_that_nothing_speaks_for() -> None:
    shown = _run("check", BACK_PAIN, "--works", WORKS, "--offline", "-v").stdout.decode()
    assert "journal agrees (" in shown
    assert "fits     0.999 10.1001/jamanetworkopen.2025.3204" in shown
    assert "fits     0.000" not in shown


def test_a_story_without_a_study_has_no_references_and_nothing_to_raise() -> None:
    (story,), code = _check(str(DATA / "poets-study.txt"), "--works", WORKS, "--offline")
    assert (story["references"], story["claims"], story["findings"], code) == ([], [], [], 0)


def test_a_wrong_doi_is_told_with_the_paper_that_fits() -> None:
    (story,), _ = _check(str(DATA / "friends-and-survival.txt"), "--works", WORKS, "--offline")
    (finding,) = [f for f in story["findings"] if f["code"] == "CT102"]
    assert finding["severity"] == "error"
    assert "10.1371/journal.pmed.1000316" in finding["message"]
    assert story["references"][0]["candidates"][0]["doi"] == "10.1371/journal.pmed.1000316"


def test_a_retracted_paper_is_an_error_with_date_and_notice() -> None:
    (story,), _ = _check(str(DATA / "measles-doubts.txt"), "--works", WORKS, "--offline")
    (finding,) = [f for f in story["findings"] if f["code"] == "CT201"]
    assert "retracted on 6 February 2010" in finding["message"]
    assert ("retraction", "2010-02-06") in {
        (u["type"], u["date"]) for u in story["references"][0]["updates"]
    }


def test_a_card_with_something_to_raise_says_nothing_of_nothing_to_raise() -> None:
    for sample in ("measles-doubts.txt", "friends-and-survival.txt", "poets-study.txt"):
        ran = _run("check", str(DATA / sample), "--works", WORKS, "--offline")
        assert "Nothing to raise" not in ran.stdout.decode()


def test_a_card_with_a_retraction_says_too_what_was_checked_and_what_was_not() -> None:
    ran = _run("check", str(DATA / "measles-doubts.txt"), "--works", WORKS, "--offline")
    last = " ".join(ran.stdout.decode().rpartition("\n\n")[2].split())
    assert last == (
        "Checked: DOI, journal, author."
        " Not checked: retractions and corrections; results (the record has no abstract)."
    )
    wrong = _run("check", str(DATA / "friends-and-survival.txt"), "--works", WORKS, "--offline")
    last = wrong.stdout.decode().rpartition("\n\n")[2]
    assert last == "Not checked: 1 study not found for sure.\n"


def test_a_study_that_was_not_looked_up_says_whether_works_at_hand_were_searched(
    tmp_path: Path,
) -> None:
    (tmp_path / "w.jsonl").write_text('{"DOI": "10.5555/x", "title": ["Snails"]}', "utf-8")
    said = "10.1001/jamanetworkopen.2025.3204. Crossref was not asked, because of --offline."
    for works, more in (((), ""), (("--works", str(tmp_path / "w.jsonl")), " Of the works at")):
        shown = " ".join(_run("check", BACK_PAIN, *works, "--offline").stdout.decode().split())
        assert f"{said}{more}" in shown
        assert ("Of the works at hand none fits." in shown) == bool(works)


def test_a_finding_left_out_is_told_and_its_paper_is_not_called_clean() -> None:
    asked = (str(DATA / "measles-doubts.txt"), "--works", WORKS, "--offline", "--ignore", "CT201")
    shown = " ".join(_run("check", *asked).stdout.decode().split())
    assert "Nothing to raise" not in shown
    assert "Left out, as you asked: 1 finding (CT201)." in shown
    (story,), code = _check(*asked)
    assert story["ignored"] == [{"code": "CT201", "doi": "10.1016/s0140-6736(97)11096-0"}]
    assert code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("",), b"The name of a source is empty", id="no-name"),
        pytest.param((BACK_PAIN, "--offline", "--links"), b"--links opens nothing", id="links"),
    ],
)
def test_what_can_do_nothing_is_said(arguments: tuple[str, ...], said: bytes) -> None:
    assert said in _run("check", *arguments).stderr


def test_an_address_that_is_refused_gets_its_reason_and_no_tip() -> None:
    said = _run("check", "file:///x", "--no-cache", CITETRACK_MAILTO="").stderr
    assert b"Only http and https" in said
    assert b"Tip" not in said


def test_a_study_that_could_not_be_looked_up_is_not_checked() -> None:
    shown = " ".join(_run("check", BACK_PAIN, "--offline").stdout.decode().split())
    assert "Nothing could be checked. Not checked: 1 study that could not be looked up." in shown


def test_the_card_of_a_retracted_paper_shows_status_date_notice_and_source() -> None:
    ran = _run("check", str(DATA / "retracted-malaria-drug.txt"), "--works", WORKS, "--offline")
    shown = " ".join(ran.stdout.decode().split())
    assert ran.returncode == 1
    for words in ("CT201", "was retracted", "10.1016/s0140-6736(20)31324-6", "the publisher"):
        assert words in shown
    assert "before that" in shown


@pytest.mark.shared
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_every_sample_validates_against_the_outside_schema(sample: Path, shared: Path) -> None:
    import jsonschema

    schema = json.loads((shared / "contract.schema.json").read_text())
    stories, _ = _check(str(sample), "--works", WORKS, "--offline")
    for story in stories:
        jsonschema.validate(story, schema)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_every_span_is_the_exact_slice_of_the_text_whose_hash_is_given(sample: Path) -> None:
    from hashlib import sha256

    stories, _ = _check(str(sample), "--works", WORKS, "--offline", "--with-text")
    for story in stories:
        text = story["article"]["text"]
        assert sha256(text.encode()).hexdigest() == story["article"]["sha256"]
        assert len(text) == story["article"]["characters"]
        for span in (*story["mentions"], *story["claims"]):
            assert text[span["start"] : span["end"]] == span["quote"]


def test_the_same_input_gives_the_same_json_byte_for_byte() -> None:
    arguments = ("check", "--nl", *(str(s) for s in SAMPLES), "--works", WORKS, "--offline")
    assert _run(*arguments).stdout == _run(*arguments).stdout


def test_offline_a_doi_that_is_not_at_hand_is_unchecked_and_exit_3() -> None:
    (story,), code = _check(BACK_PAIN, "--offline")
    (reference,) = story["references"]
    assert (reference["status"], reference["doi"], code) == ("unchecked", None, 3)
    assert reference["doi_as_printed"] == "10.1001/jamanetworkopen.2025.3204"
    assert story["lookups"] == []
    assert [f["code"] for f in story["findings"]] == ["CT901"]


def test_stories_come_out_in_input_order_and_one_bad_source_stops_none(tmp_path: Path) -> None:
    stories, code = _check(
        BACK_PAIN, str(tmp_path / "missing.txt"), str(DATA / "poets-study.txt"), "--works", WORKS,
        "--offline",
    )  # fmt: skip
    assert [s["error"] is None for s in stories] == [True, False, True]
    assert stories[1]["error"]["message"].startswith("There is no file")
    assert code == 2


def test_why_a_source_could_not_be_read_goes_to_stderr_and_the_cards_to_stdout() -> None:
    ran = _run("check", "nowhere.txt", str(DATA / "poets-study.txt"), "--offline")
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("citetrack: There is no file nowhere.txt.")
    assert "nowhere" not in ran.stdout.decode()
    assert "No study is named" in ran.stdout.decode()


def test_nl_is_lines_also_where_json_is_asked_for() -> None:
    story = str(DATA / "poets-study.txt")
    for flags in (["--json", "--nl"], ["--nl", "--json"], ["--nl"]):
        ran = _run("check", story, *flags, "--offline")
        assert json.loads(ran.stdout.decode().splitlines()[0])["schema"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([], "Missing argument", id="no-source"),
        pytest.param(["x", "--published", "someday"], "is no date", id="published"),
        pytest.param(["x", "--published", "2025-13"], "is no date", id="no-such-month"),
        pytest.param(["x", "--works", "nowhere.jsonl"], "no snapshot nowhere.jsonl", id="works"),
        pytest.param(["x", "--fail-on", "note"], "Invalid value", id="fail-on"),
        pytest.param(["x", "--nonsense"], "No such option", id="option"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(arguments: list[str], words: str) -> None:
    ran = _run("check", *arguments, "--offline")
    assert ran.returncode == 2
    assert words in ran.stderr.decode()
    assert "Traceback" not in ran.stderr.decode()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--fail-on", "never"), 0),
        (("--ignore", "CT201"), 0),
        (("--fail-on", "warning"), 1),
        ((), 1),
    ],
)
def test_findings_set_the_exit_code_from_the_severity_asked_for(
    options: tuple[str, ...], code: int
) -> None:
    story = str(DATA / "measles-doubts.txt")
    assert _check(story, "--works", WORKS, "--offline", *options)[1] == code


def test_the_storys_own_date_wins_over_the_option() -> None:
    (given,), _ = _check("-", "--offline", "--published", "2025-04", stdin=b"Sleep helps, all say.")
    assert (given["article"]["published"], given["article"]["published_basis"]) == (
        "2025-04", "given",
    )  # fmt: skip
    line = b'{"text": "Sleep helps.", "published": "2024-01-02"}'
    (own,), _ = _check("-", "--offline", "--published", "2025-04", stdin=line)
    assert own["article"]["published"] == "2024-01-02"


def test_a_saved_story_is_reported_shown_and_exported(db: str) -> None:
    _run("check", BACK_PAIN, "--works", WORKS, "--offline", "--save", "--db", db)
    doi = "10.1001/jamanetworkopen.2025.3204"
    assert doi in _run("report", "--csv", "--db", db).stdout.decode()
    assert "Two talking therapies" in _run("show", doi, "--db", db).stdout.decode()
    exported = _run("export", "citations", "--db", db).stdout.decode().splitlines()
    assert len(exported) == 2
    assert doi in exported[1]


def test_without_save_no_story_is_kept_and_offline_no_tracker_is_made(db: str) -> None:
    _run("check", BACK_PAIN, "--works", WORKS, "--offline", "--db", db)
    assert not Path(db).exists()


def test_running_again_replaces_what_was_derived(db: str) -> None:
    for _ in range(2):
        _run("check", BACK_PAIN, "--works", WORKS, "--offline", "--save", "--db", db)
    with sqlite3.connect(db) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "revisions", "article_references", "citations", "works")
        ]
    connection.close()
    assert counts == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a database at all, but text" * 40, "is not"),
        (b"SQLite format 3\x00" + b"x" * 900, ""),
    ],
)
def test_a_foreign_or_damaged_tracker_ends_the_run_and_stays_as_it_was(
    db: str, content: bytes, words: str
) -> None:
    Path(db).write_bytes(content)
    ran = _run("check", BACK_PAIN, "--works", WORKS, "--offline", "--save", "--db", db)
    assert ran.returncode == 2
    assert db in ran.stderr.decode()
    assert words in ran.stderr.decode()
    assert Path(db).read_bytes() == content


def test_terminal_escapes_and_markup_of_a_story_reach_nobody(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    title = "[bold red]Hot\x1b[31m \x9b2J news\u202e[/]"
    story.write_text(f"{title}\n\nSee doi:10.5555/x\x1b]0;t\x07 now.\n")
    for style in ((), ("--json",), ("-v",)):
        out = _run("check", str(story), "--offline", *style).stdout.decode()
        assert not set("\x1b\x9b\u202e\x07") & set(out)
    assert "[bold red]Hot" in _run("check", str(story), "--offline").stdout.decode()


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", ""])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_odd_locales_lose_letters_at_worst(locale: str, encoding: str) -> None:
    story = "Größe zählt – 睡眠\n\nSee doi:10.5555/x now.\n".encode()
    ran = _run("check", "-", "--offline", stdin=story, LC_ALL=locale, PYTHONIOENCODING=encoding)
    assert ran.returncode == 3
    assert ran.stderr == b""
    ran = _run("check", "-", "--offline", "--nl", stdin=story, PYTHONIOENCODING=encoding)
    assert json.loads(ran.stdout)["article"]["title"] == "Größe zählt – 睡眠"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("style", [(), ("--json",), ("--nl",)])
def test_a_full_disk_does_not_exit_0(style: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "citetrack", "check", str(DATA / "poets-study.txt")]
        ran = subprocess.run(
            [*command, "--offline", *style], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 2
    assert b"could not be written" in ran.stderr
    assert b"Traceback" not in ran.stderr


def _run_closed(closing: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["sh", "-c", f'exec "$@" {closing}', "sh", sys.executable, "-m", "citetrack"]
    return subprocess.run([*command, *arguments], capture_output=True, timeout=60, check=False)


@pytest.mark.skipif(os.name == "nt", reason="there is no sh here")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", BACK_PAIN, "--offline"),
        ("check", "--nl", BACK_PAIN, "--offline"),
        ("rule",),
        ("config",),
        ("path",),
        ("--version",),
    ],
)
def test_a_stdout_closed_from_the_start_does_not_look_like_success(
    arguments: tuple[str, ...],
) -> None:
    ran = _run_closed(">&-", *arguments)
    assert ran.returncode == 2
    said = b"citetrack: The output could not be written: standard output is closed.\n"
    assert ran.stderr == said


@pytest.mark.skipif(os.name == "nt", reason="there is no sh here")
@pytest.mark.parametrize(
    "arguments",
    [("check", "-"), ("cite", "-"), ("status", "-"), ("check", BACK_PAIN)],
)
def test_a_closed_stdin_is_told_to_those_who_read_it(arguments: tuple[str, ...]) -> None:
    ran = _run_closed("<&-", *arguments, "--works", WORKS, "--offline")
    closed = b"Standard input cannot be read: it is closed." in ran.stderr
    assert (ran.returncode, closed) == ((2, True) if "-" in arguments else (0, False))
    assert b"defect" not in ran.stderr


def test_a_source_without_a_name_is_said() -> None:
    ran = _run("check", "", "--offline")
    assert ran.returncode == 2
    assert b"The name of a source is empty" in ran.stderr


@pytest.mark.parametrize("options", [(), ("--save",), ("--no-cache",), ("--save", "--no-cache")])
def test_a_run_that_keeps_nothing_makes_no_tracker(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    db = tmp_path / "new" / "tracker.db"
    ran = _run("check", "http://127.0.0.1:9/x", *options, CITETRACK_DB=str(db))
    assert ran.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("save", "code"), [((), 0), (("--save",), 2)])
def test_a_tracker_that_cannot_be_made_is_an_error_only_with_save(
    tmp_path: Path, save: tuple[str, ...], code: int
) -> None:
    (tmp_path / "file").touch()
    db = str(tmp_path / "file" / "tracker.db")
    story = str(DATA / "poets-study.txt")
    ran = _run("check", story, *save, CITETRACK_DB=db, CITETRACK_CROSSREF_URL="http://127.0.0.1:9")
    assert ran.returncode == code
    assert b"cannot be made or written" in ran.stderr
    assert (b"Nothing is kept of this run" in ran.stderr) is not bool(save)


@pytest.mark.parametrize("style", [(), ("--json",), ("--nl",)])
def test_a_closed_pipe_ends_quietly(style: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "citetrack", "check", *(str(s) for s in SAMPLES), "--offline"]
    with subprocess.Popen(
        [*command, *style], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        stderr = process.stderr.read()
        process.wait(30)
    assert stderr == b""


@pytest.fixture
def _heeding_interrupts() -> Iterator[None]:
    """Let commands heed SIGINT also where the shell that runs the tests has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="SIGINT is sent otherwise on Windows")
@pytest.mark.usefixtures("_heeding_interrupts")
def test_an_interrupt_keeps_what_is_done_and_ends_with_130(tmp_path: Path, db: str) -> None:
    fifo = [json.dumps({"id": f"s{i}", "text": f"Story {i}. doi:10.5555/{i}"}) for i in range(3)]
    command = [sys.executable, "-m", "citetrack", "check", "-", "--offline", "--json", "--save"]
    with subprocess.Popen(
        [*command, "--db", db],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        process.stdin.write(("\n".join(fifo) + "\n").encode() + b" " * 70_000 + b"\n")
        process.stdin.flush()
        first = process.stdout.readline() + process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.stderr
        stderr = process.stderr.read()
    assert process.returncode == 130
    assert b"Traceback" not in stderr
    *done, last = json.loads(first + rest)
    assert done
    assert (last["error"]["code"], last["references"]) == ("interrupted", [])
    with sqlite3.connect(db) as connection:
        kept = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    connection.close()
    assert kept == len(done)


_CROSSREF_RECORD = {
    "DOI": "10.5555/rest.1", "type": "journal-article", "title": ["Rest and recall in nurses"],
    "container-title": ["Sleep Science"], "author": [{"given": "Ana", "family": "Ruiz"}],
    "issued": {"date-parts": [[2025, 4, 7]]},
}  # fmt: skip
_ONLINE = b"Ana Ruiz and colleagues write in the journal Sleep Science. doi:10.5555/rest.1\n"


def test_online_crossref_is_asked_once_and_then_the_tracker_answers(
    crossref_server: CrossrefServer, db: str
) -> None:
    crossref_server.load([_CROSSREF_RECORD])
    arguments = ("-", "--crossref-url", crossref_server.url, "--db", db, "--mailto", "a@b.example")
    (first,), code = _check(*arguments, stdin=_ONLINE)
    asked = len(crossref_server.log)
    (second,), _ = _check(*arguments, stdin=_ONLINE)
    assert code == 0
    assert first["references"][0]["status"] == "exact"
    assert first["references"][0]["updates_checked"] is True
    assert first == second
    assert asked > 0
    assert len(crossref_server.log) == asked


def test_online_an_unregistered_doi_is_an_error_and_never_unchecked(
    crossref_server: CrossrefServer, db: str
) -> None:
    crossref_server.load([])
    (story,), code = _check(
        "-", "--crossref-url", crossref_server.url, "--db", db, stdin=b"See doi:10.5555/fake now."
    )
    assert story["references"][0]["status"] == "not_found"
    assert [f["code"] for f in story["findings"]] == ["CT101"]
    assert code == 1


def test_a_source_that_does_not_answer_is_unchecked_and_exit_3(db: str) -> None:
    (story,), code = _check(
        "-", "--crossref-url", "http://127.0.0.1:9", "--db", db, "--timeout", "1", stdin=_ONLINE
    )
    (reference,) = story["references"]
    assert (reference["status"], code) == ("unchecked", 3)
    assert {x["outcome"] for x in story["lookups"]} == {"unavailable"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1:9/story", 2),
        ("http://[::1]/story", 2),
        ("http://169.254.169.254/latest", 2),
        ("ftp://example.org/story", 2),
        ("file:///etc/passwd", 2),
        ("https://", 2),
        ("https://example.org/story", 3),
    ],
)
def test_addresses_are_refused_first_and_offline_second(address: str, code: int) -> None:
    (story,), exit_code = _check(address, "--offline")
    assert exit_code == code
    assert story["error"]["message"]


def test_help_imports_nothing_heavy() -> None:
    heavy = (
        "requests", "habanero", "httpx2", "rapidfuzz", "sqlite_utils", "rich", "trafilatura",
        "lxml", "tantivy", "msgspec", "dateparser", "mammoth", "importlib.metadata", "asyncio",
    )  # fmt: skip
    code = (
        "import sys\nfrom citetrack.cli import run\n"
        "try:\n run(['--help'])\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stderr.decode().strip() == "[]"
    for command in (b"check", b"report", b"show", b"export", b"path"):
        assert command in ran.stdout


_DRAFT = "# Pills\n\nHydroxychloroquine raised deaths in a registry, surgeons wrote.{link}\n\n{end}"
_MALARIA = "https://doi.org/10.1016/S0140-6736(20)31180-6"


@pytest.mark.parametrize(
    ("link", "end"),
    [
        pytest.param("[^1]", f"[^1]: Mehra et al, {_MALARIA}\n", id="footnote"),
        pytest.param("", f"## Sources\n\n- {_MALARIA}\n", id="sources"),
        pytest.param(f" ([here]({_MALARIA}))", "", id="link"),
        pytest.param(f" {_MALARIA} says so.", "They went on.\n", id="body"),
    ],
)
@pytest.mark.parametrize(
    "front", ["", "---\ntitle: On pills\nauthor: A. Poe\ndate: 2021-05-03\n---\n"]
)
def test_a_drafts_front_matter_hides_no_retraction(
    tmp_path: Path, front: str, link: str, end: str
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(front + _DRAFT.format(link=link, end=end), "utf-8")
    (report,), code = _check(str(draft), "--works", WORKS, "--offline")
    assert code == 1
    assert len(report["references"]) == 1
    assert "CT201" in {f["code"] for f in report["findings"]}
    assert "CT303" not in {f["code"] for f in report["findings"]}
    assert report["article"]["published_basis"] == ("meta" if front else None)


def test_dois_outside_the_story_are_named_when_no_study_is(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    menu = "Home\nNews\nHealth\nSport\nLog in\nSearch\n\n"
    prose = "The council met on Monday evening and spoke about the new bridge for two hours.\n\n"
    page.write_text(f"{menu}{prose}Related\nOther things\n{_MALARIA}\n", "utf-8")
    ran = _run("check", str(page), "--works", WORKS, "--offline")
    shown = " ".join(ran.stdout.decode().split())
    assert "No study is named" in shown
    assert "1 DOI stands outside the story" in shown
    assert "10.1016/S0140-6736(20)31180-6 (related stories)" in shown
