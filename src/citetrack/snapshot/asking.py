"""A query of a person or a program: words, and what they are of."""

from __future__ import annotations

import re

import msgspec

from citetrack.errors import InputError
from citetrack.snapshot.terms import full_names, subject_terms
from citetrack.text import words

#: A word may be of anything; where it is said of what, it counts for more.
_TITLE, _ABSTRACT, _ANY_AUTHOR, _ANY_CONTAINER = 1.0, 0.3, 0.7, 0.3
_AUTHOR, _CONTAINER, _YEAR = 3.0, 1.0, 2.0
#: What a full name adds to the score of a work of the surname, and its initial: more than works of
#: one surname differ by otherwise. Of the first five works for a full name .97 are that person's
#: among 40,000 with eleven authors each, .98 among 14,133 real ones, .997 among made-up ones; by
#: the surname alone .31, .05 and .05.
_FULL_NAME, _INITIAL = 40.0, 20.0
_MOST_WORDS = 80
#: More words are of a title; a journal is then better named as such.
_FEW_WORDS = 6
#: Words of so many journals' names that to follow them costs eight times what a search costs
#: without: 8.6 ms against 1.0 for author, journal and year among a million works.
_EVERYDAY = frozenset("of the and in for on de la der und et journal annals archives".split())
_AND = re.compile(r"\s*(?:;|&|\band\b)\s*", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def _telling(container: str) -> list[str]:
    """Return the words of a journal's name that tell it from others; all, where none does."""
    named = words(container)
    return [w for w in named if w not in _EVERYDAY] or named


def _people(asked: str) -> dict[tuple[str, str], float]:
    """Return the terms for surnames or full names; several are parted by "and", "&" or ";".

    A given name may as well be another surname, and is asked for as one too.
    """
    terms = {("author", w): _AUTHOR for w in words(asked) if len(w) > 1 and w != "and"}
    for printed in _AND.split(asked):
        for word in full_names(printed):
            terms["given", word] = _FULL_NAME if len(word) > len("sj") else _INITIAL
    return terms


class Query(msgspec.Struct, frozen=True):
    """What to find. `query` are words of anything, mostly of the title."""

    query: str = ""
    author: str | None = None
    container: str | None = None
    year: int | str | None = None

    def terms(self) -> dict[tuple[str, str], float]:
        """Return the (field, word) pairs to ask an index for, with their weight."""
        asked = words(self.query)[:_MOST_WORDS]
        terms = dict.fromkeys([("title", w) for w in subject_terms(" ".join(asked))], _TITLE)
        terms |= {("abstract", w): _ABSTRACT for _, w in [*terms]}
        terms |= {("author", w): _ANY_AUTHOR for w in asked}
        if len(asked) <= _FEW_WORDS:
            terms |= {("container", w): _ANY_CONTAINER for w in asked}
        numbers = [w for w in self.query.lower().split()[:_MOST_WORDS] if _DIGIT.search(w)]
        terms |= {("identifiers", w): _AUTHOR for w in numbers}
        terms |= _people(self.author or "")
        terms |= {("container", w): _CONTAINER for w in _telling(self.container or "")}
        if self.year:
            terms["year", str(self.year)] = _YEAR
        return terms


def read_query(line: bytes, number: int) -> Query:
    """Return the query in a line of JSON; raise InputError, with the line's number, for none."""
    try:
        return msgspec.json.decode(line, type=Query)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"Line {number} is no query: {error}.",
            hint='Write {"query": "…", "author": "…", "container": "…", "year": 2024}.',
        ) from error
