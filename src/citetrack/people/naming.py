"""Which words of a capitalised run are the name of a person."""

from __future__ import annotations

import re

from citetrack.dates import WEEKDAYS
from citetrack.people.occupations import is_occupation
from citetrack.people.titles import TITLE
from citetrack.text import fold

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|das|do|du|la|le|al|el|bin|ibn|ben|ter|ten|y|e)"
)
_INITIAL = rf"{_CAPITAL}(?:\.(?:-?{_CAPITAL}\.)*|(?!\w))"
_PART = rf"(?:{_CAPITAL}[\w'’-]*[a-zß-öø-ÿ][\w'’-]*|{_INITIAL})"
NAME = re.compile(
    rf"""
    (?P<title>\b{TITLE}\b\.?[ ](?:{TITLE}\b\.?[ ])?)?
    (?P<name>\b{_PART}(?:[ ](?:{_PARTICLE}[ ]){{0,3}}{_PART}){{0,6}})
    """,
    re.VERBOSE,
)
#: Capitalised words that are no part of a person's name: sentence openers, places, bodies.
_NOT_NAMES = frozenset(
    """the a an in on at of for from by with and or but it its he she they we you his her their
    our this that these those there here when while where what which who why how if as so although
    though however because since after before during until about over under both all some many
    most more few each every one two three four five six seven eight nine ten first second last
    new researchers scientists doctors experts people women men children patients participants
    published writing according study research findings results journal american british european
    royal medical health states united kingdom york london north south east west northern southern
    eastern western professor doctor dr copyright photo image credit source related read share
    information provided online today yesterday lead senior author authors co-author nature
    science cell lancet jama bmj pnas plos open network annals archives england africa asia europe
    america australia canada china france germany india ireland israel italy japan mexico
    netherlands norway scotland spain sweden switzerland wales california texas florida
    massachusetts boston chicago wisconsin utah madison oxford cambridge harvard stanford yale
    princeton berkeley der die das ein eine le la les un une el los las una uno il lo gli os covid
    san diego francisco angeles alzheimer parkinson english french german spanish internet dna rna
    mri sars hiv usa uk eu us nhs cdc fda nasa bbc reuters ap afp niño also even just then now
    still yet not no yes dear editor education environment gov minister president king queen
    prince chief head director executive researcher scientist lecturer investigator reader chair
    supervisor editor-in-chief britons americans europeans canadians australians global human
    self-harm hiv-positive collaboration consortium trial investigators project telescope ihr ihre
    sein seine sus seu sua leur para por segundo según secondo volgens laut selon pour d'après
    auch amid among despite like including unlike hoogleraar kollege kollegin mum-of-two
    mum-of-three co-authors studienautor studienautorin hochschule charité physiotherapist
    nutritionist dietitian physician mathematician statistician politician historian veterinarian
    commenting reacting speaking asked other others russian chinese japanese dutch italian greek
    turkish iranian indian israeli brazilian korean egyptian swedish danish norwegian finnish
    polish onderzoeker onderzoekers wetenschapper per belgian austrian swiss irish welsh scottish
    mexican african asian argentinian argentine cuban etat zij hij elle ella lei lui ela ele ihnen
    forscherinnen forschern wissenschaftlerinnen
    norvegien francais allemand italiano britannico""".split()
)  # fmt: skip

#: A capitalised run with one of these is a body or a place, whole.
_BODIES = frozenset(
    fold(body)
    for body in """university université universität universidad universidade università
    universiteit college school institute institut instituto istituto hospital department center
    centre national
    international universities society association foundation council agency committee street
    road park press service services company group ministry government journal medicine
    sciences clinic laboratory observatory library museum church trust ltd inc therapy disease
    infirmary office city county vogelwarte hochschule klinik charity bureau charité academy
    administration united polytechnic insights federation commission organisation organization
    isles islands alliance coalition campaign union software sociedad sociedade société società
    gesellschaft vereniging asociación fundación fundação fondation fondazione stiftung
    helmholtz fraunhofer spital kantonsspital laboratori nazionali
    vereinigung ministerio ministério ministère ministero council politecnico""".split()
)
#: Inside a capitalised run a name begins anew: "Newcastle University's Prof Sir John Burn".
_INNER = re.compile(rf"['’]s[ ]|(?<=\w\ws)['’][ ]|\b{TITLE}\b\.?[ ]")
_INNER_TITLE = re.compile(rf"\b{TITLE}\b")
#: "Ana Ruiz y Luis Gil": the particle of "Ortega y Gasset" joins two whole names here.
_TWO_PEOPLE = re.compile(r"(?P<one>\S+(?: \S+)+?) (?:y|e) \S+ \S+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]|['’])$")
#: "L'équipe", "C'est": a French word behind its elided article.
_ELIDED = re.compile(r"[LDCSJNQM]['’][^\W\d_A-ZÀ-Þ]")
#: Articles that family names hold in capitals: "Le Goff", "La Rosa", "El Khoury".
_ARTICLES = frozenset("le la les el los las lo il der san di da de".split())
#: How subjects and trades end, in English, German, Dutch and French.
_SUBJECTS = (
    "ology", "istry", "ics", "iatry", "medicine", "surgery", "ologist", "loge", "login", "loog",
    "loga", "logo", "logue", "forscher", "forscherin", "wissenschaftler", "wissenschaftlerin",
    "mediziner", "medizinerin", "physiker", "physikerin", "chemiker", "chemikerin", "arzt",
    "arztin", "onderzoeker", "chercheur", "chercheuse", "minister", "ministerin", "sprecher",
    "sprecherin", "leiter", "leiterin", "autor", "autorin", "auteur", "professorin", "politiker",
    "politikerin", "kollege", "kollegin", "ologin", "okonom", "okonomin", "hoogleraar",
    "leider", "leidster", "woordvoerder", "woordvoerster", "secretary",
    "chancellor", "senator", "governor",
)  # fmt: skip


