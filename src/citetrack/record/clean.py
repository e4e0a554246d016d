"""Titles, names and abstracts of records, freed of JATS, HTML and MathML."""

from __future__ import annotations

import re
from html import unescape

from citetrack.text import printable, squeeze

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->|<[?!][^<>]*>")
#: Tags that authors' systems escape once too often; after unescaping, "<" may also be "less than".
_INLINE = re.compile(
    r"</?(?:jats:|mml:|m:|ns\d:)?(?:i|b|u|p|em|emph|strong|italic|bold|sup|sub|sc|scp|tt|inf|small"
    r"|span|font|div|br|a|title|sec|list|list-item|underline|inline-formula|styled-content|ext-link"
    r"|math|m[a-z]{1,12})(?:\s[^<>]*)?/?>|<\?[^<>]*\?>",
    re.IGNORECASE,
)
#: What begins a new paragraph: a heading must not run into the first sentence after it.
_BLOCK = re.compile(
    r"</?(?:[\w.-]+:)?(?:p|title|subtitle|sec|list|list-item|li|ul|ol|div|break|br|label|table|tr|h[1-6]"
    r"|disp-formula|disp-quote)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</?(?:[\w.-]+:)?t[dh](?:\s[^<>]*)?/?>", re.IGNORECASE)
#: TeX beside MathML says the same thing twice.
_TEX = re.compile(r"<(?:[\w.-]+:)?(?:tex-math|annotation)\b[^<>]*>[^<]*<", re.IGNORECASE)
#: 10<sup>6</sup> must not become 106. Beginning with "<" it is found ten times as quickly.
_POWER = re.compile(
    r"<(?<=\d<)(?:jats:)?sup>(?=[-−–+]?\d|&(?:\#8722|\#x2212|minus|ndash);)", re.IGNORECASE
)
_ROUNDS = 3
_PARAGRAPHS = re.compile(r"\n\s*\n")
_HEADINGS = frozenset(
    "abstract summary zusammenfassung abstrakt résumé resumen resumo riassunto samenvatting".split()
)
_NO_ABSTRACT = re.compile(
    r"""(?:(?:the|an|no)\s)?abstract(?:\s(?:is|was|text))?
          (?:\s(?:not|un)?\s?(?:available|provided|supplied|given|required|applicable))?
      | not\s(?:available|applicable|provided) | unavailable
      | n/?a | none | null | nil | undefined | tb[ad] | \[?\.\.\.\]?
      | (?:no\sdisponible|sin\sresumen|resumen\sno\sdisponible|kein\sabstract|pas\sde\srésumé)""",
    re.VERBOSE | re.IGNORECASE,
)
_EDGES = " \t\n.,;:-–—_*•[](){}\"'"


def clean_text(raw: str | None) -> str | None:
    """Return a title or name on one line without markup, or None when nothing is left.

    >>> clean_text("CO<sub>2</sub> &amp;amp; <i>E.&nbsp;coli</i>")
    'CO2 & E. coli'
    """
    if not raw:
        return None
    if raw.isalnum():  # a volume, an issue, one word
        return raw
    if "<" in raw or "&" in raw:
        raw = _without_markup(raw)
    if "  " in raw or not raw.isprintable():
        raw = squeeze(printable(raw))
    return raw.strip() or None


def clean_abstract(raw: str | None) -> str | None:
    """Return an abstract as paragraphs parted by blank lines, or None for a placeholder.

    Headings are paragraphs of their own, so that sentences stay apart.
    """
    if not raw:
        return None
    text = _without_markup(_CELL.sub(" ", _BLOCK.sub("\n\n", raw)))
    if "\n" in text and _BLOCK.search(raw) is None:
        text = text.replace("\n", " ")
    paragraphs = [squeeze(printable(p)) for p in _PARAGRAPHS.split(text)]
    paragraphs = [p for p in paragraphs if p]
    if len(paragraphs) > 1 and paragraphs[0].strip(_EDGES).casefold() in _HEADINGS:
        del paragraphs[0]
    cleaned = "\n\n".join(paragraphs)
    bare = cleaned.strip(_EDGES)
    return None if not bare or _NO_ABSTRACT.fullmatch(bare) else cleaned


def _without_markup(text: str) -> str:
    """Return `text` without tags and entities, also where they were escaped twice."""
    if "math" in text:
        text = _TEX.sub("<", text)
    text = unescape(_TAG.sub("", _POWER.sub("^", text)))
    for _ in range(_ROUNDS):
        before = text
        if "<" in text:
            text = _INLINE.sub("", _BLOCK.sub("\n\n", _POWER.sub("^", text)))
        if "&" in text:
            text = unescape(text)
        if text == before:
            break
    return text
