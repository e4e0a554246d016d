"""Institutions named in a story: universities, institutes, hospitals and their like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_CAPITAL}[\w’'-]*"
#: What such a body is called, in the languages read. "School" and "College" need a name before
#: them or "of" behind them, as all do.
_UNIVERSITY = r"[Uu]niversi(?:ty|tät|té|teit|tà|dad|dade|tat)\b"
_BODY = (
    r"(?:Institut(?:e|es|o|et)?|Istituto|Instituto|College|School|Hospital|H[ôo]pital|Klinik(?:um)?|Clinic"
    r"|Mus(?:eum|eo|éum|ée)|Laborator(?:y|ies)|Observatory|Academy|Infirmary|Cent(?:re|er)|Polytechnic|Hochschule|Politecnico)\b"
)
_OF = r"(?:of|for|de|des|du|del|della|di|da|do|dos|la|für|von|zu|van|voor|der|the)"
_REST = rf"(?:[ ]{_OF}){{1,3}}[ ]{_WORD}(?:[ ]{_WORD}){{0,2}}"
#: "Institute of Evolutionary and Social Anthropology"; two universities are two.
_PARTS = rf"{_REST}(?:,?[ ](?:and|&|und|et|y|e|en)[ ]{_WORD}(?:[ ]{_WORD})?)?"
_INSTITUTION = re.compile(
    rf"""\b(?:
        (?:{_WORD}[ -]){{1,4}}
          (?:College[ ](?:London|Dublin)|{_UNIVERSITY}(?:{_REST})?|{_BODY}(?:{_PARTS})?)
        |{_UNIVERSITY}(?:(?:[ ](?:libre|catholique|nationale?|autónoma|federal|estadual|técnica))?
          {_REST}|[ ]{_WORD})
        |(?:Instituto|Istituto|Institut|Museo|Mus[ée]um)[ ]{_WORD}(?:{_REST})?
        |(?:UC|ETH|KU|TU|LMU|FU|UCL)[ ]{_WORD}(?:[ ](?:Barbara|Cruz|Diego))?
        |{_BODY}(?:[ ]{_OF}[ ][a-zß-öø-ÿ]{{4,}})?{_PARTS}
        |(?:Institut|Hospital|H[ôo]pital|Klinikum)[ ]{_WORD}
        )(?!\w)""",
    re.VERBOSE,
)
#: What a run of capitals may begin with and no name of an institution does.
_OPENING = re.compile(
    r"(?:The|Der|Die|Das|Het|Il|Les|At|In|From|And|But|An?|Our|His|Her|Their|Professor|Dr|Prof)[ ]"
    rf"|(?:{_WORD}[ ]){{0,2}}{_CAPITAL}\w*['’]s?[ ](?={_BODY}[ ](?:of|for)\b)"
)
_POSSESSIVE = re.compile(r"['’]s?$")


def find_institutions(text: str) -> Iterator[Mention]:
    """Yield the institutions named: kind "institution", the value as it is written."""
    for m in _INSTITUTION.finditer(text):
        start = m.start()
        while opening := _OPENING.match(text, start, m.end()):
            start = opening.end()
        whole = _INSTITUTION.match(text, start) or m
        if not {" ", "-"} & set(text[start : whole.end()]):
            continue
        name = _POSSESSIVE.sub("", text[start : whole.end()])
        yield Mention("institution", name, start, start + len(name), finder="institutions")
