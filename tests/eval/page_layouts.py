"""Pages of our own: the study's DOI in a different place on each, other papers' DOIs around it.

A page is a layout (where the citation stands) set into a frame (what the site puts around it).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TITLE = "Evening walks may ease stiff knees, a small trial finds"
URL = "https://news.example/health/2025/04/08/evening-walks"
PARAGRAPHS = (
    "People with stiff knees who went for a slow walk after supper slept longer and hurt less than "
    "those who stayed at home, according to a trial with two hundred and ten volunteers.",
    "The volunteers were asked to walk for half an hour on five evenings a week. After three "
    "months they rated their pain a point and a half lower on a scale of ten, the team reports.",
    "“We had expected the walks to help a little,” said Marit Oldervik, who led the work. “That "
    "the nights would change so much was a surprise to all of us.”",
    "Nobody knows yet how long the effect lasts. The team will invite the same people again next "
    "spring, and wants to find out whether a morning walk does as well.",
    "Those who had walked before the trial began gained less, and seven volunteers gave up in the "
    "first week because their knees hurt more than before.",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a layout puts into a frame."""

    before: str = ""  # in the article, before the paragraphs
    inside: str = ""  # in the article, after them
    beside: str = ""  # after the article, in the same column
    outside: str = ""  # anywhere else on the page
    head: str = ""
    paragraphs: tuple[str, ...] = PARAGRAPHS
    article: str = "<article>{}</article>"


@dataclass(frozen=True, slots=True)
class Case:
    """A page with the DOI that is the story's, and those that are not."""

    name: str
    html: str
    doi: str
    decoys: tuple[str, ...]


def _reference(doi: str) -> str:
    return f"M. Oldervik et al, Walking after supper and the knee, Joint Letters (2025). DOI: {doi}"


def _split(doi: str) -> str:
    """Return the DOI as a page prints it that lets it break anywhere."""
    prefix, _, suffix = doi.partition("/")
    return f"{prefix}/<wbr>{suffix[:4]}&shy;{suffix[4:7]}<i>{suffix[7:]}</i>"


def _json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def _news(**more: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "url": URL,
        "datePublished": "2025-04-08T07:30:00+02:00",
        **more,
    }


