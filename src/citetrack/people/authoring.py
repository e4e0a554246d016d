"""Turns of phrase that make somebody an author beyond role words: who signs, tells, is listed."""

from __future__ import annotations

import re

from citetrack.people.titles import DESCRIBED, SMALL

_FLAGS = re.VERBOSE | re.IGNORECASE
_PAPER = (
    r"(?:(?:new|latest|original)\s)?(?:papers?|stud(?:y|ies)|article|work|manuscript|report|preprint"
    r"|research)"
)
_ARBEIT = (
    r"(?:studie|arbeit|publikation|aufsatz|étude|article|travaux|estudios?|artículo|trabajo|hallazgo"
    r"|artigo|estudo|trabalho|articolo|studio|lavoro|ricerca|artikel|stuk|onderzoek)"
)
_COLLEAGUES = (
    r"(?:colleagues?|co-?workers?|collaborators?|co-?authors?|supervisor|postdoc|(?:former\s|doctoral\s"
    r"|graduate\s|phd\s)?students?|kolleg(?:en|innen|e|in)|mitarbeiter(?:in)?|doktorand(?:in)?|collègues"
    r"|colegas|colaborador(?:es|a)?|collegh?[ie]|promovendus|promovenda|promotor|hoogleraar|student[ein]?"
    r"|professors?|advis[eo]rs?|mentors?|encadrante?|thésarde?|direct(?:eur|rice)\sde\sthèse|begeleid(?:er|ster)"
    r"|betreuer(?:in)?|orientador[a]?|relat(?:ore|rice)|director[a]?\sde\stesis)"
)
_THEIR = (
    r"(?:his|her|their|its|my|our|meine[nr]?|mes|mis|meus|miei|mijn|ses|leurs?|sus?|seus?|suas?|suoi"
    r"|sue|seine[nr]?|ihre[nr]?|zijn|haar|hun)"
)
#: The verb before those who tell of their own work, in the plural: "beschreiben A und B".
_TELL = (
    r"(?:beschreiben|berichten|schildern|zeigen|fanden|décrivent|annoncent|rapportent|révèlent|signent"
    r"|dirigen|dirigent|dirigono|leiten|coordinan|lideran|encabezan|describen|publican|firman|relatan|presentan|descrevem|assinam|publicam|relatam|descrivono|firmano"
    r"|raccontano|melden|beschrijven|schrijven|berichten|wisten|ontdekten)"
)
#: Behind such words an author's name stands, or a list of them.
_BEFORE = re.compile(
    rf"""\b(?:
        {_THEIR}\s(?:[\w-]+\s){{0,2}}?{_COLLEAGUES}(?:\s(?!(?:of|at|from|von|de|van|di)\b){SMALL}?)?
        |(?:team|group|lab)\smembers?
        |{_TELL}
        |(?:researchers|scientists|team|group|authors|colleagues),?\s(?:who|which|that)\sincluded?
        |(?:second|third|fourth|fifth|sixth|zweite|dritte|deuxième|troisième|segund[oa]|tercer|second[oa]|terz[oa]|tweede|derde)\s(?:co-?)?aut(?:h?or|eure?|or[ae]|orin),?
        |(?:dirigió|lideró|coordinó|firmó|encabezó|dirigiu|liderou|ha\sguidato|a\s(?:co)?dirigé|leidde|leitete)\s[^.;!?,]{{3,30}}\s
          (?:junto\s(?:con|a)|con|com|avec|met|mit|insieme\sa)
        |(?:ph\.?d\.?|doctoral|grad(?:uate)?)\s(?:student|candidate|researcher)s?|doktorand(?:in)?|promovend(?:us|a)
        |doctorante?|thésarde?|doutorand[oa]|doctorand[oa]|dottorand[oa]
        |(?:researchers|scientists|forscher(?:innen)?|wissenschaftler(?:innen)?|cherche(?:urs|uses)|investigador[ea]s|cientistas
          |ricercat(?:ori|rici)|onderzoek(?:ers|sters)|an?\s(?:researcher|scientist)|eine?\sforscher(?:in)?|une?\scherche(?:ur|use)
          |un[ao]?\sinvestigador[a]?|uma?\s(?:investigador|pesquisador)[a]?|un[ao]?\s?ricercat(?:ore|rice)|een\sonderzoek(?:er|ster))
          \s(?:of|at|from|der|des|von|vom|de|del|du|da|do|della?|dell['’]|van)\s?[^.;!?,]{{3,60}},
        |(?:essai|étude|enquête|recherche)\s[^.;!?]{{3,80}}\spar
        |à\sl['’]origine\sde\s(?:ce[st]?|cette|l['’])\s?\w+,?|co-?investigat(?:rice|eur|ora?|ore)
        |writing\sin\s[^.;!?,]{{3,60}},
        |(?:authors?|others|names)\son\s(?:the|this)\s{_PAPER}(?:,[^.;!?]{{3,60}},)?\s(?:are|include[sd]?|were)
        |(?:first|senior|lead|last|co-?)\s?authors?,?\s(?:along\s|together\s)?with
        |(?:auteurs|cosignataires|autores|firmantes|autori|autor(?:en|innen)|authors|signatories),?
          \s(?:dont|entre\s(?:ellos|eles|los\sque\sestá)|tra\scui|darunter|onder\swie|among\sthem|including|incluidos?|incluindo)
          (?:\s(?:le|la|el|il|lo|o|a|der|die|de|het))?(?:\s(?-i:[A-ZÀ-Þ][\w-]+)(?=\s{{1,2}}$))?
        |(?:co)?sign(?:e|ent)\s(?:le|la|l['’])\s?{_ARBEIT}\savec
        |(?:der|die)\s(?:die|das)\s{_ARBEIT}\s(?:gemeinsam|zusammen)\smit
        |(?:vi\s)?ha(?:nno)?\spartecipato(?:\sanche)?
        |{_ARBEIT},?\s(?:von|por|par|door|da)|{_ARBEIT},\s(?:van|de|di)
        |(?:described|detailed|reported|published|explained|laid\sout|set\sout|outlined|presented
            |détaillée?s?|décrite?s?|publiée?s?|parue?s?|exposée?s?|descrit[oa]s?|publicad[oa]s?
            |presentad[oa]s?|apresentad[oa]s?|descritt[oaie]|pubblicat[oaie]|illustrat[oaie]|beschreven
            |gepubliceerd|beschrieben|veröffentlicht)
          \s(?:in|on|dans|en|na|no|su|sul|sulla|im)\s[^.;!?]{{3,60}}\s(?:by|par|por|da|dal|dalla|door|von)
        |(?:c[aá]lcul|estimat|hallazgo|descubrimient|idea|cifra|berechnung|schätzung|berekening)\w*\s
          (?:is|are|est|es|é|è|stammt|stammen|komt)\s(?:from|de|del|da|di|von|van)
        |(?:lo|la|le|los|las|o|l['’]articolo|l['’]article)\s(?:firman?|signent|assinam?|firmano)(?:\s(?:también|também|anche|aussi|además))?
        |(?:firman?|assinam?|firmano|signent)\s(?:además|también|também|anche|aussi)(?:\s(?:los|las|os|as|gli|le|les)\s\w+)?
        |(?:con\s(?:lui|lei|ella|él|ele|ela)|avec\s(?:lui|elle)|mit\s(?:ihm|ihr)|met\s(?:hem|haar)|with\s(?:him|her)),?
        |(?:a\sguidare\sil\s\w+|à\sla\stête\sde\sl['’]équipe|al\sfrente\sdel\s\w+|à\sfrente\sd[oa]\s\w+),?
        |{_ARBEIT},?\s(?:del\sque|de\sla\sque|dont|waarvan|cuyo|di\scui)\s(?:es|est|is|è)\s\w+\s(?:autor[a]?|auteure?|firmante)
        |prim[oa]\sautor[ea]|eerste\sauteur|premi(?:er|ère)\sauteure?|laatste\sauteur|letzt(?:er|e)\sautor(?:in)?
        )[\s,:]*(?:{DESCRIBED})[^.;!?\w]{{0,3}}$""",
    _FLAGS,
)
#: ", the": who somebody is, before what was done.
_WHO = r"(?:who|qui|que|quien|che|die|der)"
_CLAUSE = r"[^.;!?“”\"«»]{0,100}?"
#: What two people together did who are the subject of a sentence about research.
_WORKED = (
    r"(?:watched|filmed|tracked|followed|measured|recorded|counted|compared|analy[sz]ed|studied|examined|tested"
    r"|surveyed|interviewed|scanned|sequenced|observed|reviewed|modelled|simulated)\b"
)
#: Such words behind a name make it an author's, or the last of a list of them.
_AFTER = re.compile(
    rf"""^(?:
        {_CLAUSE}\b(?:
          {_WHO}\s(?:also\s|aussi\s|también\s|também\s|ook\s)?(?:co-?)?(?:sign(?:s|ed|e|ent)|firm[aó]n?|firmano|assin(?:a|am|ou)|tekende)\b
          |(?:co-?)?sign(?:e|ent|ed|s)\s(?:le|les|l['’]|the)\s?(?:{_ARBEIT}|{_PAPER})|(?:assina[m]?|firma[n]?|firmano)\s(?:o|el|la|il|l['’])\s?{_ARBEIT}
          |tekende\s(?:mee\s)?voor\s(?:het|de)\s{_ARBEIT}|también\s(?:son|es)\sautor|também\s(?:é|são)\sautor|(?:schreef|werkte)\smee\b(?!\saan\seen\sander)
          |(?:is|are|was|were)\s(?:also\s|both\s|all\s)?(?:on\sthe\s(?:author\slist|{_PAPER})|among\s(?:the\sauthors|(?:its|the\s{_PAPER}['’]s)\sauthors|those\swho\ssigned)|(?:an(?:other)?|the\sother|its|co-?)\s?(?:\w+\s)?authors?\b|listed\sas)
          |(?:the|its)\s(?:\w+\s)?lead\son\sthe\s{_PAPER}|(?:another|a\sfurther|also\san|the\sother|the\s(?:fourth|third|second))\sauthors?\b(?!\sof\s(?:the\s)?(?:book|novel|report\sby))
          |(?:at\sits|at\sthe)\s(?:head|helm)\b | when\s(?:they|he|she)\sdid\sthe\swork
          |(?:der|die)\s(?:die|das)\s{_ARBEIT}\s(?:gemeinsam|zusammen)\smit
          |(?:the\s)?(?:study|paper|article|work|trial|review)(?:['’]s)?\s(?:first|last|lead|senior|other|corresponding)\sauthors?
          |(?:is|was|as)\s(?:the\s)?(?:first|last|lead|senior|corresponding)\sauthor
          |{_WHO}\s(?:did|ran|carried\sout|performed)\sthe\s(?:\w+\s)?(?:analys[ie]s|experiments?|tests|measurements|fieldwork|maths|statistics|modelling)
          |{_WHO}\s(?:[\w-]+\s)?(?:encabezó|lideró|dirigió|comandou|coordenou|liderou|codirige|dirige|chaired|oversaw|headed|leitete|leidde|stond\sop\sde\s\w+)\b
          |{_WHO}\s{_CLAUSE}\band\s(?:led|oversaw|ran|supervised)\sthe\b
          |(?:der|die)\s(?:die|das)\s(?:studie|arbeit|untersuchung|experiment\w*|projekt)\b{_CLAUSE}\b(?:leitet|leitete|leiteten|verantwortet)
          |(?:co-?wrote|co-?authored|co-?led|devised|conceived)\sit\b
          |behind\sthe\s(?:claim|idea|theory|discovery|finding|method|calculation)
          |(?:e|y|et)\s(?:também\s|también\s|anche\s|aussi\s)?(?:assina|firma|signe)\b
          |(?:who|and)\s(?:he|she)\s(?:co-?)?(?:led|headed|ran|oversaw|wrote)\sthe\s(?:\w+\s){{0,2}}(?:study|paper|work|trial|team|research|project)
          |che\sha\scurato\s(?:la|lo|il)\s
          |tra\sgli\sautori|parmi\sles\sauteurs|entre\s(?:los|os)\sautores|(?:ebenfalls|auch)\s(?:ko-?|mit-?)?autor(?:in)?\b
          |einer\sder\sautoren|eine\sder\sautorinnen|laatste\sauteur|eerste\sauteur|de\shoofdauteur
          |presid(?:ió|iu|é)\s(?:el|o|le)\scomité\sde|(?:cosign\w+|coauth?eur\w*)
        )
        |['’]s?\s(?:(?:original|own|latest|infamous|(?:19|20)\d\d)\s)?(?:paper|study|experiment|trial|tally)\b
        |(?:,?\s(?:of|at|from)\s[^.;!?,]{{3,60}})?\s(?:(?:has|have|had)\s)?led\san?\s(?:\w+\s){{0,2}}(?:effort|team|group|study|project|trial|review|survey|analysis|collaboration)\b
        |\sand\s(?:his|her|their)\s(?:\w+\s){{0,2}}(?:group|lab|laboratory|team|postdocs|students?)\b
        |\s(?:and|&)\sco\.?(?=[\s,])
        |\sund\s(?:{_COLLEAGUES}|(?:sein|ihr)\w*\s(?:team|gruppe))
        |(?:,\s[^,.;!?]{{3,60}},)?\s(?:e|et|y|en)\s(?:(?:i\ssuoi\s|ses\s|sus\s|seus\s|haar\s|zijn\s)?{_COLLEAGUES})
        |,\s(?:an?\s|the\s|then\s){{0,2}}(?:ph\.?d\.?|doctoral|graduate)\s(?:student|candidate)\b
        |\s(?:and|&|und|et|y|e|en)\s(?-i:[A-ZÀ-Þ]\S+(?:\s[A-ZÀ-Þ]\S+){{1,2}})\s{_WORKED}
        |\s(?:measured|sequenced|analy[sz]ed|surveyed|dissected|modelled)\s(?:\d|the\b|her\b|his\b|two\b|three\b|hundreds|thousands)
        |\s(?:report|describe|explain|conclude|present|set\sout|lay\sout|document)\s
        |(?:\s(?:deze\sweek|vandaag|gisteren|nun|jetzt|heute|ahora|agora|ora))?\s
          (?:berichten|beschreiben|beschrijven|melden|décrivent|annoncent|rapportent|describen|publican|firman
            |descrevem|publicam|assinam|descrivono|firmano|raccontano)\b
        |\s(?:leidde|leitete|dirigió|lideró|coordinó|dirigiu|liderou|coordenou|ha\s(?:guidato|diretto|coordinato)
            |a\s(?:co)?(?:dirigé|mené|coordonné|piloté))\s(?:het|de|die|das|el|la|o|a|lo|l['’]|le|les)\s?{_ARBEIT}
        )""",
    _FLAGS,
)


def signs(before: str, after: str) -> bool:
    """Return whether the words beside a name tell that the person wrote or did the study."""
    return bool(_BEFORE.search(before) or _AFTER.match(after))
