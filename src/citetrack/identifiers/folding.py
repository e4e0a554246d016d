"""Text with what printing, pages and addresses do to identifiers undone, and a map back.

Invisible characters are dropped; typographic dashes, slashes and full-width characters become
plain ones; character references, percent escapes (also doubled) and backslashes are undone.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache

from citetrack.markup import MappedText

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_PLAIN = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-", "\ufe63": "-",
    "\u2044": "/", "\u2215": "/", "\u29f8": "/", "\u2024": ".",
}  # fmt: skip
_FULL_WIDTH = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_ODD = _PLAIN | _FULL_WIDTH
#: An em dash parts sentences; between digits it stands for a hyphen.
_LONG_DASH = re.compile("(?<=[0-9])[\u2014\u2015](?=[0-9])")
_DROPPED = re.compile(f"[{_INVISIBLE}](?:\n(?=[a-z0-9]))?")
_ESCAPES = (
    re.compile(
        r"&(?:lt|gt|amp|nbsp|shy|quot|apos|ndash|hyphen|sol|#\d{2,5}|#[xX][0-9a-fA-F]{2,4});"
    ),
    re.compile(
        r"%(?:[c-fC-F][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){1,3}"
        r"|(?:25){0,4}(?:0[9adAD]|2[0-9a-fA-F]|3[a-fA-F]|40|5[b-fB-F]|60|7[b-eB-E]))"
    ),
    re.compile(r"\\(?=[/_&%#])"),
)
_ASCII = bytes(range(128))


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
    odd = _not_ascii(text)
    same_length = _plain(text, odd) if odd else text
    escapes = _ESCAPES if odd.isdisjoint(_invisible()) else (*_ESCAPES, _DROPPED)
    found = sorted((m for e in escapes for m in e.finditer(same_length)), key=re.Match.start)
    if not found:
        return Folded(same_length, _lower(same_length))
    mapped, at = MappedText(), 0
    for m in found:
        mapped.add(same_length[at : m.start()], at, m.start())
        mapped.add(_meaning(m[0]), m.start(), m.end())
        at = m.end()
    mapped.add(same_length[at:], at, len(same_length))
    return Folded(mapped.text, _lower(mapped.text), mapped)


def _not_ascii(text: str) -> set[str]:
    """Return the characters of `text` that are not ASCII (bytes are the quick way)."""
    if text.isascii():
        return set()
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(rest.decode("utf-8", "surrogatepass"))


@cache
def _invisible() -> frozenset[str]:
    pattern = re.compile(f"[{_INVISIBLE}]")
    return frozenset(chr(c) for c in range(0x10000) if pattern.match(chr(c)))


def _lower(text: str) -> str:
    """Return ASCII letters in lower case and a "?" for each other character: places stay."""
    return text.encode("ascii", "replace").lower().decode("ascii")


def _plain(text: str, odd: set[str]) -> str:
    """Replace characters one by one, so that places stay."""
    for character in odd & _ODD.keys():
        text = text.replace(character, _ODD[character])
    return text if odd.isdisjoint("\u2014\u2015") else _LONG_DASH.sub("-", text)


def _meaning(escape: str) -> str:
    """Return what an escape stands for, folded."""
    if escape[0] == "&":
        plain = html.unescape(escape)
    elif escape[0] == "%":
        plain = _percent(escape)
    else:
        plain = ""  # a backslash, or a character that nobody sees
    return _DROPPED.sub("", _plain(plain, set(plain)))


def _percent(escape: str) -> str:
    """Undo `%2F`, `%252F` and `%E2%80%93`; what is not UTF-8 stays."""
    if escape[1] in "cdefCDEF":
        try:
            return bytes.fromhex(escape.replace("%", "")).decode()
        except UnicodeDecodeError:
            return escape
    character = chr(int(escape[-2:], 16))
    return " " if character in "\t\r\n" else character
