"""What is stored, read back: the rows of the reports, one story, one work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citetrack.errors import InputError, InvalidIdentifier
from citetrack.model import Doi, PartialDate, Update
from citetrack.text import printable
from citetrack.updates import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

Row = dict[str, Any]

_SEVERAL = 5


@dataclass(frozen=True, slots=True)
class Query:
    """A named report: the columns it shows, of which view, which rows, in which order."""

    name: str
    columns: tuple[str, ...]
    view: str
    order: str
    where: str = "1"

    @property
    def sql(self) -> str:
        """The report as a statement."""
        columns = ", ".join(self.columns)
        return f"SELECT {columns} FROM {self.view} WHERE {self.where} ORDER BY {self.order}"  # noqa: S608


_STORY = ("article_id", "canonical_url", "story_title", "outlet", "published")
_WORK = ("doi", "work_title", "container_title", "issued")
_JUDGED = ("status", "confidence", "strategy", "work_status", "status_date", "decision")
#: Also stories without a study, which the views on citations leave out.
_EVERY_STORY = """(
    SELECT a.id AS article_id, a.canonical_url, a.title AS story_title, o.name AS outlet,
      a.published,
      (SELECT count(*) FROM article_references r JOIN latest_revisions v ON v.id = r.revision_id
       WHERE v.article_id = a.id) AS reference_count,
      (SELECT count(*) FROM citation_report c WHERE c.article_id = a.id AND c.linked)
        AS linked_count
    FROM articles a LEFT JOIN outlets o ON o.id = a.outlet_id)"""

REPORTS = (
    Query(
        "citations",
        (*_STORY, *_WORK, *_JUDGED),
        "citation_report",
        "published DESC, canonical_url, doi",
        where="linked",
    ),
    Query(
        "works",
        (*_WORK, "work_status", "status_date", "story_count", "outlet_count", "first_story",
         "last_story"),
        "work_coverage",
        "story_count DESC, doi",
    ),
    Query(
        "outlets",
        ("outlet", "domain", "story_count", "reference_count", "linked_count", "retracted_count",
         "first_story", "last_story"),
        "outlet_summary",
        "story_count DESC, outlet, domain",
    ),
    Query(
        "retracted",
        (*_STORY, *_WORK, "work_status", "status_date", "status_notice_doi", "status_source",
         "status", "confidence", "decision"),
        "retracted_citations",
        "published DESC, canonical_url, doi",
    ),
    Query(
        "unresolved",
        (*_STORY, "ordinal", "summary", "status", "doi_as_printed", "why"),
        "unresolved_references",
        "published DESC, canonical_url, ordinal",
    ),
    Query(
        "stories",
        (*_STORY, "reference_count", "linked_count"),
        _EVERY_STORY,
        "article_id",
    ),
)  # fmt: skip


def report_query(name: str) -> Query:
    """Return the report called `name`."""
    return next(q for q in REPORTS if q.name == name)


def rows(db: Database, sql: str, values: tuple[object, ...] = ()) -> Iterator[Row]:
    """Yield the rows of a statement, each as a dict, as they are read."""
    cursor = db.conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def report_rows(db: Database, name: str) -> Iterator[Row]:
    """Yield the rows of the report called `name`, sorted."""
    return rows(db, report_query(name).sql)


# ---------------------------------------------------------------- for exports


def cited(db: Database) -> Iterator[Row]:
    """Yield each link of a story and a work that somebody stands behind or has judged.

    Beside columns: `mentions` of the reference in the order of the text, `differing` features,
    `relations` of the work, its `status_at_story` and what it was `published_as`.
    """
    for row in rows(db, _CITED):
        row["mentions"] = list(rows(db, _MENTIONS_OF, (row["reference_id"],)))
        row["differing"] = _values(db, _DIFFERING, row["citation_id"])
        row["relations"] = _relations(db, row["work_id"])
        row["status_at_story"] = _status_at(db, row)
        row["published_as"] = _published_as(row.pop("afterwards_json"))
        yield row


def _status_at(db: Database, row: Row) -> str | None:
    """Return what the work was worth when the story ran; None where the story has no date."""
    if not row["published"]:
        return None
    updates = (
        Update(u["type"], PartialDate.parse(u["date"]) if u["date"] else None, None, u["source"])
        for u in rows(db, _UPDATES, (row["work_id"],))
    )
    status = standing(updates, PartialDate.parse(row["published"])).status
    return "unknown" if status == "ok" and not row["status_checked_at"] else status


def _published_as(afterwards: str | None) -> str | None:
    """Return the article that a cited preprint has become, as the story's last check knew it."""
    versions = _json(afterwards)["versions"] if afterwards else []
    return next((v["doi"] for v in versions if v["kind"] == "article"), None)


