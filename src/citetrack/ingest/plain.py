"""Reading plain text and Markdown: where the story begins and ends, its headline, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.dates import parse_date
from citetrack.errors import EmptyArticle
from citetrack.ingest.drafts import front_matter, of_sources
from citetrack.model import Article, Link, Zone, ZoneSpan
from citetrack.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import PartialDate

_PROSE_END = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*$")
#: Labels of the block that names the paper; it belongs to the story although its lines are short.
_MORE_INFORMATION = re.compile(
    r"""[\s#*_>-]*(?:more\sinformation|journal\s(?:information|references?)|story\ssource|provided\sby
        |materials\sprovided|original\s(?:research|publication|paper|study)|references?\s*:|citation\s*:
        |source\s*:|doi\b|(?:read|see)\sthe\s(?:full\s)?(?:study|paper)|study\s*:|paper\s*:
        |publication\s*:|publikation\s*:|originalpublikation|référence|referencias?\s*:|riferimento)""",
    re.VERBOSE | re.IGNORECASE,
)
#: Labels of a press release's box, each alone on its line above its value.
_BOX_LABEL = re.compile(
    r"\s*(?:JOURNAL|DOI|METHOD OF RESEARCH|SUBJECT OF RESEARCH|ARTICLE TITLE"
    r"|ARTICLE PUBLICATION DATE|COI STATEMENT|FUNDER|NEWS PUBLICATION DATE)\s*$"
)
_COMMENTS = re.compile(
    r"\s*(?:\d+\s)?(?:leave a (?:comment|reply)|comments?\b|join the (?:discussion))", re.IGNORECASE
)
_FOOTER = re.compile(
    r"\s*(?:©|\(c\)\s|copyright\b|all rights reserved|privacy policy|terms of (?:service|use)"
    r"|this website is|cookie policy|about us|contact us)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\s*(?:photo|image|picture|foto|credit|graphic|illustration)\b.{0,20}(?::|by\b)", re.IGNORECASE
)
_NO_HEADLINE = re.compile(
    r"https?://|www\.|[|>›»©@•]|\bby\s[A-Z]\w+\s[A-Z]|^\d+\s|^\s*(?:photo|image)\b", re.IGNORECASE
)
_RELATED = re.compile(
    r"\s*(?:recent posts|related|you (?:might|may) also like|more from|most (?:read|popular)"
    r"|read next|recommended|tags\b|tagged|trending|latest)",
    re.IGNORECASE,
)
#: A line that may stand right below a headline: who wrote it, or when.
_BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|door)\s+[A-Z][\w.]+(?:\s[\w.'’-]+){0,5}\s*$"
    r"|\s*(?:\w{3,9}day,?\s)?(?:\d{1,2}\s\w{3,9}|\w{3,9}\s\d{1,2}),?\s(?:19|20)\d\d\s*$",
    re.IGNORECASE,
)
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?P<title>[^\n]+?)\s*#*$")
_MARKDOWN_LINK = re.compile(
    r"""\[(?P<anchor>[^\[\]\n]{1,300})\]
        \(\s*(?:<(?P<enclosed>https?://[^\n>]{3,2000})>
        |(?P<bare>https?://(?:[^\s()]|\((?:[^\s()]|\([^\s()]{0,200}\)){0,200}\)){3,2000}))
        (?:\s+"[^"\n]*")?\s*\)""",
    re.VERBOSE,
)
_DATELINE = re.compile(
    r"\s*(?:(?:published|posted|date|news release|updated|released|veröffentlicht|publié"
    r"|publicado)\b"
    r"|(?:[A-Z][\w.]+,?\s){1,4}[(–—-]|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?",
    re.IGNORECASE,
)

# Weights of the segmentation, in words: a line of prose counts its words, a short line costs six,
# so that two or three subheadings in a row stay in the story and a menu does not.
_SHORT_LINE, _LABEL_LINE = -6, 12
_FURNITURE_LINES = 6  # fewer short lines than this around the story are no page furniture
_PROSE_WORDS = 8
_HEADLINE_WORDS = range(3, 31)
_CHARACTERS_OF_DATELINE = 200
_DATELINE_WORDS = 7


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    weight: int
    of_sources: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_plain(text: str, *, source: str, markdown: bool = False) -> Article:
    """Return the story in a plain text, its furniture labelled; raise EmptyArticle for no words."""
    front = front_matter(text)
    lines = list(_lines(text, front.end if front else 0))
    if not any(re.search(r"\w", line.text) for line in lines):
        raise EmptyArticle(f"{source} holds no text.", hint="Give a file with a story in it.")
    first, last = _core(lines)
    furniture = _outside(lines, first, last) >= _FURNITURE_LINES
    headline = _headline(lines, first) if furniture else _standing_alone(lines, text)
    zones = _zones(lines, (first, last) if furniture else (0, len(lines)), headline)
    published = front.published if front else None
    basis = "meta" if published else "text"
    published = published or _published(text, lines, first if furniture else 0, headline)
    return Article(
        source=source,
        text=text,
        title=(front and front.title) or (_plain_title(headline.text) if headline else None),
        byline=front.byline if front else None,
        published=published,
        published_basis=basis if published else None,
        zones=(*((ZoneSpan(0, front.end, Zone.META),) if front else ()), *zones),
        links=tuple(markdown_links(text)) if markdown or "](" in text else (),
        reader="markdown" if markdown else "plain",
    )


def markdown_links(text: str) -> Iterator[Link]:
    """Yield the links written `[anchor](url)`, with the anchor's span."""
    for m in _MARKDOWN_LINK.finditer(text):
        yield Link(m["enclosed"] or m["bare"], *m.span("anchor"))


def _lines(text: str, position: int = 0) -> Iterator[_Line]:
    """Yield the lines that hold something, with their weight for the segmentation."""
    after_label = False
    raws = text[position:].split("\n")
    for raw, sources in zip(raws, of_sources(raws), strict=True):
        line = raw.rstrip("\r")
        if line.strip():
            label = bool(_BOX_LABEL.match(line))
            weight = _weight(line, label=label or after_label or sources)
            yield _Line(position, line, weight, sources)
            after_label = label
        position += len(raw) + 1


def _weight(line: str, *, label: bool) -> int:
    count = len(line.split())
    if label or _MORE_INFORMATION.match(line):
        return _LABEL_LINE
    if count >= _PROSE_WORDS and _PROSE_END.search(line.rstrip()):
        return count
    return _SHORT_LINE


def _core(lines: list[_Line]) -> tuple[int, int]:
    """Return the run of lines with the greatest sum of weights, as (first, after last).

    Maximum subsequence segmentation (Pasternack & Roth 2009, doi 10.1145/1526709.1526840).
    """
    best = total = 0
    first = last = begin = 0
    for i, line in enumerate(lines):
        if total <= 0:
            total, begin = 0, i
        total += line.weight
        if total > best:
            best, first, last = total, begin, i + 1
    return (first, last) if last else (0, len(lines))


def _outside(lines: list[_Line], first: int, last: int) -> int:
    return sum(line.weight < 0 for line in (*lines[:first], *lines[last:]))


def _standing_alone(lines: list[_Line], text: str) -> _Line | None:
    """Return the first line where it is a headline: short, no full stop, text below it."""
    if len(lines) < len(("headline", "text")):
        return None
    line = lines[0]
    heading = _MARKDOWN_HEADING.match(line.text)
    count = len(line.text.split())
    blank = text.count("\n", line.end, lines[1].start) > 1
    apart = blank or heading or _BYLINE.match(lines[1].text)
    bare = heading or not line.text.rstrip().endswith((".", ":", ";", ","))
    return line if apart and bare and 1 <= count < _HEADLINE_WORDS.stop else None


def _headline(lines: list[_Line], first: int) -> _Line | None:
    """Return the line above the story that is its headline: near, long enough, repeated."""
    above = "\n".join(line.text for line in lines[:first])
    best: tuple[float, _Line | None] = (0.0, None)
    for distance, line in enumerate(reversed(lines[:first])):
        stripped = line.text.strip()
        count = len(stripped.split())
        if count not in _HEADLINE_WORDS or _NO_HEADLINE.search(stripped):
            continue
        repeated = above.count(stripped) > 1 and count > _HEADLINE_WORDS.start
        score = min(count, 12) + 10 * repeated - distance
        if score > best[0]:
            best = (score, line)
    return best[1]


def _zones(lines: list[_Line], core: tuple[int, int], headline: _Line | None) -> Iterator[ZoneSpan]:
    first, last = core
    tail, more = Zone.RELATED, False
    for i, line in enumerate(lines):
        if line is headline:
            zone: Zone | None = Zone.HEADLINE
        elif line.of_sources:
            zone = Zone.MORE_INFORMATION
        elif i < first:
            zone = Zone.CAPTION if _CAPTION.match(line.text) else Zone.NAVIGATION
        elif i < last:
            more = _still_more_information(line, more=more)
            zone = Zone.MORE_INFORMATION if more else _inner(line)
        else:
            tail = _tail_zone(line, tail)
            zone = tail
        if zone:
            yield ZoneSpan(line.start, line.end, zone)


def _still_more_information(line: _Line, *, more: bool) -> bool:
    """Whether the line belongs to the block that names the paper; long prose ends the block."""
    if _MORE_INFORMATION.match(line.text) or _BOX_LABEL.match(line.text):
        return True
    cites = re.search(r"\bet al\b|\b10\.\d{4,9}/|\((?:19|20)\d\d\)|\b(?:19|20)\d\d;", line.text)
    return more and (bool(cites) or line.weight < 0 or line.weight == _LABEL_LINE)


def _inner(line: _Line) -> Zone | None:
    return Zone.CAPTION if line.weight < 0 and _CAPTION.match(line.text) else None


def _tail_zone(line: _Line, zone: Zone) -> Zone:
    if _COMMENTS.match(line.text):
        return Zone.COMMENTS
    if _FOOTER.match(line.text):
        return Zone.FOOTER
    if _RELATED.match(line.text):
        return Zone.RELATED
    return zone


def _published(
    text: str, lines: list[_Line], first: int, headline: _Line | None
) -> PartialDate | None:
    """Return the date printed at the story's head; a page's menu or calendar does not count."""
    begin = headline.end if headline else (lines[first].start if first < len(lines) else 0)
    head = text[begin : begin + _CHARACTERS_OF_DATELINE]
    for raw in head.split("\n")[:6]:
        found = parse_date(raw[:80]) if _DATELINE.match(raw) and len(raw) else None
        if found and found.year and found.day and _begins_with_date(raw):
            return found
    return None


def _begins_with_date(line: str) -> bool:
    """Whether a line is a date or a dateline, not a sentence that happens to hold one."""
    date = re.search(r"(?:19|20)\d\d", line)
    if not date:
        return False
    before = line[: date.start()]
    return len(before.split()) <= _DATELINE_WORDS and not re.search(
        r"\b(?:in|since|on|from|until)\s", before, re.IGNORECASE
    )


def _plain_title(line: str) -> str:
    heading = _MARKDOWN_HEADING.match(line)
    return squeeze(heading["title"] if heading else line).strip("*_ ")
