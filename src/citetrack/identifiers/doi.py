"""DOIs in folded text: where they begin, and which are none. `doi_end` says where they end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.identifiers.doi_end import Place, end_of_doi, plain_doi
from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.identifiers.folding import Folded

#: "10.", a registrant of 4 to 9 digits (or the 97x of an ISBN-A), perhaps subdivided, and a slash.
#: Blanks only count behind a label: see `_admitted`.
_START = re.compile(
    r"10\s?\.\s?(?:\d{4,9}(?:\.\d{1,9}){0,3}|97[89]\.\d{2,9})(?!\d)\s{0,3}/{1,3}\s{0,3}"
)
#: DOIs are longer in theory only; the longest of the Crossref sample has 67 characters.
_LONGEST = 400
_RUN = re.compile(rf"[-A-Za-z0-9._;:()/<>\[\]+&#,]{{1,{_LONGEST}}}")
_LINE_END = re.compile(r"[^\S\n]{0,3}\n[^\S\n]{0,20}(?=[^\s])")
#: What may stand between a label and its DOI.
_BETWEEN = " \t\n\r\v\f.:=/\"'{([<])>"
_LABELS = ("doi", "digital object identifier")
#: A word to which the DOI is glued ("Article10.1000/182"); "v10.1000/app" is a path.
_WORD = re.compile(r"(?<![\w./:@-])[A-Za-z][a-z]{3,20}\Z")
_RESOLVER = re.compile(r"(?:^|[/.@\"'(<\[])doi\.[\w.-]{2,40}/{1,3}$|^[\"'(<\[]*doi:/*$")
_ADDRESS = re.compile(r"[\"'(<\[]*(?:www\.|/{1,2}\w|(?:[\w-]+\.)+[a-z]{2,}/)")
_NUMBERED = re.compile(r"article[\w-]*/(?:[\w-]+/)?doi/$")
_NO_WORK = re.compile(r"cover(?:image|art|thumb)")
_ASSETS = frozenset(
    """jpg jpeg png gif webp avif svg ico bmp tif tiff css js mjs json woff woff2 mp3 mp4 zip
    exe""".split()
)
_ALNUM = re.compile("[A-Za-z0-9]")
_YEAR = re.compile(r"10\.20[0-3]\d/")
_UNIT = re.compile(
    r"(?:ounces?|oz|kg|g|lbs?|pounds?|tons?|tonnes?|gallons?|barrels?|bbl|lit(?:er|re)s?|shares?|days?"
    r"|weeks?|months?|quarters?|years?|hours?|hr|nights?|units?|persons?|users?|people|miles?|km|mwh"
    r"|usd|eur|gbp|euros?|dollars?)"
)
_MONEY = "$€£¥₹"
_LOOK_BACK = 300
#: A label or the resolver's host stands directly before the DOI.
_NEAR = 60


def find_dois(page: Folded, *, address: bool = False) -> Iterator[Identifier]:
    """Yield the DOIs of folded text; `address` says that all of it is one address."""
    starts = [m for m in _START.finditer(page.text) if _admitted(page.text, m)]
    end_of_last = 0
    for i, m in enumerate(starts):
        limit = starts[i + 1].start() if i + 1 < len(starts) else len(page.text)
        if limit == m.end():
            continue
        found = _read(page, m, (end_of_last, limit), address=address)
        if found:
            end_of_last = found.end
            yield found


def canonical(printed: str) -> str | None:
    """Return a bare DOI in lower case."""
    return printed.lower() if printed.startswith("10.") else None


def _admitted(text: str, m: re.Match[str]) -> bool:
    """Say whether a DOI may begin here: not inside a number, a price, a date or a word."""
    at = m.start()
    before = text[max(0, at - 3) : at]
    last = before[-1:]
    if not last or last in " /:\n":
        return True
    if last.isdigit() or (last and last in _MONEY):
        return False
    if last == "." and before[-2:-1].isdigit():
        return text[max(0, at - 5) : at - 1].isdecimal() and not _YEAR.match(text, at)
    if last.isascii() and last.isalpha():
        return before.lower() == "doi" or _WORD.search(text, max(0, at - 24), at) is not None
    return True


def _read(
    page: Folded, m: re.Match[str], bounds: tuple[int, int], *, address: bool
) -> Identifier | None:
    at = m.start()
    before = page.lower[max(bounds[0], at - _LOOK_BACK) : at]
    printed = plain_doi(page.text, at, bounds[1])
    if printed and "cover" not in before:
        return Identifier("doi", printed.lower(), at, at + len(printed), printed)
    place = _place(before, address=address)
    if not _blanks_fit(page.text, m, place):
        return None
    pieces = list(_pieces(page.text, m.end(), bounds[1]))
    run = "".join(page.text[a:b] for a, b in pieces)
    prefix = "".join(m[0].split())
    kept = run[: end_of_doi(prefix, _query_cut(page.text, pieces, run), place)]
    if "badge" in before:
        kept = kept.removesuffix(".svg")
    if not _is_doi(prefix, kept, before, place):
        return None
    printed = prefix + kept
    return Identifier("doi", printed.lower(), at, _end(pieces, len(kept)), printed)


def _place(before: str, *, address: bool) -> Place:
    """Say in what place a DOI stands, by the lower-case text before it."""
    words = before.rsplit(None, 1) if before and not before[-1].isspace() else ()
    token = words[-1] if words else ""
    near = token[-_NEAR:]
    return Place(
        in_address=address or "://" in token or _ADDRESS.match(token) is not None,
        at_resolver="doi" in near and _RESOLVER.search(near) is not None,
        labelled=before[-_NEAR:].rstrip(_BETWEEN).endswith(_LABELS),
        numbered=near.endswith("/doi/") and _NUMBERED.search(near) is not None,
    )


def _blanks_fit(text: str, m: re.Match[str], place: Place) -> bool:
    """Say whether the blanks in "10. 1038 / x" are a printer's and not a sentence's."""
    words = m[0].split()
    if len(words) > 1 and not place.labelled:
        return False
    if not m[0][-1].isspace():
        return True
    if not (place.labelled or place.in_address or "\n" in m[0]):
        return False
    token = _RUN.match(text, m.end())
    return token is not None and _continues_slash(token[0])


def _continues_slash(token: str) -> bool:
    word = token.rstrip(".,;:)")
    return any(c.isdigit() for c in word) and not re.fullmatch(r"\d{1,4}", word)


# ---------------------------------------------------------------- DOIs broken over two lines


def _pieces(text: str, at: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield the spans that make up the run behind the slash; lines that go on are joined."""
    m = _RUN.match(text, at, limit)
    for _ in range(3):
        if m is None:
            return
        yield m.span()
        if not text[m.end() : m.end() + 1].isspace():
            return
        gap = _LINE_END.match(text, m.end(), limit)
        following = gap and _RUN.match(text, gap.end(), limit)
        if not following or not _goes_on(text[at : m.end()], following[0]):
            return
        m = following


