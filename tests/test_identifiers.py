"""Identifiers are found where they stand, whatever printing, pages and addresses did to them."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetrack.identifiers import (
    _find,
    find_identifiers,
    find_in_text,
    identifiers_of_url,
    load_rules,
    longest_existing,
    needs_lookup,
)
from citetrack.identifiers.addresses import plain_host
from citetrack.identifiers.folding import fold
from citetrack.identifiers.landing import CANONICAL, LOOKUP, Rule, mdpi_abbreviations
from citetrack.identifiers.stretches import condense
from citetrack.model import Doi

# ---------------------------------------------------------------- spans and letter case


@pytest.mark.parametrize(
    ("source", "kind", "printed", "quote"),
    [
        pytest.param("See doi:10.1000/ABC.1.", "text", "10.1000/ABC.1", "10.1000/ABC.1", id="plain"),
        pytest.param(
            "x https://doi.org/10.1000%2FAbc.1?y=1",
            "text",
            "10.1000/Abc.1",
            "10.1000%2FAbc.1",
            id="percent-escapes",
        ),
        pytest.param(
            "10.1000/ab\u00adc-\n12 x", "text", "10.1000/abc-12", "10.1000/ab\u00adc-\n12", id="broken"
        ),
        pytest.param(
            "<p>10.1000/<b>Abc</b>&#46;1</p>",
            "html",
            "10.1000/Abc.1",
            "10.1000/<b>Abc</b>&#46;1",
            id="markup",
        ),
        pytest.param(
            '<a href="https://elifesciences.org/articles/57309">x</a>',
            "html",
            "10.7554/eLife.57309",
            "https://elifesciences.org/articles/57309",
            id="derived-from-a-link",
        ),
        pytest.param("arXiv:1706.03762v5", "text", "1706.03762v5", "1706.03762v5", id="arxiv"),
    ],
)
def test_a_span_points_at_what_was_printed(
    source: str, kind: str, printed: str, quote: str
) -> None:
    (found,) = find_identifiers(source, kind)
    assert found.printed == printed
    assert source[found.start : found.end] == quote


def test_every_occurrence_is_told_in_the_order_of_the_text() -> None:
    found = find_in_text("10.1000/1; PMID: 5; 10.1000/1")
    assert [x.value for x in found] == ["10.1000/1", "5", "10.1000/1"]
    assert [x.start for x in found] == sorted(x.start for x in found)


def test_an_identifier_inside_another_is_not_told() -> None:
    assert [x.kind for x in find_in_text("10.1016/S0140-6736(20)30183-5")] == ["doi"]
    assert [x.kind for x in find_in_text("10.1007/978-0-306-40615-7_3")] == ["doi"]
    assert [x.kind for x in find_in_text("10.48550/arXiv.1706.03762")] == ["doi"]


def test_an_address_may_stand_for_two_identifiers() -> None:
    found = find_in_text("https://ssrn.com/abstract=3547729")
    assert {x.kind for x in found} == {"doi", "ssrn"}
    assert len({(x.start, x.end) for x in found}) == 1


def test_the_kind_of_input_must_be_known() -> None:
    with pytest.raises(ValueError, match='"text", "html" or "url"'):
        find_identifiers("x", "pdf")


@pytest.mark.parametrize("kind", ["text", "html", "url"])
def test_nothing_is_found_in_nothing(kind: str) -> None:
    assert find_identifiers("", kind) == []


# ---------------------------------------------------------------- rules for addresses


@pytest.mark.parametrize(
    "rule", [r for r in load_rules() if r.kind != LOOKUP], ids=lambda r: f"{r.publisher}-{r.kind}"
)
def test_each_rule_reads_its_example(rule: Rule) -> None:
    found = [x.value for x in identifiers_of_url(rule.example) if x.kind == rule.kind]
    assert found == [rule.result]
    assert CANONICAL[rule.kind](rule.result) == rule.result


@pytest.mark.parametrize(
    "rule",
    [r for r in load_rules() if r.kind in {LOOKUP, "pii"}],
    ids=lambda r: r.example.split("/")[2],
)
def test_a_page_whose_doi_is_not_in_its_address_needs_a_lookup(rule: Rule) -> None:
    assert needs_lookup(rule.example)
    assert not [x for x in identifiers_of_url(rule.example) if x.kind == "doi"]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.nature.com/articles/s41586-020-2649-2",
        "https://doi.org/10.1000/182",
        "https://pubmed.ncbi.nlm.nih.gov/32015507/",
        "https://www.example.org/news/health/12345",
        "https://www.nature.com/",
        "not an address",
    ],
)
def test_other_addresses_need_none(url: str) -> None:
    assert not needs_lookup(url)


def test_the_issns_of_the_table_hold_their_check_digit() -> None:
    for issn in mdpi_abbreviations():
        digits = issn.replace("-", "")
        total = sum((8 - i) * int(c) for i, c in enumerate(digits[:7]))
        assert "0123456789X"[-total % 11] == digits[7], issn


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("www.nature.com", "nature.com"),
        ("www-nature-com.ezproxy.example.edu", "nature.com"),
        ("ascelibrary-org.proxy.lib.example.edu", "ascelibrary.org"),
        ("my--journal-org.ezp.example.edu", "my-journal.org"),
        ("doi.org.ezproxy.example.ac.uk", "doi.org"),
        ("journals.plos.org:8080", "journals.plos.org"),
        ("my-site.example.org", "my-site.example.org"),
    ],
)
def test_the_proxy_of_a_library_is_undone(host: str, plain: str) -> None:
    assert plain_host(host) == plain


# ---------------------------------------------------------------- glued and broken DOIs


def _known(*dois: str) -> "Exists":
    return Exists(set(dois))


class Exists:
    """A register that counts how often it is asked."""

    def __init__(self, known: set[str]) -> None:
        self.known = known
        self.asked = 0

    def __call__(self, dois: Sequence[Doi]) -> list[bool]:
        self.asked += 1
        return [d.value in self.known for d in dois]


@pytest.mark.parametrize(
    ("printed", "known", "settled"),
    [
        pytest.param("10.1000/a.2025.3204Journal", "10.1000/a.2025.3204", None, id="glued-word"),
        pytest.param("10.1000/a.2025.3204", "10.1000/a.2025.3204", None, id="whole"),
        pytest.param("10.1000/ABC-12.", "10.1000/abc-12", None, id="letter-case-and-stop"),
        pytest.param("10.1000/a.2025. 3204 was", "10.1000/a.2025.3204", None, id="blank-inside"),
        pytest.param("10.1000/a.2025\n3204 was", "10.1000/a.2025", None, id="next-line-is-text"),
        pytest.param("10. 1000 / a.12 was", "10.1000/a.12", None, id="blanks-in-the-prefix"),
        pytest.param("10.1000/a(12)b)", "10.1000/a(12)b", None, id="brackets"),
        pytest.param("10.1000/1234", "10.1000/123", "none", id="never-inside-a-number"),
        pytest.param("10.1000/abcd", "10.1000/abc", "none", id="never-inside-a-word"),
        pytest.param("no doi", "10.1000/a", "none", id="no-doi"),
        pytest.param("", "10.1000/a", "none", id="empty"),
    ],
)
def test_the_longest_beginning_that_exists_wins(
    printed: str, known: str, settled: str | None
) -> None:
    found = longest_existing(printed, _known(known, "10.1000/a.20"))
    assert found == (None if settled == "none" else Doi(known))


def test_the_register_is_asked_once() -> None:
    exists = _known()
    assert longest_existing("10.1000/a.2025.3204Journal of", exists) is None
    assert exists.asked == 1


# ---------------------------------------------------------------- long texts

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


# ---------------------------------------------------------------- any input


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    for kind in ("text", "html", "url"):
        for x in find_identifiers(text, kind):
            assert 0 <= x.start < x.end <= len(text)


@given(st.text(alphabet="10.2/ab(DOI)<>&%2Fhtps:\n-;", max_size=60))
def test_the_value_is_the_print_in_lower_case(text: str) -> None:
    for x in find_in_text(f"10.1000/182 {text}"):
        if x.kind == "doi":
            assert x.value == x.printed.lower()
            assert re.match(r"10\.\d", x.value)


@given(st.text(max_size=40))
def test_folding_keeps_each_character_in_its_place(text: str) -> None:
    page = fold(text)
    assert len(page.lower) == len(page.text)
    for i in range(len(page.text)):
        start, end = page.span(i, i + 1)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "unit",
    ["[", "(", "10.", "10.1000/", "doi:", "arxiv ", "%2F", "a.com/", "978-", "pmid ", "handle/20.500."],
)
def test_finding_takes_time_linear_in_the_text(unit: str) -> None:
    """Quadratic search in 100,000 repeats would take minutes; a busy machine gets five seconds."""
    start = time.perf_counter()
    find_in_text(unit * 100_000)
    assert time.perf_counter() - start < 5


def test_the_table_of_the_documentation_shows_every_rule() -> None:
    page = Path(__file__).parents[1] / "docs" / "identifiers.md"
    text = page.read_text(encoding="utf-8")
    for rule in load_rules():
        assert rule.example in text, rule.publisher
