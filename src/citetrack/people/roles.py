"""What a story says that a person is: an author of the study, or somebody outside it."""

from __future__ import annotations

import re

from citetrack.people.titles import TITLE

_FLAGS = re.VERBOSE | re.IGNORECASE

#: What stands before an author's name.
_AUTHOR_BEFORE = re.compile(
    r"""(?:\b(?:(?:co-?)?led|headed|conducted|carried\sout|authored|written|overseen|directed|done
              |coordinated|supervised|co-?authored)\sby(?:\sresearchers?|\sscientists?)?
          |\b(?:lead|leading|senior|study|first|corresponding|co-?lead|principal|chief|joint)[\s-]
           (?:study\s)?(?:co-?)?(?:authors?|researchers?|investigators?|scientists?)
          |\bco-?authors?|\bstudy\sleaders?|\b(?:the|its|their|study['’]?s?|paper['’]s)\sauthors?
          |\bresearch\sleaders?|\bteam\sleaders?|\blead\sresearch\w+
          |\bteam\s(?:led|of|including)\b[^.]{0,60}|\bteam\s(?:um|autour\sde)|\bum|\bforschern?\sum
          |\b(?:studien|projekt|forschungs)?leiter(?:in)?|\b(?:erst|haupt|ko-?|co-?|mit)autor(?:in|en)?
          |\bgeleitet\s(?:hat|von)[^.]{0,40}|\bunter\s(?:der\s)?leitung\svon
          |\bautor(?:a|in|es|en|i)?(?:\sprincipal(?:e|es)?)?|\bdirig\w+\s(?:par|por)|\b(?:co|premi\w+\s|première\s)?aute?ure?s?
          |\b(?:men|condu|pilot|coordonn)\w+\spar|\b(?:liderad|coordinad|coordenad|conduzid|realizad)[oa]\spor
          |\b(?:guidat|coordinat|condott|firmat)[oai]\sda|\bprim[oa]\s(?:autor|firma)\w*
          |\bonder\sleiding\svan|\b(?:hoofd|mede)?auteur|\bautrice|\bonderzoeksleider|\bcoaut(?:or|ore|rice|ora|eur))
        [\s,:–-]*(?:(?:was|is|and|were|are|the|a|ist|war|es|era|est|é|è|of\sthe\s(?:study|paper|research|report)
            |der\sstudie|de\sl['’]étude|d[eo]l?\s(?:estudio|estudo|trabajo)|dello\sstudio|van\s(?:de|het)\s\w+)[\s,]+)?
        (?:TITLE\.?\s)*[^.;!?\w]{0,3}$""".replace("TITLE", TITLE),
    _FLAGS,
)
#: "a study by", "another study, published in the Lancet, by": whose money it was is another matter.
_STUDY_BY = re.compile(
    r"""\b(?:study|paper|trial|experiment|analysis|preprint),?(?:\spublished)?
        (?:\sin\s(?:(?!\b(?:was|is|were|had|has)\b|fund|commission|sponsor|support)[^.;!?]){3,50}?,?)?
        \sby\s(?:TITLES?\.?\s)*$""".replace("TITLE", TITLE),
    _FLAGS,
)
#: What stands right after one: the name speaks for those who did the work.
_COLLEAGUES = re.compile(
    r"""^(?:\sPh\.?D\.?|,?\sM\.?D\.?)*
        (?:,?\s(?:and|&)\s(?:his|her|their|the)?\s?(?:\w+\s)?(?:colleagues?|co-?authors?|co-?workers|team|others|collaborators)\b
          |,?\set\sal\b|['’]s?\s(?:colleagues|co-?authors|co-?workers)\b
          |\sund\s(?:seine|ihre|kolleg|(?:sein|ihr)\steam)|\set\s(?:ses|son)\s(?:coll|équipe)
          |\sy\s(?:sus\s)?(?:coleg|colabor|equipo)|\se\s(?:(?:os\s)?seus\s)?(?:coleg|colabor)|\se\s(?:i\ssuoi\s)?collegh
          |\sen\s(?:(?:zijn|haar|hun)\s)?(?:collega|team)
          |[^.;!?]{0,40}\b(?:with|mit|met|avec|con|com)\s(?:\w+\s)?(?:colleagues|kolleg|collega|collègues|coleg|collegh))""",
    _FLAGS,
)
_AUTHOR_AFTER = re.compile(
    r"""^[^.;!?]{0,120}\b(?:(?:lead|senior|study|first|corresponding|principal|joint)[\s-](?:study\s)?
             (?:co-?)?(?:author|investigator|researcher)|co-?authors?\b|co-?authored|one\sof\sthe\sauthors
             |author\sof\sthe\s(?:\w+\s)?(?:study|paper|research|report|trial)
             |(?:who|and)\s(?:(?:also|jointly)\s)?(?:co-?)?(?:led|headed|directed|conducted|did|ran|carried\sout|oversaw|worked\son)\s(?:the|this)\s(?:\w+\s){0,2}(?:study|research|work|trial|team|project|paper|analysis|survey|review|investigation|experiments?)
             |\bled\sthe\s(?:\w+\s){0,2}(?:authors|team|study|research|work|trial|project)
             |one\sof\sthe\s(?:\w+\s)?(?:study['’]?s?\s|paper['’]s\s)?(?:\w+\s){0,2}(?:authors|researchers|investigators|scientists\sbehind)|study\sleader
             |(?:leader|head)\sof\sthe\s(?:study|research|team)
             |the\s(?:study|paper|report)['’]s\s(?:lead|senior|first|co)?-?\s?author
             |(?:studien|forschungs)leiter|(?:erst|haupt|ko|mit)-?autor|(?:studie|arbeit)\s(?:\w+\s)?geleitet
             |autora?\sprincipal|(?:co)?autor(?:a|es|as)?\sd(?:el|o)\s(?:estudi|estudo|trabajo|artículo)|prim[ao]\sautor
             |(?:qui|que|che)\s(?:a|ha)\s?(?:dirigé|mené|piloté|coordonné|dirigido|liderado|guidato|coordinato|condotto)
             |que\s(?:dirigió|lideró|coordinó|liderou|coordenou)|(?:co)?auteure?\s(?:principal|de\sl['’]étude)
             |premi\w+\saut|coautor|(?:hoofd|mede)auteur|eerste\sauteur|onderzoeksleider|die\shet\sonderzoek\sleid)""",
    _FLAGS,
)
#: What says that a person stands outside the study; "it" is what they had no part in.
_OUTSIDER = re.compile(
    r"""\b(?:not\s(?:\w+\s){0,2}(?:involved|part\sof|connected|associated|affiliated|participat\w+)
          |no(?:r)?\s(?:had\s)?(?:part|role|involvement|connection)\sin|had\sno\s(?:part|role)
          |(?:was|is|wasn|weren)(?:n['’]t)?['’]?t?\s(?:\w+\s)?(?:un)involved
          |wasn['’]t\s(?:\w+\s)?(?:involved|part|an\sauthor)|(?:in)?dependent\s(?:expert|scientist)|outside\s(?:expert|researcher|scientist)
          |did(?:\snot|n['’]t)\s(?:take\spart|work\son|participate|contribute)|unconnected\s(?:to|with)
          |not\s(?:an\sauthor|one\sof\sthe)
          |nicht\s(?:\w+\s){0,4}beteiligt|unbeteiligt|nicht\s(?:\w+\s){0,3}mitgewirkt
          |n['’](?:a|était|est)\s(?:pas|point)\s(?:\w+\s)?(?:particip\w+|pris\spart|impliqu\w+|associé)
          |ajen[ao]s?\s(?:al|a\sla|ao|à)|no\s(?:ha\s|han\s|estuvo\s|está\s)?(?:particip\w+|involucrad\w+|formó\sparte)
          |não\s(?:\w+\s)?(?:particip\w+|envolvid\w+|fez\sparte)
          |non\s(?:ha\s|era\s|è\s(?:stat\w\s)?|faceva\s)?(?:partecipato|coinvolt\w|parte)|niet\s(?:\w+\s){0,3}betrokken
          |accompanying\s(?:editorial|commentary)|(?:linked|related)\s(?:editorial|comment(?:ary)?))""",
    _FLAGS,
)
_EDITORIAL = re.compile(
    r"""\b(?:editorial|commentary|begleitkommentar)\b[^.;!?]{0,60}\b(?:by|von|de)\s(?:TITLE\.?\s)*$
        |\b(?:in|wrote|writing)\s(?:an?|the)\s(?:\w+\s)?(?:editorial|commentary)[^.;!?]{0,40}$""".replace(
        "TITLE", TITLE
    ),
    _FLAGS,
)
_WROTE_EDITORIAL = re.compile(
    r"^[^.;!?]{0,80}\b(?:wrote|written|writes|penned|co-?wrote|authored|author\sof)\s(?:an?|the)\s(?:\w+\s){0,2}"
    r"(?:editorial|commentary)\b",
    re.IGNORECASE,
)
#: What somebody who comments for a body is called, right before the name or after it.
_OFFICE = (
    r"""(?:spokes(?:man|woman|person)|chief\sexecutive|ceo|chair(?:man|woman|person)?\sof|(?:health|science|environment|education|shadow|home|prime)\s
        (?:\w+\s)?(?:secretary|minister)|minister|senator|congress(?:man|woman)|mp\b|campaigner|campaigns?\s(?:director|manager|officer)
        |policy\s(?:director|manager|adviser|officer)|head\sof\s(?:policy|health\sinformation|communications|campaigns)
        |(?:health\s|science\s)?information\s(?:manager|officer)|lobbyist|sprecher(?:in)?|porte-parole|portavoz|porta-voz|portavoce|woordvoerder"""
    r"""|editor(?:-in-chief)?\sof|charity|ministerpräsident\w*|gesundheitsminister\w*|ministr[oae]\b|présidente?\sde\sl|patient\w*|mother\sof|father\sof|mum-of|mother-of|father-of)"""
)
_OFFICE_BEFORE = re.compile(rf"\b{_OFFICE}(?:\s(?:\w+\s){{0,3}})?(?:{TITLE}\.?\s)*[,]?\s?$", _FLAGS)
_OFFICE_AFTER = re.compile(
    rf"^,?\s(?:who\sis\s)?(?:an?\s|the\s|from\sthe\s|of\sthe\s)?(?:\w+[\s-]){{0,3}}?{_OFFICE}",
    _FLAGS,
)
#: A body that speaks for patients, doctors or a trade; a research centre of one is not meant.
_SOCIETY_AFTER = re.compile(
    r"""^,?\s(?:\w+\s){0,6}?(?:of|from|at|for|with)\s(?:the\s)?(?:charity\s)?
        (?P<body>(?:[A-Z][\w'’-]*\s|of\s|for\s|and\s|the\s){0,6}?
          (?:Foundation|Society|Association|Federation|Alliance|Campaign|UK|Mencap|Council|Federation|Action|Now|Concern|NHS\sConfederation|Royal\sCollege[^,.;]*))
        (?!['’]s\s|\s(?:[A-Z]\w+\s)*(?:Institute|Cent(?:re|er)|Unit|Universit\w+|Professor|Chair|Research\sCent\w+|of\b|for\b))(?=[\s,.;:'’]|$)""",
    re.VERBOSE,
)
_RESEARCH_BODY = re.compile(
    r"""\b(?:University|Institute|Hospital|School|Medical\sResearch\sCouncil|Max\sPlanck
        |Cancer\sResearch\sUK\sCentre|American\sCancer\sSociety)\b""",
    re.VERBOSE,
)
#: Somebody on whom the study was done.
_SUBJECT = re.compile(
    r"^[^.;!?]{0,60}\bwho\s(?:took\spart|participated|was\streated|received|has\slived|lives|suffers?)\b",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"^,\s\d\d,(?!\s(?:an?\s|the\s)?(?:\w+\s){0,3}"
    r"(?:professor|researcher|scientist|doctor|director|lecturer|psycholog|biolog))"
)


