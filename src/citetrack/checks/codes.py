"""The codes of findings: what each means and how much it matters unless told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.model import Finding, Severity

if TYPE_CHECKING:
    from citetrack.model import Citation

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

#: code -> (severity by default, what it means)
CODES = {
    "CT101": (_ERROR, "DOI not registered"),
    "CT102": (_ERROR, "the DOI is another work's"),
    "CT103": (_NOTE, "DOI not live yet"),
    "CT104": (_WARNING, "several works fit"),
    "CT105": (_WARNING, "study named but not found"),
    "CT201": (_ERROR, "retracted, withdrawn or removed"),
    "CT202": (_WARNING, "expression of concern"),
    "CT203": (_NOTE, "corrected"),
    "CT204": (_WARNING, "retracted and republished"),
    "CT205": (_NOTE, "the notice is cited, not the paper"),
    "CT206": (_NOTE, "reinstated"),
    "CT301": (_WARNING, "journal differs"),
    "CT302": (_WARNING, "author differs"),
    "CT303": (_WARNING, "date differs"),
    "CT304": (_NOTE, "title differs"),
    "CT401": (_WARNING, "preprint, not peer reviewed"),
    "CT402": (_NOTE, "preprint published since"),
    "CT501": (_WARNING, "figure differs"),
    "CT502": (_ERROR, "direction turned"),
    "CT503": (_NOTE, "wording stronger than the record"),
    "CT504": (_NOTE, "limit not mentioned"),
    "CT601": (_NOTE, "cited through a press release only"),
    "CT602": (_NOTE, "a link to the study is dead"),
    "CT603": (_NOTE, "told at a meeting, perhaps without a paper"),
    "CT901": (_NOTE, "a source could not be asked"),
    "CT902": (_NOTE, "no abstract to compare with"),
    "CT903": (_NOTE, "the story's language is not read, or only in part"),
}


def finding(code: str, message: str, citation: Citation, *, kind: str | None = None) -> Finding:
    """Return a finding on a citation, placed at its first mention of `kind` (or at its first)."""
    mentions = citation.reference.mentions
    place = next((m for m in mentions if m.kind == kind), mentions[0] if mentions else None)
    doi = citation.work.doi.value if citation.work else citation.reference.doi_as_printed
    start, end = (place.start, place.end) if place else (None, None)
    return Finding(code, CODES[code][0], message, doi, start, end)
