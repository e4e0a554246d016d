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
from citetrack.containers.spelling import ALONE, NEVER, NOUN, SEED, VERB
from citetrack.containers.title_words import TITLE_WORDS, names_a_subject
from citetrack.dates import MONTHS, WEEKDAYS
from citetrack.model import Mention
from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citetrack.containers.gazetteer import Gazetteer, Hit
    from citetrack.model import Link

#: Where a name stands, and the title that records give it, if it is known.
Found: TypeAlias = "tuple[int, int, str | None]"

#: Words after which a journal is named, whatever it is called.
CUE_WORDS = frozenset(
    """journal journals Journal JOURNAL Fachmagazin Fachzeitschrift Fachjournal Fachblatt
    Wissenschaftsmagazin Wissenschaftszeitschrift Wissenschaftsjournal Zeitschrift revue revista
    rivista vakblad vaktijdschrift tijdschrift""".split()
).union(CUES, CUES_AFTER)
SEEDS = CUE_WORDS | TITLE_WORDS

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
#: What is no part of the name before it: "Science on Thursday", "Nature April", "Time Magazine".
_NEXT = (
    r"(?:(?:Magazine|Provided|Journal\sinformation|More\sinformation|DOI|Doi)\b"
    rf"|{cues.one_of(w.title() for w in (*MONTHS, *WEEKDAYS))}\b(?!\s(?:&|and|of)\s{_WORD}))"
)
_MORE = rf"(?:(?:{_GAP}|:{_GAP})(?:{_SMALL}{_GAP}){{0,3}}(?!{_NEXT}){_WORD})*"
_GOES_ON = re.compile(f"{_LETTERS}{_MORE}")
_CAPITALISED = re.compile(rf"(?<![\w-]){_WORD}:?$")
_OPENING = r"[^\S\n]*[«»“”„‚‘’\"'*_(\[]{0,3}[^\S\n]?"
_RUN = rf"{_OPENING}(?P<run>(?:the{_GAP})?{_WORD}{_MORE})"
_CALLED = re.compile(rf"(?:\s{cues.one_of(cues.AFTER_NOUN)})*[,:]?(?=[\s«»“”„\"'*_:：]){_RUN}")
_LABELLED = re.compile(
    rf"[ \t>*]*(?P<word>J(?:ournal(?:\s[Ii]nformation)?[ \t*]*[:：]|OURNAL[ \t]*\n)){_RUN}"
)
#: "su Science da Anna Kahn", "in The Lancet and I": not the journal's name any more.
_BY_SOMEBODY = re.compile(r" (?:(?:d[aeio]|do?s|del(?:la)?|dal(?:la)?) (?=[^\W\d_a-z])|and I\b)")
_JOINT = re.compile(r",?\s(?:and|or|&|und|et|y|e|en)\s(?:[Tt]he\s(?!Lancet))?")

