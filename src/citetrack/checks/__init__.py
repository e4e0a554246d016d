"""What an editor should see: each check turns one citation of a story into findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from citetrack.model import Article, Citation, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Check", "built_in", "check_story", "run_checks"]

#: A check reads one citation in its story and yields what should be seen.
Check = Callable[[Citation, Article], Iterator[Finding]]


def run_checks(
    citations: Iterable[Citation], article: Article, checks: Iterable[Check]
) -> tuple[Finding, ...]:
    """Return the findings of all checks on all citations, in the order of the citations."""
    checks = tuple(checks)
    return tuple(f for c in citations for check in checks for f in check(c, article))


def built_in() -> tuple[Check, ...]:
    """Return the checks that come with citetrack."""
    from citetrack.checks import identity, retraction, review, sourcing

    return (*retraction.CHECKS, *identity.CHECKS, *review.CHECKS, *sourcing.CHECKS)


def check_story(article: Article) -> Iterator[Finding]:
    """Yield what should be seen of the story itself, whatever it cites.

    CT903: its language is not read, or only in part.
    """
    from citetrack.checks.codes import CODES
    from citetrack.languages import language_note

    if told := language_note(article.text, article.language):
        yield Finding("CT903", CODES["CT903"][0], told)
