"""The card of one story: what it rests on, how we know, what differs, what was not checked."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from citetrack.checks.wording import date_in_words
from citetrack.model import Severity, Status
from citetrack.report.told import (
    MOST_SHOWN,
    WORTH_SHOWING,
    asked_line,
    standing_in_words,
    update_line,
    worth_by_record,
)
from citetrack.report.verdict import verdict
from citetrack.report.words import (
    FEATURES,
    SAID,
    clean,
    figure,
    side,
    when,
    where,
    who,
    work_line,
)
from citetrack.text import fold, printable, words
from citetrack.updates import standing
from citetrack.versions import is_preprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from citetrack.contract import Report
    from citetrack.model import Candidate, Citation, Claim, Finding, Reason, Work

_ACCEPTED = frozenset({Status.EXACT, Status.STRONG})
#: Of an identifier the figure would only confuse, and of a suggestion it says how far it leads, not
#: whether it is right; it stands in the details.
_WITHOUT_FIGURE = frozenset({Status.EXACT, Status.DIFFERENT, Status.WEAK, Status.AMBIGUOUS})
_SEVERITY_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_NUMBERS = {"pmid": "PMID", "pmcid": "PMCID", "arxiv": "arXiv"}
_SIDE_BY_SIDE = frozenset({"agrees", "differs", "not-in-abstract"})
_LONGEST_QUOTE = 90
#: Of so many words a title without its subtitle is the same one.
_LONG_TITLE = 4
#: What is said of the whole story, whatever it cites.
_OF_THE_STORY = frozenset({"CT903"})
#: A candidate below this is one among many that share a word.
_LEAST_LISTED = 0.001


def card(report: Report, *, today: str, verbose: bool = False) -> RenderableType:
    """Return the card of a story; `verbose` adds each mention, reason and candidate."""
    if report.error or report.article is None:
        why = report.error.message if report.error else "It could not be read."
        return Text(f"{printable(report.source)}\n  {printable(why)}", style="red")
    title = report.article.title or report.source
    parts: list[RenderableType] = [
        Text(clean(title), style="bold"),
        _headline(report, today),
        *(_reference(c, report, today, verbose=verbose) for c in _by_urgency(report)),
        *_claims(report.claims),
        *verdict(report),
        *(Text(f"Note: {clean(n)}") for n in report.article.notes),
        *_of_the_story(report),
    ]
    if verbose:
        parts.append(_mentions(report))
    return Group(*parts)


def _of_the_story(report: Report) -> Iterator[Text]:
    """Yield the findings that speak of no study."""
    shown = {id(f) for c in report.citations for f in _findings(report, c)}
    for finding in report.findings:
        if finding.doi is None and finding.start is None and id(finding) not in shown:
            style = _SEVERITY_STYLE[finding.severity]
            yield Text(f"{finding.code}: {clean(finding.message)}", style=style)


def _by_urgency(report: Report) -> list[Citation]:
    """Put first what hurts: retracted or another paper, then what differs, then what is missing."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 3}

    def urgency(citation: Citation) -> int:
        worst = min((order[f.severity] for f in _findings(report, citation)), default=4)
        return worst if citation.status in _ACCEPTED else min(worst, 2)

    return sorted(report.citations, key=urgency)


def _headline(report: Report, today: str) -> Table:
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(justify="right", no_wrap=True)
    line.add_row(Text(_summary(report.citations)), Text(f"checked {when(today)}", style="dim"))
    return line


def _summary(citations: Iterable[Citation]) -> str:
    counted = Counter(SAID[c.status][0] for c in citations)
    if not counted:
        return "No study is named in this story: nothing ties its words to a paper."
    total = sum(counted.values())
    studies = "1 study" if total == 1 else f"{total} studies"
    return f"{studies} in this story: " + ", ".join(f"{n} {said}" for said, n in counted.items())


def _findings(report: Report, citation: Citation) -> list[Finding]:
    doi = citation.work.doi.value if citation.work else citation.reference.doi_as_printed
    mentions = citation.reference.mentions
    places: set[tuple[int | None, int | None]] = {(m.start, m.end) for m in mentions}
    places = places or {(None, None)}
    found = (f for f in report.findings if f.doi == doi and f.code not in _OF_THE_STORY)
    return [f for f in found if (f.start, f.end) in places]


# ---------------------------------------------------------------- one study


def _reference(citation: Citation, report: Report, today: str, *, verbose: bool) -> RenderableType:
    said, mark, style = SAID[citation.status]
    if citation.confidence is not None and citation.status not in _WITHOUT_FIGURE:
        said = f"{said} ({figure(citation.confidence)})"
    if citation.status in _ACCEPTED and _is_serious(_findings(report, citation)):
        mark, style = "!", "red"
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(width=1)
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True)
    head.add_row(Text(mark, style), Text(_what(citation), style="bold"), Text(said, style))
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=8, no_wrap=True)
    rows.add_column(overflow="fold")
    for label, value in _rows(citation, report, today):
        rows.add_row(Text(label, style="cyan"), value)
    if verbose:
        for label, text in _details(citation):
            rows.add_row(Text(label, style="dim"), Text(clean(text), style="dim"))
    return Group(Text(), head, Padding(rows, (0, 0, 0, 2)))


