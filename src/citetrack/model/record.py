"""The record: works, and what sources answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from citetrack.model.story import Question
from citetrack.model.values import Doi, Outcome, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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
