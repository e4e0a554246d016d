"""One story of a source, read or not, and how large a story may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citetrack.errors import CitetrackError
    from citetrack.model import Article

#: More bytes than this are no story: the longest of 1,171 benchmark pages holds 2.6 MB.
MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Item:
    """One story of a source, or why it could not be read. `id` is the story's own, if any."""

    source: str
    article: Article | None = None
    error: CitetrackError | None = None
    id: str | None = None
