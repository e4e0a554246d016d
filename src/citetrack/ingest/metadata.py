"""What a page says of its story: title, byline, outlet, address, language, and date with basis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from citetrack.dates import parse_date
from citetrack.ingest.structured import JsonLd, read_json_ld
from citetrack.ingest.zones import MORE_INFORMATION, hint_of
from citetrack.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.ingest.layout import Layout
    from citetrack.ingest.outline import Page

#: Names under which sites give the day of publication, the surest first.
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date", "publishdate",
    "publish-date", "publish_date", "pubdate", "published_time", "publication_date",
    "article.published", "published", "citation_online_date", "citation_publication_date", "date",
    "datecreated",
)  # fmt: skip
_BYLINE_NAMES = (
    "author", "article:author", "parsely-author", "byl", "sailthru.author", "dc.creator",
    "dcterms.creator",
)  # fmt: skip
_TITLE_NAMES = ("og:title", "parsely-title", "sailthru.title", "dc.title", "twitter:title")
_LANGUAGE_NAMES = ("og:locale", "content-language", "dc.language", "language", "inlanguage")
_OUTLET_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher")
#: What Highwire, Dublin Core and PRISM tags say of the paper on whose page they stand.
_CITATION_NAME = re.compile(
    r"(?:bepress_|wkhealth_|eprints\.)?citation_(?!reference|.*(?:url|email|institution|keyword))\w+"
    r"|(?:dc|dcterms)\.(?:identifier|source|relation|bibliographiccitation|references)(?:\.\w+)?"
    r"|prism\.(?:doi|publicationname)|(?:\w+[-_.:])?(?:doi|pmid)"
)
_DESCRIPTIONS = ("description", "og:description", "dc.description")
_IDENTIFIER = re.compile(r"\b10\.\d{4,9}/\S|\bpmid|\bpmc\d|arxiv|^\d+$", re.IGNORECASE)
_CITED = "citation_"
_IN_PATH = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>0?[1-9]|1[0-2]|[a-z]{3})(?:[/-](?P<d>0?[1-9]|[12]\d|3[01]))?(?=[/_-]|$)"
    r"|[/-](?P<y2>20\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?=\D|$)",
    re.IGNORECASE,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ISO = re.compile(r"\s*((?:19|20)\d\d)-?(\d\d)(?:-?(\d\d))?(?=\D|$)")
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*$")
_BY = re.compile(r"^\s*(?:written\s+by|by|von|par|por|di|door|text:)\s*:?\s+", re.IGNORECASE)
_LONGEST_BYLINE = 120
_STAMP_LINE = 80
_PLACE_AND_DATE = re.compile(
    r"[^.!?]{0,60}\b(?:19|20)\d\d\b[^.!?]{0,30}?(?:\s[\u2013\u2014-]|:|\()"
)
_SITE_SUFFIX = re.compile(r"\s+(?:[|\u2013\u2014\u00b7\u00bb-]|::)\s+[^|]{2,60}$")
_DATELINE_BLOCKS, _DATELINE_LENGTH, _BEFORE_HEADLINE = 8, 200, 3


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of its story; None where it says nothing."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: PartialDate | None = None
    published_basis: str | None = None
    lines: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


def titles_of(page: Page, linked: JsonLd) -> list[str]:
    """Return what the page's metadata calls the story, the surest first."""
    said = [linked.headline, *_values(page, _TITLE_NAMES), page.title, _short_title(page.title)]
    return list(dict.fromkeys(t for t in said if t))


def linked_data(page: Page, url: str | None) -> JsonLd:
    """Return the page's JSON-LD as far as it describes this page."""
    return read_json_ld(page.scripts, filter(None, (url, _address(page, url))))


def read_metadata(page: Page, layout: Layout, linked: JsonLd, url: str | None) -> Metadata:
    """Return what the page says of its story; a date comes with where it was said."""
    address = _address(page, url) or url
    published, basis = _published(page, layout, linked, address)
    return Metadata(
        title=_title(page, layout, linked),
        byline=_byline(page, layout, linked),
        outlet=linked.outlet or next(_values(page, _OUTLET_NAMES), None),
        url=address,
        language=_language(page, linked),
        published=published,
        published_basis=basis,
        lines=tuple(dict.fromkeys(_citation_lines(page))),
        descriptions=tuple(dict.fromkeys(_values(page, _DESCRIPTIONS))),
    )


