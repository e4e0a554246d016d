"""Fit the weights of linking on stories with known papers, and write resources/linking.toml.

    python tests/eval/fit_linking.py FOLDER POOL [--write]

FOLDER is the measuring material (stories.jsonl.gz, gold.jsonl.gz, no-study.jsonl.gz, cd2cr-*),
POOL a works file with hard decoys. Without --write the cross-validated figures are shown and
nothing is written; folds are by paper, so that no paper is fitted and tested on.

The model is a choice among a story's candidates and "none of these", whose weight is one more
parameter (a conditional logit): it is fitted on stories with their paper among the works, on the
same stories without it, and on stories without a study. A weak pull towards the weights that we
would have guessed keeps rare signals in their place.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from citetrack.config import Settings
from citetrack.features import Story, compare, named_values
from citetrack.mentions import find_mentions
from citetrack.pipeline import Checker
from citetrack.references import group_references
from citetrack.strategies import SEARCHED, KnowsRarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "src" / "citetrack" / "resources" / "linking.toml"
FOLDS, PULL, STEPS, LONGEST_STEP, LIKELY = 5, 0.5, 25, 4.0, 0.7
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one reference, as measured; `right` is -1 where it is none of them."""

    key: str
    data: str
    values: Vector
    fixed: Vector
    right: int
    weight: float


def main() -> None:
    options = _options()
    names, guessed, fixed = _known()
    choices = [*_all_choices(options.folder, options.pool, names, fixed)]
    usable = [c for c in choices if c.right >= 0 or not c.data.endswith("with")]
    print(f"{len(usable)} choices, {len(names)} weights fitted, {len(fixed)} set by hand")
    _cross_validate(choices, usable, guessed)
    weights, absent = fit(usable, guessed)
    for name, weight in zip(names, weights, strict=True):
        print(f"{name:22} {weight:6.2f}")
    print(f"{'none of these':22} {absent:6.2f}")
    if options.write:
        _write(dict(zip(names, weights, strict=True)), absent)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _known() -> tuple[list[str], Vector, dict[str, float]]:
    """Return the names to fit with our guesses, and what is set by hand, from the table."""
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    guesses = {f"{g}.{k}": float(v) for g, t in data["guessed"].items() for k, v in t.items()}
    by_hand = {f"{g}.{k}": float(v) for g, t in data["by-hand"].items() for k, v in t.items()}
    names = [n for n in guesses if n not in by_hand]
    return names, np.array([guesses[n] for n in names]), by_hand


# ---------------------------------------------------------------- what is measured


def _all_choices(
    folder: Path, pool: Path, names: list[str], fixed: dict[str, float]
) -> Iterator[Choice]:
    """Yield the choices of every set of stories, with and without their papers."""
    gold = _gold(folder / "gold.jsonl.gz")
    news, none = folder / "stories.jsonl.gz", folder / "no-study.jsonl.gz"
    small, own = folder / "pool-small.jsonl.gz", HERE / "stories.jsonl"
    sets: tuple[tuple[str, Path, Path, dict[str, set[str]]], ...] = (
        ("decoys", news, pool, gold),
        ("small", news, small, gold),
        ("no study", none, pool, {}),
        (
            "abstracts",
            folder / "cd2cr-stories.jsonl.gz",
            folder / "cd2cr-pool.jsonl.gz",
            _gold(folder / "cd2cr-gold.jsonl.gz"),
        ),
        ("no study, abstracts", none, folder / "cd2cr-pool.jsonl.gz", {}),
        ("own", own, HERE / "works.jsonl", _gold(own)),
    )
    for data, stories, works, right in sets:
        for key, rows in _measured(stories, works):
            yield from _choices(_Asked(data, key, right.get(key, set())), rows, names, fixed)


