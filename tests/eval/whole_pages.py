"""Whole pages of our own in shapes that sites really have, each with decoys in their usual places.

`page_layouts` varies where the citation stands; here the build of the page is what varies.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from page_layouts import PARAGRAPHS, TITLE, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DOI = "10.1000/walk.2025.77"
LINK = f'<a href="https://doi.org/{DOI}">{DOI}</a>'
PROSE = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
MENU = '<header><nav><a href="/">Home</a> <a href="/h">Health</a></nav></header>'
CITED = f"Oldervik M. et al. Walking after supper. Joint Letters, 2025. {DOI}"


def decoy(number: int) -> str:
    return f"10.5555/decoy.{number}"


def teaser(number: int, tag: str = "div") -> str:
    """Return a card of another story, without a class that would say so."""
    return (
        f'<{tag}><h3><a href="/n/{number}">Another team looks at shoulder number {number}</a></h3>'
        f'<p>In <a href="https://doi.org/{decoy(number)}">{decoy(number)}</a> it reports that '
        f"shoulders differ in many ways and that nobody knows why.</p></{tag}>"
    )


def remark(number: int) -> str:
    return (
        f"<div><p>I think that {decoy(number)} is the far better paper, and anybody who ever had a "
        "bad knee could have told you so without a trial.</p></div>"
    )


def _story(inside: str = "", tag: str = "article", before: str = "") -> str:
    return f"<{tag}><h1>{TITLE}</h1>{before}{PROSE}{inside}</{tag}>"


def _state(name: str, value: object) -> str:
    return f"<script>window.{name} = {json.dumps(value)};</script>"


_ABROAD = {
    "sv": ("Källa", "Läs också", "Kommentarer (2)"),
    "pl": ("Źródło", "Czytaj także", "Komentarze"),
    "ru": ("Источник", "Читайте также", "Комментарии"),
    "zh": ("论文信息", "相关阅读", "评论"),
    "ja": ("論文情報", "関連記事", "コメント"),
    "de": ("Quelle", "Lesen Sie auch", "Leserkommentare (12)"),
    "fr": ("Référence", "À lire également", "Vos réactions"),
    "es": ("Referencia", "También te puede interesar", "Comentarios"),
    "tr": ("Kaynak", "İlgili haberler", "Yorumlar"),
}


def _abroad(source: str, related: str, comments: str) -> str:
    return (
        f'<main><div class="a"><h1>{TITLE}</h1>{PROSE}<h4>{source}</h4><p>{CITED}</p>'
        f"<h3>{related}</h3>{teaser(1)}<h3>{comments}</h3>{remark(2)}</div></main>"
    )


#: Name of the shape -> the page's body.
BODIES: dict[str, str] = {
    "box-of-a-release": '<div class="page"><div class="main-news">'
    + _story("<p>###</p>")
    + '</div><div class="details"><div class="row"><h4>Journal</h4><p>Joint Letters</p><h4>DOI</h4>'
    f"<p>{LINK}</p><h4>Article Title</h4><p>Walking after supper</p></div></div>"
    f"<div><h3>Recent news releases</h3>{teaser(1)}{teaser(2)}</div></div>",
    "numbered-reference": f'<div id="main"><h1 id="headline">{TITLE}</h1><dl><dt>Date:</dt>'
    f'<dd>April 8, 2025</dd><dt>Summary:</dt><dd>{PARAGRAPHS[0]}</dd></dl><div id="text">{PROSE}'
    "</div><div id='source'><p><strong>Story Source:</strong></p><p>Materials from a university."
    "</p></div><div id='refs'><p><strong>Journal Reference</strong>:</p><ol><li>M. Oldervik. "
    f"<strong>Walking after supper</strong>. DOI: {LINK}</li></ol></div></div><div id='side'>"
    f"<h3>RELATED STORIES</h3>{teaser(1)}{teaser(2)}<h3>Trending</h3>{teaser(3)}</div>",
    "about-this-research": _story(
        "<h2>About this knee research news</h2><p><strong>Source:</strong> A university</p><p>"
        f'<strong>Original Research:</strong> Open access.<br>“<a href="https://doi.org/{DOI}">'
        f"Walking after supper</a>” by Marit Oldervik et al.</p>"
    )
    + f"<section><h3>Join our newsletter</h3></section><div>{teaser(1)}{teaser(2)}</div>",
    "source-line": f'<div class="body">{_story(tag="div")}<p>SOURCE: {LINK} Joint Letters, online '
    f"April 8, 2025.</p></div><div><h3>More From The Morning</h3>{teaser(1)}{teaser(2)}</div>",
    "amp": '<amp-sidebar layout="nodisplay"><ul><li><a href="/x">Paper of the day '
    f"{decoy(1)}</a></li></ul></amp-sidebar>"
    + _story(f"<p>It is out ({LINK}).</p><amp-list><template>{decoy(2)}</template></amp-list>")
    + f"<amp-accordion><section><h4>You may also like</h4><div>{teaser(3)}</div></section>"
    "</amp-accordion>",
    "twelve-teasers-beside": f'<div class="w">{_story(f"<p>{CITED}</p>", "div")}<div class="v">'
    + "".join(map(teaser, range(1, 13)))
    + "</div></div>",
    "twelve-teasers-inside": _story(
        f"<p>{CITED}</p><ul>{''.join(teaser(n, 'li') for n in range(1, 13))}</ul>"
    ),
    "teasers-without-box": f"<div>{_story(f'<p>{CITED}</p>', 'div')}"
    + "".join(
        f'<h3><a href="/n/{n}">Shoulders differ in the cold, part {n}</a></h3><p>A paper '
        f"({decoy(n)}) says shoulders differ when it is cold outside.</p>"
        for n in (1, 2, 3)
    )
    + "</div>",
    "nested-articles": f"<main>{_story(f'<p>{CITED}</p>')}<section>"
    + "".join(teaser(n, "article") for n in (1, 2, 3))
    + "</section></main>",
    "endless-scroll": f"<div id='feed'>{_story(f'<p>{CITED}</p>')}<article><h1>Shoulders differ, "
    "another team finds</h1>"
    + PROSE.replace("knee", "shoulder").replace("walk", "swim")
    + f"<p>doi:{decoy(1)}</p></article></div>",
    "divs-only": f'<div><a href="/">Daily</a></div><div><div class="t">{TITLE}</div>'
    + "".join(f'<div class="p">{p}</div>' for p in PARAGRAPHS)
    + f'<div class="p">The paper: {LINK}</div></div><div><div>Other news</div>{teaser(1)}</div>'
    f"<div>Cite this site: {decoy(2)}</div>",
    "table-and-breaks": f"<table><tr><td><h1>{TITLE}</h1>{'<br><br>'.join(PARAGRAPHS)}<br><br>"
    f"Reference: Joint Letters, {DOI}<br></td><td>{teaser(1)}{teaser(2)}</td></tr></table>",
    "live-blog": f"<main><article><h1>Knee congress, live: {TITLE}</h1><div><h2><time>10:05</time> "
    f"Walks help</h2><p>{PARAGRAPHS[0]} The paper is {LINK}.</p></div><div><h2>Stairs</h2>"
    f"<p>{PARAGRAPHS[3]}</p></div></article><aside><h2>Most viewed</h2>{teaser(1)}</aside></main>",
    "blog-with-linked-headline": "<div id='side' class='widget-area'><h2>Papers we like</h2><ul>"
    f'<li><a href="https://doi.org/{decoy(1)}">Shoulders</a></li></ul></div><div class="post '
    f'hentry"><h2 class="entry-title"><a href="/2025/walks" rel="bookmark">{TITLE}</a></h2>'
    f"{PROSE}<p>{CITED}</p></div><div><h3>3 Responses to “{TITLE}”</h3>{remark(2)}</div>",
    "cards-between-paragraphs": f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><div><span>READ "
    f'MORE</span><a href="/n/1">A nap helps, too, says a study in {decoy(1)}</a></div><p>'
    f'{PARAGRAPHS[1]}</p><p><b>READ MORE: <a href="/n/2">Shoulders, {decoy(2)}</a></b></p><p>'
    f'{PARAGRAPHS[2]}</p><p><b>Also on this site</b><br><a href="/n/3">Hips: {decoy(3)}</a></p>'
    f"<p>{PARAGRAPHS[3]}</p><p>Paper: {LINK}</p></article>",
    "boxes-inside": _story(
        f"<div><h3>Sign up for our newsletter</h3><p>Last week: shoulders ({decoy(1)}).</p></div>"
        f"<div><h4>About the author</h4><p>Lee Kim wrote {decoy(2)}, on shoulders.</p></div>"
        f"<div class='sponsor-box'><p>See {decoy(3)}</p></div><p>Paper: {LINK}</p>"
        f"<div><h3>Papers of the week</h3><ul><li>Hips, {decoy(4)}</li></ul></div>"
    ),
    "table-of-other-news": _story(
        f"<p>Paper: {LINK}</p><table><tr><th colspan=2>More health news</th></tr><tr><td>"
        f'<a href="/1">Shoulders</a></td><td>{decoy(1)}</td></tr></table>'
    ),
    "show-notes": f"<main>{_story(tag='div')}<h3>Show notes</h3><ul><li>{CITED}</li></ul>"
    f"<h3>More episodes</h3><ul><li>Shoulders {decoy(1)}</li></ul></main>",
    "references-of-other-stories": _story(f"<p>{CITED}</p>")
    + "".join(
        f'<div><a href="/n/{n}">Shoulders differ a lot, part {n}</a><p>Journal reference: Shoulder '
        f"Letters. DOI: {decoy(n)}</p></div>"
        for n in (1, 2)
    ),
    "references-below-comments": _story()
    + f"<div id='comments'><h3>2 comments</h3>{remark(1)}</div><div><h3>References</h3><ol><li>"
    f"{CITED}</li></ol></div>",
    "footer-of-the-entry": f'<div id="content"><h1>{TITLE}</h1>{PROSE}<footer class="entry-footer">'
    f'<p>{CITED}</p></footer></div><footer id="colophon"><p>This site: {decoy(1)}</p></footer>',
    "button-to-the-paper": f"<main>{_story(tag='div')}<a href='https://doi.org/{DOI}'><button>View "
    f"publication</button></a></main><div>{teaser(1)}</div>",
    "badge": _story(f'<div class="embed" data-doi="{DOI}"></div>')
    + f'<div class="related"><span data-doi="{decoy(1)}"></span></div>',
    "paper-in-the-own-repository": _story(
        '<div><h3>Publication</h3><div><a href="/publications/7">Walking after supper and the knee'
        f"</a><p>Oldervik M. et al. Joint Letters. DOI: {DOI}</p></div></div>"
    )
    + f"<div>{teaser(1)}</div>",
    "person-above-the-paper": _story(
        '<div><p><a href="/people/oldervik">Professor Marit Oldervik of Leeds</a></p><p>Paper: '
        f"{DOI}</p></div>"
    )
    + f"<div>{teaser(1)}</div>",
    "custom-elements": f"<app-root><x-story>{_story(f'<p>doi:{DOI}</p>', 'x-body')}</x-story>"
    f'<app-cards><x-card><a href="/n/1">Shoulders differ in many ways</a><p>See {decoy(1)}</p>'
    "</x-card></app-cards></app-root>",
    "menus-in-the-article": f'<article><nav><a href="/p">Paper of the day {decoy(1)}</a></nav>'
    f'<h1>{TITLE}</h1>{PROSE}<p>{CITED}</p><nav><a href="/q">Shoulders ({decoy(2)})</a></nav>'
    "</article>",
    "enlarged-picture": _story(
        '<div class="photo"><a href="/photos/7">Enlarge this picture here</a><p class="caption">A '
        f"knee at dusk. Oldervik et al., {DOI}</p></div>"
    )
    + f"<div>{teaser(1)}</div>",
    "read-more-leads-to-the-paper": _story(
        f'<p>Read more: <a href="https://doi.org/{DOI}">Walking after supper</a></p>'
    )
    + f"<div>{teaser(1)}</div>",
    "state-in-script": '<div id="app"></div>'
    + _state(
        "__STORE__",
        {
            "story": {"headline": TITLE, "body": f"{PROSE}<p>doi:{DOI}</p>"},
            "relatedArticles": [
                {"title": "a", "url": "/a", "teaser": f"doi:{decoy(1)}"},
                {"title": "b", "url": "/b", "teaser": decoy(2)},
            ],
            "comments": {"items": [{"body": f"{decoy(3)} is better"}]},
        },
    ),
    **{
        f"{word.lower().replace(' ', '-')}-before-the-story": f'<div><a href="/x">{word}</a></div>'
        f"<main>{_story(f'<p>{CITED}</p>', 'div')}</main><div>{teaser(1)}</div>"
        for word in ("Latest news", "Comments", "Subscribe")
    },
    **{f"abroad-{lang}": _abroad(*said) for lang, said in _ABROAD.items()},
}
#: Decoys that nobody sees: they need not be told.
UNSEEN = {"amp": {decoy(2)}, "badge": {decoy(1)}, "state-in-script": {decoy(1), decoy(2), decoy(3)}}


def whole_pages() -> Iterator[Case]:
    """Yield every page."""
    for name, body in BODIES.items():
        numbers = [n for n in range(1, 13) if decoy(n) in body]
        yield Case(name, _page(body), DOI, _decoys(numbers))


def _page(body: str) -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}</title></head>'
        f"<body>{MENU}{body}</body></html>"
    )


def _decoys(numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(map(decoy, numbers))
