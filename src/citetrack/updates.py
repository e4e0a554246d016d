"""What happened to a work, put in order: each update once, and what the work is worth on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.model import Update

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.model import PartialDate, Work

#: type of update -> (what the work is then, gravity: the gravest decides)
STATUSES = {
    "retraction": ("retracted", 1),
    "partial_retraction": ("retracted", 1),
    "withdrawal": ("withdrawn", 1),
    "removal": ("withdrawn", 1),
    "retraction_and_replacement": ("retracted-republished", 1),
    "expression_of_concern": ("expression-of-concern", 2),
    "correction": ("corrected", 3),
    "addendum": ("corrected", 3),
    "clarification": ("corrected", 3),
}
_RETRACTED, _LIFTED = 1, 2
REINSTATED = "reinstatement"
REPLACED = "retraction_and_replacement"
#: Elsevier prints these over the titles of papers; every other prefix stands on notices as well.
_ON_PAPERS = re.compile(r"(?P<word>RETRACTED|WITHDRAWN):\s*\S")
_REPLACED = re.compile(r"retract\w*[\s_-]+(?:and|&)[\s_-]+(?:replace|republi)", re.IGNORECASE)
#: A colon, a dash or the word "notice" must follow: "Removal of nanoplastics" is a study.
_PREFIX = re.compile(
    r"""\W{0,2}(?P<prefix>(?:retract(?:ed|ion)|withdr(?:awn|awal)|removed|removal)
        (?:\s(?:article|paper|chapter|of|to)(?=\W{0,2}:)|(?:\sarticle|\spaper)?\snotice\b
          |\s(?:article|paper|chapter)(?=\s?[—–\]])|(?=\s?[:—–\]])))""",
    re.VERBOSE | re.IGNORECASE,
)
#: With these words preprint servers replace the abstract, or what the authors remark.
_WITHDRAWN = re.compile(
    r"""\W*(?:arxiv\sadmin\snote:\s)?
        (?:th(?:is|e)\s(?:paper|article|manuscript|preprint|pre-print|submission|work|version)
           \s(?:has\sbeen|was|is|is\sbeing)\s(?:\w+\s)?(?:withdrawn|removed\sby)
          |(?:the\s)?authors?\s(?:have|has)\s(?:\w+\s)?withdrawn\s
           (?:th(?:is|eir|e))\s(?:paper|article|manuscript|preprint|submission|work)
          |withdrawn\s(?:by|due|because|from|as)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_SAYS_NOTICE = re.compile(r"retraction|withdrawal|removal|notice", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a work is worth: `status`, and the update that decides it.

    `status` is ok, corrected, expression-of-concern, retracted, withdrawn or
    retracted-republished.
    """

    status: str
    update: Update | None = None


def says_replaced(text: str) -> bool:
    """Whether words say that a paper was retracted and published again in corrected form.

    >>> says_replaced("Retract and Replace"), says_replaced("retraction-and-republication")
    (True, True)
    """
    return _REPLACED.search(text) is not None


def merged(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return each (notice, type) once, sorted by date; what has no date comes last.

    The publisher's word goes before another's. An entry that names no notice repeats one of the
    same type and day that does.
    """
    found: dict[tuple[str | None, str], Update] = {}
    for update in sorted(updates, key=lambda u: u.source != "publisher"):
        key = (update.notice_doi, update.type)
        first = found.get(key)
        if first is None or (first.date is None and update.date is not None):
            found[key] = update
    kept = [u for u in found.values() if u.notice_doi or not _is_repeated(u, found.values())]
    return tuple(sorted(kept, key=_order))


def _is_repeated(update: Update, updates: Iterable[Update]) -> bool:
    return any(
        u.notice_doi and u.type == update.type and (update.date is None or u.date == update.date)
        for u in updates
    )


def _order(update: Update) -> tuple[bool, str, str, str]:
    return update.date is None, str(update.date), update.type, update.notice_doi or ""


def says_withdrawn(text: str) -> bool:
    """Whether an abstract or a remark begins with saying that the text was withdrawn.

    >>> says_withdrawn("This paper has been withdrawn by the author: a lemma is wrong.")
    True
    >>> says_withdrawn("The drug was withdrawn in 2004; this paper asks why.")
    False
    """
    return _WITHDRAWN.match(text) is not None


def happened_to(work: Work, noticed: Iterable[Update] = ()) -> tuple[Update, ...]:
    """Return what happened to a work: by its record, by notices, by its title or abstract alone."""
    updates = merged((*work.updates, *noticed))
    if any(STATUSES.get(u.type, ("", 0))[1] == _RETRACTED for u in updates):
        return updates
    said = said_by_title(work) or said_by_abstract(work)
    return (*updates, said) if said else updates


def standing(updates: Iterable[Update], on: PartialDate | None = None) -> Standing:
    """Return what a work is worth, or was `on` a day as far as the dates of its updates tell.

    The gravest update decides; a reinstatement lifts retractions and concerns before it.
    """
    known = [u for u in updates if on is None or _was_known(u, on)]
    lifting = [u for u in known if u.type == REINSTATED]
    graded = [u for u in known if u.type in STATUSES and not any(_lifts(r, u) for r in lifting)]
    if not graded:
        return Standing("ok", max(lifting, key=_latest, default=None))
    gravest = min(STATUSES[u.type][1] for u in graded)
    deciding = max((u for u in graded if STATUSES[u.type][1] == gravest), key=_latest)
    if lifting and gravest > _LIFTED:  # a correction does not outweigh that it was reinstated
        return Standing(STATUSES[deciding.type][0], max(lifting, key=_latest))
    deciding = _republished(deciding, graded)
    return Standing(STATUSES[deciding.type][0], deciding)


def _republished(deciding: Update, graded: Iterable[Update]) -> Update:
    """Return the more telling of two words for one notice: retracted, or retracted and replaced."""
    if deciding.type != "retraction":
        return deciding
    same = {deciding.notice_doi, None}
    replaced = (u for u in graded if u.type == REPLACED and u.notice_doi in same)
    return next(replaced, deciding)


def _lifts(reinstatement: Update, update: Update) -> bool:
    if STATUSES[update.type][1] > _LIFTED:
        return False
    if reinstatement.date is None or update.date is None:
        return True
    return not _is_before(reinstatement.date, update.date)


def _latest(update: Update) -> tuple[bool, str, bool, str]:
    return update.date is not None, str(update.date or ""), update.type == REPLACED, update.type


def _was_known(update: Update, on: PartialDate) -> bool:
    return update.date is not None and on.year is not None and not _is_before(on, update.date)


def _is_before(one: PartialDate, other: PartialDate) -> bool:
    """Whether one date lies before another, at the coarser precision of the two."""
    a, b = str(one), str(other)
    length = min(len(a), len(b))
    return a[:length] < b[:length]


# ---------------------------------------------------------------- titles and notices


def said_by_title(work: Work) -> Update | None:
    """Return the update that a title alone tells of: "RETRACTED: …" on what is no notice."""
    m = _ON_PAPERS.match(work.title or "")
    if not m or is_notice(work):
        return None
    kind = "retraction" if m["word"] == "RETRACTED" else "withdrawal"
    return Update(kind, None, None, "title")


def said_by_abstract(work: Work) -> Update | None:
    """Return the withdrawal of a preprint of which its abstract alone tells."""
    if work.subtype == "preprint" and says_withdrawn(work.abstract or ""):
        return Update("withdrawal", None, None, "abstract")
    return None


def title_prefix(work: Work) -> str | None:
    """Return the words before a title that speak of a retraction, on a paper or a notice."""
    m = _PREFIX.match(work.title or "")
    return m["prefix"] if m else None


def is_notice(work: Work) -> bool:
    """Whether a record is a notice about another work: it updates one, or has a notice's shape.

    Older notices name no work: "Retraction: …", or Hindawi's "Retracted: …" on one page, without
    an abstract, and with the journal's name as its author.
    """
    if work.notice_of:
        return True
    prefix = title_prefix(work)
    if prefix is None or work.abstract:
        return False
    return bool(_SAYS_NOTICE.search(prefix)) or _is_signed_by_journal(work)


def _is_signed_by_journal(work: Work) -> bool:
    journal = {word for c in work.containers for word in c.casefold().split()}
    signed = {word for a in work.authors for word in a.name.casefold().split()}
    one_page = work.page in {"1", "1-1"}
    return bool(signed and signed <= journal) or (one_page and not work.authors)
