"""What happened to a paper later, read from both sides of a record.

On the paper stands `updated-by`, on the notice `update-to`. A record that updates itself is the
paper: publishers that overprint a retracted paper register it so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citetrack.model import Update
from citetrack.record.clean import clean_text
from citetrack.record.dates import partial_date
from citetrack.updates import REPLACED, merged, says_replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.record.wire import UpdateEntry

_SYNONYMS = {
    "erratum": "correction",
    "errata": "correction",
    "err": "correction",
    "corrigendum": "correction",
    "corrigenda": "correction",
    "corrected": "correction",
    "correction_notice": "correction",
    "publisher_correction": "correction",
    "author_correction": "correction",
    "retracted": "retraction",
    "retract": "retraction",
    "retraction_notice": "retraction",
    "full_retraction": "retraction",
    "withdrawn": "withdrawal",
    "withdraw": "withdrawal",
    "withdrawal_notice": "withdrawal",
    "removed": "removal",
    "partially_retracted": "partial_retraction",
    "concern": "expression_of_concern",
    "eoc": "expression_of_concern",
    "expressions_of_concern": "expression_of_concern",
    "editorial_expression_of_concern": "expression_of_concern",
    "reinstated": "reinstatement",
    "version": "new_version",
}
_KNOWN = frozenset(_SYNONYMS.values()) | {"new_edition", "addendum", "clarification"}
#: Above this likeness an unknown type is taken for a misspelling: "retracion" is at 0.95,
#: "new_edition" against "new_version" at 0.82.
_MISSPELT = 0.86
#: A later version is no notice about the earlier one.
VERSIONS = frozenset({"new_version", "new_edition"})


@lru_cache(maxsize=1024)
def update_type(printed: str) -> str:
    """Return Crossref's word for an update, synonyms and misspellings mended.

    >>> update_type("Corrigendum"), update_type("retracion"), update_type("Peer-Review")
    ('correction', 'retraction', 'peer_review')
    """
    from difflib import get_close_matches

    word = "_".join(printed.casefold().replace("-", " ").replace("_", " ").split())
    word = _SYNONYMS.get(word, word)
    if word in _KNOWN:
        return word
    near = get_close_matches(word[:40], [*_KNOWN, *_SYNONYMS], n=1, cutoff=_MISSPELT)
    return _SYNONYMS.get(near[0], near[0]) if near else word


def updates_of(
    own: frozenset[str],
    updated_by: Iterable[UpdateEntry | None],
    update_to: Iterable[UpdateEntry | None],
) -> tuple[Update, ...]:
    """Return what happened to the work whose DOIs are `own`, oldest first.

    One entry for each type and notice: the publisher's word goes before Retraction Watch's.
    """
    entries = [e for e in updated_by if e]
    entries += [e for e in update_to if e and _bare(e.doi) in own]
    return merged(_update(e, _bare(e.doi)) for e in entries)


def updates_by_notice(
    notice: str, paper: str, update_to: Iterable[UpdateEntry | None]
) -> tuple[Update, ...]:
    """Return what the notice with DOI `notice` says happened to the work with DOI `paper`."""
    about = (e for e in update_to if e and _bare(e.doi) == paper)
    return merged(_update(e, notice) for e in about)


def _update(entry: UpdateEntry, notice: str | None) -> Update:
    return Update(
        type=type_of(entry),
        date=partial_date(entry.updated),
        notice_doi=notice,
        source=entry.source or "publisher",
        label=clean_text(entry.label),
    )


def type_of(entry: UpdateEntry) -> str:
    """Return the type of one entry; the label stands in for a missing type."""
    if any(says_replaced(text) for text in (entry.type, entry.label) if text):
        return REPLACED
    return update_type(entry.type or entry.label or "") or "unknown"


def updated_by_this(
    own: frozenset[str], update_to: Iterable[UpdateEntry | None]
) -> Iterator[tuple[str, str]]:
    """Yield (DOI, type of update) of each other work that this record updates, once."""
    seen = set()
    for entry in update_to:
        doi = entry and _bare(entry.doi)
        if entry is None or not doi or doi in own:
            continue
        pair = (doi, type_of(entry))
        if pair not in seen:
            seen.add(pair)
            yield pair


def _bare(doi: str | None) -> str | None:
    """Return a DOI as registers write it, lower-case; what is no DOI stays as it is."""
    if not doi:
        return None
    _, found, rest = doi.strip().lower().partition("10.")
    return found + rest or None