def covered(db: Database) -> Iterator[Row]:
    """Yield each work that a story cites, with `contributors` and `relations`."""
    for row in rows(db, _COVERED):
        row["contributors"] = list(rows(db, _CONTRIBUTORS, (row["work_id"],)))
        row["relations"] = _relations(db, row["work_id"])
        yield row


def passage(db: Database, revision: int, start: int, end: int) -> str:
    """Return the characters from `start` to `end` of the text of a revision."""
    sql = "SELECT substr(text, ?, ?) FROM revisions WHERE id = ?"
    return str(db.conn.execute(sql, (start + 1, end - start, revision)).fetchone()[0])


def _relations(db: Database, work: int) -> dict[str, str]:
    sql = "SELECT relation, min(other_id) FROM work_relations WHERE work_id = ? GROUP BY relation"
    return dict(db.conn.execute(sql, (work,)).fetchall())


#: CROSS JOIN makes SQLite begin with the citations; with JOIN it took 6 ms a row.
_CITED = """
    SELECT c.*, a.lang, a.published_basis, v.read_at, v.sha256, v.source, w.pmid, w.type,
      w.csl_json, r.doi_as_printed, r.afterwards_json
    FROM citation_report c CROSS JOIN articles a ON a.id = c.article_id
    CROSS JOIN revisions v ON v.id = c.revision_id CROSS JOIN works w ON w.id = c.work_id
    CROSS JOIN article_references r ON r.id = c.reference_id
    WHERE c.linked OR c.decision IS NOT NULL ORDER BY c.canonical_url, c.doi"""
_COVERED = """
    SELECT k.*, w.pmid, w.type, w.csl_json, w.abstract IS NOT NULL AS has_abstract,
      l.source AS metadata_source, l.asked_at AS metadata_date, s.status_notice_doi,
      s.status_source, s.status_checked_at
    FROM work_coverage k JOIN works w ON w.id = k.work_id
    JOIN work_statuses s ON s.work_id = w.id
    LEFT JOIN lookups l ON l.id = w.lookup_id ORDER BY k.doi"""
_MENTIONS_OF = """
    SELECT m.kind, m.quote, m.start_pos AS start, m.end_pos AS "end"
    FROM reference_mentions x JOIN mentions m ON m.id = x.mention_id
    WHERE x.reference_id = ? ORDER BY m.start_pos, m.end_pos, m.id"""
_DIFFERING = """
    SELECT DISTINCT feature FROM citation_reasons WHERE citation_id = ? AND agrees = 0
    ORDER BY feature"""
_CONTRIBUTORS = """
    SELECT family, given, literal, orcid FROM work_contributors WHERE work_id = ?
    ORDER BY position"""


# ---------------------------------------------------------------- one story or one work


def find_work(db: Database, text: str) -> str | None:
    """Return the DOI of the stored work that `text` names, None when `text` is no DOI.

    Raises InputError when it is one that is not stored.
    """
    try:
        doi = Doi.parse(text).value
    except InvalidIdentifier:
        return None
    if not _values(db, "SELECT 1 FROM works WHERE doi = ?", doi):
        raise InputError(f"The tracker has no story that cites {printable(doi)}.")
    return doi


