"""Long texts are read only where an identifier may stand, and nothing is lost by it."""

from __future__ import annotations

import pytest

from citetrack.identifiers import _find, find_in_text
from citetrack.identifiers.stretches import condense

_FILLER = "The council said that people who live near the river walk more and sleep well. " * 40


@pytest.mark.parametrize(
    "printed",
    [
        "doi:10.1000/182.",
        "DOI: 10. 1038 /nature12373",
        "https://doi.org/\n10.1016/j.envint.2024.108472",
        "10.1038/s41586-\n020-2649-2.",
        "１０．１０００／１８２",
        "10.10\u200b00/182",
        "pmid = 7",
        "PMIDs: 32015507, 31978945",
        "PMCID: 7095418",
        "arXiv:hep-th/9711200",
        "ISBN 1 4028 9462 7",
        "2016A&A...594A..13P",
        "2019ApJ...875L...1E",
        "RePEc:nbr:nberwo:26867",
        "doi:10/fg4b",
        "https://doi.org/fg4bx",
        "https://osf.io/preprints/psyarxiv/abcde",
        "https://www.nature.com/articles/s41586-020-2649-2",
        "0000-0001-5109-3700",
        "S0092-8674(20)30229-4",
        "hdl:1887/4531",
        "SSRN: 3547729",
    ],
)
def test_a_long_text_gives_the_same_as_its_telling_stretch(printed: str) -> None:
    text = f"{_FILLER}\n\n{printed}\n\n{_FILLER}"
    assert condense(text) is not None
    found = find_in_text(text)
    assert found
    assert found == _find(text, address=False)


def test_a_long_text_without_identifiers_costs_no_finder() -> None:
    condensed = condense(_FILLER)
    assert condensed is not None
    assert condensed.text == ""
