"""Where a DOI ends: what publishers, pages and sentences put behind it.

A DOI may hold nearly any character, so its end is a matter of rules. Each rule here is a step
that shortens the suffix (the part behind the slash); none ever changes a character.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Place(NamedTuple):
    """What is known of the place in which a DOI stands: in an address, behind a label …."""

    in_address: bool = False
    at_resolver: bool = False
    labelled: bool = False
    numbered: bool = False


#: A DOI that no rule below shortens and no line end breaks, whatever stands before it: small
#: letters and digits with marks between them, ending in a digit, or Elsevier's with a PII. Four of
#: five in stories are such.
_PLAIN = re.compile(
    r"""10\.(?!20[0-3]\d/)\d{4,9}/
        (?:S\d{4}-\d{3}[\dX]\(\d\d\)\d{5}-[\dX]
          | (?>[a-z]*(?:[0-9]++(?:(?!v[0-9])[a-z]{1,5}(?![a-z]))?|[._-]+(?=[a-z0-9])[a-z]*)*)
            (?<=[0-9])(?<!\.mp[34]))
        (?=[.,;:)\]]*+(?![-A-Za-z0-9._;:()/<>\[\]+&#,]|[^\S\n]{0,3}\n[^\S\n]{0,20}[-._/0-9]))""",
    re.VERBOSE,
)
#: Serial Item and Contribution Identifier, in DOIs of Wiley, AMS, BioOne and others to about 2004:
#: ISSN(date)volume:issue<page:title code>part.medium.CO;version-check character.
_SICI = re.compile(
    r"""/*(?:\(sici\))?\d{4}-\d{3}[\dx]
        \([^\s()]{4,20}\)[^\s<>\[\]]{1,24}[<\[][^\s<>\[\]]{1,40}[>\]]
        \d\.\d\.[a-z][a-z0];\d(?:-[^\s.,])?""",
    re.VERBOSE | re.IGNORECASE,
)
_TAGS = "a|abbr|b|br|cite|code|div|em|font|h[1-6]|i|li|nobr|p|ref|small|span|strong|su[bp]|t[dr]|u"
_NEXT = re.compile(
    rf"""(?=[\#,;<dhw])(?:
         https?:|(?<=[\w)])www\.|</|<(?:{_TAGS})(?:>|$)|[\#,]|(?<!c[o0]);
       | doi:|doi\.org|\bdoi$|(?<=[\dx\)])doi$)""",
    re.VERBOSE | re.IGNORECASE,
)
#: A semicolon before which no digit stands, and behind which one does, is the DOI's own.
_OWN_SEMICOLON = re.compile(
    r"/*[a-z][a-z._-]*;(?!doi|pm[ci]|is[bs]n|arxiv|http|www)(?=[a-z][a-z._-]*\d)", re.IGNORECASE
)
_WORDS = (
    "Abstract|Accepted|Accessed|Article|Author|Available|Citation|Cite|Contact|Copyright|Cross[Rr]ef"
    "|Download|Epub|Full|Funding|Google|Journal|Keywords?|More|Open|Original|Provided|Pub[Mm]ed"
    "|Published|Read|Received|Reference|Retrieved|Scholar|Source|Story|Submitted|Summary|The|View|Web"
)
#: The next word of the sentence, printed without a blank: "…05742-0Provided by".
_GLUED = re.compile(
    rf"""(?=[.A-Z\[acpr])(?:
         (?<=[0-9)])(?:{_WORDS})(?![0-9])
       | (?<=[0-9])(?:PMC?ID|PMC|PDF|ISSN|ISBN|DOI|URL|HTML|EPUB)(?=[:.;/]|[0-9]+$|$)
       | (?<=[0-9)])\.?[A-Z][a-z]{{3,}}[.:;]?$
       | (?<=[0-9])\.(?:{_WORDS})$
       | (?<=[0-9])(?:provided|copyright|abstract|received|published|accessed|retrieved|available)
       | \[(?:{_WORDS}|\d[\d\-]*\]$))""",
    re.VERBOSE,
)
#: Parts of addresses behind DOIs, counted in wiki citations and seen on publishers' sites.
_PATH_WORDS = (
    "abstract|summary|full|fulltext|full-text|full_text|pdf|epdf|pdfdirect|epub|html?|meta"
    "|issues|issuetoc|currentissue|figures?|tables?|references|citedby|cited-by|citations?|metrics"
    "|suppl_file|suppl|supplement|supplementary|supplementary-material|suppinfo"
    "|supporting-information|mediaobjects|related-content|permissions|download|tab-[a-z-]+"
)
_ADDRESS_WORDS = (
    f"{_PATH_WORDS}|abs|info|file|media|assets?|standard|comments|notes|print|reader|ref|references"
    "|article-info|peer-review|tab|toc|xml|ampdf|similar|article|accessories|refs|pubmed|export"
)
_PATH = re.compile(rf"(?<=[^/])/(?:{_PATH_WORDS})(?=$|[/.;?]).*", re.IGNORECASE)
_ADDRESS_PATH = re.compile(rf"(?<=[^/])/(?:{_ADDRESS_WORDS})(?=$|[/.;?]).*", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?=[._])(?:_reference)?(?:\.(?:full|abstract|extract|summary|pdf|epub|html|full-text)(?:\+html)?)+$",
    re.IGNORECASE,
)
_ADDRESS_EXTENSION = re.compile(
    r"(?:\.(?:short|long|article-info|supplementary-material|figures-only|print|x?html?|xml|svg|ris"
    r"|bib|citation|full|abstract|pdf|full-text)(?:\+html)?)+$",
    re.IGNORECASE,
)
#: Without one of these there is no part of an address behind the DOI.
_PAGED = re.compile(r"/|[A-Za-z]$|v[0-9]")
#: Preprints of Cold Spring Harbor and openRxiv: the version is no part of the DOI.
_PREPRINT = re.compile(
    r"(?:10\.(?:1101|64898)/+(?:\d{4}\.\d\d\.\d\d\.\d{6,8}|\d{6}))(?=v\d)", re.IGNORECASE
)
#: Silverchair puts the number of the page behind the DOI, and perhaps the title.
_OXFORD = re.compile(r"10\.1093/+[a-z]+/[\w.\-]+(?=/\d{5,}(?:/|$))", re.IGNORECASE)
_NUMBERED = re.compile(r"(.+?)/\d{3,9}(?:/.*)?$")
#: Oxford Reference and University Press Scholarship: an entry's page behind the book's DOI.
_BOOK = re.compile(r".*?\d{13}\.\d{3}\.\d{4}(?=/)")
_SLUG = re.compile(r"(?:[A-Za-z]+-(?:\w+-)*)[A-Za-z]{2,}-(?:\w+-)*\w+")
_PLAIN_SEGMENT = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TRAILING = ".,;:-_/&#?!"
_BRACKET = re.compile(r"[()\[\]<>]")
_PAIRS = {")": "(", "]": "[", ">": "<"}


