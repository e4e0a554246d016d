"""Where a DOI ends: the quick way for plain ones says what the rules say."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citetrack.identifiers.doi_end import Place, end_of_doi, plain_doi

PREFIX = "10.5555/"
_SUFFIXES = st.text("abcdov10w9.-_;:,)(S", min_size=1, max_size=30)
_PLACES = st.sampled_from([Place(), Place(in_address=True), Place(labelled=True)])


@given(_SUFFIXES, _PLACES)
@example("S0140-6736(20)30183-5).", Place())
@example("2020.01.30.927871v1", Place(in_address=True))
@example("j.abc.2021.04.002.", Place())
@example("1234provided", Place())
@example("x12doi", Place())
def test_the_quick_way_to_the_end_agrees_with_the_rules(suffix: str, place: Place) -> None:
    quick = plain_doi(PREFIX + suffix, 0, len(PREFIX + suffix))
    assert quick in {None, PREFIX + suffix[: end_of_doi(PREFIX, suffix, place)]}


@pytest.mark.parametrize("text", ["10.5555/abc.2020.1", "10.1016/S0140-6736(20)30183-5"])
def test_most_dois_end_the_quick_way(text: str) -> None:
    assert plain_doi(f"{text}), as told", 0, 40) == text


@pytest.mark.parametrize(
    ("run", "kept"),
    [
        ("semi;colon.44", "semi;colon.44"),
        ("semi.44;colon.45", "semi.44"),
        ("semi;accessed", "semi"),
        ("semi;PMID:12345", "semi"),
    ],
)
def test_a_semicolon_belongs_to_a_doi_that_has_its_digits_behind_it(run: str, kept: str) -> None:
    assert run[: end_of_doi(PREFIX, run, Place())] == kept
