"""Made-up records for the stand-in Crossref: a paper, its look-alikes, a notice, odd DOIs."""

from __future__ import annotations

from typing import Any

from citetrack.model import Doi, Question
from crossref_pools import POOLS, Pool

WIDE = dict.fromkeys(POOLS, Pool(1000, 100))

TEA = Doi("10.5555/tea")
SICI = Doi("10.5555/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2")
UNKNOWN = Doi("10.5555/unregistered")
ZENODO = Doi("10.5281/zenodo.1")

WORKS: list[dict[str, Any]] = [
    {
        "DOI": "10.5555/TEA",
        "title": ["Tea slows snails: a randomized trial"],
        "author": [{"family": "Ray", "given": "Ann"}, {"family": "Moe", "given": "Bo"}],
        "container-title": ["Journal of Made-up Biology"],
        "issued": {"date-parts": [[2025, 4, 7]]},
        "published": {"date-parts": [[2025, 4, 7]]},
        "type": "journal-article",
        "aliases": ["10.5555/preprint-of-tea"],
        "updated-by": [],
    },
    {
        "DOI": "10.5555/tea.s001",
        "title": ["Tea slows snails: a randomized trial"],
        "type": "component",
    },
    {
        "DOI": "10.65215/copy",
        "title": ["Tea slows snails: a randomized trial"],
        "author": [{"family": "Ray", "given": "Ann"}],
        "type": "posted-content",
        "published": {"date-parts": [[2025, 9, 1]]},
    },
    {
        "DOI": "10.5555/notice",
        "title": ["Retraction: Tea slows snails"],
        "type": "journal-article",
        "update-to": [
            {
                "DOI": "10.5555/Tea",
                "type": "Retraction",
                "source": source,
                "updated": {"date-parts": [[2025, 6, day]]},
            }
            for source, day in (("retraction-watch", 3), ("publisher", 2))
        ],
    },
    {"DOI": "10.5555/a#b", "title": ["Hash"]},
    {"DOI": "10.5555/a", "title": ["No hash"]},
    {"DOI": "10.5555/a?b", "title": ["Question mark"]},
    {"DOI": "10.5555/100%25", "title": ["Percent"]},
    {"DOI": SICI.value, "title": ["SICI"]},
]
SEARCH = Question(titles=("Tea slows snails",), authors=("Ray",), years=(2025,))
