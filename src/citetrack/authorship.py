"""Who is an author although no word beside the name says so: told by the story around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from citetrack.text import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citetrack.model import Mention

#: The finder of authors who are only believed to be: they say that a story has an author, not
#: that whoever is named so must be one.
BELIEVED = "believed"
#: Somebody speaks of the study as of their own.
_OWN = re.compile(
    r"""\b(?:[Ww]e(?:['’]ve|\s(?:have|had|also|actually|first|then|now|never|did|do|don['’]t))?\s
          (?:not\s)?(?:found|dated|find|show(?:ed|n)?|discovered|looked\sat|studied|tested|measured|examined|analy[sz]ed
            |identified|demonstrated|observed|compared|saw|estimated?|calculated|followed|collected
            |were\s(?:\w+\s)?(?:surprised|shocked|amazed|astonished))
        |[Oo]ur\s(?:\w+\s)?(?:study|results?|findings?|data|paper|analys[ie]s|experiments?|trial|survey
            |models?|method|technique|discovery|sample)
        |[Uu]nsere\s(?:Studie|Ergebnisse|Daten|Analyse|Arbeit)|[Ww]ir\s(?:haben|konnten|fanden|zeigen)
        |[Nn]otre\s(?:étude|équipe|analyse)|[Nn]os\s(?:résultats|données|travaux)|[Nn]ous\s(?:avons|montrons)
        |[Nn]uestr[oa]s?\s(?:estudio|trabajo|resultados|datos|hallazgos?|investigación)|[Hh]emos\s(?:visto|encontrado|descubierto|demostrado)
        |[Nn]oss[oa]s?\s(?:estudo|trabalho|resultados|dados|pesquisa)|[Oo]bservamos|[Dd]escobrimos|[Mm]ostramos
        |[Nn]ostr[oaie]\s(?:studio|ricerca|risultati|dati|lavoro)|[Aa]bbiamo\s(?:scoperto|dimostrato|trovato|visto|osservato)
        |[Oo]ns\sonderzoek|[Oo]nze\s(?:studie|resultaten|data|analyse)|[Ww]e\s(?:zagen|zien|vonden|ontdekten|hebben))\b""",
    re.VERBOSE,
)
#: What a sentence speaks of that tells where the work was done.
_WORK = re.compile(
    r"""\b(?:stud(?:y|ies)|research(?:ers?)?|scientists?|team|boffins|academics|paper|trial|Studie|Forsch\w+
        |Team|étude|équipe|chercheurs|estudio|investigador\w+|equipo|científicos|estudo|pesquisa\w*|studio
        |ricerca\w*|onderzoek\w*|wetenschappers|vorsers)\b""",
    re.VERBOSE | re.IGNORECASE,
)
#: A study as the subject of a story; "research" and "team" alone are of companies and sport too.
_A_STUDY = re.compile(
    r"""\b(?:(?:new|latest|recent|the|this|their|his|her|an?|our)\s(?:\w+\s){0,2}(?:study|paper|clinical\strial|experiments?)
        |(?:stud(?:y|ies)|researchers|scientists|doctors|academics|boffins|team)\s(?:at|from|in|of|led|by|have|has|say|said|found|find)
          [^.;!?\n]{0,80}\b(?:found|discovered|shown|identified|developed|believe|say|says|suggests?|revealed?|reveals)
        |(?:eine|die|der|neue[rn]?)\s(?:\w+\s)?studie|(?:une|l['’]|cette|d['’]une)\s?(?:\w+\s)?étude|(?:un|el|este)\s(?:\w+\s)?estudio
        |(?:um|o|este)\s(?:\w+\s)?estudo|(?:uno|lo|questo)\s(?:\w+\s)?studio|(?:het|een|dit)\s(?:\w+\s)?onderzoek
        |preprint)\b""",
    re.VERBOSE | re.IGNORECASE,
)
#: A journal may be who was told something.
_TOLD = re.compile(r"\btold\b", re.IGNORECASE)
#: An editor stands for a journal, "the study" is another's, and so is what somebody finds weak.
_JUDGES = re.compile(
    r"""\b(?:editors?|editorial|commentary|reviewer|nonsense|rubbish|s[ck]eptic(?:al|ism)?|unconvinced|unconvincing
        |(?:not|\w+n['’]t|never|hardly)\s(?:\w+\s)?(?:convinced|convincing|persuaded)
        |(?:not|\w+n['’]t|never)\s(?:trust|believe|rely\son)
        |weak(?:\s\w+)?\s(?:evidence|stud(?:y|ies)|data|science)|(?:evidence|study|data)\s(?:is|are|was|were|looks?)\s(?:very\s|too\s)?weak
        |critici[sz](?:ed|es|ing|e|ms?)|flaw(?:s|ed)?|overstate[sd]?|overstating|exaggerat\w+|overblown|overhyped|caution(?:s|ed|ing)?|cautious
        |(?:said|(?:wrote|writes)\sin\s[^.!?]{3,60}?)\s(?:that\s)?(?:the|this)\s(?:study|research|findings?|paper|results)
        |Unsinn|skeptisch|(?:kritisierte?n?|kritisiert)|nicht\süberzeugt|wenig\süberzeugend|übertrieben|mangelhaft|fragwürdig|vorsichtig
        |sceptique|critiqu(?:é|e|ait)|pas\sconvainc\w+|peu\sconvainc\w+|exagéré\w*|absurde|prudent\w*|prudence
        |escéptic[oa]|critic(?:ó|a)|no\s(?:está|estoy)\sconvencid[oa]|poco\sconvincente|exagerad[oa]s?|cautela|caut[oa]|tonterías?
        |cétic[oa]|critic(?:ou|a)|não\s(?:está|estou)\sconvencid[oa]|pouco\sconvincente|disparate|bobagem
        |scettic[oa]|critica(?:to)?|non\s(?:è|sono)\sconvint[oa]|poco\sconvincente|esagerat[oaie]|sciocchezz[ae]|cautel[ao]|caut[oa]
        |sceptisch|bekritiseer(?:t|de)|niet\sovertuig(?:d|end)|overdreven|onzin|voorzichtig)\b""",
    re.VERBOSE | re.IGNORECASE,
)
#: Where somebody works, right behind the name.
_AT_WORK = re.compile(
    r"""^(?:,?\s\([^()\n]{0,70}|,?\s(?:[^\s.;!?]+\s){0,9}?)(?:Universi|Institut|Istituto|Instituto|College|School\sof\b|(?:Medical|Business)\sSchool
        |Hospital|H[ôo]pital|Klinik|Laborator|Observator|Academy|Centre\b|Center\b|CNRS\b|Inserm\b|ETH\b|MIT\b)""",
    re.VERBOSE,
)
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]*[”»\"“]")
_IS_A = re.compile(r"\s(?:is|ist|est|es|é|è)\s(?:an?|eine?|une?|una?|uma?|een)\s")
_REACH = 120


def called_authors(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the authors whom the story itself calls so; who is only believed one is left out."""
    return tuple(m for m in mentions if m.kind == "author" and m.finder != BELIEVED)


def believe_authors(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of a story with more authors among its people.

    People without a role are authors where their sentence names the journal, where it speaks of
    the study as "ours", where it names the place in which the study was done, and where they are
    the writer of a story that does. Where a story of a study makes nobody its author so, they are
    whoever has a university, institute or hospital right behind the name. Who was told, or judges
    the study, is none by the journal; who judges it is none by the place behind the name.
    """
    open_to = [m for m in found if m.kind == "person" and m.role is None]
    if not open_to:
        return list(found)
    told = _Told(text, found)
    named = {_surname(m) for m in open_to if told.of_own_work(m)}
    if not named and not any(m.kind == "author" for m in found) and told.a_study:
        named = {_surname(m) for m in open_to if told.at_work(m)}
    return [
        replace(m, kind="author", role="author", finder=BELIEVED)
        if m.kind == "person" and m.role is None and _surname(m) in named
        else m
        for m in found
    ]


def _surname(m: Mention) -> str:
    return fold(m.value.rsplit(" ", 1)[-1])


def _end_of_first_own(text: str) -> float:
    """Return where the first "our results" outside quotation marks ends; infinity without one."""
    own = _OWN.search(_QUOTED.sub(lambda quote: "|" * len(quote[0]), text))
    return own.end() if own else inf


class _Told:
    """What the sentences of a story say of the people in them."""

    def __init__(self, text: str, found: Iterable[Mention]) -> None:
        self._text = text
        self._spans = list(sentences(text))
        self._starts = [start for start, _ in self._spans]
        self._journals: set[int] = set()
        self._people: set[int] = set()
        self._places: dict[int, set[str]] = {}
        for m in found:
            i = self._index(m)
            if m.kind == "container":
                self._journals.add(i)
            elif m.kind in {"author", "person"}:
                self._people.add(i)
            elif m.kind == "institution":
                self._places.setdefault(i, set()).add(fold(m.value))
        self._of_work = set(self._where_the_work_was_done())
        self._first_own = _end_of_first_own(text)
        self._said: dict[tuple[re.Pattern[str], int], bool] = {}

    @property
    def a_study(self) -> bool:
        """Whether the story surely tells of a study."""
        return bool(self._journals or _A_STUDY.search(self._text))

    def of_own_work(self, m: Mention) -> bool:
        """Whether the sentence of a person tells of the person's own study."""
        i = self._index(m)
        if self._is_narrator(m):
            return True
        if i in self._journals and not self._says(_TOLD, i) and not self._says(_JUDGES, i):
            return True
        return self._says(_OWN, i) or not self._of_work.isdisjoint(self._places.get(i, ()))

    def _says(self, pattern: re.Pattern[str], i: int) -> bool:
        """Whether a sentence holds the pattern; looked for once, however many people are in it."""
        key = pattern, i
        if key not in self._said:
            self._said[key] = bool(pattern.search(self._sentence(i)))
        return self._said[key]

    def _is_narrator(self, m: Mention) -> bool:
        """Whether a story of "our results" ends with who the writer is: "Mei Lin is a chemist"."""
        return self._first_own <= m.start and bool(_IS_A.match(self._text, m.end))

    def at_work(self, m: Mention) -> bool:
        """Whether a place of research stands behind a person, and no judgement of the study."""
        behind = self._text[m.end : m.end + _REACH]
        return bool(_AT_WORK.match(behind)) and not self._says(_JUDGES, self._index(m))

    def _where_the_work_was_done(self) -> Iterator[str]:
        for i, places in self._places.items():
            if i not in self._people and _WORK.search(self._sentence(i)):
                yield from places

    def _index(self, m: Mention) -> int:
        return bisect_right(self._starts, m.start) - 1

    def _sentence(self, i: int) -> str:
        start, end = self._spans[i] if i >= 0 else (0, 0)
        return self._text[start:end]
