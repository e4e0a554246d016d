"""Text with what printing, pages and addresses do to identifiers undone, and a map back.

Invisible characters are dropped; typographic dashes, slashes and full-width characters become
plain ones; character references, percent escapes (also doubled) and backslashes are undone.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from citetrack.markup import MappedText

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_PLAIN = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-", "\ufe63": "-",
    "\u2044": "/", "\u2215": "/", "\u29f8": "/", "\u2024": ".", "\u0130": "I", "\u212a": "K",
}  # fmt: skip
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_FULL_WIDTH_SHIFT = 0xFEE0
#: An em dash parts sentences; between digits it stands for a hyphen.
_LONG_DASH = re.compile("(?<=[0-9])[\u2014\u2015](?=[0-9])")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_ASCII_ESCAPES = (
    r"&(?:lt|gt|amp|nbsp|shy|quot|apos|ndash|hyphen|sol|#\d{2,5}|#[xX][0-9a-fA-F]{2,4});"
    r"|%[c-fC-F][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){1,3}"
    r"|%(?:25){0,4}(?:0[9adAD]|2[0-9a-fA-F]|3[a-fA-F]|40|5[b-fB-F]|60|7[b-eB-E])"
    r"|\\(?=[/_&%#])"
)
_ESCAPES = re.compile(_ASCII_ESCAPES)
_ALL = re.compile(f"[{_INVISIBLE}](?:\n(?=[a-z0-9]))?|{_ASCII_ESCAPES}")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, the same in lower case (position by position), and the map to the source."""

    text: str
    lower: str
    source: MappedText | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source behind `text[start:end]`."""
        return (start, end) if self.source is None else self.source.span(start, end)


def fold(text: str) -> Folded:
    """Return `text` folded.

    >>> fold("10.1000%2F182").text
    '10.1000/182'
    """
    same_length = text if text.isascii() else _plain(text)
    escapes = _ESCAPES if text.isascii() else _ALL
    if not _worth_unescaping(same_length):
        return Folded(same_length, same_length.lower())
    mapped, at = MappedText(), 0
    for m in escapes.finditer(same_length):
        mapped.add(same_length[at : m.start()], at, m.start())
        mapped.add(_meaning(m[0]), m.start(), m.end())
        at = m.end()
    if at == 0:
        return Folded(same_length, same_length.lower())
    mapped.add(same_length[at:], at, len(same_length))
    return Folded(mapped.text, mapped.text.lower(), mapped)


def _worth_unescaping(text: str) -> bool:
    if "%" in text or "&" in text or "\\" in text:
        return True
    return not text.isascii() and _DROPPED.search(text) is not None


def _plain(text: str) -> str:
    """Replace characters one by one, so that places stay."""
    for odd, plain in _PLAIN.items():
        text = text.replace(odd, plain)
    if _FULL_WIDTH.search(text):
        text = _FULL_WIDTH.sub(lambda m: chr(ord(m[0]) - _FULL_WIDTH_SHIFT), text)
    return _LONG_DASH.sub("-", text) if "\u2014" in text or "\u2015" in text else text


def _meaning(escape: str) -> str:
    """Return what an escape stands for, folded."""
    if escape[0] == "&":
        plain = html.unescape(escape)
    elif escape[0] == "%":
        plain = _percent(escape)
    else:
        plain = ""  # a backslash, or a character that nobody sees
    return _DROPPED.sub("", plain if plain.isascii() else _plain(plain))


def _percent(escape: str) -> str:
    """Undo `%2F`, `%252F` and `%E2%80%93`; what is not UTF-8 stays."""
    if escape[1] in "cdefCDEF":
        try:
            return bytes.fromhex(escape.replace("%", "")).decode()
        except UnicodeDecodeError:
            return escape
    character = chr(int(escape[-2:], 16))
    return " " if character in "\t\r\n" else character
