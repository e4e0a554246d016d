"""What is known of one DOI, for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from citetrack.checks.wording import describe
from citetrack.report.told import asked_line, standing_in_words, update_line
from citetrack.text import printable, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from citetrack.model import Update, Version
    from citetrack.pipeline.known import Known

#: status -> (what people read, style)
STANDINGS = {
    "ok": ("nothing listed", "green"),
    "corrected": ("corrected", "yellow"),
    "expression-of-concern": ("expression of concern", "red"),
    "retracted": ("retracted", "bold red"),
    "withdrawn": ("withdrawn", "bold red"),
    "retracted-republished": ("retracted and published again", "bold red"),
    "not-registered": ("not registered", "bold red"),
    "unknown": ("not checked", "yellow"),
}


def known_view(known: Known, today: str) -> RenderableType:
    """Return what is known of a DOI: what it is worth first, then why, and who was asked."""
    said, style = STANDINGS[known.standing.status]
    if known.standing.status == "ok" and known.standing.update:
        said = standing_in_words(known.standing)
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1, overflow="fold")
    head.add_column(justify="right", no_wrap=True)
    head.add_row(Text(known.doi.value, "bold"), Text(said, style))
    return Group(head, labelled(_lines(known, today)))


def labelled(lines: Iterable[tuple[str, str]]) -> RenderableType:
    """Return lines with their labels in a column of their own."""
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=8, no_wrap=True, style="cyan")
    rows.add_column(overflow="fold")
    for label, text in lines:
        rows.add_row(label, Text(squeeze(printable(text))))
    return Padding(rows, (0, 0, 0, 2))


def _lines(known: Known, today: str) -> Iterator[tuple[str, str]]:
    work = known.work
    if work is None:
        yield "why", known.why or _NOBODY_HAS
        return
    yield "is", describe(work)
    if known.lookup.alias:
        yield "now", f"{known.lookup.alias} (the DOI asked for leads there)"
    if known.is_notice:
        about = ", ".join(dict.fromkeys(doi for doi, _ in work.notice_of))
        yield "note", f"This is a notice about another paper{': ' + about if about else ''}."
    for update in _deciding_first(known):
        yield "notice", update_line(update)
    if known.history.checked and not known.history.updates:
        yield "notice", "no retraction, correction or expression of concern is listed"
    yield "asked", "; ".join(asked_line(a, today) for a in known.history.asked) or _NOBODY
    if known.why:
        yield "note" if known.history.checked else "why", known.why


_NOBODY = "nobody: only the record at hand was read, and it need not name every notice"
_NOBODY_HAS = "No registry has this DOI. Check its digits; a new one may take a day or two."


def _deciding_first(known: Known) -> list[Update]:
    deciding = known.standing.update
    rest = [u for u in reversed(known.history.updates) if u != deciding]
    return [deciding, *rest] if deciding else rest


def known_to_dict(known: Known) -> dict[str, Any]:
    """Return what is known of a DOI as one JSON object."""
    work, update = known.work, known.standing.update
    return {
        "doi": known.doi.value,
        "record_doi": work and work.doi.value,
        "status": known.standing.status,
        "date": str(update.date) if update and update.date else None,
        "notice_doi": update and update.notice_doi,
        "source": update and update.source,
        "title": work and work.title,
        "container_title": work and work.container,
        "issued": str(work.issued) if work and work.issued else None,
        "is_notice": known.is_notice,
        "updates": [update_to_dict(u) for u in known.history.updates],
        "asked": [{"source": a.source, "at": a.at} for a in known.history.asked],
        "agency": known.lookup.agency,
        "why": known.why,
    }


def update_to_dict(update: Update) -> dict[str, Any]:
    """Return an update in the shape of the outside contract."""
    date = str(update.date) if update.date else None
    return {
        "type": update.type, "date": date, "notice_doi": update.notice_doi, "source": update.source,
    }  # fmt: skip


# ---------------------------------------------------------------- versions


def versions_view(
    known: Known, versions: Iterable[Version], *, searched: bool = False
) -> RenderableType:
    """Return the versions of a work, each with what it is and what became of it."""
    head = Text(known.doi.value, "bold")
    lines = [("is", describe(known.work))] if known.work else []
    told = [line for version in versions for line in _version(version)]
    return Group(
        head, labelled([*lines, *(told or [("versions", _SEARCHED if searched else _TRY)])])
    )


_NO_VERSION = "The record names no other version."
_TRY = f"{_NO_VERSION} Records often leave them out: try --search."
_SEARCHED = f"{_NO_VERSION} None was found by title and authors where it was looked for."
_SAME = "title and authors are the same; no record links the two"


def _version(version: Version) -> Iterator[tuple[str, str]]:
    what = describe(version.work) if version.work else "its record could not be read"
    yield version.kind, f"{version.doi}: {what}"
    named = f"named in the record ({version.relation})"
    yield "", _SAME if version.relation == "same-title" else named
    for update in version.updates:
        yield "", update_line(update)


def versions_to_dict(known: Known, versions: Iterable[Version]) -> dict[str, Any]:
    """Return a work and its versions as one JSON object."""
    work = known.work
    return {
        "doi": known.doi.value,
        "record_doi": work and work.doi.value,
        "title": work and work.title,
        "issued": str(work.issued) if work and work.issued else None,
        "versions": [
            {
                "doi": v.doi,
                "kind": v.kind,
                "relation": v.relation,
                "title": v.work and v.work.title,
                "container_title": v.work and v.work.container,
                "issued": str(v.work.issued) if v.work and v.work.issued else None,
                "updates": [update_to_dict(u) for u in v.updates],
            }
            for v in versions
        ],
        "why": known.why,
    }