def find_article(db: Database, text: str) -> int:
    """Return the row of the story that `text` names.

    `text` is its number in the tracker, its URL, its own id, or the beginning of one story's
    URL, id or hash; figures alone are never a beginning, so that the number of a story that was
    forgotten does not lead to another. Raises InputError when there is none, or more than one.
    """
    exact = "SELECT id FROM articles WHERE canonical_url = ?1 OR given_id = ?1 OR id = ?1"
    begins = (
        "SELECT DISTINCT a.id FROM articles a JOIN revisions v ON v.article_id = a.id"
        " WHERE ?1 <> '' AND ?1 IN (substr(a.canonical_url, 1, length(?1)),"
        " substr(a.given_id, 1, length(?1)), substr(v.sha256, 1, length(?1)))"
    )
    found = _values(db, exact, text) or ([] if text.isdecimal() else _values(db, begins, text))
    if len(found) == 1:
        return int(found[0])
    shown = printable(text)
    if not found:
        raise InputError(
            f"The tracker has no story called {shown}.", hint="See `citetrack report stories`."
        )
    numbers = ", ".join(str(x) for x in found[:_SEVERAL])
    more = ", …" if len(found) > _SEVERAL else ""
    raise InputError(
        f"{len(found)} stories begin with {shown}.", hint=f"Name one by number: {numbers}{more}."
    )


def article_detail(db: Database, article: int) -> Row:
    """Return the latest revision of a story with all that was found in it.

    The keys are those of the outside contract, and `decisions`.
    """
    story = _one(db, _ARTICLE, article)
    revision = story.pop("revision_id")
    notes = _json(story.pop("notes_json"))
    mentions = list(rows(db, _MENTIONS, (revision,)))
    places = {m.pop("id"): i for i, m in enumerate(mentions)}
    return {
        "article": {**story, "characters": len(story["text"]), "notes": notes},
        "mentions": mentions,
        "references": [_reference(db, r, places) for r in rows(db, _REFERENCES, (revision,))],
        "claims": [_claim(db, c) for c in rows(db, _CLAIMS, (revision,))],
        "findings": list(rows(db, _FINDINGS, (revision,))),
        "ignored": list(rows(db, _IGNORED, (revision,))),
        "decisions": list(rows(db, _DECISIONS, (article,))),
    }


def work_detail(db: Database, doi: str) -> Row:
    """Return a work, what happened to it, and all stories that may cite it."""
    work = _one(db, _WORK_AND_STATUS, doi)
    work_id = work.pop("id")
    stories = f"SELECT {', '.join((*_STORY, *_JUDGED, 'linked'))} FROM citation_report"  # noqa: S608
    return {
        "work": _json(work.pop("csl_json")),
        **work,
        "updates": list(rows(db, _UPDATES, (work_id,))),
        "stories": [
            {**row, "linked": bool(row["linked"])}
            for row in rows(db, f"{stories} WHERE work_id = ? ORDER BY {_STORIES}", (work_id,))
        ],
    }


_STORIES = "linked DESC, published DESC, canonical_url"

_ARTICLE = """
    SELECT v.id AS revision_id, a.id AS article_id, coalesce(a.given_id, a.canonical_url) AS id,
      v.source, iif(a.canonical_url LIKE 'urn:sha256:%', NULL, a.canonical_url) AS url,
      a.title, o.name AS outlet, a.byline, a.published, a.published_basis, a.lang AS language,
      v.sha256, v.text, v.read_at, v.notes_json,
      (SELECT count(*) FROM revisions x WHERE x.article_id = a.id) AS revisions
    FROM articles a JOIN latest_revisions v ON v.article_id = a.id
    LEFT JOIN outlets o ON o.id = a.outlet_id WHERE a.id = ?"""
_MENTIONS = """
    SELECT id, kind, value, quote, start_pos AS start, end_pos AS "end", zone, role, finder
    FROM mentions WHERE revision_id = ? ORDER BY id"""
_REFERENCES = """
    SELECT id, ordinal, summary, status, strategy, doi_as_printed, updates_checked, why,
      afterwards_json
    FROM article_references WHERE revision_id = ? ORDER BY ordinal"""
