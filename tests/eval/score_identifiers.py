"""Scores identifier finding on a file of cases: exact cases, precision and recall, and failures.

    python tests/eval/score_identifiers.py [CASES.jsonl]

A case is one JSON line: {"id", "kind": "text"|"html"|"url", "input", "expected": [{"type",
"value"}], "scope": [types that count], "tags": []}; without a scope every type counts.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citetrack.identifiers import find_identifiers

OWN_CASES = Path(__file__).with_name("identifiers.jsonl")
Pair = tuple[str, str]


@dataclass(slots=True)
class Score:
    """Counts over cases and over the identifiers in them."""

    cases: int = 0
    exact: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, expected: set[Pair], found: set[Pair]) -> None:
        self.cases += 1
        self.exact += expected == found
        self.right += len(expected & found)
        self.wrong += len(found - expected)
        self.missed += len(expected - found)

    @property
    def exact_share(self) -> float:
        return self.exact / self.cases if self.cases else 1.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def line(self, name: str) -> str:
        shares = (self.exact_share, self.precision, self.recall)
        return f"{name:24}{self.cases:5} " + " ".join(f"{100 * s:6.1f}" for s in shares)


@dataclass(slots=True)
class Scores:
    """Scores of a file of cases: overall, by type of identifier, by tag; and what failed.

    By type, a case counts where the type is in its scope and expected or found, so that cases
    without any do not flatter; `all` counts every case.
    """

    all: Score = field(default_factory=Score)
    by_type: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_tag: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_kind: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    failures: list[str] = field(default_factory=list)


def read_cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def score(cases: list[dict[str, Any]]) -> Scores:
    scores = Scores()
    for case in cases:
        _score_case(scores, case)
    return scores


def _score_case(scores: Scores, case: dict[str, Any]) -> None:
    scope = case.get("scope")
    expected = {(e["type"], e["value"]) for e in case["expected"]}
    found = {(x.kind, x.value) for x in find_identifiers(case["input"], case["kind"])}
    found = {x for x in found if scope is None or x[0] in scope}
    scores.all.add(expected, found)
    scores.by_kind[case["kind"]].add(expected, found)
    for tag in case["tags"]:
        scores.by_tag[tag].add(expected, found)
    for kind in {t for t, _ in expected | found}:
        scores.by_type[kind].add(
            {x for x in expected if x[0] == kind}, {x for x in found if x[0] == kind}
        )
    if expected != found:
        missed, wrong = sorted(expected - found), sorted(found - expected)
        scores.failures.append(
            f"{case['id']}: missed {missed} wrong {wrong}\n    {case['input']!r}"
        )


def report(scores: Scores) -> str:
    lines = [f"{'':24}cases  exact      P      R", scores.all.line("all")]
    for title, part in (
        ("kind of input", scores.by_kind),
        ("type", scores.by_type),
        ("tag", scores.by_tag),
    ):
        lines += [f"\nby {title}", *(part[name].line(name) for name in sorted(part))]
    return "\n".join([*lines, f"\n{len(scores.failures)} failures", *scores.failures])


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else OWN_CASES
    sys.stdout.write(report(score(read_cases(path))) + "\n")


if __name__ == "__main__":
    main()