#: Capitalised because a sentence or line begins there.
_OPENERS = frozenset(
    """by the a an in on at for from it its this that these those he she they we you his her our
    but and or as if when while after before entry entries published online today also so since of
    to according writing reporting source sources reference references der die das dem den im am
    ein eine el los las en un una les dans il lo nella sul na no information article articles
    researchers scientists dr professor prof studie arbeit artikel fachartikel untersuchung
    publikation beitrag forscher forscherinnen forschende forschenden wissenschaftler
    wissenschaftlerinnen autoren autorinnen studienautoren mediziner physiker biologen arzte
    psychologen kollegen team ergebnisse daten""".split()
).union(MONTHS, WEEKDAYS)
_HEADS = re.compile(
    r"\b(?:Journals?|Annals|Archives|Proceedings|Reviews?|Bulletin|Transactions|Letters|Revista"
    r"|Revue|Zeitschrift|Acta|Tijdschrift|Rivista|Lancet|JAMA|BMJ|BMC|PLOS|PLoS|JACC)\b"
)
_NO_JOURNAL = re.compile(
    r"""\b(?:Inc|Ltd|LLC|Universi\w+|Institut\w*|Istituto|Hospital|Clinic
        |Klinik|Infirmary|Observatory|College|School|Foundation
        |Department|Division|Bureau|Ministry|Minister|Society|Association|Academy|Council|Committee|Center
        |Centre|Museum|Street|News|Times|Post|Guardian|Telegraph|Daily|Mail|Tribune|Herald|Gazette
        |Trust|Agency|Conference|Congress|Meeting|Group|Press|Fund|Charity|Program|Programme|Project
        |UK|Prize|Award|Faculty|Library|Board|Party|Channel|Today|Magazine|Radio|Television)\b""",
    re.VERBOSE,
)
_TAIL_MARKS = ".,;:'’-–*_/&"
_OWNER = ("'s", "’s")
_JOINS = ("and ", "& ")
_OWNERS = (*_OWNER, "s'", "s’")
#: Hyphened words for a journal: "im Online-Journal PLOS ONE".
_HYPHENED = ("-journal", "-magazin", "-zeitschrift", "-fachblatt", "-fachmagazin")
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
        self._table = gazetteer.table
        self._anchors = {(x.start, x.end) for x in links} if links else frozenset()
        self._done = 0
        self._last: tuple[int, int, Cue | None] = (-1, -1, None)  # the last journal, and its cue

    def mentions(self) -> Iterator[Mention]:
        """Yield the journals of the text in order."""
        before: Found = (-1, -1, None)
        ranks = self._table.ranks
        for hit in self._gazetteer.scan(self._text):
            start, end, row = hit
            rank = ranks[row]
            if start < self._done or rank == NEVER:
                continue
            if rank <= NOUN and self._is_bare(start, end):
                continue
            for found in self._decide(hit, rank):
                start, end, title = found
                if start < self._done:
                    continue
                self._done = end
                if not self._explains(before, found):
                    value = title or self._text[start:end]
                    yield Mention("container", value, start, end, finder="container")
                before = found

    def _explains(self, before: Found, found: Found) -> bool:
        """Whether a name in brackets only says once more what stands before it."""
        if before[2] is None or before[2] != found[2] or found[0] > before[1] + len(" ("):
            return False
        return self._text[before[1] : found[0]].strip() == "("

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether nothing near a hit could make it a journal: asked first, because it is quick.

        A journal announced by a word for one is met at that word, before its name.
        """
        if start <= self._last[1] + _JOINED:
            return False
        text = self._text
        return not (
            cues.emphasised(text, start, end)
            or cues.called_journal(text, end)
            or cues.dated(text, end)
            or (start and text[start - 1] >= EAST_ASIAN)
        )

    def _decide(self, hit: Hit, rank: int) -> Iterable[Found]:
        if self._text[hit[0]] >= EAST_ASIAN:
            return self._east_asian(hit)
        return self._seed(hit) if rank == SEED else self._known(hit)

    def _seed(self, hit: Hit) -> list[Found]:
        """Decide what stands after a word for a journal, or around a word that titles hold."""
        text, (start, end, _) = self._text, hit
        if run := _announced(text, start, end):
            begin = _without_openers(text, *run)
            stop = self._past_a_comma(begin, _name_ends(text, begin, run[1]))
            return self._in_run(begin, stop, None, Cue.NOUN)
        if text[start].islower():
            return []
        begin = _without_openers(text, _run_begins(text, start, self._done), end)
        cue = self._cue(begin)
        if not cue:
            return []
        return self._in_run(begin, _name_ends(text, begin, _run_ends(text, end)), None, cue)

    def _known(self, hit: Hit) -> list[Found]:
        """Decide a name of the list, which may be a part of another name."""
        text, (start, end, row) = self._text, hit
        begin, stop = _run_begins(text, start, self._done), _run_ends(text, end)
        if (begin, stop) == (start, end) or self._is_headline(start):
            return self._accepted(start, end, row, None)
        begin = _without_openers(text, begin, stop)
        cue = self._cue(begin)
        stop = _name_ends(text, begin, stop)
        # A longer name that is known would have been met, but for an opener before it.
        if not cue and stop != end and begin <= start:
            return []
        return self._in_run(begin, stop, hit, cue)

    def _east_asian(self, hit: Hit) -> Iterator[Found]:
        table, (at, to, of) = self._table, hit
        for start, end, title in find_east_asian(self._text, at, to, table.title(of)):
            row = -1 if title else table.row_of(self._text[start:end])
            yield start, end, table.title(row) if row >= 0 else title

    def _past_a_comma(self, begin: int, stop: int) -> int:
        """Return where a listed name with a comma in it ends, or `stop`."""
        if not self._text.startswith(", ", stop):
            return stop
        for start, end, _ in self._gazetteer.scan(self._text[begin : stop + _REACH]):
            return stop if start else max(stop, begin + end)
        return stop

    def _in_run(self, begin: int, stop: int, known: Hit | None, cue: Cue) -> list[Found]:
        """Decide a capitalised run: known whole, several journals, unknown, or known in part."""
        if begin >= stop:
            return []
        start, end, inside = known or (-1, -1, -1)
        ends_in_known = end == stop
        if ends_in_known and start <= begin:
            row = inside
        else:
            row = self._table.row_of(self._text[begin:stop])
            if row < 0 and ends_in_known and _owned(self._text, begin, start):
                begin, row = start, inside
        if row < 0 and (by := _BY_SOMEBODY.search(self._text, begin, stop)):
            row = self._table.row_of(self._text[begin : by.start()])
            stop = by.start() if row >= 0 else stop
        if row >= 0:
            return self._accepted(begin, stop, row, cue)
        if several := self._several(begin, stop, cue):
            return [found for part in several for found in self._accepted(*part, cue)]
        if self._takes_unknown(begin, stop, cue):
            self._last = (begin, stop, cue)
            return [(begin, stop, None)]
        if ends_in_known and self._table.ranks[inside] == ALONE:
            return self._accepted(start, end, inside, cue)
        who = ends_in_known and not cue and not _NO_JOURNAL.search(self._text, begin, start)
        within = who and cues.names_who(self._text, begin, start)
        return self._accepted(start, end, inside, Cue.VERB) if within else []

    def _accepted(self, start: int, end: int, row: int, cue: Cue | None) -> list[Found]:
        """Return a known name where a journal is meant; its cue is asked for where it matters."""
        rank = self._table.ranks[row]
        if rank != ALONE and not self._accepts(
            start, end, rank, self._cue(start) if cue is None else cue
        ):
            return []
        self._last = (start, end, cue)
        return [(start, end, self._table.title(row))]

    def _cue(self, begin: int) -> Cue:
        """Return what announces the name at `begin`: a list goes on with the cue that opened it."""
        start, end, cue = self._last
        if 0 < end <= begin <= end + _JOINED and cues.joined(self._text, end, begin):
            return cues.before(self._text, start) if cue is None else cue
        return cues.before(self._text, begin)

    def _accepts(self, start: int, end: int, rank: int, cue: Cue) -> bool:
        """Whether a known name is meant as a journal."""
        if cue is Cue.NOUN or (cue is Cue.VERB and rank == VERB):
            return True
        text = self._text
        if cues.called_journal(text, end) or (not self._ascii and announced(text, start, end)):
            return True
        several = " " in text[start:end]
        if cues.in_source_line(text, start) and (several or cues.dated(text, end)):
            return True
        marked = cues.emphasised(text, start, end)
        if rank == NOUN:
            return cue is Cue.VERB and marked
        return (
            marked
            or (start, end) in self._anchors
            or (several and cues.after(text, end))
            or cues.heads_paper(text, end)
            or cues.publishes(text, start, end)
            or cues.in_front(text, start, end)
            or (cues.in_brackets(text, start) and cues.dated(text, end))
        )

    def _takes_unknown(self, begin: int, stop: int, cue: Cue) -> bool:
        """Whether a run that nobody listed is a journal: announced, and no body or place."""
        if not cue or self._is_headline(begin):
            return False
        name = self._text[begin:stop]
        if " " not in name and self._text.startswith(_OWNER, stop):
            return False  # "in the Lancet medical journal, Patton's team"
        head = _HEADS.search(name)
        if not head and _NO_JOURNAL.search(name):
            return False
        if cue is Cue.NOUN or (head and stop - begin > len(head[0])):
            return True
        return any(names_a_subject(w) for w in name.split()) or (
            cues.emphasised(self._text, begin, stop)
        )

    def _several(self, begin: int, stop: int, cue: Cue) -> list[tuple[int, int, int]]:
        """Return the two known journals that "and" joins in a run, if so."""
        if not cue:
            return []
        run, table = self._text[begin:stop], self._table
        for m in _JOINT.finditer(run):
            one, other = table.row_of(run[: m.start()]), table.row_of(run[m.end() :])
            if min(one, other) < 0:
                continue
            if cue is Cue.NOUN or NOUN not in {table.ranks[one], table.ranks[other]}:
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


# ---------------------------------------------------------------- where a name begins and ends


def _announced(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the run after a word for a journal or a label, if one stands there."""
    word = text[start:end]
    if word not in CUE_WORDS:
        return None
    if word[0] != "J":
        called = _CALLED.match(text, end, end + 2 * _REACH)
        return called.span("run") if called else None
    line = text.rfind("\n", max(0, start - _REACH), start) + 1
    label = _LABELLED.match(text, line, end + 2 * _REACH)
    return label.span("run") if label and label.start("word") == start else None


