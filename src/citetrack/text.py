"""Text as people and comparisons need it: printable, folded, cut into words and sentences."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Cc: C0 and C1 controls (terminal escapes begin with one). The rest reorder or hide what is shown.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_UNPRINTABLE_BUT_LINES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str, *, keep_newlines: bool = False) -> str:
    r"""Return `text` with nothing in it that steers a terminal; each such character is a blank.

    >>> printable("a\x1b[31mb\nc")
    'a [31mb c'
    """
    if text.isprintable():
        return text
    pattern = _UNPRINTABLE_BUT_LINES if keep_newlines else _UNPRINTABLE
    return pattern.sub(" ", text)


def squeeze(text: str) -> str:
    """Return `text` on one line with single blanks."""
    return " ".join(text.split())


#: Letters that do not decompose, as passports and catalogues spell them.
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
    "ı": "i", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
}  # fmt: skip
#: A search for them takes a tenth of the time of `str.translate`, which looks at each character.
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")


#: The combining marks of Latin, Greek and Cyrillic letters.
_MARKS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return `text` in lower case without diacritics, for comparing.

    >>> fold("Müller–Łukasz")
    'muller-lukasz'
    """
    if text.isascii():
        return text.lower()
    lowered = _LETTER.sub(_spelt, text.casefold())
    if lowered.isascii():
        return lowered
    return _MARKS.sub("", unicodedata.normalize("NFKD", lowered))


def _spelt(letter: re.Match[str]) -> str:
    return _LETTERS[letter[0]]


class _InPlace(dict[int, str]):
    """Each character folded, or left as it is where folding would change the length."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


def fold_in_place(text: str) -> str:
    """Return `text` folded without moving a character, so that offsets stay true."""
    return text.lower() if text.isascii() else text.translate(_InPlace())


_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")


def words(text: str) -> list[str]:
    """Return the words of `text`, folded, in order.

    >>> words("Cell-free DNA, in mice")
    ['cell', 'free', 'dna', 'in', 'mice']
    """
    return _WORD.findall(fold(text))


#: Letters in which forms of a word agree: "infection", "infected", "infections". Of 5, 6, 7 and a
#: Snowball stemmer none ranks abstracts better for 134 news extracts (reciprocal rank .71 to .73).
_STEM = 6


def stem(word: str) -> str:
    """Return the first letters of a folded word, by which its forms meet.

    >>> stem("infections")
    'infect'
    """
    return word[:_STEM]


_STEMS = re.compile(rf"([^\W_]{{1,{_STEM}}})[^\W_]*")
#: Each ASCII character, and a blank for what parts words.
_PARTED = bytes(n if chr(n).isalnum() or chr(n) == "'" else 32 for n in range(128)).ljust(256)


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order.

    >>> stems("Infections, cell-free")
    ['infect', 'cell', 'free']
    """
    folded = text.lower() if text.isascii() else fold(text)
    if folded.isascii():  # half the time of the patterns
        parted = folded.encode().translate(_PARTED).decode().split()
        if "'" not in folded:
            return [w[:_STEM] for w in parted]
        return [w[:_STEM] for run in parted for w in (_WORD.findall(run) if "'" in run else (run,))]
    if "'" in folded:  # within a word
        return [w[:_STEM] for w in _WORD.findall(folded)]
    return _STEMS.findall(folded)


#: Full stops after these do not end a sentence (English, German, French, Spanish, Italian, Dutch).
_ABBREVIATIONS = frozenset(
    """dr prof mr mrs ms st jr sr vs etc al fig no vol pp ed eds inc ltd co corp univ dept approx
    e.g i.e u.s u.k a.m p.m ph.d m.d jan feb mar apr jun jul aug sep sept oct nov dec
    rep sen gov sgt cllr assoc asst
    bzw usw ca z.b d.h nr bd hrsg mme mlle m sra dña dna sig dott mw dhr""".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # of "R.M. Rao"
#: "am 3. Juli": the day before a month's name.
_MONTH = re.compile(r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\b")
_STOP = re.compile(
    r"(?<![.!?…。！？])[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|\n\s*\n|[。！？]|\n(?=\s*[-•*]\s)"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of `text`, blanks at its ends left out."""
    start = 0
    for m in _STOP.finditer(text):
        if m[0][0] == "." and not _ends_sentence(text, m.start(), m.end()):
            continue
        yield from _trimmed(text, start, m.end())
        start = m.end()
    yield from _trimmed(text, start, len(text))


def _ends_sentence(text: str, stop: int, after: int) -> bool:
    before = text[max(0, stop - 12) : stop].split()
    last = before[-1].lstrip("(\"'“‘«").casefold() if before else ""
    if last in _ABBREVIATIONS or (last.isalpha() and len(last) == 1) or _INITIALS.fullmatch(last):
        return False
    following = text[after : after + 40].lstrip()
    if last.isdigit() and _MONTH.match(following):
        return False
    return not following[:1].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip())
    right = len(stretch.rstrip())
    if right > left:
        yield start + left, start + right
