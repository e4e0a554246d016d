"""Building, updating and asking a snapshot; what is refused, and what survives a kill."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citetrack.containers.listed import Listed
from citetrack.errors import (
    DamagedSnapshot,
    NoSnapshot,
    SnapshotError,
    UnfinishedSnapshot,
    UnreadableSource,
)
from citetrack.model import Doi, Outcome, Question
from citetrack.record import work_from_bytes, work_from_crossref
from citetrack.record.build import core_of
from citetrack.record.core import work_of_core
from citetrack.record.wire import decode
from citetrack.snapshot import gather, load, open_works, records, runs, tasks
from citetrack.snapshot.build import Order, build, update
from citetrack.snapshot.core import decode_core, encode_core
from citetrack.snapshot.manifest import read_manifest
from citetrack.snapshot.selection import Selection
from citetrack.snapshot.source import Snapshot
from citetrack.snapshot.verify import verified
from snapshot_records import JOURNALS, answers_of, make_records, write_lines

RECORDS = make_records(300)


def order(*inputs: Path, **changes: Any) -> Order:
    selection = Selection(**changes.pop("selection", {}))
    made = Order(inputs, selection, now="2026-01-05T10:00:00+00:00", version="0", jobs=1)
    return replace(made, **changes)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "works.jsonl.gz", RECORDS, "no json", '{"DOI": 5}')


@pytest.fixture
def snapshot(tmp_path: Path, lines: Path) -> Path:
    build(tmp_path / "snap", order(lines))
    return tmp_path / "snap"


# ---------------------------------------------------------------- building


def test_a_snapshot_gives_back_each_work_as_the_record_reader_reads_it(snapshot: Path) -> None:
    works = open_works(snapshot)
    asked = [Doi.parse(r["DOI"]) for r in RECORDS]
    assert [x.works[0] for x in works.get(asked)] == [work_from_crossref(r) for r in RECORDS]
    assert [x.outcome for x in works.get([Doi("10.5555/none")])] == [Outcome.NOT_FOUND]


def test_the_manifest_counts_what_was_read_and_names_broken_records_with_file_and_line(
    snapshot: Path, lines: Path
) -> None:
    manifest = read_manifest(snapshot)
    assert (manifest.format, manifest.works, manifest.read, manifest.broken) == (2, 300, 302, 2)
    assert [(b.file, b.number) for b in manifest.told] == [(str(lines), 301), (str(lines), 302)]
    assert manifest.built == "2026-01-05T10:00:00+00:00"
    assert [(s.name, s.files) for s in manifest.sources] == [(str(lines), 1)]
    data = snapshot / manifest.data
    assert manifest.bytes == sum((data / name).stat().st_size for name in manifest.files)


def _tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") if path.suffix == ".gz" else tarfile.open(path, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    "form",
    ["folder-of-both", "tar", "tar.gz", "items", "answer", "list", "plain-lines", "stretches"],
)
def test_every_form_of_the_data_gives_the_same_snapshot(
    tmp_path: Path, snapshot: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = RECORDS[:150], RECORDS[150:]
    items = [gzip.compress(json.dumps({"items": h}, indent=1).encode()) for h in halves]
    where = tmp_path / "input"
    where.mkdir()
    if form == "folder-of-both":
        (where / "a").mkdir()
        (where / "a" / "0.json.gz").write_bytes(items[0])
        write_lines(where / "1.jsonl.gz", halves[1])
        (where / "README.txt").write_text("no records")
    elif form.startswith("tar"):
        where = _tar(tmp_path / f"data.{form}", {"x/0.json.gz": items[0], "x/1.json.gz": items[1]})
    elif form == "items":
        (where / "0.json.gz").write_bytes(items[0])
        (where / "1.json").write_bytes(gzip.decompress(items[1]))
    elif form == "answer":
        message = {"status": "ok", "message-type": "work-list", "message": {"items": RECORDS}}
        (where / "answer.json").write_text(json.dumps(message))
    elif form == "list":
        (where / "list.json").write_text(json.dumps(RECORDS))
    else:
        if form == "stretches":
            monkeypatch.setattr("citetrack.snapshot.reading._STRETCH", 4000)
        write_lines(where / "works.jsonl", RECORDS)
    build(tmp_path / "other", order(where))
    assert answers_of(tmp_path / "other") == answers_of(snapshot)


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        ({"journals": ("1234-5671",)}, lambda r: r["ISSN"] == ["1234-5671"]),
        ({"journals": ("sleep & rest", "Annals of Tea")},
         lambda r: r["container-title"] == ["Annals of Tea"]),
        ({"years": (2012, 2013)}, lambda r: r["issued"]["date-parts"][0][0] in {2012, 2013}),
        ({"from_date": "2023-06-10"}, lambda r: r["issued"]["date-parts"][0] >= [2023, 6, 10]),
        ({"types": ("book-chapter",)}, lambda r: r["type"] == "book-chapter"),
        ({"has_abstract": True}, lambda r: r["abstract"]),
    ],
)  # fmt: skip
def test_a_slice_keeps_what_was_asked_for_and_counts_the_rest(
    tmp_path: Path, lines: Path, selection: dict[str, Any], kept: Any
) -> None:
    manifest = build(tmp_path / "slice", order(lines, selection=selection))
    wanted = sorted(r["DOI"].lower().encode() for r in RECORDS if kept(r))
    assert wanted
    assert sorted(doi for _, doi in answers_of(tmp_path / "slice")[0]) == wanted
    assert manifest.left_out == 300 - len(wanted)


def test_without_abstracts_none_is_kept_or_found_and_with_full_messages_all_is(
    tmp_path: Path, lines: Path
) -> None:
    build(tmp_path / "bare", order(lines, selection={"abstracts": False}))
    build(tmp_path / "full", order(lines, selection={"full": True}))
    bare, full = open_works(tmp_path / "bare"), open_works(tmp_path / "full")
    (answer,) = bare.get([Doi("10.5555/s.1")])
    assert answer.works[0].abstract is None
    assert bare.best({("abstract", "measur"): 1.0}, 9) == []  # type: ignore[attr-defined]
    assert json.loads(full.message(Doi("10.5555/s.1")) or "") == RECORDS[1]
    shown = json.loads(bare.message(Doi("10.5555/s.1")) or "")
    assert "reference" not in shown
    assert shown["title"] == RECORDS[1]["title"]
    assert work_from_crossref(shown) == answer.works[0]


def test_of_a_doi_that_comes_twice_the_record_indexed_last_counts(tmp_path: Path) -> None:
    old = {**RECORDS[0], "title": ["Older"], "indexed": {"timestamp": 1000}}
    new = {**RECORDS[0], "title": ["Newer"], "DOI": RECORDS[0]["DOI"].lower()}
    files = [write_lines(tmp_path / "1.jsonl", [new]), write_lines(tmp_path / "2.jsonl", [old])]
    manifest = build(tmp_path / "snap", order(*files))
    (answer,) = open_works(tmp_path / "snap").get([Doi("10.5555/s.0")])
    assert answer.works[0].title == "Newer"
    assert (manifest.works, manifest.duplicates) == (1, 1)


def test_dois_with_one_hash_are_told_apart(
    tmp_path: Path, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (gather, records):
        monkeypatch.setattr(module, "doi_hash", lambda doi: len(doi) << 20)
    monkeypatch.setattr(records, "_MOST_ALIKE", 500)
    build(tmp_path / "snap", order(lines))
    works = open_works(tmp_path / "snap")
    found = works.get([Doi(r["DOI"].lower()) for r in RECORDS[::50]])
    assert [x.works[0].title for x in found] == [r["title"][0] for r in RECORDS[::50]]
    hits = works.best({("year", "2012"): 1.0}, 99)  # type: ignore[attr-defined]
    assert len({w.doi for w, _ in hits}) == len(hits) == 20


@pytest.mark.parametrize("form", ["file", "gz", "folder", "tar"])
def test_input_without_a_record_is_refused_and_leaves_nothing(tmp_path: Path, form: str) -> None:
    where = tmp_path / "empty.jsonl"
    if form == "gz":
        where = write_lines(tmp_path / "empty.jsonl.gz", [])
    elif form == "folder":
        where = tmp_path / "folder"
        where.mkdir()
    elif form == "tar":
        where = _tar(tmp_path / "empty.tar", {})
    else:
        where.write_bytes(b"")
    with pytest.raises(UnreadableSource, match=rf"{where.name}(:| holds) .*no .*record"):
        build(tmp_path / "snap", order(where))
    assert not (tmp_path / "snap" / ".building").exists()


def test_a_record_without_title_or_with_an_absurd_date_is_kept(tmp_path: Path) -> None:
    absurd = {"DOI": "10.5555/odd", "issued": {"date-parts": [[20255, 14]]}}
    odd: list[dict[str, Any]] = [{"DOI": "10.5555/bare"}, absurd]
    build(tmp_path / "snap", order(write_lines(tmp_path / "odd.jsonl", odd)))
    found = open_works(tmp_path / "snap").get([Doi("10.5555/bare"), Doi("10.5555/odd")])
    assert [(x.works[0].title, x.works[0].issued) for x in found] == [(None, None)] * 2


@pytest.mark.shared
def test_each_real_record_comes_back_as_it_is_read_from_its_file(shared: Path) -> None:
    with gzip.open(shared / "crossref" / "works-dev.jsonl.gz") as lines:
        for line in lines:
            row = encode_core(core_of(decode(line)))
            assert work_of_core(decode_core(row)) == replace(work_from_bytes(line), score=None)


# ---------------------------------------------------------------- existence


def test_a_set_of_dois_says_which_exist_and_holds_nothing_else(tmp_path: Path, lines: Path) -> None:
    manifest = build(tmp_path / "dois", order(lines, selection={"dois_only": True}, complete=True))
    works = open_works(tmp_path / "dois")
    assert works.knows([Doi("10.5555/s.7"), Doi("10.5555/none")]) == [True, False]
    assert [x.outcome for x in works.get([Doi("10.5555/s.7"), Doi("10.5555/none")])] == [
        Outcome.UNAVAILABLE, Outcome.NOT_FOUND,
    ]  # fmt: skip
    assert works.complete
    assert (manifest.kind, manifest.works, len(works)) == ("dois", 300, 300)
    assert manifest.bytes == 300 * 8
    more = write_lines(tmp_path / "more.jsonl", [*RECORDS[:9], {"DOI": "10.5555/new"}])
    assert update(tmp_path / "dois", order(more)).works == 301
    grown = open_works(tmp_path / "dois")
    assert grown.knows([Doi("10.5555/new"), Doi("10.5555/s.299")]) == [True, True]
    verified(tmp_path / "dois", read_manifest(tmp_path / "dois"))


def test_a_set_of_dois_that_an_older_citetrack_made_is_read(tmp_path: Path, lines: Path) -> None:
    build(tmp_path / "dois", order(lines, selection={"dois_only": True}))
    path = tmp_path / "dois" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 1}))
    assert open_works(tmp_path / "dois").knows([Doi("10.5555/s.7")]) == [True]


def _journals_of(folder: Path) -> list[Listed]:
    works = open_works(folder)
    assert isinstance(works, Snapshot)
    return works.containers()


def test_a_snapshot_names_the_journals_of_its_works(tmp_path: Path) -> None:
    records = [
        {"DOI": "10.5555/1", "container-title": ["Dreaming\tWalruses"], "ISSN": ["1234-5679"]},
        {"DOI": "10.5555/2", "container-title": ["Dreaming Walruses"], "ISSN": ["2434-561X"],
         "short-container-title": ["Dream. Walruses"]},
        {"DOI": "10.5555/3", "container-title": ["A Book of Walruses"], "type": "book-chapter"},
    ]  # fmt: skip
    snap = tmp_path / "snap"
    build(snap, order(write_lines(tmp_path / "works.jsonl", records)))
    told = Listed("Dreaming Walruses", ("1234-5679", "2434-561X"), ("Dream. Walruses",))
    assert _journals_of(snap) == [told]
    more = [{"DOI": "10.5555/4", "container-title": ["Tusks"], "short-container-title": ["Tsk"]}]
    update(snap, order(write_lines(tmp_path / "more.jsonl", more)))
    assert _journals_of(snap) == [told, Listed("Tusks", (), ("Tsk",))]


def test_a_snapshot_built_before_journals_were_written_down_names_none(snapshot: Path) -> None:
    manifest = read_manifest(snapshot)
    (snapshot / manifest.data / "containers.tsv").unlink()
    del manifest.files["containers.tsv"]
    manifest.write(snapshot)
    assert _journals_of(snapshot) == []
    verified(snapshot, manifest)


# ---------------------------------------------------------------- updating


def test_an_update_gives_what_a_build_of_everything_gives(
    tmp_path: Path, snapshot: Path, lines: Path
) -> None:
    changed = [
        {**r, "title": ["Tide, corrected"], "indexed": {"timestamp": 1800000000000}}
        for r in RECORDS[10:20]
    ]
    older = [{**r, "title": ["Tide, older"], "indexed": {"timestamp": 5}} for r in RECORDS[30:40]]
    more = write_lines(tmp_path / "more.jsonl", [*changed, *older, *make_records(330, 2)[300:]])
    build(tmp_path / "at-once", order(lines, more))
    manifest = update(snapshot, order(more, now="2026-02-01T00:00:00+00:00"))
    rows, found = answers_of(snapshot)
    rows_at_once, found_at_once = answers_of(tmp_path / "at-once")
    assert rows == rows_at_once
    assert [[doi for doi, _ in f] for f in found] == [[d for d, _ in f] for f in found_at_once]
    assert (manifest.works, manifest.updated) == (330, "2026-02-01T00:00:00+00:00")
    assert manifest.duplicates == read_manifest(tmp_path / "at-once").duplicates == 20
    assert [p.name for p in snapshot.iterdir() if p.is_dir()] == ["data-2"]
    verified(snapshot, manifest)


def test_whoever_reads_while_an_update_comes_goes_on_reading(
    tmp_path: Path, snapshot: Path
) -> None:
    works = open_works(snapshot)
    update(snapshot, order(write_lines(tmp_path / "more.jsonl", [{"DOI": "10.5555/new"}])))
    assert works.knows([Doi("10.5555/s.1"), Doi("10.5555/new")]) == [True, False]
    assert next(iter(works.get([Doi("10.5555/s.2")]))).outcome is Outcome.FOUND


# ---------------------------------------------------------------- going on after a stop


class Stopped(BaseException):
    """Stands for the end of the process."""


_STEPS = (
    ("gather", "write_run"),
    ("tasks", "_write"),
    ("load", "numbered_after"),
    ("build", "synced"),
    ("build", "described"),
)


@pytest.fixture
def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few records make many tasks, runs, batches and commits."""
    monkeypatch.setattr(gather, "_RUN", (40, 64_000_000))
    monkeypatch.setattr(tasks, "_TASK_BYTES", 3000)
    monkeypatch.setattr(runs, "_BATCH", 30)
    monkeypatch.setattr(load, "_COMMIT_EVERY", 60)


