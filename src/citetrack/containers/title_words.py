"""Words that the titles of journals hold."""

from __future__ import annotations

from citetrack.text import fold

#: Words that titles hold: where one stands capitalised, a journal that nobody listed may stand.
TITLE_WORDS = frozenset(
    """Annals Archives Lancet Review Reviews Proceedings Nature Science Cell JAMA BMJ PLOS PLoS BMC
    JACC NEJM Medicine Letters Psychology Research Transactions Bulletin Advances Frontiers
    Neurology Pediatrics Paediatrics Circulation Acta Revista Revue Rivista Tijdschrift Physical
    Psychiatry Ecology Biology Chemistry Physics Cancer Diabetes Genetics Geology Astrophysical
    Epidemiology Immunology Anthropology Archaeology Microbiology Neuroscience Psychological
    Behaviour Behavior Sciences Trends Communications Quarterly npj Surgery Nursing Nutrition
    Oncology Cardiology Journals""".split()
)
_JOURNAL_WORDS = frozenset(fold(w) for w in TITLE_WORDS) | frozenset(
    """journal nanoscale astronomy geoscience brain sleep obesity stroke heart gut thorax physiology
    endocrinology medical clinical applied biological climate genome molecular health dermatology
    gastroenterology ophthalmology rheumatology urology anthropological economics education
    sociology linguistics engineering materials environmental experimental current""".split()
)
_SUBJECTS = ("ology", "ologie", "ología", "ologia", "ography", "istry", "onomy")


def names_a_subject(word: str) -> bool:
    """Return whether a word is one of those that titles hold, or a subject: "Ornithology"."""
    bare = fold(word.strip(".,:;"))
    return bare in _JOURNAL_WORDS or bare.endswith(_SUBJECTS)
