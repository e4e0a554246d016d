"""What a story says that a person is: an author of the study, or somebody outside it."""

from __future__ import annotations

import re

from citetrack.people.authoring import signs
from citetrack.people.occupations import works_elsewhere
from citetrack.people.titles import DESCRIBED, SMALL, TITLE, TRADE

_FLAGS = re.VERBOSE | re.IGNORECASE


def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern in which capitals stand for the parts that several patterns share."""
    for name, part in _PARTS.items():
        text = text.replace(name, part)
    return re.compile(text, _FLAGS)


_PARTS = {
    "«LEAD»": r"""(?:lead|leading|senior|study|first|last|corresponding|co-?lead|principal|chief
        |joint|main|co-?first|co-?senior)""",
    "«WORK»": r"""(?:study|studies|research|work|trial|team|project|papers?|analysis|survey|review
        |investigation|experiments?|report|discovery|finding\w*|article|excavation|results|dig
        |effort|calculations|recordings|measurements|arm|authors)""",
    #: "study", in the other languages.
    "«ARBEIT»": r"""(?:studie|arbeit|untersuchung|publikation|forschung\w*|étude|travaux|recherches?
        |article|estudi[oa]?|trabajo|investigación|artículo|hallazgo|estudo|trabalho|pesquisa|artigo
        |studio|ricerca|lavoro|articolo|onderzoek|artikel)""",
    "«DID»": r"""(?:co-?led|led|headed(?:\sup)?|directed|co-?directed|conducted|did|ran|carried\sout
        |oversaw|supervised|coordinated|performed|designed|spearheaded|worked\son|initiated|presented|co-?wrote
        |co-?authored|co-?chaired|chaired|wrote|conceived|devised|led\sor\sco-?led|(?:jointly|has|had)\sled)""",
    "«OF»": r"(?:de\sl['’]|de\sla\s|de[lirs]?\s|d[oae]\s|dell[ao]\s|della\s|van\s(?:de|het)\s)",
    "«COMMENT»": r"""(?:editorials?|commentar(?:y|ies)|news\s(?:&|and)\sviews|perspective|viewpoint
        |(?:begleit)?kommentar|leitartikel|éditorial|editoriale|commentaire|comentario|comentário|commento
        |commentaar)""",
    "«DESCRIBED»": DESCRIBED,
    "«SMALL»": SMALL,
    "«TRADE»": TRADE,
    "«TITLE»": TITLE,
}  # fmt: skip

#: What stands before an author's name.
_AUTHOR_BEFORE = _pattern(
    r"""\b(?:«LEAD»[\s-](?:study\s)?(?:co-?)?(?:authors?|researchers?|investigators?|scientists?|leads?)
          |lead(?:ing)?\s(?:boffin|academic|expert|doctor|physician|surgeon|writer)|(?:co-?|fellow\s)authors?
          |(?:other|others|those|names)\son\sthe\s(?:paper|study|author\slist|byline)|authors?\s(?:are|were)|authors,?\samong\sthem,?|(?:co)?authors\sinclude
          |co-?investigators?|lead\s\w+(?:ologist|nomist|ician|icist)|(?:study|trial)(?:['’]s)?\s(?:co-?)?lead(?:er)?s?|members?\sof\sthe\s(?:\w+\s)?team|(?:the|its|their|study['’]?s?|paper['’]s|other|additional)\sauthors?
          |(?:research|team|project|group)\s(?:lead(?:er)?s?|members?)|lead\sresearch\w+
          |(?:researchers?|scientists?|team|academics?|experts?)\sbehind\sthe\s\w+
          |(?:his|her|their|ihre?|seine?|son|sa|su|seu|sua|zijn|haar)\s(?:\w+\s)?(?:colleague|collaborator|kolleg(?:e|in)|collègue|colega|collega)
          |(?:studien|projekt|forschungs|arbeitsgruppen)?leiter(?:in)?|(?:studien|erst|haupt|letzt|senior|ko-?|co-?|mit)-?autor(?:in|en)?
          |autor(?:a|in|es|en|as|i|e)?(?:\sprincipal(?:e|es|is)?)?|(?:co|premi\w+\s|première\s)?(?:auteure?s?|autrices?)
          |prim\w{1,3}\s(?:autor|firm)\w*|(?:hoofd|mede)?auteur|onderzoeksleider|hoofdonderzoeker|coaut(?:or|ore|rice|ora|eur)|investigador[a]?\sprincipal)
        [\s,:–-]*(?:(?:was|is|and|were|are|include[sd]?|including|the|a|ist|war|es|era|est|é|è|of\sthe\s(?:study|paper|research|report)
            |der\sstudie|«OF»(?:\w+)|van\s(?:de|het)\s\w+)[\s,]+)?
        (?:(?:«SMALL»){0,3}(?-i:«TRADE»)\s)?(?:«TITLE»\.?\s)*[^.;!?\w]{0,3}$"""
)
#: Who was led, or did the work, by somebody; in other languages with "of" for "by".
_DONE_BY = _pattern(
    r"""\b(?:(?:(?:co-?)?(?:led|authored|written|directed)|headed(?:\sup)?|conducted|carried\sout|overseen|done|coordinated
              |supervised|performed|undertaken|spearheaded)\s(?:(?:from|at|in)\s[^.;,!?]{2,40}\s)?by(?:\sresearchers?|\sscientists?)?
          |team\s(?:led|of|including)\b[^.]{0,60}|(?:team|group)\saround|(?:groups|labs?|laborator(?:y|ies))\sof|(?:researchers?|scientists?|team|group)\s(?:at|from|of)\b[^.;!?]{0,60},\sincluding|zum\s(?:\w+-?)?team\sgehör\w+(?:\sauch)?|collabora\w+\s(?:tra|entre|between)
          |(?:team|gruppe|forsch\w+|wissenschaft\w+)\s(?:rund\s)?um(?:\s(?:den|die|das))?(?:\s\w+){0,2}
          |\bis\sby|los?\sfirman?
          |(?:among\sthe\sauthors|tra\sgli\sautori|entre\s(?:los|os)\sautores|parmi\sles\sauteurs|unter\sden\sautor\w+|onder\sde\sauteurs)[^.;!?]{0,20}
          |um|geleitet\s(?:hat|von)[^.]{0,40}|unter\s(?:der\s)?leitung\svon(?:\s(?:der|dem))?(?:\s\w+)?
          |(?:co)?dirig\w+\s(?:par|por)|(?:men|condu|pilot|coordonn|réalis|sign)\w+\spar
          |(?:lider|coordin|coorden|conduz|realiz|encabez|firm|assin|dirig)\w+\spor
          |(?:guidat|coordinat|condott|firmat|dirett|realizzat)[oaie]\s(?:da|dal|dalla|dall['’])|onder\sleiding\svan|(?:geleid|uitgevoerd)\sdoor
          |(?:équipe|equipo|grupo|gruppo|team|groep)\s(?:d[eiou]l?|della|von|van|d['’]))
        [\s,:]*«DESCRIBED»[^.;!?\w]{0,3}$"""
)
#: "a study by", "another study, published in the Lancet, by": whose money it was is another matter.
_STUDY_BY = _pattern(
    r"""\b(?:study|studies|papers?|trial|experiments?|analysis|preprint|research|work|review),?(?:\s(?:published|is|was))?
        (?:\sin\s(?:(?!\b(?:was|is|were|had|has)\b|fund|commission|sponsor|support)[^.;!?]){3,50}?,?)?
        \sby\s«DESCRIBED»$"""
)
#: German says by whom, and what was done last of all: "wurde von A und B durchgeführt".
_VON = re.compile(rf"\bvon\s(?:{TITLE}\.?\s)*$")
_DONE_LAST = re.compile(
    r"(?:[^.;!?]|(?<=Dr)\.|(?<=Prof)\.){0,110}\b(?:durchgeführt|geleitet|verfasst|koordiniert)\b"
)
#: "who led the study with", "co-authored with": those beside an author are authors.
_DONE_WITH = _pattern(
    r"""\b(?:«DID»\s(?:the|this)\s(?:\w+\s){0,2}«WORK»|co-?(?:authored|written|wrote)|authors,?\s(?:along|together)|(?:co)?(?:dirigé|mené)\sl['’]étude
          |(?:dirigido|liderado|coordinato|guidato)\s(?:el|o|lo|la|a)\s«ARBEIT»)\b[^.;!?,]{0,30}\s(?:with|avec|con|com|mit|met)\s«DESCRIBED»$"""
)
#: Scientists who are the subject of what was found: "economists A and B showed".
_SCIENTIST_BEFORE = re.compile(
    rf"\b(?:[Rr]esearcher|[Ss]cientist|\w+(?:ologist|nomist|icist|chemist|nomer|istorian|grapher|ician))s?\s(?:{TITLE}\.?\s)*$"
)
_AND_NAME = rf"(?:,?\sand\s{SMALL}{{0,3}}[^\s,;.]+(?:\s[^\s,;.]+){{1,2}})?"
_FOUND_AFTER = re.compile(
    rf"{_AND_NAME}\s(?:found|show(?:ed|s)?|discover\w*|report(?:ed|s)?|identif\w+|analy[sz]\w+|measure[ds]?|estimate[ds]?"
    r"|calculate[ds]?|examine[ds]?|survey(?:ed|s)|demonstrate[ds]?|recruited|published|used|followed|studied|tested|compared|interviewed|scanned)\b"
)
#: "A and B of Example University examined 60,000 people".
_AT_WORK_AFTER = re.compile(
    rf"{_AND_NAME}\s(?:of|at|from)\s[^.;!?,]{{0,60}}(?:Universi|Institut|College|Hospital|School)[^.;!?,]{{0,40}}"
    r"\s(?:examined|studied|analy[sz]ed|measured|compared|tested|tracked|surveyed|recruited|followed|discovered)\b"
)
#: What stands right after one: the name speaks for those who did the work.
_COLLEAGUES = _pattern(
    r"""^(?:(?:,?\s(?:of|at|from|in)\s[^.;!?]{3,80}?)?
          ,?\s(?:and|&)\s(?!an?\s)(?:his|her|their|the)?\s?(?:\w+\s){0,2}?(?:colleagues?|co-?authors?|co-?workers|team|others|collaborators)\b
          |,?\set\sal\b|['’]s?\s(?:colleagues|co-?authors|co-?workers|research\s(?:team|group))\b
          |['’]s?\s(?:team|group|lab|laboratory)\s(?:at\s|found|show|discover|analy|measure|report|publish|stud)
          |\sund\s(?:seine|ihre|kolleg|(?:sein|ihr)\steam)|\set\s(?:ses|son)\s(?:coll|équipe)
          |\sy\s(?:sus\s|su\s)?(?:coleg|colabor|equipo)|\se\s(?:(?:os\s)?seus\s|sua\s)?(?:coleg|colabor|equipe)|\se\s(?:i\s(?:suoi\s)?)?collegh
          |\sen\s(?:(?:zijn|haar|hun)\s)?(?:collega|team)
          |[^.;!?]{0,40}\b(?:with|mit|met|avec|con|com)\s(?:\w+\s)?(?:colleagues|kolleg|collega|collègues|coleg|collegh))"""
)
_AUTHOR_AFTER = _pattern(
    r"""^[^.;!?]{0,120}\b(?:«LEAD»[\s-](?:study\s)?(?:co-?)?(?:author|investigator|researcher|scientist\son)|co-?authors?\b|co-?authored
             |co-?investigator|(?:one|two|some)\sof\sthe\sauthors|(?:an?|the|both|all|also|and)\s(?:co-?)?authors?\s(?:of|on)\s(?:the|this)\s(?:\w+\s){0,2}«WORK»|author\sof\sthe\s(?:\w+\s)?«WORK»
             |(?:who|and)\s(?:(?:also|jointly|has|had)\s)?(?:helped\s(?:to\s)?)?(?:«DID»|lead|conduct|design|carry\sout)\s(?:the|this|a\snew|their|our)\s(?:\w+\s){0,2}«WORK»
             |led\sthe\s(?:\w+\s){0,2}«WORK»
             |one\sof\sthe\s(?:\w+\s)?(?:study['’]?s?\s|paper['’]s\s)?(?:\w+\s){0,2}(?:authors|researchers|investigators|scientists\s(?:behind|who))
             |(?:researcher|scientist|member\sof\sthe\steam|brain)s?\sbehind\sthe\s(?:\w+\s)?«WORK»
             |(?:study|trial|project|research|team)\s(?:co-?)?lead(?:er)?\b
             |(?:(?:co-?)?lead\s(?:of|on)|leader\sof|head\sof)\sthe\s(?:study|research|team|trial|project)(?!\s(?:group|unit|council|cent|institute|depart|lab))
             |(?:part|member)\sof\sthe\s(?:research|study|discovery)?\s?team
             |the\s(?:study|paper|report|trial)['’]s\s(?:lead|senior|first|co|main|principal)?-?\s?(?:author|investigator|leader)
             |(?:studien|forschungs|projekt)leiter|leiter(?:in)?\sder\s(?:studie|untersuchung)|(?:studien|erst|haupt|letzt|senior|ko|co|mit)-?autor|«ARBEIT»\s(?:\w+\s){0,2}(?:geleitet|leitete|mitverfasst)
             |(?:die|der)\san\sder\s«ARBEIT»\s(?:mitgewirkt|mitgearbeitet|beteiligt)
             |autor[ae]?s?\sprincipal|(?:co)?autor(?:a|es|as|e|i)?\s«OF»«ARBEIT»|prim\w{1,3}\s(?:autor|firm)|investigador[a]?\sprincipal\s«OF»
             |(?:responsable|líder|directora?|coordinadora?|coordenadora?|responsabile|coordinator\w+)\s«OF»«ARBEIT»
             |(?:qui|que|che)\s(?:a|ha)\s?(?:co)?(?:dirigé|mené|piloté|coordonné|dirigido|liderado|coordinado|guidato|coordinato|condotto|diretto)
             |que\s(?:dirigió|lideró|coordinó|liderou|coordenou)|(?:co)?(?:auteure?|autrice)s?\s(?:principale?|«OF»«ARBEIT»)
             |premi\w+\s(?:aut|signataire)|cosignataire|co-?autr?|um[a]?\sd[oa]s\sautor|un[oa]?\sde\sl[oa]s\sautor|uno?\sdegli\sautori
             |(?:hoofd|mede)auteur|hoofdonderzoeker|eerste\sauteur|onderzoeksleider|een\svan\sde\s(?:auteurs|onderzoekers)|die\s(?:het|de)\s(?:onderzoek|studie)\sleid)"""
)
#: What says that a person stands outside the study; "it" is what they had no part in.
_OUTSIDER = _pattern(
    r"""\b(?:not\s(?:\w+\s){0,2}(?:involved|part\sof|connected|associated|affiliated|participat\w+)
          |no(?:r)?\s(?:had\s)?(?:part|role|involvement|connection|hand)\s(?:in|to|with)\b|had\sno\s(?:part|role|hand)|nothing\sto\sdo\swith\sthe\s(?:\w+\s)?«WORK»
          |(?:has|have)(?:n['’]t|\snot)\sworked\s(?:with|on)|(?:isn|wasn)['’]t\sworking\swith|(?:wasn|isn)['’]t\sone\sof|not\s(?:an?\s)?(?:trial|study)\s(?:investigator|author)|not\sconsulted
          |(?:\w+ist|expert|researcher|scientist|doctor)\s(?:who(?:m)?\s)?we\s(?:asked|contacted|consulted)|asked\sto\slook\sat\sthe
          |(?:não|no|non)\s(?:é|es|è)\s(?:um[a]?\sd[oa]s|un[oa]?\sde\sl[oa]s|uno?\sdegli|tra\sgli)\saut|nicht\szu\sden\sautor|n['’]est\spas\s(?:l['’]un|parmi)\b
          |s(?:em|in|enza)\s(?:ligação|relação|vínculos?|envolvimento|relación|legami|rapporti)\sco[mn]|(?:ext[ée]rieure?|étrang(?:er|ère))\s(?:à|au)|aucun\slien\savec
          |nicht\s(?:\w+\s){0,3}(?:mitgearbeitet|mitgeschrieben|dabei\b)|niets?\s(?:\w+\s){0,4}te\smaken|er\sniet\sbij\s(?:was|is)|non\sha\s(?:lavorato|collaborato)
          |(?:was|is|wasn|weren)(?:n['’]t)?['’]?t?\s(?:\w+\s)?(?:un)involved
          |(?:wasn|isn)['’]t\s(?:\w+\s)?(?:involved|part|an\sauthor|on\sthe)|(?:in)?dependent\s(?:expert|scientist|researcher)|outside\s(?:expert|researcher|scientist)
          |independent\s(?:of|from)\sthe\s(?:\w+\s)?«WORK»
          |did(?:\snot|n['’]t)\s(?:take\spart|work\son|participate|contribute)|unconnected\s(?:to|with)|unaffiliated
          |not\s(?:an\sauthor|one\sof\sthe|on\sthe\s(?:\w+\s)?(?:team|paper|study))|(?:has|have|had)n['’]t\sbeen\sinvolved
          |(?:peer[\s-])?reviewed\sthe\s(?:paper|manuscript|study|findings|results|research)\b
          |commenting\son\sthe\s\w+|(?:reacting|responding)\sto\sthe\s(?:\w+\s)?(?:study|findings|research|paper|results)
          |nicht\s(?:\w+\s){0,4}beteiligt|unbeteiligt|nicht\s(?:\w+\s){0,3}mitgewirkt|unabhängige\w?\s(?:expert|forsch|wissenschaft|fach)\w*
          |n['’](?:a|était|est|avait)\s(?:pas|point)\s(?:été\s)?(?:\w+\s)?(?:particip\w+|pris\spart|impliqu\w+|associé)|non\s(?:impliqu|associé)\w*|indépendante?\sde\sl['’]étude
          |ajen[ao]s?\s(?:al|a\sla|a\seste|ao|à)|no\s(?:ha\s|han\s|estuvo\s|está\s|estaba\s)?(?:particip\w+|involucrad\w+|formó\sparte|intervenido|intervino|tomó\sparte)
          |não\s(?:\w+\s)?(?:particip\w+|envolvid\w+|fez\sparte|tem\srelação|assin\w+)
          |non\s(?:ha\s|era\s|è\s(?:stat\w\s)?|faceva\s)?(?:partecipato|preso\sparte|coinvolt\w|parte)|estrane[oaie]\sall\w*|niet\s(?:\w+\s){0,4}(?:betrokken|meewerk\w+))"""
)
_EDITORIAL = _pattern(
    r"""\b«COMMENT»\b[^.;!?]{0,90}\b(?:by|von|de|di|par|por|van)\s«DESCRIBED»$
        |\b(?:in|wrote|writing|dans|en|em|in)\s(?:an?|the|une?|un[oa]?|um|einem)\s(?:[\w-]+\s)?«COMMENT»[^.;!?]{0,60}$
        |\b(?:accompanying|linked|related|invited)\s(?:editorial|comment(?:ary)?)[^.;!?]{0,60}$"""
)
_WROTE_EDITORIAL = _pattern(
    r"""^[^.;!?]{0,80}\b(?:wrote|written|writes|write|penned|co-?wrote|(?:co-?)?author(?:ed)?(?:\sof)?)\s(?:an?|the)\s(?:\w+\s){0,2}«COMMENT»\b"""
)
#: What somebody who comments for a body is called, right before the name or after it.
_OFFICE = (
    r"""(?:spokes(?:man|woman|person)|chief\sexecutive|ceo|chief\s(?:medical|scientific|science|operating)\sofficer(?!\sof\sthe\s(?:study|trial))|(?:vice[\s-]president|president)(?:\sof\s(?!the\suniv))|chair(?:man|woman|person)?\sof|(?:health|science|environment|education|shadow|home|prime)\s
        (?:\w+\s)?(?:secretary|minister)|minister|senator|governor|congress(?:man|woman)|mp\b|campaigner|campaigns?\s(?:director|manager|officer)
        |policy\s(?:director|manager|adviser|officer)|head\sof\s(?:policy|health\sinformation|communications|campaigns)
        |(?:health\s|science\s)?information\s(?:manager|officer)|lobbyist|sprecher(?:in)?|porte-parole|portavoz|porta-voz|portavoce|woordvoerder"""
    r"""|editor(?:-in-chief)?\sof|charity|(?:\w+-)?politiker(?:in)?|ministerpräsident\w*|gesundheitsminister\w*|ministr[oae]\b(?:\s(?:de|della|del|da|do)\s(?:la\s)?\w+,?)?|présidente?\sde\sl|patient\w*|mother\sof|father\sof|(?:mum|mom|mother|dad|father)-of(?:-\w+)?)"""
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
#: Somebody whose body paid for the study.
_FUNDS_AFTER = re.compile(
    r"^,[^.;!?]{3,90}\b(?:which|that)\s(?:\w+\s)?(?:part-|co-?)?fund(?:s|ed)\s(?:the|this|it)\b",
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
    if not whole:
        return False
    return bool(
        _AUTHOR_AFTER.match(after)
        or _DONE_BY.search(before)
        or _STUDY_BY.search(before)
        or _AT_WORK_AFTER.match(after)
        or (_VON.search(before) and _DONE_LAST.match(after))
        or _DONE_WITH.search(before)
        or (_FOUND_AFTER.match(after) and _SCIENTIST_BEFORE.search(before))
        or signs(before, after)
    )


def speaks_of_outsiders(sentence: str) -> bool:
    """Return whether a sentence speaks of somebody who had no part in the study."""
    return bool(_OUTSIDER.search(sentence))


def had_no_part(after: str) -> bool:
    """Return whether the words after a name or "she" say that the person had no part in it."""
    return bool(_OUTSIDER.search(after))


def comments(before: str, after: str) -> bool:
    """Return whether the words beside a name say that the person wrote about the study."""
    return bool(_EDITORIAL.search(before) or _WROTE_EDITORIAL.match(after))


def is_outsider(before: str, after: str, *, told: bool, titled: bool) -> bool:
    """Return whether the words beside a name put the person outside the study.

    `told` says that the sentence speaks of outsiders; `titled`, that the name bears a title.
    """
    if told and (_OUTSIDER.search(after) or _OUTSIDER.search(before)):
        return True
    if _OFFICE_BEFORE.search(before[-60:]) or _OFFICE_AFTER.match(after):
        return True
    if works_elsewhere(before, after):
        return True
    if _FUNDS_AFTER.match(after):
        return True
    society = _SOCIETY_AFTER.match(after)
    if society and not _RESEARCH_BODY.search(society[0]):
        return True
    return not titled and bool(_AGED.match(after) or _SUBJECT.match(after))


def is_called_author(before: str) -> bool:
    """Return whether the words before a name say that an author's name follows."""
    return any(p.search(before) for p in (_AUTHOR_BEFORE, _DONE_BY)) or signs(before, "")
