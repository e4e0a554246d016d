"""The names of journals: packaged, widened by those of the works in use, scanned all at once."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ahocorasick_rs import AhoCorasick

#: How much a name says by itself (`Use`): a rank, not a score.
NEVER, NOUN, VERB, ALONE, SEED = range(5)

_NOT_WORDS = re.compile(r"[^\w]+")
#: "Sleep Health: Journal of the …" is called "Sleep Health".
_SUBTITLE = re.compile(r"(?<=\w): (?:the |an |a )?(?:\w+ )*(?:journal|official)\b.*", re.IGNORECASE)
_HEADS = frozenset("Journal Journals Annals Archives Proceedings Transactions Acta".split())
_FAMILIES = frozenset("JAMA BMJ BMC PLOS JACC NEJM npj".split())
#: Single words that are not called journals elsewhere: "Cephalalgia" is, "Forests" is not one.
_TELLING_END = re.compile(r"(?:logy|logia|logica|iatry|iatrics|surgery|graphy|scopy|trics)$")
_INNER_CAPITAL = re.compile(r"[a-z0-9][A-Z]|^[A-Z]{4,}$")
_SMALL = frozenset(
    """of the and for in on to at by from with an a de del della di da do du des la le les et y e
    und der die das für van voor en zur zu""".split()
)
_SHORTEST = 3
#: Marks that stand for one another, all of one character, so that offsets stay true.
_PLAIN_MARKS = (("’", "'"), ("‘", "'"), ("–", "-"), ("‐", "-"), ("‑", "-"), ("\xa0", " "))


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal: its title as records print it, and its ISSN."""

    title: str
    issn: tuple[str, ...] = ()


class Name(NamedTuple):
    """One name that is scanned for: its journal, what it is called there, and its rank."""

    journal: Journal | None
    title: str
    rank: int


class Hit(NamedTuple):
    """A name met in a text."""

    start: int
    end: int
    name: Name


def journal_key(name: str) -> str:
    """Return what two spellings of a journal's name share: case, marks, "&" and "The" left out.

    >>> journal_key("The Lancet Diabetes & Endocrinology")
    'lancet diabetes and endocrinology'
    """
    words = _NOT_WORDS.sub(" ", fold(name.replace("&", " and "))).strip()
    return words.removeprefix("the ")


def plain_marks(text: str) -> str:
    """Return `text` with plain apostrophes, hyphens and blanks; no character moves."""
    if text.isascii():
        return text
    for mark, plain in _PLAIN_MARKS:
        text = text.replace(mark, plain)
    return text


class Gazetteer:
    """Names of journals, looked up one by one or found in a text all at once."""

    def __init__(self, names: Mapping[str, Name], seeds: Iterable[str] = ()) -> None:
        self._names = dict(names)
        self._seeds = frozenset(seeds)

    def with_names(self, titles: Iterable[str]) -> Gazetteer:
        """Return a gazetteer that knows these titles too, as the container-titles of works.

        Titles known already keep their journal; what cannot be told from a word is left out.
        """
        known = {journal_key(n) for n in self._names}
        names = dict(self._names)
        for title in (" ".join(t.split()) for t in titles):
            if len(title) >= _SHORTEST and (key := journal_key(title)) and key not in known:
                known.add(key)
                _add(names, Journal(title), (title,), {})
        return Gazetteer(names, self._seeds)

    def __len__(self) -> int:
        return len(self._names)

    def name(self, written: str) -> Name | None:
        """Return what is known of a name, however it is spelt, or None."""
        return self._by_key.get(journal_key(written))

    def find(self, written: str) -> Journal | None:
        """Return the journal of this name, however it is spelt, or None."""
        found = self.name(written)
        return found.journal if found else None

    def same(self, one: str, other: str) -> bool | None:
        """Return whether two names are one journal's; None where either is unknown."""
        a, b = self.find(one), self.find(other)
        return None if a is None or b is None else a == b

    def scan(self, text: str) -> Iterator[Hit]:
        """Yield the names in a text, leftmost and longest first, whole words in their capitals."""
        automaton, names = self._automaton
        text = plain_marks(text)
        size = len(text)
        for index, start, end in automaton.find_matches_as_indexes(text):
            if (start and _joins(text[start - 1])) or (end < size and _joins(text[end])):
                continue
            yield Hit(start, end, names[index])

    @cached_property
    def _by_key(self) -> dict[str, Name]:
        found: dict[str, Name] = {}
        for text, name in self._names.items():
            if name.journal:
                found.setdefault(journal_key(text), name)
        return found

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[Name]]:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        seed = Name(None, "", SEED)
        patterns = dict.fromkeys(self._seeds, seed) | self._names
        automaton = AhoCorasick(
            list(patterns),
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )
        return automaton, list(patterns.values())


