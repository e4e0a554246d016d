"""What the index holds of a work: a document, a field for each kind of word."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from citetrack.snapshot.keys import HASH_BITS, indexed_keys_of, term_of
from citetrack.snapshot.terms import given_text, subject_terms
from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.record.core import Core


class _Document(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What the index holds of a work, by the names of its fields."""

    work: int
    title: str = ""
    author: str = ""
    given: str = ""
    container: str = ""
    institution: str = ""
    abstract: str = ""
    year: str = ""
    month: str = ""
    identifiers: str = ""


def document_of(number: int, core: Core, *, full_names: bool = True) -> str:
    """Return what the index holds of a work, as JSON; `number` is what searches answer."""
    issued, authors = core.issued, core.authors
    title = f"{core.title or ''} {core.subtitle}" if core.subtitle else core.title
    named = [a.affiliations for a in authors if a.affiliations]
    year, month = divmod(issued // 100, 100) if issued else ("", 0)
    document = _Document(
        number,
        _stems(title) if title else "",
        _text([a.family or a.literal for a in authors]) if authors else "",
        given_text(authors) if full_names and authors else "",
        _container_text(core.containers) if core.containers else "",
        _text(dict.fromkeys([i for each in named for i in each])) if named else "",
        _stems(core.abstract) if core.abstract else "",
        str(year),
        f"{year}-{month:02}" if month else "",
        " ".join((*sorted(_keys(core)), neighbours(number))),
    )
    return msgspec.json.encode(document).decode()


def neighbours(number: int) -> str:
    """Return a word shared by works of like numbers: a work is found among them to be replaced.

    A word for each work alone would take 20 bytes; among 180 million works one has 11,000.
    """
    return f"~{number >> HASH_BITS - 14:04x}"


def _stems(text: str) -> str:
    return " ".join(subject_terms(text))


def _keys(core: Core) -> set[str]:
    return {*core.trials, *map(term_of, indexed_keys_of(core))}


def _text(parts: Iterable[str | None]) -> str:
    """Return the parts folded as `words` folds them; tantivy cuts them and lowers the letters."""
    named = [part for part in parts if part]
    text = " ".join(named)
    if text.isascii():
        return text
    return " ".join([part if part.isascii() else fold(part) for part in named])


_container_text = lru_cache(maxsize=16384)(_text)  # journals have many works
