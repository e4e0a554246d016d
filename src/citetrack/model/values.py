"""What the rest is made of: zones, statuses, identifiers, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from citetrack.errors import InvalidIdentifier


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