def is_author(before: str, after: str, *, whole: bool) -> bool:
    """Return whether the words beside a name call the person an author of the study.

    A name that is not `whole` (one word, no title) needs the words right beside it.
    """
    if _AUTHOR_BEFORE.search(before) or _COLLEAGUES.match(after):
        return True
    return whole and bool(_AUTHOR_AFTER.match(after) or _STUDY_BY.search(before))


def speaks_of_outsiders(sentence: str) -> bool:
    """Return whether a sentence speaks of somebody who had no part in the study."""
    return bool(_OUTSIDER.search(sentence))


def is_outsider(before: str, after: str, *, told: bool, titled: bool) -> bool:
    """Return whether the words beside a name put the person outside the study.

    `told` says that the sentence speaks of outsiders; `titled`, that the name bears a title.
    """
    if told and (_OUTSIDER.search(after) or _OUTSIDER.search(before)):
        return True
    if _EDITORIAL.search(before) or _WROTE_EDITORIAL.match(after):
        return True
    if _OFFICE_BEFORE.search(before[-60:]) or _OFFICE_AFTER.match(after):
        return True
    society = _SOCIETY_AFTER.match(after)
    if society and not _RESEARCH_BODY.search(society[0]):
        return True
    return not titled and bool(_AGED.match(after) or _SUBJECT.match(after))


def is_called_author(before: str) -> bool:
    """Return whether the words before a name say that an author's name follows."""
    return bool(_AUTHOR_BEFORE.search(before))
