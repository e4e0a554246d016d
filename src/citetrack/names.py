"""People's names: cut into given and family name, and compared across story and record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib import resources

from citetrack.text import fold

#: Words that belong to the family name that follows them.
PARTICLES = frozenset(
    """van von der den de del della di da dos das do du la le el al bin ibn ben ter ten op af av
    zu zum zur 't st san santa""".split()
)
_TITLES = frozenset(
    """dr prof professor professorin mr mrs ms miss sir dame lord lady baroness rev study lead
    senior doctor herr frau mme mlle sra dott dottoressa dra profa""".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv phd md msc mph frs obe cbe mbe".split())
_DOTS = re.compile(r"(?<=\b[^\W\d_])\.\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, folded: `given` names or initials, and the `family` name with particles."""

    given: tuple[str, ...]
    family: str

    @property
    def core(self) -> str:
        """The family name without its particles: "der Meer" and "van der Meer" are both "meer"."""
        parts = [p for p in self.family.split() if p not in PARTICLES]
        return " ".join(parts) or self.family


@lru_cache(maxsize=65536)
def parse_name(text: str) -> Name | None:
    """Return the name written as `text` ("Dr Ana de la Cruz", "Cruz, A. de la", "Cruz AB").

    None when nothing is left that could be a family name.

    >>> parse_name("Professor Aleksandra E. Zgierska, PhD")
    Name(given=('aleksandra', 'e'), family='zgierska')
    >>> parse_name("Mehra, M. R.")
    Name(given=('m', 'r'), family='mehra')
    """
    folded = _DOTS.sub(" ", fold(text)).replace(".", " ")
    before, comma, after = folded.partition(",")
    if comma and not set(after.split()) <= _SUFFIXES:
        family = [w for w in before.split() if w not in _TITLES]
        given = [w for w in after.replace(",", " ").split() if w not in _SUFFIXES]
        return Name(tuple(given), " ".join(family)) if family else None
    return _in_reading_order(_without_titles_and_suffixes(before.split()), text)


def _without_titles_and_suffixes(parts: list[str]) -> list[str]:
    while parts and parts[0] in _TITLES:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts = parts[:-1]
    return parts


def _in_reading_order(parts: list[str], printed: str) -> Name | None:
    if not parts:
        return None
    last = printed.rsplit(maxsplit=1)[-1]
    initials = last.isupper() and last.isalpha() and len(last) <= len("ABC")
    if len(parts) > 1 and initials and not printed.isupper():  # "Zgierska AE"
        return Name(tuple(fold(last)), " ".join(parts[:-1]))
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in PARTICLES:
        start -= 1
    return Name(tuple(parts[:start]), " ".join(parts[start:]))


def family_as_printed(text: str) -> str:
    """Return the family name of a printed name, with its letter case.

    >>> [family_as_printed(n) for n in ("Ana de la Cruz", "Holt-Lunstad J", "Mehra, M. R.")]
    ['de la Cruz', 'Holt-Lunstad', 'Mehra']
    """
    name = parse_name(text)
    width = len(name.family.split()) if name else 1
    if "," in text:
        return text.partition(",")[0].strip()
    parts = [p for p in text.split() if fold(p.strip(".")) not in _SUFFIXES]
    if name and fold(parts[-1].strip(".")) != name.family.split()[-1]:  # initials stand last
        return " ".join(parts[:-1])
    return " ".join(parts[-width:])


class Likeness(IntEnum):
    """How far two names are the same person's, from contradiction to certainty."""

    DIFFERENT = 0  # other family name, or other initials
    FAMILY = 1  # same family name, one given name missing
    INITIAL = 2  # same family name and initial
    FULL = 3  # same family and given name


@lru_cache(maxsize=65536)
def _family_forms(name: Name) -> frozenset[str]:
    """Return the ways in which a family name is cut short, joined or spelt."""
    whole = name.family
    pieces = re.split(r"[\s-]+", name.core)
    forms = {whole, name.core, name.core.replace("-", " "), re.sub(r"[\s'-]+", "", whole)}
    if len(pieces) > 1:  # "García Márquez" is also García, "Smith-Jones" also Jones
        forms |= {p for p in (pieces[0], pieces[-1]) if len(p) > len("abc")}
    return frozenset(forms | {_plain_spelling(f) for f in forms})


#: Letters that languages write in one or two: "Müller" and "Mueller", "Sørensen" and "Soerensen",
#: "Åberg" and "Aaberg"; and Scottish names. Both sides are brought to the shorter form.
_SPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("mac", "mc"))


def _plain_spelling(family: str) -> str:
    for long, short in _SPELLINGS:
        family = family.replace(long, short)
    return family


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, frozenset[str]]:
    """Return of each given name the names that it stands for, its own included."""
    text = resources.files("citetrack").joinpath("resources", "nicknames.tsv").read_text("utf-8")
    meant: dict[str, set[str]] = {}
    for line in text.splitlines():
        for name in line.split() if not line.startswith("#") else ():
            meant.setdefault(fold(name), set()).add(line.split()[0])
    return {name: frozenset(formal) for name, formal in meant.items()}


