"""The names of journals: packaged, widened by those of the works in use, scanned all at once."""

from __future__ import annotations

import gzip
import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import accumulate
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
    """A name met in a text: how much it says by itself, and the title that records print."""

    start: int
    end: int
    rank: int
    title: str


def journal_key(name: str) -> str:
    """Return what two spellings of a journal's name share: case, marks, "&" and "The" left out.

    >>> journal_key("The Lancet Diabetes & Endocrinology")
    'lancet diabetes and endocrinology'
    """
    # Past the cache of `fold`: thousands of names kept there hold on to the memory around them.
    folded = fold.__wrapped__(name.replace("&", " and "))
    return _NOT_WORDS.sub(" ", folded).strip().removeprefix("the ")


def plain_marks(text: str) -> str:
    """Return `text` with plain apostrophes, hyphens and blanks; no character moves."""
    if text.isascii():
        return text
    for mark, plain in _PLAIN_MARKS:
        text = text.replace(mark, plain)
    return text


class Column:
    """Many strings in one piece of memory."""

    def __init__(self, strings: Iterable[str]) -> None:
        pieces = [s.encode() for s in strings]
        self._bytes = b"".join(pieces)
        self._ends = array("I", accumulate(len(p) for p in pieces))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, row: int) -> str:
        start = self._ends[row - 1] if row else 0
        return self._bytes[start : self._ends[row]].decode()

    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))


class Gazetteer:
    """Names of journals, looked up one by one or found in a text all at once.

    A snapshot brings a hundred thousand names, so they are kept in columns: a name is a row with
    its rank and its title; a title knows its journal, which for a former name is another title.
    """

    def __init__(self, names: Mapping[str, Name], seeds: Iterable[str] = ()) -> None:
        rows = dict.fromkeys(sorted(seeds), _SEED) | dict(names)
        titles = {title: i for i, title in enumerate(dict.fromkeys(_titles(rows.values())))}
        issns = {n.journal.title: ",".join(n.journal.issn) for n in rows.values() if n.journal}
        self.spellings = Column(rows)
        self._ranks = bytes(n.rank for n in rows.values())
        self._title_of = array("I", (titles[n.title] for n in rows.values()))
        self._journal_of = array("I", (titles[_journal_title(n)] for n in rows.values()))
        self._titles = Column(titles)
        self._issns = Column(issns.get(title, "") for title in titles)

    def with_names(self, titles: Iterable[str], *, every: bool = False) -> Gazetteer:
        """Return a gazetteer that knows these titles too, as the container-titles of works.

        Titles known already keep their journal. What is too short for a name is left out, and what
        says "Journal of" by itself, since the rules find that without knowing it (but `every`).
        """
        rows = {spelling: self._row(i) for i, spelling in enumerate(self.spellings)}
        known = {journal_key(spelling) for spelling in rows}
        for title in (" ".join(t.split()) for t in titles):
            found_anyway = not every and not _HEADS.isdisjoint(title.split())
            if len(title) < _SHORTEST or found_anyway:
                continue
            if (key := journal_key(title)) and key not in known:
                known.add(key)
                _add(rows, Journal(title), (title,), {}, own=False)
        return Gazetteer(rows)

    def __len__(self) -> int:
        return len(self._ranks)

    def name(self, written: str) -> Name | None:
        """Return what is known of a name, however it is spelt, or None."""
        hashes, rows = self._by_key
        wanted = _hash(journal_key(written))
        place = bisect_left(hashes, wanted)
        found = place < len(hashes) and hashes[place] == wanted
        return self._row(rows[place]) if found else None

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
        text = plain_marks(text)
        size = len(text)
        for row, start, end in self._automaton.find_matches_as_indexes(text):
            if (start and _joins(text[start - 1])) or (end < size and _joins(text[end])):
                continue
            yield Hit(start, end, self._ranks[row], self._titles[self._title_of[row]])

    def _row(self, row: int) -> Name:
        rank, journal = self._ranks[row], self._journal_of[row]
        title = self._titles[self._title_of[row]]
        if rank in {NEVER, SEED}:
            return Name(None, title, rank)
        issn = tuple(x for x in self._issns[journal].split(",") if x)
        return Name(Journal(self._titles[journal], issn), title, rank)

    @cached_property
    def _by_key(self) -> tuple[array[int], array[int]]:
        """The hashes of the names' keys, sorted, and the row of each: a dict takes ten times more.

        Of two keys among 100,000 one in four billion has the hash of another.
        """
        rows: dict[int, int] = {}
        for row, spelling in enumerate(self.spellings):
            if self._ranks[row] not in {NEVER, SEED}:
                rows.setdefault(_hash(journal_key(spelling)), row)
        hashes = array("q", sorted(rows))
        return hashes, array("I", (rows[h] for h in hashes))

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        return AhoCorasick(
            list(self.spellings),
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )


_SEED = Name(None, "", SEED)


def _titles(names: Iterable[Name]) -> Iterator[str]:
    for name in names:
        yield name.title
        yield _journal_title(name)


def _journal_title(name: Name) -> str:
    return name.journal.title if name.journal else name.title


def _hash(key: str) -> int:
    """Return 64 bits of a key; the interpreter's own hash differs by run, as nothing is kept."""
    return hash(key)


def _joins(character: str) -> bool:
    """Whether a character beside a name makes it part of a longer word."""
    return character.isalnum() and character < "\u2e80"


# ---------------------------------------------------------------- the packaged names


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
    own: bool = True,
) -> None:
    """Add each name of a journal in the spellings that stories use."""
    for name in called:
        rank = ranks.get(name) or rank_of(name, own=own)
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
