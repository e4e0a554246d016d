"""What a question asks of the index: words in fields, each with its weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.names import family_first, parse_name
from citetrack.text import fold, stem, stems, words
from citetrack.vocabulary import ADDRESS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.model import PartialDate, Question
    from citetrack.record.core import CoreAuthor

#: How much a word counts in each field. Names, journal and year are each worth about as much as
#: the whole text (docs/why.md, "What finds the paper"). Institutions at 1.0 bring the right paper
#: first a little more often, in pools whose records have more affiliations than most do.
BOOSTS = {
    "title": 1.0,
    "author": 3.0,
    "container": 1.0,
    "year": 0.7,
    "month": 2.0,
    "abstract": 0.4,
    "institution": 0.5,
}
#: A capitalised word that may be anybody's name counts less than a name.
_SURNAME_BOOST = 1.2
#: A technical word for one of the story's counts less than a word of the story.
_TECHNICAL = 0.3
#: Words of half the journals there are: they find nothing and cost most of a search.
_SMALL = frozenset("the of and for in on a an journal international".split())
_MAX_TERMS = 320


def subject_terms(text: str) -> list[str]:
    """Return what stands in the fields `title` and `abstract`: the stems of the words, in order."""
    return stems(text)


def given_text(authors: Iterable[CoreAuthor]) -> str:
    """Return what stands in the field `given`: of each author the full name in one word.

    The word is the first letter of the surname with the first given name, or with its initial
    where the record has no more: "sjane", "sj".
    """
    named = [
        a.family[:1] + a.given.partition(" ")[0]  # the index cuts "J.A." and lowers the letters
        for a in authors
        if a.given and a.family
    ]
    text = " ".join(named)
    return text if text.isascii() else fold(text)


def full_names(text: str) -> list[str]:
    """Return the words of the field `given` that a person's printed name asks for, surest first.

    >>> full_names("Jane Smith"), full_names("Smith, J."), full_names("Smith")
    (['sjane', 'sj'], ['sj'], [])
    """
    name = parse_name(text)
    if name is None:
        return []
    read = [n for n in (name, family_first(name)) if n and n.given]
    families = [(family, n) for n in read for family in (n.family, n.core)]
    whole = [family[0] + given for family, n in families for given in words(n.given[0])[:1]]
    return list(dict.fromkeys((*whole, *(word[:2] for word in whole))))


def terms_of(question: Question) -> dict[tuple[str, str], float]:
    """Return the (field, word) pairs of a question with their weight, the surest first."""
    pairs = [("title", w) for t in question.titles for w in subject_terms(t)]
    pairs += [("author", w) for a in question.authors for w in words(a)]
    pairs += [("container", w) for c in question.containers for w in words(c) if w not in _SMALL]
    pairs += [
        ("institution", w)
        for i in question.institutions
        for w in words(i)
        if w not in ADDRESS_WORDS
    ]
    pairs += [("year", str(y)) for y in question.years]
    told = question.dates or ((question.published,) if question.published else ())
    pairs += [("month", m) for d in told for m in _months(d)]
    subject = [stem(w) for w in question.words]
    pairs += [("title", w) for w in subject]
    pairs += [("abstract", w) for w in subject]
    weighted = {pair: BOOSTS[pair[0]] for pair in pairs}
    for word in question.technical:
        weighted.setdefault(("title", stem(word)), _TECHNICAL * BOOSTS["title"])
        weighted.setdefault(("abstract", stem(word)), _TECHNICAL * BOOSTS["abstract"])
    for surname in question.surnames:
        weighted.setdefault(("author", surname), _SURNAME_BOOST)
    return dict(list(weighted.items())[:_MAX_TERMS])


def _months(date: PartialDate) -> list[str]:
    """Return the month of a date and its neighbours: most stories run within weeks of the paper."""
    if date.year is None or date.month is None:
        return []
    ordinal = date.year * 12 + date.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in (ordinal, ordinal - 1, ordinal + 1)]