#: The candidates of a story: the DOI of each, and what was measured by name.
_Rows = list[tuple[str, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A story of a set, and the DOIs of its papers."""

    data: str
    story: str
    gold: set[str]


def _measured(stories: Path, works: Path) -> Iterator[tuple[str, _Rows]]:
    """Yield each reference's story and, by DOI, what was measured of its candidates."""
    with Checker(Settings(works=(works,), offline=True)) as checker:
        source = checker.sources.local[0]
        assert isinstance(source, KnowsRarity)
        for item in checker.reader().read(str(stories)):
            if item.article is None:
                continue
            story = Story.of(item.article)
            references = group_references(item.article, find_mentions(item.article))
            for reference in references[:1]:  # the story's main study
                found = source.search(reference.question, limit=SEARCHED).works
                rows = []
                for work in found:
                    compared = compare(reference, story, work, source.rarity, asked=False)
                    rows.append((work.doi.value, dict(named_values(compared))))
                yield str(item.id), rows


def _choices(
    asked: _Asked, rows: _Rows, names: list[str], fixed: dict[str, float]
) -> Iterator[Choice]:
    """Yield the choice with the story's paper among the candidates, and the one without it."""
    if not rows:
        return
    key = min(asked.gold, default=f"none:{asked.story}")
    values = np.array([[v.get(n, 0.0) for n in names] for _, v in rows])
    added = np.array([sum(fixed.get(n, 0.0) * x for n, x in v.items()) for _, v in rows])
    right = next((i for i, (doi, _) in enumerate(rows) if doi in asked.gold), -1)
    if asked.gold:
        yield Choice(key, f"{asked.data}, with", values, added, right, 1.0)
    others = [i for i in range(len(rows)) if i != right]
    weight = 0.5 if asked.gold else 1.0
    yield Choice(key, f"{asked.data}, without", values[others], added[others], -1, weight)


def _gold(path: Path) -> dict[str, set[str]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    # Some DOIs of the news extracts are written with their scheme.
    return {r["id"]: {d.lower().removeprefix("doi:") for d in r["dois"]} for r in rows}


# ---------------------------------------------------------------- the fit


def fit(choices: Iterable[Choice], guessed: Vector) -> tuple[Vector, float]:
    """Return the weights and what "none of these" weighs, by Newton's method."""
    choices = tuple(choices)
    w = np.append(guessed, 8.0)
    width = len(guessed)
    for _ in range(STEPS):
        slope = np.zeros(width + 1)
        bend = np.zeros((width + 1, width + 1))
        for c in choices:
            rows, p = _chances(c, w)
            target = np.zeros(len(p))
            target[c.right] = 1.0
            mean = rows.T @ p
            slope += c.weight * (rows.T @ (p - target))
            bend += c.weight * ((rows * p[:, None]).T @ rows - np.outer(mean, mean))
        slope[:width] += 2 * PULL * (w[:width] - guessed)
        bend[np.arange(width), np.arange(width)] += 2 * PULL
        bend[width, width] += 1e-3
        step = np.linalg.solve(bend, slope)
        w -= step * min(1.0, LONGEST_STEP / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-4:
            break
    return w[:width], float(w[width])


def _chances(choice: Choice, w: Vector) -> tuple[Vector, Vector]:
    """Return the rows with that of "none of these" last, and the chance of each."""
    rows = np.zeros((len(choice.values) + 1, len(w)))
    rows[:-1, :-1] = choice.values
    rows[-1, -1] = 1.0
    scores = rows @ w
    scores[:-1] += choice.fixed
    e = np.exp(scores - scores.max())
    return rows, e / e.sum()


# ---------------------------------------------------------------- figures


def _cross_validate(choices: list[Choice], usable: list[Choice], guessed: Vector) -> None:
    chances: dict[str, list[tuple[Vector, int]]] = defaultdict(list)
    for fold in range(FOLDS):
        weights, absent = fit((c for c in usable if _fold(c.key) != fold), guessed)
        w = np.append(weights, absent)
        for c in choices:
            if _fold(c.key) == fold:
                chances[c.data].append((_chances(c, w)[1], c.right))
    print("set                  stories  top-1  top-5  linked from .7: right, wrong")
    for data, rows in chances.items():
        ranks = [int((p[:-1] > p[right]).sum()) for p, right in rows if right >= 0]
        first, five = (sum(r < n for r in ranks) / len(rows) for n in (1, 5))
        linked = [int(p[:-1].argmax()) == i for p, i in rows if p[:-1].max() >= LIKELY]
        wrong = len(linked) - sum(linked)
        print(f"{data:20} {len(rows):7}  {first:.3f}  {five:.3f}  {sum(linked):5} {wrong:5}")


def _fold(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def _write(weights: dict[str, float], absent: float) -> None:
    """Put the fitted weights into the table, keeping all that is written by hand."""
    head, _, _ = TABLE.read_text(encoding="utf-8").partition("[fitted]")
    groups: dict[str, list[str]] = defaultdict(list)
    for name, weight in weights.items():
        group, _, key = name.partition(".")
        groups[group].append(f'"{key}" = {weight:.2f}')
    lines = ["[fitted]", f"absent = {absent:.2f}"]
    for group, rows in groups.items():
        lines += ["", f"[fitted.{group}]", *rows]
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {TABLE.name}")


if __name__ == "__main__":
    main()
