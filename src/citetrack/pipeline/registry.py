"""What is known of a work, with or without a story: its record, its history, its versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citetrack.errors import InvalidIdentifier
from citetrack.model import Asked, Doi, History, Lookup, Outcome, Question, Version
from citetrack.pipeline.answers import NO_COMMA, OF_WORKS, Kept
from citetrack.strategies import first_found
from citetrack.updates import happened_to
from citetrack.versions import is_preprint, related, same_study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citetrack.model import Reference, Work, WorkSource
    from citetrack.pipeline.answers import Answers
    from citetrack.snapshot.source import AtHand
    from citetrack.works.datacite import DataCite
    from citetrack.works.doi_org import DoiOrg
    from citetrack.works.pmc import IdConverter
    from citetrack.works.retraction_watch import RetractionWatch

#: Records read to learn what became of a work's versions: more are a series, not a study.
_MOST_VERSIONS = 5
_SEARCHED = 10
#: DOIs beside its own under which a work is asked about; more are a series of deposits.
_MOST_ALIASES = 3
#: arXiv, Zenodo, figshare: DataCite is asked before one of theirs is called unregistered.
_OF_DATACITE = frozenset({"10.48550", "10.5281", "10.6084"})
_OTHER_LIST = (
    "A notice that its record does not name stays unseen;"
    " the Retraction Watch data can be asked for it: citetrack retractions update."
)
#: Kinds of identifiers that PubMed Central turns into DOIs.
PUBMED = ("pmid", "pmcid")


@dataclass(frozen=True, slots=True)
class Registry:
    """The registries of works, asked in turn, behind the answers that are kept.

    `datacite`, `doi_org` and `converter` are None offline; `retraction_watch` is None where there
    are no such data.
    """

    local: tuple[AtHand, ...]
    kept: Kept
    answers: Answers
    datacite: DataCite | None = None
    doi_org: DoiOrg | None = None
    converter: IdConverter | None = None
    retraction_watch: RetractionWatch | None = None

    # ------------------------------------------------------------ one record

    def record_of(self, doi: Doi) -> Lookup:
        """Return the answer that settles a DOI: its record, that nobody registered it, or why not.

        A DOI of an agency whose records are not read is `unavailable` with `agency`.
        """
        return self.lookups_of(doi)[-1]

    def lookups_of(self, doi: Doi) -> tuple[Lookup, ...]:
        """Return every answer to a DOI, the one that settles it last."""
        local = tuple(first_found(doi, self.local))
        if any(x.outcome is Outcome.FOUND for x in local):
            return local
        return (*local, *self.registered(doi))

    def registered(self, doi: Doi) -> Iterator[Lookup]:
        """Yield the answers of the registries, until one settles whose the DOI is."""
        answer = next(iter(self.kept.get([doi])))
        yield answer
        if answer.missing:
            answer = self._whose(doi)
            yield answer
        nobodys = answer.outcome is Outcome.NOT_FOUND
        if (answer.agency or "").casefold() != "datacite" and not (nobodys and _is_known(doi)):
            return
        answer = self._from_datacite(doi)
        yield replace(answer, agency=None if answer.works else "DataCite")
        if answer.missing:
            whose = self._whose(doi)
            if whose.outcome is Outcome.NOT_FOUND:
                yield whose

    def _whose(self, doi: Doi) -> Lookup:
        asked = self.doi_org
        ask = (lambda: _of_crossref_without_record(asked.agency(doi))) if asked else None
        return self.answers.ask("doi.org", f"agency:{doi.value}", doi, ask)

    def _from_datacite(self, doi: Doi) -> Lookup:
        asked = self.datacite
        ask = (lambda: asked.work(doi)) if asked else None
        return self.answers.ask("datacite", f"work:{doi.value}", doi, ask)

    def converted(self, kind: str, ids: Sequence[str]) -> Iterator[Lookup]:
        """Yield for each PMID or PMCID its DOI, as PubMed Central knows it; asked all at once."""
        from citetrack.works.pmc import question_of

        known = {x: self.answers.recall("pmc", f"{kind}:{x}", OF_WORKS) for x in ids}
        unknown = [x for x, answer in known.items() if answer is None]
        fresh = self.converter.dois(kind, unknown) if self.converter and unknown else ()
        for x, answer in zip(unknown, fresh, strict=False):
            self.answers.keep(answer, f"{kind}:{x}")
            known[x] = answer
        for x in ids:
            yield known[x] or self.answers.ask("pmc", f"{kind}:{x}", question_of(kind, x), None)

    def dois_of(self, kind: str, ids: Sequence[str]) -> list[Doi]:
        """Return the DOIs of PMIDs or PMCIDs as far as they are known; asked all at once."""
        return [work.doi for answer in self.converted(kind, ids) for work in answer.works]

    def look_ahead(self, dois: Iterable[Doi]) -> None:
        """Ask for the records of many DOIs, and for notices about them, in few requests.

        What comes of it is kept and given when each is asked for; where nothing comes, each is
        asked for alone.
        """
        printed = [*dict.fromkeys(dois)]
        local = [d for d in printed if self._is_local(d)]
        self.kept.prefetch([d for d in printed if d not in set(local)])
        known = (doi for d in printed for w in self._known(d) for doi in _names_of(w))
        self.kept.prefetch_notices([*dict.fromkeys((*local, *known))])

    def _is_local(self, doi: Doi) -> bool:
        return any(any(source.knows([doi])) for source in self.local)

    def _known(self, doi: Doi) -> Iterator[Work]:
        answer = self.kept.known(doi)
        yield from answer.works if answer else ()

    def convert_all(self, references: Iterable[Reference]) -> None:
        """Ask for the DOIs of all PMIDs and PMCIDs of references without a DOI, in one go a kind.

        The answers are kept; `converted` gives them.
        """
        for kind in PUBMED:
            ids = dict.fromkeys(x for r in references for x in printed_ids(r, kind))
            if len(ids) > 1:
                self.dois_of(kind, [*ids])

    # ------------------------------------------------------------ what happened to it

    def history_of(self, work: Work) -> History:
        """Return what happened to a work since, and who was asked."""
        return self.history_and_lookups(work)[0]

    def history_and_lookups(self, work: Work) -> tuple[History, tuple[Lookup, ...]]:
        """Return what happened to a work since, with the questions that were put."""
        named = [self.kept.notices(doi) for doi in _names_of(work)]
        watched = [*self._watched(work)]
        answers = [_all_of(named), *watched]
        answered = [x for x in answers if x.outcome is not Outcome.UNAVAILABLE]
        noticed = [u for x in answers for w in x.works for u in w.updates]
        silent = [x.why for x in answers if x.outcome is Outcome.UNAVAILABLE]
        unanswered = self.kept.remote is not None and any(
            not answered or is_silent(x) for x in answers
        )
        asked = tuple(Asked(x.source, x.asked_at) for x in answered)
        why = silent[0] if silent else None
        if why == NO_COMMA and not answered:
            why = f"{why} {_OTHER_LIST}"
        history = History(happened_to(work, noticed), asked, why, unanswered)
        return history, (*named, *watched)

    def _watched(self, work: Work) -> Iterator[Lookup]:
        if self.retraction_watch is not None:
            yield self.retraction_watch.notices(work.doi, *work.aliases)

    # ------------------------------------------------------------ its versions

    def versions_of(self, work: Work, *, search: bool = False) -> tuple[Version, ...]:
        """Return the other versions of a work, their records and histories read where possible.

        `search` also looks for a work of the same title and authors, which is weaker evidence.
        """
        return self.versions_and_lookups(work, search=search)[0]

    def versions_and_lookups(
        self, work: Work, *, search: bool = False
    ) -> tuple[tuple[Version, ...], tuple[Lookup, ...]]:
        """Return the other versions of a work, with the questions that were put."""
        asked: list[Lookup] = []
        found = {v.doi: self._read(v, asked) for v in related(work)[:_MOST_VERSIONS]}
        for version in self._alike(work, asked) if search else ():
            if version.doi not in found:
                found[version.doi] = self._with_history(version, asked)
        return tuple(found.values()), tuple(asked)

    def _read(self, version: Version, asked: list[Lookup]) -> Version:
        try:
            answers = self.lookups_of(Doi.parse(version.doi))
        except InvalidIdentifier:
            return version
        asked += answers
        if not answers[-1].works:
            return version
        return self._with_history(replace(version, work=answers[-1].works[0]), asked)

    def _with_history(self, version: Version, asked: list[Lookup]) -> Version:
        if version.work is None:
            return version
        history, answers = self.history_and_lookups(version.work)
        asked += answers
        return replace(version, updates=history.updates)

    def _alike(self, work: Work, asked: list[Lookup]) -> Iterator[Version]:
        """Yield works that title and authors say are the same study, of the other kind."""
        if not work.title:
            return
        authors = tuple(a.name for a in work.authors[:2])
        question = Question(titles=(work.title,), authors=authors)
        sources: tuple[WorkSource, ...] = (*self.local, self.kept)
        for source in sources:
            answer = source.search(question, limit=_SEARCHED)
            asked.append(answer)
            for found in answer.works:
                if is_preprint(found) != is_preprint(work) and same_study(work, found):
                    kind = "preprint" if is_preprint(found) else "article"
                    yield Version(found.doi.value, kind, "same-title", found)


def is_silent(answer: Lookup) -> bool:
    """Whether a source was asked and did not answer; that a comma cannot be asked for is known."""
    return answer.outcome is Outcome.UNAVAILABLE and answer.why != NO_COMMA


def _names_of(work: Work) -> list[Doi]:
    """Return the DOIs under which notices may name a work: its own and those that lead to it."""
    return [work.doi, *map(Doi, work.aliases[:_MOST_ALIASES])]


def _all_of(answers: Sequence[Lookup]) -> Lookup:
    """Return the answers on one work's DOIs as one: not an answer unless each is."""
    works = tuple(work for answer in answers for work in answer.works)
    silent = (x for x in answers if x.outcome is Outcome.UNAVAILABLE)
    return replace(next(silent, answers[0]), works=works)


def printed_ids(reference: Reference, kind: str) -> list[str]:
    """Return the PMIDs or PMCIDs that stand for a study without a DOI."""
    if reference.question.identifiers:
        return []
    return list(dict.fromkeys(m.value for m in reference.mentions if m.kind == kind))


def _is_known(doi: Doi) -> bool:
    """Whether a DOI has a prefix that is DataCite's, whatever Crossref knows of agencies."""
    return doi.value.partition("/")[0] in _OF_DATACITE


def _of_crossref_without_record(answer: Lookup) -> Lookup:
    """Take back "registered with Crossref" where Crossref has no such record: it may be too new."""
    if (answer.agency or "").casefold() != "crossref":
        return answer
    why = "The DOI is registered with Crossref, which has no record of it yet."
    return replace(answer, agency=None, why=why)
