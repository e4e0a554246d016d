"""A writer's draft (.docx) becomes an Article: mammoth makes a page of it, read like any other."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from citetrack.errors import EmptyArticle, UnreadableSource
from citetrack.ingest.compose import Composer
from citetrack.ingest.html import find_evidence
from citetrack.model import Article, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.ingest.outline import Block

#: What the XML parts of a draft may unpack to; a book of 500 pages has 4 MB, and mammoth's parser
#: holds about twenty times as much.
MAX_XML = 10_000_000
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_XML = (".xml", ".rels")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STYLES = """p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p.caption:fresh
u => u"""
_TITLE_WORDS = 25
_BACK_TO_TEXT = "\u2191"
_NOTE = re.compile(r"#(?:foot|end)note-ref-")
_NOTE_NUMBER = re.compile(r"#(?:foot|end)note-\d")


def read_docx(data: bytes, *, source: str) -> Article:
    """Return the story in a draft, with its links; footnotes and endnotes are more information.

    Raises `UnreadableSource` for a file that is damaged, protected or too large, `EmptyArticle` for
    a draft without text.
    """
    _examine(data)
    evidence = find_evidence(f"<html><body>{_converted(data)}</body></html>")
    blocks = _without_back_links(evidence.page.blocks)
    zones = [_zone(block) for block in blocks]
    headline = _headline(blocks)
    if headline is not None:
        zones[headline] = Zone.HEADLINE
    composer = Composer(_resolve)
    for number, (block, zone) in enumerate(zip(blocks, zones, strict=True)):
        listed = number > 0 and block.tag == "li" and blocks[number - 1].node is block.node
        composer.block(block, zone, joint="\n" if listed else "\n\n")
        composer.bare_links()
    if not composer.out.length:
        raise EmptyArticle("This draft holds no text.", hint="Give a draft with a story.")
    return Article(
        source=source,
        text=composer.out.text,
        title=None if headline is None else blocks[headline].text,
        zones=tuple(composer.out.zones),
        links=tuple(sorted(composer.out.links, key=lambda x: (x.start, x.end))),
        reader="docx",
    )


def _examine(data: bytes) -> None:
    """Refuse what is no draft, before a parser sees it."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = [p for p in archive.infolist() if p.filename.endswith(_XML)]
            if not any(_DOCUMENT.fullmatch(p.filename) for p in parts):
                raise UnreadableSource(
                    "This is a ZIP archive, but no Word document.", hint="Save the draft as .docx."
                )
            if any(p.flag_bits & 1 for p in parts):
                raise UnreadableSource("This draft is protected.", hint="Save it without.")
            left = MAX_XML
            for part in parts:
                with archive.open(part) as file:
                    text = file.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise UnreadableSource(
                        f"This draft holds more than {MAX_XML // 1_000_000} MB of text.",
                        hint="Save it as plain text.",
                    )
                if _ENTITIES.search(text):
                    raise UnreadableSource(
                        "This draft declares entities, as no Word document does."
                    )
    except (BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        raise _damaged() from error


def _converted(data: bytes) -> str:
    """Return the draft as markup, pictures left out."""
    from xml.parsers.expat import ExpatError

    import mammoth

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=lambda _: []
        )
    except (KeyError, IndexError, OSError, AttributeError, TypeError, ValueError, ExpatError,
            RecursionError, BadZipFile) as error:  # fmt: skip
        # A part that is missing or not as Word writes it: mammoth names no error of its own.
        raise _damaged() from error
    return str(made.value)


def _damaged() -> UnreadableSource:
    return UnreadableSource("This draft is damaged.", hint="Open it in Word and save it again.")


def _without_back_links(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks without the arrows from a footnote back to the text."""
    for block in blocks:
        backward = any(_NOTE.match(url) for url, _, _ in block.links)
        if backward:
            block.text = block.text.removesuffix(_BACK_TO_TEXT).rstrip()
            block.links = [(u, s, e) for u, s, e in block.links if not _NOTE.match(u)]
            block.label = None
            block.tag = "note"
    return list(blocks)


def _zone(block: Block) -> Zone:
    if block.tag == "note":
        return Zone.MORE_INFORMATION
    labels = (block.label, block.section, block.node.hint)
    if any(hint and hint.zone is Zone.MORE_INFORMATION for hint in labels):
        return Zone.MORE_INFORMATION
    caption = block.node.hint and block.node.hint.zone is Zone.CAPTION
    return Zone.CAPTION if caption else Zone.BODY


def _headline(blocks: Sequence[Block]) -> int | None:
    """Return the number of the title: in a title's style, or a short first paragraph alone."""
    for number, block in enumerate(blocks):
        if block.tag == "h1":
            return number
    if len(blocks) < 2:  # noqa: PLR2004
        return None
    first = blocks[0].text
    short = len(first.split()) <= _TITLE_WORDS and "\n" not in first
    return 0 if short and not first.endswith((".", ":")) else None


def _resolve(href: str) -> str | None:
    return href if href.startswith(("http://", "https://", "doi:")) else None