@pytest.mark.usefixtures("cut_small")
@pytest.mark.parametrize("seed", range(6))
def test_a_build_stopped_anywhere_goes_on_and_gives_the_same(
    tmp_path: Path, snapshot: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    parts = tmp_path / "parts"
    for n in range(5):
        write_lines(parts / f"{n}.jsonl.gz", RECORDS[n * 60 : n * 60 + 60])
    out, chance, stops = tmp_path / "out", random.Random(seed), 0
    while True:
        with monkeypatch.context() as patch:
            _stop_at(patch, chance.randrange(1, 12))
            try:
                build(out, order(parts))
                break
            except Stopped:
                stops += 1
    assert stops
    assert answers_of(out) == answers_of(snapshot)
    assert [journal.title for journal in _journals_of(out)] == sorted(JOURNALS)
    assert _journals_of(out) == _journals_of(snapshot)
    verified(out, read_manifest(out))
    assert not (out / ".building").exists()


def _stop_at(patch: pytest.MonkeyPatch, call: int) -> None:
    """Let the `call`th step of the build be the last, half of them before they are done."""
    steps = iter(range(1, 10_000))

    def stopping(step: Any, *, after: bool) -> Any:
        def stepped(*args: Any, **kwargs: Any) -> Any:
            number = next(steps)
            if number == call and not after:
                raise Stopped
            result = step(*args, **kwargs)
            if number == call:
                raise Stopped
            return result

        return stepped

    late = bool(call % 2)
    for where, name in _STEPS:
        step = getattr(sys.modules[f"citetrack.snapshot.{where}"], name)
        patch.setattr(f"citetrack.snapshot.{where}.{name}", stopping(step, after=late))
    commit = records.Records.commit
    patch.setattr(records.Records, "commit", stopping(commit, after=late))


def test_a_build_killed_outright_goes_on_with_the_same_command(
    tmp_path: Path, lines: Path, snapshot: Path
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "citetrack", "snapshot", "build", str(out), str(lines)]
    for wait in (0.25, 0.5, None):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            if wait is None:
                assert process.wait(60) in {0, 2}
            else:
                time.sleep(wait)
                process.send_signal(signal.SIGKILL)
    assert answers_of(out) == answers_of(snapshot)


def test_several_processes_make_the_same_snapshot(tmp_path: Path, snapshot: Path) -> None:
    parts = tmp_path / "parts"
    for n in range(3):
        write_lines(parts / f"{n}.jsonl.gz", RECORDS[n * 100 : n * 100 + 100])
    told: list[tuple[str, int, int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "_TASK_BYTES", 100)
        build(tmp_path / "out", order(parts, jobs=2, report=lambda *x: told.append(x)))
    assert answers_of(tmp_path / "out") == answers_of(snapshot)
    assert {stage for stage, *_ in told} == {"reading", "indexing"}
    assert all(0 <= done <= total for _, done, total, _ in told)


def test_a_damaged_file_ends_the_build_of_several_processes_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = tmp_path / "parts"
    for n in range(3):
        write_lines(parts / f"{n}.jsonl.gz", RECORDS[n * 100 : n * 100 + 100])
    whole = (parts / "1.jsonl.gz").read_bytes()
    (parts / "1.jsonl.gz").write_bytes(whole[:-200])
    monkeypatch.setattr(tasks, "_TASK_BYTES", 100)
    with pytest.raises(UnreadableSource, match=r"1\.jsonl\.gz is a damaged gzip file"):
        build(tmp_path / "out", order(parts, jobs=2))
    (parts / "1.jsonl.gz").write_bytes(whole)
    assert build(tmp_path / "out", order(parts, jobs=2)).works == 300


# ---------------------------------------------------------------- what is refused


def test_a_finished_snapshot_is_replaced_by_force_only_and_stays_until_then(
    tmp_path: Path, snapshot: Path
) -> None:
    one = write_lines(tmp_path / "one.jsonl", RECORDS[:1])
    with pytest.raises(SnapshotError, match="is a finished snapshot"):
        build(snapshot, order(one))
    with pytest.raises(UnreadableSource):
        build(snapshot, order(tmp_path / "none"), force=True)
    assert len(open_works(snapshot)) == 300
    build(snapshot, order(one), force=True)
    assert len(open_works(snapshot)) == 1


def test_a_stopped_build_is_not_mixed_with_another(tmp_path: Path, lines: Path) -> None:
    damaged = write_lines(tmp_path / "damaged.jsonl.gz", RECORDS)
    damaged.write_bytes(damaged.read_bytes()[:-99])
    out = tmp_path / "out"
    with pytest.raises(UnreadableSource):
        build(out, order(damaged))
    with pytest.raises(UnfinishedSnapshot, match="other input"):
        build(out, order(lines))
    with pytest.raises(UnfinishedSnapshot, match="was not completed"):
        open_works(out)
    assert build(out, order(lines), force=True).works == 300


def test_a_build_that_an_older_citetrack_began_is_not_gone_on_with(tmp_path: Path) -> None:
    damaged = write_lines(tmp_path / "works.jsonl.gz", RECORDS)
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-99])
    with pytest.raises(UnreadableSource):
        build(tmp_path / "out", order(damaged))
    plan = tmp_path / "out" / ".building" / "plan.json"
    plan.write_text(json.dumps({**json.loads(plan.read_text()), "layout": "1.4"}))
    damaged.write_bytes(whole)
    with pytest.raises(UnfinishedSnapshot, match="by another citetrack"):
        build(tmp_path / "out", order(damaged))
    assert build(tmp_path / "out", order(damaged), force=True).works == 300


