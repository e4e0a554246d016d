"""The values that pass between the stages: frozen, slotted, compared by content."""

from __future__ import annotations

from citetrack.model.judgement import (
    Candidate,
    Citation,
    Claim,
    Evidence,
    Failure,
    Figure,
    Finding,
    Reason,
)
from citetrack.model.record import Contributor, Lookup, Update, Work, WorkSource
from citetrack.model.story import Article, Link, Mention, Question, Reference, ZoneSpan
from citetrack.model.values import (
    _DOI,
    _DOI_PREFIX,
    _ISO_DATE,
    LANDING,
    STORY_ZONES,
    Doi,
    Identifier,
    Outcome,
    PartialDate,
    Severity,
    Status,
    Zone,
)

__all__ = [
    "LANDING",
    "STORY_ZONES",
    "_DOI",
    "_DOI_PREFIX",
    "_ISO_DATE",
    "Article",
    "Candidate",
    "Citation",
    "Claim",
    "Contributor",
    "Doi",
    "Evidence",
    "Failure",
    "Figure",
    "Finding",
    "Identifier",
    "Link",
    "Lookup",
    "Mention",
    "Outcome",
    "PartialDate",
    "Question",
    "Reason",
    "Reference",
    "Severity",
    "Status",
    "Update",
    "Work",
    "WorkSource",
    "Zone",
    "ZoneSpan",
]
