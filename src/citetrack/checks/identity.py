"""Whether the study is the one the story describes, and is named right in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.checks.codes import finding
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
            f" go live after it.{_meant(citation)}"
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
    what = f": {_describe(cited)}" if cited else ""
    message = (
        f"The DOI in the story, {printed}, belongs to another paper{what}.{_instead(citation)}"
    )
    yield finding("CT102", message, citation, kind="doi")


def several_fit(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT104: the reasons cannot part two or more works."""
    if citation.status is Status.AMBIGUOUS:
        names = "; ".join(_describe(c.work) for c in citation.candidates[:3])
        yield finding("CT104", f"Several papers fit equally well: {names}.", citation)


def named_but_not_found(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT105: the sources answered, and have no work that fits the story's words."""
    if citation.status is Status.NOT_FOUND and not citation.reference.doi_as_printed:
        message = f"The story names a study ({citation.reference.summary}) that was not found."
        yield finding("CT105", message, citation)


#: feature -> (code, what differs, kind of mention that it stands on)
_DIFFERENCES = {
    "container-title": ("CT301", "journal", "container"),
    "author.family": ("CT302", "author", "author"),
    "issued": ("CT303", "date of publication", "date"),
    "title": ("CT304", "title", "title"),
}


def differs(citation: Citation, _: Article) -> Iterator[Finding]:
    """CT301-CT304: the story and the record name a different journal, author, date or title."""
    if citation.status not in {Status.EXACT, Status.STRONG}:
        return
    for reason in citation.reasons:
        if reason.agrees is False and reason.feature in _DIFFERENCES:
            code, what, kind = _DIFFERENCES[reason.feature]
            yield finding(code, _two_sides(what, reason), citation, kind=kind)


def _two_sides(what: str, reason: Reason) -> str:
    return f"The {what} differs: the story says {reason.story}, the record {reason.record}."


def _is_printed(reasons: tuple[Reason, ...]) -> bool:
    return any(r.feature == "doi" and r.agrees for r in reasons)


def _instead(citation: Citation) -> str:
    """Name the work that fits the story, where a candidate does."""
    fitting = (
        c for c in citation.candidates if not _is_printed(c.reasons) and c.confidence > _FITS
    )
    best = next(fitting, None)
    return (
        f" This one fits the story: {best.work.doi.value}, {_describe(best.work)}." if best else ""
    )


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
    if near is None:
        return _instead(citation)
    return f" Did you mean {near.doi}? It is {_describe(near)}, and fits the story."


_FITS = 0.5
#: With a DOI one slip away, less must agree.
_MAY_FIT = 0.1


def _describe(work: Work) -> str:
    first = work.authors[0].family or work.authors[0].literal if work.authors else None
    year = str(work.issued.year) if work.issued else None
    parts = (work.title, f"by {first}" if first else None, work.container, year)
    return ", ".join(p for p in parts if p) or work.doi.value


CHECKS: tuple[Check, ...] = (
    not_registered,
    another_work,
    several_fit,
    named_but_not_found,
    differs,
)
