"""The local Crossref: snapshots, and files of records on the same path.

::

    records ──gather──► sorted runs ──load──► records.sqlite, index/ ──► manifest.json
    (files, tars, API)  (each process)        (one pass, in order)       (last of all)

A file of records goes the same way, into the memory or a cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.snapshot.source import AtHand

__all__ = ["open_works"]


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder; raise UnreadableSource when this user may not know."""
    from citetrack.errors import UnreadableSource

    try:
        return path.is_dir()
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror or error}.") from error


def open_works(path: Path, cache: Path | None = None) -> AtHand:
    """Return the works at `path`, a snapshot or a file of records, as a source.

    `cache` is the folder in which indexes of large files are kept. Raises UnreadableSource or a
    SnapshotError when the works cannot be read.
    """
    if is_folder(path):
        from citetrack.snapshot.opening import open_snapshot

        return open_snapshot(path)
    from citetrack.snapshot.worksfile import open_file

    return open_file(path, cache)
