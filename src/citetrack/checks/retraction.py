"""What happened to the paper since: retracted, questioned, corrected, reinstated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
from citetrack.dates import days_between
from citetrack.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding, PartialDate, Update

#: type of update -> (code, how it is said)
_SAID = {
    "retraction": ("CT201", "was retracted"),
    "withdrawal": ("CT201", "was withdrawn"),
    "removal": ("CT201", "was removed"),
    "partial_retraction": ("CT201", "was retracted in part"),
    "expression_of_concern": ("CT202", "carries an expression of concern"),
    "correction": ("CT203", "was corrected"),
    "reinstatement": ("CT206", "was reinstated"),
}
_SOURCES = {
    "publisher": "the publisher",
    "retraction-watch": "Retraction Watch",
    "title": "its title",
}


def updated(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT201, CT202, CT203, CT206: the latest update that says what the paper is worth.

    A correction never hides a retraction, but a later reinstatement does.
    """
    if citation.status not in {Status.EXACT, Status.STRONG}:
        return
    known = [u for u in citation.updates if u.type in _SAID]
    if known:
        latest = max(known, key=_gravity)
        code, said = _SAID[latest.type]
        yield finding(code, _message(latest, said, article.published), citation)


def _gravity(update: Update) -> tuple[bool, str, str]:
    """Order by what decides, then by date: corrections and concerns stand behind the rest."""
    decisive = update.type not in {"correction", "expression_of_concern"}
    return decisive, str(update.date or ""), update.type


def _message(update: Update, said: str, published: PartialDate | None) -> str:
    when = f" on {update.date}" if update.date and update.date.day else ""
    when = when or (f" in {update.date}" if update.date else "")
    notice = f" (notice {update.notice_doi})" if update.notice_doi else ""
    source = _SOURCES.get(update.source, update.source)
    return (
        f"This paper {said}{when}, according to {source}{notice}.{_beside_story(update, published)}"
    )


def _beside_story(update: Update, published: PartialDate | None) -> str:
    gap = days_between(published, update.date) if published and update.date else None
    if gap is None or (published and published.year is None):
        return ""
    order = "before" if gap < 0 else "after"
    return f" The story is from {published}, {order} that." if gap else ""


CHECKS: tuple[Check, ...] = (updated,)
