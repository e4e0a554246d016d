"""Whether the study is the one the story describes, and is named right in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.authorship import called_authors
from citetrack.checks.codes import finding
from citetrack.checks.wording import date_in_words, describe, names
from citetrack.identifiers.near import is_near
from citetrack.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.checks import Check
    from citetrack.model import Article, Citation, Finding, Reason, Work


def not_registered(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT101, CT103: the printed DOI is not registered, or not yet; a work that fits may be near."""
    printed = citation.reference.doi_as_printed
    if citation.status is not Status.NOT_FOUND or not printed:
        return
    if citation.awaited:
        message = (
            f"{printed} is not live yet. The story is of these days or under embargo, and a DOI may"
            f" go live after it: ask again later (citetrack refresh).{_meant(citation)}"
        )
        yield finding("CT103", message, citation)
    else:
        yield finding("CT101", f"{printed} is not registered.{_meant(citation)}", citation)


def another_work(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT102: the printed DOI resolves, to a work that the story does not describe."""
    if citation.status is not Status.DIFFERENT:
        return
    printed = citation.reference.doi_as_printed
    cited = next((c.work for c in citation.candidates if _is_printed(c.reasons)), None)
    what = f": {describe(cited)}" if cited else ""
    message = (
        f"The DOI in the story, {printed}, belongs to another paper{what}."
        f"{_described(citation)}{_fitting(citation)} {_asked(citation)}"
    )
    yield finding("CT102", message, citation, kind="doi")


def _asked(citation: Citation) -> str:
    """Return what is to be found out; where the journal is right, the author may be wrong."""
    printed = next((c.reasons for c in citation.candidates if _is_printed(c.reasons)), ())
    verdicts = {r.feature: r.agrees for r in printed}
    if verdicts.get("author.family") is False and verdicts.get("container-title"):
        return "Which one is meant?" if _better(citation) else "Is the DOI wrong, or the author?"
    return "Which one is meant?"


def several_fit(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT104: the reasons cannot part two or more works."""
    if citation.status is Status.AMBIGUOUS:
        fitting = "; ".join(describe(c.work) for c in citation.candidates[:3])
        yield finding("CT104", f"Several papers fit equally well: {fitting}.", citation)


def named_but_not_found(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT105: the sources answered, and have no work that fits the story's words."""
    if citation.status is Status.NOT_FOUND and not citation.reference.doi_as_printed:
        message = f"The story names a study ({citation.reference.summary}) that was not found."
        yield finding("CT105", message, citation)


#: feature -> (code, kind of mention that it stands on)
_DIFFERENCES = {
    "container-title": ("CT301", "container"),
    "author.family": ("CT302", "author"),
    "issued": ("CT303", "date"),
    "title": ("CT304", "title"),
}


def differs(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT301-CT304: the story and the record name a different journal, author, date or title."""
    if citation.status not in {Status.EXACT, Status.STRONG}:
        return
    for reason in citation.reasons:
        if reason.agrees is False and reason.feature in _DIFFERENCES:
            code, kind = _DIFFERENCES[reason.feature]
            yield finding(code, _two_sides(reason, citation), citation, kind=kind)


def _two_sides(reason: Reason, citation: Citation) -> str:
    """Say what the story says and what the record says, and not who is right."""
    story, record = reason.story, reason.record
    if reason.feature == "author.family":
        listed = [a.name for a in citation.work.authors] if citation.work else []
        said = f"The story names {story} as an author."
        return f"{said} The record of this paper lists {names(listed) or record}."
    if reason.feature == "issued":
        story, record = date_in_words(story), date_in_words(record)
    return f"The story says {story}. The record of this paper says {record}."


def _is_printed(reasons: tuple[Reason, ...]) -> bool:
    return any(r.feature == "doi" and r.agrees for r in reasons)


_FITS = 0.5


def _better(citation: Citation) -> Work | None:
    """Return the work that fits the story, where a candidate other than the printed one does."""
    fitting = (
        c for c in citation.candidates if not _is_printed(c.reasons) and c.confidence > _FITS
    )
    best = next(fitting, None)
    return best.work if best else None


def _meant(citation: Citation) -> str:
    """Name the work whose DOI is one slip away and that may be the story's, or one that fits."""
    printed = citation.reference.doi_as_printed or ""
    near = next(
        (
            c.work
            for c in citation.candidates
            if is_near(printed, c.work.doi.value) and c.confidence > _MAY_FIT
        ),
        None,
    )
    near = near or _better(citation)
    if near is None:
        return ""
    return f" Did you mean {near.doi}? It is {describe(near)}, and fits the story."


#: With a DOI one slip away, less must agree.
_MAY_FIT = 0.1


def _fitting(citation: Citation) -> str:
    work = _better(citation)
    return f" This one fits it: {work.doi.value}, {describe(work)}." if work else ""


def _described(citation: Citation) -> str:
    called = called_authors(citation.reference.mentions)
    return f" The story describes work by {called[0].value}." if called else ""


CHECKS: tuple[Check, ...] = (
    not_registered,
    another_work,
    several_fit,
    named_but_not_found,
    differs,
)
