"""The kept index of a large works file: found again, and never in the way."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.model import Doi, Question
from citetrack.snapshot import open_works, worksfile

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.snapshot.source import AtHand

_QUESTION = Question(words=("tide", "harbour"), years=(2021,))


def _records(count: int) -> list[dict[str, Any]]:
    subjects = ("tide", "harbour", "sleep", "tea", "glacier", "orchard", "nurse")
    return [
        {
            "DOI": f"10.5555/{n}",
            "title": [f"The {subjects[n % 7]} and the {subjects[n // 7 % 7]}"],
            "issued": {"date-parts": [[2015 + n % 9, 1 + n % 12]]},
        }
        for n in range(count)
    ]


def _write(path: Path, records: list[dict[str, Any]], *, age: int = 60) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


@pytest.fixture(autouse=True)
def _keep_small_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksfile, "_LEAST_KEPT", 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return _write(tmp_path / "works.jsonl", [*_records(200), {"no": "DOI"}])


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _found(works: AtHand) -> list[str]:
    return [w.doi.value for w in works.search(_QUESTION, limit=30).works]


def _kept(cache: Path) -> list[Path]:
    return sorted(cache.iterdir()) if cache.is_dir() else []


def test_a_kept_index_answers_like_the_file_and_tells_of_its_broken_lines(
    path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = open_works(path)
    first = open_works(path, cache)
    monkeypatch.delattr(worksfile, "Gatherer")  # from now on nothing can be read anew
    again = open_works(path, cache)
    assert _found(in_memory) == _found(first) == _found(again)
    assert len(_found(again)) == 30
    assert len(again) == 200
    assert [b.number for b in again.broken] == [b.number for b in in_memory.broken] == [201]
    assert list(again.get([Doi("10.5555/7")])) == list(in_memory.get([Doi("10.5555/7")]))


def test_equal_works_stand_in_one_order_whichever_way_the_file_is_sorted(
    path: Path, tmp_path: Path
) -> None:
    turned = _write(tmp_path / "turned.jsonl", _records(200)[::-1])
    assert _found(open_works(path)) == _found(open_works(turned))


def test_a_changed_file_is_read_anew(path: Path, cache: Path) -> None:
    open_works(path, cache)
    _write(path, [{"DOI": "10.5555/new", "title": ["Tide"]}], age=30)
    assert _found(open_works(path, cache)) == ["10.5555/new"]


def test_a_file_that_was_just_written_is_not_kept(path: Path, cache: Path) -> None:
    _write(path, _records(9), age=0)
    assert len(open_works(path, cache)) == 9
    assert _kept(cache) == []


@pytest.mark.parametrize(
    "name", ["manifest.json", "data-1/records.sqlite", "data-1/index/meta.json"]
)
@pytest.mark.parametrize("damage", ["gone", "cut", "altered", "emptied"])
def test_a_damaged_index_is_made_again_without_a_word(
    path: Path, cache: Path, name: str, damage: str
) -> None:
    expected = _found(open_works(path, cache))
    (folder,) = _kept(cache)
    content = (folder / name).read_bytes()
    if damage == "gone":
        (folder / name).unlink()
    else:
        half = len(content) // 2
        changed = {"cut": content[:half], "emptied": b""}.get(damage)
        flipped = content[:half] + bytes([content[half] ^ 255]) + content[half + 1 :]
        (folder / name).write_bytes(flipped if changed is None else changed)
    assert _found(open_works(path, cache)) == expected
    assert _kept(cache) == [folder]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert len(_found(open_works(path, tmp_path / "file" / "cache"))) == 30


def test_the_cache_keeps_within_its_bounds_and_drops_what_was_used_longest_ago(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [_write(tmp_path / f"{n}.jsonl", _records(20)) for n in range(3)]
    open_works(files[0], cache)
    (oldest,) = _kept(cache)
    os.utime(oldest / "manifest.json", (1, 1))
    size = json.loads((oldest / "manifest.json").read_text())["bytes"]
    monkeypatch.setattr(worksfile, "_MOST_BYTES", int(2.5 * size))
    abandoned = cache / ".left"
    abandoned.mkdir()
    os.utime(abandoned, (1, 1))
    open_works(files[1], cache)
    open_works(files[2], cache)
    assert len(_kept(cache)) == 2
    assert oldest not in _kept(cache)


def test_an_index_of_an_older_citetrack_is_made_anew_and_goes_after_a_day(
    path: Path, tmp_path: Path, cache: Path
) -> None:
    expected = _found(open_works(path, cache))
    (older,) = _kept(cache)
    manifest = older / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}))
    another = older.rename(cache / "0123456789abcdef01234567")
    assert _found(open_works(path, cache)) == expected
    assert _kept(cache) == sorted([older, another])
    os.utime(another, (1, 1))
    open_works(_write(tmp_path / "other.jsonl", _records(20)), cache)
    assert another not in _kept(cache)


def _open_and_ask(path: Path, cache: Path) -> list[str]:
    worksfile._LEAST_KEPT = 0
    return _found(open_works(path, cache))


def test_several_processes_may_make_and_use_one_index(path: Path, cache: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        answers = [pool.submit(_open_and_ask, path, cache) for _ in range(8)]
        found = [a.result() for a in answers]
    assert found == [_found(open_works(path))] * 8
    assert len(_kept(cache)) == 1
