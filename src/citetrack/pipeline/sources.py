"""The sources of a run: works files first, then Crossref behind the tracker's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.errors import MissingTracker, OlderSchema, UnwritableTracker
from citetrack.model import Outcome, Question
from citetrack.pipeline.answers import offline
from citetrack.pipeline.registry import PUBMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from citetrack.config import Settings
    from citetrack.model import Doi, Lookup, Reference, WorkSource
    from citetrack.pipeline.answers import Kept
    from citetrack.pipeline.registry import Registry
    from citetrack.snapshot.source import AtHand
    from citetrack.store import Store
    from citetrack.works.retraction_watch import RetractionWatch, WatchedNotice


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that may know a work, the surest and nearest first."""

    registry: Registry
    ask_page: Callable[[str], Doi | None]

    @property
    def local(self) -> tuple[AtHand, ...]:
        """The works files that the user named."""
        return self.registry.local

    @property
    def kept(self) -> Kept:
        """Crossref behind the answers that are kept."""
        return self.registry.kept

    @property
    def all(self) -> tuple[WorkSource, ...]:
        """All sources that can be searched, in the order in which they are asked."""
        return (*self.local, self.kept)

    def answered(self, reference: Reference, lookups: Iterable[Lookup]) -> bool:
        """Whether "not here" means "does not exist": every registry that could know has answered.

        A search says nothing about a printed identifier: its own question must be settled.
        """
        complete = {s.name for s in self.local if s.complete}
        if not reference.question.identifiers:
            if any(m.kind in PUBMED for m in reference.mentions):
                return False
            found = [x for x in lookups if isinstance(x.question, Question)]
            return any(
                x.source in {*complete, self.kept.name} and x.outcome is not Outcome.UNAVAILABLE
                for x in found
            )
        last = {x.question: x for x in lookups if x.source not in complete}
        settled = {
            x.question
            for x in lookups
            if x.source in complete and x.outcome is not Outcome.UNAVAILABLE
        }
        return all(
            doi in settled or (doi in last and last[doi].outcome is Outcome.NOT_FOUND)
            for doi in reference.question.identifiers
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
            and not (x.outcome is Outcome.UNAVAILABLE and x.why == offline(x.source))
        )


def open_local(settings: Settings, say: Callable[[str], None]) -> tuple[AtHand, ...]:
    """Return the works files and snapshots that the user named, opened.

    Raises UnreadableSource or SnapshotError for a bad one.
    """
    from citetrack.snapshot import open_works

    folder = cache_folder(settings)
    cache = folder / "works" if folder else None
    opened = []
    for path in settings.works:
        works = open_works(path, cache)
        if works.broken:
            skipped = (
                "1 line is no record and was"
                if works.broken_count == 1
                else f"{works.broken_count} lines are no records and were"
            )
            first = works.broken[0]
            say(f"{path}: {skipped} skipped; the first is line {first.number}: {first.why}")
        opened.append(works)
    return tuple(opened)


def cache_folder(settings: Settings) -> Path | None:
    """Return what a run may keep files in; None with `--no-cache`, or for a user without a home."""
    return _user_cache() if settings.cache else None


def limits_folder(*, cache: bool = True) -> Path | None:
    """Return where runs tell each other what they ask; None where each is on its own."""
    folder = _user_cache() if cache else None
    return folder / "limits" if folder else None


def _user_cache() -> Path | None:
    from platformdirs import user_cache_path

    try:
        return user_cache_path("citetrack", appauthor=False)
    except RuntimeError:
        return None


@dataclass(frozen=True, slots=True)
class StoredNotices:
    """The Retraction Watch data that the tracker has."""

    store: Store
    day: str

    def notices(self, dois: Sequence[str]) -> list[WatchedNotice]:
        """Return the rows about the papers with these DOIs."""
        from citetrack.works.retraction_watch import WatchedNotice

        return [WatchedNotice(*row) for row in self.store.retraction_rows(dois)]


def open_retraction_watch(
    settings: Settings, store: Store | None, today: str
) -> RetractionWatch | None:
    """Return the Retraction Watch data of a run: the file that the user named, or what is stored.

    Raises UnreadableSource for a file that is another.
    """
    from citetrack.works.retraction_watch import RetractionWatch, open_file

    if settings.retraction_watch is not None:
        return RetractionWatch(open_file(settings.retraction_watch, today))
    stored = store.retraction_data() if store else None
    return RetractionWatch(StoredNotices(store, stored.day)) if store and stored else None


def open_store(settings: Settings, say: Callable[[str], None]) -> Store | None:
    """Return the tracker of a run, or None where nothing is to be kept or nothing can be.

    Raises a StoreError for a file that is no tracker, and with `save` also for one that cannot be
    written.
    """
    from citetrack.store import Store

    if settings.db is None or not (settings.cache or settings.save):
        return None
    if settings.offline and not settings.save:
        return open_to_read(settings.db)
    try:
        return Store.open_or_make_later(settings.db)
    except UnwritableTracker as error:
        if settings.save:
            raise
        say(f"{error.message} Nothing is kept of this run.")
        return None


def open_to_read(path: Path) -> Store | None:
    """Offline nothing new is learnt: an existing tracker answers, a missing one is not made."""
    from citetrack.store import Store

    try:
        return Store.open(path, readonly=True)
    except (MissingTracker, OlderSchema, UnwritableTracker):
        return None
