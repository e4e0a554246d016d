"""A snapshot's folder as a source of works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.snapshot.data import Data
from citetrack.snapshot.existence import DoiSet
from citetrack.snapshot.manifest import data_folder, read_manifest
from citetrack.snapshot.source import Snapshot

if TYPE_CHECKING:
    from pathlib import Path


def open_snapshot(folder: Path) -> Snapshot | DoiSet:
    """Return the snapshot in a folder; raise a SnapshotError or UnreadableSource if it is none."""
    manifest = read_manifest(folder)
    data = data_folder(folder, manifest)
    if manifest.kind == "dois":
        return DoiSet(folder, data, complete=manifest.complete)
    return Snapshot(folder, Data(data), complete=manifest.complete)
