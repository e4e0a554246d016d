"""Asking again about what stories cite: what happened to it, and what is new since it was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.model import Outcome
from citetrack.pipeline.known import Known, known_of_many
from citetrack.updates import standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from citetrack.model import Doi, Update
    from citetrack.pipeline.registry import Registry
    from citetrack.store import Store
    from citetrack.store.histories import CitedWork, Told


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What is known now of a work that stories cite.

    `new` are the updates that were not told before; `seen_at` is when it was last told of, None
    the first time. `was` is what the work was worth without the new updates.
    """

    cited: CitedWork
    known: Known
    new: tuple[Update, ...]
    seen_at: str | None
    was: str

    @property
    def asked(self) -> bool:
        """Whether somebody could say what happened to the work."""
        return self.known.work is not None and self.known.history.checked

    @property
    def settled(self) -> bool:
        """Whether everybody who was to be asked has said what happened to the work."""
        return self.asked and not self.known.history.unanswered


def recheck(registry: Registry, store: Store, now: dt.datetime) -> Iterator[Rechecked]:
    """Yield each work that stories cite as it is known now; what is learnt is kept at once.

    A work that nobody could be asked about keeps what was known of it.
    """
    works = store.cited_works()
    answers = known_of_many(registry, [cited.doi for cited in works])
    for cited, known in zip(works, answers, strict=True):
        if known.history.checked:
            store.keep_history(cited.doi, known.history.updates, now)
        yield _compared(store, cited, known)


def _compared(store: Store, cited: CitedWork, known: Known) -> Rechecked:
    updates = known.history.updates
    before = store.seen(cited.doi)
    if before is None:
        return Rechecked(cited, known, (), None, known.standing.status)
    new = tuple(u for u in updates if told(u) not in before.updates)
    was = standing(u for u in updates if told(u) in before.updates).status
    return Rechecked(cited, known, new, before.at, was)


def told(update: Update) -> Told:
    """Return by what an update is told apart from others of the same work."""
    return update.type, update.notice_doi


def mark_told(store: Store, rechecked: Rechecked, now: dt.datetime) -> None:
    """Keep which updates of a work have been told; where nobody was asked, none was."""
    if rechecked.asked:
        before = store.seen(rechecked.cited.doi)
        known = before.updates if before else frozenset()
        updates = {told(u) for u in rechecked.known.history.updates}
        store.mark_seen(rechecked.cited.doi, known | updates, now)


def work_off(registry: Registry, store: Store, now: dt.datetime) -> Iterator[tuple[Doi, bool]]:
    """Yield each DOI that was not live yet, and whether it is now; those are taken off the list."""
    waiting: dict[Doi, list[str]] = {}
    for entry in store.awaited():
        waiting.setdefault(entry.doi, []).append(entry.story)
    for doi, stories in waiting.items():
        lookup = registry.record_of(doi)
        live = lookup.outcome is Outcome.FOUND or lookup.agency is not None
        if live:
            store.settle_doi(doi)
        elif lookup.outcome is Outcome.NOT_FOUND:
            for story in stories:
                store.await_doi(doi, story, now)
        yield doi, live
