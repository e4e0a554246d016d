"""Mentions grouped into references: what the story says about each study."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetrack.authorship import called_authors
from citetrack.gathering import Group, Lines, gather
from citetrack.meetings import study_told_at
from citetrack.model import (
    LANDING,
    STORY_ZONES,
    Doi,
    Mention,
    PartialDate,
    Question,
    Reference,
    Zone,
)
from citetrack.names import family_as_printed
from citetrack.passing import Passing
from citetrack.text import fold, words
from citetrack.vocabulary import STOP_WORDS, technical_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetrack.model import Article

#: Signs that a story without journal, author or identifier still rests on a study. One alone is
#: found in stories about rooms, opinion polls and clever people; three kinds together are not.
_STUDY_SIGNS = tuple(
    re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    for pattern in (
        r"""\b(?:scientists?|researchers?|boffins|academics|psychologists|biologists|physicists
             |epidemiologists|neuroscientists|astronomers|forscher(?:innen)?|wissenschaftler\w*
             |chercheu\w+|scientifiques|científic\w+|investigador\w+|pesquisador\w+|cientistas
             |ricercator\w+|scienziat\w+|onderzoekers|wetenschappers)\b""",
        r"""\b(?:(?:new|latest|recent|the|a|this|their|early|earlier|\d+|two|three)\s(?:\w+\s){0,2}
             (?:stud(?:y|ies)|research|trials?|experiments?|findings|meta-analysis)
             |clinical\strials?|(?:working|discussion)\spapers?|research\s(?:shows?|suggests?|found|published|also|has|into|by)
             |preprint|peer[- ]review\w*|studien?|étude|estudio|estudo|studio|onderzoek)\b""",
        r"""\b(?:found|discover\w+|suggests?|suggested|reveal\w*|shows?|showed|shown|concluded?
             |identified|linked\sto|could|may|claim|ergab|fanden|montr\w+|hall\w+|descub\w+|mostr\w+
             |scop\w+|ontdek\w+|bleek)\b""",
        r"(?-i:\b(?:Universit\w+|Institut\w*|College|Hospital|School|Centre|Center|Clinic)\b)",
        r"(?-i:\b(?:Dr|Drs|Prof|Professor|Professorin)\b)",
    )
)
_SIGNS_NEEDED = 3
#: The chance that a work must have to be shown for a story with fewer signs, and for one without a
#: word for researchers or studies. Among 10,000 works 12% of 60 stories of politics and sport get a
#: suggestion, with .3 for both 3%; of 134 extracts of science news, many without such words, the
#: right abstract is shown first for 63%, with .3 for 55%.
_DOUBT, _GRAVE_DOUBT = 0.05, 0.1
#: Parts of addresses and DOIs are words of no title: "https", "org", "doi".
_PRINTED_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:doi\W{0,3})?10\.\d{4,9}/\S+", re.IGNORECASE
)
_MAX_WORDS, _MAX_TECHNICAL, _SHORTEST_WORD = 80, 40, 3
#: A story that names more studies than this is a bibliography: what is past it is left unread.
MAX_REFERENCES = 200
#: "by Professor Smith", "led by the biologist Anna Smith".
_BY = re.compile(r"(?:\b(?:by|von|par|door|por|di)|,\s(?:van|de|da))\s(?:[\w.'-]+\s){0,4}$")
_BY_REACH = 60
#: "The Lancet retracted a 1998 study by …".
_JOURNAL_DID = re.compile(
    r"\s(?:has\s|had\s|later\s)?(?:published|retracted|withdrew|pulled|printed|carried)\s(?:an?\s|the\s)?"
)
_ONE_WORK = frozenset({"doi", "pmid", "pmcid", "arxiv", "pii"})


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the whole story offers to every search: its words, technical ones for plain, names."""

    words: tuple[str, ...] = ()
    technical: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()


