"""What a page's head says, wherever a broken page has put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from citetrack.ingest.outline import Page

_START = 400  # characters of a script in which it says what it assigns


#: Elements that say something of the page; none of them holds text of the story.
HEAD_TAGS = ("meta", "link", "title", "base", "script")


def read_head(el: _Element, page: Page) -> None:
    """Put what one of `HEAD_TAGS` says into `page`: a meta, title, address or script with data."""
    tag = el.tag
    if tag == "meta":
        name = el.get("property") or el.get("name") or el.get("itemprop")
        content = el.get("content")
        if name and content:
            page.metas.append((name.strip().lower(), " ".join(content.split())))
    elif tag == "script":
        _script(el, page)
    elif tag == "title":
        page.title = page.title or " ".join((el.text or "").split())
    elif tag == "base":
        page.base = page.base or el.get("href")
    elif "canonical" in (el.get("rel") or "").lower():
        page.canonical = page.canonical or el.get("href")


def _script(el: _Element, page: Page) -> None:
    kind = el.get("type") or ""
    text = el.text
    if not text:
        return
    if "json" in kind.lower():
        page.scripts.append((el.get("id") or kind if "ld+json" not in kind else kind, text))
    elif "__" in text[:_START] and "=" in text[:_START]:
        page.scripts.append(("", text))