def test_two_builds_do_not_share_a_folder(tmp_path: Path, lines: Path) -> None:
    def meanwhile(*_: object) -> None:
        with pytest.raises(UnfinishedSnapshot, match="Another build is under way"):
            build(tmp_path / "out", order(lines))

    build(tmp_path / "out", order(lines, report=meanwhile))


def test_a_folder_with_other_files_and_a_file_are_refused(tmp_path: Path, lines: Path) -> None:
    with pytest.raises(SnapshotError, match="holds other files"):
        build(tmp_path, order(lines))
    with pytest.raises(SnapshotError, match="is a file"):
        build(lines, order(lines))
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableSource, match="holds no file of records"):
        build(tmp_path / "out", order(tmp_path / "empty"))


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"format": 3}, NoSnapshot, "newer citetrack"),
        ({"format": 1}, NoSnapshot, r"older citetrack \(format 1; this one reads 2\)"),
        ({"words": "other"}, NoSnapshot, "cuts words otherwise"),
        ("broken", DamagedSnapshot, "manifest of"),
    ],
)
def test_another_format_and_a_broken_manifest_are_named(
    snapshot: Path, change: Any, error: type[Exception], words: str
) -> None:
    path = snapshot / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text("{" if change == "broken" else json.dumps({**manifest, **change}))
    with pytest.raises(error, match=words):
        open_works(snapshot)


