"""Reference blocks: "More information: …", "Journal Reference: …" and their like, taken apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.dates import MONTHS
from citetrack.model import Mention
from citetrack.text import words

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

#: Labels under which outlets print the paper. The block runs to the next label or blank stretch.
_LABEL = re.compile(
    r"""(?m:^|(?<=\s))(?P<label>
        more\sinformation|journal\sreferences?|(?:original|primary)\s(?:research|publication|paper)
        |reference|references|citation|publication|publikation|originalpublikation|référence
        |referencia|referência|riferimento|bron|quelle|source\spaper|study\sreference
        |article\stitle|paper|the\spaper
        )\s*(?:[:：][^\S\n]*\n?|(?<=ARTICLE\sTITLE)[^\S\n]*\n)""",
    re.VERBOSE | re.IGNORECASE,
)
_END = re.compile(
    r"""\n\s*\n|\n(?=[A-Z][A-Z ]{3,30}\s*(?:\n|$))
        |\s(?=(?:Journal\sinformation|Provided\sby|Story\sSource|Source|Contact|Explore\sfurther)\s*:)
        |\n(?=[A-Z][\w ]{2,24}:\s)""",
    re.VERBOSE,
)
_LINE_END = re.compile(r"\n")
_IDENTIFIER = re.compile(
    r"[\s.,(\[]*(?:\b(?:DOI|doi|PMID)\b\s*:?|(?:https?://)?(?:dx\.)?doi\.org/|\b10\.\d{4,9}/|https?://|www\.)"
)
_NUMBER = re.compile(r"\s*(?:\[?\d{1,2}[.)\]]\s+)")
_QUOTED = re.compile(r"[“\"«„](?P<title>[^”\"»“]{12,400})[”\"»“]")
_ET_AL = re.compile(
    r",?\s*\bet\s+al\b\.?(?:,?\s*\((?:19|20)\d\d\)|,?\s*(?:19|20)\d\d(?=[.,:]))?[,.:]?\s*"
)
_YEAR_AFTER_AUTHORS = re.compile(r"[.,]?\s*(?:\((?:19|20)\d\d\)[.,:]?|(?:19|20)\d\d[.,:](?=\s))\s*")
#: One author of a list: "Caspar A. Hallmann", "Mehra, M. R.", "Zgierska AE".
_NAME_PART = r"(?:[^\W\d_a-z]\.(?:-?[^\W\d_a-z]\.)*|[^\W\d_a-z][\w'’-]*)"
_SMALL = r"(?:(?:van|von|der|den|de|del|di|da|dos|la|le|al|el|ter|ten|bin)[^\S\n])"
_AUTHOR = re.compile(
    rf"""{_NAME_PART}(?:[^\S\n]{_SMALL}{{0,3}}{_NAME_PART})?,[^\S\n]
         (?:[^\W\d_a-z]\.[^\S\n-]?){{1,4}}(?=[,;(&]|\s*(?:et|and|und|y)\b|\s*\(|$)
       |{_NAME_PART}(?:[^\S\n]{_SMALL}{{0,3}}{_NAME_PART}){{1,4}}
       |{_NAME_PART}(?=,?[^\S\n]et[^\S\n]al\b)""",
    re.VERBOSE,
)
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|&|und|y|et)?\s+|\s(?:and|&|und|y|et)\s|;\s*)")
#: Where the journal ends: at its year, and at the day before that ("Nature, online 22 May 2017").
_YEAR_VOLUME = re.compile(
    r"""[\s,.;(]*\b(?:(?:(?:published|posted)\s)?online:?\s)?
        (?:(?:\d{1,2}\.?\s[^\W\d_]{3,9}\.?|«MONTH»\.?(?:\s\d{1,2})?),?\s)?
        (?:19|20)\d\d\b.*$""".replace("«MONTH»", f"(?i:{'|'.join(MONTHS)})"),
    re.VERBOSE | re.DOTALL,
)
#: "Brain, 12, 3-9", "PLOS ONE 14(3): e0123456".
_VOLUME = re.compile(
    r"""[\s,]+(?:vol(?:ume|\.)?\s*)?\d+\s*(?:\([^)]*\))?
        (?:\s*[:,;]\s*(?:pp?\.\s*)?[a-z]?\d[\w–-]*)?[\s.,;:]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE_TAIL = re.compile(
    r",?\s*\d{1,2}\s\w{3,9}\s(?:19|20)\d\d,\s*|,?\s*\w{3,9}\s\d{1,2},\s(?:19|20)\d\d,\s*"
)
_MAX_BLOCK = 1500
_SHORTEST_TITLE = 3  # words


#: "Animal Behaviour, DOI: …": a name in capitals and nothing else before the identifier.
_JOURNAL_ALONE = re.compile(
    r"""(?:The\s)?[A-Z][\w&’'-]*(?:\s(?:of|the|and|for|in|on|&|[A-Z][\w&’'-]*)){0,9}
        [\s,.;:(]*(?:(?:https?://)?(?:dx\.)?(?:doi|DOI)[\s:./(]*(?:org/)?)?""",
    re.VERBOSE,
)


def find_blocks(text: str) -> Iterator[Mention]:
    """Yield what each reference block names: "reference" for the whole, title, authors, journal.

    A reference without a recognisable title still yields its span, so that what stands in it is
    known to describe one paper.
    """
    end = 0
    for label in _LABEL.finditer(text):
        start = label.end()
        if start < end:  # a label inside the block before it
            continue
        limit = min(len(text), start + _MAX_BLOCK)
        stop = (_LINE_END if _of_one_line(label["label"]) else _END).search(text, start, limit)
        end = stop.start() if stop else limit
        yield from _entries(text, start, end)


def _of_one_line(label: str) -> bool:
    """Say whether what stands under a label is one line: other fields of a table follow."""
    return label.split(maxsplit=1)[0].lower() == "article"


def _entries(text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield from each line of a block: one reference, or a numbered list with one a line."""
    position = start
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped and _is_citation(stripped):
            yield from _entry(text, position, position + len(line.rstrip()))
        position += len(line) + 1


def _is_citation(line: str) -> bool:
    has_paper = _IDENTIFIER.search(line) or _ET_AL.search(line) or _QUOTED.search(line)
    return (
        bool(has_paper)
        or bool(re.search(r"\((?:19|20)\d\d\)|\b(?:19|20)\d\d;", line))
        or (len(words(line)) >= _SHORTEST_TITLE and not line.startswith("http"))
    )


def _entry(text: str, start: int, end: int) -> Iterator[Mention]:
    number = _NUMBER.match(text, start, end)
    start = number.end() if number else start
    yield Mention("reference", text[start:end], start, end, finder="block")
    identifier = _IDENTIFIER.search(text, start, end)
    stop = identifier.start() if identifier else end
    quoted = _QUOTED.search(text, start, stop)
    if identifier and _JOURNAL_ALONE.fullmatch(text, start, stop):
        yield from _container(text, start, stop)
    elif quoted:
        yield from _around_quoted_title(text, start, stop, quoted)
    else:
        yield from _in_order(text, start, stop)


def _around_quoted_title(
    text: str, start: int, stop: int, quoted: re.Match[str]
) -> Iterator[Mention]:
    """Read `"Title" by A, B and C, 15 July 2021, Journal` and `A, B. "Title." Journal`."""
    yield _mention("title", text, *quoted.span("title"))
    by = re.compile(r"\s*,?\s*by\s+").match(text, quoted.end(), stop)
    begin = by.end() if by else start
    after = yield from _authors(text, begin, stop if by else quoted.start())
    tail = max(after, quoted.end())
    dated = _DATE_TAIL.match(text, tail, stop)
    yield from _container(text, dated.end() if dated else tail, stop)


def _in_order(text: str, start: int, stop: int) -> Iterator[Mention]:
    """Read `A, B et al, Title, Journal (Year)` and `A, B. Title. Journal, Year; volume`."""
    after = yield from _authors(text, start, stop)
    rest = text[after:stop]
    cut = _YEAR_VOLUME.search(rest)
    body_end = after + (cut.start() if cut and cut.start() > 0 else len(rest))
    split = _title_end(text, after, body_end)
    title_end = split if split is not None else body_end
    if len(words(text[after:title_end])) >= _SHORTEST_TITLE:
        yield _mention("title", text, after, title_end)
    if split is not None:
        yield from _container(text, split, body_end)


def _title_end(text: str, start: int, end: int) -> int | None:
    """Where the title ends and the journal begins: the last stop, else the last comma."""
    body = text[start:end]
    for mark in (". ", "? ", "! ", ", "):
        at = body.rfind(mark)
        name = body[at + len(mark) :].strip() if at > 0 else ""
        if name and name[:1].isupper() and len(name.split()) <= len("a journal name"):
            return start + at + (1 if mark in ("? ", "! ") else 0)
    return None


def _authors(text: str, start: int, stop: int) -> Generator[Mention, None, int]:
    """Yield the authors at the head of a reference; return where the list ends."""
    position, found = start, []
    while m := _AUTHOR.match(text, position, stop):
        found.append(m.span())
        separator = _SEPARATOR.match(text, m.end(), stop)
        et_al = _ET_AL.match(text, m.end(), stop) or _ET_AL.match(
            text, separator.end() if separator else m.end(), stop
        )
        if et_al:
            yield from (_author(text, *span) for span in found)
            return et_al.end()
        if not separator:
            break
        position = separator.end()
    end = found[-1][1] if found else start
    year = _YEAR_AFTER_AUTHORS.match(text, end, stop)
    closed = re.compile(r"\s*[.:]\s+").match(text, end, stop)
    if not found or not (year or closed or text.startswith(",", end)):
        return start  # a title that begins with capitals, not a list of authors
    yield from (_author(text, *span) for span in found)
    ending = year or closed
    return ending.end() if ending else end + 1


def _author(text: str, start: int, end: int) -> Mention:
    name = text[start:end].rstrip(" .") if not text[start:end].endswith(".") else text[start:end]
    return Mention("author", name, start, start + len(name), finder="block", role="author")


def _container(text: str, start: int, stop: int) -> Iterator[Mention]:
    rest = text[start:stop]
    cut = _YEAR_VOLUME.search(rest)
    end = start + (cut.start() if cut else len(rest))
    name = _VOLUME.sub("", text[start:end]).strip(" \t\n.,;:()*_")
    if name and name[:1].isupper() and len(name) <= len("x" * 90):
        begin = text.index(name, start)
        yield _mention("container", text, begin, begin + len(name))


def _mention(kind: str, text: str, start: int, end: int) -> Mention:
    raw = text[start:end]
    begin = start + len(raw) - len(raw.lstrip(" \t\n.,;:"))
    quote = raw.strip(" \t\n.,;:")
    return Mention(kind, quote, begin, begin + len(quote), finder="block")
