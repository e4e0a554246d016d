"""Identifiers in text, markup and addresses: what is found, where, and what is left alone."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citetrack
from citetrack.identifiers import find_identifiers, find_in_text, identifiers_of_url, needs_lookup
from citetrack.identifiers.folding import fold
from citetrack.identifiers.landing import LOOKUP, Rule, load_rules


def _found(text: str, kind: str = "text") -> list[tuple[str, str]]:
    return [(x.kind, x.value) for x in citetrack.find_identifiers(text, kind)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("DOI: 10.5555/Jama.2025.3204.", "10.5555/jama.2025.3204", id="final-stop"),
        pytest.param("(doi:10.5555/2013.2502(04))", "10.5555/2013.2502(04)", id="own-parentheses"),
        pytest.param("https://dx.doi.org/10.5555/abc", "10.5555/abc", id="dx"),
        pytest.param("https://doi-org.proxy.example/10.5555/abc", "10.5555/abc", id="proxy"),
        pytest.param("10.5555%2Fabc.1", "10.5555/abc.1", id="percent"),
        pytest.param("10.5555/\nABC1805819\n", "10.5555/abc1805819", id="line-break"),
        pytest.param("10.5555/ab\u00adc\u200b.12", "10.5555/abc.12", id="invisible"),
        pytest.param("10.5555/abc\u20112012", "10.5555/abc-2012", id="unicode-hyphen"),
        pytest.param("10.1002/abc.123/full", "10.1002/abc.123", id="full"),
        pytest.param("10.1002/abc.123/abstract", "10.1002/abc.123", id="abstract"),
        pytest.param("https://x.example/10.5555/abc.pdf", "10.5555/abc", id="pdf"),
        pytest.param("10.2210/pdb1abc/pdb", "10.2210/pdb1abc/pdb", id="pdb-is-its-own"),
        pytest.param("[paper](https://doi.org/10.5555/abc)", "10.5555/abc", id="markdown"),
        pytest.param(
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
            id="sici",
        ),
    ],
)
def test_a_doi_ends_where_the_publisher_ended_it(text: str, value: str) -> None:
    assert _found(text) == [("doi", value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID: 40193148", ("pmid", "40193148")),
        ("PMCID: PMC7095418", ("pmcid", "PMC7095418")),
        ("arXiv:1706.03762v5", ("arxiv", "1706.03762")),
        ("arXiv:2304.01234v2 [q-bio.NC] 5 Apr 2023", ("arxiv", "2304.01234")),
        ("hep-th/9901001 on arXiv: hep-th/9901001", ("arxiv", "hep-th/9901001")),
        ("ISBN 978-0-306-40615-7", ("isbn", "9780306406157")),
        ("ISBN 0-306-40615-2", ("isbn", "9780306406157")),
        ("NCT03797326", ("nct", "NCT03797326")),
        ("ISRCTN12345678", ("isrctn", "ISRCTN12345678")),
        ("https://hdl.handle.net/10149/596901", ("handle", "10149/596901")),
        ("doi:10/gf4gqc", ("shortdoi", "10/gf4gqc")),
        ("ORCID iD: 0000-0001-5109-3700", ("orcid", "0000-0001-5109-3700")),
    ],
)
def test_every_kind_is_found_in_its_canonical_form(text: str, expected: tuple[str, str]) -> None:
    assert expected in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It cost 10.50/kg and 10.2018/abc.jpg showed it.",
        "a score of 10/10, page 10/abc",
        "the number 40193148 alone, and NCT123",
        "ISBN 978-0-306-40615-8",
        "0000-0002-1825-0098",
        "on 25.10.2015/2137303 at 10.30/11.00",
        "version 10.4.1/linux and 192.10.1000/24",
    ],
)
def test_what_only_looks_like_an_identifier_is_left_alone(text: str) -> None:
    assert _found(text) == []


_RULES = [pytest.param(r, id=f"{n}-{r.publisher}") for n, r in enumerate(load_rules())]


@pytest.mark.parametrize("rule", _RULES)
def test_every_row_of_the_table_does_to_its_example_what_it_says(rule: Rule) -> None:
    if rule.kind == LOOKUP:
        assert needs_lookup(rule.example)
        assert "doi" not in {x.kind for x in identifiers_of_url(rule.example)}
    else:
        assert (rule.kind, rule.result) in _found(rule.example, "url")
        assert not (rule.kind == "doi" and needs_lookup(rule.example))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>doi: 10.5555/<i>ab</i>c<wbr>d.1</p>", [("doi", "10.5555/abcd.1")]),
        ("<p>10.5555/abc</p><p>Next</p>", [("doi", "10.5555/abc")]),
        ('<a href="https://doi.org/10.5555/abc">here</a>', [("doi", "10.5555/abc")]),
        ('<meta name="citation_doi" content="10.5555/abc">', [("doi", "10.5555/abc")]),
        ("<!-- 10.5555/no --><style>10.5555/no</style>", []),
        ("<script>var x = '10.5555/no'</script>", []),
        ("10.1002/a(1)1:2&lt;3::AID-X4&gt;3.0.CO;2-5",
         [("doi", "10.1002/a(1)1:2<3::aid-x4>3.0.co;2-5")]),
    ],
)  # fmt: skip
def test_markup_is_read_as_a_reader_sees_it(html: str, expected: list[tuple[str, str]]) -> None:
    assert _found(html, "html") == expected


@pytest.mark.parametrize(
    "text",
    ["See doi:10.5555/ABC\u200b.12 now", "x 10.5555%2FAbc.", "(10.5555/a(1)2) and PMID: 40193148"],
)
def test_the_span_covers_what_is_printed_and_the_case_is_kept(text: str) -> None:
    for x in citetrack.find_identifiers(text):
        assert 0 <= x.start < x.end <= len(text)
        assert x.printed.lower() == x.value or x.kind != "doi"


def test_an_unknown_kind_of_input_is_wrong_use() -> None:
    with pytest.raises(ValueError, match="kind must be"):
        citetrack.find_identifiers("x", "pdf")


@given(st.text(max_size=200), st.sampled_from(["text", "html", "url"]))
def test_no_input_breaks_the_finders_and_spans_lie_within(text: str, kind: str) -> None:
    found = citetrack.find_identifiers(text, kind)
    assert all(0 <= x.start <= x.end <= len(text) for x in found)


@given(st.from_regex(r"10\.[1-9][0-9]{3}/[a-z]{2,5}[a-z0-9]{1,6}[.-][0-9]{2,6}", fullmatch=True))
def test_a_plain_doi_between_words_is_found_as_it_is(doi: str) -> None:
    assert [x.value for x in find_in_text(f"It says {doi} here.")] == [doi]


@pytest.mark.parametrize(
    ("source", "kind", "printed", "quote"),
    [
        pytest.param(
            "See doi:10.1000/ABC.1.", "text", "10.1000/ABC.1", "10.1000/ABC.1", id="plain"
        ),
        pytest.param(
            "x https://doi.org/10.1000%2FAbc.1?y=1",
            "text",
            "10.1000/Abc.1",
            "10.1000%2FAbc.1",
            id="percent-escapes",
        ),
        pytest.param(
            "10.1000/ab\u00adc-\n12 x",
            "text",
            "10.1000/abc-12",
            "10.1000/ab\u00adc-\n12",
            id="broken",
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


@pytest.mark.parametrize("kind", ["text", "html", "url"])
def test_nothing_is_found_in_nothing(kind: str) -> None:
    assert find_identifiers("", kind) == []


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
    [
        "[",
        "(",
        "10.",
        "10.1000/",
        "doi:",
        "arxiv ",
        "%2F",
        "a.com/",
        "978-",
        "pmid ",
        "handle/20.500.",
    ],
)
def test_finding_takes_time_linear_in_the_text(unit: str) -> None:
    """Quadratic search in 100,000 repeats would take minutes; a busy machine gets five seconds."""
    start = time.perf_counter()
    find_in_text(unit * 100_000)
    assert time.perf_counter() - start < 5