@pytest.mark.parametrize("damage", ["gone", "cut", "altered"])
def test_damage_is_found_by_size_when_opened_and_by_hash_when_verified(
    snapshot: Path, damage: str
) -> None:
    path = snapshot / "data-1" / "records.sqlite"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.unlink()
    if damage != "gone":
        path.write_bytes(content[:-4096] if damage == "cut" else content)
    look = verified if damage == "altered" else lambda folder, _: open_works(folder)
    with pytest.raises(DamagedSnapshot, match=r"records\.sqlite"):
        look(snapshot, read_manifest(snapshot))


@pytest.mark.parametrize("part", ["idx", "term", "fast"])
def test_damage_that_a_search_meets_is_told_as_such(snapshot: Path, part: str) -> None:
    for path in (snapshot / "data-1" / "index").glob(f"*.{part}"):
        content = bytearray(path.read_bytes())
        for place in range(2 * len(content) // 3):
            content[place] ^= 0x55
        path.write_bytes(content)
    with pytest.raises(DamagedSnapshot):
        open_works(snapshot).search(Question(words=("tide", "tea", "of", "and", "the", "nurse")))


@pytest.mark.parametrize(
    "indexed",
    [
        {"timestamp": 1700000000000},
        {"date-time": "2023-11-14T22:13:20Z"},
        {"date-time": "2023-11-14T22:13:20Z", "timestamp": None},
    ],
)
def test_a_record_tells_in_two_ways_when_it_was_indexed(indexed: dict[str, Any]) -> None:
    message = decode(json.dumps({"DOI": "10.5555/a", "indexed": indexed}).encode())
    assert core_of(message).indexed == 1700000000


@pytest.mark.parametrize("indexed", [{"date-time": "yesterday"}, {"timestamp": -5}, {}, None])
def test_a_record_that_does_not_tell_counts_as_the_oldest(indexed: Any) -> None:
    message = decode(json.dumps({"DOI": "10.5555/a", "indexed": indexed}).encode())
    assert core_of(message).indexed == 0


def test_a_full_disk_is_said_in_plain_words_and_loses_nothing(
    tmp_path: Path, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(gather, "write_run", full)
        with pytest.raises(SnapshotError, match="is full"):
            build(tmp_path / "out", order(lines))
    assert build(tmp_path / "out", order(lines)).works == 300


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system knows no users")
def test_a_snapshot_that_may_only_be_read_is_opened(snapshot: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from citetrack.model import Question
from citetrack.snapshot import open_works
ask = lambda: open_works(Path(sys.argv[1])).search(Question(words=("tide",))).works
ask()  # imports all, which another user might not be able to
os.geteuid() or os.setuid(65534)
print(len(ask()))
"""
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        copy = Path(open_to_all, "snap")
        shutil.copytree(snapshot, copy)
        folders = [copy, *(p for p in copy.rglob("*") if p.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        ran = subprocess.run(
            [sys.executable, "-c", code, str(copy)], capture_output=True, check=False
        )
        for folder in folders:
            folder.chmod(0o755)
    assert ran.stdout == b"20\n", ran.stderr.decode()
