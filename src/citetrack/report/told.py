"""One update, and one source that was asked, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.checks.wording import ALL_THE_EVIDENCE, TOLD_BY, date_in_words, on_date
from citetrack.report.ages import age
from citetrack.updates import happened_to, standing

if TYPE_CHECKING:
    from citetrack.model import Asked, Update, Work
    from citetrack.updates import Standing


#: Candidates less likely than this are not shown, nor more than these.
WORTH_SHOWING, MOST_SHOWN = 0.05, 3


def standing_in_words(found: Standing) -> str:
    """Return what a paper is worth; one that was reinstated is "ok" and has a history."""
    if found.status == "ok":
        return "reinstated" if found.update else "no retraction or correction listed"
    return found.status.replace("-", " ")


def worth_by_record(work: Work) -> str:
    """Return what became of a paper as far as its record tells: "retracted on 5 June 2020", ""."""
    found = standing(happened_to(work))
    if found.update is None:
        return ""
    return f"{standing_in_words(found)}{on_date(found.update.date)}"


def update_line(update: Update) -> str:
    """Return what happened, when, where it is announced, and who says so."""
    kind = update.type.replace("_", " ")
    notice = f"notice {update.notice_doi}" if update.notice_doi else "no notice named"
    if update.source in ALL_THE_EVIDENCE:
        evidence = ALL_THE_EVIDENCE[update.source]
        return f"{kind} ({evidence} is all the evidence; no notice and no date are known)"
    source = TOLD_BY.get(update.source, update.source)
    return f"{kind}{on_date(update.date) or ', no date known'} ({notice}, told by {source})"


def asked_line(asked: Asked, today: str) -> str:
    """Return which source was asked, and how old what it said is."""
    how_old = age(asked.at, today) if asked.at else "today"
    if asked.source == "retraction-watch":
        return (
            f"Retraction Watch data of {date_in_words(asked.at)} ({how_old})"
            if asked.at
            else "Retraction Watch"
        )
    name = {"crossref": "Crossref", "datacite": "DataCite"}.get(asked.source, asked.source)
    return f"{name}, today" if how_old == "today" else f"{name} (its answer is {how_old})"