def _values(page: Page, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (content for said, content in page.metas if said == name and content)


def _title(page: Page, layout: Layout, linked: JsonLd) -> str | None:
    if layout.headline is not None:
        return " ".join(page.blocks[layout.headline].text.split())
    said = (linked.headline, *_values(page, _TITLE_NAMES), _short_title(page.title))
    return next(filter(None, said), None)


def _short_title(title: str) -> str:
    """Return a page's <title> without the site's name at its end."""
    short = _SITE_SUFFIX.sub("", title)
    return short if len(short.split()) > 2 else title  # noqa: PLR2004


def _byline(page: Page, layout: Layout, linked: JsonLd) -> str | None:
    if linked.authors:
        return ", ".join(dict.fromkeys(linked.authors))
    for said in _values(page, _BYLINE_NAMES):
        if "://" not in said:
            return _clean_byline(said)
    story = {id(b.node) for b, z in zip(page.blocks, layout.zones, strict=True) if z == "body"}
    for text, node in page.bylines:
        byline = _clean_byline(text)
        if byline and id(node) in story:
            return byline
    return None


def _clean_byline(text: str) -> str | None:
    said = " ".join(_BY.sub("", text).split())
    return said if 0 < len(said) <= _LONGEST_BYLINE else None


def _language(page: Page, linked: JsonLd) -> str | None:
    for said in (page.language, linked.language, *_values(page, _LANGUAGE_NAMES)):
        m = re.match(r"\s*([a-zA-Z]{2,3})(?:[-_]|\s*$)", said or "")
        if m:
            return m[1].lower()
    return None


def _address(page: Page, url: str | None) -> str | None:
    """Return the page's canonical address, when it names one that can be this page's."""
    for said in (page.canonical, *_values(page, ("og:url",))):
        absolute = _joined(url or page.base, said or "")
        parts = urlsplit(absolute)
        if parts.scheme in {"http", "https"} and parts.netloc and parts.path.strip("/"):
            return absolute
    return url


def _joined(base: str | None, href: str) -> str:
    try:
        absolute = urljoin(base or "", href.strip())
        urlsplit(absolute)
    except ValueError:  # "http://[broken"
        return ""
    return absolute


def _citation_lines(page: Page) -> Iterator[str]:
    for name, content in page.metas:
        if not _CITATION_NAME.fullmatch(name) or hint_of("div", name) not in {
            None,
            MORE_INFORMATION,
        }:
            continue
        if _CITED in name or _IDENTIFIER.search(content):
            yield f"{name}: {content}"


# ---------------------------------------------------------------- the date


def _published(
    page: Page, layout: Layout, linked: JsonLd, url: str | None
) -> tuple[PartialDate | None, str | None]:
    """Return the story's date and where it was said; (None, None) when nothing says it."""
    stamps = (linked.published, *_values(page, _DATE_NAMES), *_times(page, layout))
    for said in stamps:
        if said and (date := read_stamp(said)):
            return date, "meta"
    if url and (date := _date_in(url)):
        return date, "url"
    date = _dateline(page, layout)
    return (date, "text") if date else (None, None)


def _times(page: Page, layout: Layout) -> Iterator[str]:
    """Yield the <time> stamps of the story, those that say "published" first."""
    story = {"headline", "body"}
    near = [
        (stamp, said)
        for stamp, said, _, number in page.times
        if number < len(layout.zones) and layout.zones[number] in story
    ]
    yield from (stamp for stamp, said in near if said)
    yield from (stamp for stamp, said in near if not said)


def read_stamp(text: str) -> PartialDate | None:
    """Return the date of a machine's or a person's stamp, to the day it gives, or None.

    >>> str(read_stamp("2025-04-08T09:30:00+02:00"))
    '2025-04-08'
    """
    if m := _ISO.match(text):
        return _date(*(int(g) if g else None for g in m.groups()))
    if m := _YEAR.match(text):
        return PartialDate(int(m[1]))
    date = parse_date(text[:_DATELINE_LENGTH])
    return date if date and date.year else None


def _date(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate | None:
    written = "-".join(f"{p:02}" for p in (year, month, day) if p is not None)
    try:
        return PartialDate.parse(written)
    except ValueError:
        return None


def _date_in(url: str) -> PartialDate | None:
    m = _IN_PATH.search(re.sub(r"^\w+://[^/]*|[?#].*$", "", url))
    if not m:
        return None
    month = m["m"] or m["m2"]
    number = int(month) if month.isdigit() else _month_number(month)
    day = m["d"] or m["d2"]
    return _date(int(m["y"] or m["y2"]), number, int(day) if day else None) if number else None


def _month_number(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _dateline(page: Page, layout: Layout) -> PartialDate | None:
    """Return the date with a year that stands in a short line near the story's beginning."""
    first = max(0, (layout.headline or 0) - _BEFORE_HEADLINE)
    near = [
        b.text
        for b, zone in zip(page.blocks[first:], layout.zones[first:], strict=True)
        if zone == "body"
    ]
    for text in near[:_DATELINE_BLOCKS]:
        date = parse_date(text[:_DATELINE_LENGTH]) if _is_dateline(text) else None
        if date and date.year:
            return date
    return None


def _is_dateline(text: str) -> bool:
    return len(text) <= _STAMP_LINE or bool(_PLACE_AND_DATE.match(text))
