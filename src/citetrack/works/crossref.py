"""The live Crossref REST API as a source of works.

Single records and notices go through our own session, where aliases, headers and encoding matter;
searches through habanero. Both keep to the same limits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

from citetrack.errors import CitetrackError, InvalidIdentifier, MalformedRecord
from citetrack.model import Doi, Lookup, Outcome, Question, Work
from citetrack.record import notices_in, work_from_crossref
from citetrack.updates import merged
from citetrack.works.answers import (
    NOT_FOUND,
    OK,
    check_not_a_page,
    check_status,
    json_in,
    registered_with,
    utc_now,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citetrack.http import Client, Response
    from citetrack.model import Update

BASE = "https://api.crossref.org"
_JSON = "application/json"
_HOST = "the REST API of Crossref"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: An alias leads to a record at once; two steps are for an alias of an alias.
_MOST_STEPS = 2
#: Far more notices than any paper has; the answer says when there are more.
_NOTICES = 200
#: DOIs in one list request: their filters make an address of 3,000 characters at most.
_BATCH = 40
_MOST_ROWS = 1000
#: A question longer than this finds nothing better, and an address has its limits.
_MOST_WORDS = 60
#: Words of the story itself that go into a question: its subject, and no more of it.
_MOST_TOLD = 20
#: Technical words for the story's plain ones that go along.
_MOST_TECHNICAL = 10


class Crossref:
    """Crossref's works, asked one at a time. `base` may be a mirror or a stand-in."""

    name = "crossref"
    complete = False

    def __init__(
        self, client: Client, base: str = BASE, *, now: Callable[[], str] = utc_now
    ) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._now = now

    def get(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Yield the answer for each DOI, in order.

        A record that answers under another DOI comes with `alias`; a DOI of another agency is
        `unavailable` with `agency`; whatever failed is `unavailable` with the reason in `why`.
        """
        for doi in dois:
            try:
                yield self._lookup(doi)
            except CitetrackError as e:
                yield self._unavailable(doi, e.message)

    def search(self, question: Question, *, limit: int = 20) -> Lookup:
        """Return the works that fit the question best, in Crossref's order.

        Everything goes into one `query.bibliographic`: filters and further fields make Crossref
        slower and less accurate (its own advice for matching references).
        """
        text = bibliographic(question)
        if not text:
            return self._unavailable(question, "There is nothing to search for.")
        try:
            items = self._searched(text, limit)
            works = _readable(items)
        except CitetrackError as e:
            return self._unavailable(question, e.message)
        outcome = Outcome.FOUND if works else Outcome.NOT_FOUND
        return Lookup(self.name, question, outcome, works, asked_at=self._now())

    def notices(self, doi: Doi) -> Lookup:
        """Return the work with the updates that notices about it tell of, as Crossref lists them.

        `not_found` means: asked, and there is no notice.
        """
        question = Question(words=(f"updates:{doi.value}",))
        try:
            updates = self._notices(doi)
        except CitetrackError as e:
            return self._unavailable(question, e.message)
        return self._noticed(doi, updates)

    def _noticed(self, doi: Doi, updates: tuple[Update, ...]) -> Lookup:
        question = Question(words=(f"updates:{doi.value}",))
        works = (Work(doi, updates=updates),) if updates else ()
        outcome = Outcome.FOUND if updates else Outcome.NOT_FOUND
        return Lookup(self.name, question, outcome, works, asked_at=self._now())

    # ------------------------------------------------------------ many at once

    def found_among(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Yield the answers for those of `dois` that a list has, asked for in few requests.

        A DOI that is absent from it may be an alias, another agency's, or nobody's: ask for it
        alone. Raises a CitetrackError where Crossref does not answer.
        """
        for some in _batches(dois):
            message = self._list(",".join(f"doi:{d.value}" for d in some), len(some))
            asked = {d.value for d in some}
            for work in _readable(_items(message, "Crossref")):
                if work.doi.value in asked:
                    found = (work,)
                    yield Lookup(self.name, work.doi, Outcome.FOUND, found, asked_at=self._now())

    def among(self, dois: Sequence[Doi], question: Question) -> Lookup:
        """Return those of `dois` that a list has, as one answer to `question`."""
        try:
            works = tuple(w for answer in self.found_among(dois) for w in answer.works)
        except CitetrackError as e:
            return self._unavailable(question, e.message)
        outcome = Outcome.FOUND if works else Outcome.NOT_FOUND
        return Lookup(self.name, question, outcome, works, asked_at=self._now())

    def notices_of(self, dois: Sequence[Doi]) -> Iterator[Lookup]:
        """Yield the answers of `notices` for `dois`, asked for in few requests.

        DOIs with a comma are left out. Raises a CitetrackError where Crossref does not answer.
        """
        for some in _batches(dois):
            message = self._list(",".join(f"updates:{d.value}" for d in some), _MOST_ROWS)
            items = _items(message, "Crossref")
            told = {d: [notices_in(item, d) for item in items] for d in some}
            about_some = (any(each) for each in zip(*told.values(), strict=True))
            if message.get("total-results", len(items)) != len(items) or not all(about_some):
                raise MalformedRecord("Crossref answered with other notices than those asked for.")
            for doi, each in told.items():
                yield self._noticed(doi, merged(u for updates in each for u in updates))

    # ------------------------------------------------------------ single records

    def _lookup(self, doi: Doi) -> Lookup:
        asked = doi
        for _ in range(_MOST_STEPS + 1):
            response = self._single(self._url(asked))
            if response.status in _REDIRECTS:
                asked = self._target(response)
            elif response.status == NOT_FOUND:
                check_not_a_page(response, _HOST)
                if asked != doi:
                    raise MalformedRecord(f"Crossref leads to {asked} and has no such record.")
                return self._elsewhere(doi)
            else:
                return self._found(doi, asked, response)
        raise MalformedRecord(f"Crossref leads from {doi} to another DOI and on.")

    def _found(self, doi: Doi, asked: Doi, response: Response) -> Lookup:
        work = work_from_crossref(_message(response, "work"))
        if work.doi not in {doi, asked} and doi.value not in work.aliases:
            raise MalformedRecord(f"Crossref answered with another record: {work.doi}.")
        alias = work.doi if work.doi != doi else None
        if alias:  # notices may name the paper by any of its DOIs
            names = dict.fromkeys((doi.value, *work.aliases))
            work = replace(work, aliases=tuple(names))
        return Lookup(self.name, doi, Outcome.FOUND, (work,), asked_at=self._now(), alias=alias)

    def _elsewhere(self, doi: Doi) -> Lookup:
        """Tell a DOI of another agency from one that nobody registered."""
        try:
            agency = self._agency(doi)
        except CitetrackError as e:
            return replace(self._unavailable(doi, e.message), missing=True)
        if agency is None or agency.casefold() == "crossref":
            return Lookup(self.name, doi, Outcome.NOT_FOUND, asked_at=self._now())
        why = registered_with(agency, doi)
        return self._unavailable(doi, why, agency=agency)

    def _agency(self, doi: Doi) -> str | None:
        response = self._single(self._url(doi) + "/agency")
        if response.status == NOT_FOUND:
            check_not_a_page(response, _HOST)
            return None
        return _agency(_message(response, "work-agency"))

    def _single(self, url: str) -> Response:
        return self._client.get(url, kind="single", accept=_JSON, trusted=True)

    def _url(self, doi: Doi) -> str:
        return work_url(self._base, doi)

    def _target(self, response: Response) -> Doi:
        """Return the DOI that an alias leads to; its address may be relative."""
        location = response.headers.get("location", "")
        try:
            there = urlsplit(urljoin(response.url, location))
            same_host = there.netloc == urlsplit(self._base).netloc
            _, works, path = there.path.partition("/works/")
            if location and same_host and works:
                return Doi.parse(unquote(path))
        except (InvalidIdentifier, ValueError):
            pass
        raise MalformedRecord(f"Crossref leads elsewhere: {location[:200]!r}.")

    # ------------------------------------------------------------ lists

    def _searched(self, text: str, limit: int) -> list[Any]:
        from citetrack.works.habanero_search import search

        return _items(search(self._client, self._base, text, limit), "Crossref")

    def _notices(self, doi: Doi) -> tuple[Update, ...]:
        if "," in doi.value:
            raise MalformedRecord("Crossref cannot be asked for notices on a DOI with a comma.")
        message = self._list(f"updates:{doi.value}", _NOTICES)
        items = _items(message, "Crossref")
        each = [notices_in(item, doi) for item in items]
        if not all(each) or message.get("total-results", len(items)) != len(items):
            raise MalformedRecord("Crossref answered with other notices than those asked for.")
        return merged(update for updates in each for update in updates)

    def _list(self, filters: str, rows: int) -> dict[str, Any]:
        url = list_url(self._base, {"filter": filters, "rows": rows})
        response = self._client.get(url, kind="list", accept=_JSON, trusted=True)
        return _message(response, "work-list")

    def _unavailable(
        self, question: Doi | Question, why: str, *, agency: str | None = None
    ) -> Lookup:
        return Lookup(
            self.name,
            question,
            Outcome.UNAVAILABLE,
            asked_at=self._now(),
            agency=agency,
            why=why,
        )


def _batches(dois: Sequence[Doi]) -> Iterator[Sequence[Doi]]:
    """Yield `dois` in portions that fit into an address; a filter cannot hold a comma."""
    fitting = [d for d in dois if "," not in d.value]
    for start in range(0, len(fitting), _BATCH):
        yield fitting[start : start + _BATCH]


def work_url(base: str, doi: Doi) -> str:
    """Return the address of a record.

    Every reserved character is escaped: "/../" and "#" must not lead to another record.
    """
    return f"{base.rstrip('/')}/works/{quote(doi.value, safe='')}"


def notices_url(base: str, doi: Doi) -> str:
    """Return the address of the notices about a work."""
    return list_url(base, {"filter": f"updates:{doi.value}", "rows": _NOTICES})


def search_url(base: str, question: Question, limit: int) -> str:
    """Return the address of a search, as habanero asks for it."""
    return list_url(base, {"query.bibliographic": bibliographic(question), "rows": limit})


def list_url(base: str, query: dict[str, str | int]) -> str:
    """Return the address of a list of works."""
    return f"{base.rstrip('/')}/works?{urlencode(query)}"


def bibliographic(question: Question) -> str:
    """Return the words to search for, each once: title, authors, journal, year, the rest.

    Of the story's own words the commonest go out, in the order of the alphabet (a draft's
    sentences are nobody's business), and technical words that titles use for them.
    """
    years = (*(str(y) for y in question.years), *(str(d.year) for d in question.dates if d.year))
    parts = (
        *question.titles[:1],
        *question.authors[:3],
        *question.containers[:1],
        *years[:1],
        *sorted(question.words[:_MOST_TOLD]),
        *sorted(question.technical[:_MOST_TECHNICAL]),
    )
    words = dict.fromkeys(word for part in parts for word in part.split())
    return " ".join([*words][:_MOST_WORDS])


def _message(response: Response, kind: str) -> dict[str, Any]:
    """Return the message of an answer; raise MalformedRecord when it is not of the kind asked."""
    check_status(response, "Crossref", OK)
    envelope = json_in(response, "Crossref")
    if not isinstance(envelope, dict) or envelope.get("message-type", kind) != kind:
        raise MalformedRecord("Crossref's answer is of another kind than asked for.")
    message = envelope.get("message")
    if not isinstance(message, dict):
        raise MalformedRecord("Crossref's answer holds no message.")
    return message


def _items(message: object, host: str) -> list[Any]:
    items = message.get("items") if isinstance(message, dict) else None
    if not isinstance(items, list):
        raise MalformedRecord(f"{host}'s answer is no list of works.")
    return items


def _readable(items: list[Any]) -> tuple[Work, ...]:
    """Return the works that can be read; raise MalformedRecord when there is none among many."""
    works, failure = [], None
    for item in items:
        try:
            works.append(work_from_crossref(item))
        except MalformedRecord as e:
            failure = e
    if failure and not works:
        raise failure
    return tuple(works)


def _agency(message: dict[str, Any]) -> str:
    agency = message.get("agency")
    if isinstance(agency, dict):
        for name in (agency.get("label"), agency.get("id")):
            if isinstance(name, str) and name.strip():
                return name.strip()
    raise MalformedRecord("Crossref does not say with whom the DOI is registered.")
