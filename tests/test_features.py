"""A story set against a record, comparison by comparison: what is measured, and what it weighs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citetrack.features import Story, compare, named_values, rarity_among, table, weigh
from citetrack.features.story import figures_in
from citetrack.features.subject import shown
from citetrack.mentions import find_mentions
from citetrack.model import Article, Contributor, Doi, PartialDate, Work
from citetrack.references import group_references
from citetrack.vocabulary import technical_words

_TEXT = (
    "Heart attacks are rarer among people who nap, say researchers at Eastmere University.\n\n"
    "“We followed 4,212 clerks,” said Professor Ana Ruiz, who led the study with Jo van Damme and"
    " Mia Holm. It appears in the journal Sleep Science."
)
_WORK = Work(
    Doi("10.5555/nap.1"),
    title="Napping and incident myocardial infarction: a cohort study",
    containers=("Sleep Science",),
    authors=(Contributor("Ruiz", "Ana"), Contributor("van Damme", "Jo"), Contributor("Ek", "Bo")),
    issued=PartialDate(2025, 4, 7),
)


def _measured(work: Work, text: str = _TEXT, published: str = "2025-04-08") -> dict[str, float]:
    article = Article("x", text, published=PartialDate.parse(published))
    (reference,) = group_references(article, find_mentions(article))
    story = Story.of(article)
    compared = compare(reference, story, work, rarity_among([work, _OTHER]), asked=False)
    return dict(named_values(compared))


_OTHER = replace(_WORK, doi=Doi("10.5555/nap.2"), title="Magnetic order in thin films")


def test_plain_words_meet_the_technical_ones_of_a_title() -> None:
    assert {"myocardial", "infarction"} <= set(technical_words("a heart attack".split()))
    assert _measured(_WORK)["words.lay-share"] > 0.3
    assert _measured(_OTHER)["words.lay-share"] == 0


def test_two_authors_named_say_more_than_one() -> None:
    alone = replace(_WORK, authors=(_WORK.authors[0], _WORK.authors[2]))
    assert _measured(_WORK)["author.full"] == 1
    assert _measured(_WORK)["author.further"] == 1
    assert "author.further" not in _measured(alone)


def test_a_record_without_authors_is_silent_and_not_another_paper() -> None:
    measured = _measured(replace(_WORK, authors=()))
    assert measured["author.unknown"] == 1
    assert "author.missing" not in measured


def test_an_author_called_so_who_is_none_speaks_against_a_record() -> None:
    strangers = replace(_WORK, authors=(Contributor("Okafor", "Ben"),))
    assert _measured(strangers)["author.missing"] == 1


@pytest.mark.parametrize(
    ("published", "name"),
    [
        ("2025-04-08", "date.1"),
        ("2025-04-12", "date.7"),
        ("2025-06-01", "date.90"),
        ("2027-01-01", "date.far"),
        ("2025-04-02", "date.early-7"),
        ("2024-04-02", "date.early-far"),
    ],
)
def test_a_story_is_measured_by_how_long_after_the_paper_it_runs(published: str, name: str) -> None:
    assert _measured(_WORK, published=published)[name] == 1


@pytest.mark.parametrize(("issued", "name"), [("2025-04", "date.14"), ("2025", "date.90")])
def test_a_date_known_less_exactly_says_less(issued: str, name: str) -> None:
    assert name in _measured(replace(_WORK, issued=PartialDate.parse(issued)))


def test_an_abstract_is_met_by_its_words_and_its_telling_figures() -> None:
    abstract = "We followed 4212 office clerks. Those who napped had fewer myocardial infarctions."
    measured = _measured(replace(_WORK, title=None, abstract=abstract))
    assert measured["abstract.figures"] == 1
    assert measured["abstract.sum"] > 0
    assert measured["abstract.lay-sum"] > 0
    assert "words.rare-share" not in measured


def test_years_and_small_numbers_are_no_telling_figures() -> None:
    assert figures_in("In 2011, 20 of 1,160 (0.76) and 689003") == {"1160", "0.76", "689003"}


def test_a_word_that_all_works_share_is_not_rare() -> None:
    rarity = rarity_among([_WORK, _WORK])
    assert rarity("myocar") < rarity("unhear") <= 1


def test_everything_measured_has_a_weight_in_the_table() -> None:
    works = [_WORK, replace(_WORK, title=None, abstract="Naps."), replace(_WORK, issued=None)]
    names = {name for work in works for name in _measured(work)}
    assert names <= table().weights.keys()


def test_a_reason_weighs_the_sum_of_what_was_measured() -> None:
    article = Article("x", _TEXT, published=PartialDate(2025, 4, 8))
    (reference,) = group_references(article, find_mentions(article))
    compared = compare(
        reference, Story.of(article), _WORK, rarity_among([_WORK, _OTHER]), asked=False
    )
    reasons = {r.feature: r.weight for r in weigh(compared)}
    weights = table().weights
    parts = ("author.full", "author.further", "author.unmet")  # Mia Holm is no author of it
    assert reasons["author.family"] == pytest.approx(sum(weights[part] for part in parts))
    assert reasons["container-title"] == weights["container.same"]


def test_addresses_and_dois_give_no_words_to_search_for() -> None:
    text = (
        "Naps help hearts, researchers at Eastmere University found in a study in Sleep Science"
        " ([here](https://www.sleep.example/content/s41467x), doi: 10.5555/nap.zzz)."
    )
    article = Article("x", text, published=PartialDate.parse("2025-04-08"))
    (reference, *_) = group_references(article, find_mentions(article))
    words = set(reference.question.words)
    assert {"naps", "hearts"} <= words
    assert not words & {"https", "www", "content", "doi", "nap", "zzz", "s41467x", "example"}


def test_shared_words_are_shown_as_the_story_writes_them() -> None:
    story = Story.of(Article("x", "Cardiologists napped; hydroxychloroquine."))
    assert shown(story, "5-Hydroxykynurenine and napping cardiology") == (
        "hydroxychloroquine cardiologists"
    )
    plain = Story.of(Article("x", "A heart attack among clerks"))
    assert shown(plain, "Clerks and infarction") == "clerks (in other words: infarction)"
