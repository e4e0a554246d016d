"""People named in a story, and what they are said to be: authors of the study, or outsiders."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from citetrack.dates import WEEKDAYS
from citetrack.model import Mention
from citetrack.people.roles import (
    is_author,
    is_called_author,
    is_outsider,
    speaks_of_outsiders,
)
from citetrack.people.titles import TITLE
from citetrack.text import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|das|do|du|la|le|al|el|bin|ibn|ben|ter|ten|y|e)"
)
_PART = rf"(?:{_CAPITAL}[\w'’-]*[a-zß-öø-ÿ][\w'’-]*|{_CAPITAL}\.?(?:-?{_CAPITAL}\.)?)"
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
    collaboration consortium trial investigators project network telescope""".split()
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
    infirmary office city county vogelwarte hochschule klinik""".split()
)
#: Before a name without a title these say "place" or "body", not "person".
_PLACE_BEFORE = re.compile(r"\b(?:of|at|in|from|near|for|de|à|em|en|aan|an)\s$", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"\b(?:the|der|die|la|el|il)\s$", re.IGNORECASE)
#: What a person does or is, right beside the name.
_SPEAKS_AFTER = re.compile(
    r"""(?:,?\s(?:who|said|says|told|added|adds|explain\w*|argue\w*|warn\w*|note\w*|wrote|writes
          |commented|comments|sagt\w*|erklär\w*|dit|explique|dice|dijo|explica|diz|disse|afirma
          |zegt|zei)\b
        |,\s(?:an?|the|of|from|at|[Pp]rofessor|director|head|chief|lecturer|reader|who|der|die|del?|du|von|van|het)\b
        |,\s\d\d,
        |,?\s(?:of|from|at|von|der|de|del|della|van)\s(?:\w+\s){0,5}(?:Univ|Instit|College|Hospital|School|Cent))""",
    re.VERBOSE,
)
_SPEAKS_BEFORE = re.compile(
    r"\b(?:said|says|added|explained|told|[Rr]esearchers?|[Ss]cientists?|professor|author|lecturer"
    r"|\w+(?:ologist|ologe|ologin|ologue|ólogo|óloga|ologo|oloog)|economist|physicist|chemist|sag(?:t|en)|erklär(?:t|en)|dicen?|explican?|expliquent?|diz(?:em)?|spiegan?o?|zeg(?:t|gen))\s$"
)

#: Inside a capitalised run a name begins anew: "Newcastle University's Prof Sir John Burn".
_INNER = re.compile(rf"['’]s[ ]|\b{TITLE}\b\.?[ ]")
#: "Ana Ruiz y Luis Gil": the particle of "Ortega y Gasset" joins two whole names here.
_TWO_PEOPLE = re.compile(r"(?P<one>\S+(?: \S+)+?) (?:y|e) \S+ \S+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]|['’])$")
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
    "sprecherin", "leiter", "leiterin", "autor", "autorin", "auteur", "professorin",
)  # fmt: skip
#: What joins the names of two people.
_BESIDE = frozenset({" and ", " & ", " und ", " et ", " y ", " e ", " en "})
_LOOK_BACK, _LOOK_AHEAD = 90, 140
_BESIDE_A_SURNAME = 40


def find_people(text: str) -> Iterator[Mention]:
    """Yield the people named: kind "author" with a role near the name, kind "person" without.

    `role` is "author", "outsider" or None; the value is the name without its title. A single
    word is a name only after a title or beside a role. Who is told apart by full name keeps the
    role where only the surname is printed.
    """
    found = [m for start, end in sentences(text) for m in _in_sentence(text[start:end], start)]
    roles = _roles_by_surname(found)
    for m in found:
        role = m.role or roles.get(fold(m.value.rsplit(" ", 1)[-1]))
        yield replace(m, role=role, kind="author" if role == "author" else "person")


def _roles_by_surname(found: Iterable[Mention]) -> dict[str, str]:
    """Return the one role that each surname has in a story, where it has one."""
    told: dict[str, set[str]] = {}
    for m in found:
        if m.role:
            told.setdefault(fold(m.value.rsplit(" ", 1)[-1]), set()).add(m.role)
    return {surname: roles.pop() for surname, roles in told.items() if len(roles) == 1}


def _in_sentence(sentence: str, offset: int) -> Iterator[Mention]:
    if sentence.isupper():
        return
    told, last_end = speaks_of_outsiders(sentence), -1
    position = 0
    while m := _NAME.search(sentence, position):
        span = _person_span(m)
        position = span[1] if span else m.end()
        if span is None:
            continue
        start, end, titled = span
        before = sentence[max(0, start - _LOOK_BACK) : start]
        after = sentence[end : end + _LOOK_AHEAD]
        beside = last_end >= 0 and sentence[last_end:start] in _BESIDE
        name = sentence[start:end]
        role = _role(name, before, after, told=told, titled=titled)
        if not _is_person(name, before, after, titled=titled, role=role, beside=beside):
            continue
        last_end = end
        kind = "author" if role == "author" else "person"
        yield Mention(kind, name, offset + start, offset + end, finder="people", role=role)


def _person_span(m: re.Match[str]) -> tuple[int, int, bool] | None:
    """Return where the name in a capitalised run stands, and whether it bears a title."""
    run, titled = m["name"], m["title"] is not None
    inner = list(_INNER.finditer(run))
    titled = titled or any(not x[0].startswith(("'", "’")) for x in inner)
    begin = inner[-1].end() if inner else 0
    two = _TWO_PEOPLE.match(run, begin)
    name = _POSSESSIVE.sub("", _trim(two["one"] if two else run[begin:]))
    if not name:
        return None
    start = m.start("name") + run.index(name, begin)
    return start, start + len(name), titled


def _role(name: str, before: str, after: str, *, told: bool, titled: bool) -> str | None:
    if told and is_outsider(before, after, told=True, titled=True):
        return "outsider"
    quoted = bool(_SPEAKS_BEFORE.search(before)) and after.startswith(", ")
    if is_author(
        before, after[: None if " " in name else 40], whole=titled or " " in name or quoted
    ):
        return "author"
    return "outsider" if is_outsider(before, after, told=False, titled=titled) else None


def _is_person(
    name: str, before: str, after: str, *, titled: bool, role: str | None, beside: bool
) -> bool:
    """Whether a capitalised run is a person: by title, role or what the person does."""
    if titled:
        return len(name) >= len("abc")
    called_author = role == "author" and " " in name and is_called_author(before)
    if _PLACE_BEFORE.search(before) or _BODY_BEFORE.search(before):
        return called_author
    if _ARTICLE_BEFORE.search(before) and not role:
        return False
    if " " not in name:
        return len(name) >= len("abc") and role == "author"
    return bool(role or beside or _SPEAKS_AFTER.match(after) or _SPEAKS_BEFORE.search(before))


def _trim(name: str) -> str:
    """Cut words that are no part of a name from both ends; an empty string when none is left."""
    parts = name.split(" ")
    if any(fold(p.strip(".,'’")) in _BODIES for p in parts):
        # "Thomas Crowther von der Yale University": the person ends where the body begins.
        small = next((i for i, p in enumerate(parts) if p.islower()), 0)
        parts = parts[:small]
    while parts and (_is_no_name(parts[0]) or (len(parts) > len("ab") and _is_subject(parts[0]))):
        parts = parts[1:]
    while parts and (_is_no_name(parts[-1]) or parts[-1].islower()):
        parts = parts[:-1]
    while parts and parts[0].islower():
        parts = parts[1:]
    if any(_is_no_name(p) for p in parts if not p.islower()) or (
        parts and len(parts[-1].strip(".")) == 1
    ):
        return ""
    return " ".join(parts)


def _is_subject(word: str) -> bool:
    """Whether a word names what somebody teaches or is: "Physiology", "Ornithologe"."""
    return fold(word).endswith(_SUBJECTS)


def _is_no_name(word: str) -> bool:
    bare = fold(word.strip(".,'’"))
    bare = bare.removesuffix("'s")
    return bare in _NOT_NAMES or bare in WEEKDAYS
