"""Journals in Japanese, Chinese and Korean text, where marks and counters stand for cue words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Characters from here on are East Asian (or symbols beside them).
EAST_ASIAN = "\u2e80"
#: Words for a journal that stand before its name.
CUES = ("科学誌", "医学誌", "学術誌", "専門誌", "論文誌", "学会誌", "학술지", "과학지", "의학지")
#: And what follows one in book marks that nobody listed.
CUES_AFTER = ("》杂志", "》雜誌", "》期刊", "》月刊")
_MARK = r"[「『（(《'‘\"“]?$"
_BEFORE = re.compile(
    rf"(?:誌|杂志|雜誌|期刊|학술지|저널|과학지|의학지|학회지|잡지)(?:の|である|인)?\s?{_MARK}"
)
_AFTER = re.compile(
    r"""[」』）)》'’\"”]?\s?(?:\([A-Za-z ]+\)|（[A-Za-z ]+）)?\s?
        (?:誌|電子版|オンライン版|に発表|で発表|に掲載|杂志|雜誌|期刊|子刊|지[에를는의가]?\s|저널)""",
    re.VERBOSE,
)
_KATAKANA = re.compile(r"[\u30a0-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_NAMED = re.compile(r"(?:である|の|인)?\s?[「『《'‘](?P<name>[^」』》'’(\n]{2,40})[(」』》'’]")
#: No other word is as long as the translation of a title of several words.
_TELLING = len("アストロノミー")


def find_east_asian(
    text: str, start: int, end: int, title: str
) -> Iterator[tuple[int, int, str | None]]:
    """Yield the journal named at a hit: a title in book marks, or one that a cue announces."""
    if text[start] == "》":
        opened = text.rfind("《", max(0, start - 40), start) + 1
        if opened and "》" not in text[opened:start]:
            yield opened, start, None
    elif text[start] == "《":
        yield start + 1, end - 1, title
    elif not title:
        if named := _NAMED.match(text, end):
            yield (*named.span("name"), None)
    elif not _in_longer_word(text, start, end) and _is_meant(text, start, end):
        yield start, end, title


def announced(text: str, start: int, end: int) -> bool:
    """Return whether a word for a journal stands right before a name or after it."""
    return bool(_BEFORE.search(text, max(0, start - 12), start) or _AFTER.match(text, end))


def _in_longer_word(text: str, start: int, end: int) -> bool:
    beside = text[start - 1 : start] + text[end : end + 1]
    return bool(_KATAKANA.match(text, start) and _KATAKANA.search(beside))


def _is_meant(text: str, start: int, end: int) -> bool:
    kanji = not _KATAKANA.match(text, start) and not _HANGUL.match(text, start)
    return kanji or end - start > _TELLING or announced(text, start, end)
