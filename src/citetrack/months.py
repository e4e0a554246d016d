"""Months named alone: whether one says when the story's own study came out."""

from __future__ import annotations

import re

_REACH = 80
#: What a month alone must stand beside: "published in the journal Gut in August".
_OUT_IN = re.compile(
    r"""\b(?:publi(?!c\b)\w+|(?<!adults[ ])(?<!people[ ])(?<!users[ ])(?<!women[ ])
        (?<!parents[ ])online|posted|appeared|released|came[ ]out|erschien\w*
        |veroffentlicht\w*|gepubliceerd|versche(?:en|nen)|paru\w*|pubblicat\w+|uscit[oaie]|apareci\w+
        |salio|saiu)
        (?![ ](?:data|records|figures|statistics))[^.!?,;\n]{0,60}$""",
    re.VERBOSE,
)
#: Or before what was done in it: "im Mai in Nature erschienen", "In May, a team reported in Gut".
_OUT_AFTER = re.compile(
    r"""[^.!?,;\n]{0,60}\b(?:erschien|veroffentlicht|gepubliceerd|versche(?:en|nen)\b)
        |,[ ][^.!?,;\n]{0,60}\b(?:researchers|scientists|team|study|paper|they|she|he)\b
          [^.!?,;\n]{0,30}\b(?:published|reported|described|appeared|wrote)\b
          [^.!?;\n]{0,40}[ ]in[ ]""",
    re.VERBOSE,
)
#: A month long before the story is its study's where "the" study came out in it, or a journal is
#: named beside it: "the study, published in May", "published in May in Gut". "A study published in
#: May" is another one.
_OWN_BEFORE = re.compile(
    r"""\b(?i:the|this|these|their|his|her|its|new)\s(?:[\w'’-]+\s){0,2}?
          (?:study|paper|research|findings|work|results|trial|analysis|survey)\b[^.!?;\n]{1,60}$
        |\b(?:in|im|dans|en|em|na|su|sulla)\s(?:(?:the|der|la|the\sjournal)\s)?
          [“"«»‘'*_]?[A-Z][\w’'-]{2,}[^.!?;\n]{1,60}$""",
    re.VERBOSE,
)
_OWN_AFTER = re.compile(
    r"""(?:,?\s(?:in|im|dans|en|em|na|su|sulla|by)\s(?:(?:the|der|la)\s)?(?:\w+\s)?[“"«»‘'*_]?[A-Z]
        |[^.!?;\n]{0,40}\b(?:erschien|veröffentlicht|gepubliceerd|verschenen)
        |,\s(?:researchers|scientists|a\steam))""",
    re.VERBOSE,
)


def came_out_in(text: str, folded: str, month: tuple[int, int], *, long_ago: bool) -> bool:
    """Return whether a month named alone is when the story's own study came out.

    `folded` is the text as `fold_in_place` gives it, `month` where the name stands.
    """
    start, end = month
    head = max(0, start - _REACH)
    if not (_OUT_IN.search(folded, head, start) or _OUT_AFTER.match(folded, end)):
        return False
    own = _OWN_BEFORE.search(text[head:start]) or _OWN_AFTER.match(text, end)
    return not long_ago or bool(own)
