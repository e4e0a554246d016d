"""The columns of the exports: their order, and how each is made from what is stored.

A column never changes its name or meaning; new ones come at the end. A column that nothing fills
yet is empty, as is what is not known. Text is one line and free of control characters.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from citetrack import queries
from citetrack.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

Cell = str | int | float | bool | None
Record = dict[str, Cell]

_BIBLIOGRAPHIC = (
    "doi", "doi_url", "pmid", "arxiv_id", "other_ids", "work_title", "work_authors", "journal",
    "issn_l", "issn", "publisher", "work_type", "work_date",
)  # fmt: skip

_STATUS = ("work_status", "status_date", "status_notice_doi", "status_source", "status_checked_at")

CITATIONS = (
    "citation_id", "story_url", "story_url_archived", "story_title", "outlet", "outlet_country",
    "story_language", "story_date", "story_date_basis", "fetched_at", "story_sha256", "copy_of",
    *_BIBLIOGRAPHIC,
    "found_by", "match_confidence", "match_margin", "evidence_quote", "evidence_start",
    "evidence_end", "journal_as_printed", "authors_as_printed", "doi_as_printed", "disagreements",
    "work_status", "status_date", "status_notice_doi", "status_source", "status_checked_at",
    "status_at_story_date", "preprint_of", "published_as", "review_state", "reviewed_by",
    "reviewed_at", "note", "story_source",
)  # fmt: skip

WORKS = (
    *_BIBLIOGRAPHIC,
    "first_author", "last_author", "author_orcids", "volume", "issue", "pages", "article_number",
    "abstract_available", "license_url", "story_count", "story_count_folded", "first_story",
    "last_story", "metadata_source", "metadata_date", *_STATUS,
)  # fmt: skip

COLUMNS = {"citations": CITATIONS, "works": WORKS}

_REVIEW = {"accept": "accepted", "reject": "rejected", "ignore": "ignored", None: "machine"}
_FIELDS = {"container-title": "journal", "author.family": "author", "issued": "date"}
#: What convinces a reader most comes first.
_EVIDENCE = (
    "doi", "link", "pmid", "pmcid", "arxiv", "title", "container", "date", "author", "institution",
)  # fmt: skip
#: Mentions this many characters apart, or fewer, are quoted together.
_NEAR = 60
_ARXIV = "10.48550/arxiv."


def records(db: Database, table: str) -> Iterator[Record]:
    """Yield the rows of an export, every column set, in the order of its columns."""
    if table == "works":
        return (_record(WORKS, _work(row)) for row in queries.covered(db))
    return (_record(CITATIONS, _citation(db, row)) for row in queries.cited(db))


def items(db: Database) -> Iterator[dict[str, Any]]:
    """Yield the works that stories cite as CSL-JSON items, sorted by DOI."""
    return (
        clean(with_status(_csl(row), *(row[name] for name in _STATUS[:-1])))
        for row in queries.covered(db)
    )


def with_status(
    item: dict[str, Any], status: str, date: str | None, notice: str | None, source: str | None
) -> dict[str, Any]:
    """Return a CSL-JSON item that says what became of the paper, where anything did.

    `note` says it in words, `keyword` in one word that reference managers can filter by.
    """
    if status in {"ok", "unknown"}:
        return item
    words = status.replace("-", " ").replace("retracted republished", "retracted and republished")
    told = "; ".join(p for p in (notice and f"notice {notice}", source and f"source {source}") if p)
    note = " ".join(p for p in (words, date, f"({told})" if told else "") if p)
    return {**item, "note": note[:1].upper() + note[1:], "keyword": status}


def citation_id(canonical_url: str, doi: str) -> str:
    """Return the name of a link between a story and a work, the same in every run.

    >>> citation_id("https://news.example/1", "10.5555/x")
    'c-a1d0b4731936'
    """
    key = f"{canonical_url}\n{doi}".encode()
    return f"c-{hashlib.sha256(key).hexdigest()[:12]}"


# ---------------------------------------------------------------- rows


def _record(columns: tuple[str, ...], values: dict[str, Any]) -> Record:
    assert values.keys() <= set(columns), values.keys() - set(columns)
    return {name: clean(values.get(name)) for name in columns}


def _citation(db: Database, row: queries.Row) -> dict[str, Any]:
    url = row["canonical_url"]
    start, end, quote = _evidence(db, row)
    return {
        "citation_id": citation_id(url, row["doi"]),
        "story_url": None if url.startswith("urn:sha256:") else url,
        "story_title": row["story_title"],
        "outlet": row["outlet"],
        "story_language": row["lang"],
        "story_date": row["published"],
        "story_date_basis": row["published_basis"],
        "fetched_at": row["read_at"],
        "story_sha256": row["sha256"],
        **_bibliographic(row),
        "found_by": row["strategy"],
        "match_confidence": _rounded(row["confidence"]),
        "match_margin": _rounded(row["margin"]),
        "evidence_quote": quote,
        "evidence_start": start,
        "evidence_end": end,
        "journal_as_printed": _quoted(row, "container"),
        "authors_as_printed": _quoted(row, "author"),
        "doi_as_printed": row["doi_as_printed"],
        "disagreements": _joined(_FIELDS.get(f, f) for f in row["differing"]),
        "work_status": row["work_status"],
        "status_date": row["status_date"],
        "status_notice_doi": row["status_notice_doi"],
        "status_source": row["status_source"],
        "status_checked_at": row["status_checked_at"],
        "status_at_story_date": row["status_at_story"],
        "preprint_of": row["relations"].get("is-preprint-of"),
        "published_as": row["published_as"],
        "review_state": _REVIEW[row["decision"]],
        "reviewed_by": row["decided_by"],
        "reviewed_at": row["decided_at"],
        "note": row["note"],
        "story_source": row["source"],
    }


def _work(row: queries.Row) -> dict[str, Any]:
    csl = _csl(row)
    authors = [_author(a) for a in row["contributors"]]
    return {
        **_bibliographic(row),
        "first_author": authors[0] if authors else None,
        "last_author": authors[-1] if authors else None,
        "author_orcids": _joined(a["orcid"] for a in row["contributors"]),
        "volume": csl.get("volume"),
        "issue": csl.get("issue"),
        "pages": csl.get("page"),
        "article_number": csl.get("number"),
        "abstract_available": bool(row["has_abstract"]),
        "story_count": row["story_count"],
        "first_story": row["first_story"],
        "last_story": row["last_story"],
        "metadata_source": row["metadata_source"],
        "metadata_date": row["metadata_date"],
        **{name: row[name] for name in _STATUS},
    }


def _bibliographic(row: queries.Row) -> dict[str, Any]:
    csl = _csl(row)
    doi = row["doi"]
    return {
        "doi": doi,
        "doi_url": f"https://doi.org/{doi}",
        "pmid": row["pmid"],
        "arxiv_id": doi.removeprefix(_ARXIV) if doi.startswith(_ARXIV) else None,
        "work_title": row["work_title"],
        "work_authors": _joined(_author(a) for a in csl["author"]),
        "journal": row["container_title"],
        "issn": csl.get("ISSN"),
        "publisher": csl.get("publisher"),
        "work_type": row["type"],
        "work_date": row["issued"],
    }


# ---------------------------------------------------------------- cells


def _evidence(db: Database, row: queries.Row) -> tuple[int | None, int | None, str | None]:
    """Return the passage of the story that says most, with the mentions beside it."""
    mentions = row["mentions"]
    if not mentions:
        return None, None, None
    rank = {kind: i for i, kind in enumerate(_EVIDENCE)}
    best = min(mentions, key=lambda m: rank.get(m["kind"], len(rank)))
    start, end = best["start"], best["end"]
    for m in mentions:
        if m["end"] > end and _beside(db, row, end, m["start"]):
            end = m["end"]
    for m in reversed(mentions):
        if m["start"] < start and _beside(db, row, m["end"], start):
            start = m["start"]
    return start, end, queries.passage(db, row["revision_id"], start, end)


def _beside(db: Database, row: queries.Row, end: int, start: int) -> bool:
    """Return whether a mention that ends here and one that starts there are on one line."""
    if start - end > _NEAR:
        return False
    return start <= end or "\n" not in queries.passage(db, row["revision_id"], end, start)


def _quoted(row: queries.Row, kind: str) -> str | None:
    return _joined(dict.fromkeys(m["quote"] for m in row["mentions"] if m["kind"] == kind))


def _author(author: dict[str, Any]) -> str | None:
    if author.get("literal"):
        return str(author["literal"])
    return ", ".join(p for p in (author.get("family"), author.get("given")) if p) or None


def _joined(parts: Iterable[str | None]) -> str | None:
    return "; ".join(p for p in parts if p) or None


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _csl(row: queries.Row) -> dict[str, Any]:
    from msgspec.json import decode

    csl: dict[str, Any] = decode(row["csl_json"])
    return csl


def clean(value: Any) -> Any:
    """Return `value` with all text in it on one line and free of control characters."""
    if isinstance(value, str):
        return printable(value).strip()
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [clean(v) for v in value]
    return value
