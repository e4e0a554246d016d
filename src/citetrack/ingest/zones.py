"""Which zone of the story or the site a part of a page is: by its tags, names and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from citetrack.model import Zone


class Hold(IntEnum):
    """How firmly a part of a page is of a zone."""

    NONE = 0  # nothing said
    SOFT = 1  # share buttons, tags: a labelled reference inside is still one
    SIDE = 2  # a sidebar, an aside: so is one under its own heading
    FIRM = 3  # other stories, comments, navigation, the site's footer: all that is inside


@dataclass(frozen=True, slots=True)
class Hint:
    """What a tag, a class name or a heading says of a part of a page."""

    zone: Zone
    hold: Hold


RELATED = Hint(Zone.RELATED, Hold.FIRM)
SIDEBAR = Hint(Zone.RELATED, Hold.SIDE)
COMMENTS = Hint(Zone.COMMENTS, Hold.FIRM)
NAVIGATION = Hint(Zone.NAVIGATION, Hold.FIRM)
TOOLS = Hint(Zone.NAVIGATION, Hold.SOFT)
FOOTER = Hint(Zone.FOOTER, Hold.FIRM)
CAPTION = Hint(Zone.CAPTION, Hold.NONE)
ASIDE = Hint(Zone.ASIDE, Hold.SIDE)
MORE_INFORMATION = Hint(Zone.MORE_INFORMATION, Hold.NONE)

_OF_TAGS = {
    "nav": NAVIGATION,
    "menu": NAVIGATION,
    "dialog": NAVIGATION,
    "footer": FOOTER,
    "aside": ASIDE,
    "figcaption": CAPTION,
    "form": TOOLS,
    "button": TOOLS,
}

#: Words of class names, ids, roles and labels; two words stand for two neighbours.
_NAMES = {
    RELATED: """related relatedlinks relatedposts relatedstories recommended recommend
        recommendation recommendations recommends more-stories more-news more-articles more-posts
        more-from more-on more-like more-in more-headlines read-next read-more readmore read-also
        also-like also-read also-see see-also most-read most-popular most-viewed most-shared
        mostread trending popular latest recent teaser teasers promo promos promoted outbrain
        taboola sponsored recirc recirculation up-next upnext you-may similar further-reading
        editors-picks editor-picks top-stories topstories carousel next-story next-article
        next-post prev-story previous-story previous-post adjacent-posts zergnet explore-further
        other-stories other-news other-articles news-list story-list article-list card-list
        advert advertisement advertising ad ads sponsor sponsors partner-content""",
    SIDEBAR: """sidebar side-bar rail right-rail left-rail right-column left-column right-col
        left-col col-right col-left column-right column-left secondary widget-area complementary""",
    COMMENTS: """comment comments commentlist disqus discussion respond replies reactions
        reader-responses livefyre kommentare commentaires comentarios""",
    NAVIGATION: """nav navbar navigation menu menubar breadcrumb breadcrumbs pagination pager
        topbar masthead skip-link skip-links skiplink cookie cookies consent gdpr modal popup
        offcanvas site-header global-header search login""",
    TOOLS: """share sharing sharebar social newsletter newsletters subscribe subscription signup
        sign-up follow toolbar tools tags tag-list taglist topics print author-bio author-box
        author-info about-author""",
    FOOTER: "footer colophon contentinfo site-info imprint copyright",
    CAPTION: "caption cutline captions image-credit photo-credit img-caption",
    MORE_INFORMATION: """more-info more-information moreinfo article-main-more
        journal-reference journal-references journalreference journal-ref journal-info
        journal-information reference references citation citations bibliography bibliographic
        footnote footnotes endnote endnotes doc-endnotes doc-bibliography doc-footnote story-source
        article-source article-reference source-list publication-info publication-details
        publication-data study-info study-details study-reference paper-info paper-details
        paper-reference doi literature quellen original-publication""",
    ASIDE: "aside infobox fact-box factbox box-out boxout call-out callout sidenote key-points",
}
_HINTS = {name: hint for hint, names in _NAMES.items() for name in names.split()}
#: Names of other things: a count of comments, a link to the search.
_HARMLESS = frozenset(
    """comment-count comments-count comments-link comments-open no-comments has-sidebar with-sidebar
    no-sidebar ad-free most-recent search-result popular-science recent-research""".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LONGEST_NAMES = 200


@lru_cache(maxsize=8192)
def hint_of(tag: str, names: str) -> Hint | None:
    """Return what a tag with these class names, id and role says of its part of the page.

    >>> hint_of("div", "c-relatedStories").zone.value
    'related'
    """
    found = [_OF_TAGS[tag]] if tag in _OF_TAGS else []
    if names:
        found += _named(names)
    if not found:
        return None
    firm = [h for h in found if h.hold is Hold.FIRM and h is not FOOTER]
    more = MORE_INFORMATION in found
    return firm[0] if firm else MORE_INFORMATION if more else found[-1]


def _named(names: str) -> list[Hint]:
    words = [w.lower() for w in _WORD.findall(names[:_LONGEST_NAMES])]
    pairs = [f"{a}-{b}" for a, b in pairwise(words)]
    if not _HARMLESS.isdisjoint(pairs):
        return []
    found = [_HINTS[w] for w in words + pairs if w in _HINTS]
    triples = (f"{a}-{c}" for a, c in zip(pairs, words[2:], strict=False))
    return found + [_HINTS[w] for w in triples if w in _HINTS]


# ---------------------------------------------------------------- headings and labels

#: Headings and labels as they are printed, in lower case and without the colon.
_SAID = {
    RELATED: """related|related stories|related articles|related news|related content
        |related posts|related coverage|related links|related topics|related reading
        |related research|related studies|related story|related article|recommended
        |recommended for you|recommended reading|recommended stories|read more|read next
        |read also|also read|see also|more stories|more news|more headlines|more to explore
        |more to read|keep reading|up next|most read|most popular|most viewed|most shared
        |trending|trending now|trending topics|popular|popular stories|popular now|latest
        |latest news|latest stories|latest articles|recent|recent news|recent posts
        |recent stories|recent articles|top stories|top news|top headlines|other stories
        |other news|other news from us|you may also like|you might also like
        |you may be interested in|explore further|explore more|don't miss|editors' picks
        |editor's picks|featured|featured stories|in other news|next story|next article
        |previous story|similar stories|similar articles|sponsored|sponsored content
        |advertisement|around the web|from around the web|breaking news|strange & offbeat
        |mehr zum thema|lesen sie auch|auch interessant|weitere artikel|meistgelesen
        |verwandte artikel|das könnte sie auch interessieren|à lire aussi|lire aussi
        |sur le même sujet|les plus lus|articles liés|lea también|lee también
        |te puede interesar|también te puede interesar|noticias relacionadas|lo más leído
        |leia também|leia mais|veja também|notícias relacionadas|mais lidas|leggi anche
        |articoli correlati|più letti|potrebbe interessarti|lees ook|lees meer|meer nieuws
        |gerelateerd|meest gelezen|à lire également|läs också|läs mer|læs også|les også
        |lue myös|czytaj także|čtěte také|kapcsolódó cikkek|i̇lgili haberler|ilgili haberler
        |читайте также|διαβάστε επίσης|اقرأ أيضا|関連記事|関連ニュース|おすすめ
        |あわせて読みたい|人気記事|相关阅读|相关新闻|推荐阅读|延伸阅读|관련기사|관련 기사""",
    COMMENTS: """comments|comment|reader comments|your comments|add a comment
        |leave a comment|leave a reply|join the discussion|join the conversation
        |have your say|user comments|responses|kommentare|leserkommentare|lesermeinungen
        |commentaires|vos commentaires|réactions|vos réactions|comentarios|comentários
        |commenti|reacties|kommentarer|kommentit|komentarze|komentáře|diskuse|hozzászólások
        |yorumlar|комментарии|σχόλια|التعليقات|コメント|评论|評論|댓글""",
    TOOLS: """share|share this|share this article|share this story|tags|topics
        |newsletter|newsletters|sign up|subscribe|follow us|stay informed|cite this page
        |print|email|about the author|about the authors|about the writer""",
    MORE_INFORMATION: """more information|further information|journal reference
        |journal references|journal information|reference|references|citation|citations|cite
        |cited study|story source|source|sources|original publication|original research
        |original study|original paper|original article|publication|publication details
        |publication information|about the study|about this study|about this research
        |about the paper|about this paper|about the publication|study|the study
        |study details|study reference|paper|the paper|research paper|paper details
        |read the paper|read the study|read the research|doi|journal|article title
        |article publication date|method of research|notes|notes to editors
        |notes for editors|note to editors|footnotes|bibliography|literature
        |literature cited|works cited|published in|full citation|primary source
        |link to study|link to the study|link to paper|study link|additional information
        |quelle|quellen|originalpublikation|originalveröffentlichung|originalarbeit
        |literatur|publikation|weitere informationen|zur studie|studie|référence|références
        |source originale|publication originale|pour en savoir plus|l'étude|bibliographie
        |en savoir plus|fuente|fuentes|referencia|referencias|referencia bibliográfica
        |más información|artículo original|fonte|fontes|referência|referências
        |mais informações|artigo original|riferimento|riferimenti|fonti|pubblicazione
        |lo studio|bron|bronnen|referentie|referenties|publicatie|meer informatie|källa
        |källor|kilde|kilder|lähde|lähteet|źródło|źródła|zdroj|zdroje|forrás|kaynak|kaynaklar
        |источник|источники|πηγή|πηγές|المصدر|論文|論文情報|掲載論文|参考文献|出典|论文信息
        |论文|参考资料|原文|来源|논문|논문 정보|참고문헌|출처""",
}
_CUES = {
    " ".join(phrase.split()): hint for hint, said in _SAID.items() for phrase in said.split("|")
}
#: "More from Health", "12 comments".
_CUE_STARTS = (
    ("more from ", RELATED),
    ("more on ", RELATED),
    ("more in ", RELATED),
    ("more about ", RELATED),
    ("latest from ", RELATED),
    ("latest in ", RELATED),
    ("most read in ", RELATED),
    ("trending in ", RELATED),
    ("popular in ", RELATED),
    ("recommended for ", RELATED),
    ("other stories ", RELATED),
    ("related stories", RELATED),
    ("you might ", RELATED),
    ("you may ", RELATED),
    ("what others ", RELATED),
    ("what to read ", RELATED),
    ("sponsored by ", RELATED),
    ("also on ", RELATED),
    ("sign up ", TOOLS),
    ("subscribe to ", TOOLS),
    ("journal reference", MORE_INFORMATION),
)
_STARTS = tuple(start for start, _ in _CUE_STARTS)
_COUNTED_COMMENTS = re.compile(
    r"\(?\d[\d,.]*\)? (?:comments?|replies|responses|reactions|kommentare)\b"
)
#: Blogs print the story's title here: "3 responses to “…”".
_COMMENTS_ON = re.compile(
    r"""(?:\d[\d,.]*|one)\ (?:comments?|responses?|repl(?:y|ies)|thoughts?|reactions?|kommentare?
        |gedanken?|commentaires?|réflexions?|comentarios?|comentários?|commenti?|reacties?)[ ]
        (?:on|to|zu|sur|en|sobre|su|op)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTED = re.compile(r" ?[(\[:]? ?\d[\d,.]*[)\]]?$")
