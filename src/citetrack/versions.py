"""Versions of one study: the preprint of an article, the article of a preprint, later texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.model import Version
from citetrack.names import parse_name
from citetrack.text import words

if TYPE_CHECKING:
    from citetrack.model import Work

#: The record's word for the other work -> what the other one is.
_KINDS = {
    "is-preprint-of": "article",
    "has-preprint": "preprint",
    "is-version-of": "version",
    "has-version": "version",
    "is-new-version-of": "version",
    "is-previous-version-of": "version",
    "is-manuscript-of": "article",
    "has-manuscript": "preprint",
    "is-replaced-by": "version",
    "replaces": "version",
    "is-published-in": "article",
}
#: Of titles as sorted words: a preprint's may lose a subtitle or change a word. Two papers of one
#: group about neighbouring questions score up to 85.
_SAME_TITLE = 90
_FEWEST_WORDS = 4


def is_preprint(work: Work) -> bool:
    """Whether the record is of a text that nobody has reviewed."""
    return work.subtype == "preprint"


def related(work: Work) -> tuple[Version, ...]:
    """Return the versions that a record itself names, each DOI once, articles first."""
    found: dict[str, Version] = {}
    for relation, other in work.relations:
        kind = _KINDS.get(relation)
        if kind and other.startswith("10.") and other not in {work.doi.value, *work.aliases}:
            known = found.get(other)
            if known is None or known.kind == "version":
                found[other] = Version(other, kind, relation)
    order = ("article", "preprint", "version")
    return tuple(sorted(found.values(), key=lambda v: (order.index(v.kind), v.doi)))


def same_study(one: Work, other: Work) -> bool:
    """Whether title and authors say that two records are one study: weaker than a relation.

    The title must be the same but for a word, and the first author or two others be shared.
    """
    from rapidfuzz import fuzz

    if one.doi == other.doi or not one.title or not other.title:
        return False
    a, b = words(one.title), words(other.title)
    if min(len(a), len(b)) < _FEWEST_WORDS:
        return False
    if fuzz.token_sort_ratio(" ".join(a), " ".join(b)) < _SAME_TITLE:
        return False
    ours, theirs = _surnames(one), _surnames(other)
    if not ours or not theirs:
        return False
    return ours[0] == theirs[0] or len(set(ours) & set(theirs)) > 1


def _surnames(work: Work) -> list[str]:
    """Return the surnames of the authors, folded, in their order."""
    parsed = (parse_name(f"{a.family}, {a.given or ''}") for a in work.authors if a.family)
    return [name.core for name in parsed if name]


def published_since(work: Work, versions: tuple[Version, ...]) -> Version | None:
    """Return the article that a preprint has become, one whose record was read first."""
    if not is_preprint(work):
        return None
    articles = [v for v in versions if v.kind == "article" and not _is_unreviewed(v)]
    return next((v for v in articles if v.work), articles[0] if articles else None)


def _is_unreviewed(version: Version) -> bool:
    return version.work is not None and is_preprint(version.work)
