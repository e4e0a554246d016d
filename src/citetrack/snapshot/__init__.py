"""The local Crossref: works files, indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.snapshot.worksfile import WorksFile

__all__ = ["open_works"]


def open_works(path: Path) -> WorksFile:
    """Return the works at `path` as a source; raise UnreadableSource when they cannot be read."""
    from citetrack.snapshot.worksfile import WorksFile

    return WorksFile(path)