#: "More health news", "Podcasts of the week": headings of lists, whatever they list.
_OF_A_LIST = re.compile(
    r"""more\ (?:[\w'-]+\ ){0,3}(?:news|stories|articles|posts|episodes|podcasts|videos|headlines
        |coverage|releases|studies|reading)$
      | [\w'-]+s\ of\ the\ (?:day|week|month|year)$""",
    re.VERBOSE,
)
LONGEST_CUE = 60


def heading_cue(text: str) -> Hint | None:
    """Return what a heading, or a label that stands alone, says of what follows it."""
    if len(text) > LONGEST_CUE or "\n" in text:
        return COMMENTS if _COMMENTS_ON.match(text) else None
    said = text.lower().replace("\u2019", "'").strip(" :\u00a0.…»>-–—|▸►")
    if hint := _CUES.get(said):
        return hint
    if said.startswith(_STARTS):
        hint = next(hint for start, hint in _CUE_STARTS if said.startswith(start))
        return hint if hint is not MORE_INFORMATION or ": " not in text else None
    if said[:1] in "(0123456789" and _COUNTED_COMMENTS.match(said):
        return COMMENTS
    if said[-1:] in ")]0123456789" and _CUES.get(_COUNTED.sub("", said)) is COMMENTS:
        return COMMENTS
    return RELATED if _OF_A_LIST.match(said) else None


