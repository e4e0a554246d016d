"""What happened to the paper since: retracted, questioned, corrected, reinstated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
from citetrack.checks.wording import ALL_THE_EVIDENCE, TOLD_BY, date_in_words, on_date
from citetrack.days import days_between
from citetrack.model import Status
from citetrack.updates import REINSTATED, REPLACED, STATUSES, is_notice, standing, title_prefix
from citetrack.versions import is_preprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding, PartialDate, Update, Work

#: type of update -> (code, how it is said)
_SAID = {
    "retraction": ("CT201", "was retracted"),
    "withdrawal": ("CT201", "was withdrawn"),
    "removal": ("CT201", "was removed"),
    "partial_retraction": ("CT201", "was retracted in part"),
    REPLACED: ("CT204", "was retracted and published again in corrected form"),
    "expression_of_concern": ("CT202", "has carried an expression of concern"),
    "correction": ("CT203", "was corrected"),
    "addendum": ("CT203", "has an addendum"),
    "clarification": ("CT203", "was clarified"),
    REINSTATED: ("CT206", "was reinstated"),
}
_REPLACED_BY = "is-replaced-by"
_GRAVE = 1
_MOST_REASONS = 3
#: status -> what the paper was when the story ran
_WAS = {
    "expression-of-concern": "it already carried an expression of concern",
    "corrected": "it had been corrected",
    "retracted": "it was already retracted",
    "withdrawn": "it was already withdrawn",
    "retracted-republished": "it was already retracted and published again",
}


def updated(citation: Citation, article: Article) -> Iterator[Finding]:
    """CT201-CT204, CT206: what the paper is worth now, beside what it was when the story ran.

    The gravest update decides; a reinstatement lifts what was before it.
    """
    work = citation.work
    if work is None:
        return
    update = standing(citation.updates).update
    if update is None:
        return
    code, said = _SAID[update.type]
    replacement = _replacement(work) if code == "CT201" else None
    if replacement:
        code, said = "CT204", f"{said}, and published again as {replacement},"
    message = f"{_told(update, said)}{_beside_story(update, citation, article.published)}"
    yield finding(code, message, citation)


def _replacement(work: Work) -> str | None:
    """Return the DOI under which a retracted paper was published again, as its record says."""
    return next((other for relation, other in work.relations if relation == _REPLACED_BY), None)


def _told(update: Update, said: str) -> str:
    """Say what happened, when, and who says so."""
    if update.source in ALL_THE_EVIDENCE:
        return (
            f"This paper {said}: {ALL_THE_EVIDENCE[update.source]} says so, and that is all the"
            " evidence; no notice and no date are known."
        )
    when = _when(update)
    notice = f" (notice {update.notice_doi})" if update.notice_doi else ""
    source = TOLD_BY.get(update.source, update.source)
    concern = " It is not retracted." if update.type == "expression_of_concern" else ""
    return f"This paper {said}{when}, according to {source}{notice}.{_reasons(update)}{concern}"


def _reasons(update: Update) -> str:
    """Name the reasons that Retraction Watch lists, as many as a reader takes in."""
    kind = update.type.replace("_", " ")
    if update.source != "retraction-watch" or (update.label or kind).casefold() == kind:
        return ""  # Crossref's records give the kind of notice for a label
    reasons = (update.label or "").split("; ")
    more = " and more" if len(reasons) > _MOST_REASONS else ""
    return f" Reasons listed: {'; '.join(reasons[:_MOST_REASONS])}{more}."


def _when(update: Update) -> str:
    if update.date and update.type == "expression_of_concern":
        return f" since {date_in_words(update.date)}"
    return on_date(update.date)


def _beside_story(update: Update, citation: Citation, published: PartialDate | None) -> str:
    """Say whether the story came before or after, and what was known when it ran."""
    gap = days_between(published, update.date) if published and update.date else None
    if not gap or published is None or published.year is None:
        return ""
    if gap > 0:
        return f" The story is from {date_in_words(published)}, after that."
    was = _WAS.get(standing(citation.updates, published).status)
    known = f": {was} then" if was else ""
    return f" The story is from {date_in_words(published)}, before that{known}."


def published_paper_retracted(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT201: the preprint stands, and the article that came of it was retracted."""
    if citation.work is None or not is_preprint(citation.work) or _is_grave(citation.updates):
        return
    for version in citation.versions:
        if version.kind == "article" and _is_grave(version.updates):
            update = standing(version.updates).update
            assert update is not None
            said = f"{_SAID[update.type][1]} as an article ({version.doi})"
            yield finding("CT201", _told(update, said), citation)
            return


def _is_grave(updates: tuple[Update, ...]) -> bool:
    update = standing(updates).update
    return update is not None and STATUSES.get(update.type, ("", 0))[1] == _GRAVE


def notice_cited(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT205: what is cited is the notice, or by its title may be one."""
    work = citation.work
    if citation.status not in {Status.EXACT, Status.STRONG} or work is None:
        return
    if work.notice_of:
        kind, papers = work.notice_of[0][1].replace("_", " "), [doi for doi, _ in work.notice_of]
        about = f"the {kind} of {', '.join(dict.fromkeys(papers))}"
        message = f"The notice is cited, not the paper: {work.doi} is {about}."
        yield finding("CT205", message, citation)
    elif is_notice(work):
        message = (
            f"The notice is cited, not the paper: by its title, {work.doi} is the notice of a"
            " retraction. Its record does not name the paper."
        )
        yield finding("CT205", message, citation)
    elif _is_unclear(work, citation):
        message = (
            f'The title of {work.doi} begins with "{title_prefix(work)}". It is a retracted paper'
            " or the notice about one; no source says which."
        )
        yield finding("CT205", message, citation)


def _is_unclear(work: Work, citation: Citation) -> bool:
    return title_prefix(work) is not None and not citation.updates


CHECKS: tuple[Check, ...] = (
    updated,
    published_paper_retracted,
    notice_cited,
)