def _run_begins(text: str, start: int, done: int) -> int:
    """Return where the capitalised words that lead to `start` begin, none of them before `done`."""
    begin = place = start
    far = max(done, start - _REACH)
    small = 0
    while place > far and text[place - 1] == " ":
        after, place = place - 1, max(far, text.rfind(" ", far, place - 1) + 1)
        word = text[place:after]
        if word in _SMALL_WORDS and small < _MOST_SMALL:
            small += 1
        elif word.islower() and word != "npj":
            break
        elif word.isalpha() and word[0].isupper():
            begin, small = place, 0
        elif capitalised := _CAPITALISED.search(word):
            begin, small = place + capitalised.start(), 0
            if capitalised.start():
                break
        else:
            break
    return begin


def _run_ends(text: str, end: int) -> int:
    """Return where the capitalised words that go on at `end` end."""
    more = _GOES_ON.match(text, end, end + 2 * _REACH)
    return more.end() if more else end


def _name_ends(text: str, begin: int, stop: int) -> int:
    """Return where a run ends without marks and the "'s"."""
    name = text[begin:stop].rstrip(_TAIL_MARKS)
    if name.endswith(_OWNER):
        name = name[: -len(_OWNER[0])].rstrip(_TAIL_MARKS)
    return begin + len(name)


def _without_openers(text: str, begin: int, stop: int) -> int:
    """Move the beginning of a run behind words that are capitalised for another reason."""
    while begin < stop:
        word = text[begin:stop].partition(" ")[0]
        bare = fold(word.strip(".,:'’"))
        if bare == "the" and text.startswith("The Lancet", begin):
            break
        after = begin + len(word) + 1
        owner = after < stop and word.endswith(_OWNERS) and not text.startswith(_JOINS, after)
        if bare not in _OPENERS and not owner and not bare.endswith(_HYPHENED):
            break
        begin = after
    return min(begin, stop)


def _owned(text: str, begin: int, start: int) -> bool:
    """Whether a name belongs to the body before it: "the Royal Society's Biology Letters"."""
    return start > begin and text[begin:start].rstrip().endswith(_OWNERS)
