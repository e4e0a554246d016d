"""The report on a story, as the JSON that other programs rely on (schema 1); works as CSL-JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citetrack.model import Doi, Status
from citetrack.updates import standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.model import (
        Article,
        Asked,
        Citation,
        Claim,
        Contributor,
        Failure,
        Finding,
        Lookup,
        Mention,
        PartialDate,
        Reason,
        Update,
        Work,
    )

SCHEMA = 1
#: Sources that are data with a day, and are not asked over the network.
_AT_HAND = frozenset({"retraction-watch"})
_ACCEPTED = (Status.EXACT, Status.STRONG)
#: Confidences, margins, weights and scores are kept to four decimals: more would only pretend.
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one story, or the `error` for which it could not be read."""

    article: Article | None
    source: str
    mentions: tuple[Mention, ...] = ()
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    error: Failure | None = None
    article_id: str | None = None
    ignored: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the report in the JSON shape that other programs rely on (schema 1)."""
        return report_to_dict(self)


def report_to_dict(report: Report) -> dict[str, Any]:
    """Return a report in the shape of the outside contract, every key present."""
    error = report.error and {"code": report.error.code, "message": report.error.message}
    return {
        "schema": SCHEMA,
        "article": _article(report),
        "mentions": [_mention(m) for m in report.mentions],
        "references": [_reference(c, dated(report.article)) for c in report.citations],
        "claims": [_claim(c) for c in report.claims],
        "findings": [_finding(f) for f in report.findings],
        "ignored": [{"code": f.code, "doi": f.doi} for f in report.ignored],
        "lookups": _lookups(report.lookups),
        "error": error,
    }


def work_to_csl(work: Work) -> dict[str, Any]:
    """Return a work as a CSL-JSON item; unknown fields are null or left out as CSL does."""
    optional = {
        "container-title-short": _short_title(work),
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page or work.article_number,
        "publisher": work.publisher,
        "genre": work.subtype if work.subtype == "preprint" else None,
        "language": work.language,
        "ISSN": "; ".join(work.issn) or None,
    }
    return {
        "id": work.doi.value,
        "type": work.type,
        "title": work.title,
        "container-title": work.container,
        "author": [_contributor(a) for a in work.authors],
        "issued": work.issued and _date_parts(work.issued),
        "DOI": work.doi.value,
        "URL": work.doi.url,
        **{k: v for k, v in optional.items() if v},
    }


def _short_title(work: Work) -> str | None:
    """Return the abbreviation of the journal's name that the record gives, if it gives one.

    Each of its words begins a word of the full name: "JAMA Netw Open" does, a second journal not.
    """
    full = (work.container or "").casefold().split()
    for name in sorted(work.containers[1:], key=len):
        rest = iter(full)
        stems = (w.rstrip(".") for w in name.casefold().split())
        if all(any(word.startswith(stem) for word in rest) for stem in stems):
            return name if name != work.container else None
    return None


def _date_parts(date: PartialDate) -> dict[str, Any]:
    return {"date-parts": [[p for p in (date.year, date.month, date.day) if p is not None]]}


def _contributor(author: Contributor) -> dict[str, str]:
    if author.literal:
        return {"literal": author.literal}
    return {k: v for k, v in (("family", author.family), ("given", author.given)) if v}


def _article(report: Report) -> dict[str, Any]:
    article = report.article
    if article is None:
        return _no_article(report)
    return {
        "id": article.id or article.canonical_url,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": _published(article),
        "published_basis": article.published_basis,
        "language": article.language,
        "sha256": article.sha256,
        "characters": len(article.text),
        "notes": list(article.notes),
    }


def _no_article(report: Report) -> dict[str, Any]:
    keys = "url title outlet byline published published_basis language sha256 characters"
    unknown = dict.fromkeys(keys.split())
    return {"id": report.article_id, "source": report.source, **unknown, "notes": []}


def _published(article: Article) -> str | None:
    date = dated(article)
    return str(date) if date else None


def dated(article: Article | None) -> PartialDate | None:
    """Return the story's date, where it has a year."""
    date = article.published if article else None
    return date if date and date.year else None


