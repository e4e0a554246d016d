"""Records become works: whatever is missing, null or odd costs that field and nothing else."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.errors import MalformedRecord
from citetrack.model import Contributor, Doi, PartialDate
from citetrack.record import work_from_bytes
from citetrack.record.clean import clean_abstract, clean_text
from records import DOI, work

if TYPE_CHECKING:
    from pathlib import Path


def test_a_record_with_nothing_but_a_doi_is_a_work() -> None:
    bare = work()
    assert (bare.doi, bare.type, bare.title, bare.updates) == (Doi(DOI), "document", None, ())


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"10.5555/tea"', id="string"),
        pytest.param(b"{}", id="no-doi"),
        pytest.param(b'{"DOI": null}', id="null-doi"),
        pytest.param(b'{"DOI": ["10.5555/tea"]}', id="list-doi"),
        pytest.param(b'{"DOI": "tea"}', id="no-doi-syntax"),
        pytest.param(b'{"DOI": "10.5555/\\u001b[31m"}', id="escape-in-doi"),
        pytest.param(b'{"DOI": "10.5555/tea"', id="cut"),
        pytest.param(b'{"DOI": "10.5555/\xff"}', id="not-utf-8"),
        pytest.param(b"[" * 200_000, id="nested"),
    ],
)
def test_what_is_no_record_is_said_to_be_none(line: bytes) -> None:
    with pytest.raises(MalformedRecord, match=r"^[^\n]+\.$"):
        work_from_bytes(line)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert work_from_bytes(b'\xef\xbb\xbf{"DOI": "10.5555/TEA"}').doi == Doi(DOI)


def test_fields_of_the_wrong_type_cost_only_themselves() -> None:
    odd = work(
        title="Tea slows snails",
        volume=12,
        page={"first": 1},
        author=[{"family": "Ray", "given": 5}, "Ann Ray", None, {"name": "Snail Group"}],
        issued=7,
        created={"date-parts": [["2025", "04", None]]},
        relation={"has-review": [3, {"id": "10.5555/R", "id-type": "doi"}], "x": None, "y": "z"},
        score="high",
        resource=[],
    )
    assert (odd.title, odd.volume, odd.page, odd.score) == ("Tea slows snails", "12", None, None)
    assert [a.name for a in odd.authors] == ["5 Ray", "Snail Group"]
    assert odd.dates == (("created", PartialDate(2025, 4)),)
    assert odd.relations == (("has-review", "10.5555/r"),)


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("CO<sub>2</sub> and <i>E. coli</i>", "CO2 and E. coli", id="html"),
        pytest.param("Mathematics &amp; Applications", "Mathematics & Applications", id="entity"),
        pytest.param("A &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; idea", "A bold idea", id="twice"),
        pytest.param("Bold &lt;b&gt;idea&lt;/b&gt;", "Bold idea", id="escaped-tag"),
        pytest.param("Tea&lt;subtitle&gt;A trial&lt;/subtitle&gt;", "Tea A trial", id="subtitle"),
        pytest.param("p &lt; 0.05 &amp; n > 3", "p < 0.05 & n > 3", id="less-than"),
        pytest.param("At 10<sup>6</sup> cells", "At 10^6 cells", id="power"),
        pytest.param("At 10<sup>&#8722;6</sup> M", "At 10^\N{MINUS SIGN}6 M", id="negative-power"),
        pytest.param("R<sup>2</sup> and Fe<sup>3+</sup>", "R2 and Fe3+", id="no-power"),
        pytest.param("Long\n   blanks\tand tabs ", "Long blanks and tabs", id="blanks"),
        pytest.param("escape\x1b[31m \u202edrow", "escape [31m drow", id="terminal"),
        pytest.param(
            '<mml:math xmlns:mml="x"><mml:msub><mml:mi>T</mml:mi><mml:mn>c</mml:mn></mml:msub>'
            "</mml:math> in YBCO",
            "Tc in YBCO",
            id="mathml",
        ),
        pytest.param(
            "<tex-math>$T_c$</tex-math><mml:math><mml:mi>T</mml:mi></mml:math> rises",
            "T rises",
            id="tex-beside-mathml",
        ),
        pytest.param("<i> </i>", None, id="nothing"),
    ],
)
def test_a_title_is_freed_of_markup(raw: str, clean: str | None) -> None:
    assert work(title=[raw]).title == clean


def test_an_empty_title_gives_way_to_the_original_one() -> None:
    assert work(title=["", None], original_title=["Le thé"]).title == "Le thé"


def test_the_headings_of_an_abstract_stay_apart_from_its_sentences() -> None:
    raw = """<jats:title>Abstract</jats:title><jats:sec><jats:title>Importance</jats:title>
      <jats:p>Snails are <jats:italic>slow</jats:italic>.</jats:p></jats:sec>
      <jats:sec><jats:title>Findings</jats:title><jats:p>Tea was  slower
      (p &lt; .05).</jats:p></jats:sec>"""
    assert work(abstract=raw).abstract == (
        "Importance\n\nSnails are slow.\n\nFindings\n\nTea was slower (p < .05)."
    )


@pytest.mark.parametrize(
    "raw",
    [
        "",
        ".",
        "<jats:p>-</jats:p>",
        "<jats:p />",
        "<jats:p>n/a</jats:p>",
        "Abstract not Available.",
        "<jats:title>Abstract</jats:title><jats:p>No abstract available.</jats:p>",
        "[No abstract is provided]",
        "An abstract is not available.",
    ],
)
def test_a_placeholder_is_no_abstract(raw: str) -> None:
    assert work(abstract=raw).abstract is None


@pytest.mark.parametrize("raw", ["No abstract concept helped the snails.", "Snails."])
def test_a_short_abstract_is_one(raw: str) -> None:
    assert work(abstract=raw).abstract == raw


@pytest.mark.parametrize("clean", [clean_text, clean_abstract])
@pytest.mark.parametrize(
    "piece", ["<", "<a ", "&", "&amp;", "&lt;b&gt;", "<!--", "1<sup>", " \n", "<p>", "abstract "]
)
def test_cleaning_is_linear_in_the_length(piece: str, clean: Any) -> None:
    start = time.process_time()
    clean(piece * 100_000)
    assert time.process_time() - start < 1.0


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ([[2025, 4, 7]], PartialDate(2025, 4, 7)),
        ([[2025, 4]], PartialDate(2025, 4)),
        ([[2025]], PartialDate(2025)),
        ([["2025", "4"]], PartialDate(2025, 4)),
        ([[2025, 13, 1]], PartialDate(2025)),
        ([[2025, 2, 30]], PartialDate(2025, 2)),
        ([[2024, 2, 29]], PartialDate(2024, 2, 29)),
        ([[2025, 0, 0]], PartialDate(2025)),
        ([[None]], None),
        ([[]], None),
        ([None], None),
        ([], None),
        (None, None),
        ([[0]], None),
        ([[20255]], None),
        ([["spring"]], None),
        ([[1e300]], None),
    ],
)
def test_a_date_is_read_as_far_as_it_makes_sense(parts: Any, date: PartialDate | None) -> None:
    assert work(issued={"date-parts": parts}).issued == date


def test_the_day_of_issue_is_the_earliest_where_the_record_gives_none() -> None:
    dated = work(
        issued={"date-parts": [[None]]},
        published_print={"date-parts": [[2025, 6]]},
        published_online={"date-parts": [[2025, 4, 7]]},
        created={"date-parts": [[2025, 3, 1]]},
        indexed={"date-parts": [[2020]]},
    )
    assert dated.issued == PartialDate(2025, 4, 7)
    assert [kind for kind, _ in dated.dates] == ["published-online", "published-print", "created"]


# ---------------------------------------------------------------- people, journals, types


def test_people_and_groups_are_authors() -> None:
    authors = work(
        author=[
            {
                "family": "M&uuml;ller",
                "given": "A.",
                "ORCID": "http://orcid.org/0000-0002-1825-009x",
                "affiliation": [{"name": "Snail  Institute"}, {"id": []}],
            },
            {"name": "The <i>Snail</i> Group", "affiliation": None},
            {"given": "Madonna"},
            {"sequence": "additional"},
        ]
    ).authors
    assert authors == (
        Contributor("Müller", "A.", None, "0000-0002-1825-009X", ("Snail Institute",)),
        Contributor(literal="The Snail Group"),
        Contributor(literal="Madonna"),
    )


def test_a_journal_is_known_by_its_full_name_first() -> None:
    journal = work(
        container_title=["Snails &amp; Slugs", "Snails &amp; Slugs"],
        short_container_title=["Snails Slugs"],
        ISSN=["1234-5678", None],
    )
    assert (journal.containers, journal.issn) == (
        ("Snails & Slugs", "Snails Slugs"),
        ("1234-5678",),
    )


def test_a_preprint_is_contained_in_its_server() -> None:
    preprint = work(
        type="posted-content",
        subtype="preprint",
        institution=[{"name": "snailRxiv"}],
        posted={"date-parts": [[2025, 1, 2]]},
    )
    assert (preprint.type, preprint.registered_type, preprint.subtype, preprint.container) == (
        "article",
        "posted-content",
        "preprint",
        "snailRxiv",
    )
    assert preprint.issued == PartialDate(2025, 1, 2)


@pytest.mark.parametrize(
    ("registered", "csl"),
    [
        ("journal-article", "article-journal"),
        ("book-chapter", "chapter"),
        ("proceedings-article", "paper-conference"),
        ("component", "document"),
        ("something-new", "document"),
        ("article-journal", "article-journal"),
        (None, "document"),
    ],
)
def test_types_are_csl_words(registered: str | None, csl: str) -> None:
    assert work(type=registered).type == csl


def test_addresses_and_identifiers_are_kept() -> None:
    kept = work(
        resource={"primary": {"URL": "https://snails.example/tea"}},
        alternative_id=["S1", None],
        aliases=["10.5555/OLD"],
        relation={
            "is-preprint-of": [{"id-type": "doi", "id": "10.5555/ARTICLE"}],
            "cites": [{"id-type": "doi", "id": "10.5555/1"}],
        },
    )
    assert kept.landing_url == "https://snails.example/tea"
    assert (kept.alternative_ids, kept.aliases) == (("S1",), ("10.5555/old",))
    assert kept.relations == (("is-preprint-of", "10.5555/article"),)


# ---------------------------------------------------------------- real records


@pytest.mark.shared
def test_every_collected_record_is_read(shared: Path) -> None:
    files = [shared / "crossref" / f"works-{part}.jsonl.gz" for part in ("dev", "more")]
    lines = [line for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
    works = [work_from_bytes(line) for line in lines]
    assert len(works) == 14_133
    assert not [w.doi for w in works for t in (w.title or "", w.abstract or "") if "</" in t]
    by_doi = {w.doi.value: w for w in works}
    assert by_doi["10.1016/j.brainres.2022.148038"].updates[-1].type == "retraction"
    twice = by_doi["10.1016/s0140-6736(97)11096-0"].updates
    assert [(u.type, str(u.date)) for u in twice] == [
        ("correction", "2004-03-06"),
        ("retraction", "2010-02-06"),
    ]