LAYOUTS: dict[str, Callable[[str], Piece]] = {
    "running-text": lambda d: Piece(inside=f"<p>The paper is {d} and free to read.</p>"),
    "anchor-in-text": lambda d: Piece(
        inside=f'<p>The results are in <a href="https://doi.org/{d}">a paper out today</a>.</p>'
    ),
    "more-information-beside": lambda d: Piece(
        beside=f'<div class="article-main__more"><p><strong>More information:</strong> '
        f"{_reference(d)}"
        "</p><p>Journal information: Joint Letters</p></div>"
    ),
    "more-information-in-share-box": lambda d: Piece(
        inside=f'<div class="widget share-box"><p>More information: {_reference(d)}</p></div>'
    ),
    "journal-references-list": lambda d: Piece(
        beside='<div id="journal_references"><h3>Journal Reference:</h3><ol><li>'
        f"M. Oldervik. <strong>Walking after supper</strong>. <em>Joint Letters</em>, 2025 {d}"
        "</li></ol></div>"
    ),
    "details-table-outside": lambda d: Piece(
        outside='<div class="details"><table><tr><th>Journal</th><td>Joint Letters</td></tr>'
        f'<tr><th>DOI</th><td><a href="https://doi.org/{d}">{d}</a></td></tr></table></div>'
    ),
    "definition-list-outside": lambda d: Piece(
        outside="<div><dl><dt>Journal</dt><dd>Joint Letters</dd><dt>DOI</dt>"
        f"<dd>{d}</dd><dt>Method of Research</dt><dd>Trial</dd></dl></div>"
    ),
    "article-footer": lambda d: Piece(
        inside=f'<footer class="article-footer"><p>{_reference(d)}</p><p>Tags: knees</p></footer>'
    ),
    "article-aside": lambda d: Piece(
        inside=f"<aside><h4>The study</h4><p>Joint Letters, 2025, {d}</p></aside>"
    ),
    "details-element": lambda d: Piece(
        inside=f"<details><summary>Sources</summary><p>{_reference(d)}</p></details>"
    ),
    "references-section": lambda d: Piece(
        inside=f"<section><h2>References</h2><ol><li>Oldervik M. Joint Letters. 2025. doi:{d}</li>"
        "</ol></section>"
    ),
    "story-source": lambda d: Piece(
        inside='<h4>Story Source:</h4><p>Materials from a university.</p><p><a href="'
        f'https://doi.org/{d}">https://doi.org/{d}</a></p>'
    ),
    "caption": lambda d: Piece(
        inside="<figure><img src='/knee.jpg' alt=''><figcaption>A knee at dusk. Oldervik et al., "
        f"{d}</figcaption></figure>"
    ),
    "image-link": lambda d: Piece(
        inside=f'<p><a href="https://doi.org/{d}"><img src="/cover.png" alt=""></a></p>'
    ),
    "broken-by-markup": lambda d: Piece(
        inside=f"<p>More information: Joint Letters, {_split(d)}</p>"
    ),
    "sidebar-reference": lambda d: Piece(
        outside='<aside class="sidebar"><div><h3>Journal Reference</h3>'
        f"<p>{_reference(d)}</p></div></aside>"
    ),
    "original-publication": lambda d: Piece(
        beside=f"<h3>Originalpublikation</h3><p>Oldervik, M. (2025): Joint Letters. {d}</p>"
    ),
    "notes-to-editors": lambda d: Piece(
        beside=f"<div><h3>Notes to editors</h3><p>Contact: press@example.org</p>"
        f"<p>{_reference(d)}</p></div>"
    ),
    "div-soup": lambda d: Piece(
        beside=f'<div class="c7"><b>Reference:</b> {_reference(d)}</div>',
        article='<div class="c1"><div class="c2">{}</div></div>',
    ),
    "lead-paragraph": lambda d: Piece(
        before=f'<p class="standfirst">Joint Letters, <a href="https://doi.org/{d}">{d}</a></p>'
    ),
    "table-in-article": lambda d: Piece(
        inside="<table><tbody><tr><td>Paper</td><td>Walking after supper</td></tr><tr><td>DOI</td>"
        f"<td>{d}</td></tr></tbody></table>"
    ),
    "related-before-reference": lambda d: Piece(
        inside='<div class="explore"><h4>Explore further</h4><p><a href="/news/9">A nap after '
        f"lunch may help too</a></p></div><p><strong>More information:</strong> {_reference(d)}</p>"
    ),
    "highwire-meta": lambda d: Piece(head=f'<meta name="citation_doi" content="{d}">'),
    "dublin-core": lambda d: Piece(head=f'<meta name="dc.identifier" content="doi:{d}">'),
    "json-ld-citation": lambda d: Piece(
        head=_json_ld(
            _news(citation={"@type": "ScholarlyArticle", "sameAs": f"https://doi.org/{d}"})
        )
    ),
    "json-ld-based-on": lambda d: Piece(
        head=_json_ld(
            {
                "@graph": [
                    _news(isBasedOn={"@id": "#p"}),
                    {
                        "@id": "#p",
                        "@type": "ScholarlyArticle",
                        "name": "Walking after supper",
                        "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": d},
                    },
                ]
            }
        )
    ),
    "script-state": lambda d: Piece(
        outside='<script id="__NEXT_DATA__" type="application/json">'
        + json.dumps({"props": {"pageProps": {"story": {"title": TITLE, "study": {"doi": d}}}}})
        + "</script>"
    ),
    "script-only": lambda d: Piece(
        paragraphs=(),
        outside='<script id="__NEXT_DATA__" type="application/json">'
        + json.dumps(
            {
                "props": {
                    "story": {
                        "title": TITLE,
                        "body": "".join(f"<p>{p}</p>" for p in (*PARAGRAPHS, f"The paper: {d}")),
                    }
                }
            }
        )
        + "</script>",
    ),
}


# ---------------------------------------------------------------- what a site puts around a story


