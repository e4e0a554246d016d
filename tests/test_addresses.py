"""Addresses: what needs a lookup, what proxies hide, and the tables that the rules stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from citetrack.identifiers import load_rules, needs_lookup
from citetrack.identifiers.addresses import plain_host
from citetrack.identifiers.landing import mdpi_abbreviations


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


def test_the_table_of_the_documentation_shows_every_rule() -> None:
    page = Path(__file__).parents[1] / "docs" / "identifiers.md"
    text = page.read_text(encoding="utf-8")
    for rule in load_rules():
        assert rule.example in text, rule.publisher
