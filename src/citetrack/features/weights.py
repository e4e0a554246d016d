"""The table of weights: what each measured value is worth, in log-odds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from citetrack.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citetrack.features.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Table:
    """The fit of resources/linking.toml.

    `weights` are log-odds by name; `absent` is what "none of these" weighs where a link is
    decided, `absent_shown` where a confidence is shown; `accept` are chances by kind of signal.
    """

    weights: Mapping[str, float]
    absent: float
    absent_shown: float
    accept: Mapping[str, float]


@cache
def table() -> Table:
    """Return the table that comes with citetrack."""
    text = resources.files("citetrack").joinpath("resources/linking.toml").read_text("utf-8")
    data = tomllib.loads(text)
    absent = float(data["fitted"].pop("absent"))
    weights = {**_flat(data["fitted"]), **_flat(data["by-hand"])}
    return Table(weights, absent, absent + data["shown"]["absent"], data["accept"])


def _flat(groups: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    return {f"{g}.{name}": float(x) for g, group in groups.items() for name, x in group.items()}


def weigh(comparisons: Iterable[Comparison]) -> tuple[Reason, ...]:
    """Return the comparisons as reasons, each with the sum of its values' weights."""
    weights = table().weights
    return tuple(
        Reason(c.feature, c.agrees, c.story, c.record, _sum(c.values, weights)) for c in comparisons
    )


def _sum(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum([weights.get(name, 0.0) * value for name, value in values.items()])
