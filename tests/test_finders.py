"""Journals, people and reference blocks found in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetrack.blocks import find_blocks
from citetrack.containers import find_containers
from citetrack.figures import find_figures
from citetrack.mentions import find_mentions
from citetrack.model import Article, Link, Zone, ZoneSpan
from citetrack.people import find_people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Published on 7 April in JAMA Network Open, the trial is", ["JAMA Network Open"]),
        ("Journal information: JAMA Network Open Provided by Penn", ["JAMA Network Open"]),
        ("published in the journal Science on Thursday.", ["Science"]),
        ("erschien im Fachmagazin »Nature« am Mittwoch", ["Nature"]),
        ("dans la revue Nature Climate Change", ["Nature Climate Change"]),
        ("publicado en la revista Cell", ["Cell"]),
        ("described on Thursday in the journal eLife. Then", ["eLife"]),
        ("published by the journal Gut\nBy our reporter", ["Gut"]),
        ("appeared in the Journal of the American Geriatrics Society.",
         ["Journal of the American Geriatrics Society"]),
        ("JOURNAL\nNew England Journal of Medicine\n", ["New England Journal of Medicine"]),
        ("writing in the Lancet Oncology, they", ["The Lancet Oncology"]),
    ],
)  # fmt: skip
def test_a_journal_is_found_after_a_clear_cue(text: str, names: list[str]) -> None:
    assert [m.value for m in find_containers(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "A journal kept by Mrs Ellerby lies open in the Study.",
        "Nature abhors a vacuum, and so does Science.",
        "The study was done in London.",
        "He wrote in The Guardian that",
        "The Journal, the daily newspaper, was published in Boston.",
    ],
)
def test_a_capitalised_word_without_a_cue_is_no_journal(text: str) -> None:
    assert list(find_containers(text)) == []


@pytest.mark.parametrize(
    ("text", "name", "kind", "role"),
    [
        ("said Professor Ana Ruiz, lead author of the study.", "Ana Ruiz", "author", "author"),
        ("Ben Okri, who runs a charity and is a co-author of the paper, said", "Ben Okri",
         "author", "author"),
        ("The team was led by Mei Lin of Example University.", "Mei Lin", "author", "author"),
        ("Jo van Dam and colleagues found it.", "Jo van Dam", "author", "author"),
        ("Dr Ola Berg, who was not involved, was cautious.", "Ola Berg", "person", "outsider"),
        ("die Ärztin Dr. Ute Kahn, die nicht an der Studie beteiligt war", "Ute Kahn", "person",
         "outsider"),
        ("Dr Ola Berg said so.", "Ola Berg", "person", None),
    ],
)  # fmt: skip
def test_a_person_is_found_with_the_role_told_beside_the_name(
    text: str, name: str, kind: str, role: str | None
) -> None:
    assert [(m.value, m.kind, m.role) for m in find_people(text)] == [(name, kind, role)]


@pytest.mark.parametrize(
    "text",
    [
        "a multi-institutional team led by Penn State College of Medicine",
        "Mindfulness and Cognitive Therapy for Chronic Low Back Pain",
        "on Monday the New York office",
    ],
)
def test_bodies_and_headlines_are_no_people(text: str) -> None:
    assert list(find_people(text)) == []


_BLOCKS = {
    "comma-separated": (
        "More information: Ana Ruiz et al, A trial of rest, with music, in adults, Sleep Science"
        " (2024). DOI: 10.5555/x",
        ["Ana Ruiz"], "A trial of rest, with music, in adults", "Sleep Science",
    ),
    "numbered-list": (
        "Journal Reference:\n1. Ana B. Ruiz, Jo van Dam. Rest and music in adults. Sleep Science,"
        " 2024; 12 (3): 44 DOI: 10.5555/x",
        ["Ana B. Ruiz", "Jo van Dam"], "Rest and music in adults", "Sleep Science",
    ),
    "family-first": (
        "Journal reference:\nRuiz, A. B., et al. (2024) Rest and music in adults. Sleep Science."
        " doi.org/10.5555/x.",
        ["Ruiz, A. B."], "Rest and music in adults", "Sleep Science",
    ),
    "day-before-the-year": (
        "Reference: A. B. Ruiz et al., “Rest and music in adults”, Sleep Science, 2 May 2024,"
        " doi:10.5555/x",
        ["A. B. Ruiz"], "Rest and music in adults", "Sleep Science",
    ),
    "online-on-a-day": (
        "Reference: Ruiz AB et al. Rest and music in adults. Sleep Science, online May 2, 2024.",
        ["Ruiz AB"], "Rest and music in adults", "Sleep Science",
    ),
    "bare-year": (
        "Full citation: Ruiz et al. 2024. Rest and music in adults. Sleep Science.",
        ["Ruiz"], "Rest and music in adults", "Sleep Science",
    ),
    "volume-and-pages": (
        "Reference: Ruiz, A. B., & Dam, J. (2024). Rest and music in adults."
        " Sleep Science, 12, 3-9.",
        ["Ruiz, A. B.", "Dam, J"], "Rest and music in adults", "Sleep Science",
    ),
    "issue-and-number": (
        "Citation: Ruiz et al (2024) Rest and music in adults. Sleep Science 14(3): e0123456.",
        ["Ruiz"], "Rest and music in adults", "Sleep Science",
    ),
    "quoted-title": (
        "Reference: “Rest and music in adults” by A. B. Ruiz, J. Dam and K. Ito, 2 May 2024,"
        " Sleep Science.\nDOI: 10.5555/x",
        ["A. B. Ruiz", "J. Dam", "K. Ito"], "Rest and music in adults", "Sleep Science",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "authors", "title", "journal"), _BLOCKS.values(), ids=_BLOCKS)
def test_a_reference_block_is_taken_apart(
    text: str, authors: list[str], title: str, journal: str
) -> None:
    found = [(m.kind, m.value) for m in find_blocks(text) if m.kind != "reference"]
    assert [v for k, v in found if k == "author"] == authors
    assert [v for k, v in found if k == "title"] == [title]
    assert [v for k, v in found if k == "container"] == [journal]


def test_a_title_of_a_release_box_stands_below_its_label() -> None:
    for gap in ("\n", "\n\n"):
        text = f"Article Title\nRest and music in healthy adults{gap}Article Publication Date\nMay"
        assert [m.value for m in find_blocks(text) if m.kind == "title"] == [
            "Rest and music in healthy adults"
        ]


def test_every_mention_quotes_the_text_at_its_offsets_and_knows_its_zone() -> None:
    text = (
        "Ana Ruiz and colleagues write in the journal Gut. DOI: 10.5555/abc\n\nRelated: 10.5555/no"
    )
    article = Article("x", text, zones=(ZoneSpan(text.index("Related"), len(text), Zone.RELATED),))
    mentions = find_mentions(article)
    assert all(text[m.start : m.end] == m.quote for m in mentions)
    assert [(m.kind, m.value, m.zone) for m in mentions] == [
        ("author", "Ana Ruiz", Zone.BODY),
        ("container", "Gut", Zone.BODY),
        ("doi", "10.5555/abc", Zone.BODY),
        ("doi", "10.5555/no", Zone.RELATED),
    ]


def test_a_hyperlink_is_a_mention_at_its_anchor_with_the_doi_as_printed() -> None:
    text = "They describe it in the paper at length."
    link = Link("https://www.science.org/doi/10.1126/SCIADV.1700782?x=1", 20, 29)
    (mention,) = find_mentions(Article("x", text, links=(link,)))
    assert (mention.kind, mention.value, mention.quote) == (
        "doi", "10.1126/sciadv.1700782", "the paper",
    )  # fmt: skip
    assert mention.printed == "10.1126/SCIADV.1700782"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("27% of 1,961 adults", [(27, "%", "percent"), (1961, "adults", "count")]),
        ("some 3.04 billion", [(3.04e9, None, "number")]),
        ("up 4 percentage points", [(4, None, "number")]),
        ("rose by 4 percent points", [(4, "percentage points", "percent")]),
        ("in 2025, on 10.5555/123", []),
        ("8 weeks", [(8, "weeks", "measure")]),
    ],
)
def test_figures_carry_their_unit(text: str, figures: list[tuple[object, ...]]) -> None:
    assert [(f.value, f.unit, f.kind) for f in find_figures(text)] == figures


@given(st.text(max_size=300))
def test_no_text_breaks_the_finders(text: str) -> None:
    assert all(text[m.start : m.end] == m.quote for m in find_mentions(Article("x", text)))
