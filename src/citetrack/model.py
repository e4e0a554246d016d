"""The values that pass between the stages: frozen, slotted, compared by content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from citetrack.errors import InvalidIdentifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Zone(StrEnum):
    """The part of a page in which something stands."""

    HEADLINE = "headline"
    BODY = "body"
    MORE_INFORMATION = "more-information"
    CAPTION = "caption"
    ASIDE = "aside"
    RELATED = "related"
    COMMENTS = "comments"
    FOOTER = "footer"
    NAVIGATION = "navigation"
    META = "meta"
    JSON_LD = "json-ld"
    SCRIPT = "script"


#: Zones that belong to the story: a mention in one of them may start a reference. Text of other
#: stories (related, comments) and of the site (navigation, footer) never does. A reader that
#: knows an aside, footer or metadata block to be the page's and not the story's labels it
#: `related`, `footer` or `navigation`.
STORY_ZONES = frozenset(
    {
        Zone.HEADLINE,
        Zone.BODY,
        Zone.MORE_INFORMATION,
        Zone.CAPTION,
        Zone.ASIDE,
        Zone.META,
        Zone.JSON_LD,
        Zone.SCRIPT,
    }
)


#: The finder of links to a publisher's page whose address does not tell the DOI.
LANDING = "landing-page"


class Status(StrEnum):
    """How a reference and a work belong together."""

    EXACT = "exact"
    STRONG = "strong"
    WEAK = "weak"
    AMBIGUOUS = "ambiguous"
    DIFFERENT = "different"
    NOT_FOUND = "not_found"
    UNCHECKED = "unchecked"


class Outcome(StrEnum):
    """What came of a lookup."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


# ---------------------------------------------------------------- identifiers and dates

_DOI_PREFIX = re.compile(
    r"^\s*(?:doi:\s*|info:doi/|(?:https?://)?(?:www\.|dx\.)?doi\.org/)", re.IGNORECASE
)
_DOI = re.compile(r"10\.\d{3,9}(?:\.\d+)*/\S+")


