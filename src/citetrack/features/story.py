"""The comparable side of a story: its words by stem, its lead, its figures; made once a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from citetrack.languages import is_english
from citetrack.text import stem, words
from citetrack.vocabulary import STOP_WORDS, technical_words

if TYPE_CHECKING:
    from citetrack.model import Article, PartialDate

#: The headline and the first paragraphs: what the story is about.
_LEAD_LENGTH = 400
#: Numbers that hardly stand twice by chance: "43,000", "1.2", "689003"; not "20", not years.
_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:[,.]\d+)+|\b\d{3,}\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Story:
    """What of a story is compared with every candidate: made once a story.

    Stems are of the words that tell a subject; `lay` are those that the story's plain words stand
    for and that it does not use; `names` are pairs of words, as a given and a family name stand.
    `foreign` says that the story is not in English, as most titles are.
    """

    stems: frozenset[str]
    lead: frozenset[str]
    lay: frozenset[str]
    words: frozenset[str]
    names: frozenset[tuple[str, str]]
    figures: frozenset[str]
    published: PartialDate | None
    foreign: bool = False

    @classmethod
    def of(cls, article: Article) -> Story:
        """Return the comparable side of an article."""
        title = article.title or ""
        text = article.text[article.begins :]
        whole = f"{title} {text}"
        said = words(whole)
        stems = [stem(w) for w in said]
        telling = [stem(w) for w in said if w not in STOP_WORDS]
        lay = frozenset(map(stem, technical_words(said))) - frozenset(stems)
        return cls(
            frozenset(telling),
            frozenset(stem(w) for w in words(f"{title} {text[:_LEAD_LENGTH]}")),
            lay,
            frozenset(said),
            frozenset(pairwise(said)),
            figures_in(whole),
            article.published,
            foreign=not is_english(text, article.language),
        )


def figures_in(text: str) -> frozenset[str]:
    """Return the telling numbers of a text, without separators of thousands.

    >>> sorted(figures_in("In 2011, 43,000 people; 1.2% of 7"))
    ['1.2', '43000']
    """
    found = (m[0] for m in _FIGURE.finditer(text))
    bare = (re.sub(r"[,.](?=\d{3}(?!\d))", "", f) for f in found)
    return frozenset(f for f in bare if not _YEAR.fullmatch(f))