def label_cue(text: str) -> Hint | None:
    """Return what the label before the first colon of a block says of the block.

    >>> label_cue("More information: A. Author et al").zone.value
    'more-information'
    """
    label, colon, _ = text[:LONGEST_CUE].partition(":")
    if not colon:
        label, colon, _ = text[:LONGEST_CUE].partition("\uff1a")
    if colon:
        hint = heading_cue(label)
        return hint if hint is MORE_INFORMATION or hint is RELATED else None
    return MORE_INFORMATION if _BARE_DOI_LABEL.match(text) else None


_BARE_DOI_LABEL = re.compile(r"(?:doi|pmid|pmcid)\s?:?\s?\S*\d", re.IGNORECASE)
_CITATION = re.compile(
    r"\b10\.\d{4,9}/\S|\bdoi\b|\bet al\b|\bPMID\b|\bjournal\b|arxiv", re.IGNORECASE
)


_OF_A_PAPER = re.compile(
    r"\b(?:doi|pmid|journal|references?|publication|publikation|article title|zeitschrift|revue"
    r"|revista|rivista|tijdschrift)\b|論文",
    re.IGNORECASE,
)


def names_paper(label: str) -> bool:
    """Tell whether the label of a row says that the table describes a paper."""
    return len(label) <= LONGEST_CUE and bool(_OF_A_PAPER.search(label))


def holds_citation(text: str) -> bool:
    """Tell whether a text could point to a paper."""
    return bool(_CITATION.search(text))