_CITATIONS = """
    SELECT c.id, c.work_id, w.doi, c.confidence, c.margin, w.csl_json
    FROM citations c JOIN works w ON w.id = c.work_id
    WHERE c.reference_id = ? ORDER BY c.confidence DESC, c.id"""
_REASONS = """
    SELECT feature, agrees, story, record, weight FROM citation_reasons
    WHERE citation_id = ? ORDER BY id"""
_CANDIDATES = """
    SELECT w.doi, w.title, x.confidence FROM candidates x JOIN works w ON w.id = x.work_id
    WHERE x.reference_id = ? ORDER BY x.position"""
_UPDATES = """
    SELECT type, updated AS date, notice_doi, source, label FROM work_updates
    WHERE work_id = ? ORDER BY updated, id"""
_CLAIMS = """
    SELECT c.id, c.quote, c.start_pos AS start, c.end_pos AS "end", w.doi, c.score,
      c.figures_json, c.outcome, c.how_compared
    FROM claims c LEFT JOIN works w ON w.id = c.work_id
    WHERE c.revision_id = ? ORDER BY c.id"""
_EVIDENCE = """
    SELECT field, quote, start_pos AS start, end_pos AS "end", score, stance FROM evidence
    WHERE claim_id = ? ORDER BY id"""
_FINDINGS = """
    SELECT code, severity, message, doi, start_pos AS start, end_pos AS "end" FROM findings
    WHERE revision_id = ? AND NOT ignored ORDER BY id"""
_IGNORED = "SELECT code, doi FROM findings WHERE revision_id = ? AND ignored ORDER BY id"
_DECISIONS = """
    SELECT w.doi, d.verdict, d.code, d.decided_by, d.decided_at, d.note
    FROM decisions d LEFT JOIN works w ON w.id = d.work_id WHERE d.article_id = ? ORDER BY d.id"""
_WORK_AND_STATUS = """
    SELECT w.id, w.csl_json, w.abstract, s.work_status, s.status_date, s.status_notice_doi,
      s.status_source, s.status_checked_at
    FROM works w JOIN work_statuses s ON s.work_id = w.id WHERE w.doi = ?"""


def _reference(db: Database, reference: Row, places: dict[int, int]) -> Row:
    row = reference.pop("id")
    sql = "SELECT mention_id FROM reference_mentions WHERE reference_id = ? ORDER BY mention_id"
    citation = next(rows(db, _CITATIONS, (row,)), None)
    stands = citation is not None and reference["status"] in {"exact", "strong"}
    afterwards = _json(reference.pop("afterwards_json") or "{}")
    return {
        **reference,
        **afterwards,
        "updates_checked": bool(reference["updates_checked"]),
        "mentions": [places[m] for m in _values(db, sql, row)],
        "doi": citation["doi"] if citation and stands else None,
        "confidence": citation and citation["confidence"],
        "margin": citation and citation["margin"],
        "work": _json(citation["csl_json"]) if citation and stands else None,
        "reasons": [_reason(r) for r in rows(db, _REASONS, (citation["id"],))] if citation else [],
        "candidates": list(rows(db, _CANDIDATES, (row,))),
        "updates": list(rows(db, _UPDATES, (citation["work_id"],))) if citation else [],
    }


def _reason(reason: Row) -> Row:
    agrees = reason["agrees"]
    return {**reason, "agrees": None if agrees is None else bool(agrees)}


def _claim(db: Database, claim: Row) -> Row:
    evidence = list(rows(db, _EVIDENCE, (claim.pop("id"),)))
    figures = _json(claim.pop("figures_json"))
    return {**claim, "figures": figures, "evidence": evidence}


def _json(text: str) -> Any:
    from msgspec.json import decode

    return decode(text)


def _one(db: Database, sql: str, value: object) -> Row:
    return next(rows(db, sql, (value,)))


def _values(db: Database, sql: str, value: object) -> list[Any]:
    return [row[0] for row in db.conn.execute(sql, (value,))]
