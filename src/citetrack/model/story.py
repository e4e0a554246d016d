"""The story as it was read, and what it says of studies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from citetrack.model.values import Doi, PartialDate, Zone


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

    @property
    def begins(self) -> int:
        """Where the text of a draft begins behind its front matter; 0 without one."""
        first = self.zones[0] if self.zones and self.reader != "html" else None
        return first.end if first and first.start == 0 and first.zone is Zone.META else 0

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
    the commonest first, `technical` those that records use for the story's plain ones;
    `published` is the story's own date.
    """

    identifiers: tuple[Doi, ...] = ()
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    dates: tuple[PartialDate, ...] = ()
    years: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    technical: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    published: PartialDate | None = None

    def as_text(self) -> str:
        """Return the question as one line, as it is asked, logged and cached."""
        parts = (*self.titles, *self.authors, *self.containers)
        return " ".join((*parts, *(str(y) for y in self.years), *self.words, *self.institutions))


@dataclass(frozen=True, slots=True)
class Reference:
    """The mentions of one story that describe one study.

    `indices` point into the story's mentions; `mentions` are the same, at hand. The story
    may hardly speak of a study: then `doubt` is the chance that a work must have to be one. It
    may speak of the study only in `passing`: then the story's date tells nothing of that study's.
    """

    ordinal: int
    summary: str
    indices: tuple[int, ...]
    mentions: tuple[Mention, ...]
    question: Question
    doi_as_printed: str | None = None
    doubt: float = 0.0
    passing: bool = False
