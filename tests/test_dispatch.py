"""Sources of every kind, good and bad, each with one plain sentence for what fails."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING

import pytest

from citetrack.errors import Refused, Unreachable
from citetrack.ingest.dispatch import Fetched, Reader
from citetrack.ingest.item import MAX_BYTES, Item

if TYPE_CHECKING:
    from pathlib import Path

_STORY = "Sleep helps\n\nAdults who slept longer remembered more, a trial of 210 nurses suggests.\n"


def _no_network(url: str) -> Fetched:
    raise AssertionError(f"nothing should be fetched: {url}")


def _read(source: object, stdin: bytes | None = None) -> list[Item]:
    reader = Reader(_no_network, stdin=io.BytesIO(stdin) if stdin is not None else None)
    return list(reader.read(str(source)))


def _failure(source: object, stdin: bytes | None = None) -> str:
    (item,) = _read(source, stdin)
    assert item.error is not None
    return f"{item.error.exit_code} {item.error}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("story.txt", _STORY.encode()),
        ("story.md", _STORY.encode()),
        ("story", _STORY.encode()),
        ("story.txt.gz", gzip.compress(_STORY.encode(), mtime=0)),
        ("story.txt", _STORY.encode("utf-16")),
        ("story.html", f"<html><body><article><p>{_STORY}</p></article></body></html>".encode()),
        ("stories.jsonl", json.dumps({"text": _STORY}).encode()),
        ("stories.jsonl.gz", gzip.compress(json.dumps({"text": _STORY}).encode())),
        ("saved.unknown", b'{"text": "Sleep helps, a trial of 210 nurses suggests."}\n'),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_story_is_read_whatever_file_it_comes_in(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (item,) = _read(path)
    assert item.error is None
    assert item.article is not None
    assert "210 nurses" in item.article.text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (_STORY.encode(), "plain"),
        (b'{"id": "a", "text": "Sleep helps, they say."}\n', "plain"),
        (b"<!doctype html><html><body><p>Sleep helps, they say, 210 nurses.</p>", None),
        (gzip.compress(_STORY.encode(), mtime=0), "plain"),
    ],
)
def test_standard_input_is_told_by_its_content(content: bytes, kind: str | None) -> None:
    (item,) = _read("-", content)
    assert item.article is not None
    assert item.article.source.startswith("-")
    assert kind is None or item.article.reader == kind


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "2 Standard input is empty.", id="empty"),
        pytest.param(b" \n ", "2 Standard input holds no text.", id="blank"),
        pytest.param(b"%PDF-1.7 x", "2 Standard input is a PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "2 Standard input is not text", id="picture"),
        pytest.param(b"abc\x00def" * 9, "2 Standard input is not text", id="binary"),
        pytest.param(b"PK\x03\x04xxxx", "2 Standard input is not text", id="zip"),
        pytest.param(b"\x1f\x8b\x08broken", "2 Standard input is a damaged gzip", id="gzip"),
        pytest.param(
            gzip.compress(_STORY.encode(), mtime=0)[:-12], "2 Standard input is a damaged", id="cut"
        ),
        pytest.param(b"a" * (MAX_BYTES + 2), "2 Standard input is larger than", id="large"),
        pytest.param(
            gzip.compress(b"a" * (MAX_BYTES + 2), mtime=0), "2 Standard input is larger", id="bomb"
        ),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(content: bytes, sentence: str) -> None:
    assert _failure("-", content).startswith(sentence)


def test_a_missing_file_a_folder_and_a_device_are_told_apart(tmp_path: Path) -> None:
    assert _failure(tmp_path / "no.txt").startswith("2 There is no file")
    assert "is a folder" in _failure(tmp_path)
    assert "is not a regular file" in _failure("/dev/null")
    assert _failure("a\x00b").startswith("2 a")


def test_one_broken_json_line_costs_that_line_only(tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl"
    lines = [
        '{"id": "a", "text": "Sleep helps, they say.", "published": "2025-04-08T10:00:00Z"}',
        '{"id": "b", "text": ',
        "",
        "[1]",
        '{"id": 7, "title": "No text"}',
        '{"id": "c", "text": "Tea helps, they say.", "published": "someday", "title": "Tea"}',
    ]
    path.write_text("\n".join(lines))
    items = _read(path)
    assert [(i.id, i.article is not None) for i in items] == [
        ("a", True), (None, False), (None, False), ("7", False), ("c", True),
    ]  # fmt: skip
    assert next(str(i.error) for i in items if i.error).startswith(f"Line 2 of {path} is not JSON")
    first, last = items[0].article, items[-1].article
    assert first is not None
    assert last is not None
    assert (str(first.published), first.published_basis) == ("2025-04-08", "given")
    assert (last.published, last.published_basis, last.title) == (None, None, "Tea")


def test_the_text_of_a_json_line_is_kept_unchanged() -> None:
    text = "  Sleep\r\n\u00a0helps  \n\n"
    (item,) = _read("-", json.dumps({"text": text}).encode())
    assert item.article is not None
    assert item.article.text == text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"text": 5}', 'has a "text" that is not a string.'),
        (b'{"html": ["x"]}', 'has a "html" that is not a string.'),
        (b'{"text": "a\tb"}', "is not JSON: Invalid control character at column 12."),
        (b'{"text": ', "is not JSON: Expecting value at column 9."),
        (b'{"text" "x"}', "is not JSON: Expecting ':' delimiter at column 9."),
    ],
)
def test_what_is_wrong_with_a_line_is_a_whole_sentence(line: bytes, words: str) -> None:
    item = _read("-", b'{"text": "x"}\n' + line)[1]
    assert f"Line 2 of - {words}" in str(item.error)


@pytest.mark.parametrize("value", ["someday", 20250408, ["2025"]])
def test_a_published_that_is_no_date_is_noted_on_the_story(value: object) -> None:
    line = json.dumps({"text": _STORY, "published": value})
    (item,) = _read("-", line.encode())
    assert item.article
    assert item.article.published_basis != "given"
    assert any('"published"' in note for note in item.article.notes)


@pytest.mark.parametrize("value", ["2025-04-08", "2025-04-08T10:00:00Z", None, ""])
def test_a_date_or_none_at_all_needs_no_note(value: object) -> None:
    (item,) = _read("-", json.dumps({"text": _STORY, "published": value}).encode())
    assert item.article
    assert not item.article.notes


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b'{"text": 5}', b'{"text": "\xff"}', b"null", b'{"a":' * 50_000]
)
def test_hostile_json_lines_are_refused_in_words(line: bytes) -> None:
    (item,) = _read("-", b'{"text": ""}\n' + line)[1:]
    assert item.error is not None
    assert "Line 2 of -" in str(item.error)


def test_an_address_is_fetched_and_read_as_what_it_is() -> None:
    page = Fetched("https://x.example/b", f"<html><p>{_STORY}</p></html>".encode(), "utf-8")
    (item,) = Reader(lambda _: page).read("https://x.example/a")
    assert item.article is not None
    assert item.article.source == "https://x.example/a"


@pytest.mark.parametrize(("error", "code"), [(Refused("no"), 2), (Unreachable("later"), 3)])
def test_a_page_that_fails_is_an_item_with_its_exit_code(error: Exception, code: int) -> None:
    def fetch(_: str) -> Fetched:
        raise error

    (item,) = Reader(fetch).read("https://x.example/a")
    assert item.error is not None
    assert item.error.exit_code == code
