"""Reading a writer's draft."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from citetrack.errors import EmptyArticle, UnreadableSource
from citetrack.ingest.docx import MAX_XML, read_docx
from citetrack.model import Zone

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{kind}{''.join(runs)}</w:p>"


def link(text: str) -> str:
    return f'<w:hyperlink r:id="link">{run(text)}</w:hyperlink>'


def draft(body: str, note: str = "", **parts: str) -> bytes:
    """Return the smallest .docx with this body, a footnote and a link to a DOI."""
    names = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
        'Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body>{body}'
        "</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="link" Type="{_OFFICE}/hyperlink" TargetMode="External" '
        f'Target="https://doi.org/10.1000/link"/><Relationship Id="f" Type="{_OFFICE}/footnotes" '
        'Target="footnotes.xml"/><Relationship Id="s" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="2">{note}'
        "</w:footnote></w:footnotes>",
        "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="T">'
        '<w:name w:val="Title"/></w:style></w:styles>',
        **parts,
    }
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in names.items():
            archive.writestr(name, text)
    return file.getvalue()


TITLE = paragraph(run("Dough that sleeps"), style="T")


def test_title_links_and_footnotes_are_kept() -> None:
    body = TITLE + paragraph(run("So says "), link("a study"), run("."), _NOTE)
    article = read_docx(draft(body, paragraph(run("A. Baker, 10.1000/foot"))), source="draft.docx")
    assert article.title == "Dough that sleeps"
    assert article.zone_at(0) is Zone.HEADLINE
    assert [(x.url, article.text[x.start : x.end]) for x in article.links] == [
        ("https://doi.org/10.1000/link", "a study")
    ]
    assert article.zone_at(article.text.index("10.1000/foot")) is Zone.MORE_INFORMATION
    assert "\u2191" not in article.text


def test_a_word_in_several_runs_stays_one_word() -> None:
    body = TITLE + paragraph(run("See 10.1000/"), run("ab"), run("cd"), run(" there."))
    assert "See 10.1000/abcd there." in read_docx(draft(body), source="x").text


def test_a_short_first_paragraph_is_the_title_of_an_unstyled_draft() -> None:
    body = paragraph(run("Dough that sleeps")) + paragraph(run("Bakers rest their dough."))
    assert read_docx(draft(body), source="x").title == "Dough that sleeps"


def test_a_reference_block_is_more_information() -> None:
    body = TITLE + paragraph(run("Dough.")) + paragraph(run("Journal reference: Bread, 10.1000/x"))
    article = read_docx(draft(body), source="x")
    assert article.zone_at(article.text.index("10.1000/x")) is Zone.MORE_INFORMATION


def test_an_empty_draft_says_so() -> None:
    with pytest.raises(EmptyArticle, match="no text"):
        read_docx(draft(paragraph()), source="x")


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aa">]><w:document/>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"PK\x03\x04 and nothing", "damaged", id="no-archive"),
        pytest.param(draft(TITLE)[:700], "damaged", id="cut-off"),
        pytest.param(draft("<w:p>"), "damaged", id="broken-xml"),
        pytest.param(draft("", **{"word/document.xml": ENTITIES}), "entities", id="entities"),
        pytest.param(draft(paragraph(run("a" * MAX_XML))), "more than 10 MB", id="too-large"),
    ],
)
def test_what_is_no_sound_draft_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableSource, match=says):
        read_docx(data, source="x")


def test_another_archive_is_no_draft() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableSource, match="no Word document"):
        read_docx(file.getvalue(), source="x")
