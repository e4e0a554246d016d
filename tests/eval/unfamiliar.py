"""How well stories of unfamiliar outlets are linked: papers, times and places of no fit.

    python tests/eval/unfamiliar.py

The stories are those of phrasing.jsonl, the papers those of phrasing_works.jsonl. Beside them
stand our other works and, by both recipes of siblings.py, other papers of the same people and
journals. Then the papers are taken out, and every link is wrong.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from linking import Figures, measure, read
from siblings import members, siblings, team

HERE = Path(__file__).parent


def figures() -> tuple[Figures, Figures]:
    """Return the figures with the papers among the works, and without them."""
    papers = read(HERE / "phrasing_works.jsonl")
    rest = read(HERE / "works.jsonl")
    decoys = [
        {**work, "DOI": f"{work['DOI']}.{recipe.__name__}"}
        for recipe in (team, members)
        for work in siblings(papers, rest, random.Random(5), recipe)
    ]
    stories = _with_dois(read(HERE / "phrasing.jsonl"), papers)
    return _measured(stories, [*rest, *decoys, *papers]), _measured(stories, [*rest, *decoys])


def _with_dois(stories: list[dict[str, Any]], papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    dois: dict[str, list[str]] = {}
    for paper in papers:
        for story in paper["_stories"]:
            dois.setdefault(story, []).append(paper["DOI"])
    told = ((s, dois.get(s["id"], [])) for s in stories)
    return [{**s, "dois": found, "clue": "told" if found else "none"} for s, found in told]


def _measured(stories: list[dict[str, Any]], works: list[dict[str, Any]]) -> Figures:
    """Return the figures of the stories with a study; wrong links are those of all stories."""
    with tempfile.TemporaryDirectory() as folder:
        pool = Path(folder, "works.jsonl.gz")
        with gzip.open(pool, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(w) + "\n" for w in works)
        found = measure(stories, pool)
    told = found["told"]
    return Figures(told.stories, told.first, told.five, told.accepted, found["all"].wrong)


if __name__ == "__main__":
    for name, f in zip(("papers there", "papers missing"), figures(), strict=True):
        print(
            f"{name}: {f.stories} stories, first {f.top1:.3f}, among five {f.top5:.3f}, links"
            f" {f.accepted}, wrong {f.wrong}"
        )
