"""Pages put together by chance, seeded: a layout, and boxes of other stories before and after it.

    python tests/eval/composed_pages.py [FIRST LAST]

prints the pages on which the citation is missed or a decoy stands in a zone of the story.
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

from page_layouts import LAYOUTS, TITLE, URL, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = (
    *("Related stories", "Most read", "Latest news", "You may also like", "Trending", "Read next"),
    *("More from Health", "Top stories", "Editors' picks", "More health news", "Popular now"),
)
_TALK = ("Comments", "2 comments", "Join the conversation", "Leave a reply", "Reader comments")
_PLAIN = ("Books", "Events", "Our partners", "Video", "Opinion", "Weather", "Jobs")
_LINKS = ("More", "All events", "Subscribe", "Latest news")
_TITLES = (
    "Another team looks at the shoulder again",
    "Why hips differ from other joints",
    "Elbows hurt less in the summer months",
)
_STORY = ("<div>{}</div>", "<div class='c'><div>{}</div></div>", "<section>{}</section>")


class _Maker:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.decoys: list[str] = []

    def decoy(self) -> str:
        self.decoys.append(f"10.5555/decoy.{len(self.decoys) + 1}")
        return self.decoys[-1]

    def teaser(self) -> str:
        """Return a card of another story: its linked title, and its paper in one of three ways."""
        pick, doi = self.chance.choice, self.decoy()
        tag, title = pick(("h2", "h3", "h4", "span", "b")), pick(_TITLES)
        address = pick(("/news/{}", "https://news.example/news/{}", "/{}"))
        link = f'<a href="{address.format(self.chance.randint(1, 99))}">'
        head = f"<{tag}>{link}{title}</a></{tag}>"
        if tag in {"span", "b"}:
            head = f"{link}<{tag}>{title}</{tag}></a>"
        said = pick((doi, "a paper", "Joint Letters"))
        text = pick(
            (
                f'It reports in <a href="https://doi.org/{doi}">{said}</a> that shoulders differ.',
                f"Journal reference: Shoulder Letters. DOI: {doi}",
                f"A paper ({doi}) says shoulders differ when it is cold outside, which nobody had "
                "expected.",
            )
        )
        return f"<div>{head}<p>{text}</p></div>"

    def box(self) -> str:
        """Return a box of other stories, of remarks, or of nothing in particular."""
        pick = self.chance.choice
        tag = pick(("h2", "h3", "h4", "div", "p", "strong"))
        around = pick(("div", "section", "aside", "div"))
        names = pick(("", ' class="k7"', ' class="box"', ' id="b3"'))
        inside = pick((self._others, self._others, self._others, self._talk, self._plain))(tag)
        return f"<{around}{names}>{inside}</{around}>"

    def _others(self, tag: str) -> str:
        head = f"<{tag}>{self.chance.choice(_OTHERS)}</{tag}>" if self.chance.random() < 0.8 else ""
        return head + "".join(self.teaser() for _ in range(self.chance.randint(1, 3)))

    def _talk(self, tag: str) -> str:
        return (
            f"<{tag}>{self.chance.choice(_TALK)}</{tag}><div><p>I think that {self.decoy()} is the "
            "far better paper, and anybody who ever had a bad knee could have said so.</p></div>"
        )

    def _plain(self, tag: str) -> str:
        pick = self.chance.choice
        return f"<{tag}>{pick(_PLAIN)}</{tag}><a href='/x'>{pick(_LINKS)}</a>"

    def boxes(self, most: int) -> str:
        return "".join(self.box() for _ in range(self.chance.randint(0, most)))

    def body(self, doi: str) -> tuple[str, str]:
        """Return the body of a page and what its layout puts into the head."""
        pick = self.chance.choice
        # A page that shows nothing of its story has no place where others' cards are not the story.
        piece = LAYOUTS[pick([n for n in LAYOUTS if n != "script-only"])](doi)
        text = "".join(
            pick(("<p>{}</p>", "<div><p>{}</p></div>")).format(p) for p in piece.paragraphs
        )
        own = self.box() if self.chance.random() < 0.25 else ""
        story = f"<h1>{TITLE}</h1>{piece.before}{text}{piece.inside}{own}"
        story = pick((piece.article, *_STORY)).format(story) + piece.beside
        before, after = self.boxes(2), self.boxes(3)
        frame = pick(
            (
                "<main>{story}</main>{outside}{after}",
                "<div><div>{story}{outside}</div><div>{after}</div></div>",
                "<div class=r><div class=l>{story}</div>{outside}{after}</div>",
            )
        )
        return before + frame.format(story=story, outside=piece.outside, after=after), piece.head


def composed(seed: int) -> Case:
    """Return one page."""
    maker = _Maker(seed)
    doi = f"10.1000/walk{seed}.2025.{seed + 300}"
    body, head = maker.body(doi)
    html = (
        f"<!doctype html><html><head><title>{TITLE} | News</title>{head}"
        f'<link rel="canonical" href="{URL}"></head><body><header><nav><a href="/">Home</a></nav>'
        f"</header>{body}<footer><p>This site: {maker.decoy()}</p></footer></body></html>"
    )
    return Case(f"composed-{seed}", html, doi, tuple(maker.decoys))


def composed_pages(number: int) -> Iterator[Case]:
    """Yield the first pages."""
    return (composed(seed) for seed in range(number))


def main() -> None:
    from test_pages_eval import holds, story_text

    from citetrack.ingest.extractor import Extractor
    from citetrack.ingest.html import read_html

    first, last = (int(a) for a in sys.argv[1:3]) if len(sys.argv) > 2 else (0, 200)
    wrong = 0
    with Extractor() as extractor:
        for case in map(composed, range(first, last)):
            text = story_text(read_html(case.html, source=case.name, extractor=extractor))
            leaked = [d for d in case.decoys if holds(text, d)]
            if leaked or not holds(text, case.doi):
                wrong += 1
                print(case.name, "" if holds(text, case.doi) else "missed", leaked)
    print(f"{wrong} of {last - first} pages wrong")


if __name__ == "__main__":
    main()
