"""Works as CSL-JSON, the format of citation processors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetrack.exports.jsonl import array_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def pieces(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a JSON array of items; what is not known is left out, as CSL does."""
    return array_pieces({k: v for k, v in item.items() if v not in (None, [])} for item in items)
