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


def open_works(path: Path, cache: Path | None = None) -> AtHand:
    """Return the works at `path`, a snapshot or a file of records, as a source.

    `cache` is the folder in which indexes of large files are kept. Raises UnreadableSource or a
    SnapshotError when the works cannot be read.
    """
    if path.is_dir():
        from citetrack.snapshot.opening import open_snapshot

        return open_snapshot(path)
    from citetrack.snapshot.worksfile import open_file

    return open_file(path, cache)
