"""The sources of a run: works files first, then Crossref behind the tracker's own answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citetrack.errors import CitetrackError, MissingTracker, OlderSchema, UnwritableTracker
from citetrack.model import Doi, Lookup, Outcome, Question, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from citetrack.config import Settings
    from citetrack.model import Update, WorkSource
    from citetrack.snapshot.worksfile import WorksFile
    from citetrack.store import Store
    from citetrack.works.crossref import Crossref

#: How long an answer is good for: a record changes rarely, a DOI may go live any day, and a
#: retraction should be seen on the day after it is announced.
WORK_AGE, MISSING_AGE, UPDATES_AGE = dt.timedelta(30), dt.timedelta(1), dt.timedelta(1)
_OFFLINE = "Crossref was not asked, because of --offline."


@dataclass(slots=True)
class Kept:
    """Crossref with the tracker's answers in front of it; either may be absent.

    Without Crossref (offline) what is not kept is `unavailable`; without a tracker nothing is
    kept. `refresh` asks anew and keeps the answer.
    """

    remote: Crossref | None
    store: Store | None
    refresh: bool
    now: Callable[[], dt.datetime]
    say: Callable[[str], None]
    name: str = "crossref"
    complete: bool = False

    def get(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Answer each DOI in order, from the tracker where it knows."""
        for doi in dois:
            yield self._ask(f"work:{doi.value}", doi, lambda r, d=doi: next(iter(r.get([d]))))  # type: ignore[misc]

    def search(self, question: Question, *, limit: int = 20) -> Lookup:
        """Answer a search, from the tracker where it was asked before."""
        key = f"search:{question.as_text()}"
        return self._ask(key, question, lambda remote: remote.search(question, limit=limit))

    def notices(self, doi: Doi) -> Lookup:
        """Answer with one work: the cited one, with the updates that notices tell of."""
        question = Question(words=(f"updates:{doi.value}",))
        ages = (UPDATES_AGE, UPDATES_AGE)
        return self._ask(
            f"updates:{doi.value}", question, lambda remote: _noticed(remote, doi, question), ages
        )

    def page(self, url: str, ask: Callable[[], Doi | None] | None) -> Doi | None:
        """Return the DOI that a landing page states of itself, as kept or as asked now."""
        key, question = f"page:{url}", Question(words=(url,))
        kept = None if self.refresh else self._recall(key, (WORK_AGE, MISSING_AGE))
        if kept or ask is None:
            return kept.works[0].doi if kept and kept.works else None
        try:
            doi = ask()
        except CitetrackError:  # the page could not be read: nothing is known, nothing is kept
            return None
        outcome = Outcome.FOUND if doi else Outcome.NOT_FOUND
        self._keep(Lookup(self.name, question, outcome, (Work(doi),) if doi else ()), key)
        return doi

    def _ask(
        self,
        key: str,
        question: Doi | Question,
        ask: Callable[[Crossref], Lookup],
        ages: tuple[dt.timedelta, dt.timedelta] = (WORK_AGE, MISSING_AGE),
    ) -> Lookup:
        kept = None if self.refresh else self._recall(key, ages)
        if kept:
            return replace(kept, question=question)
        if self.remote is None:
            return Lookup(self.name, question, Outcome.UNAVAILABLE, why=_OFFLINE)
        answer = ask(self.remote)
        self._keep(answer, key)
        return answer

    def _keep(self, answer: Lookup, key: str) -> None:
        """Keep an answer; a tracker that takes no more (a full disk) takes no answer away."""
        if self.store is None:
            return
        try:
            self.store.remember(answer, key, self.now())
        except UnwritableTracker as error:
            self.store = None
            self.say(f"{error.message} No further answers are kept.")

    def _recall(self, key: str, ages: tuple[dt.timedelta, dt.timedelta]) -> Lookup | None:
        if self.store is None:
            return None
        found, missing = ages
        recent = self.store.recall(self.name, key, max_age=missing, now=self.now())
        if recent:
            return recent
        older = self.store.recall(self.name, key, max_age=found, now=self.now())
        return older if older and older.outcome is Outcome.FOUND else None


def _noticed(remote: Crossref, doi: Doi, question: Question) -> Lookup:
    notices = remote.notices(doi)
    works = (Work(doi, updates=notices.updates),) if notices.updates else ()
    return Lookup(
        "crossref", question, notices.outcome, works, asked_at=notices.asked_at, why=notices.why
    )


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that may know a work, the surest and nearest first."""

    local: tuple[WorksFile, ...]
    kept: Kept
    ask_page: Callable[[str], Doi | None]

    @property
    def all(self) -> tuple[WorkSource, ...]:
        """Return all sources in the order in which they are asked."""
        return (*self.local, self.kept)

    def notices(self, doi: Doi) -> tuple[Lookup, tuple[Update, ...]]:
        """Return whether somebody could say what happened to a work, and what."""
        lookup = self.kept.notices(doi)
        return lookup, tuple(u for w in lookup.works for u in w.updates)

    def answered(self, lookups: Iterable[Lookup]) -> bool:
        """Whether a source has answered whose "not here" means "does not exist"."""
        complete = {s.name for s in self.local if s.complete}
        return any(
            x.outcome is not Outcome.UNAVAILABLE
            and (x.source == self.kept.name or x.source in complete)
            for x in lookups
        )

    def worth_listing(self, lookups: Iterable[Lookup]) -> tuple[Lookup, ...]:
        """Return the lookups of sources that were asked and could have known.

        A works file that lacks the work says nothing, and offline nobody was asked.
        """
        partial = {s.name for s in self.local if not s.complete}
        return tuple(
            x
            for x in lookups
            if not (x.source in partial and x.outcome is Outcome.NOT_FOUND)
            and not (x.why == _OFFLINE and x.outcome is Outcome.UNAVAILABLE)
        )


def open_local(settings: Settings, say: Callable[[str], None]) -> tuple[WorksFile, ...]:
    """Return the works files that the user named, read; raise UnreadableSource for a bad one."""
    from citetrack.snapshot import open_works

    files = []
    for path in settings.works:
        file = open_works(path)
        if file.broken:
            number, why = file.broken[0]
            count = len(file.broken)
            skipped = (
                "1 line is no record and was"
                if count == 1
                else f"{count} lines are no records and were"
            )
            say(f"{path}: {skipped} skipped; the first is line {number}: {why}")
        files.append(file)
    return tuple(files)


def open_store(settings: Settings, say: Callable[[str], None]) -> Store | None:
    """Return the tracker of a run, or None where nothing is to be kept or nothing can be.

    Raises a StoreError for a file that is no tracker, and with `save` also for one that cannot be
    written.
    """
    from citetrack.store import Store

    if settings.db is None or not (settings.cache or settings.save):
        return None
    if settings.offline and not settings.save:
        return _open_to_read(settings.db)
    try:
        return Store.open(settings.db)
    except UnwritableTracker as error:
        if settings.save:
            raise
        say(f"{error.message} Nothing is kept of this run.")
        return None


def _open_to_read(path: Path) -> Store | None:
    """Offline nothing new is learnt: an existing tracker answers, a missing one is not made."""
    from citetrack.store import Store

    try:
        return Store.open(path, readonly=True)
    except (MissingTracker, OlderSchema, UnwritableTracker):
        return None
