"""`citetrack cite`: lines for stories, entries for reference managers, and what has no record."""

from __future__ import annotations

import builtins
import json
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner, Result

from citetrack.cli import main
from citetrack.cli.dois import read_dois
from citetrack.contract import work_to_csl
from citetrack.errors import ConfigError
from citetrack.exports import styled
from factories import make_work
from test_help import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from crossref_server import CrossrefServer

pytestmark = pytest.mark.usefixtures("quick")
PREPRINT = "10.1101/2020.06.22.20137273"
WORKS = str(DATA / "works.jsonl")
RETRACTED_2020 = "10.1016/s0140-6736(20)31180-6"
BACK_PAIN, RETRACTED = "10.1001/jamanetworkopen.2025.3204", "10.1016/s0140-6736(97)11096-0"


def _cite(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["cite", *arguments], input=stdin, standalone_mode=False)


def _offline(*arguments: str, **more: str) -> Result:
    return _cite(*arguments, "--works", WORKS, "--offline", "--no-cache", **more)


def test_the_news_line_is_who_where_when_and_a_link() -> None:
    assert _offline(f"https://doi.org/{BACK_PAIN.upper()}").stdout == (
        f"Zgierska et al., JAMA Network Open, 7 April 2025, https://doi.org/{BACK_PAIN}\n"
    )


def test_a_retracted_paper_says_so_in_every_style() -> None:
    assert _offline(RETRACTED).stdout.endswith(f"{RETRACTED} [Retracted 6 February 2010]\n")
    assert "[Retracted 6 February 2010]" in _offline(RETRACTED, "--style", "apa").stdout
    assert "note = {Retracted 2010-02-06" in _offline(RETRACTED, "--style", "bibtex").stdout
    assert "N1  - Retracted 2010-02-06" in _offline(RETRACTED, "--style", "ris").stdout
    (item,) = json.loads(_offline(RETRACTED, "--style", "csl-json").stdout)
    assert item["keyword"] == "retracted"


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("news", "Horby et al., medRxiv (preprint), 22 June 2020, https://doi.org/"),
        ("apa", "Preliminary Report [Preprint]. medRxiv. https://doi.org/"),
        ("ieee", f"medRxiv. doi: {PREPRINT}. [Preprint]\n"),
        ("nature", "Preliminary Report. Preprint at https://doi.org/"),
        ("bibtex", "howpublished = {Preprint},"),
        ("ris", "M3  - preprint\n"),
        ("csl-json", '"genre":"preprint"'),
    ],
)
def test_a_preprint_says_so_in_every_style(style: str, said: str) -> None:
    assert said in _offline(PREPRINT, "--style", style).stdout
    assert "reprint" not in _offline(BACK_PAIN, "--style", style).stdout


def test_a_line_for_itself_has_no_number_of_a_list() -> None:
    assert _offline(BACK_PAIN, "--style", "ieee").stdout.startswith("A. E. Zgierska")


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        pytest.param(
            f"{BACK_PAIN}\n\nnonsense\n", "line 3 of standard input: 'nonsense' is", id="no-doi"
        ),
        pytest.param("\n", "standard input is empty", id="empty"),
    ],
)
def test_what_standard_input_lacks_is_said_with_its_place(listed: str, said: str) -> None:
    ran = _offline("-", stdin=listed)
    assert isinstance(ran.exception, click.BadParameter)
    assert said in str(ran.exception)


def test_apa_comes_from_its_csl_style() -> None:
    shown = _offline(BACK_PAIN, "--style", "apa").stdout
    assert shown.startswith("Zgierska, A. E., Edwards, R. R.,")
    assert "(2025). Mindfulness vs" in shown


def test_dois_are_read_from_standard_input_each_once() -> None:
    lines = _offline("-", BACK_PAIN, stdin=f"doi:{RETRACTED}\n\n{BACK_PAIN}\n").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["Wakefield", "Zgierska"]


