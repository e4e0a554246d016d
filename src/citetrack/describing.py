"""A study that a person describes in a few words, as a reference like those of stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.containers import standard_gazetteer
from citetrack.model import Article, Mention, Reference
from citetrack.references import question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import PartialDate


@dataclass(frozen=True, slots=True)
class Description:
    """What somebody knows of a study: any of its journal, authors, date, title and subject.

    `date` is about when it came out, or when a story on it ran.
    """

    containers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    date: PartialDate | None = None
    title: str | None = None
    about: str = ""

    def __bool__(self) -> bool:
        return bool(self.containers or self.authors or self.date or self.title or self.about)


def describe(description: Description) -> tuple[Article, Reference]:
    """Return a description as an article, and the reference that it makes."""
    mentions = tuple(_mentions(description))
    article = Article(
        "find", description.about, title=description.title, published=description.date
    )
    summary = "; ".join(m.quote for m in mentions) or description.about
    return article, Reference(1, summary, (), mentions, question_of(article, mentions))


def _mentions(described: Description) -> Iterator[Mention]:
    """Yield the parts as a story's finders would; all of them stand at the text's beginning."""
    for author in described.authors:
        yield Mention("author", author, 0, 0, author, finder="description", role="author")
    for written in described.containers:
        known = standard_gazetteer().find(written)
        value = known.title if known else written
        yield Mention("container", value, 0, 0, written, finder="description")
    if described.title:
        yield Mention("title", described.title, 0, 0, described.title, finder="description")
