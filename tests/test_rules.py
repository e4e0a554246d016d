"""Every code has its text, its page and its place in the list; the pages are what the text says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from citetrack.checks.codes import CODES
from citetrack.checks.rules import find_rule, index, page, rules
from citetrack.cli.rule import rule
from citetrack.errors import InputError

CHECKS = Path(__file__).parents[1] / "src" / "citetrack" / "checks"
PAGES = Path(__file__).parents[1] / "docs" / "rules"
#: The outside contract's codes; later ones are appended.
CONTRACT = {
    *(f"CT10{i}" for i in range(1, 6)),
    *(f"CT20{i}" for i in range(1, 7)),
    *(f"CT30{i}" for i in range(1, 5)),
    *("CT401", "CT402", "CT501", "CT502", "CT503", "CT504", "CT901", "CT902"),
}


def _written(path: Path) -> str:
    """Return the generated part of a page."""
    return path.read_text(encoding="utf-8").split("]]] -->\n", 1)[1].rsplit("<!-- [[[end", 1)[0]


def test_the_codes_of_the_contract_are_all_there() -> None:
    assert set(CODES) >= CONTRACT


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_page_made_from_its_text(code: str) -> None:
    assert _written(PAGES / f"{code}.md") == page(code)


def test_the_index_lists_every_code_and_no_page_is_left_over() -> None:
    assert index() in (PAGES / "README.md").read_text(encoding="utf-8")
    assert {p.stem for p in PAGES.glob("CT*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_text_says_what_when_an_example_and_what_to_do_in_whole_sentences(code: str) -> None:
    one = find_rule(code)
    for text in (one.means, one.raised, one.message, one.do):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith((".", "?"))
    assert one.story
    assert one.record


@pytest.mark.parametrize("code", CODES)
def test_a_code_that_no_check_raises_says_so_on_its_page(code: str) -> None:
    checks = (p for p in CHECKS.glob("*.py") if p.stem not in {"codes", "rules"})
    raised = any(f'"{code}"' in p.read_text(encoding="utf-8") for p in checks)
    assert find_rule(code).raised.startswith("Not raised by this version") != raised


def test_a_code_is_found_in_any_letter_case_and_shown_within_80_columns() -> None:
    shown = CliRunner().invoke(rule, ["ct201"], env={"COLUMNS": "80"}).stdout
    assert "retracted, withdrawn or removed" in shown
    assert "What to do" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_without_a_code_all_are_listed_and_as_json_too() -> None:
    shown = CliRunner().invoke(rule, []).stdout
    assert re.findall(r"^CT\d{3}", shown, re.MULTILINE) == sorted(CODES)
    marked = re.findall(r"^(CT\d{3}).*\(not raised by this version\)$", shown, re.MULTILINE)
    assert marked == ["CT501", "CT502", "CT503", "CT504"]
    listed = json.loads(CliRunner().invoke(rule, ["--json"]).stdout)
    assert [r["code"] for r in listed] == sorted(CODES)
    assert set(listed[0]) >= {"severity", "title", "means", "raised", "do"}


def test_an_unknown_code_is_one_sentence_that_says_where_the_list_is() -> None:
    with pytest.raises(InputError, match=r"There is no code CT999\. `citetrack rule`"):
        find_rule("CT999")


def test_the_rules_are_read_once() -> None:
    assert rules() is rules()