def _goes_on(run: str, token: str) -> bool:
    """Say whether `token`, at the beginning of a line, belongs to the DOI that ended the last."""
    last, word = run[-1], token.rstrip(".,;:")
    if not any(c.isdigit() for c in word):
        return False
    if last in "/-_.":
        return _goes_on_after(last, run, word, token)
    if run.count("(") > run.count(")"):
        return ")" in word
    if re.search(r"s\d{4}-\d{3}[\dx]\(\d\d\)$", run, re.IGNORECASE):
        return re.match(r"\d{5}-[\dx]", word, re.IGNORECASE) is not None
    return re.match(r"[-._/]\w{2,}", word) is not None


def _goes_on_after(last: str, run: str, word: str, token: str) -> bool:
    """Say whether a DOI that ends a line in a slash, hyphen or full stop goes on."""
    if last == "/":
        return _continues_slash(token)
    if last == ".":
        return not any(c.isdigit() for c in run) or _inside_of_number(word)
    return word[0].isalnum()


def _inside_of_number(word: str) -> bool:
    """Say whether a word is the rest of "2020.02.052" and neither a year nor a word."""
    return re.fullmatch(r"0\d+|\d+(?:[.\-]\d+)+", word) is not None


def _end(pieces: list[tuple[int, int]], length: int) -> int:
    """Return the place in the text behind the first `length` characters of the pieces."""
    for start, end in pieces:
        if length <= end - start:
            return start + length
        length -= end - start
    return pieces[-1][1]


# ---------------------------------------------------------------- what is none


def _query_cut(text: str, pieces: list[tuple[int, int]], run: str) -> str:
    """Cut a run at the next parameter of a query: "10.1000/182&format=pdf"."""
    if "&" not in run:
        return run
    end = pieces[-1][1]
    if text[end : end + 1] != "=":
        return run if run.rpartition("&")[2] else run.rstrip("&")
    return re.sub(r"&[\w.\-]*$", "", run)


def _is_doi(prefix: str, suffix: str, before: str, place: Place) -> bool:
    if not _ALNUM.search(suffix) or ("cover" in before and _NO_WORK.search(before)):
        return False
    _, dot, extension = suffix.rpartition(".")
    if dot and extension.lower() in _ASSETS:
        return False
    if place.labelled or place.at_resolver:
        return True
    if _YEAR.match(prefix) and (place.in_address or re.fullmatch(r"[\d.\-/]+", suffix)):
        return False
    return not _UNIT.fullmatch(suffix.lower())
