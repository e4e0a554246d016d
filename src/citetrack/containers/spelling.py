"""How the name of a journal is spelt: in stories, and for comparing."""

from __future__ import annotations

import re

from citetrack.text import fold

#: How much a name says by itself: a rank, not a score.
NEVER, NOUN, VERB, ALONE, SEED = range(5)

_NOT_WORDS = re.compile(r"[^\w]+")
#: "Sleep Health: Journal of the …" is called "Sleep Health".
_SUBTITLE = re.compile(r"(?<=\w): (?:the |an |a )?(?:\w+ )*(?:journal|official)\b.*", re.IGNORECASE)
HEADS = frozenset("Journal Journals Annals Archives Proceedings Transactions Acta".split())
_FAMILIES = frozenset("JAMA BMJ BMC PLOS JACC NEJM npj".split())
#: Single words that are not called journals elsewhere: "Cephalalgia" is, "Forests" is not one.
_TELLING_END = re.compile(r"(?:logy|logia|logica|iatry|iatrics|surgery|graphy|scopy|trics)$")
_INNER_CAPITAL = re.compile(r"[a-z0-9][A-Z]|^[A-Z]{4,}$")
_SMALL = frozenset(
    """of the and for in on to at by from with an a de del della di da do du des la le les et y e
    und der die das für van voor en zur zu""".split()
)
SHORTEST = 3
#: Characters of running text, the most frequent first. A scan is at rest until it meets the
#: beginning of a name, so it looks for each from its rarest character on: it takes a third of the
#: time that it takes where "eLife" and "revista" have it look up at every "e" and "r".
_RARITY = {c: i for i, c in enumerate(" etaoinsrhldcumfgypwb.,-'vkxqjz")}
#: Marks that stand for one another, or that no name has, all of one character, so that offsets
#: stay true. Without them most English news is ASCII, where bytes need not be counted.
_PLAIN_MARKS = tuple(zip("’‘–—‐‑\xa0“”£", "''---- \"\"$", strict=True))


def journal_key(name: str) -> str:
    """Return what two spellings of a journal's name share: case, marks, "&" and "The" left out.

    >>> journal_key("The Lancet Diabetes & Endocrinology")
    'lancet diabetes and endocrinology'
    """
    if name.isascii() and name.replace(" ", "").isalnum():
        return " ".join(name.lower().split()).removeprefix("the ")
    # Past the cache of `fold`: thousands of names kept there hold on to the memory around them.
    folded = fold.__wrapped__(name.replace("&", " and "))
    return _NOT_WORDS.sub(" ", folded).strip().removeprefix("the ")


def rest_at(name: str) -> int:
    """Return where a name is met: at its first capital or figure, or else its rarest letter.

    >>> [rest_at(name) for name in ("Nature", "eLife", "revista")]
    [0, 1, 2]
    """
    if name[0].isupper():
        return 0
    return max(range(max(1, len(name) - 1)), key=lambda i: _rarity(name[i]))


def stands_out(name: str) -> bool:
    """Return whether a name has a character that running text seldom has.

    >>> stands_out("medizinische genetik"), stands_out("acta ethologica")
    (True, False)
    """
    return _rarity(name[rest_at(name)]) > _rarity("k")


def _rarity(character: str) -> int:
    return _RARITY.get(character, len(_RARITY))


def plain_marks(text: str) -> str:
    """Return `text` with plain quotes, hyphens and blanks; no character moves."""
    if text.isascii():
        return text
    for mark, plain in _PLAIN_MARKS:
        text = text.replace(mark, plain)
    return text


def rank_of(name: str, *, own: bool) -> int:
    """Return how much a name says by itself, where nobody wrote it down."""
    words = name.split()
    if len(words) == 1:
        return VERB if own or _TELLING_END.search(name) or _INNER_CAPITAL.search(name) else NOUN
    telling = len(words) > len("ab") and not HEADS.isdisjoint(words)
    return ALONE if telling or words[0] in _FAMILIES else VERB


def spellings_of(name: str, *, small: bool = False) -> list[str]:
    """Return a name in capitals and as written, without "The", with "and" for "&", short.

    Without a capital in its first word it is a name only where that is asked (`small`): "gut" and
    "cultural geographies" are words of any text.

    >>> spellings_of("The Journal of sleep & dreams")
    ['Journal of Sleep & Dreams', 'Journal of Sleep and Dreams', 'Journal of sleep & dreams', \
'Journal of sleep and dreams', 'The Journal of Sleep & Dreams', 'The Journal of Sleep and Dreams', \
'The Journal of sleep & dreams', 'The Journal of sleep and dreams']
    """
    name = plain_marks(name)
    short = _SUBTITLE.sub("", name) if ":" in name else name
    forms = {name, short} if " " in short else {name}
    forms |= {_in_capitals(form) for form in forms}
    forms |= {bare for form in forms if " " in (bare := form.removeprefix("The "))}
    forms |= {form.replace(" & ", " and ") for form in forms}
    forms |= {form.replace(" and ", " & ") for form in forms}
    return sorted(f for f in forms if len(f) >= SHORTEST and (small or not _is_small(f)))


def _is_small(form: str) -> bool:
    first = form.partition(" ")[0]
    return first.islower() and first not in _FAMILIES


def _in_capitals(name: str) -> str:
    """Return "Journal of applied physics" as stories print it."""
    first, *rest = name.split(" ")
    capitals = (w if w in _SMALL or not w[:1].islower() else w[:1].upper() + w[1:] for w in rest)
    head = first if _INNER_CAPITAL.search(first) else first[:1].upper() + first[1:]
    return " ".join((head, *capitals))
