"""References judged against records: every comparison kept, one sum, one verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citetrack.contract import work_to_csl
from citetrack.features import rarity_among, same_container
from citetrack.match import Story, decide, is_worth_showing, judge, rank
from citetrack.mentions import find_mentions
from citetrack.model import Article, Citation, Contributor, Doi, PartialDate, Status, Work
from citetrack.references import group_references

_TEXT = (
    "Nurses who slept longer recalled more words, a trial of 210 nurses found.\n\n"
    "Published on 7 April in the journal Sleep Science, the study is the largest yet.\n\n"
    "“Rest matters,” said Professor Ana Ruiz, lead author of the study.\n"
)
_WORK = Work(
    Doi("10.5555/rest.1"),
    type="article-journal",
    title="Longer sleep and recall of words in nurses: a randomised trial",
    containers=("Sleep Science",),
    authors=(Contributor("Ruiz", "Ana B."), Contributor("Dam", "Jo")),
    issued=PartialDate(2025, 4, 7),
)


def _citation(text: str, *works: Work, answered: bool = True, doi: bool = False) -> Citation:
    article = Article("x", text, published=PartialDate(2025, 4, 8))
    (reference,) = group_references(article, find_mentions(article))
    story = Story.of(article)
    strategy = "doi" if doi else None
    candidates = judge(reference, story, works, rarity_among(works), strategy=strategy)
    return decide(reference, candidates, answered=answered)


def test_journal_author_and_date_together_make_a_link_without_a_doi() -> None:
    citation = _citation(_TEXT, _WORK)
    assert citation.status is Status.STRONG
    assert citation.doi == _WORK.doi
    assert {r.feature for r in citation.reasons if r.agrees} == {
        "container-title", "author.family", "issued", "words",
    }  # fmt: skip


def test_every_reason_shows_the_storys_words_beside_the_records() -> None:
    reasons = {r.feature: (r.story, r.record) for r in _citation(_TEXT, _WORK).reasons}
    assert reasons["author.family"] == ("Ana Ruiz", "Ana B. Ruiz")
    assert reasons["container-title"] == ("Sleep Science", "Sleep Science")
    assert reasons["issued"] == ("2025-04-07", "2025-04-07")


def test_a_printed_doi_with_a_fitting_record_is_exact() -> None:
    citation = _citation(_TEXT + "DOI: 10.5555/REST.1", _WORK, doi=True)
    assert citation.status is Status.EXACT
    assert citation.reference.doi_as_printed == "10.5555/REST.1"


def test_silence_of_the_story_lowers_nothing() -> None:
    citation = _citation("See doi:10.5555/rest.1 for more.", _WORK, doi=True)
    assert citation.status is Status.EXACT
    assert citation.confidence is not None
    assert citation.confidence > 0.9


def _rare(_: str) -> float:
    return 0.8


_OTHER = replace(
    _WORK,
    title="Magnetic ordering of thin films at low temperature",
    authors=(Contributor("Okafor", "Ben"),),
)


def test_a_doi_whose_record_has_other_author_and_subject_is_another_paper() -> None:
    right = replace(_WORK, doi=Doi("10.5555/rest.10"))
    text = _TEXT + "DOI: 10.5555/rest.1"
    article = Article("x", text, published=PartialDate(2025, 4, 8))
    (reference,) = group_references(article, find_mentions(article))
    story = Story.of(article)
    found = rank(
        (
            *judge(reference, story, [_OTHER], _rare, strategy="doi"),
            *judge(reference, story, [right], _rare),
        )
    )
    citation = decide(reference, found, answered=True)
    assert citation.status is Status.DIFFERENT
    assert citation.work is None
    assert citation.candidates[0].work.doi == right.doi


def test_a_journal_that_differs_does_not_unmake_an_exact_link() -> None:
    moved = replace(_WORK, containers=("Annals of Rest",))
    citation = _citation(_TEXT + "DOI: 10.5555/rest.1", moved, doi=True)
    assert citation.status is Status.EXACT
    assert {r.feature for r in citation.reasons if r.agrees is False} == {"container-title"}


def test_an_author_and_a_plausible_date_alone_are_not_accepted() -> None:
    same_author = replace(
        _WORK, title="Magnetic ordering of thin films", containers=("Annals of Rest",)
    )
    assert _citation(_TEXT, same_author).status not in {Status.STRONG, Status.EXACT}


@pytest.mark.parametrize(
    ("authors", "linked"),
    [("La profesora Ana Ruiz dirigió el estudio.", False),
     ("La profesora Ana Ruiz dirigió el estudio. Jo Dam es coautor del estudio.", True)],
)  # fmt: skip
def test_where_the_language_hides_the_subject_two_authors_and_the_day_are_enough(
    authors: str, *, linked: bool
) -> None:
    text = f"Dormir más ayuda, según un ensayo con 210 enfermeras.\n\n{authors}\n"
    article = Article("x", text, published=PartialDate(2025, 4, 8), language="es")
    (reference,) = group_references(article, find_mentions(article))
    candidates = judge(reference, Story.of(article), (_WORK,), rarity_among((_WORK,)))
    status = decide(reference, candidates, answered=True).status
    assert (status is Status.STRONG) is linked


def test_two_works_that_the_reasons_cannot_part_are_ambiguous() -> None:
    citation = _citation(_TEXT, _WORK, replace(_WORK, doi=Doi("10.5555/rest.2")))
    assert citation.status is Status.AMBIGUOUS
    assert citation.work is None
    assert len(citation.candidates) == 2


@pytest.mark.parametrize(("answered", "status"), [(True, "not_found"), (False, "unchecked")])
def test_not_found_is_said_only_when_somebody_who_would_know_has_answered(
    answered: bool,  # noqa: FBT001
    status: str,
) -> None:
    assert _citation(_TEXT, answered=answered).status == status
    assert _citation(_TEXT, _OTHER, answered=answered).status == status


def test_a_printed_doi_that_nobody_knows_links_no_other_work() -> None:
    citation = _citation(_TEXT + "DOI: 10.5555/unknown", _WORK, answered=True)
    assert citation.status is Status.NOT_FOUND
    assert [c.work.doi for c in citation.candidates] == [_WORK.doi]


@pytest.mark.parametrize(
    ("story", "record", "same"),
    [
        ("PNAS", "Proceedings of the National Academy of Sciences", True),
        ("The Lancet", "Lancet", True),
        ("Obstetrics and Gynecology", "Obstetrics & Gynecology", True),
        ("British Journal of Anesthesia", "British Journal of Anaesthesia", True),
        ("JAMA", "JAMA Network Open", False),
        ("Lancet", "The Lancet Oncology", False),
        ("Nature", "Nature Medicine", False),
        ("Science", "Science Advances", False),
    ],
)
def test_journals_are_compared_by_spelling_and_initials_not_by_beginnings(
    story: str,
    record: str,
    same: bool,  # noqa: FBT001
) -> None:
    assert same_container(story, record) is same


def test_a_work_is_written_as_csl_json() -> None:
    assert work_to_csl(_WORK) | {"id": "", "URL": ""} == {
        "id": "", "URL": "", "type": "article-journal", "title": _WORK.title,
        "container-title": "Sleep Science", "DOI": "10.5555/rest.1",
        "author": [{"family": "Ruiz", "given": "Ana B."}, {"family": "Dam", "given": "Jo"}],
        "issued": {"date-parts": [[2025, 4, 7]]},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The study where three generations wrote their letters has reopened. “The study was the"
        " heart of the house,” said the warden.",
        "Shares in the owner of Heart and Brain, two puzzle magazines, rose. The science of pricing"
        " puzzles is young.",
    ],
)
def test_a_story_that_names_no_study_has_none_unless_a_work_fits_it(text: str) -> None:
    article = Article("x", text)
    (reference,) = group_references(article, find_mentions(article))
    assert reference.doubt > 0
    candidates = judge(reference, Story.of(article), [_WORK, _OTHER], _rare)
    assert not is_worth_showing(decide(reference, candidates, answered=True))


def test_each_doi_is_a_study_of_its_own_and_gathers_what_stands_beside_it() -> None:
    text = (
        "Journal Reference:\n"
        "1. Ana Ruiz, Jo Dam. Rest and recall in nurses. Sleep Science, 2025; DOI: 10.5555/a\n"
        "2. Ben Okafor, Mei Lin. Tea and tides in ports. Sea Letters, 2024; DOI: 10.5555/b\n"
    )
    article = Article("x", text)
    first, second = group_references(article, find_mentions(article))
    assert first.question.titles == ("Rest and recall in nurses",)
    assert second.question.authors == ("Ben Okafor", "Mei Lin")
    assert (first.summary, second.summary) == (
        "Ruiz et al., Sleep Science",
        "Okafor et al., Sea Letters",
    )


def test_an_arxiv_number_beside_a_doi_is_the_same_study() -> None:
    text = "More information: A. Ruiz et al, Waves, Sea Letters. DOI: 10.5555/a. arXiv:1602.03837"
    article = Article("x", text)
    assert len(group_references(article, find_mentions(article))) == 1


def test_a_study_in_another_journal_is_not_merged_into_the_one_with_a_doi() -> None:
    text = (
        "Bees forage less, Ben Okafor and colleagues write in the journal Bee Science.\n\n"
        "Marshes store more, Ana Ruiz and colleagues report in the journal Coastal Ecology"
        " (doi:10.5555/a).\n"
    )
    article = Article("x", text)
    references = group_references(article, find_mentions(article))
    assert [(r.question.authors, r.doi_as_printed) for r in references] == [
        (("Ana Ruiz",), "10.5555/a"),
        (("Ben Okafor",), None),
    ]


def test_a_lone_doi_below_belongs_to_the_study_named_above() -> None:
    text = "Ana Ruiz and colleagues report in the journal Coastal Ecology.\n\nDOI: 10.5555/a\n"
    article = Article("x", text)
    (reference,) = group_references(article, find_mentions(article))
    assert reference.question.containers == ("Coastal Ecology",)


def test_a_doi_whose_record_agrees_in_nothing_is_another_paper_without_a_named_author() -> None:
    text = (
        "Nurses recalled more words, a trial found.\n\n"
        "Published on 7 April 2025 in the journal Sleep Science (doi:10.5555/rest.1).\n"
    )
    other = replace(_OTHER, containers=("Thin Films",), issued=PartialDate(2019, 1, 2))
    assert _citation(text, other, doi=True).status is Status.DIFFERENT
