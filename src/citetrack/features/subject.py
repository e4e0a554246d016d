"""What a story and a record are about: the record's words in the story, and how telling."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from citetrack.features.story import Story, figures_in
from citetrack.text import stem, words
from citetrack.vocabulary import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.model import Work

_SHORTEST_WORD = 4
_MOST_FIGURES = 3
#: Sums of rarities grow with the title; past this more says nothing new.
_MOST_RARITY = 8.0
#: BM25 with its usual constants; an abstract has about this many telling words.
_K1, _B, _ABSTRACT_LENGTH = 1.2, 0.75, 170
#: A story of more telling words than this meets more of them in every abstract: they count by the
#: word. Unscaled, 80% of 120 stories without a study are offered one of 2,871 abstracts.
_EXTRACT = 45
#: Among no works at all nothing is known.
UNKNOWN_RARITY = 0.5
#: How rare a stem is among works, from 0 to 1.
Rarity = Callable[[str], float]


@lru_cache(maxsize=16384)
def title_stems(title: str) -> tuple[str, ...]:
    """Return the stems of the words of a title that carry its subject, each once, in order."""
    return tuple(dict.fromkeys(s for _, s in _telling_words(title)))


@lru_cache(maxsize=2048)
def _abstract_stems(abstract: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in words(abstract) if w not in STOP_WORDS)


@lru_cache(maxsize=2048)
def _abstract_figures(abstract: str) -> frozenset[str]:
    return figures_in(abstract)


def rarity_among(works: Iterable[Work]) -> Rarity:
    """Return how rare a stem is among the works at hand: 0 when all have it, 1 when none does."""
    works = tuple(works)
    counted = Counter(
        s for w in works for s in {*title_stems(w.title or ""), *_abstract_stems(w.abstract or "")}
    )
    return cache(lambda stem: rarity(counted[stem], len(works)))


def rarity(holding: int, works: int) -> float:
    """Return how rare a word is that `holding` of `works` have, from 0 to 1 whatever their number.

    >>> [round(rarity(n, 1000), 2) for n in (0, 10, 1000)]
    [1.0, 0.66, 0.0]
    """
    most = math.log(2 * (works + 1))
    return max(0.0, math.log((works + 1) / (holding + 0.5)) / most) if works else UNKNOWN_RARITY


def compare_title(story: Story, title: str, rarity: Rarity) -> dict[str, float]:
    """Return how the words of a title meet the story: how telling, how early."""
    terms = title_stems(title)
    if not terms:
        return {}
    weight = {t: rarity(t) + 0.05 for t in terms}
    whole = sum(weight.values())

    stems, lay, lead = story.stems, story.lay, story.lead
    shared = sum([weight[t] for t in terms if t in stems])
    return {
        "words.rare-share": shared / whole,
        "words.rare-sum": min(shared, _MOST_RARITY),
        "words.lay-share": sum([weight[t] for t in terms if t in lay and t not in stems]) / whole,
        "words.lead-share": sum([weight[t] for t in terms if t in lead]) / whole,
    }


def compare_abstract(story: Story, abstract: str, rarity: Rarity) -> dict[str, float]:
    """Return how the story's words meet an abstract: BM25 of words and of lay words, figures."""
    ordered = _abstract_stems(abstract)
    if not ordered:
        return {}
    counted = Counter(ordered)
    length = _K1 * (1 - _B + _B * len(ordered) / _ABSTRACT_LENGTH)

    def said(term: str) -> float:
        return rarity(term) * counted[term] * (_K1 + 1) / (counted[term] + length)

    share = min(1.0, _EXTRACT / max(len(story.stems), 1))
    return {
        "abstract.sum": share * sum(said(t) for t in counted if t in story.stems),
        "abstract.lay-sum": share * sum(said(t) for t in counted if t in story.lay),
        "abstract.figures": min(len(story.figures & _abstract_figures(abstract)), _MOST_FIGURES),
    }


def shown(story: Story, text: str) -> str | None:
    """Return the words that a title or abstract shares with the story, as the story writes them.

    Technical words that the story says in plain ones stand apart: they are the record's.
    """
    said, telling = _by_stem(story.words), _telling_words(text)
    shared = [(w, s) for w, s in telling if s in story.stems]
    own = " ".join(dict.fromkeys(w if w in story.words else said.get(s, w) for w, s in shared))
    plainly = " ".join(w for w, s in telling if s in story.lay and s not in story.stems)
    return " ".join(p for p in (own, plainly and f"(in other words: {plainly})") if p) or None


@lru_cache(maxsize=8)
def _by_stem(words: frozenset[str]) -> dict[str, str]:
    """Return for each stem the shortest word that has it."""
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return {stem(w): w for w in longest_first}


@lru_cache(maxsize=16384)
def _telling_words(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text that carry its subject, each once, with their stems."""
    kept = dict.fromkeys(w for w in words(text) if len(w) >= _SHORTEST_WORD)
    return tuple((w, stem(w)) for w in kept if w not in STOP_WORDS)
