"""Dates and years that stand beside a journal's name."""

from __future__ import annotations

import pytest

from citetrack.mentions import find_mentions
from citetrack.model import Article, PartialDate

_FOUND = {
    "behind": ("a paper in the journal Gut explained on Thursday", "2026-04-02"),
    "in-brackets": ("It stands in the journal Gut (Apr. 2).", "2026-04-02"),
    "before": ("research out yesterday in the journal Gut", "2026-04-07"),
    "this-month": ("a paper in this month's British Journal of Cancer", "2026-04"),
    "month-gone-by": ("It was printed in June in the British Journal of Cancer.", "2025-06"),
    "year-behind": ("Ada Holt wrote in the British Journal of Cancer in 2018", "2018"),
    "year-behind-comma": ("from the British Journal of Cancer, 2010: some walruses", "2010"),
    "year-before": ("The map, from 1990 and redrawn in 2012 in the journal Gut", "2012"),
    "german": ("Das stand am Donnerstag in der Zeitschrift Gut.", "2026-04-02"),
    "dutch": ("Het staat in de British Journal of Cancer van donderdag.", "2026-04-02"),
    "portuguese": ("ganhou a British Journal of Cancer na quinta-feira", "2026-04-02"),
}
_NOT = {
    "told": "She told the journal Gut on Thursday that she was glad.",
    "span": "It was done between Thursday, Nature Medicine said, and Friday.",
    "own-year": "British Journal of Cancer, 2026",
    "far": "The journal Gut has a red cover, and the council met on Thursday.",
}


def _dates(text: str) -> list[str]:
    article = Article("x", text, published=PartialDate(2026, 4, 8))
    return [m.value for m in find_mentions(article) if m.kind == "date"]


@pytest.mark.parametrize(("text", "value"), _FOUND.values(), ids=_FOUND)
def test_a_date_beside_a_journal_is_the_papers(text: str, value: str) -> None:
    assert _dates(text) == [value]


@pytest.mark.parametrize("text", _NOT.values(), ids=_NOT)
def test_other_dates_near_a_journal_are_not(text: str) -> None:
    assert _dates(text) == []