def _is_serious(findings: Iterable[Finding]) -> bool:
    return any(f.severity is Severity.ERROR for f in findings)


def _what(citation: Citation) -> str:
    if citation.work is None:
        return clean(citation.reference.summary)
    return work_line(citation.work)


def _rows(citation: Citation, report: Report, today: str) -> Iterator[tuple[str, Text]]:
    """Yield the labelled lines of a study; a work as printed, then reasons, findings, next step."""
    if citation.work:
        yield "in", where(citation.work)
        if is_preprint(citation.work):
            yield "is", Text("a preprint, not peer reviewed")
    elif citation.reference.doi_as_printed:
        yield "DOI", Text(clean(citation.reference.doi_as_printed))
    why = _why(citation) if citation.confidence is not None else ""
    if why:
        yield "why", Text(why)
    if citation.status in _ACCEPTED:
        for label, said in zip_longest(("status",), _status(citation, report, today), fillvalue=""):
            yield label, Text(clean(said))
    for finding in _findings(report, citation):
        if finding.code not in {"CT901", "CT902"} or citation.work is None:
            style = _SEVERITY_STYLE[finding.severity]
            yield finding.code, Text(clean(finding.message), style=style)
    if citation.status not in _ACCEPTED:
        others = [c for c in report.citations if c is not citation]
        likely = _worth_showing(citation, others)
        yield from (("maybe", Text(_candidate(c.work))) for c in likely)


def _worth_showing(citation: Citation, others: Sequence[Citation]) -> list[Candidate]:
    """Return the likeliest candidates; none that fits another study better, nor a wrong DOI's."""
    wrong = citation.reference.doi_as_printed if citation.status is Status.DIFFERENT else None
    likely = (c for c in citation.candidates if c.confidence >= WORTH_SHOWING)
    own = (c for c in likely if not _fits_elsewhere(c, others))
    return [c for c in own if c.work.doi.value != fold(wrong or "")][:MOST_SHOWN]


def _fits_elsewhere(candidate: Candidate, others: Iterable[Citation]) -> bool:
    """Whether a work is another study's of the story, or fits one better."""
    doi, fits = candidate.work.doi, candidate.confidence
    return any(
        o.work.doi == doi
        if o.work
        else any(c.work.doi == doi and c.confidence > fits for c in o.candidates)
        for o in others
    )


def _why(citation: Citation) -> str:
    """Quote the story's words beside the record's where they are not the same."""
    return "; ".join(
        _agreement(r, citation)
        for r in citation.reasons
        if r.agrees
        and r.feature in FEATURES
        and not (r.feature == "doi" and citation.status is Status.DIFFERENT)
    )


def _agreement(reason: Reason, citation: Citation) -> str:
    if reason.feature == "doi":
        return _identified(reason, citation)
    if reason.feature == "issued":
        return _dated(reason, citation)
    said, record = _quote(reason.story, citation), reason.record or ""
    shown = f'{FEATURES[reason.feature]} "{_short(said)}"'
    if reason.feature == "words" or _begin_alike(words(said), words(record)):
        return shown
    return f"{shown} = {_short(record)}"


def _begin_alike(said: list[str], record: list[str]) -> bool:
    """Whether two names are one, or one long title goes on where the other ends."""
    shorter = min(len(said), len(record))
    return said == record or (shorter >= _LONG_TITLE and said[:shorter] == record[:shorter])


def _dated(reason: Reason, citation: Citation) -> str:
    """Say which date of the story is the record's, or near it: one it names, or its own."""
    story, record = reason.story or "", reason.record or ""
    read, recorded = date_in_words(story), date_in_words(record) or record
    quote = next((m.quote for m in citation.reference.mentions if m.value == story), "")
    shown = f'date "{_short(quote)}"' if quote else f"date of the story, {read}"
    if _same_date(story, record):
        said = quote or read or ""
        return shown if words(said) == words(recorded) else f"{shown} = {recorded}"
    return f"{shown}{f' ({read})' if quote else ''}, near {recorded}"


def _identified(reason: Reason, citation: Citation) -> str:
    """Say by what a work is known: its DOI, another number, or a link, of which the text is shown.

    A DOI may have been replaced by another.
    """
    printed = citation.reference.doi_as_printed
    if printed is None:
        numbers = (m for m in citation.reference.mentions if m.kind in _NUMBERS)
        shown = (f"{_NUMBERS[m.kind]} {_short(m.value)}" for m in numbers)
        return next(shown, f"link to {reason.record}")
    said = _quote(reason.story, citation)
    if fold(printed) not in fold(said):
        return f'link "{_short(said)}"'  # its anchor: the DOI is in its target
    same = (reason.record or "") in fold(said)
    return f'DOI "{_short(said)}"' + ("" if same else f" = {reason.record}")


