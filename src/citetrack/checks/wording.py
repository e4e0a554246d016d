"""Dates, names and works as a sentence for people says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetrack.model import Work

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
#: source of an update -> who tells of it
TOLD_BY = {"publisher": "the publisher", "retraction-watch": "Retraction Watch"}
#: What alone tells of an update where no notice does.
ALL_THE_EVIDENCE = {
    "title": "its title",
    "abstract": "its abstract",
    "comment": "the authors' remark in its record",
}
#: More names than these are "and others".
_NAMED = 3


def date_in_words(date: PartialDate | str | None) -> str | None:
    """Return a date as exact as it is known: 7 April 2025, April 2025, 2025, 7 April.

    >>> date_in_words("2025-04-07"), date_in_words("2025-04"), date_in_words("--04-07")
    ('7 April 2025', 'April 2025', '7 April')
    """
    if isinstance(date, str):
        try:
            date = PartialDate.parse(date)
        except ValueError:
            return str(date)
    if date is None:
        return None
    month = _MONTHS[date.month - 1] if date.month else None
    return " ".join(str(p) for p in (date.day, month, date.year) if p)


def on_date(date: PartialDate | None) -> str:
    """Return " on 7 April 2025", " in April 2025", or nothing when it is not known."""
    said = date_in_words(date)
    return f" {'on' if date and date.day else 'in'} {said}" if said else ""


def names(people: Sequence[str]) -> str:
    """Return names in a row; of more than three the first and "others".

    >>> names(["Xie", "Kang"]), names(["A", "B", "C", "D"])
    ('Xie and Kang', 'A and others')
    """
    if len(people) > _NAMED:
        return f"{people[0]} and others"
    return " and ".join(p for p in (", ".join(people[:-1]), *people[-1:]) if p)


def describe(work: Work) -> str:
    """Return a work as an editor would name it: title, author, journal, date."""
    by = names([a.family or a.literal or a.name for a in work.authors])
    parts = (work.title, by and f"by {by}", work.container, date_in_words(work.issued))
    return ", ".join(p for p in parts if p) or work.doi.value
