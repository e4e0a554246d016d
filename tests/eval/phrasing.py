"""How well stories of unfamiliar outlets are read: journals, people, dates, studies.

    python tests/eval/phrasing.py [STORIES] [-v] [--half 0|1] [--languages en,de]

Each line of STORIES has `mentions`: kind (container, author, outsider, date, institution), span,
value, and the number of the study that it belongs to. People are compared by surname, a story at
a time; -v names what was missed or wrong.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetrack.containers import journal_key
from citetrack.mentions import find_mentions
from citetrack.model import Article, Mention, PartialDate
from citetrack.names import parse_name
from citetrack.references import group_references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.model import Reference

HERE = Path(__file__).parent


@dataclass(slots=True)
class Figures:
    """Counts over stories; a share of nothing is 1."""

    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0

    def shares(self) -> dict[str, float]:
        """Return every figure under the name that the floors use."""
        return {
            "journals.precision": self.share("journals right", "journals found"),
            "journals.recall": self.share("journals met", "journals"),
            "authors.precision": self.share("authors right", "authors found"),
            "authors.recall": self.share("authors met", "authors"),
            "authors.named": self.share("authors named", "authors"),
            "outsiders.precision": self.share("outsiders right", "outsiders found"),
            "outsiders.recall": self.share("outsiders met", "outsiders"),
            "dates.precision": self.share("dates right", "dates found"),
            "dates.recall": self.share("dates met", "dates"),
            "institutions.recall": self.share("institutions met", "institutions"),
            "studies.counted": self.share("studies right", "stories"),
            "studies.assigned": self.share("assigned", "assignable"),
        }


def read(path: Path) -> list[dict[str, Any]]:
    """Return the stories of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure(stories: Iterable[dict[str, Any]]) -> Figures:
    """Return the counts over all stories."""
    figures = Figures()
    for story in stories:
        published = PartialDate.parse(story["published"])
        article = Article(story["id"], story["text"], title=story["title"], published=published)
        mentions = find_mentions(article)
        gold = story["mentions"]
        _count_journals(figures, story, gold, mentions)
        _count_people(figures, story, gold, mentions)
        _count_dates(figures, story, gold, mentions)
        _count_institutions(figures, story, gold, mentions)
        references = [r for r in group_references(article, mentions) if not r.doubt]
        _count_studies(figures, story, gold, references)
    return figures


def _tally(
    figures: Figures, story: dict[str, Any], kind: str, gold: set[str], found: set[str]
) -> None:
    """Count what was met of the gold; a remark for each miss and each false find."""
    figures.counts[kind] += len(gold)
    figures.counts[f"{kind} met"] += len(gold & found)
    figures.counts[f"{kind} found"] += len(found)
    figures.counts[f"{kind} right"] += len(gold & found)
    for what, values in (("missed", gold - found), ("false", found - gold)):
        figures.remarks += [f"{story['id']} {kind} {what}: {v}" for v in sorted(values)]


def _gold(gold: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [g for g in gold if g["kind"] == kind]


def _count_journals(
    figures: Figures, story: dict[str, Any], gold: list[dict[str, Any]], found: tuple[Mention, ...]
) -> None:
    def key(name: str) -> str:
        return journal_key(name)

    named = {key(g["value"]) for g in _gold(gold, "container")}
    _tally(
        figures, story, "journals", named, {key(m.value) for m in found if m.kind == "container"}
    )


def _surname(name: str) -> str:
    parsed = parse_name(name)
    return parsed.core.rsplit(" ", 1)[-1] if parsed else name


def _count_people(
    figures: Figures, story: dict[str, Any], gold: list[dict[str, Any]], found: tuple[Mention, ...]
) -> None:
    people = [m for m in found if m.kind in {"author", "person"}]
    for kind in ("author", "outsider"):
        named = {_surname(g["value"]) for g in _gold(gold, kind)}
        told = {_surname(m.value) for m in people if m.role == kind}
        _tally(figures, story, f"{kind}s", named, told)
    authors = {_surname(g["value"]) for g in _gold(gold, "author")}
    outsiders = {_surname(m.value) for m in people if m.role == "outsider"}
    figures.counts["authors named"] += len(
        authors & ({_surname(m.value) for m in people} - outsiders)
    )


def _count_dates(
    figures: Figures, story: dict[str, Any], gold: list[dict[str, Any]], found: tuple[Mention, ...]
) -> None:
    told = {g["value"] for g in _gold(gold, "date")}
    read = {m.value for m in found if m.kind == "date"}
    _tally(figures, story, "dates", told, read)


def _count_institutions(
    figures: Figures, story: dict[str, Any], gold: list[dict[str, Any]], found: tuple[Mention, ...]
) -> None:
    named = {g["value"].casefold() for g in _gold(gold, "institution")}
    read = {m.value.casefold() for m in found if m.kind == "institution"}
    met = {n for n in named if any(n in r or r in n for r in read)}
    figures.counts["institutions"] += len(named)
    figures.counts["institutions met"] += len(met)
    figures.remarks += [f"{story['id']} institutions missed: {n}" for n in sorted(named - met)]


def _count_studies(
    figures: Figures,
    story: dict[str, Any],
    gold: list[dict[str, Any]],
    references: list[Reference],
) -> None:
    studies = defaultdict(list)
    for g in gold:
        if "study" in g:
            studies[g["study"]].append(g)
    figures.counts["stories"] += 1
    figures.counts["studies right"] += len(studies) == len(references)
    if len(studies) != len(references):
        summaries = "; ".join(r.summary for r in references)
        figures.remarks.append(
            f"{story['id']} studies: {len(studies)}, found {len(references)}: {summaries}"
        )
    if len(studies) > 1:
        _count_assigned(figures, story, studies, references)


def _count_assigned(
    figures: Figures,
    story: dict[str, Any],
    studies: dict[int, list[dict[str, Any]]],
    references: list[Reference],
) -> None:
    """Count the gold mentions that stand with their study: each study has one best reference."""
    free = dict(enumerate(references))
    for number, mine in sorted(studies.items(), key=lambda s: -len(s[1])):
        shared = {n: _inside(mine, r) for n, r in free.items()}
        best = max(shared, key=lambda n: len(shared[n]), default=None)
        met = shared[best] if best is not None else []
        if best is not None and met:
            del free[best]
        figures.counts["assignable"] += len(mine)
        figures.counts["assigned"] += len(met)
        figures.remarks += [
            f"{story['id']} study {number} lacks {g['value']}" for g in mine if g not in met
        ]


def _inside(mine: list[dict[str, Any]], reference: Reference) -> list[dict[str, Any]]:
    return [
        g
        for g in mine
        if any(m.start < g["end"] and g["start"] < m.end for m in reference.mentions)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=Path, default=HERE / "phrasing.jsonl")
    parser.add_argument("-v", action="store_true", dest="verbose")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--languages", default="")
    options = parser.parse_args()
    stories = read(options.stories)
    if options.half is not None:
        stories = [s for s in stories if int(s["id"][-2:]) % 2 == options.half]
    if options.languages:
        stories = [s for s in stories if s["language"] in options.languages.split(",")]
    figures = measure(stories)
    if options.verbose:
        print("\n".join(figures.remarks))
    print(f"{figures.counts['stories']} stories")
    for name, share in figures.shares().items():
        print(f"{name:22} {share:.3f}")
    print(dict(figures.counts))


if __name__ == "__main__":
    main()