def _same_date(story: str, record: str) -> bool:
    """Whether two dates are one as far as both are known; a day and month may lack their year."""
    return story.startswith(record) or record.startswith(story) or record.endswith(story[1:])


def _quote(story: str | None, citation: Citation) -> str:
    """Return the words of the story behind a value: "7 April" for 2025-04-07."""
    mentions = citation.reference.mentions
    return next((m.quote for m in mentions if m.value == story and m.quote), story or "")


def _status(citation: Citation, report: Report, today: str) -> Iterator[str]:
    """Yield what the paper is worth, what it was when the story ran, and who was asked when."""
    if citation.updates:
        yield standing_in_words(standing(citation.updates))
        yield from (update_line(u) for u in citation.updates)
    elif citation.updates_checked:
        yield "no retraction or correction listed"
    if not citation.updates_checked:
        what = "later notices" if citation.updates else "retractions and corrections"
        yield f"{what} not asked for (only the record at hand was read)"
    if citation.unanswered and citation.not_asked:
        yield citation.not_asked
    published = report.article and report.article.published
    if citation.updates and published and published.year:
        was = standing(citation.updates, published)
        known = was.update is not None or was.status != "ok"
        ran = f"when the story ran ({date_in_words(published)})"
        yield f"{ran}: {standing_in_words(was) if known else 'nothing of it was known'}"
    if citation.asked:
        yield "asked: " + "; ".join(asked_line(a, today) for a in citation.asked)


def _candidate(work: Work) -> str:
    """Return a work on one line: first author, title, journal and date, what became of it, DOI."""
    parts = (work.container, date_in_words(work.issued), worth_by_record(work))
    place = ", ".join(p for p in parts if p)
    return clean(f"{who(work)}{work.title or ''} {f'({place})' if place else ''} {work.doi.url}")


def _details(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.work is None and citation.candidates:
        yield "compared", f"with the likeliest: {_candidate(citation.candidates[0].work)}"
    for r in citation.reasons:
        verdict = {True: "agrees", False: "differs", None: "says little"}[r.agrees]
        sides = f"story: {side(r, r.story) or '-'} | record: {side(r, r.record) or '-'}"
        named = FEATURES.get(r.feature, r.feature)
        yield "reason", f"{named} {verdict} ({r.weight:+.1f}): {sides}"
    listed = [c for c in citation.candidates if c.confidence >= _LEAST_LISTED]
    for c in listed:
        yield "fits", f"{figure(c.confidence, 3)} {c.work.doi.value} {c.work.title or ''}"
    if rest := len(citation.candidates) - len(listed):
        yield "fits", f"{rest} more by less than {_LEAST_LISTED}: --json lists them"


# ---------------------------------------------------------------- claims and mentions


def _claims(claims: tuple[Claim, ...]) -> Iterator[RenderableType]:
    """Say how the story's results compare, the sentences side by side where they were."""
    if not claims:
        return
    said = {
        "agrees": "with figures that the abstract has too",
        "differs": "with a figure that differs from the abstract",
        "not-in-abstract": "with a figure that the abstract does not mention",
        "no-abstract": "not compared (the record has no abstract)",
        "unclear": "without a figure to compare",
    }
    counted = Counter(said[c.outcome] for c in claims)
    yield Text()
    yield Text(
        "Sentences that state a result: " + "; ".join(f"{n} {w}" for w, n in counted.items())
    )
    for claim in [c for c in claims if c.evidence and c.outcome in _SIDE_BY_SIDE][:MOST_SHOWN]:
        yield _side_by_side(claim)


def _side_by_side(claim: Claim) -> RenderableType:
    """Set a sentence of the story above the one of the abstract that is most like it."""
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=8, no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_row(Text("story", style="cyan"), Text(f'"{clean(claim.quote)}"'))
    rows.add_row(Text("abstract", style="cyan"), Text(f'"{clean(claim.evidence[0].quote)}"'))
    return Padding(rows, (0, 0, 0, 2))


def _mentions(report: Report) -> RenderableType:
    table = Table(box=None, padding=(0, 1), title="Mentions", title_justify="left")
    for column in ("kind", "zone", "place", "quote", "value"):
        table.add_column(column, overflow="fold")
    for m in report.mentions:
        value = when(m.value) if m.kind == "date" else m.value
        place, quote = f"{m.start}-{m.end}", Text(_short(m.quote))
        table.add_row(m.kind, m.zone.value, place, quote, Text(_short(value)))
    return Group(Text(), table)


def _short(text: str) -> str:
    cleaned = clean(text)
    return cleaned if len(cleaned) <= _LONGEST_QUOTE else cleaned[: _LONGEST_QUOTE - 1] + "…"