def _same_given(one: str, other: str) -> bool:
    """Whether two given names are one: as spelt, a nickname, or the first half of a double name."""
    if one.replace("-", "") == other.replace("-", ""):
        return True
    first, other_first = one.partition("-")[0], other.partition("-")[0]
    if first == other_first and len(first) > 1:
        return True
    known = _nicknames()
    return not known.get(one, frozenset()).isdisjoint(known.get(other, frozenset()))


def _same_initial(one: str, other: str) -> bool:
    """Whether one of two given names may stand for the other's initial: "Bob" and "R."."""
    if one[0] == other[0]:
        return True
    initial, name = sorted((one, other), key=len)
    meant = _nicknames().get(name, frozenset()) if len(initial) == 1 else frozenset()
    return any(group.startswith(initial) for group in meant)


#: Family names that newspapers print first, as in Chinese, Korean and Vietnamese.
_PRINTED_FIRST = frozenset(
    """li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo liang song
    zheng xie tang han cao deng feng peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei
    su lu ding ren shen yao lin jiang kim lee park choi jung jeong kang cho yoon jang lim shin
    hwang ahn kwon nguyen tran pham hoang""".split()
)


def family_first(name: Name) -> Name | None:
    """Return "Li Xiaoming", read as given and family name, the other way round; else None."""
    if len(name.given) == 1 and name.given[0] in _PRINTED_FIRST:
        return Name((name.family,), name.given[0])
    return None


def family_forms(name: Name) -> frozenset[str]:
    """Return every spelling of a family name by which a name may meet another.

    Two names without a form in common are different, whatever their given names.
    """
    turned = family_first(name)
    return _family_forms(name) | _family_forms(turned) if turned else _family_forms(name)


def compare_names(story: Name, record: Name) -> Likeness:
    """Return how alike a name in a story and one in a record are.

    Given names with the same initial do not contradict each other (Wes and William, nicknames that
    nobody listed).
    """
    level = _compare(story, record)
    turned = None if level else family_first(story)
    return _compare(turned, record) if turned else level


def _compare(story: Name, record: Name) -> Likeness:
    if _family_forms(story).isdisjoint(_family_forms(record)):
        return Likeness.DIFFERENT
    if not story.given or not record.given:
        return Likeness.FAMILY
    mine, theirs = story.given[0], record.given[0]
    if len(mine) > 1 and len(theirs) > 1 and _same_given(mine, theirs):
        return Likeness.FULL
    if _same_initial(mine, theirs):
        return Likeness.INITIAL
    # Known by a middle name; or a word before the name taken for part of it ("Biologin Ana Ruiz").
    if any(g[0] == mine[0] for g in record.given[1:]) or theirs in story.given[1:]:
        return Likeness.INITIAL
    return Likeness.DIFFERENT
