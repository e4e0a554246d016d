"""A work in short: what is read of a record, as plain values that are quickly made and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from citetrack.model import Contributor, Doi, Update, Work
from citetrack.record.dates import date_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetrack.model import PartialDate

#: Crossref's kinds of dates, in the order in which they are kept.
KINDS = (
    "published-online",
    "published-print",
    "published-other",
    "published",
    "posted",
    "accepted",
    "approved",
    "created",
)
Pairs = tuple[tuple[str, str], ...]


class CoreAuthor(Struct, frozen=True, array_like=True, gc=False):
    """A person or a group."""

    family: str | None
    given: str | None
    literal: str | None
    orcid: str | None
    affiliations: tuple[str, ...] = ()


class CoreUpdate(Struct, frozen=True, array_like=True, gc=False):
    """What happened to the work."""

    type: str
    date: int | None
    notice: str | None
    source: str
    label: str | None


class Core(Struct, frozen=True, array_like=True, gc=False):
    """A work in short. A date is a number: 20250407, 20250400, 20250000.

    `indexed` is when Crossref last read the record, in seconds. Of `dates` each is sixteen times
    its number and the place of its kind; most are the day of `issued`, and are the place alone.
    """

    doi: str
    indexed: int
    type: str
    registered_type: str | None
    title: str | None
    subtitle: str | None
    containers: tuple[str, ...]
    authors: tuple[CoreAuthor, ...]
    issued: int | None
    dates: tuple[int, ...]
    abstract: str | None
    volume: str | None
    issue: str | None
    page: str | None
    article_number: str | None
    issn: tuple[str, ...]
    publisher: str | None
    language: str | None
    landing_url: str | None
    alternative_ids: tuple[str, ...]
    subtype: str | None
    trials: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    updates: tuple[CoreUpdate, ...] = ()
    notice_of: Pairs = ()
    relations: Pairs = ()


def work_of_core(core: Core, *, score: float | None = None) -> Work:
    """Return the work that `core` is in short."""
    return Work(
        Doi(core.doi),
        core.type,
        core.title,
        core.subtitle,
        core.containers,
        core.issn,
        tuple(
            Contributor(a.family, a.given, a.literal, a.orcid, a.affiliations) for a in core.authors
        ),
        date_of(core.issued),
        tuple(dates_of(core)),
        core.abstract,
        core.volume,
        core.issue,
        core.page,
        core.article_number,
        core.publisher,
        core.language,
        core.landing_url,
        core.alternative_ids,
        core.aliases,
        tuple(Update(u.type, date_of(u.date), u.notice, u.source, u.label) for u in core.updates),
        core.notice_of,
        core.relations,
        core.registered_type,
        core.subtype,
        score,
        core.trials,
    )


def dates_of(core: Core) -> Iterator[tuple[str, PartialDate]]:
    """Yield (kind, date) in Crossref's kinds."""
    for code in core.dates:
        date = date_of(code // 16 or core.issued)
        assert date is not None
        yield KINDS[code % 16], date
