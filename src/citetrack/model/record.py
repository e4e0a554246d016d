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
    """What happened to a work later. `source` is who says so.

    It is "publisher" or "retraction-watch"; "title", "abstract" or "comment" where these alone do.
    """

    type: str
    date: PartialDate | None
    notice_doi: str | None
    source: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A source of notices that answered, and when.

    `at` is the instant of the answer (ISO 8601, UTC), or for data at hand the day they are of.
    """

    source: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a work since: its updates, oldest first, each type and notice once.

    `asked` are the sources of notices that answered; `why` says why one did not, and `unanswered`
    that one was to be asked all the same.
    """

    updates: tuple[Update, ...] = ()
    asked: tuple[Asked, ...] = ()
    why: str | None = None
    unanswered: bool = False

    @property
    def checked(self) -> bool:
        """Whether a source of notices answered for this work."""
        return bool(self.asked)


@dataclass(frozen=True, slots=True)
class Work:
    """A scholarly item as its record describes it, in CSL terms.

    `dates` are (kind, date) in Crossref's kinds ("published-online", "posted" …), `issued` the
    earliest. `updates` happened to this work; `notice_of` are the works that it is a notice
    about, each with the type of the update. `title` and `abstract` are free of markup;
    `trials` are numbers of registered trials, in lower case.
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
    trials: tuple[str, ...] = ()

    @property
    def container(self) -> str | None:
        """The journal's full name, as the record gives it first."""
        return self.containers[0] if self.containers else None


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of a work.

    `kind` is what the other one is: "preprint", "article" or "version". `relation` is the
    record's word for it, or "same-title" where only title and authors say so. `work` is its
    record where that was read, `updates` what happened to it.
    """

    doi: str
    kind: str
    relation: str
    work: Work | None = None
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question put to a source, and its answer.

    `missing` says that the source has no such record, and that whose the DOI is stayed open.
    """

    source: str
    question: Doi | Question
    outcome: Outcome
    works: tuple[Work, ...] = ()
    asked_at: str | None = None
    alias: Doi | None = None
    agency: str | None = None
    why: str | None = None
    missing: bool = False


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
