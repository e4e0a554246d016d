"""The judgement: reasons, citations, claims, findings."""

from __future__ import annotations

from dataclasses import dataclass

from citetrack.model.record import Asked, Update, Version, Work
from citetrack.model.story import Reference
from citetrack.model.values import Doi, Severity, Status


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
    """A work that might be the one a reference describes, as judged.

    `signals` are the names of what was met (resources/linking.toml), `chance` is how likely the
    work is the one when "none of these" is a choice too: what a link is decided by.
    """

    work: Work
    confidence: float
    reasons: tuple[Reason, ...] = ()
    strategy: str | None = None
    signals: frozenset[str] = frozenset()
    chance: float = 0.0

    @property
    def score(self) -> float:
        """The log-odds that the reasons add up to."""
        return sum(r.weight for r in self.reasons)


@dataclass(frozen=True, slots=True)
class Citation:
    """The judgement on one reference. `work` is set for `exact` and `strong` only.

    `asked` are the sources of notices that answered for the work, `not_asked` why one did not,
    and `unanswered` says that somebody who was to be asked what became of it stayed silent;
    `versions` are its preprint or article. `awaited` says that the printed DOI may go live any
    day: the story is of these days, or under embargo. `gone` are the story's links to the study
    that lead nowhere any more.
    """

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
    asked: tuple[Asked, ...] = ()
    not_asked: str | None = None
    unanswered: bool = False
    versions: tuple[Version, ...] = ()
    awaited: bool = False
    gone: tuple[str, ...] = ()
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
