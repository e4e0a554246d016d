"""Meetings at which studies are told: "presented at the annual meeting of the Snail Society"."""

from __future__ import annotations

import re

#: "presented at the annual meeting of …", in the languages read, up to the end of its name.
_MEETING = re.compile(
    r"""\b(?:(?:present|unveil|report|discuss|announc|releas|outlin)\w*|told|findings|results|speaking)\b
          [^.!?\n]{0,60}?\b(?:at|to|during)\s(?:the\s|an?\s|this\sweek['’]s\s|its\s)?
          (?P<english>(?:(?!(?:press|news)\s)[\w'’&-]+\s){1,9}?(?:meeting|conference|congress|symposium|scientific\ssessions
            |convention|summit)\b(?-i:\s(?:of|on|for)\s(?:the\s)?[A-Z][\w'’-]*(?:\s(?:(?:of|for|and)\s)?[A-Z][\w'’-]*){0,6})?)
        |\b(?:vorgestellt|präsentiert\w*|stell\w+)\b[^.!?\n]{0,60}\b(?P<german>\w*(?:kongress|tagung|konferenz))\b
        |\b(?P<german_first>\w*(?:kongress|tagung|konferenz))\b[^.!?\n]{0,80}\b(?:vorgestellt|präsentiert)
        |\b(?:présentée?s?|a?present(?:(?:ad|at)[oaie]s?|ó|ou|aron|aram)|expuest[oa]s?|dévoilée?s?)\b[^.!?\n]{0,60}\b
          (?P<romance>congr[eè]s(?:s?o)?|conf[eé]r[eê]n[cz]\w+(?!\s(?:de\s)?(?:presse|prensa|imprensa|stampa))
            |simp[oó]sio|convegno)\b
        |\bgepresenteerd\b[^.!?\n]{0,60}\b(?P<dutch>\w*(?:congres|conferentie|bijeenkomst))\b""",
    re.VERBOSE | re.IGNORECASE,
)
#: What is presented where a study is, and nothing of a company's or a party's.
_STUDY = re.compile(
    r"""\b(?:stud(?:y|ies)|findings?|results?|research|trials?|data|papers?|abstracts?|analys[ei]s|work
        |studien?|ergebnisse|daten|untersuchung|études?|résultats|travaux|estudios?|resultados|estudos?
        |pesquisa|studio|risultati|ricerca|onderzoek|resultaten)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PRESENTED = re.compile(
    r"\b(?:a?pr[eé]sent|unveil|report|announc|releas|outlin|vorgestellt|präsentier|stell|expuest|dévoil|gepres)",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:shareholders?|investors?|board|part(?:y|ies)|unions?|cabinet|council|sales|profits?"
    r"|earnings|polls?|elections?|G[78]|G20)\b"
)
#: "a conference in Lyon"; "the meeting" alone may be anybody's.
_ONE_OF_MANY = re.compile(r"\b(?:at|to|during)\san?\s")


def meeting_in(text: str, begins: int = 0) -> str | None:
    """Return the name of the first meeting at which something was told, None without any."""
    meeting = _MEETING.search(text, begins)
    return _name(meeting) if meeting else None


def study_told_at(text: str, begins: int = 0) -> str | None:
    """Return the meeting at which a study's results were presented, where it is named as such.

    >>> study_told_at("The results were presented at the Snail Congress in Lyon.")
    'Snail Congress'
    """
    for meeting in _MEETING.finditer(text, begins):
        start = 1 + max(text.rfind(mark, 0, meeting.start()) for mark in ".!?\n")
        sentence, name = text[start : meeting.end()], _name(meeting)
        told = _STUDY.search(sentence) and _PRESENTED.search(sentence)
        named = not name.islower() or bool(_ONE_OF_MANY.search(meeting[0]))
        if told and (named or meeting.lastgroup != "english") and not _OF_OTHERS.search(sentence):
            return name
    return None


def _name(meeting: re.Match[str]) -> str:
    return re.sub(r"^(?:an?|the)\s", "", meeting[meeting.lastgroup or 0])
