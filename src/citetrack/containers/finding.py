"""Deciding which names and capitalised runs of a text are journals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from citetrack.containers import cues
from citetrack.containers.cues import Cue
from citetrack.containers.east_asian import (
    CUES,
    CUES_AFTER,
    EAST_ASIAN,
    announced,
    find_east_asian,
)
from citetrack.containers.gazetteer import ALONE, NEVER, NOUN, SEED, VERB
from citetrack.dates import MONTHS, WEEKDAYS
from citetrack.model import Mention
from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetrack.containers.gazetteer import Gazetteer, Hit, Name
    from citetrack.model import Link

#: Where a name stands, and the title that records give it, if it is known.
Found: TypeAlias = "tuple[int, int, str | None]"

#: Words after which a journal is named, whatever it is called.
CUE_WORDS = frozenset(
    """journal journals Journal JOURNAL Fachmagazin Fachzeitschrift Fachjournal Fachblatt
    Wissenschaftsmagazin Wissenschaftszeitschrift Wissenschaftsjournal Zeitschrift revue revista
    rivista vakblad vaktijdschrift tijdschrift""".split()
).union(CUES, CUES_AFTER)
#: Words that titles hold: where one stands capitalised, a journal that nobody listed may stand.
_TITLE_WORDS = frozenset(
    """Annals Archives Lancet Review Reviews Proceedings Nature Science Cell JAMA BMJ PLOS PLoS BMC
    JACC NEJM Medicine Letters Psychology Research Transactions Bulletin Advances Frontiers
    Neurology Pediatrics Paediatrics Circulation Acta Revista Revue Rivista Tijdschrift Physical
    Psychiatry Ecology Biology Chemistry Physics Cancer Diabetes Genetics Geology Astrophysical
    Epidemiology Immunology Anthropology Archaeology Microbiology Neuroscience Psychological
    Behaviour Behavior Sciences Trends Communications Quarterly npj Surgery Nursing Nutrition
    Oncology Cardiology Journals""".split()
)
SEEDS = CUE_WORDS | _TITLE_WORDS

_SMALL = (
    r"(?:of|the|and|for|in|on|to|&|de|del|della|da|do|la|le|les|et|y|e|und|für|der|des|di|van"
    r"|voor)"
)
_SMALL_WORDS = frozenset(_SMALL[len("(?:") : -len(")")].split("|"))
_LETTERS = r"(?:[^\W\u2e80-\uffff]|['’&/‐‑–-]|\.(?=\w))*\+?"
_WORD = (
    r"(?:[^\W\d_a-zß-öø-ÿ]|(?:e|bio|med|psy|chem|m|i)(?=[A-Z])|ar(?=X)|npj(?=\s|$))"
    rf"{_LETTERS}"
)
_GAP = r"[^\S\n]"  # names do not run over the end of a line
_MORE = rf"(?:(?:{_GAP}|:{_GAP})(?:{_SMALL}{_GAP}){{0,3}}{_WORD})*"
_RUN = re.compile(rf"(?:the{_GAP})?{_WORD}{_MORE}")
_GOES_ON = re.compile(f"{_LETTERS}{_MORE}")
_CAPITALISED = re.compile(rf"(?<![\w-]){_WORD}:?$")
_OPENING = re.compile(r"[^\S\n]*[«»“”„‚‘’\"'*_(\[]{0,3}[^\S\n]?")
_CUE_TAIL = re.compile(
    rf"(?:\s(?:{'|'.join(sorted(cues.AFTER_NOUN))}))*[,:]?(?=[\s«»“”„\"'*_:：])", re.IGNORECASE
)
_LABEL = re.compile(
    r"[ \t>*]*(?P<word>J(?:ournal(?:\s[Ii]nformation)?[ \t*]*[:：]|OURNAL[ \t]*\n))"
)
_JOINT = re.compile(r",?\s(?:and|or|&|und|et|y|e|en)\s(?:[Tt]he\s(?!Lancet))?")

#: Capitalised because a sentence or line begins there.
_OPENERS = frozenset(
    """by the a an in on at for from it its this that these those he she they we you his her our
    but and or as if when while after before entry entries published online today also so since of
    to according writing reporting source sources reference references der die das dem den im am
    ein eine el los las en un una les dans il lo nella sul na no information article articles
    researchers scientists dr professor prof""".split()
).union(MONTHS, WEEKDAYS)
_HEADS = re.compile(
    r"\b(?:Journals?|Annals|Archives|Proceedings|Reviews?|Bulletin|Transactions|Letters|Revista"
    r"|Revue|Zeitschrift|Acta|Tijdschrift|Rivista|Lancet|JAMA|BMJ|BMC|PLOS|PLoS|JACC)\b"
)
_NO_JOURNAL = re.compile(
    r"""\b(?:Inc|Ltd|LLC|Universi\w+|Institut\w*|Istituto|Hospital|College|School|Foundation
        |Department|Division|Ministry|Minister|Society|Association|Academy|Council|Committee|Center
        |Centre|Museum|Street|News|Times|Post|Guardian|Telegraph|Daily|Mail|Tribune|Herald|Gazette
        |Trust|Agency|Conference|Congress|Meeting|Group|Press|Fund|Charity|Program|Programme|Project
        |UK|Prize|Award|Faculty|Library|Board|Party|Channel|Today|Magazine|Radio|Television)\b""",
    re.VERBOSE,
)
_TAIL_MARKS = ".,;:'’-–*_/&"
_OWNER = ("'s", "’s")
_OWNERS = (*_OWNER, "s'", "s’")
#: What is no part of the name before it: "Science on Thursday", "Nature April", "Time Magazine".
_NEXT = re.compile(
    rf"""\s(?:(?:Magazine|Provided|Journal\sinformation|More\sinformation|DOI|Doi)\b
        |(?:{"|".join(w.title() for w in (*MONTHS, *WEEKDAYS))})\b(?!\s(?:&|and|of)\b))""",
    re.VERBOSE,
)
_JOURNAL_WORDS = frozenset(fold(w) for w in _TITLE_WORDS) | frozenset(
    """journal nanoscale astronomy geoscience brain sleep obesity stroke heart gut thorax physiology
    endocrinology medical clinical applied biological climate genome molecular health dermatology
    gastroenterology ophthalmology rheumatology urology anthropological economics education
    sociology linguistics engineering materials environmental experimental current""".split()
)
#: A line most of whose longer words are capitalised is a headline: capitals tell nothing there.
_MOSTLY, _SHORTEST_HEADLINE, _LONGEST_HEADLINE = 0.7, 4, 200
_REACH = 80
_MOST_SMALL = 2  # small words between two capitalised ones
_JOINED = len("*, and the *")  # the widest gap between two names of a list


class Finding:
    """One text, whose names are decided from left to right."""

    def __init__(self, text: str, links: Sequence[Link], gazetteer: Gazetteer) -> None:
        self._text = text
        self._ascii = text.isascii()
        self._gazetteer = gazetteer
        self._anchors = {(x.start, x.end) for x in links}
        self._done = 0
        self._last: tuple[int, int, Cue | None] = (-1, -1, None)  # the last journal, and its cue

    def mentions(self) -> Iterator[Mention]:
        """Yield the journals of the text in order."""
        before: Found = (-1, -1, None)
        for hit in self._gazetteer.scan(self._text):
            if hit.start < self._done or hit.rank == NEVER or self._is_bare(hit):
                continue
            for found in self._decide(hit):
                start, end, title = found
                self._done = max(self._done, end)
                if not self._explains(before, found):
                    value = title or self._text[start:end]
                    yield Mention("container", value, start, end, finder="container")
                before = found

    def _explains(self, before: Found, found: Found) -> bool:
        """Whether a name in brackets only says once more what stands before it."""
        if before[2] is None or before[2] != found[2] or found[0] > before[1] + len(" ("):
            return False
        return self._text[before[1] : found[0]].strip() == "("

    def _is_bare(self, hit: Hit) -> bool:
        """Whether nothing near a hit could make it a journal: asked first, because it is quick.

        A journal announced by a word for one is met at that word, before its name.
        """
        text, start, end, rank, _ = self._text, *hit
        if rank > NOUN or start <= self._last[1] + _JOINED:
            return False
        return not (
            cues.emphasised(text, start, end)
            or cues.called_journal(text, end)
            or cues.dated(text, end)
            or (start and text[start - 1] >= EAST_ASIAN)
        )

    def _decide(self, hit: Hit) -> Iterator[Found]:
        text = self._text
        if text[hit.start] >= EAST_ASIAN:
            for start, end, title in find_east_asian(text, hit.start, hit.end, hit.title):
                listed = self._gazetteer.name(text[start:end])
                yield start, end, title or (listed.title if listed else None)
        elif hit.rank == SEED and (run := _announced(text, hit)):
            begin, stop = self._trimmed(*run)
            yield from self._in_run(begin, self._past_a_comma(begin, stop), None, Cue.NOUN)
        elif hit.rank != SEED or text[hit.start].isupper():
            known = None if hit.rank == SEED else hit
            run = _run_around(text, hit)
            if known and (run == (hit.start, hit.end) or self._is_headline(hit.start)):
                yield from self._accepted(hit.start, hit.end, hit, None)
            else:
                yield from self._in_run(*self._trimmed(*run), known, None)

    def _past_a_comma(self, begin: int, stop: int) -> int:
        """Return where a listed name with a comma in it ends, or `stop`."""
        if not self._text.startswith(", ", stop):
            return stop
        first = next(self._gazetteer.scan(self._text[begin : stop + _REACH]), None)
        return begin + first.end if first and first.start == 0 else stop

    def _in_run(self, begin: int, stop: int, known: Hit | None, cue: Cue | None) -> Iterator[Found]:
        """Decide a capitalised run: known whole, several journals, unknown, or known in part."""
        if begin >= stop:
            return
        if cue is None:
            cue = self._cue(begin)
        whole: Name | Hit | None = self._gazetteer.name(self._text[begin:stop])
        if whole is None and known and known.end == stop and _owned(self._text, begin, known.start):
            begin, whole = known.start, known
        parts: list[tuple[int, int, Name | Hit]]
        if whole:
            parts = [(begin, stop, whole)]
        elif several := self._several(begin, stop, cue):
            parts = several
        elif self._takes_unknown(begin, stop, cue):
            self._last = (begin, stop, cue)
            yield begin, stop, None
            return
        elif known and known.end == stop and known.rank == ALONE:
            parts = [(known.start, known.end, known)]
        else:
            return
        for start, end, name in parts:
            yield from self._accepted(start, end, name, cue)

    def _accepted(self, start: int, end: int, name: Name | Hit, cue: Cue | None) -> Iterator[Found]:
        """Yield a known name where a journal is meant; its cue is asked for where it matters."""
        if name.rank == ALONE or self._accepts(start, end, name, cue or self._cue(start)):
            self._last = (start, end, cue)
            yield start, end, name.title

    def _cue(self, begin: int) -> Cue:
        """Return what announces the name at `begin`: a list goes on with the cue that opened it."""
        start, end, cue = self._last
        if 0 < end <= begin <= end + _JOINED and cues.joined(self._text, end, begin):
            return cues.before(self._text, start) if cue is None else cue
        return cues.before(self._text, begin)

    def _accepts(self, start: int, end: int, name: Name | Hit, cue: Cue) -> bool:
        """Whether a known name is meant as a journal."""
        if cue is Cue.NOUN or (cue is Cue.VERB and name.rank == VERB):
            return True
        text = self._text
        if cues.called_journal(text, end) or (not self._ascii and announced(text, start, end)):
            return True
        several = " " in text[start:end]
        if cues.in_source_line(text, start) and (several or cues.dated(text, end)):
            return True
        marked = cues.emphasised(text, start, end)
        if name.rank == NOUN:
            return cue is Cue.VERB and marked
        return (
            marked
            or (start, end) in self._anchors
            or (several and cues.after(text, end))
            or cues.in_front(text, start, end)
        )

    def _takes_unknown(self, begin: int, stop: int, cue: Cue) -> bool:
        """Whether a run that nobody listed is a journal: announced, and no body or place."""
        if cue is Cue.NONE or self._is_headline(begin):
            return False
        name = self._text[begin:stop]
        head = _HEADS.search(name)
        if not head and _NO_JOURNAL.search(name):
            return False
        if cue is Cue.NOUN or (head and stop - begin > len(head[0])):
            return True
        return any(fold(w.strip(".,:;")) in _JOURNAL_WORDS for w in name.split()) or (
            cues.emphasised(self._text, begin, stop)
        )

    def _several(self, begin: int, stop: int, cue: Cue) -> list[tuple[int, int, Name | Hit]]:
        """Return the two known journals that "and" joins in a run, if so."""
        if cue is Cue.NONE:
            return []
        run, name = self._text[begin:stop], self._gazetteer.name
        for m in _JOINT.finditer(run):
            one, other = name(run[: m.start()]), name(run[m.end() :])
            if one and other and (cue is Cue.NOUN or NOUN not in {one.rank, other.rank}):
                return [(begin, begin + m.start(), one), (begin + m.end(), stop, other)]
        return []

    def _is_headline(self, position: int) -> bool:
        """Whether a position stands in a line most of whose words are capitalised."""
        text, reach = self._text, _LONGEST_HEADLINE
        start = text.rfind("\n", max(0, position - reach), position) + 1
        end = text.find("\n", position, position + reach)
        if (not start and position > reach) or (end < 0 and len(text) > position + reach):
            return False
        line = text[start : end if end >= 0 else len(text)]
        if len(line) > reach or line[:1].islower() or line.rstrip().endswith("."):
            return False
        words = [w for w in line.split() if len(w) > len("with")]
        capitals = sum(w[:1].isupper() for w in words)
        return len(words) >= _SHORTEST_HEADLINE and capitals > _MOSTLY * len(words)

    # ------------------------------------------------------------ where a name begins and ends

    def _trimmed(self, begin: int, stop: int) -> tuple[int, int]:
        """Cut openers, dates and small words off a run."""
        begin = _without_openers(self._text, begin, stop)
        name = self._text[begin:stop]
        if after := _NEXT.search(name):
            name = name[: after.start()]
        return begin, begin + len(_without_tail(name))


def _announced(text: str, hit: Hit) -> tuple[int, int] | None:
    """Return the run after a word for a journal or a label, if the hit is one."""
    word = text[hit.start : hit.end]
    if word not in CUE_WORDS:
        return None
    line = text.rfind("\n", max(0, hit.start - _REACH), hit.start) + 1
    label = word[0] == "J" and _LABEL.match(text, line)
    if word[0] == "J" and not (label and label.start("word") == hit.start):
        return None
    tail = label or _CUE_TAIL.match(text, hit.end)
    opening = tail and _OPENING.match(text, tail.end())
    run = opening and _RUN.match(text, opening.end(), opening.end() + _REACH)
    return run.span() if run else None


def _run_around(text: str, hit: Hit) -> tuple[int, int]:
    """Return the capitalised run in which a hit stands."""
    run = _GOES_ON.match(text, hit.end, hit.end + 2 * _REACH)
    return _run_begins(text, hit.start), run.end() if run else hit.end


def _run_begins(text: str, start: int) -> int:
    """Return where the capitalised words that lead to `start` begin."""
    begin = place = start
    small = 0
    if not start or text[start - 1] != " ":
        return start
    for word in reversed(text[max(0, start - _REACH) : start - 1].split(" ")):
        place -= len(word) + 1
        if word in _SMALL_WORDS and small < _MOST_SMALL:
            small += 1
            continue
        capitalised = _CAPITALISED.search(word)
        if not capitalised:
            break
        begin, small = place + capitalised.start(), 0
        if capitalised.start():
            break
    return begin


def _without_openers(text: str, begin: int, stop: int) -> int:
    """Move the beginning of a run behind words that are capitalised for another reason."""
    while begin < stop:
        word = text[begin:stop].partition(" ")[0]
        bare = fold(word.strip(".,:'’"))
        if bare == "the" and text.startswith("The Lancet", begin):
            break
        owner = word.endswith(_OWNERS) and not text.startswith(
            ("and ", "& "), begin + len(word) + 1
        )
        if bare not in _OPENERS and not owner:
            break
        begin += len(word) + 1
    return min(begin, stop)


def _owned(text: str, begin: int, start: int) -> bool:
    """Whether a name belongs to the body before it: "the Royal Society's Biology Letters"."""
    return start > begin and text[begin:start].rstrip().endswith(_OWNERS)


def _without_tail(name: str) -> str:
    """Cut marks, small words and the "'s" off the end of a run."""
    before = ""
    while name != before:
        before, name = name, name.rstrip(_TAIL_MARKS)
        if name.endswith(_OWNER):
            name = name[: -len(_OWNER[0])]
        head, _, last = name.rpartition(" ")
        if head and last in _SMALL_WORDS:
            name = head
    return name