def test_offline_an_unknown_doi_is_said_and_exit_3_and_the_others_are_printed() -> None:
    ran = _offline("10.5555/nowhere", BACK_PAIN)
    assert ran.return_value == 3
    assert ran.stdout.startswith("Zgierska")
    assert "10.5555/nowhere could not be looked up. Crossref was not asked" in ran.stderr


def test_a_doi_that_nobody_registered_is_exit_1(server: CrossrefServer, tmp_path: Path) -> None:
    db = str(tmp_path / "tracker.db")
    ran = _cite(
        "10.5555/nobody", "--crossref-url", server.url, "--db", db, "--mailto", "a@b.example"
    )
    assert (ran.return_value, ran.stdout) == (1, "")
    assert "10.5555/nobody is not registered" in ran.stderr


def test_a_notice_that_the_record_does_not_name_is_asked_for(
    server: CrossrefServer, tmp_path: Path
) -> None:
    options = ("--crossref-url", server.url, "--db", str(tmp_path / "tracker.db"))
    line = "Ray and Moe, Journal of Made-up Biology, 7 April 2025, https://doi.org/10.5555/tea"
    ran = _cite("10.5555/tea", *options)
    assert (ran.return_value, ran.stdout) == (0, f"{line} [Retracted 2 June 2025]\n")
    server.fail("500", on="filter")
    unasked = _cite("10.5555/tea", "--refresh", *options)
    assert (unasked.return_value, unasked.stdout) == (3, f"{line}\n")
    assert "10.5555/tea: retractions and corrections were not asked for." in unasked.stderr


@pytest.mark.parametrize("text", ["hello", "10.5555", "10.5555/a and 10.5555/b"])
def test_what_is_no_doi_is_wrong_use(text: str) -> None:
    assert "is no DOI" in str(_offline(text).exception)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.5555/A.1", "10.5555/a.1"),
        ("doi:10.5555/a.1.", "10.5555/a.1"),
        ("DOI 10.5555/a.1,", "10.5555/a.1"),
        ("10.5555/a#b", "10.5555/a#b"),
        ("10.5555/a?b", "10.5555/a?b"),
        ("10.5555/100%25", "10.5555/100%25"),
        ("10.5555/a,b", "10.5555/a,b"),
        (
            "10.1002/(SICI)17:15/16<1661::AID>3.0.CO;2-2",
            "10.1002/(sici)17:15/16<1661::aid>3.0.co;2-2",
        ),
        ("https://doi.org/10.5555/a%3Cb%3E", "10.5555/a<b>"),
        ("https://www.thelancet.com/article/PIIS0140-6736(20)31180-6/fulltext", RETRACTED_2020),
    ],
)
def test_a_doi_is_taken_whole_and_never_cut_into_another(text: str, value: str) -> None:
    assert [d.value for d in read_dois([text])] == [value]


def test_a_style_that_does_not_exist_is_said_with_those_that_do() -> None:
    error = _offline(BACK_PAIN, "--style", "nonsense").exception
    assert isinstance(error, ConfigError)
    assert "There is no style nonsense" in str(error)


def test_without_the_extra_a_csl_style_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("citeproc"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError, match=r"pip install 'citetrack\[csl\]'"):
        list(styled.pieces([], "apa"))


@pytest.mark.parametrize(
    ("containers", "short"),
    [
        (("Journal of Made-up Biology", "J. Made-up Biol."), "J. Made-up Biol."),
        (("JAMA Network Open", "JAMA Netw Open"), "JAMA Netw Open"),
        (("Science", "Science"), None),
        (("Lecture Notes", "Another Series"), None),
        (("PLOS ONE",), None),
    ],
)
def test_the_abbreviation_is_taken_only_for_the_same_journal(
    containers: tuple[str, ...], short: str | None
) -> None:
    item = work_to_csl(make_work(containers=containers))
    assert item.get("container-title-short") == short
