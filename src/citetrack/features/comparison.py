"""One comparison as measured, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the story says beside what the record says, and what was measured of it by name.

    `agrees` is None where one side is silent or nothing follows. `values` are names of the table
    of weights (resources/linking.toml) with how much of each was seen.
    """

    feature: str
    agrees: bool | None
    story: str | None
    record: str | None
    values: Mapping[str, float]
