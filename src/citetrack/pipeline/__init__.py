"""The whole flow: read, find, group, resolve, judge, compare, keep. Nothing else knows it all."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from citetrack.checks import built_in, check_story, run_checks
from citetrack.config import Settings
from citetrack.contract import Report
from citetrack.describing import describe
from citetrack.errors import InputError, Unreachable
from citetrack.match import Story, is_worth_showing
from citetrack.mentions import MAX_SEARCHED, find_mentions
from citetrack.model import Failure
from citetrack.pipeline.ahead import printed, printed_dois, printed_numbers
from citetrack.pipeline.answers import Answers, Kept
from citetrack.pipeline.aside import dois_set_aside
from citetrack.pipeline.embargo import is_awaited
from citetrack.pipeline.journals import finders
from citetrack.pipeline.links import gone, links_to
from citetrack.pipeline.registry import PUBMED, Registry
from citetrack.pipeline.resolve import resolve, resolve_all
from citetrack.pipeline.results import claims_of
from citetrack.pipeline.sources import (
    Sources,
    limits_folder,
    open_local,
    open_retraction_watch,
    open_store,
    open_to_read,
)
from citetrack.references import group_references
from citetrack.strategies.landing import Budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import BinaryIO, TypeAlias

    from citetrack.describing import Description
    from citetrack.http import Client
    from citetrack.ingest.dispatch import Fetched, Reader
    from citetrack.ingest.item import Item
    from citetrack.mentions import Finder
    from citetrack.model import Article, Citation, Doi
    from citetrack.snapshot.source import AtHand
    from citetrack.store import Store
    from citetrack.works.retraction_watch import RetractionWatch

    StrPath: TypeAlias = str | os.PathLike[str]
    Works: TypeAlias = StrPath | Iterable[StrPath]

__all__ = ["Checker", "check", "check_all", "read"]


#: Stories read ahead at most: their DOIs fill two or three list requests.
_MOST_AHEAD = 64


def _quiet(_: str) -> None:
    """Say nothing."""


class Checker:
    """One run: sources opened once, stories checked one after another. A context manager.

    `say` is told what the user should know and no result holds (nothing is kept, lines skipped).
    Raises UnreadableSource, ConfigError or StoreError where the run cannot begin.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        say: Callable[[str], None] = _quiet,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self.settings = settings
        self._say, self._now = say, now
        self._open = ExitStack()
        self._client: Client | None = None
        self._run: int | None = None

    def __enter__(self) -> Self:
        try:
            local = open_local(self.settings, self._say)
            self._store = self._entered_store()
            self.registry = self._registry(local)
            self.sources = Sources(self.registry, self._doi_of_page)
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish_run()
        self._open.close()

    @cached_property
    def _finders(self) -> tuple[Finder, ...]:
        return finders(self.sources.local)

    # ------------------------------------------------------------ many stories

    def look_ahead(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, those after the first read ahead and their DOIs asked for together.

        The stretches grow, so that the first report does not wait for the sixty-fourth story.
        """
        if self.settings.offline:
            yield from items
            return
        waiting, stretch = iter(items), 1
        while some := list(islice(waiting, stretch)):
            if len(some) > 1:
                self._ask_ahead([self._prepared(i.article) for i in some if i.article])
            yield from some
            stretch = min(stretch * 2, _MOST_AHEAD)

    def _ask_ahead(self, articles: Iterable[Article]) -> None:
        stories = [printed(article) for article in articles]
        dois = [d for s in stories for d in printed_dois(s)]
        for kind in PUBMED:
            numbers = dict.fromkeys(x for s in stories for x in printed_numbers(s, kind))
            dois += self.registry.dois_of(kind, [*numbers])
        self.registry.look_ahead(dois)

    def seconds_for(self, done: int, left: int) -> float:
        """Return how long the stories `left` will take at least, by the limits in force."""
        return self._client.seconds_for(done, left) if self._client and done else 0.0

    # ------------------------------------------------------------ one story

    def check(self, item: Item) -> Report:
        """Return the report on one story read, kept where the run keeps stories."""
        if item.article is None:
            error = item.error or InputError(f"{item.source} could not be read.")
            failure = Failure(error.code, str(error), error.exit_code)
            return Report(None, item.source, error=failure, article_id=item.id)
        report = self.examine(item.article)
        if self._store and self.settings.save:
            self._store.save(report, run=self._started_run(self._store))
        return report

    def examine(self, article: Article) -> Report:
        """Return the report on one article."""
        article = self._prepared(article)
        if len(article.text) > MAX_SEARCHED:
            note = f"Only the first {MAX_SEARCHED:,} characters were searched."
            article = replace(article, notes=(*article.notes, note))
        self.registry.answers.unasked.clear()
        mentions = find_mentions(article, self._finders)
        references = group_references(article, mentions)
        self.registry.convert_all(references)
        resolved = resolve_all(references, Story.of(article), self.sources)
        resolved = [x for x in resolved if is_worth_showing(x[0])]
        citations = tuple(
            self._linked(self._awaited(citation, article), article) for citation, _ in resolved
        )
        if not citations:
            article = replace(article, notes=(*article.notes, *dois_set_aside(mentions)))
        findings = (*run_checks(citations, article, built_in()), *check_story(article))
        decided = self._store.ignored(article.canonical_url) if self._store else frozenset()
        ignored = decided | {(code, None) for code in self.settings.ignore}
        left_out = tuple(f for f in findings if {(f.code, None), (f.code, f.doi)} & ignored)
        return Report(
            article,
            article.source,
            mentions,
            citations,
            claims_of(article, citations),
            tuple(f for f in findings if f not in left_out),
            tuple(lookup for _, lookups in resolved for lookup in lookups),
            article_id=article.id,
            ignored=left_out,
        )

    def _prepared(self, article: Article) -> Article:
        if article.published is None and self.settings.published:
            return replace(article, published=self.settings.published, published_basis="given")
        return article

    def _linked(self, citation: Citation, article: Article) -> Citation:
        """Return a citation with the story's links to it that lead nowhere, as far as opened."""
        urls = links_to(citation.reference, article)
        opening = self._doi_of_page if self.settings.links else lambda _: None
        return replace(citation, gone=gone(urls, opening, self.sources.kept.is_gone))

    def find(self, description: Description) -> Citation:
        """Return the judgement on a study that somebody describes, with its candidates."""
        article, reference = describe(description)
        return resolve(reference, Story.of(article), self.sources, Budget())[0]

    def _awaited(self, citation: Citation, article: Article) -> Citation:
        """Return a citation whose DOI may go live any day as such, and put the DOI on the list."""
        if not is_awaited(citation, article, self._now().date()):
            return citation
        for doi in citation.reference.question.identifiers:
            self.registry.answers.wait_for(doi, article.canonical_url)
        return replace(citation, awaited=True)

    # ------------------------------------------------------------ reading

    def reader(self, stdin: BinaryIO | None = None) -> Reader:
        """Return what reads the run's sources."""
        from citetrack.ingest.dispatch import Reader
        from citetrack.ingest.extractor import Extractor

        extractor = self._open.enter_context(Extractor())
        return Reader(self._fetch, extractor, stdin)

    def _fetch(self, url: str) -> Fetched:
        """Fetch a page; an address that is never opened is refused first, also offline."""
        from citetrack.http import check_url, fetch_page
        from citetrack.ingest.dispatch import Fetched

        check_url(url, allow_private=self.settings.allow_private)
        if self.settings.offline:
            why = "--dry-run" if self.settings.dry_run else "--offline"
            raise Unreachable(
                f"{url} was not fetched, because of {why}.", hint="Check a saved copy instead."
            )
        response = fetch_page(self._connected(), url)
        charset = response.headers.get("content-type", "").partition("charset=")[2].strip("\"' ;")
        return Fetched(response.url, response.body, charset or None, response.content_type)

    def _doi_of_page(self, url: str) -> Doi | None:
        """Return the DOI that a publisher's page states of itself, or None; kept like an answer."""
        from citetrack.pipeline.pages import doi_of_page

        if self.settings.offline:
            return self.sources.kept.page(url, None)
        return self.sources.kept.page(url, lambda: doi_of_page(self._fetch(url)))

    # ------------------------------------------------------------ sources

    def _connected(self) -> Client:
        from citetrack.http import Client

        if self._client is None:
            client = Client(
                limits=limits_folder(cache=self.settings.cache),
                mailto=self.settings.mailto,
                timeout=self.settings.timeout,
                allow_private=self.settings.allow_private,
            )
            self._client = self._open.enter_context(client)
        return self._client

    def _registry(self, local: tuple[AtHand, ...]) -> Registry:
        """Return what knows works: the files named, and the services unless offline."""
        answers = Answers(
            self._store if self.settings.cache else None,
            self.settings.refresh,
            self._now,
            self._say,
        )
        today = self._now().date().isoformat()
        watched = open_retraction_watch(self.settings, self._store or self._read_only(), today)
        if self.settings.offline:
            return Registry(local, Kept(None, answers), answers, retraction_watch=watched)
        return self._online(local, answers, watched)

    def _online(
        self, local: tuple[AtHand, ...], answers: Answers, watched: RetractionWatch | None
    ) -> Registry:
        from citetrack.http import check_url
        from citetrack.works.crossref import Crossref
        from citetrack.works.datacite import DataCite
        from citetrack.works.doi_org import DoiOrg
        from citetrack.works.pmc import IdConverter

        settings, client = self.settings, self._connected()
        for base in (
            settings.crossref_url,
            settings.datacite_url,
            settings.doi_url,
            settings.pmc_url,
        ):
            check_url(base, allow_private=True)
        return Registry(
            local,
            Kept(Crossref(client, settings.crossref_url), answers),
            answers,
            DataCite(client, settings.datacite_url),
            DoiOrg(client, settings.doi_url),
            IdConverter(client, settings.pmc_url),
            watched,
        )

    # ------------------------------------------------------------ the tracker

    def _entered_store(self) -> Store | None:
        store = open_store(self.settings, self._say)
        return self._open.enter_context(store) if store else None

    def _read_only(self) -> Store | None:
        """Return the tracker of a run that keeps nothing, for what was stored in it."""
        store = open_to_read(self.settings.db) if self.settings.db else None
        return self._open.enter_context(store) if store else None

    def _started_run(self, store: Store) -> int:
        """Write that a run began, with the first story that it keeps."""
        if self._run is None:
            from importlib.metadata import version

            from citetrack.store import RunInfo

            self._run = store.start_run(RunInfo(self._now(), "check", version("citetrack")))
        return self._run

    def _finish_run(self) -> None:
        if self._store and self._run is not None:
            self._store.finish_run(self._run, self._now())


# ---------------------------------------------------------------- the library's entrances


def check_all(
    sources: StrPath | Iterable[StrPath], *, works: Works = (), **settings: Any
) -> Iterator[Report]:
    """Yield the report on each story of the sources, in order; JSON lines hold many.

    `sources` and `works` are a path or several; further settings are those of
    `citetrack.Settings`. A source that cannot be read is a report with its `error`. Raises a
    CitetrackError where the run cannot begin.
    """
    with Checker(_settings(works, settings)) as checker:
        reader = checker.reader()
        for source in _several(sources):
            for item in checker.look_ahead(reader.read(str(source))):
                yield checker.check(item)


def check(source: StrPath, *, works: Works = (), **settings: Any) -> Report:
    """Return the report on the one story of `source`.

    Raises InputError where the source holds several, and what made it unreadable where it is.
    """
    with Checker(_settings(works, settings)) as checker:
        return checker.check(_only(str(source), checker.reader()))


def read(source: StrPath, **settings: Any) -> Article:
    """Return the one story of `source` as it was read; raise what made it unreadable."""
    with Checker(_settings((), {"offline": True, **settings})) as checker:
        article = _only(str(source), checker.reader()).article
        assert article is not None
        return article


def _only(source: str, reader: Reader) -> Item:
    items = iter(reader.read(source))
    item = next(items)
    if item.error:
        raise item.error
    if next(items, None) is not None:
        raise InputError(f"{source} holds several stories.", hint="Use check_all for them.")
    return item


def _settings(works: Works, settings: dict[str, Any]) -> Settings:
    return Settings(works=tuple(Path(p) for p in _several(works)), **settings)


def _several(paths: StrPath | Iterable[StrPath]) -> Iterable[StrPath]:
    return [paths] if isinstance(paths, str | os.PathLike) else paths