def _joins(character: str) -> bool:
    """Whether a character beside a name makes it part of a longer word."""
    return character.isalnum() and character < "\u2e80"


# ---------------------------------------------------------------- the packaged names


@lru_cache(maxsize=1)
def packaged_names() -> dict[str, Name]:
    """Return the names that come with citetrack, each with its journal and rank."""
    ranks = {name: _RANKS[word] for word, name in _rows("journals-cautions.tsv")}
    names = {name: Name(None, name, NEVER) for name, rank in ranks.items() if rank == NEVER}
    known: set[str] = set()
    for title, issn, others, former in (_four(r) for r in _rows("journals-own.tsv")):
        journal = Journal(title, issn)
        known.update(issn)
        _add(names, journal, (title, *others), ranks)
        for old in former:
            _add(names, journal, (old,), ranks, title=old)
    for title, joined, spellings in _rows("journals.tsv.gz"):
        codes = _split(joined, ",")
        if known.isdisjoint(codes):
            journal = Journal(title, codes)
            for spelling in spellings.split("|"):
                rank = ranks.get(spelling) or rank_of(spelling, own=False)
                names.setdefault(spelling, Name(journal, title, rank))
    return names


_RANKS = {"never": NEVER, "noun": NOUN, "alone": ALONE}


def _rows(file: str) -> list[list[str]]:
    raw = resources.files("citetrack.resources").joinpath(file).read_bytes()
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode()
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


def _four(row: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return title, ISSN, other names and former names of a row; columns at its end may miss."""
    title, issn, others, former = (*row, "", "", "")[:4]
    return title, _split(issn, ","), _split(others, "|"), _split(former, "|")


def _split(column: str, mark: str) -> tuple[str, ...]:
    return tuple(x for x in column.split(mark) if x)


def _add(
    names: dict[str, Name],
    journal: Journal,
    called: Iterable[str],
    ranks: Mapping[str, int],
    *,
    title: str | None = None,
) -> None:
    """Add each name of a journal in the spellings that stories use."""
    for name in called:
        rank = ranks.get(name) or rank_of(name, own=True)
        for spelling in spellings_of(name):
            names.setdefault(spelling, Name(journal, title or journal.title, rank))


def rank_of(name: str, *, own: bool) -> int:
    """Return how much a name says by itself, where nobody wrote it down."""
    words = name.split()
    if len(words) == 1:
        return VERB if own or _TELLING_END.search(name) or _INNER_CAPITAL.search(name) else NOUN
    telling = len(words) > len("ab") and not _HEADS.isdisjoint(words)
    return ALONE if telling or words[0] in _FAMILIES else VERB


def spellings_of(name: str) -> list[str]:
    """Return a name in capitals and as written, without "The", with "and" for "&", short.

    >>> spellings_of("The Journal of sleep & dreams")
    ['Journal of Sleep & Dreams', 'Journal of Sleep and Dreams', 'Journal of sleep & dreams', \
'Journal of sleep and dreams', 'The Journal of Sleep & Dreams', 'The Journal of Sleep and Dreams', \
'The Journal of sleep & dreams', 'The Journal of sleep and dreams']
    """
    name = plain_marks(name)
    short = _SUBTITLE.sub("", name)
    forms = {name, short} if " " in short else {name}
    forms |= {_in_capitals(form) for form in forms}
    forms |= {bare for form in forms if " " in (bare := form.removeprefix("The "))}
    forms |= {form.replace(" & ", " and ") for form in forms}
    forms |= {form.replace(" and ", " & ") for form in forms}
    return sorted(form for form in forms if len(form) >= _SHORTEST)


def _in_capitals(name: str) -> str:
    """Return "Journal of applied physics" as stories print it."""
    first, *rest = name.split(" ")
    capitals = (w if w in _SMALL or not w[:1].islower() else w[:1].upper() + w[1:] for w in rest)
    head = first if _INNER_CAPITAL.search(first) else first[:1].upper() + first[1:]
    return " ".join((head, *capitals))
