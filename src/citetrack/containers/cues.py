"""What stands before and after the name of a journal: words that say that it is one."""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of these words that tells them apart by the first letter, then the rest."""
    groups = groupby(sorted(words), key=lambda word: word[0])
    rests = (f"{x}(?:{'|'.join(word[1:] for word in alike)})" for x, alike in groups)
    return f"(?:{'|'.join(rests)})"


class Cue(IntEnum):
    """How clearly the words around a capitalised run call it a journal."""

    NONE = 0
    VERB = 1  # "published in", "the study, in": a journal, a newspaper or a town
    NOUN = 2  # "the journal", "Journal information:": a journal, whatever it is called


#: Words for a journal, and what stands between them and the name.
_NOUNS = frozenset(
    """journal journals fachmagazin fachzeitschrift fachjournal fachblatt wissenschaftsmagazin
    wissenschaftszeitschrift wissenschaftsjournal zeitschrift revue revista rivista vakblad
    vaktijdschrift tijdschrift""".split()
)
AFTER_NOUN = frozenset(
    """savante scientifique médicale medicale científica cientifica médica medica scientifica
    spécialisée
    especializada specializzata britannique américaine americana britânica británica britannica
    estadounidense internacional internationale internazionale inglesa called named titled
    entitled""".split()
)

#: A journal in Portuguese, a newspaper in Spanish: a cue, but no sure one.
_PAPERS = frozenset({"periódico", "jornal"})

_MARKS = " \t«»“”„‚‘’\"'*_([†"
#: "in the latest European Urology", "según publica hoy Nature".
_LATEST = frozenset(
    "latest current newest aktuellen neuen neuesten jongste nieuwste hoy hoje oggi".split()
)
_ARTICLES = frozenset("the The der die das het la le il el los o a".split())

_LABEL = re.compile(
    r"[ \t>*]*(?:journal\s(?:information|references?)|journal|published\sin|publication)"
    r"[ \t]*[:：]?[ \t*]*$",
    re.IGNORECASE,
)
#: Reuters and its like: "SOURCE: bit.ly/2Ab JAMA Pediatrics, online April 3".
_SOURCE = re.compile(
    r"(?:SOURCES?|[Ss]ources?(?:\stext)?|Quellen?|Fuentes?|Fontes?|Fonti|Bron)\s?[:：]"
)
#: Small words before a name; "in" and "on" follow what was found, the others what was published.
_FOUND_IN = frozenset("in im dans en na no nas nos su sul sulla sullo nella nel op on auf".split())
_PUBLISHED_BY = frozenset(
    "by to for at with through via bei von par por pela pelo da dal dalla door".split()
)
#: "que hoy publica Nature", "según publica Nature": the verb right before the name.
_PUBLISHES = frozenset(
    """publica publicó publicaba publicará publicou publie publiait publiera pubblica
    pubblicherà""".split()
)
_WHAT = frozenset("que según segundo conforme como come che quel".split())
_WHAT_REACH = 30
#: What is done with a journal, and no town: whatever begins like these.
_ISSUED = (
    "publi", "posted", "appear", "releas", "submit", "accepted", "print", "veröffentlich",
    "erschien", "erschein", "paru", "parai", "paraî", "pubblic", "uscit", "aparec", "divulg",
    "gepubliceerd", "verschenen", "verschijn", "verscheen", "preprint",
)  # fmt: skip
#: What is done there: said, written, found; and what stands there.
_SAID = (
    *_ISSUED,
    "report", "writ", "wrot", "describ", "detail", "featur", "conclud", "outlin", "present",
    "explain", "argu", "suggest", "caution", "warn", "conced", "acknowledg", "point", "recommend",
    "estimat", "announc", "reveal", "show", "document", "discuss", "comment", "observ", "propos",
    "determin", "demonstrat", "establish", "confirm", "highlight", "summari", "speculat", "advis",
    "stud", "paper", "research", "finding", "article", "result", "letter", "editorial", "analys",
    "trial", "review", "essay", "guideline", "statement", "survey", "author", "scientist", "team",
    "colleague", "viewpoint", "perspective", "investigat", "experiment", "meta-analys", "piece",
    "forthcom", "supplement", "edition", "issue", "bericht", "schreib", "schrieb", "artikel",
    "schild", "étude", "etude", "expliqu", "explic", "écri", "décri", "détaill", "raconte", "señal",
    "relat", "escrev", "descrev", "afirm", "scriv", "scritt", "spieg", "riport", "descriv",
    "beschr", "toon", "figur", "estudi", "artículo", "artigo", "estudo", "pesquisa", "ricerc",
    "articol", "onderzoek", "schrijv", "meld", "stress", "emphasi",
)  # fmt: skip
#: No stem has fewer letters; a look at so many spares comparing a word with each stem.
_STEM = 4
_SAID_BEGINNINGS = frozenset(stem[:_STEM] for stem in _SAID)
_SAID_WORDS = frozenset(
    "say says said add adds added state states stated call calls called found find urge urges urged"
    " work data note notes noted noting findet fand".split()
)
#: "in the latest issue of" is no place.
_ISSUES = frozenset(
    """issue issues edition editions number numbers pages ausgabe seiten édition numéro colonnes
    número edición edição páginas columnas numero pagine colonne""".split()
)
_OF = frozenset("of von der des de do da di del della van".split())
_THIS_WEEK = re.compile(
    r"\s(?:(?:this|last|next)\s(?:week|month)['’]?s?|\w{3,6}day['’]s|today['’]s)$", re.IGNORECASE
)
#: Of studies told of together: "The second, in Brain, …".
_ONE_OF_THEM = re.compile(r"\b[Tt]he (?:first|second|third|other|latter|former),$")
#: A trade or a place of learning, not a publication: "a specialist in", "professor in".
_TRADES = (
    "specialis", "specializ", "expert", "degree", "training", "trained", "fellow", "professor",
    "chair", "lecturer", "interest", "career", "major", "certified", "doctorate", "phd", "course",
    "master", "residency", "diploma", "nobel", "prize",
)  # fmt: skip
_TRADE = 3
_TRADE_BEGINNINGS = frozenset(trade[:_TRADE] for trade in _TRADES)
#: Somebody's life's work: "90 papers, some of them in Nature", "has published widely in".
_CAREER = ("some of them", "many of them", "several of them", "most of them", "some of which",
           "many of which", "published widely", "published extensively")  # fmt: skip
_STOP = re.compile(r"[!?\n«»“”„\"]|\.(?=\s)")
#: Their full stops end no sentence: "published Oct. 15 in".
_SHORTENED = frozenset(
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. dr. prof. vol.".split()
)
_BARE = " .,;:()'’-–—"
#: A clause in front of its sentence: "In Nature Medicine, the team reports".
_SAYS = re.compile(
    r"[”’\"'»*_)\]]*,?\s[^.!?\n]{0,80}\b(?:report|writ|wrote|say|said|describ|found|find|show|publish|argu"
    r"|not(?:e|es|ed)\b|explain|conclud|reveal|present|berichte|schreib)",
)
_FRONT_WORDS = frozenset("In Im Dans En Em Su Nella Writing".split())
_FRONT = re.compile(
    r"(?:^|[\n.!?:”\"])\s*(?:In|Im|Dans|En|Em|Su|Nella|Writing\sin)"
    r"(?:\s(?:the|der|a\srecent|(?:this|last)\s(?:week|month)['’]s|(?:to|\w{3,6})day['’]s))?\s?$"
)

_AFTER_NAME = re.compile(
    r"""[”’"'»*_)\]]*(?:
        \s(?:journal|magazine)\b
        |\s(?:stud(?:y|ies)|papers?|article|report|editorial|research|researchers|authors)\b
        |\s?\((?:19|20)\d\d\)|,?\s(?:19|20)\d\d;|\.?\s(?:19|20)\d\d[.,]
        |[,.]?\s(?:published\s)?online\b|,\s(?:vol(?:ume)?\.?\s)?\d+|,?\s(?:https?://)?doi\b
        |,\s(?:a|an|the|one\sof|which|eine?|une|una|uma|een)\s[^.!?\n]{0,40}\b(?:journals?|publication|revue|revista|rivista|fachmagazin|fachzeitschrift|tijdschrift)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_JOURNAL_AFTER = re.compile(
    r"['’]s\s(?:\w+\s){0,2}(?:issue|edition)\b"
    r"|[”’\"'»*_)\]]*(?:\s(?:medical\s|science\s)?(?:journal|magazine)\b|\s?\((?:19|20)\d\d\)"
    r"|,?\s(?:19|20)\d\d[;)]|,\s(?:https?://)?doi[.:]"
    r"|,\s(?:a|an|the|one of|which)\s[^.!?\n]{0,40}\b(?:journals?|publication)\b)",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"[“”\"«»*_]?\s(?:papers?|veröffentlicht\w{0,2}|erschienen\w{0,2}|publiziert\w{0,2}|gepubliceerde?"
    r"|verschenen|berichten|schreiben|beschreiben|schrijven|melden)\b"
)
#: The journal does it: "Nature publica hoy un estudio", "the study that Nature published".
_PUBLISHED_IT = re.compile(
    r"""[“”"«»*_]?,?\s(?:(?:has|hat|ha|a|heeft)\s)?(?:publish(?:ed|es)|publi(?:ca|có|cou|e|é|era)
        |pubblica(?:to)?|publicado|publiceer(?:t|de)|gepubliceerd|veröffentlicht(?:e|\shat)?|brachte)\b
        (?P<rest>[^.!?\n]{0,80})""",
    re.VERBOSE | re.IGNORECASE,
)
_STUDIES = re.compile(
    r"""\b(?:stud(?:y|ies|ie|ien|io)|papers?|research|findings|article|analysis|étude|travaux|recherche
        |estudi[oa]|trabajo|investigación|estudo|pesquisa|trabalho|ricerca|lavoro|onderzoek|artikel
        |arbeit|untersuchung|artículo|artigo|articolo)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:que|qu['’]|che|dat|die|das|that|which)\s(?:\w+\s)?[“”\"«»*_]?$")
_DATED = re.compile(
    r"[”\"*_]*[,.]?\s(?:published\b|doi\b|online\b|vol\b|\w{3,9}\.?\s\d{1,2}\b|\d{1,2}\s\w{3,9}[\s)]"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)\)|(?:19|20)\d\d|published$)",
    re.IGNORECASE,
)
#: The end of a name that a list goes on from: "Nature and Science", "Cell, Nature and".
_AND = re.compile(
    r"""[”’"'»*_]{0,2}(?:,|\s&|,?\s(?:and|or|und|et|y|e|en|oder|ou|o))\s(?:the\s|The\s)?[“‘"'«*_]{0,2}$"""
)

REACH = 150
_CLAUSE, _SOURCES = 90, 110


def before(text: str, start: int) -> Cue:
    """Return what the words before `start` say of the name that begins there."""
    bare = text[max(0, start - REACH) : start].rstrip(_MARKS)
    if not bare:
        return Cue.NONE
    if bare[-1] in ",:：\n" or text[start - 1] == "\n":
        line = text[text.rfind("\n", max(0, start - REACH), start) + 1 : start]
        if _LABEL.match(line):
            return Cue.NOUN
    if bare[-1] == "s" and (week := _THIS_WEEK.search(bare[-20:])):
        bare = bare[: -len(week[0])]
    rest, last = _last_word(bare)
    if last in _LATEST:
        rest, last = _last_word(rest)
    if last in _ARTICLES:
        rest, last = _last_word(rest.rstrip(_MARKS))
    word = last.casefold()
    if word in _FOUND_IN:
        told = _said(rest, _SAID, _SAID_WORDS) or _ONE_OF_THEM.search(rest[-16:])
        return Cue.VERB if told and not (_trade(rest) or rest.endswith(_CAREER)) else Cue.NONE
    if _is_noun(rest, word):
        return Cue.NOUN
    return Cue.VERB if _is_published(rest, word) else Cue.NONE


def names_who(text: str, begin: int, start: int) -> bool:
    """Return whether a run names who wrote, then the journal: "schreiben die um Kahn in Gut"."""
    if not text.endswith((" in ", " en "), begin, start):
        return False
    told = f"{text[max(0, begin - REACH) : begin]}in "
    return before(told, len(told)) is Cue.VERB


def _last_word(words: str) -> tuple[str, str]:
    """Return what stands before the last word, and the word."""
    rest, _, last = words.rpartition(" ")
    if last.isprintable():
        return rest, last
    *before, last = words.rsplit(None, 1) or ("",)  # lines and blanks that do not break
    return "".join(before), last


def _is_noun(rest: str, word: str) -> bool:
    """Return whether a word in small letters, or one before it that it describes, is a journal."""
    bare = word.rstrip(",:")
    while bare in AFTER_NOUN:
        rest, last = _last_word(rest)
        bare = last.casefold()
    return bare.rpartition("-")[2].lstrip(_MARKS) in _NOUNS


def _is_published(rest: str, word: str) -> bool:
    """Return whether the last word tells of what was published by, in or as an issue of."""
    if word in _OF and _is_issue(rest):
        return True
    if word in _PUBLISHES:
        return not _WHAT.isdisjoint(rest[-_WHAT_REACH:].casefold().split())
    return word in _PAPERS or (word in _PUBLISHED_BY and _said(rest, _ISSUED))


def _is_issue(rest: str) -> bool:
    """Return whether "issue" or the like is one of the last two words."""
    return any(w.lstrip(_MARKS) in _ISSUES for w in rest[-44:].casefold().split()[-2:])


def _said(head: str, stems: tuple[str, ...], words: frozenset[str] = frozenset()) -> bool:
    """Return whether the clause that ends here tells that something was said or published."""
    for word in reversed(head[-_CLAUSE:].casefold().split(" ")):
        bare: str = word
        others: list[str] = []
        if not word.isalpha() and word not in _SHORTENED:  # another clause may end within the word
            *others, last = _STOP.split(f"{word} ")
            bare = last.strip(_BARE)
        if (bare[:_STEM] in _SAID_BEGINNINGS and bare.startswith(stems)) or bare in words:
            return True
        if others:
            return False
    return False


def _trade(head: str) -> bool:
    words = head[-50:].casefold().split()[-3:]
    return any(w[:_TRADE] in _TRADE_BEGINNINGS and w.startswith(_TRADES) for w in words)


def in_front(text: str, start: int, end: int) -> bool:
    """Return whether a name opens a sentence that goes on with what was found there."""
    head = text[max(0, start - 24) : start]
    if _FRONT_WORDS.isdisjoint(head.split()):
        return False
    return bool(_FRONT.search(head)) and bool(_SAYS.match(text, end))


def in_source_line(text: str, start: int) -> bool:
    """Return whether a name stands in a line of sources."""
    head = max(0, start - _SOURCES)
    if text.find(":", head, start) < 0 and text.find("：", head, start) < 0:
        return False
    line = text.rfind("\n", head, start) + 1
    return bool(_SOURCE.search(text, max(line, head), start))


def after(text: str, end: int) -> bool:
    """Return whether the words after `end` say that a publication was named."""
    return bool(_AFTER_NAME.match(text, end, end + REACH))


def called_journal(text: str, end: int) -> bool:
    """Return whether the words after `end` say that a journal was named, whatever its name."""
    return bool(_JOURNAL_AFTER.match(text, end, end + REACH))


#: What a journal does: ", the Lancet reports.", "Science retracted the paper".
_REPORTS = re.compile(
    r"""[”"'»*_]{0,2}\s(?:
        (?:reports|reported)(?=[.,;\n]|$)
        |(?:has\s|had\s)?(?:carried|published|retracted|withdrew|withdrawn|pulled)\s
          [^.;!?\n]{0,60}\b(?:papers?|study|article|work|research|results)\b)""",
    re.VERBOSE,
)


_BRACKET = re.compile(r"\((?:[^()\n]{1,40}[;,:]\s)?$")


def in_brackets(text: str, start: int) -> bool:
    """Return whether a name opens a bracket, or stands in one behind a body: "(UCL; Gut, May)"."""
    return bool(_BRACKET.search(text, max(0, start - 44), start))


def heads_paper(text: str, end: int) -> bool:
    """Return whether a paper is called by the name: "the Nature paper", "in Nature erschienen"."""
    return bool(_PAPER.match(text, end))


def publishes(text: str, start: int, end: int) -> bool:
    """Return whether the words beside a name tell what a journal does with a paper."""
    if _REPORTS.match(text, end, end + REACH):
        return True
    it = _PUBLISHED_IT.match(text, end, end + REACH)
    if it is None:
        return False
    head = _STOP.split(text[max(0, start - _CLAUSE) : start])[-1]
    before = bool(_STUDIES.search(head)) and bool(_RELATIVE.search(head))
    return before or bool(_STUDIES.search(it["rest"]))


def dated(text: str, end: int) -> bool:
    """Return whether a date, a volume or "online" follows, as in a line of sources."""
    return bool(_DATED.match(text, end, end + 40))


def joined(text: str, end: int, start: int) -> bool:
    """Return whether only "and" or a comma stands between two names."""
    return bool(_AND.fullmatch(text, end, start))


def emphasised(text: str, start: int, end: int) -> bool:
    """Return whether the name stands in Markdown emphasis or in guillemets, alone."""
    marks = text[start - 1 : start], text[end : end + 1]
    return marks in {("*", "*"), ("_", "_"), ("»", "«"), ("«", "»"), ("›", "‹")}
