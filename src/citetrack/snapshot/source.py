"""Works at hand as a source: a snapshot, or a file of records with its index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from citetrack.errors import DamagedSnapshot
from citetrack.features.subject import rarity
from citetrack.model import Lookup, Outcome, Question, WorkSource
from citetrack.record.core import work_of_core
from citetrack.snapshot.core import message_of
from citetrack.snapshot.keys import (
    doi_hash,
    keys_of,
    names_container,
    page_keys,
    term_of,
    volume_key,
)
from citetrack.snapshot.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from citetrack.containers.listed import Listed
    from citetrack.model import Doi, Work
    from citetrack.snapshot.data import Data, DataInMemory
    from citetrack.snapshot.gather import Broken

_HINT = "Build the snapshot again, or take it from a backup."
#: Works kept as read, some 4 kB each.
_MOST_WORKS_READ = 4096
#: Works whose pages end in one number that are told apart by the whole address.
_MOST_ALIKE = 50
#: Works that share a volume and page; of more, none is told by them alone.
_MOST_AT_A_PAGE = 2000


class AtHand(WorkSource, Protocol):
    """Works that the user has, as the rest of citetrack asks them."""

    path: Path
    broken: Sequence[Broken]
    broken_count: int

    def __len__(self) -> int: ...

    def knows(self, dois: Sequence[Doi]) -> list[bool]:
        """Return for each DOI whether it is there."""

    def by_page(self, url: str) -> Lookup:
        """Answer with the work of a landing page."""

    def message(self, doi: Doi) -> str | None:
        """Return the Crossref message of a DOI as a line of JSON, None when it is not there."""

    def close(self) -> None:
        """Close the files."""


class Snapshot:
    """Works found by DOI, by words and by landing page.

    `broken` are the records of a works file that are none; they were passed over.
    """

    name = "snapshot"

    def __init__(
        self,
        path: Path,
        data: Data | DataInMemory,
        *,
        complete: bool = False,
        broken: Sequence[Broken] = (),
        broken_count: int | None = None,
    ) -> None:
        self.path = path
        self.complete = complete
        self.broken: Sequence[Broken] = tuple(broken)
        self.broken_count = len(broken) if broken_count is None else broken_count
        self._data = data
        self._works: dict[int, Work] = {}
        self._rarity: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._data.records)

    def containers(self) -> list[Listed]:
        """Return the journals of the works, each title once."""
        return self._data.containers

    def close(self) -> None:
        """Close the files."""
        self._data.close()

    def get(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Answer each DOI in order, by the record's own DOI."""
        for doi in dois:
            found = self._data.records.find(doi.value)
            if found is None:
                yield Lookup(self.name, doi, Outcome.NOT_FOUND)
            else:
                yield Lookup(self.name, doi, Outcome.FOUND, (work_of_core(found[1]),))

    def message(self, doi: Doi) -> str | None:
        """Return the Crossref message of a DOI as one line of JSON, None when it is not there.

        Where whole messages are not kept, it has the fields that are.
        """
        found = self._data.records.find(doi.value)
        if found is None:
            return None
        whole = self._data.records.message(found[0])
        return (whole or msgspec.json.encode(message_of(found[1]))).decode()

    def search(self, question: Question, *, limit: int = 20) -> Lookup:
        """Answer with the works that hold the question's words: title, authors, journal, year."""
        works = tuple(work for work, _ in self.best(terms_of(question), limit))
        outcome = Outcome.FOUND if works else Outcome.NOT_FOUND
        return Lookup(self.name, question, outcome, works)

    def best(self, terms: Mapping[tuple[str, str], float], limit: int) -> list[tuple[Work, float]]:
        """Return at most `limit` works with the terms, and their scores, best first."""
        if not terms:
            return []
        return [(self._work(n), score) for n, score in self._data.index.search(terms, limit)]

    def rarity(self, stem: str) -> float:
        """Return how rare a stem is in titles and abstracts, from 0 (all have it) to 1 (none)."""
        known = self._rarity.get(stem)
        if known is None:
            known = self._rarity[stem] = rarity(*self._data.index.share(stem))
        return known

    def knows(self, dois: Sequence[Doi]) -> list[bool]:
        """Return for each DOI whether there is a record of it.

        A DOI is told by its hash of 56 bits.
        """
        return self._data.records.has([doi_hash(doi.value) for doi in dois])

    def by_page(self, url: str) -> Lookup:
        """Answer with the work whose registered landing page or publisher's number `url` holds."""
        question = Question(words=(url,))
        works = self._at_page(url) or self._at_volume_and_page(url)
        if len(works) != 1:  # a number of two works identifies neither
            return Lookup(self.name, question, Outcome.NOT_FOUND)
        return Lookup(self.name, question, Outcome.FOUND, (works[0],))

    def _at_page(self, url: str) -> list[Work]:
        """Return the works of an address: those that register it, or else its number."""
        keys = page_keys(url)
        if not keys:
            return []
        found = self._holding(keys[-1], _MOST_ALIKE)
        return [w for w in found if keys[0] in keys_of(w)] or found

    def _at_volume_and_page(self, url: str) -> list[Work]:
        """Return the works at a volume and page of a journal that the address names."""
        key = volume_key(url)
        found = self._holding(key, _MOST_AT_A_PAGE) if key else []
        if len(found) == _MOST_AT_A_PAGE:
            return []
        return [w for w in found if names_container(url, w.containers)]

    def _holding(self, key: str, limit: int) -> list[Work]:
        numbers = self._data.index.holding("identifiers", term_of(key), limit)
        works = (self._work(n) for n in numbers)
        return [w for w in works if key in keys_of(w)]

    def _work(self, number: int) -> Work:
        """Read a record; the works that stories of one subject share are read once."""
        work = self._works.get(number)
        if work is None:
            core = self._data.records.core(number)
            if core is None:
                raise DamagedSnapshot(
                    f"{self.path} has no record of a work that its index has.", hint=_HINT
                )
            if len(self._works) >= _MOST_WORKS_READ:
                self._works.clear()
            work = self._works[number] = work_of_core(core)
        return work
