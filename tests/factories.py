"""Model values for tests, each with defaults that fit together. All are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from citetrack.contract import Report
from citetrack.model import (
    Article,
    Candidate,
    Citation,
    Claim,
    Contributor,
    Doi,
    Evidence,
    Figure,
    Finding,
    Lookup,
    Mention,
    Outcome,
    PartialDate,
    Question,
    Reason,
    Reference,
    Severity,
    Status,
    Update,
    Work,
    Zone,
    ZoneSpan,
)
from citetrack.store import RunInfo

NOW = datetime(2025, 4, 9, 12, 0, tzinfo=UTC)

TEXT = """Tea slows snails, study finds

Snails that drank tea were 23% slower, researchers report in the Journal of Made-up Biology.
The lead author, Ada Example, said that 120 snails took part.

DOI: 10.5555/TEA.2025.1
"""


def make_run(**changes: Any) -> RunInfo:
    """Return a run of `citetrack check`."""
    run = RunInfo(started_at=NOW, command="check", version="0.1.0")
    return replace(run, **changes)


def make_article(**changes: Any) -> Article:
    """Return a story with one study, published the day before the run."""
    start = TEXT.index("DOI:")
    article = Article(
        source="tea.txt",
        text=TEXT,
        url="https://news.example/tea-snails",
        title="Tea slows snails, study finds",
        outlet="Example News",
        byline="B. Writer",
        published=PartialDate(2025, 4, 8),
        published_basis="meta",
        language="en",
        zones=(ZoneSpan(start, len(TEXT), Zone.MORE_INFORMATION),),
    )
    return replace(article, **changes)


def make_mention(kind: str, quote: str, *, text: str = TEXT, **changes: Any) -> Mention:
    """Return the mention of `quote` where it first stands in `text`."""
    start = text.index(quote)
    mention = Mention(
        kind=kind, value=quote, start=start, end=start + len(quote), quote=quote, finder=kind
    )
    return replace(mention, **changes)


def make_mentions(text: str = TEXT) -> tuple[Mention, ...]:
    """Return the three mentions of the story's one study."""
    return (
        make_mention("container", "Journal of Made-up Biology", text=text),
        make_mention("author", "Ada Example", text=text, role="lead"),
        make_mention(
            "doi",
            "10.5555/TEA.2025.1",
            text=text,
            value="10.5555/tea.2025.1",
            printed="10.5555/TEA.2025.1",
            zone=Zone.MORE_INFORMATION,
        ),
    )


def make_work(doi: str = "10.5555/tea.2025.1", **changes: Any) -> Work:
    """Return a journal article with an abstract."""
    work = Work(
        doi=Doi.parse(doi),
        type="article-journal",
        title="Tea and the speed of snails",
        containers=("Journal of Made-up Biology",),
        issn=("1234-5679",),
        authors=(
            Contributor(family="Example", given="Ada", orcid="0000-0002-1825-0097"),
            Contributor(family="Müller", given="Jörg"),
            Contributor(literal="The Snail Group"),
        ),
        issued=PartialDate(2025, 4, 7),
        dates=(("published-online", PartialDate(2025, 4, 7)),),
        abstract="Snails given tea were 23% slower than snails given water.",
        volume="8",
        issue="4",
        page="101-109",
        publisher="Made-up Press",
        language="en",
    )
    return replace(work, **changes)


def make_reference(mentions: tuple[Mention, ...] | None = None, **changes: Any) -> Reference:
    """Return the reference that the story's mentions make up."""
    mentions = make_mentions() if mentions is None else mentions
    reference = Reference(
        ordinal=1,
        summary="Example et al., Journal of Made-up Biology",
        indices=tuple(range(len(mentions))),
        mentions=mentions,
        question=Question(containers=("Journal of Made-up Biology",), authors=("Ada Example",)),
        doi_as_printed="10.5555/TEA.2025.1",
    )
    return replace(reference, **changes)


def make_reasons() -> tuple[Reason, ...]:
    """Return comparisons of which one agrees, one differs and one is silent."""
    journal = "Journal of Made-up Biology"
    return (
        Reason("container-title", agrees=True, story=journal, record=journal, weight=2.5),
        Reason("issued", agrees=False, story="2025-03", record="2025-04-07", weight=-1.0),
        Reason("institution", agrees=None, story=None, record=None, weight=0.0),
    )


def make_citation(work: Work | None = None, **changes: Any) -> Citation:
    """Return an exact citation of `work`; a work that is None becomes the default one."""
    work = work or make_work()
    citation = Citation(
        reference=make_reference(),
        status=Status.EXACT,
        strategy="doi",
        work=work,
        confidence=0.98,
        margin=0.98,
        reasons=make_reasons(),
        candidates=(Candidate(work, 0.98, make_reasons(), "doi"),),
        updates_checked=True,
    )
    return replace(citation, **changes)


def make_suggestions(status: Status, *works: Work, **changes: Any) -> Citation:
    """Return a citation that citetrack does not stand behind, with its candidates."""
    candidates = tuple(
        Candidate(work, 0.5 - 0.01 * i, make_reasons(), "search") for i, work in enumerate(works)
    )
    citation = replace(
        make_citation(status=status, candidates=candidates, strategy="search"),
        work=None,
        updates_checked=False,
    )
    return replace(citation, **changes)


def make_claim(**changes: Any) -> Claim:
    """Return a claim of the story with a figure and its evidence."""
    quote = "Snails that drank tea were 23% slower"
    start = TEXT.index(quote)
    evidence = Evidence("abstract", "Snails given tea were 23% slower", 0, 32, 0.8, "supports")
    claim = Claim(
        quote=quote,
        start=start,
        end=start + len(quote),
        doi=Doi("10.5555/tea.2025.1"),
        score=0.8,
        figures=(Figure("23%", 23.0, "%", "percent"),),
        outcome="agrees",
        how_compared="equal",
        evidence=(evidence,),
    )
    return replace(claim, **changes)


def make_finding(**changes: Any) -> Finding:
    """Return the finding that the dates differ."""
    finding = Finding("CT303", Severity.WARNING, "date differs", "10.5555/tea.2025.1", 10, 20)
    return replace(finding, **changes)


def make_lookup(*works: Work, **changes: Any) -> Lookup:
    """Return the answer of a source: the works given, or the default one."""
    works = works or (make_work(),)
    lookup = Lookup("crossref", works[0].doi, Outcome.FOUND, works, asked_at="2025-04-09T11:00:00Z")
    return replace(lookup, **changes)


def make_retraction(date: str = "2025-06-01") -> Update:
    """Return the news that a work was retracted."""
    day = PartialDate.parse(date)
    return Update("retraction", day, "10.5555/notice", "publisher", "Retraction")


def make_report(**changes: Any) -> Report:
    """Return the report on a story that cites one study."""
    report = Report(
        article=make_article(),
        source="tea.txt",
        mentions=make_mentions(),
        citations=(make_citation(),),
        claims=(make_claim(),),
        findings=(make_finding(),),
        lookups=(make_lookup(),),
    )
    return replace(report, **changes)


def report_on(work: Work, *, url: str = "https://news.example/1", **changes: Any) -> Report:
    """Return the report on a story at `url` that cites `work`; `changes` are the article's."""
    return make_report(
        article=make_article(url=url, **changes),
        citations=(make_citation(work),),
        claims=(),
        findings=(),
        lookups=(make_lookup(work),),
    )
