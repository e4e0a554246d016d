"""From a publisher's page to its work: by the record's own address, or by asking the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from citetrack.model import LANDING, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citetrack.model import Doi, Lookup, Mention, Reference

#: Pages asked a story at most: a story rests on a few studies, a link farm on none.
MOST_PAGES = 5


class KnowsPages(Protocol):
    """A source that has the registered addresses of its works."""

    def by_page(self, url: str) -> Lookup:
        """Answer with the work of a landing page."""


@dataclass(slots=True)
class Budget:
    """How many pages a story may still ask."""

    left: int = MOST_PAGES

    def take(self) -> bool:
        """Say whether one more page may be asked, and count it."""
        self.left -= 1
        return self.left >= 0


def landing_pages(reference: Reference) -> list[Mention]:
    """Return the mentions that may lead to the work: known publishers' pages and numbers first.

    The rest are links whose anchors speak of a study; pages of the story's own text only.
    """
    found = [m for m in reference.mentions if m.kind in {"pii", "link"}]
    return sorted(found, key=lambda m: m.kind == "link" and m.finder != LANDING)


def by_landing_page(
    reference: Reference,
    local: Sequence[KnowsPages],
    ask_page: Callable[[str], Doi | None],
    find: Callable[[Doi], Iterator[Lookup]],
    budget: Budget,
) -> Iterator[Lookup]:
    """Yield what the landing pages of a reference lead to.

    `ask_page` returns the DOI that a page states of itself; `find` looks a DOI up.
    """
    for mention in landing_pages(reference):
        url = mention.value if mention.kind == "link" else f"https://pii.invalid/{mention.value}"
        for source in local:
            answer = source.by_page(url)
            if answer.outcome is Outcome.FOUND:
                yield answer
                return
        doi = ask_page(url) if mention.kind == "link" and budget.take() else None
        if doi:
            yield from find(doi)
            return