def group_references(article: Article, mentions: Sequence[Mention]) -> tuple[Reference, ...]:
    """Return the references of a story, in the order in which they are first mentioned."""
    eligible = [i for i, m in enumerate(mentions) if m.zone in STORY_ZONES]
    others, set_apart = _in_passing(article, mentions, eligible)
    eligible = [i for i in eligible if i not in set_apart]
    groups = (
        _by_identifier(article, mentions, eligible)
        or _by_container(mentions, eligible)
        or _by_story(article, mentions, eligible)
    )
    lines = Lines(article.text)
    groups += _in_other_journals(mentions, eligible, groups, lines)
    told = (i for i in eligible if mentions[i].role != "outsider" and not _is_one_work(mentions[i]))
    gather(lines, mentions, told, groups)
    groups = [*groups, *others][:MAX_REFERENCES]
    subject = _subject(article, mentions) if groups else _Subject()
    return tuple(_reference(article, mentions, g, n, subject) for n, g in enumerate(groups, 1))


def _in_passing(
    article: Article, mentions: Sequence[Mention], eligible: Sequence[int]
) -> tuple[list[Group], set[int]]:
    """Return the studies told of in passing, and the mentions that are none of the story's own.

    Such a study has a journal or "by" an author in the sentence that turns to it; without either
    only what the sentence says of its date is set apart. A story that names nothing elsewhere
    has no other study: it is about this one.
    """
    passing = Passing(article.text, article.published)
    told: dict[int, list[int]] = {}
    for i in eligible:
        start = passing[_told_at(article.text, mentions[i])]
        if start is not None:
            told.setdefault(start, []).append(i)
    whole = [inside for inside in told.values() if _names_a_study(article, mentions, inside)]
    taken = {i for inside in whole for i in inside}
    if not any(_is_evidence(mentions[i]) for i in eligible if i not in taken):
        return [], set()
    dates = {i for inside in told.values() for i in inside if mentions[i].kind == "date"}
    groups = [
        Group([mentions[inside[0]].start], "passing", [*inside], passing=True) for inside in whole
    ]
    return groups, taken | dates


def _told_at(text: str, m: Mention) -> int:
    """Return where a mention stands: a journal that did something with a study, at that study."""
    did = _JOURNAL_DID.match(text, m.end) if m.kind == "container" else None
    return did.end() if did else m.start


def _names_a_study(article: Article, mentions: Sequence[Mention], inside: Iterable[int]) -> bool:
    """Whether one sentence alone names another study, without an identifier of its own."""
    named = [mentions[i] for i in inside]
    return not any(_is_one_work(m) for m in named) and any(
        m.kind == "container"
        or (m.kind == "author" and _BY.search(article.text, max(0, m.start - _BY_REACH), m.start))
        for m in named
    )


def _is_evidence(m: Mention) -> bool:
    return m.kind in {"container", "author", "title", "reference"} or _is_one_work(m)


def _by_identifier(
    article: Article, mentions: Sequence[Mention], eligible: Iterable[int]
) -> list[Group]:
    """One group an identifier; another identifier in the same paragraph's reference joins it."""
    groups: dict[str, Group] = {}
    for i in eligible:
        m = mentions[i]
        if not _is_one_work(m) or len(groups) > MAX_REFERENCES:
            continue
        key = _work_key(m)
        group = groups.get(key)
        if group is None and m.kind != "doi":
            beside = (g for g in groups.values() if _same_work(article, mentions, i, g))
            group = next(beside, None)
        if group is None:
            group = groups[key] = Group([], key)
        group.anchors.append(m.start)
        group.indices.append(i)
    return list(groups.values())


def _is_one_work(m: Mention) -> bool:
    """Whether a mention stands for one work: an identifier, or a publisher's page of one."""
    return m.kind in _ONE_WORK or (m.kind == "link" and m.finder == LANDING)


