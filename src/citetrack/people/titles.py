"""How people are addressed."""

TITLE = (
    r"(?:Drs?|[Dd]octor(?:a|es)?|[Pp]rof(?:ess?or|ess?ora|essors|essorin|esseure?|\.ssa|\.)?|Sir|Dame"
    r"|Lord|Lady|Baroness|Mr|Mrs|Ms|Herr|Frau|Mme|[Dd]ottor(?:e|essa)|[Dd]octeure?|Dott|Dra|Sra|Profa|Rev)"
)
