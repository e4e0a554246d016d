"""People named in a story, and what they are said to be: authors of the study, or outsiders."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citetrack.dates import WEEKDAYS
from citetrack.model import Mention
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
    from collections.abc import Iterable, Iterator

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|das|do|du|la|le|al|el|bin|ibn|ben|ter|ten|y|e)"
)
_INITIAL = rf"{_CAPITAL}(?:\.(?:-?{_CAPITAL}\.)*|(?!\w))"
_PART = rf"(?:{_CAPITAL}[\w'’-]*[a-zß-öø-ÿ][\w'’-]*|{_INITIAL})"
_NAME = re.compile(
    rf"""
    (?P<title>\b{TITLE}\b\.?[ ](?:{TITLE}\b\.?[ ])?)?
    (?P<name>\b{_PART}(?:[ ](?:{_PARTICLE}[ ]){{0,3}}{_PART}){{0,6}})
    """,
    re.VERBOSE,
)
#: Capitalised words that are no part of a person's name: sentence openers, places, bodies.
_NOT_NAMES = frozenset(
    """the a an in on at of for from by with and or but it its he she they we you his her their
    our this that these those there here when while where what which who why how if as so
    although though however because since after before during until about over under both all
    some many most more few each every one two three four five six seven eight nine ten first
    second last new researchers scientists doctors experts people women men children patients
    participants published writing according study research findings results journal american
    british european royal medical health states united kingdom new york london north south
    east west northern southern eastern western professor doctor dr copyright photo image
    credit source related read share more information provided online today yesterday lead
    senior author authors co-author nature science cell lancet jama bmj pnas plos open network
    annals archives england africa asia europe america australia canada china france germany
    india ireland israel italy japan mexico netherlands norway scotland spain sweden
    switzerland wales california texas florida massachusetts boston chicago wisconsin utah
    madison oxford cambridge harvard stanford yale princeton berkeley der die das ein eine le
    la les un une el los las una uno il lo gli os covid san diego francisco angeles alzheimer
    parkinson english french german spanish internet dna rna mri sars hiv usa uk eu us un who
    nhs cdc fda nasa bbc reuters ap afp el niño also even just then now still yet not no yes
    dear editor minister president king queen prince chief head director executive
    researcher scientist lecturer investigator reader chair supervisor editor-in-chief britons
    americans europeans canadians australians global human self-harm hiv-positive
    collaboration consortium trial investigators project network telescope ihr ihre sein seine
    sus seu sua leur para por segundo según secondo volgens laut selon pour d'après auch amid
    among despite like including unlike hoogleraar kollege kollegin mum-of-two mum-of-three
    co-authors studienautor studienautorin hochschule charité physiotherapist nutritionist
    dietitian physician mathematician statistician politician historian veterinarian
    commenting reacting speaking asked other others russian chinese japanese dutch italian greek
    turkish iranian indian israeli brazilian korean egyptian swedish danish norwegian finnish polish
    belgian austrian swiss irish welsh scottish mexican african asian argentinian argentine cuban""".split()
)  # fmt: skip

#: A capitalised run with one of these is a body or a place, whole.
_BODIES = frozenset(
    fold(body)
    for body in """university université universität universidad universidade università
    universiteit college school institute institut instituto istituto hospital department center
    centre national
    international universities society association foundation council agency committee street
    road park press service services company group ministry government journal medicine
    sciences clinic laboratory observatory library museum church trust ltd inc therapy disease
    infirmary office city county vogelwarte hochschule klinik charity bureau charité academy
    administration united polytechnic insights federation
    commission organisation organization isles islands alliance coalition campaign union software""".split()
)
#: Before a name without a title these say "place" or "body", not "person".
_PLACE_BEFORE = re.compile(r"\b(?:of|at|in|from|near|for|de|à|em|en|aan|an)\s$", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"\b(?:the|der|die|la|el|il)\s$", re.IGNORECASE)
#: What a person does or is, right beside the name.
_SPEAKS_AFTER = re.compile(
    r"""(?:,?\s(?:who|said|says|told|added|adds|explain\w*|argue\w*|warn\w*|note\w*|wrote|writes
          |commented|comments|agree[ds]?|thinks|believes|cautioned|sagt\w*|erklär\w*|meint|betont
          |dit|explique|affirme|dice|dijo|explica|afirma|diz|disse|afirma|spiega|commenta|zegt|zei
          |qui|que|che)\b
        |,?\s(?:aged\s)?\(?\d\d[,)]|,\s(?:ebenfalls|auch|ebenso|eben)\b
        |,\s(?:an?|the|of|from|at|[Pp]rofessor|director|head|chief|lecturer|reader|who|der|die|del?|du|von|van|het)\b
        |,\s\d\d,
        |,?\s(?:of|from|at|von|der|de|del|della|van)\s(?:\w+\s){0,5}(?:Univ|Instit|College|Hospital|School|Cent))""",
    re.VERBOSE,
)
_SPEAKS_BEFORE = re.compile(
    rf"\b(?:said|says|adds?|added|explain(?:s|ed)|told|notes?d?|agree[ds]|{TRADE}|[Rr]esearchers?|[Ss]cientists?|author"
    r"|\w+(?:olog(?:e|in)|politiker(?:in)?)|sag(?:t|te|en|ten)|erklär(?:t|te|en|ten)|meint|ergänzt|dicen?|dijo|explic(?:an?|ó)|afirm(?:an?|ou|ó)"
    r"|expliquent?|affirme|souligne|diz(?:em)?|disse|spiegan?o?|afferma|commenta|zeg(?:t|gen)|zei|aldus)\s$"
)
_DEGREE = r"(?:,?\s(?:Ph\.?\s?D|M\.?D|D\.?Phil|MPH|M\.?Sc|R\.?N|Sc\.?D|Dr\.?\s?P\.?H|FRCP|CNRS)\b\.?)"
#: Degrees, and a body in brackets, between a name and what is said of it.
_DEGREES = re.compile(rf"{_DEGREE}+(?=[\s,;.])")
_BRACKETS = re.compile(r"\s\([^()\n]{1,90}\)")

#: Inside a capitalised run a name begins anew: "Newcastle University's Prof Sir John Burn".
_INNER = re.compile(rf"['’]s[ ]|(?<=\w\ws)['’][ ]|\b{TITLE}\b\.?[ ]")
_INNER_TITLE = re.compile(rf"\b{TITLE}\b")
#: "Ana Ruiz y Luis Gil": the particle of "Ortega y Gasset" joins two whole names here.
_TWO_PEOPLE = re.compile(r"(?P<one>\S+(?: \S+)+?) (?:y|e) \S+ \S+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]|['’])$")
#: "L'équipe", "C'est": a French word behind its elided article.
_ELIDED = re.compile(r"[LDCSJNQM]['’][^\W\d_A-ZÀ-Þ]")
#: Articles that family names hold in capitals: "Le Goff", "La Rosa", "El Khoury".
_ARTICLES = frozenset("le la les el los las lo il der san di da de".split())
#: "at ETH Zurich": the end of a body that begins with capitals only.
_INITIALS_BEFORE = re.compile(r"\b[A-Z]{2,}\s$")
#: A body before a name without a title: "Centre for Human Genetics" is nobody.
_BODY_BEFORE = re.compile(
    r"\b(?:Institute?|Cent(?:re|er)|Department|School|Faculty|College|University|Society|Trust|Hospital"
    r"|Association|Foundation|Ministry|Division|Unit|Council|Committee|Office)"
    r"(?:[ ,]+(?:of|for|and|the|on|in|&|[^\W\d_a-z][\w'’-]*))*[ ]$"
)
#: How subjects and trades end, in English, German, Dutch and French.
_SUBJECTS = (
    "ology", "istry", "ics", "iatry", "medicine", "surgery", "ologist", "loge", "login", "loog",
    "loga", "logo", "logue", "forscher", "forscherin", "wissenschaftler", "wissenschaftlerin",
    "mediziner", "medizinerin", "physiker", "physikerin", "chemiker", "chemikerin", "arzt",
    "arztin", "onderzoeker", "chercheur", "chercheuse", "minister", "ministerin", "sprecher",
    "sprecherin", "leiter", "leiterin", "autor", "autorin", "auteur", "professorin", "politiker",
    "politikerin", "kollege", "kollegin", "ologin", "okonom", "okonomin", "hoogleraar", "leider", "leidster",
)  # fmt: skip
#: What joins the names of two people: "and", with or without where the first is from.
_JOINED = re.compile(
    rf"""(?:\s\([^()]{{1,80}}\)|,?\s(?:of|from|at|in|von|vom|de|del|della|dell['’]|do|da|du|der|van|am|aus)\s
          [^,;:.!?()“”"«»]{{2,70}}?)?
        (?:,?\s(?:and|&|und|et|y|e|en|sowie|as\swell\sas|along\swith|together\swith)\s|(?P<list>,\s))
        (?:(?:[a-zß-öø-ÿ'’-]+\s){{0,2}}{TRADE}\s)?(?:{TITLE}\.?\s)*""",
    re.VERBOSE,
)
#: What goes on after a name in a list of them.
_LIST_GOES_ON = re.compile(
    r"(?:\s\([^()]{1,80}\)|\s(?:of|from|at)\s[^,;:.!?()]{2,70}?)?(?:,?\s(?:and|&|und|et|y|e|en)\s|,\s[^\W\d_a-z]\S+\s[^\W\d_a-z])"
)
#: A sentence that goes on about the person of the one before it.
_PRONOUN = re.compile(r"[“\"„«]?(?:He|She|Er|Sie|Elle|Il|Ella|Él|Ela|Ele|Lei|Lui|Zij|Hij)\b")
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


def find_people(text: str) -> Iterator[Mention]:
    """Yield the people named: kind "author" with a role near the name, kind "person" without.

    `role` is "author", "outsider" or None; the value is the name without its title. A single
    word is a name only after a title or beside a role. Who is told apart by full name keeps the
    role where only the surname is printed.
    """
    found: list[Mention] = []
    told: list[Mention] = []
    latest: list[Mention] = []
    known: set[str] = set()
    for start, end in sentences(text):
        sentence = text[start:end]
        if len(latest) == 1 and (pronoun := _PRONOUN.match(sentence)):
            role = _role_of_pronoun(sentence, pronoun.end())
            told += [replace(latest[0], role=role)] if role and not latest[0].role else []
        latest = list(_in_sentence(sentence, start, known))
        found += latest
        known |= {_surname(m) for m in latest}
    roles = _roles_by_surname([*found, *told])
    for m in found:
        role = m.role or roles.get(_surname(m))
        yield replace(m, role=role, kind="author" if role == "author" else "person")


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
            told.setdefault(fold(m.value.rsplit(" ", 1)[-1]), set()).add(m.role)
    return {surname: roles.pop() for surname, roles in told.items() if len(roles) == 1}


def _in_sentence(sentence: str, offset: int, known: set[str]) -> Iterator[Mention]:
    if sentence.isupper():
        return
    told = speaks_of_outsiders(sentence)
    last: _Named | None = None  # the name before, where it is a person's
    for n in _names(sentence):
        beside = last is not None and n.joined
        n.role = _role(n, told=told) or (last.role if beside and last and " " in n.name else None)
        last = n if _is_person(n, beside=beside, known=known) else None
        if not last:
            continue
        kind = "author" if n.role == "author" else "person"
        yield Mention(
            kind, n.name, offset + n.start, offset + n.end, finder="people", role=n.role
        )


def _names(sentence: str) -> list[_Named]:
    """Return what may be names, each with the words beside it up to the next person."""
    spans, position = [], 0
    while m := _NAME.search(sentence, position):
        span = _person_span(m)
        position = span[1] if span else m.end()
        if span:
            spans.append(span)
    named: list[_Named] = []
    for i, (start, end, titled) in enumerate(spans):
        name = sentence[start:end]
        before, after = sentence[max(0, start - _LOOK_BACK) : start], sentence[end:]
        joined = bool(i and _joins(sentence[spans[i - 1][1] : start], after))
        following = next((x for x in spans[i + 1 :] if _parts(sentence, x)), None)
        if following and not _JOINED.fullmatch(sentence[end : following[0]]):
            after = sentence[end : following[0]]
        named.append(_Named(start, end, titled, name, before, _bare(after), joined))
    return named


def _parts(sentence: str, span: tuple[int, int, bool]) -> bool:
    """Whether a name is surely somebody else's, so that what follows it is not of the one before."""
    start, end, titled = span
    before = sentence[max(0, start - _LOOK_BACK) : start]
    named = titled or (" " in sentence[start:end] and bool(_SPEAKS_AFTER.match(sentence, end)))
    return named and not _PLACE_BEFORE.search(before)


def _joins(gap: str, after: str) -> bool:
    joined = _JOINED.fullmatch(gap)
    return bool(joined and (not joined["list"] or _LIST_GOES_ON.match(after)))


def _bare(after: str) -> str:
    """Return the words after a name without degrees and the body in brackets."""
    after = after[:_LOOK_AHEAD]
    if degrees := _DEGREES.match(after):
        after = after[degrees.end() :]
    if brackets := _BRACKETS.match(after):
        after = after[brackets.end() :]
    return after


def _person_span(m: re.Match[str]) -> tuple[int, int, bool] | None:
    """Return where the name in a capitalised run stands, and whether it bears a title."""
    run, titled = m["name"], m["title"] is not None
    inner = list(_INNER.finditer(run))
    titled = titled or any(_INNER_TITLE.match(x[0]) for x in inner)
    begin = inner[-1].end() if inner else 0
    two = _TWO_PEOPLE.match(run, begin)
    name = _POSSESSIVE.sub("", _trim(two["one"] if two else run[begin:]))
    if not name:
        return None
    start = m.start("name") + run.index(name, begin)
    return start, start + len(name), titled


def _role(n: _Named, *, told: bool) -> str | None:
    whole = n.titled or " " in n.name
    if (told and is_outsider(n.before, n.after, told=True, titled=True)) or (
        whole and comments(n.before, n.after)
    ):
        return "outsider"
    quoted = bool(_SPEAKS_BEFORE.search(n.before)) and n.after.startswith(", ")
    after = n.after[: None if " " in n.name else _BESIDE_A_SURNAME]
    if is_author(n.before, after, whole=whole or quoted):
        return "author"
    return "outsider" if is_outsider(n.before, n.after, told=False, titled=n.titled) else None


def _is_person(n: _Named, *, beside: bool, known: set[str]) -> bool:
    """Whether a capitalised run is a person: by title, role or what the person does."""
    if n.titled:
        return len(n.name) >= len("abc")
    called_author = n.role == "author" and " " in n.name and is_called_author(n.before)
    if not beside and (_PLACE_BEFORE.search(n.before) or _BODY_BEFORE.search(n.before)):
        return called_author
    if _ARTICLE_BEFORE.search(n.before) and not n.role:
        return False
    if " " not in n.name:
        told = n.role == "author" and not _INITIALS_BEFORE.search(n.before)
        return len(n.name) >= len("abc") and (told or (bool(n.role) and fold(n.name) in known))
    return bool(
        n.role or beside or _SPEAKS_AFTER.match(n.after) or _SPEAKS_BEFORE.search(n.before)
    )


def _trim(name: str) -> str:
    """Cut words that are no part of a name from both ends; an empty string when none is left."""
    parts = _before_a_body(name.split(" "))
    trade = next((i for i in range(len(parts) - 2, 0, -1) if _is_subject(parts[i - 1])), 0)
    parts = parts[trade:]
    while parts and (_is_no_name(parts[0]) or parts[0].islower()):
        parts = parts[1:]
    while parts and (_is_no_name(parts[-1]) or parts[-1].islower()):
        parts = parts[:-1]
    inner = (p for i, p in enumerate(parts) if not (i and fold(p) in _ARTICLES))
    if any(_is_no_name(p) for p in inner) or (parts and len(parts[-1].strip(".")) == 1):
        return ""
    return " ".join(parts)


def _before_a_body(parts: list[str]) -> list[str]:
    """Return the words of a run up to a body: "Thomas Crowther" of "… von der Yale University"."""
    if parts[2:4] == ["von", "der"]:  # a body follows; "Karl von der Lippe" is a name
        parts = parts[:2]
    body = next((i for i, p in enumerate(parts) if _is_body(p)), None)
    if body is None:
        return parts
    small = next((i for i, p in enumerate(parts[:body]) if p.islower()), 0)
    return parts[:small]


def _is_body(word: str) -> bool:
    bare = fold(_POSSESSIVE.sub("", word.strip(".,'’")))
    return bare in _BODIES or bare.endswith(("-universitat", "-institut", "-hochschule", "-klinik"))


def _is_subject(word: str) -> bool:
    """Whether a word names what somebody teaches or is: "Physiology", "Ornithologe"."""
    return fold(word).endswith(_SUBJECTS)


def _is_no_name(word: str) -> bool:
    bare = fold(word.strip(".,'’"))
    bare = bare.removesuffix("'s")
    return bare in _NOT_NAMES or bare in WEEKDAYS or bool(_ELIDED.match(word))
