"""People named in a story, and what they are said to be: authors of the study, or outsiders."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from citetrack.model import Mention
from citetrack.people.naming import NAME, person_span
from citetrack.people.roles import (
    comments,
    had_no_part,
    is_author,
    is_called_author,
    is_outsider,
    speaks_of_outsiders,
)
from citetrack.people.titles import TITLE, TRADE
from citetrack.text import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

#: Before a name without a title these say "place" or "body", not "person".
_PLACE_BEFORE = re.compile(
    r"\b(?:(?:of|at|in|from|near|for)\s(?:the\s|New\s)?|(?:de|à|em|en|aan|an)\s)$", re.IGNORECASE
)
_ARTICLE_BEFORE = re.compile(r"\b(?:the|der|die|la|el|il)\s$", re.IGNORECASE)
#: What a person does or is, right beside the name.
_SPEAKS_AFTER = re.compile(
    r"""(?:,?\s(?:who|said|says|told|added|adds|explain\w*|argue\w*|warn\w*|note\w*|wrote|writes
          |commented|comments|agree[ds]?|thinks|believes|cautioned|sagt\w*|erklär\w*|meint|betont
          |dit|explique|affirme|dice|dijo|explica|afirma|diz|disse|afirma|spiega|commenta|zegt|zei
          |schr(?:eib|ieb|ijft|eef)\w*|écri\w+|escri\w+|escrev\w+|scriv\w+|qui|que|che)\b
        |,?\s(?:hopes|hoped|wants|fears|thinks|calls|called|vowed|welcomed|praised|reckons|recalls|remembers|wonders
          |worries|insist[s]?|insisted|admit[s]?|admitted|points|pointed|stresses|stressed|suspects|expects|emailed|tweeted
          |declined|dismissed|criticised|criticized|replied|responded|asked|concluded|adds|led|jokes|joked|sighs|laughs
          |hofft|nannte|nennt|warnte|warnt|freut|gratulierte|hält|spricht|sprach|rät|verweist|verlangt|fordert|begrüßt
          |plaide|juge|promet|rêve|espère|insiste|dénonce|résume|raconte|conclut|appelle|annonce|précise|estime|prévient
          |asegura|contó|cuenta|cree|duda|pidió|pide|anunció|recuerda|resume|opina|sostiene|celebró|advierte|brindó|visitó
          |espera|lembra|quer|comemorou|contestou|conta|alerta|resume|avalia|anunciou|rebateu
          |precisa|invita|avverte|racconta|ricorda|sostiene|conclude|noemt|vindt|houdt|hoopt|waarschuwt|reageerde|raadt|wijst|vertelt)\b
        |\s(?:ha\s(?:chiesto|detto|convocato|commentato|spiegato)|a\s(?:déclaré|réagi|promis|annoncé)|ha\s(?:dicho|pedido|anunciado))\b
        |,?\s(?:aged\s)?\(?\d\d[,)]|,\s(?:ebenfalls|auch|ebenso|eben)\b
        |,\s(?:an?|the|of|from|at|[Pp]rofessor|director|head|chief|lecturer|reader|who|der|die|del?|du|von|van|het)\b
        |,\s\d\d,
        |,?\s(?:of|from|at|von|der|de|del|della|van)\s(?:\w+\s){0,5}(?:Univ|Instit|College|Hospital|School|Cent))""",
    re.VERBOSE,
)
#: ", doctoral student at", ", now at": who somebody is follows a name of several words; towns are
#: told apart by what stands before them.
_DESCRIBED_AFTER = re.compile(
    r"""\s\([^()\n]{0,60}(?:Universi|Institut|Hospital|College|School|Center|Centre|CNRS|Inserm|EPFL|ETH|MIT)[^()\n]{0,40}\)
        |\s(?:is|was|war|ist|est|es|é|è)\s(?:an?|the|eine?|une?|um|uma|una?)\s(?:[\w-]+\s){0,3}(?:\w*(?:ologist|nomist|chemist|icist|historian
          |grapher|ologue|óloga?|ólogo)|professor|researcher|scientist|engineer|surgeon|lecturer)\b
        |,\s(?:now|then|formerly|also|aujourd['’]hui|inzwischen)\s(?:at|of|with|an|à|am)\b
        |,\s(?:[a-zß-öø-ÿ’'-]+\s){0,3}(?:\w*(?:ologist|nomist|chemist|physicist|historian|grapher|professor|researcher|scientist
          |engineer|surgeon|physician|students?|fellow|candidate|lecturer|director|chercheu[rs]e?|directrice|directeur|enseignante?
          |doctorante?|doctorand[oae]?|investigadora?|ricercatore|ricercatrice|direttore|direttrice|professore(?:ssa)?|professora?
          |profesora?|onderzoeker|onderzoekster|hoogleraar|óloga?|ólogo|ologue))\b""",
    re.VERBOSE,
)
_SPEAKS_BEFORE = re.compile(
    rf"\b(?:said|says|adds?|added|explain(?:s|ed)|told|notes?d?|agree[ds]|{TRADE}|[Rr]esearchers?|[Ss]cientists?|author"
    r"|\w+(?:olog(?:e|in)|politiker(?:in)?)|sag(?:t|te|en|ten)|erklär(?:t|te|en|ten)|meint|ergänzt|betont|lobt|warnt|dicen?|dijo|señalan?|señaló|asegura|apunta|destaca|comenta|explic(?:an?|ó)|afirm(?:an?|ou|ó)"
    r"|expliquent?|affirme|souligne|précise|estime|confie|conta|alerta|diz(?:em)?|disse|spiegan?o?|afferma|commenta|racconta|osserva|sottolinea|zeg(?:t|gen)|zei|aldus)\s$"
)
_DEGREE = (
    r"(?:,?\s(?:Ph\.?\s?D|M\.?D|D\.?Phil|MPH|M\.?Sc|R\.?N|Sc\.?D|Dr\.?\s?P\.?H|FRCP|CNRS)\b\.?)"
)
#: Degrees, and a body in brackets, between a name and what is said of it.
_DEGREES = re.compile(rf"{_DEGREE}+(?=[\s,;.])")
_BRACKETS = re.compile(r"\s\([^()\n]{1,90}\)")

#: "at ETH Zurich": the end of a body that begins with capitals only.
_INITIALS_BEFORE = re.compile(r"\b[A-Z]{2,}\s$")
#: A body before a name without a title: "Centre for Human Genetics" is nobody.
_BODY_BEFORE = re.compile(
    r"\b(?:Institute?|Cent(?:re|er)|Department|School|Faculty|College|University|Society|Trust|Hospital"
    r"|Association|Foundation|Ministry|Division|Unit|Council|Committee|Office)"
    r"(?:[ ,]+(?:of|for|and|the|on|in|&|[^\W\d_a-z][\w'’-]*))*[ ]$"
)
#: What joins the names of two people: "and", with or without where the first is from.
_JOINED = re.compile(
    rf"""(?:\s\([^()]{{1,80}}\)
          |,\s[^\s,;:.!?()“”"«»][^,;:.!?()“”"«»]{{2,80}}(?=,\s)
          |,?\s(?:of|from|at|in|von|vom|de|del|della|dell['’]|do|da|du|der|van|am|aus)\s
          [^,;:.!?()“”"«»]{{2,70}}?)?
        (?:,?\s(?:and|&|und|et|y|e|en|sowie|as\swell\sas|along\swith|together\swith)\s|(?P<list>,\s))
        (?:(?:[a-zß-öø-ÿ'’-]+\s){{0,2}}{TRADE}\s)?(?:{TITLE}\.?\s)*""",
    re.VERBOSE,
)
#: What goes on after a name in a list of them.
_LIST_GOES_ON = re.compile(
    r"\s?$|\sand\s(?:his|her|their|colleagues|others|\d+)\b|(?:\s\([^()]{1,80}\)|\s(?:of|from|at)\s[^,;:.!?()]{2,70}?)?(?:,?\s(?:and|&|und|et|y|e|en)\s|,\s[^\W\d_a-z]\S+\s[^\W\d_a-z])"
)
#: A sentence that goes on about the person of the one before it.
_PRONOUN = re.compile(r"[“\"„«]?(?:He|She|Er|Sie|Elle|Il|Ella|Él|Ela|Ele|Lei|Lui|Zij|Hij)\b")
#: A sentence that tells of the paper of those in the one before it.
_OWN_PAPER = re.compile(
    r"""[“"„«]?(?:Their|His|Her|Leurs?|Sus?|Ihre|Seine|Seus?|Il\sloro|La\sloro|I\sloro|Hun|Zijn|Haar)\s(?:\w+\s){0,2}?
        (?:papers?|stud(?:y|ies|ie|io)|findings|results|article|report|preprint|work|tally|étude|travaux|article|résultats
          |artículo|estudio|trabajo|resultados|Arbeit|Ergebnisse|Untersuchung|artigo|estudo|trabalho|ricerca|lavoro
          |risultati|artikel|onderzoek|bevindingen)\b""",
    re.VERBOSE,
)
#: Beside an author who did something "with" somebody; not in an interview.
_WITH_BEFORE = re.compile(
    rf"(?<!interview )(?<!spoke )(?<!speak )(?<!talk )(?<!met )"
    rf"\b(?:with|avec|mit|con|com|met)\s(?:{TITLE}\.?\s)*$"
)
_QUOTES = frozenset("“\"‘„«»'")
_LOOK_BACK, _LOOK_AHEAD = 90, 140
_BESIDE_A_SURNAME = 40


@dataclass(slots=True)
class _Named:
    """A name in a sentence, with the words around it that may speak of it."""

    start: int
    end: int
    titled: bool
    name: str
    before: str
    after: str
    joined: bool = False
    role: str | None = None
    person: bool = False


def find_people(text: str) -> Iterator[Mention]:
    """Yield the people named: kind "author" with a role near the name, kind "person" without.

    `role` is "author", "outsider" or None; the value is the name without its title. A single
    word is a name only after a title or beside a role. Who is told apart by full name keeps the
    role where only the surname is printed.
    """
    found: list[Mention] = []
    told: list[Mention] = []
    perhaps: list[Mention] = []
    latest: list[Mention] = []
    known: set[str] = set()
    speaking: set[str] = set()
    for start, end in sentences(text):
        sentence = text[start:end]
        told += _told_next(latest, sentence)
        names = _weighed(sentence, known)
        people = [_mention(n, start) for n in names if n.person]
        others = [_mention(n, start) for n in names if _may_be_one(n)]
        speaking |= {fold(n.name) for n in names if " " not in n.name and _speaks(n)}
        found += people
        perhaps += others
        latest = people or others
        known |= {_surname(m) for m in people}
    speaking |= {_surname(m) for m in told}
    found += [m for m in perhaps if _surname(m) in speaking]
    roles = _roles_by_surname([*found, *told])
    for m in sorted(found, key=lambda m: m.start):
        role = m.role or roles.get(_surname(m))
        yield replace(m, role=role, kind="author" if role == "author" else "person")


def _told_next(latest: list[Mention], sentence: str) -> list[Mention]:
    """Return those of the last sentence with the role that this one gives them."""
    role = None
    if len(latest) == 1 and (pronoun := _PRONOUN.match(sentence)):
        role = _role_of_pronoun(sentence, pronoun.end())
    elif latest and _OWN_PAPER.match(sentence):
        role = "author"
    return [replace(m, role=role) for m in latest if not m.role] if role else []


def _mention(n: _Named, offset: int) -> Mention:
    kind = "author" if n.role == "author" else "person"
    return Mention(kind, n.name, offset + n.start, offset + n.end, finder="people", role=n.role)


def _speaks(n: _Named) -> bool:
    return bool(_SPEAKS_AFTER.match(n.after) or _SPEAKS_BEFORE.search(n.before))


def _may_be_one(n: _Named) -> bool:
    """Whether several capitalised words may be a person whom another sentence speaks of."""
    return (
        not n.person
        and " " in n.name
        and n.before[-1:] not in _QUOTES
        and not _BODY_AFTER.match(n.after)
        and not any(p.search(n.before) for p in (_PLACE_BEFORE, _BODY_BEFORE, _ARTICLE_BEFORE))
    )


def _surname(m: Mention) -> str:
    return fold(m.value.rsplit(" ", 1)[-1])


def _role_of_pronoun(sentence: str, end: int) -> str | None:
    after = sentence[end : end + _LOOK_AHEAD]
    if had_no_part(after):
        return "outsider"
    return "author" if is_author("", _who(after), whole=True) else None


def _who(after: str) -> str:
    """Return what "he" or "she" did as it is said of a name: "led" as "who led"."""
    return after if after.startswith(" and ") else f" who{after}"


def _roles_by_surname(found: Iterable[Mention]) -> dict[str, str]:
    """Return the one role that each surname has in a story, where it has one."""
    told: dict[str, set[str]] = {}
    for m in found:
        if m.role:
            told.setdefault(_surname(m), set()).add(m.role)
    return {surname: roles.pop() for surname, roles in told.items() if len(roles) == 1}


def _weighed(sentence: str, known: set[str]) -> list[_Named]:
    """Return the names of a sentence, each with its role, and whether it is a person's."""
    names = [] if sentence.isupper() else _names(sentence)
    told = bool(names) and speaks_of_outsiders(sentence)
    last: _Named | None = None  # the name before, where it is a person's
    for n in names:
        beside = last is not None and n.joined
        n.role = _role(n, told=told, known=known) or (
            last.role if beside and last and " " in n.name else None
        )
        n.person = _is_person(n, beside=beside, known=known)
        if n.person or not _PLACE_BEFORE.search(n.before[-12:]):  # a place parts no list
            last = n if n.person else None
    _share_with_those_beside(names)
    return names


def _share_with_those_beside(names: list[_Named]) -> None:
    """Give those who stand before an author in a list, or "with" one, the same role."""
    for one, other in pairwise(reversed(names)):
        if one.joined and one.role == "author" and not other.role and " " in other.name:
            other.role, other.person = "author", True
    led = False
    for n in names:
        if led and not n.role and " " in n.name and _WITH_BEFORE.search(n.before):
            n.role, n.person = "author", True
        led = led or n.role == "author"


def _names(sentence: str) -> list[_Named]:
    """Return what may be names, each with the words beside it up to the next person."""
    spans = list(_spans(sentence))
    parting = [x[0] for x in spans if _parts(sentence, x)]
    named: list[_Named] = []
    ends: list[int] = []
    for start, end, titled in spans:
        before = sentence[max(0, start - _LOOK_BACK) : start]
        after = sentence[end : end + 2 * _LOOK_AHEAD]
        joined = any(_joins(sentence[x:start], after) for x in ends[-2:])
        ends.append(end)
        beyond = bisect_left(parting, end)
        if beyond < len(parting) and not _JOINED.fullmatch(sentence, end, parting[beyond]):
            after = after[: parting[beyond] - end]
        named.append(_Named(start, end, titled, sentence[start:end], before, _bare(after), joined))
    return named


def _spans(sentence: str) -> Iterator[tuple[int, int, bool]]:
    position = 0
    while m := NAME.search(sentence, position):
        span = person_span(m)
        position = span[1] if span else m.end()
        if span and not _is_aside(sentence, span):
            yield span


def _is_aside(sentence: str, span: tuple[int, int, bool]) -> bool:
    """Whether a single word stands in brackets behind a name, as a place does."""
    start, end, titled = span
    if titled or " " in sentence[start:end]:
        return False
    opened = sentence.rfind("(", max(0, start - _LOOK_BACK), start)
    return opened >= 0 and ")" not in sentence[opened:start]


def _parts(sentence: str, span: tuple[int, int, bool]) -> bool:
    """Whether a name is surely somebody else's, so that what follows is not of the one before."""
    start, end, titled = span
    before = sentence[max(0, start - len(" from the ")) : start]
    named = titled or (
        " " in sentence[start:end]
        and bool(_SPEAKS_AFTER.match(_bare(sentence[end : end + 2 * _LOOK_AHEAD])))
    )
    return named and not _PLACE_BEFORE.search(before)


def _joins(gap: str, after: str) -> bool:
    joined = _JOINED.fullmatch(gap)
    return bool(joined and (not joined["list"] or _LIST_GOES_ON.match(after)))


#: "… heading towards Planet Plastic,” said the lead author".
_QUOTE_ENDS = re.compile(r"[,.!?][”\"»]\s")


def _bare(after: str) -> str:
    """Return the words after a name without degrees and the body in brackets.

    Past the end of a quote they tell of who speaks.
    """
    after = after[:_LOOK_AHEAD]
    if _QUOTE_ENDS.match(after):
        return ""
    if degrees := _DEGREES.match(after):
        after = after[degrees.end() :]
    if (brackets := _BRACKETS.match(after)) and not had_no_part(brackets[0]):
        after = after[brackets.end() :]
    return after


def _role(n: _Named, *, told: bool, known: Container[str] = ()) -> str | None:
    whole = n.titled or " " in n.name or fold(n.name) in known
    if (told and is_outsider(n.before, n.after, told=True, titled=True)) or (
        whole and comments(n.before, n.after)
    ):
        return "outsider"
    quoted = bool(_SPEAKS_BEFORE.search(n.before)) and n.after.startswith(", ")
    after = n.after[: None if " " in n.name else _BESIDE_A_SURNAME]
    if is_author(n.before, after, whole=whole or quoted):
        return "author"
    return "outsider" if is_outsider(n.before, n.after, told=False, titled=n.titled) else None


#: A body that bears somebody's name: "the Desmond Tutu HIV Centre".
_BODY_AFTER = re.compile(
    r"\s(?:[A-Z][\w-]*\s)?(?:Cent(?:re|er)|Institute|Hospital|Foundation|University|Trust|School|College|Lab"
    r"|Laboratory|Museum|Library|Prize|Medal|Award|Park|Airport|Street|Road|Stadium)\b"
)


def _is_person(n: _Named, *, beside: bool, known: set[str]) -> bool:
    """Whether a capitalised run is a person: by title, role or what the person does."""
    if n.titled:
        return len(n.name) >= len("abc")
    if _BODY_AFTER.match(n.after):
        return False
    if not beside and (_PLACE_BEFORE.search(n.before[-12:]) or _BODY_BEFORE.search(n.before)):
        return n.role == "author" and " " in n.name and is_called_author(n.before)
    if _ARTICLE_BEFORE.search(n.before) and not n.role:
        return False
    if " " not in n.name:
        told = n.role == "author" and not _INITIALS_BEFORE.search(n.before)
        return len(n.name) >= len("abc") and (told or (bool(n.role) and fold(n.name) in known))
    return bool(
        n.role
        or beside
        or _DESCRIBED_AFTER.match(n.after)
        or _SPEAKS_AFTER.match(n.after)
        or _SPEAKS_BEFORE.search(n.before)
    )