def _mention(m: Mention) -> dict[str, Any]:
    return {
        "kind": m.kind,
        "value": m.value,
        "quote": m.quote,
        "start": m.start,
        "end": m.end,
        "zone": m.zone.value,
        "role": m.role,
        "finder": m.finder,
    }


def _reference(c: Citation, published: PartialDate | None) -> dict[str, Any]:
    work = c.work if c.status in _ACCEPTED else None
    return {
        "ordinal": c.reference.ordinal,
        "summary": c.reference.summary,
        "mentions": list(c.reference.indices),
        "status": c.status.value,
        "strategy": c.strategy,
        "doi": work.doi.value if work else None,
        "doi_as_printed": c.reference.doi_as_printed,
        "confidence": _round(c.confidence),
        "margin": _round(c.margin),
        "work": work and work_to_csl(work),
        "reasons": [reason_to_dict(r) for r in c.reasons],
        "candidates": [
            {
                "doi": x.work.doi.value,
                "title": x.work.title,
                "confidence": _round(x.confidence),
                "reasons": [reason_to_dict(r) for r in x.reasons],
            }
            for x in c.candidates
        ],
        "updates": [_update(u) for u in c.updates],
        "updates_checked": c.updates_checked,
        "why": c.why,
        **afterwards(c, published),
    }


def afterwards(c: Citation, published: PartialDate | None) -> dict[str, Any]:
    """Return what became of the cited work, now and by the day of the story, and who says so."""
    stands = c.work is not None and c.status in _ACCEPTED
    return {
        "updates_sources": [_source(a) for a in c.asked],
        "work_status": _work_status(c) if stands else None,
        "work_status_at_story": _work_status(c, published) if stands and published else None,
        "versions": [{"doi": v.doi, "kind": v.kind, "relation": v.relation} for v in c.versions],
        "agency": c.agency,
    }


def _source(asked: Asked) -> dict[str, str | None]:
    """Return who was asked; of data at hand the day, of an answer no clock."""
    return {"source": asked.source, "day": asked.at if asked.source in _AT_HAND else None}


def _work_status(c: Citation, on: PartialDate | None = None) -> str:
    """Return what the work is worth, or was `on` the day of the story."""
    status = standing(c.updates, on).status
    return "unknown" if status == "ok" and not c.updates_checked else status


def reason_to_dict(r: Reason) -> dict[str, Any]:
    """Return a reason as JSON."""
    return {
        "feature": r.feature,
        "agrees": r.agrees,
        "story": r.story,
        "record": r.record,
        "weight": _round(r.weight),
    }


def _update(u: Update) -> dict[str, Any]:
    date = str(u.date) if u.date else None
    return {"type": u.type, "date": date, "notice_doi": u.notice_doi, "source": u.source}


def _claim(c: Claim) -> dict[str, Any]:
    return {
        "quote": c.quote,
        "start": c.start,
        "end": c.end,
        "doi": c.doi and c.doi.value,
        "score": _round(c.score),
        "figures": [
            {"quote": f.quote, "value": f.value, "unit": f.unit, "kind": f.kind} for f in c.figures
        ],
        "outcome": c.outcome,
        "how_compared": c.how_compared,
        "evidence": [
            {
                "field": e.field,
                "quote": e.quote,
                "start": e.start,
                "end": e.end,
                "score": _round(e.score),
                "stance": e.stance,
            }
            for e in c.evidence
        ],
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "code": f.code,
        "severity": f.severity.value,
        "message": f.message,
        "doi": f.doi,
        "start": f.start,
        "end": f.end,
    }


def _lookups(lookups: Iterable[Lookup]) -> list[dict[str, Any]]:
    """Each source and question once, in the order asked."""
    rows = {}
    for x in lookups:
        query = x.question.value if isinstance(x.question, Doi) else x.question.as_text()
        row = {"source": x.source, "query": query, "outcome": x.outcome.value}
        rows[tuple(row.values())] = row
    return list(rows.values())


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, _DECIMALS)