def plain_doi(text: str, at: int, limit: int) -> str | None:
    """Return the DOI that begins at `at` where its end is beyond doubt: the quick way for most."""
    m = _PLAIN.match(text, at, limit)
    return m[0] if m and "doi" not in m[0] and "www" not in m[0] else None


@lru_cache(maxsize=1024)  # a page prints its DOI several times
def end_of_doi(prefix: str, run: str, place: Place) -> int:
    """Return how many characters of `run`, printed behind `prefix` ("10.1000/"), are the DOI's.

    `run` holds no blanks; 0 means that there is no DOI.
    """
    sici = _SICI.match(run)
    if sici:
        return sici.end()
    suffix = _before_next(run)
    suffix = _balanced(suffix)
    for _ in range(3):
        shorter = _without_page(prefix, suffix.rstrip(_TRAILING), place)
        if shorter == suffix:
            break
        suffix = shorter
    return len(suffix)


def _before_next(run: str) -> str:
    """Cut where something else begins: an address, a tag, a list item, a glued word."""
    own = _OWN_SEMICOLON.match(run)
    m = _NEXT.search(run, own.end() if own else 0)
    suffix = run[: m.start()] if m else run
    m = _GLUED.search(suffix)
    return suffix[: m.start()] if m else suffix


def _balanced(suffix: str) -> str:
    """Cut at the first bracket without its partner."""
    open_at: list[int] = []
    for m in _BRACKET.finditer(suffix):
        opening = _PAIRS.get(m[0])
        if opening is None:
            open_at.append(m.start())
        elif not open_at or suffix[open_at[-1]] != opening:
            return suffix[: open_at[0] if open_at else m.start()]
        else:
            open_at.pop()
    return suffix[: open_at[0]] if open_at else suffix


def _without_page(prefix: str, suffix: str, place: Place) -> str:
    """Drop what names a page or file of the publisher's site."""
    if not _PAGED.search(suffix):
        return suffix
    if "/" in suffix:
        suffix = (_ADDRESS_PATH if place.in_address else _PATH).sub("", suffix)
    suffix = _EXTENSION.sub("", suffix)
    if place.in_address:
        suffix = _ADDRESS_EXTENSION.sub("", suffix)
    whole = prefix + suffix
    for rule in (_PREPRINT, _OXFORD, _BOOK):
        m = rule.match(whole)
        if m:
            return whole[len(prefix) : m.end()]
    if place.numbered:
        suffix = _NUMBERED.sub(r"\1", suffix)
    if place.in_address and not place.at_resolver:
        suffix = _without_slug(suffix)
    return suffix


def _without_slug(suffix: str) -> str:
    """Drop the title of the page ("…/criminal-law-issues-in-europe") and names before it."""
    first, *rest = suffix.split("/")
    for i, segment in enumerate(rest):
        if _SLUG.fullmatch(segment):
            kept = rest[:i]
            while kept and _PLAIN_SEGMENT.fullmatch(kept[-1]):
                kept.pop()
            return "/".join([first, *kept])
    return suffix