def _work_key(m: Mention) -> str:
    return f"doi:10.48550/arxiv.{m.value}" if m.kind == "arxiv" else f"{m.kind}:{m.value}"


def _same_work(article: Article, mentions: Sequence[Mention], i: int, group: Group) -> bool:
    """Whether an identifier of another kind stands on the same line as one of the group's."""
    m = mentions[i]
    return any(
        mentions[j].kind != m.kind
        and ("\n" not in article.text[mentions[j].end : m.start] or mentions[j].start == m.start)
        for j in group.indices
    )


def _by_container(mentions: Sequence[Mention], eligible: Iterable[int]) -> list[Group]:
    """One group a reference line, or else a journal."""
    lines = [i for i in eligible if mentions[i].kind == "reference"]
    if lines:
        return [Group([mentions[i].start], mentions[i].value) for i in lines]
    groups: dict[str, Group] = {}
    for i in eligible:
        m = mentions[i]
        if m.kind == "container":
            key = _container_key(m.value)
            groups.setdefault(key, Group([], key)).anchors.append(m.start)
    return list(groups.values())


def _in_other_journals(
    mentions: Sequence[Mention], eligible: Iterable[int], groups: list[Group], lines: Lines
) -> list[Group]:
    """One group more for each journal that is no identified study's and stands apart from them.

    Only where every identified study has a journal on its own line: a lone DOI may well be the
    study that the story names elsewhere.
    """
    identified = [g for g in groups if any(_is_one_work(mentions[i]) for i in g.indices)]
    taken = {lines[a] for g in identified for a in g.anchors}
    named = [i for i in eligible if mentions[i].kind == "container"]
    owned = {lines[mentions[i].start]: mentions[i].value for i in named}
    if not identified or not taken <= owned.keys():
        return []
    known = {_container_key(mentions[i].value) for i in named if lines[mentions[i].start] in taken}
    others: dict[str, Group] = {}
    for i in named:
        m = mentions[i]
        key = _container_key(m.value)
        if m.zone is Zone.BODY and not any(_alike(key, k) for k in known):
            others.setdefault(key, Group([], key)).anchors.append(m.start)
    return list(others.values())


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one journal's: one within the other, or its initials."""
    a, b = set(one.split()), set(other.split())
    return a <= b or b <= a or _initials(one) == other or _initials(other) == one


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split())


def _container_key(name: str) -> str:
    return " ".join(w for w in words(name) if w not in {"the", "of", "and", "journal"})


def _by_story(
    article: Article, mentions: Sequence[Mention], eligible: Iterable[int]
) -> list[Group]:
    """One group for the whole story; a doubtful one where it hardly speaks of research."""
    authors = [i for i in eligible if mentions[i].kind == "author"]
    actor, study, *others = (bool(sign.search(article.text)) for sign in _STUDY_SIGNS)
    called = called_authors(mentions[i] for i in authors)
    signs = sum((actor, study, *others)) + bool(called)
    speaks = actor or study
    meeting = study_told_at(article.text, article.begins)
    sure = meeting or (speaks and signs >= _SIGNS_NEEDED)
    doubt = 0.0 if sure else _DOUBT if speaks else _GRAVE_DOUBT
    anchors = [mentions[i].start for i in authors[:1]] or [0]
    return [Group(anchors, "study", doubt=doubt, meeting=meeting)]


def _reference(
    article: Article,
    mentions: Sequence[Mention],
    group: Group,
    ordinal: int,
    subject: _Subject,
) -> Reference:
    indices = tuple(sorted(set(group.indices)))
    mine = tuple(mentions[i] for i in indices)
    printed = next((m.printed for m in mine if m.kind == "doi"), None)
    return Reference(
        ordinal=ordinal,
        summary=_summary(mine, group.meeting),
        indices=indices,
        mentions=mine,
        question=_question(article, mine, subject, passing=group.passing),
        doi_as_printed=printed,
        doubt=group.doubt,
        passing=group.passing,
    )


