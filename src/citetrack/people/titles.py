"""How people are addressed, and what they are called before their names."""

TITLE = (
    r"(?:Drs?|[Dd]octor(?:a|es)?|[Pp]rof(?:ess?or|ess?ora|essors|essorin|esseure?|\.ssa|\.)?|Sir|Dame"
    r"|Lord|Lady|Baroness|Mr|Mrs|Ms|Herr|Frau|Mme|[Dd]ottor(?:e|essa)|[Dd]octeure?|Dott|Dra|Sra|Profa|Pr|Rev)"
)
#: How trades end or what they are in the languages read, in small letters: "virologist",
#: "investigadora", "hoogleraar". Capitalised in German, where `is_trade` of a whole run knows them.
TRADE = (
    r"(?:\w*(?:ologist|icist|chemist|nomist|anist|trist|ienist|nomer|grapher|historian|ician|arian"
    r"|scientist|researcher|engineer|surgeon|professor|lecturer|fellow|student|director|colleague"
    r"|investigator|doctor|nurse|postdoc|candidate|[óo]log[oa]|ologue|oloog|[íi]sic[oa]|[íi]mic[oa]"
    r"|m[ée]dic[oa]|iste|ista|ienne?|cheuse?|cheur|teure?|trice|tore|dora?|fesseure?|fessora?|fesora?"
    r"|hoogleraar|onderzoeker|wetenschapper|doutorand[oa]))s?"
)
#: A word in small letters; the patterns that use it do not tell capitals apart elsewhere.
SMALL = r"(?-i:[a-zß-öø-ÿ'’-]+\s)"
#: Whoever is told so is no person.
_BODY = (
    r"(?:firms?|consultants|company|companies|chari\w+|think[\s-]?tank|consultanc\w+|websites?|insurers?|giant"
    r"|bank|union|maker|agency)\b"
)
#: What stands between a role and a name: "the chemistry professor Dr", "Example's biologist".
DESCRIBED = (
    rf"(?:(?:(?!{_BODY}){SMALL}){{0,5}}|(?:[^\s,.;:!?]+\s){{0,6}}(?:(?-i:{TRADE})|[^\s,.;:!?]+['’]s?)\s)"
    rf"(?:{TITLE}\.?\s)*"
)
