"""What people outside of research are called: mayors, farmers, patients, ministers, owners."""

from __future__ import annotations

import re

from citetrack.people.titles import TITLE

#: In small letters, in the languages read; who is called so did not do the study.
_OCCUPATIONS = (
    # English
    r"(?:(?:deputy\s|lord\s)?mayor(?:ess)?|(?:city\s|county\s|parish\s)?council(?:l?or|man|woman|\smember)|cllr"
    r"|alderman|administrator|organi[sz]er|volunteer|midwife|pharmacist|dentist|captain|capitaine|kapitän(?:in)?|lawmaker|legislator|program(?:me)?\smanager|(?:media|press)\scontacts?:|senator|sen|rep|representative|congress(?:man|woman)|governor|gov"
    r"|premier|commissioner|ambassador|justice|judge|sheriff|(?<!study\s)(?<!team\s)(?<!research\s)chief|health\sofficer"
    r"|activist|campaigner|advocate|lobbyist|lawyer|attorney|solicitor|barrister|farmer|grower"
    r"|rancher|fisher(?:man|woman)?|beekeeper|gardener|winemaker|landlord|landlady|publican|barista|chef"
    r"|baker|butcher|shopkeeper|(?:co-?)?owner|operator|resident|villager|neighbou?r|homeowner|tenant"
    r"|commuter|customer|shopper|visitor|tourist|(?:tour|museum)\sguide|ranger|warden|watcher|carer"
    r"|caregiver|parent|(?:grand)?(?:mother|father)|(?:mum|mom|mother|dad|father)-of-\w+|mum|mom|dad"
    r"|son|daughter|tochter|sohn|fille|fils|hij[ao]|filh[oa]|figli[oa]|dochter|zoon|widow(?:er)?|wife|husband|pupil|(?:head\s?)?teacher|board\s(?:president|member|chair)|coach|athlete"
    r"|runner|driver|builder|plumber|electrician|hairdresser|patient|survivor|sufferer|veteran"
    r"|sergeant|sgt|miner|angler|hunter|hiker|surfer|(?:financial\s)?analyst|broker|investor|trader"
    r"|spokes(?:man|woman|person)|press\sofficer|publicist|journalist|reporter|columnist|presenter"
    r"|broadcaster|podcaster|influencer|blogger|actor|actress|singer|musician|comedian|novelist|poet"
    r"|priest|pastor|bishop|imam|rabbi|elder|chief\sexecutive|ceo|chairman|chairwoman|(?:vice\s)?president"
    r"|(?:industry\s)?lobby\schief|activists"
    # German
    r"|(?:ober)?bürgermeister(?:in)?|[\w-]*minister(?:in)?|\w*(?:stadt|landes|gemeinde|national|stände)r[aä]t(?:in)?"
    r"|abgeordnete[rn]?|landwirt(?:in)?|b[aä]uer(?:in)?|bauer|bauernpräsident(?:in)?|gastwirt(?:in)?|wirt(?:in)?"
    r"|anwohner(?:in)?|geschäftsführer(?:in)?|verbandspräsident(?:in)?|imker(?:in)?|förster(?:in)?|fischer(?:in)?"
    r"|rechtsanw[aä]lt(?:in)?|apotheker(?:in)?|tier[aä]rzt(?:in)?|dierenarts|aktivist(?:in)?|unternehmer(?:in)?|patient(?:in)?"
    # French
    r"|maire|présidente?|bourgmestre|échevine?|députée?|sénat(?:eur|rice)|préfète?|ministre|secrétaire\sd['’]état"
    r"|agricult(?:eur|rice)|éleveu(?:r|se)|pêcheu(?:r|se)|apicult(?:eur|rice)|vigneronn?e?|riveraine?"
    r"|habitante?|patronn?e?|veuve|veuf|mère|père|patiente?|porte-parole|avocate?|syndicaliste|militante?|élue?"
    # Spanish and Portuguese
    r"|alcalde(?:sa)?|intendente|prefeit[oa]|(?:vice)?ministr[oa]|d[ei]puta[td][oa]|senador[a]?|vereador[a]?"
    r"|consejer[oa]|concejala?|gobernadora?|governadora?|seremi|secret[aá]ri[oa]|criador[a]?|president[ea]\sda\scâmara"
    r"|agricultora?|ganader[oa]|pescadora?|apicultora?|bodeguer[oa]|vecin[oa]|morador[a]?|paciente|madre"
    r"|padre|mãe|pai|viuda|viúva|portavoz|porta-voz|vocer[oa]|abogad[oa]|advogad[oa]|activista|ativista"
    r"|empresari[oa]|empresári[oa]"
    # Italian
    r"|sindac[oa]|assessor[ea]|deputat[oa]|senatrice|senatore|governatore|agricolt(?:ore|rice)"
    r"|pescatore|allevat(?:ore|rice)|apicolt(?:ore|rice)|paziente|vedova|avvocat[oa]|attivista"
    r"|imprendit(?:ore|rice)|presidente\sdella\sregione"
    # Dutch
    r"|burgemeester|staatssecretaris|wethouder|schepen|kamerlid|parlementslid|gedeputeerde|boer(?:in)?"
    r"|patiënte?|bewoner|bewoonster|moeder|vader|weduwe|woordvoerd(?:er|ster)|advocaat|activiste"
    r"|ondernemer|uitbater|leraar|lerares)"
)  # fmt: skip
_FLAGS = re.IGNORECASE
#: "Maleny resident", "the mayor of Norham,", "State Sen.", before a name.
_BEFORE = re.compile(
    rf"(?<!\w){_OCCUPATIONS}\.?(?:\s(?:of|for|in|von|de|du|des|di|del|della?|da|do|van)\s[^,.;:!?]{{2,40}})?"
    rf",?\s(?:{TITLE}\.?\s)*$",
    _FLAGS,
)
#: ", a Dawson City elder", ", who is mayor of", behind a name; no "patient safety researcher".
_AFTER = re.compile(
    rf"^,\s(?:\d\d,\s)?(?:who\s(?:is|was)\s)?(?:[\w'’.-]+\s){{0,4}}?{_OCCUPATIONS}"
    r"(?=[,.;:)]|\s(?:of|in|from|at|for|who|whose|and|on|said|says|told|[a-zß-ÿ]+ed"
    r"|des?|du|di|del|della|da|do|von|van|aus|uit)\b|\sd['’]|$)"
    r"|^,\s(?:qui|que|che)\s(?:préside|preside|presiede)\s(?:une?\s|una\s|uma\s|un['’]|l['’])"
    r"\s?(?:associa\w+|syndicat|f[ée]d[ée]ra\w+|club|ong|sindicato)",
    _FLAGS,
)
#: A ministry's or society's own, and those who wrote the story.
_BODYS = re.compile(
    r"\b(?:Ministry|Council|Agency|Authority|Commission|Party|Foundation|Society|Association|Federation|Union)"
    r"(?:\s(?:of|for)\s[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+)*)?['’]s\s$"
    r"|\b(?i:reporting|editing|writing)\sby\s$"
)
_BESIDE = 60
_WORD = re.compile(rf"{_OCCUPATIONS}\.?", _FLAGS)


def works_elsewhere(before: str, after: str) -> bool:
    """Return whether the words beside a name call the person something that is no researcher."""
    near = before[-_BESIDE:]
    return bool(_BEFORE.search(near) or _BODYS.search(near) or _AFTER.match(after))


def is_occupation(word: str) -> bool:
    """Return whether a single word is such an occupation."""
    return bool(_WORD.fullmatch(word))
