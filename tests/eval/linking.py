"""How well stories are linked to their papers: figures for a set of stories and a pool of works.

    python tests/eval/linking.py [STORIES WORKS]

Stories are JSON lines with `dois` (or a gold file beside them) and a `clue`: A an author is named,
J the journal is, "DOI" the identifier is printed, "none" there is no study.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citetrack.config import Settings
from citetrack.pipeline import Checker

HERE = Path(__file__).parent
ACCEPTED = {"exact", "strong"}


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over stories: right paper first or among five, links stood behind, wrong ones."""

    stories: int = 0
    first: int = 0
    five: int = 0
    accepted: int = 0
    wrong: int = 0

    def plus(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(self.astuple(), other.astuple(), strict=True)))

    def astuple(self) -> tuple[int, ...]:
        return (self.stories, self.first, self.five, self.accepted, self.wrong)

    @property
    def top1(self) -> float:
        return self.first / max(1, self.stories)

    @property
    def top5(self) -> float:
        return self.five / max(1, self.stories)

    @property
    def recall(self) -> float:
        return (self.accepted - self.wrong) / max(1, self.stories)


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON lines file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def measure(stories: list[dict[str, Any]], works: Path) -> dict[str, Figures]:
    """Return the figures by clue, and under "all"; a story's gold is its `dois`."""
    by_clue: dict[str, Figures] = defaultdict(Figures)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "stories.jsonl")
        path.write_text("".join(json.dumps(s) + "\n" for s in stories), encoding="utf-8")
        with Checker(Settings(works=(works,), offline=True)) as checker:
            reports = [checker.check(item).to_dict() for item in checker.reader().read(str(path))]
    for story, report in zip(stories, reports, strict=True):
        figures = _figures({d.lower() for d in story["dois"]}, report["references"])
        for key in ("all", story["clue"]):
            by_clue[key] = by_clue[key].plus(figures)
    return dict(by_clue)


def _figures(gold: set[str], references: list[dict[str, Any]]) -> Figures:
    best: dict[str, float] = {}
    for reference in references:
        for candidate in reference["candidates"]:
            doi = candidate["doi"]
            best[doi] = max(best.get(doi, 0.0), candidate["confidence"])
    ranking = sorted(best, key=lambda doi: -best[doi])
    links = {r["doi"] for r in references if r["status"] in ACCEPTED}
    first, five = bool(gold & {*ranking[:1]}), bool(gold & {*ranking[:5]})
    return Figures(1, first, five, len(links), len(links - gold))


def main() -> None:
    stories, works = (Path(p) for p in sys.argv[1:3]) if len(sys.argv) > 2 else (
        HERE / "stories.jsonl", HERE / "works.jsonl",
    )  # fmt: skip
    rows = read(stories)
    gold = stories.with_name("gold.jsonl.gz")
    if "dois" not in rows[0] and gold.exists():
        known = {g["id"]: g for g in read(gold)}
        rows = [{**r, "dois": known[r["id"]]["dois"], "clue": known[r["id"]]["clue"]} for r in rows]
    print(f"{len(rows)} stories, pool {works.name}")
    print("clue  stories  top-1  top-5  accepted  wrong  recall")
    for clue, f in sorted(measure(rows, works).items()):
        print(
            f"{clue:5} {f.stories:7}  {f.top1:.3f}  {f.top5:.3f}  {f.accepted:8}  {f.wrong:5}"
            f"  {f.recall:.3f}"
        )


if __name__ == "__main__":
    main()