@dataclass(frozen=True, slots=True, order=True)
class Doi:
    """A DOI, bare and lower-case. Build one with `Doi.parse`."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Doi:
        """Return the DOI written as `text`, with or without resolver or "doi:".

        >>> Doi.parse("https://doi.org/10.1001/JAMA.2025.3204").value
        '10.1001/jama.2025.3204'
        """
        bare = _DOI_PREFIX.sub("", text.strip(), count=1).lower()
        if not _DOI.fullmatch(bare):
            raise InvalidIdentifier(f"not a DOI: {text!r}")
        return cls(bare)

    @property
    def url(self) -> str:
        """The DOI as a link."""
        return f"https://doi.org/{self.value}"

    def __str__(self) -> str:
        return self.value


_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$|--(\d\d)-(\d\d)$")
_MONTHS, _DAYS = 12, 31


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year; or a day of a year that was not said.

    Written as ISO 8601 writes it: `2025-04-07`, `2025-04`, `2025`, `--04-07`.
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return the date written as `text`; raise ValueError when it is none."""
        m = _ISO_DATE.match(text.strip())
        if not m:
            raise ValueError(f"not a date: {text!r}")
        year, month, day = (int(g) if g else None for g in (m[1], m[2] or m[4], m[3] or m[5]))
        cls._check(year, month, day)
        return cls(year, month, day)

    @staticmethod
    def _check(year: int | None, month: int | None, day: int | None) -> None:
        import datetime as dt

        # 2024 is a leap year: 29 February is a day of an unnamed year.
        dt.date(year or 2024, month or 1, day or 1)

    def __str__(self) -> str:
        if self.year is None:
            return f"--{self.month:02}-{self.day:02}"
        parts = [f"{self.year:04}"]
        parts += [f"{p:02}" for p in (self.month, self.day) if p is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier and where it stands: `value` canonical, `printed` as written (bare)."""

    kind: str
    value: str
    start: int
    end: int
    printed: str = ""


# ---------------------------------------------------------------- the story


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    """Which zone a stretch of the text is."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: its target, and the span of its anchor text."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One story as read: its text, and what the page says of itself.

    `zones` are sorted and do not overlap; what they leave out is body. `notes` say what was not
    read and why ("the page is nested too deeply: …").
    """

    source: str
    text: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: PartialDate | None = None
    published_basis: str | None = None
    language: str | None = None
    zones: tuple[ZoneSpan, ...] = ()
    links: tuple[Link, ...] = ()
    reader: str = "plain"
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def canonical_url(self) -> str:
        """The story's address; a story without one is known by its text."""
        return self.url or f"urn:sha256:{self.sha256}"

    def zone_at(self, position: int) -> Zone:
        """Return the zone in which `position` stands."""
        from bisect import bisect_right

        i = bisect_right(self.zones, position, key=lambda z: z.start) - 1
        if i >= 0 and position < self.zones[i].end:
            return self.zones[i].zone
        return Zone.BODY


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a story that points towards research.

    `value` is canonical, `quote` the exact slice of the text, `printed` an identifier as written
    with its letter case (a link's target is not part of the quote), `role` what a person is said
    to be ("lead", "author", "outsider").
    """

    kind: str
    value: str
    start: int
    end: int
    quote: str = ""
    zone: Zone = Zone.BODY
    finder: str = ""
    printed: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked of a source of works: the story's words about one study.

    `surnames` are capitalised words of the story that may be a person's; `words` tell its subject,
    the commonest first; `published` is the story's own date.
    """

    identifiers: tuple[Doi, ...] = ()
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    dates: tuple[PartialDate, ...] = ()
    years: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    published: PartialDate | None = None

    def as_text(self) -> str:
        """Return the question as one line, as it is asked, logged and cached."""
        parts: Iterable[str] = (*self.titles, *self.authors, *self.containers)
        return " ".join((*parts, *(str(y) for y in self.years), *self.words, *self.institutions))


@dataclass(frozen=True, slots=True)
class Reference:
    """The mentions of one story that describe one study.

    `indices` point into the story's mentions; `mentions` are the same, at hand.
    """

    ordinal: int
    summary: str
    indices: tuple[int, ...]
    mentions: tuple[Mention, ...]
    question: Question
    doi_as_printed: str | None = None


# ---------------------------------------------------------------- the record


@dataclass(frozen=True, slots=True)
class Contributor:
    """An author of a work: a person (`family`, perhaps `given`) or a group (`literal`)."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as a byline prints it."""
        return self.literal or " ".join(p for p in (self.given, self.family) if p)


@dataclass(frozen=True, slots=True)
class Update:
    """What happened to a work later. `source` is "publisher", "retraction-watch" or "title"."""

    type: str
    date: PartialDate | None
    notice_doi: str | None
    source: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A scholarly item as its record describes it, in CSL terms.

    `dates` are (kind, date) in Crossref's kinds ("published-online", "posted" …), `issued` the
    earliest. `updates` happened to this work; `notice_of` are the works that it is a notice
    about, each with the type of the update. `title` and `abstract` are free of markup.
    """

    doi: Doi
    type: str = "document"
    title: str | None = None
    subtitle: str | None = None
    containers: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    authors: tuple[Contributor, ...] = ()
    issued: PartialDate | None = None
    dates: tuple[tuple[str, PartialDate], ...] = ()
    abstract: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    article_number: str | None = None
    publisher: str | None = None
    language: str | None = None
    landing_url: str | None = None
    alternative_ids: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    notice_of: tuple[tuple[str, str], ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    registered_type: str | None = None
    subtype: str | None = None
    score: float | None = None

    @property
    def container(self) -> str | None:
        """The journal's full name, as the record gives it first."""
        return self.containers[0] if self.containers else None


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question put to a source, and its answer."""

    source: str
    question: Doi | Question
    outcome: Outcome
    works: tuple[Work, ...] = ()
    asked_at: str | None = None
    alias: Doi | None = None
    agency: str | None = None
    why: str | None = None


@runtime_checkable
class WorkSource(Protocol):
    """Something that knows works: Crossref, a works file, an agency, a test double.

    `complete` means: "not here" is "does not exist".
    """

    name: str
    complete: bool

    def get(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Answer each DOI in order; staying silent is an answer too (`unavailable`)."""

    def search(self, question: Question, *, limit: int = 20) -> Lookup:
        """Answer with the works that fit the question best, best first."""


# ---------------------------------------------------------------- the judgement


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison between what the story says and what the record says.

    `agrees` is None where one side is silent.
    """

    feature: str
    agrees: bool | None
    story: str | None
    record: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that might be the one a reference describes, as judged."""

    work: Work
    confidence: float
    reasons: tuple[Reason, ...] = ()
    strategy: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The judgement on one reference. `work` is set for `exact` and `strong` only."""

    reference: Reference
    status: Status
    strategy: str | None = None
    work: Work | None = None
    confidence: float | None = None
    margin: float | None = None
    reasons: tuple[Reason, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    updates: tuple[Update, ...] = ()
    updates_checked: bool = False
    agency: str | None = None
    why: str | None = None

    @property
    def doi(self) -> Doi | None:
        """The DOI that we stand behind."""
        return self.work.doi if self.work else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit in it; `kind` is "count", "percent", "ratio" …."""

    quote: str
    value: float | None
    unit: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage of the record set against a claim; `stance` is supports, contradicts, unclear."""

    field: str
    quote: str
    start: int
    end: int
    score: float | None
    stance: str = "unclear"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the story that states a result, and what the abstract says to it."""

    quote: str
    start: int
    end: int
    doi: Doi | None = None
    score: float | None = None
    figures: tuple[Figure, ...] = ()
    outcome: str = "unclear"
    how_compared: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should see."""

    code: str
    severity: Severity
    message: str
    doi: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a story could not be read. `exit_code` is what the command ends with (2 or 3)."""

    code: str
    message: str
    exit_code: int = 2
