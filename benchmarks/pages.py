"""How many pages a second the evidence pass reads, beside trafilatura on the same pages.

The pages are made here, seeded, of the size and build of real ones: about 150 kB, of which a fifth
is scripts and styles, some 2,000 elements, a large menu, cards of other stories, comments.

    python benchmarks/pages.py [NUMBER_OF_PAGES]
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING

from citetrack.ingest.extractor import main_text
from citetrack.ingest.html import find_evidence

if TYPE_CHECKING:
    from collections.abc import Callable

RATIO = 5.0
_WORDS = """people study sleep knee heart trial risk adults weeks team paper result doctor town
food water light school child river model cell blood pain walk year group number
data work health bone garden muscle letter morning signal winter forest engine
bottle market window summer paper""".split()


def sentence(rng: random.Random, low: int = 9, high: int = 24) -> str:
    words = [rng.choice(_WORDS) for _ in range(rng.randint(low, high))]
    return " ".join(words).capitalize() + "."


def paragraph(rng: random.Random) -> str:
    parts = [sentence(rng) for _ in range(rng.randint(2, 5))]
    parts[-1] += f' <a href="/topic/{rng.random():.8f}" class="link link--inline">the study</a>'
    return (
        f'<div class="block block--text"><p class="css-{rng.randint(100, 999)}">{" ".join(parts)} '
        f"<em>{rng.choice(_WORDS)}</em></p></div>"
    )


def icon() -> str:
    return '<svg viewBox="0 0 16 16" aria-hidden="true"><g><path d="M1 2L3 4Z"/></g></svg>'


def card(rng: random.Random) -> str:
    number = rng.randint(10**6, 10**7)
    sizes = ", ".join(f"https://img.example/{number}/{w}.jpg {w}w" for w in (320, 640, 960, 1280))
    return (
        f'<div class="card card--{rng.randint(1, 9)} grid__item"><div class="card__media">'
        f'<a href="/news/{number}"><picture><source srcset="{sizes}"><img src="/i/{number}.jpg" '
        f'alt="{sentence(rng, 4, 7)}"></picture>{icon()}</a></div><div class="card__body">'
        f'<div class="card__tag"><a href="/{rng.choice(_WORDS)}">{rng.choice(_WORDS)}</a></div>'
        f'<h3 class="card__title"><a href="/news/{number}" data-track="card-{number}">'
        f'<span>{sentence(rng, 6, 10)}</span></a></h3><p class="card__text">{sentence(rng)}</p>'
        f'<span class="card__meta"><time datetime="2025-03-{rng.randint(10, 28)}">May</time></span>'
        f'<button type="button" class="card__save" aria-label="Save">{icon()}<span>Save</span>'
        "</button></div></div>"
    )


def comment(rng: random.Random) -> str:
    return (
        f'<li class="comment" id="c{rng.randint(1, 10**6)}"><div class="comment__head"><b>'
        f'{rng.choice(_WORDS)}</b> <time datetime="2025-04-09">yesterday</time></div>'
        f'<div class="comment__body"><p>{sentence(rng)} {sentence(rng)}</p></div>'
        f'<div class="comment__tools"><button>{icon()}<span>Like</span></button><button>'
        f"{icon()}<span>Reply</span></button></div></li>"
    )


def script(rng: random.Random, size: int) -> str:
    rows = [
        f"var {rng.choice(_WORDS)}{i}=function(a,b){{return a<b?{i}:'{rng.choice(_WORDS)}'}};"
        for i in range(size // 55)
    ]
    return f"<script>{''.join(rows)}</script>"


def menu(rng: random.Random, size: int) -> str:
    items = "".join(
        f'<li class="menu__item"><a href="/{rng.choice(_WORDS)}/{i}" class="menu__link">'
        f"<span>{rng.choice(_WORDS)} {rng.choice(_WORDS)}</span></a></li>"
        for i in range(size)
    )
    return f'<ul class="menu__list">{items}</ul>'


def page(seed: int) -> str:
    """Return one page of about 150 kB."""
    rng = random.Random(seed)
    title = sentence(rng, 7, 10)
    doi = f"10.1000/bench.{seed}"
    linked = {
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2025-04-08T06:00:00Z",
        "author": [{"@type": "Person", "name": "A B"}],
    }
    metas = "".join(f'<meta property="og:{w}" content="{sentence(rng)}">' for w in _WORDS[:20])
    style = "".join(f".{rng.choice(_WORDS)}-{i}{{margin:{i}px;color:#{i:06x}}}" for i in range(999))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The
Morning</title>{metas}<style>{style}</style><script type="application/ld+json">{json.dumps(linked)}
</script>{script(rng, 14_000)}</head><body class="page has-sidebar"><header class="site-header">
<nav class="menu">{"".join(menu(rng, 20) for _ in range(4))}</nav>{icon() * 8}</header><main>
<article class="story"><h1>{title}</h1><div class="byline">By A B</div><div class="story__text">
{"".join(paragraph(rng) for _ in range(34))}</div><figure><img src="/x.jpg"><figcaption>
{sentence(rng)}</figcaption></figure></article><div class="story__more"><p><b>More information:</b>
B et al, {sentence(rng)} DOI: {doi}</p></div><aside class="sidebar"><h2>Most read</h2>
{"".join(card(rng) for _ in range(10))}</aside><section class="related"><h2>Related stories</h2>
{"".join(card(rng) for _ in range(18))}</section><section id="comments"><h2>Comments</h2><ol>
{"".join(comment(rng) for _ in range(40))}</ol></section></main><footer>
{"".join(menu(rng, 15) for _ in range(4))}</footer>{script(rng, 8_000)}</body></html>"""


def seconds(read: Callable[[str], object], pages: list[str]) -> float:
    start = time.process_time()
    for html in pages:
        read(html)
    return time.process_time() - start


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    pages = [page(seed) for seed in range(number)]
    seconds(main_text, pages[:2]), seconds(find_evidence, pages[:2])
    rounds = [(seconds(main_text, pages), seconds(find_evidence, pages)) for _ in range(3)]
    slow, fast = (statistics.median(r[i] for r in rounds) for i in (0, 1))
    print(f"{number} pages of {statistics.mean(map(len, pages)) / 1000:.0f} kB")
    print(f"trafilatura    {number / slow:8.1f} pages a CPU second")
    print(f"evidence pass  {number / fast:8.1f} pages a CPU second")
    print(f"ratio          {slow / fast:8.1f}  (at least {RATIO:g})")
    return 0 if slow / fast >= RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
