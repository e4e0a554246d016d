"""Words that reports share: statuses, features, a work in a line and where it appeared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from citetrack.checks.wording import date_in_words
from citetrack.model import Status
from citetrack.text import printable, squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetrack.model import Reason, Work

#: status -> (what people read, mark, style); the words carry the meaning, colour only repeats it.
SAID = {
    Status.EXACT: ("certain", "+", "green"),
    Status.STRONG: ("likely", "+", "green"),
    Status.WEAK: ("possible", "?", "yellow"),
    Status.AMBIGUOUS: ("several fit", "?", "yellow"),
    Status.DIFFERENT: ("another paper", "!", "red"),
    Status.NOT_FOUND: ("not found", "?", "yellow"),
    Status.UNCHECKED: ("not checked", "?", "yellow"),
}
FEATURES = {
    "doi": "DOI", "title": "title", "container-title": "journal", "author.family": "author",
    "issued": "date", "words": "subject", "type": "type",
    "institution": "institution",
}  # fmt: skip


def counted(statuses: Mapping[str, int]) -> str:
    """Return how many studies there are and how many of them are what, "" when there is none.

    >>> counted({"exact": 1, "not_found": 1})
    '2 studies: 1 certain, 1 not found'
    """
    total = sum(statuses.values())
    parts = ", ".join(f"{n:,} {SAID[Status(status)][0]}" for status, n in statuses.items())
    return f"{total:,} {'study' if total == 1 else 'studies'}: {parts}" if total else ""


def figure(confidence: float, digits: int = 2) -> str:
    """Return how likely a link is, and never 1: what was found by words is not certain.

    >>> figure(0.9998), figure(0.9998, 3), figure(0.5)
    ('0.99', '0.999', '0.50')
    """
    return f"{min(confidence, 1 - 10**-digits):.{digits}f}"


def work_line(work: Work) -> str:
    """Return a work as people name it: first author and title."""
    return clean(f"{who(work)}{work.title or work.doi.value}")


def who(work: Work) -> str:
    """Return the first author as a citation begins with it."""
    if not work.authors:
        return ""
    first = work.authors[0].family or work.authors[0].name
    return f"{first} et al., " if len(work.authors) > 1 else f"{first}, "


def where(work: Work) -> Text:
    """Return where and when a work appeared, and its link."""
    place = ", ".join(p for p in (work.container, date_in_words(work.issued)) if p)
    return Text.assemble(
        clean(place), "  " if place else "", (work.doi.url, f"link {work.doi.url}")
    )


def when(at: object) -> str:
    """Return a date or an instant (ISO 8601) as people write it, "" where there is none.

    >>> when("2025-04"), when("2025-04-09T12:30:05Z"), when(None)
    ('April 2025', '9 April 2025, 12:30 UTC', '')
    """
    if not at:
        return ""
    day, _, time = str(at).partition("T")
    said = date_in_words(day) or day
    return f"{said}, {time[:5]} UTC" if time else said


def side(reason: Reason, said: str | None) -> str:
    """Return one side of a reason, the story's or the record's, as people read it."""
    return when(said) if reason.feature == "issued" else said or ""


def clean(text: str) -> str:
    """Return a text on one line, with nothing in it that steers a terminal."""
    return squeeze(printable(text))