def person_span(m: re.Match[str]) -> tuple[int, int, bool] | None:
    """Return where the name in a capitalised run stands, and whether it bears a title."""
    run, titled = m["name"], m["title"] is not None
    inner = list(_INNER.finditer(run))
    titled = titled or any(_INNER_TITLE.match(x[0]) for x in inner)
    begin = inner[-1].end() if inner else 0
    two = _TWO_PEOPLE.match(run, begin)
    name = _POSSESSIVE.sub("", _trim(two["one"] if two else run[begin:]))
    if not name:
        return None
    start = m.start("name") + run.index(name, begin)
    return start, start + len(name), titled


#: Towns of universities that read like people: "the University of California, Santa Barbara, who".
_PLACES = frozenset(
    """santa barbara|santa cruz|santa fe|los alamos|chapel hill|college park|ann arbor|baton rouge
    |new haven|palo alto|st louis|saint louis|fort collins|college station|stony brook|notre dame
    |la jolla|la trobe|cold spring harbor|falls church|grand rapids|salt lake city|buenos aires
    |tel aviv|cape town|kuala lumpur|abu dhabi|hong kong|belo horizonte|porto alegre|milton keynes
    |st andrews|aix-en-provence|le mans|den haag""".replace("\n    ", "").split("|")
)


def _trim(name: str) -> str:
    """Cut words that are no part of a name from both ends; an empty string when none is left."""
    parts = name.split(" ")
    trade = next((i for i in range(len(parts) - 2, 0, -1) if _is_subject(parts[i - 1])), 0)
    parts = parts[trade:]
    if len(parts) > len("ab") and is_occupation(parts[0].rpartition("-")[2]):
        parts = parts[1:]
    parts = _before_a_body(parts)
    while parts and (_is_no_name(parts[0]) or parts[0].islower()):
        parts = parts[1:]
    while parts and (_is_no_name(parts[-1]) or parts[-1].islower()):
        parts = parts[:-1]
    inner = (p for i, p in enumerate(parts) if not (i and fold(p) in _ARTICLES))
    if any(_is_no_name(p) for p in inner) or (parts and len(parts[-1].strip(".")) == 1):
        return ""
    whole = " ".join(parts)
    return "" if fold(whole) in _PLACES else whole


def _before_a_body(parts: list[str]) -> list[str]:
    """Return the words of a run up to a body: "Thomas Crowther" of "… von der Yale University"."""
    if parts[2:4] == ["von", "der"]:  # a body follows; "Karl von der Lippe" is a name
        parts = parts[:2]
    body = next((i for i, p in enumerate(parts) if _is_body(p)), None)
    if body is None:
        return parts
    small = next((i for i in range(body - 1, 0, -1) if parts[i].islower()), 0)
    return parts[:small]


def _is_body(word: str) -> bool:
    bare = fold(_POSSESSIVE.sub("", word.strip(".,'’")))
    return bare in _BODIES or bare.endswith(("-universitat", "-institut", "-hochschule", "-klinik"))


def _is_subject(word: str) -> bool:
    """Whether a word names what somebody teaches or is: "Physiology", "Ornithologe"."""
    return fold(word).endswith(_SUBJECTS)


def _is_no_name(word: str) -> bool:
    bare = fold(word.strip(".,'’"))
    bare = bare.removesuffix("'s")
    return bare in _NOT_NAMES or bare in WEEKDAYS or bool(_ELIDED.match(word))