def _summary(mine: Sequence[Mention], meeting: str | None = None) -> str:
    """Name the study as a person would: "Zgierska et al., JAMA Network Open".

    Who is only believed to be an author may be a critic, and gives it no name.
    """
    authors = _values(called_authors(mine), "author")
    containers = _values(mine, "container")
    parts = [f"{family_as_printed(authors[0])} et al." if authors else None, *containers[:1]]
    fallback = next((m.printed or m.value for m in mine if m.kind in _ONE_WORK), None)
    told = f"presented at the {meeting}" if meeting else "named without journal or author"
    return ", ".join(p for p in parts if p) or fallback or f"a study {told}"


def _values(mine: Iterable[Mention], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.value for m in mine if m.kind in kinds))


def _question(
    article: Article, mine: Sequence[Mention], subject: _Subject, *, passing: bool = False
) -> Question:
    dates = tuple(PartialDate.parse(v) for v in _values(mine, "date"))
    years = {d.year for d in dates if d.year}
    if article.published and article.published.year and not passing:
        years.add(article.published.year)
    return Question(
        identifiers=tuple(_dois(mine)),
        titles=_values(mine, "title"),
        authors=_values(mine, "author", "person"),
        containers=_values(mine, "container"),
        dates=dates,
        years=tuple(sorted(years)),
        words=subject.words,
        technical=subject.technical,
        institutions=_values(mine, "institution"),
        # Who else stands in the text is of the story's own study.
        surnames=() if passing else subject.surnames,
        published=None if passing else article.published,
    )


def _dois(mine: Iterable[Mention]) -> list[Doi]:
    values = [
        m.value if m.kind == "doi" else f"10.48550/arxiv.{m.value}"
        for m in mine
        if m.kind in {"doi", "arxiv"}
    ]
    return [Doi.parse(v) for v in dict.fromkeys(values)]


def question_of(article: Article, mentions: Sequence[Mention]) -> Question:
    """Return what can be asked about the study that mentions of an article describe."""
    return _question(article, mentions, _subject(article, mentions))


def _subject(article: Article, mentions: Iterable[Mention]) -> _Subject:
    """Return what a story offers to search: the commonest of its telling words first.

    Who is said to stand outside the study is no author of it.
    """
    body = " ".join(
        line
        for start, line in _positions(article.text)
        if article.zone_at(start) in {Zone.BODY, Zone.HEADLINE}
    )
    said = words(f"{article.title or ''} {_PRINTED_ADDRESS.sub(' ', body)}")
    telling = (w for w in said if _tells(w))
    counted = Counter(telling)
    common = [w for w, _ in counted.most_common(_MAX_WORDS)]
    technical = dict.fromkeys(w for w in technical_words(said) if w not in counted)
    outside = {w for m in mentions if m.role == "outsider" for w in words(m.value)}
    surnames = tuple(s for s in _surnames(article.text[article.begins :]) if s not in outside)
    return _Subject(tuple(common), tuple(technical)[:_MAX_TECHNICAL], surnames)


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word not in STOP_WORDS and not word.isdigit()


#: A capitalised word inside a sentence, where sentences do not begin.
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]*[a-z][\w'’-]*")
_MOST_SURNAMES = 60


def _surnames(text: str) -> tuple[str, ...]:
    """Return the capitalised words of a text that may be surnames, folded, without possessive."""
    found = (fold(m[0]).removesuffix("'s") for m in _CAPITALISED.finditer(text))
    parts = (p for name in found for p in words(name) if len(p) >= len("abc"))
    return tuple([p for p in dict.fromkeys(parts) if p not in STOP_WORDS][:_MOST_SURNAMES])


def _positions(text: str) -> Iterable[tuple[int, str]]:
    position = 0
    for line in text.split("\n"):
        yield position + len(line) - len(line.lstrip()), line
        position += len(line) + 1
