"""People named in a story, and what they are said to be: authors of the study, or outsiders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.dates import WEEKDAYS
from citetrack.model import Mention
from citetrack.text import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|das|do|du|la|le|al|el|bin|ibn|ben|ter|ten|y|e)"
)
_PART = rf"(?:{_CAPITAL}[\w'’-]*[a-zß-öø-ÿ][\w'’-]*|{_CAPITAL}\.?(?:-?{_CAPITAL}\.)?)"
_TITLE = (
    r"(?:Drs?|Prof(?:essor|essorin|\.ssa|\.)?|Professors|Sir|Dame|Lord|Lady|Baroness"
    r"|Mr|Mrs|Ms|Herr|Frau|Mme|Dottoressa|Dott|Dra|Sra|Rev)"
)
_NAME = re.compile(
    rf"""
    (?P<title>\b{_TITLE}\b\.?[ ](?:{_TITLE}\b\.?[ ])?)?
    (?P<name>\b{_PART}(?:[ ](?:{_PARTICLE}[ ]){{0,3}}{_PART}){{0,3}})
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
    collaboration consortium trial investigators project network telescope""".split()
)  # fmt: skip

#: A capitalised run with one of these is a body or a place, whole.
_BODIES = frozenset(
    """university université universität universidad universidade università universiteit college
    school institute institut instituto istituto hospital department center centre national
    international universities society association foundation council agency committee street
    road park press service services company group ministry government journal medicine
    sciences clinic laboratory observatory library museum church trust ltd inc therapy disease
    city county""".split()
)
#: Before a name without a title these say "place" or "body", not "person".
_PLACE_BEFORE = re.compile(r"\b(?:of|at|in|from|near|the|der|de|à|em|en|aan|an)\s$", re.IGNORECASE)
#: What a person does or is, right beside the name.
_SPEAKS_AFTER = re.compile(
    r"""(?:,?\s(?:who|said|says|told|added|adds|explain\w*|argue\w*|warn\w*|note\w*|wrote|writes
          |commented|comments|sagt\w*|erklär\w*|dit|explique|dice|dijo|explica|diz|disse|afirma
          |zegt|zei)\b
        |,\s(?:an?|the|of|from|at|professor|director|head|chief|who|der|die|del?|du|von|van|het)\b
        |,\s\d\d,
        |,?\s(?:of|from|at|von|der|de|del|della|van)\s(?:\w+\s){0,5}(?:Univ|Instit|College|Hospital|School|Cent))""",
    re.VERBOSE,
)
_SPEAKS_BEFORE = re.compile(
    r"\b(?:said|says|added|explained|told|researchers?|scientists?|professor|biologist|economist"
    r"|epidemiologist|psychologist|neuroscientist|sagt|erklärt|dice|explica|diz|zegt)\s$"
)

#: What stands before an author's name.
_AUTHOR_BEFORE = re.compile(
    r"""(?:\b(?:led|headed|conducted|carried\sout|authored|written|overseen|directed|co-?authored)\sby
          |\b(?:lead|senior|study|first|corresponding|co-?lead|principal|chief|joint)[\s-]
           (?:study\s)?(?:co-?)?(?:authors?|researchers?|investigators?|scientists?)
          |\bco-?authors?|\bstudy\sleaders?|\bthe\sauthors?|\bteam\s(?:led|of|including)\b[^.]{0,60}
          |\bteam\s(?:um|autour\sde)|\bum|\bleiterin|\bleiter|\b(?:erst|haupt|ko-?|mit)autor(?:in|en)?|\bgeleitet\shat[^.]{0,40}
          |\bautor(?:a|in|es|en|i)?|\bdirig\w+\spar
          |\bguidat\w\sda|\bliderad\w\spor|\bdirigid\w\spor|\bonder\sleiding\svan|\bautrice|\bauteure?s?)
        [\s,:–-]*(?:(?:was|is|and|were|are|the|a|ist|war|es|era|est|é|è)\s)?(?:TITLE\.?\s)?[^.;!?]{0,3}$""".replace(
        "TITLE", _TITLE
    ),
    re.VERBOSE | re.IGNORECASE,
)
#: What stands after one.
_AUTHOR_AFTER = re.compile(
    r"""^(?:\sPh\.?D\.?|,?\sM\.?D\.?)*
        (?:\s(?:and|&)\s(?:his|her|their)?\s?(?:colleagues|co-?authors|co-?workers|team|others)
          |\set\sal\b|['’]s?\s(?:team|group|study|paper|research|colleagues|findings)\b
          |\sund\s(?:seine|ihre|kollegen)|\set\sses\scoll|\sy\s(?:sus\s)?coleg|\se\s(?:seus\s)?coleg
          |[^.;!?]{0,120}\b(?:(?:lead|senior|study|first|corresponding|principal)[\s-](?:study\s)?
             (?:co-?)?(?:author|investigator|researcher)|co-?authors?\b|co-?authored
             |author\sof\sthe\s(?:study|paper|research|report)|(?:who|and)\s(?:co-?)?led\s(?:the|this)
             |\bled\sthe\s(?:\w+\s){0,2}(?:authors|team|study|research|work|trial|project)
          |one\sof\sthe\s(?:study['’]?s?\s)?(?:authors|researchers)|study\sleader
             |the\s(?:study|paper|report)['’]s\s(?:lead|senior|first|co)?-?\s?author
             |studienleiter|erstautor|hauptautor|autora?\sprincipal|autor\sprincipal|prim[ao]\sautor))""",
    re.VERBOSE | re.IGNORECASE,
)
#: What says that a person stands outside the study.
_OUTSIDER = re.compile(
    r"""\b(?:not\s(?:\w+\s){0,2}(?:involved|part\sof|connected|associated|affiliated|participat\w+)
          |no(?:r)?\s(?:had\s)?(?:part|role|involvement|connection)\sin|had\sno\s(?:part|role)
          |wasn['’]t\s(?:\w+\s)?(?:involved|part)|(?:in)?dependent\sexpert|outside\sexpert|uninvolved
          |did\snot\s(?:take\spart|work\son|participate)|unconnected\s(?:to|with)
          |nicht\s(?:\w+\s){0,3}beteiligt|unbeteiligt|n['’]a\spas\s(?:participé|pris\spart)
          |ajen[ao]s?\s(?:al|a\sla)|no\s(?:ha\s)?particip\w+|que\snão\s(?:esteve|participou)
          |non\s(?:ha\s|era\s)?(?:partecipato|coinvolt\w)|niet\s(?:\w+\s){0,2}betrokken
          |accompanying\s(?:editorial|commentary)|linked\s(?:editorial|comment))""",
    re.VERBOSE | re.IGNORECASE,
)
_LOOK_BACK, _LOOK_AHEAD = 90, 140


def find_people(text: str) -> Iterator[Mention]:
    """Yield the people named: kind "author" with a role near the name, kind "person" without.

    `role` is "author", "outsider" or None; the value is the name without its title. A single
    word is a name only after a title or beside a role.
    """
    for start, end in sentences(text):
        sentence = text[start:end]
        if sentence.isupper():
            continue
        outsider = bool(_OUTSIDER.search(sentence))
        for m in _NAME.finditer(sentence):
            mention = _person(sentence, m, start, outsider=outsider)
            if mention:
                yield mention


def _person(sentence: str, m: re.Match[str], offset: int, *, outsider: bool) -> Mention | None:
    name = _trim(m["name"])
    if not name:
        return None
    start = m.start("name") + m["name"].index(name)
    end = start + len(name)
    before = sentence[max(0, m.start() - _LOOK_BACK) : m.start()]
    role = _role(before, sentence[end : end + _LOOK_AHEAD], outsider=outsider)
    in_place = not m["title"] and _PLACE_BEFORE.search(before)
    called_author = role == "author" and " " in name and _AUTHOR_BEFORE.search(before)
    if in_place and not called_author:
        return None
    if not _is_sure(name, m, role, before, sentence[end : end + _LOOK_AHEAD]):
        return None
    kind = "author" if role == "author" else "person"
    return Mention(kind, name, offset + start, offset + end, finder="people", role=role)


def _is_sure(name: str, m: re.Match[str], role: str | None, before: str, after: str) -> bool:
    """Whether a capitalised run is a person: by title, role or what the person does."""
    if " " not in name:
        return len(name) >= len("abc") and (m["title"] is not None or role == "author")
    if m["title"] or role:
        return True
    return bool(_SPEAKS_AFTER.match(after) or _SPEAKS_BEFORE.search(before))


def _trim(name: str) -> str:
    """Cut words that are no part of a name from both ends; an empty string when none is left."""
    parts = name.split(" ")
    if any(fold(p.strip(".,'’")) in _BODIES for p in parts):
        # "Thomas Crowther von der Yale University": the person ends where the body begins.
        small = next((i for i, p in enumerate(parts) if p.islower()), 0)
        parts = parts[:small]
    while parts and _is_no_name(parts[0]):
        parts = parts[1:]
    while parts and (_is_no_name(parts[-1]) or parts[-1].islower()):
        parts = parts[:-1]
    while parts and parts[0].islower():
        parts = parts[1:]
    if any(_is_no_name(p) for p in parts) or (parts and len(parts[-1].strip(".")) == 1):
        return ""
    return " ".join(parts)


def _is_no_name(word: str) -> bool:
    bare = fold(word.strip(".,'’"))
    bare = bare.removesuffix("'s")
    return bare in _NOT_NAMES or bare in WEEKDAYS


def _role(before: str, after: str, *, outsider: bool) -> str | None:
    if outsider and (_OUTSIDER.search(after) or _OUTSIDER.search(before)):
        return "outsider"
    if _AUTHOR_BEFORE.search(before) or _AUTHOR_AFTER.search(after):
        return "author"
    return None