def _cards(dois: list[str]) -> str:
    return "".join(
        f'<div class="card"><h4><a href="/news/{n}">Another team looks at the shoulder</a></h4>'
        f'<p>It reports in <a href="https://doi.org/{d}">{d}</a> that shoulders differ.</p></div>'
        for n, d in enumerate(dois)
    )


def _comments(dois: list[str]) -> str:
    return "".join(
        f"<li><p>Walker{n} says: this is old news, see the much better paper {d} which they "
        "ignore, as everybody who has ever had a bad knee could have told them for free.</p></li>"
        for n, d in enumerate(dois)
    )


def _named(p: Piece, story: str, d: list[str]) -> str:
    return (
        f'<nav class="main-nav"><a href="https://doi.org/{d[0]}">Paper of the week {d[0]}</a></nav>'
        f"<main>{p.article.format(story)}{p.beside}</main>{p.outside}"
        f'<div class="sidebar">{_cards(d[1:3])}</div><section class="related-stories">'
        f'{_cards(d[3:5])}</section><div id="comments"><ol>{_comments(d[5:7])}</ol></div>'
        f'<footer class="site-footer"><p>Cite this site: doi {d[7]}</p></footer>'
    )


def _headed(p: Piece, story: str, d: list[str]) -> str:
    return (
        f'<header><div class="x1"><a href="/p">Paper of the week {d[0]}</a></div></header>'
        f'<div class="x2"><div class="x3">{p.article.format(story)}{p.beside}</div>{p.outside}'
        f'<div class="x4"><h3>Most read</h3>{_cards(d[1:3])}</div></div>'
        f'<div class="x5"><h2>Related stories</h2><ul>{_cards(d[3:5])}</ul></div>'
        f'<div class="x6"><h2>2 comments</h2><ol>{_comments(d[5:7])}</ol></div>'
        f'<div class="x7" role="contentinfo"><p>Cite this site: doi {d[7]}</p></div>'
    )


def _inner(p: Piece, story: str, d: list[str]) -> str:
    """Put all furniture that can stand there into the article itself."""
    inner = (
        f"{story}<p>Read more: <a href='/news/7'>The shoulder story of last week, {d[3]}</a></p>"
        f'<div class="related"><h3>You may also like</h3>{_cards(d[4:5])}</div>'
    )
    return (
        f'<div role="navigation"><ul><li><a href="/w">Paper of the week {d[0]}</a></li></ul></div>'
        f'<div id="wrap">{p.article.format(inner)}{p.beside}{p.outside}'
        f'<aside class="right-rail"><h3>Trending</h3>{_cards(d[1:3])}</aside></div>'
        f'<section class="comments-area"><h3>Leave a reply</h3>{_comments(d[5:7])}</section>'
        f"<footer><div><p>Cite this site: doi {d[7]}</p></div></footer>"
    )


FRAMES: dict[str, Callable[[Piece, str, list[str]], str]] = {
    "named": _named,
    "headed": _headed,
    "inner": _inner,
}
_OTHERS = _json_ld(
    {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "NewsArticle",
                "headline": "Another team looks at the shoulder again",
                "citation": "https://doi.org/10.5555/decoy.list",
            }
        ],
    }
)


def cases() -> Iterator[Case]:
    """Yield every layout in every frame."""
    for number, (name, layout) in enumerate(LAYOUTS.items()):
        for frame, build in FRAMES.items():
            doi = f"10.1000/walk{number:02}.2025.{number + 300}"
            decoys = [f"10.5555/decoy.{number}.{n}" for n in range(8)]
            piece = layout(doi)
            paragraphs = "".join(f"<p>{p}</p>" for p in piece.paragraphs)
            head = f"<h1>{TITLE}</h1>" if piece.paragraphs else ""
            story = f"{head}{piece.before}{paragraphs}{piece.inside}"
            html = (
                f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | News'
                f'</title><link rel="canonical" href="{URL}">{piece.head}{_OTHERS}</head><body>'
                f"{build(piece, story, decoys)}</body></html>"
            )
            yield Case(f"{name}/{frame}", html, doi, (*decoys, "10.5555/decoy.list"))
