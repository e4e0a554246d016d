"""Journal names in running text: found after clear cues, the capitalised run taken whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetrack.dates import MONTHS, WEEKDAYS
from citetrack.model import Mention
from citetrack.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

# After a cue, the name is the run of capitalised words, joined by the small words that names hold.
_WORD = r"(?:[^\W\d_a-zß-öø-ÿ]|(?:e|bio|med|ar|npj\s)(?=[A-Z]))(?:[\w'’&-]|\.(?=\w))*\+?"
_GAP = r"[^\S\n]"  # names do not run over the end of a line
_RUN = re.compile(
    rf"""
    {_GAP}*[«»“”„‚‘’"'*_(\[]{{0,3}}{_GAP}?
    (?P<name>(?:the{_GAP})?{_WORD}
      (?:(?:{_GAP}|:{_GAP})(?:(?:of|the|and|for|in|on|&|de|del|da|do|la|le|les|et|y|und|für|der|des|di|van){_GAP})
         {{0,3}}{_WORD}|{_GAP}\d{{4}}(?=\W*$))*)
    """,
    re.VERBOSE,
)

# "journal" words: what follows is a journal, whatever it is called.
_NOUN_CUE = r"""
    (?:(?:peer[- ]reviewed|scientific|academic|medical|science|online|open[- ]access|research
         |prestigious|specialist|leading|respected|british|american|us|uk|weekly)\s)*
    (?:journals?|fachmagazin|fachzeitschrift|fachjournal|fachblatt|wissenschaftsmagazin
      |wissenschaftszeitschrift|wissenschaftsjournal|zeitschrift
      |la\srevue|revue|le\sjournal|la\srevista|revista|na\srevista|sulla\srivista|rivista
      |vakblad|vaktijdschrift|tijdschrift)
    (?:\s(?:scientifique|médicale|medicale|científica|cientifica|médica|medica|scientifica
         |britannique|américaine|americana|britânica|británica|called|named))*
"""
# Publishing words: what follows "in" may be a journal or a town.
_VERB_CUE = r"""
    \b(?:publish(?:ed|es|ing)?|appear(?:s|ed|ing)?|report(?:s|ed|ing)?|writ(?:e|es|ing|ten)|wrote
        |describ(?:e|es|ed|ing)|detailed|featured|posted|conclude[sd]?|note[sd]?|releas(?:ed|es)
        |study|studies|paper|papers|research|findings|article|results|work|letter|edition|issue
        |veröffentlicht|erschienen|berichten|schreiben|publi[ée]e?s?|paru|publicado|publicada
        |publicaron|publican|publica|pubblicato|pubblicata|gepubliceerd|verschenen)
    (?:[^.!?\n«»“”„"]{0,40}?)
    \b(?:in|im|dans|en|na|no|su|sulla|nella)\b(?:\s(?:the|der|die|het)\b)?
    (?:\s(?:latest|current|upcoming|\w{3,9}day's|this\sweek's|today's)(?:\s(?:issue|edition)\sof)?)?
"""
_LABEL_CUE = r"""(?m:^[ \t]*)
    (?:journal\sinformation|journal|published\sin|publication)[ \t]*[:：]\s?
    |(?m:^JOURNAL)[ \t]*\n"""
# "In the Journal of the American Pharmacists Association": the name says itself what it is.
_HEAD_CUE = r"""\b(?:in|to|by|for|of)\s(?:the\s)?
    (?=(?-i:(?:[A-Z][\w.-]+\s){0,3}(?:Journal|Annals|Archives|Proceedings)\s(?:of|for)\s(?:the\s)?[A-Z]))"""
_CUE = re.compile(
    rf"(?P<head>{_HEAD_CUE})|(?P<label>{_LABEL_CUE})|(?P<noun>\b{_NOUN_CUE}(?=[\s«»“”„\"'*_,]))"
    rf"|(?P<verb>{_VERB_CUE}(?=\s))",
    re.VERBOSE | re.IGNORECASE,
)

#: Words that make a capitalised run after a publishing word look like a journal and not a town.
_JOURNAL_WORDS = frozenset(
    """journal annals archives lancet review reviews proceedings nature science cell jama bmj plos
    medicine letters psychology research transactions bulletin advances frontiers pnas neurology
    pediatrics paediatrics circulation acta revista zeitschrift physical psychiatry nejm ecology
    biology chemistry physics cancer diabetes gut thorax brain sleep obesity stroke heart elife
    epidemiology immunity neuron genetics genome geology icarus astrophysical climatic radiology
    anaesthesia anesthesiology chest vaccine hypertension arthritis rheumatology nutrition oncology
    surgery urology gastroenterology dermatology ophthalmology nanoscale astronomy geoscience
    medrxiv biorxiv arxiv current biological""".split()
)
#: Capitalised because a sentence or line begins there.
_OPENERS = frozenset(
    """by the a an in on at for from it its this that these those he she they we but and or as if
    when while after before entry entries published online today
    also der die das el la le reference references
    information article articles""".split()
)
_HEADS = re.compile(r"\b(?:Journal|Annals|Archives|Proceedings|Review|Bulletin|Transactions)\b")
_NOT_JOURNALS = re.compile(
    r"\b(?:Inc|Ltd|University|Universität|Université|Universidad|Institute|Hospital|College|School"
    r"|Department|Society|Council|Museum|Street|News|Times|Post|Guardian|Telegraph|Daily)\b"
)
_AFTER = re.compile(r"\s(?:Provided|Journal\sinformation|More\sinformation|DOI|Doi)\b.*", re.DOTALL)
_TAIL = re.compile(
    r"(?:\s(?:of|the|and|for|in|on|&|de|del|da|do|la|le|les|et|y|und|für|der|des|di|van)|[.,:;'’\-*_])+$"
)
_REACH = 160


def find_containers(text: str) -> Iterator[Mention]:
    """Yield the journals named after a cue ("in the journal X", "Journal information: X").

    After a journal word or a label the whole capitalised run is the name, known or not; after a
    word for publishing only a run that looks like a journal's is. Value and quote are as printed.
    Method: rule R8 of the project's own measurements (docs/why.md).
    """
    seen: set[int] = set()
    for cue in _CUE.finditer(text):
        run = _RUN.match(text, cue.end(), cue.end() + _REACH)
        span = run and _name(run, loose=cue["verb"] is None)
        if not span or span[0] in seen:
            continue
        seen.add(span[0])
        start, end = span
        yield Mention("container", text[start:end], start, end, finder="container-cue")


def _name(run: re.Match[str], *, loose: bool) -> tuple[int, int] | None:
    """Return the span of the journal's name in a capitalised run, or None where it is none."""
    name = _AFTER.sub("", run["name"])
    name = _cut_at_date(name)
    name = _TAIL.sub("", name)
    start = run.start("name")
    if name.casefold().startswith("the ") and not name.casefold().startswith("the lancet"):
        start += 4
        name = name[4:]
    if not name or _is_no_journal(fold(name)) or _is_a_place(name):
        return None
    if not loose and not _looks_like_a_journal(name):
        return None
    return start, start + len(name)


def _is_no_journal(folded: str) -> bool:
    return folded in MONTHS or folded in WEEKDAYS or folded in _OPENERS


def _is_a_place(name: str) -> bool:
    return bool(_NOT_JOURNALS.search(name)) and not _HEADS.search(name)


def _cut_at_date(name: str) -> str:
    """Cut "Science on Thursday" and "Nature April" before the date."""
    parts = name.split(" ")
    for i, word in enumerate(parts):
        bare = fold(word.strip(".,"))
        if i and (bare in MONTHS or bare in WEEKDAYS):
            return " ".join(parts[:i])
    return name


def _looks_like_a_journal(name: str) -> bool:
    return any(fold(w.strip(".,:;")) in _JOURNAL_WORDS for w in name.split())
