"""The tracker's answers in front of a source: what was asked lately is not asked again."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from citetrack.errors import CitetrackError, NotFound, UnwritableTracker
from citetrack.identifiers.near import neighbours
from citetrack.model import Doi, Lookup, Outcome, Question, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citetrack.store import Store
    from citetrack.works.crossref import Crossref

#: How long an answer is good for: a record changes rarely, a DOI may go live any day, and a
#: retraction should be seen on the day after it is announced.
WORK_AGE, MISSING_AGE, UPDATES_AGE = dt.timedelta(30), dt.timedelta(1), dt.timedelta(1)
Ages = tuple[dt.timedelta, dt.timedelta]
#: (found, not found) of a record; of notices.
OF_WORKS, OF_UPDATES = (WORK_AGE, MISSING_AGE), (UPDATES_AGE, UPDATES_AGE)
#: Answers that a run without a tracker remembers; a search, with 60 works of 4 kB, is not one.
_MOST_GIVEN, _MOST_WORKS = 500, 5


@dataclass(frozen=True, slots=True)
class Unasked:
    """A question that nobody was asked, since no socket was to be opened."""

    source: str
    key: str
    question: Doi | Question


@dataclass(slots=True)
class Answers:
    """The answers of a run: the tracker's where there is one, and those given in this run.

    `refresh` asks anew, each question once a run, and keeps the answer. Without a tracker a run
    still remembers its own.
    """

    store: Store | None
    refresh: bool
    now: Callable[[], dt.datetime]
    say: Callable[[str], None]
    unasked: list[Unasked] = field(default_factory=list)
    _given: dict[tuple[str, str], Lookup] = field(default_factory=dict)

    def ask(
        self,
        source: str,
        key: str,
        question: Doi | Question,
        ask: Callable[[], Lookup] | None,
        ages: Ages = OF_WORKS,
    ) -> Lookup:
        """Return what `source` answered to `key`, lately or now; `ask` is None offline."""
        kept = self.recall(source, key, ages)
        if kept:
            return replace(kept, question=question)
        if ask is None:
            self.unasked.append(Unasked(source, key, question))
            return Lookup(source, question, Outcome.UNAVAILABLE, why=offline(source))
        answer = ask()
        self.keep(answer, key)
        return answer

    def recall(self, source: str, key: str, ages: Ages = OF_WORKS) -> Lookup | None:
        """Return what is known of an answer and not too old; with `refresh` of this run only."""
        given = self._given.get((source, key))
        if given or self.store is None or self.refresh:
            return given
        found, missing = ages
        recent = self.store.recall(source, key, max_age=missing, now=self.now())
        if recent:
            return recent
        older = self.store.recall(source, key, max_age=found, now=self.now())
        return older if older and _lasts(older) else None

    def keep(self, answer: Lookup, key: str) -> None:
        """Keep an answer; a tracker that takes no more (a full disk) takes no answer away.

        That nobody could be asked is no answer.
        """
        if answer.outcome is Outcome.UNAVAILABLE and not answer.agency:
            return
        if self.store is None or self.refresh:
            self._remember(answer, key)
        self._write(lambda store: store.remember(answer, key, self.now()))

    def wait_for(self, doi: Doi, story: str) -> None:
        """Put a DOI that is not live yet on the list that is asked again later."""
        self._write(lambda store: store.await_doi(doi, story, self.now()))

    def _write(self, write: Callable[[Store], None]) -> None:
        if self.store is None:
            return
        try:
            write(self.store)
        except UnwritableTracker as error:
            self.store = None
            self.say(f"{error.message} No further answers are kept.")

    def _remember(self, answer: Lookup, key: str) -> None:
        if len(answer.works) > _MOST_WORKS:
            return
        if len(self._given) >= _MOST_GIVEN:
            del self._given[next(iter(self._given))]
        self._given[answer.source, key] = answer


def _lasts(answer: Lookup) -> bool:
    """Whether an answer is good for as long as a record: what is missing may come any day."""
    return answer.outcome is Outcome.FOUND or (answer.agency is not None and not answer.missing)


_NAMES = {"crossref": "Crossref", "datacite": "DataCite", "pmc": "PubMed Central"}


def offline(source: str) -> str:
    """Return why a source was not asked."""
    return f"{_NAMES.get(source, source)} was not asked, because of --offline."


#: Of a filter's values a comma is the end, however it is written.
NO_COMMA = "Crossref's list of notices cannot be asked for a DOI with a comma."
#: As many DOIs as one list request holds.
_SLIPS = 40
#: A list request costs as much as four single ones: 3 a second against 10, 1 against 5.
WORTH_A_LIST = 4


@dataclass(slots=True)
class Kept:
    """Crossref with the kept answers in front of it; `remote` is None offline."""

    remote: Crossref | None
    answers: Answers
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
        if "," in doi.value:
            return self._said_by_record(doi)
        question = updates_question(doi)
        key = f"updates:{doi.value}"
        return self._ask(key, question, lambda remote: remote.notices(doi), OF_UPDATES)

    def _said_by_record(self, doi: Doi) -> Lookup:
        """Tell what a record of today names: lists cannot be asked for a DOI with a comma.

        That settles nothing, and is `unavailable`: notices that it does not name may exist.
        """
        question, key = updates_question(doi), f"work:{doi.value}"
        record = self._ask(key, doi, lambda remote: next(iter(remote.get([doi]))), OF_UPDATES)
        updates = tuple(u for work in record.works for u in work.updates)
        works = (Work(doi, updates=updates),) if updates else ()
        why = record.why or NO_COMMA
        return Lookup(self.name, question, Outcome.UNAVAILABLE, works, why=why)

    def near(self, doi: Doi) -> Lookup:
        """Answer with the works whose DOI is a slip away from one that nobody has registered.

        One list holds the likeliest slips: neighbours swapped, a last character lost.
        """
        key = f"near:{doi.value}"
        slips = [Doi(x) for x in islice(neighbours(doi.value), _SLIPS) if "," not in x]
        question = Question(words=(key,))
        return self._ask(key, question, lambda remote: remote.among(slips, question))

    def known(self, doi: Doi) -> Lookup | None:
        """Return the kept answer to a DOI, None when it would be asked for."""
        return self.answers.recall(self.name, f"work:{doi.value}")

    def prefetch(self, dois: Sequence[Doi]) -> None:
        """Ask for the records of many DOIs at once, and keep those that come."""
        unknown = [d for d in dois if self.known(d) is None]
        if self.remote and len(unknown) >= WORTH_A_LIST:
            with suppress(CitetrackError):  # each is then asked for alone
                for answer in self.remote.found_among(unknown):
                    self.answers.keep(answer, f"work:{answer.works[0].doi.value}")

    def prefetch_notices(self, dois: Sequence[Doi]) -> None:
        """Ask for notices about many works at once, and keep what comes."""
        keys = {d: f"updates:{d.value}" for d in dois}
        unknown = [d for d, k in keys.items() if not self.answers.recall(self.name, k, OF_UPDATES)]
        if self.remote and len(unknown) > 1:
            with suppress(CitetrackError):
                asked = [d for d in unknown if "," not in d.value]
                for doi, answer in zip(asked, self.remote.notices_of(asked), strict=True):
                    self.answers.keep(answer, keys[doi])

    def page(self, url: str, ask: Callable[[], Doi | None] | None) -> Doi | None:
        """Return the DOI that a landing page states of itself, as kept or as asked now."""
        key, question = f"page:{url}", Question(words=(url,))
        kept = self.answers.recall(self.name, key)
        if kept is None and ask is None:
            self.answers.unasked.append(Unasked(self.name, key, question))
        if kept or ask is None:
            return kept.works[0].doi if kept and kept.works else None
        try:
            doi = ask()
        except NotFound as error:
            gone = Lookup(self.name, question, Outcome.NOT_FOUND, why=error.message)
            self.answers.keep(gone, key)
            return None
        except CitetrackError:  # the page could not be read: nothing is known, nothing is kept
            return None
        outcome = Outcome.FOUND if doi else Outcome.NOT_FOUND
        self.answers.keep(Lookup(self.name, question, outcome, (Work(doi),) if doi else ()), key)
        return doi

    def is_gone(self, url: str) -> bool:
        """Whether a page was opened, lately or now, and its server has no such page."""
        kept = self.answers.recall(self.name, f"page:{url}")
        return kept is not None and kept.outcome is Outcome.NOT_FOUND and kept.why is not None

    def _ask(
        self,
        key: str,
        question: Doi | Question,
        ask: Callable[[Crossref], Lookup],
        ages: Ages = OF_WORKS,
    ) -> Lookup:
        remote = self.remote
        return self.answers.ask(
            self.name, key, question, (lambda: ask(remote)) if remote else None, ages
        )


def updates_question(doi: Doi) -> Question:
    """Return the question for notices about a work, as it is listed and kept."""
    return Question(words=(f"updates:{doi.value}",))
