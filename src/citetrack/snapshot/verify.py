"""Whether a snapshot is as it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.errors import DamagedSnapshot
from citetrack.snapshot.data import Data
from citetrack.snapshot.existence import DoiSet
from citetrack.snapshot.keys import HASH_BITS, doi_hash
from citetrack.snapshot.manifest import check_hashes, data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetrack.snapshot.manifest import Manifest

_SAMPLES = 200
_HINT = "Build the snapshot again, or take it from a backup."


def verified(folder: Path, manifest: Manifest, *, quick: bool = False) -> list[str]:
    """Return what was found to be well, a line each; raise DamagedSnapshot for what is not."""
    data = data_folder(folder, manifest)
    done = [f"files of their size: {len(manifest.files)}"]
    if not quick:
        check_hashes(data, manifest)
        done = [f"files as they were written: {len(manifest.files)}"]
    if manifest.kind == "dois":
        counted = len(DoiSet(folder, data, complete=manifest.complete))
        _check_count(counted, manifest.works, "The set")
        return [*done, f"{counted:,} DOIs"]
    return [*done, *_verified_works(Data(data), manifest.works)]


def _verified_works(data: Data, told: int) -> Iterator[str]:
    _check_count(len(data.records), told, "The record store")
    _check_count(len(data.index), told, "The index")
    yield f"{told:,} works in the record store and in the index"
    read = 0
    for number in _sampled(data):
        core = data.records.core(number)
        if core is None or doi_hash(core.doi) > number:
            raise DamagedSnapshot(f"The record under {number} is not its own.", hint=_HINT)
        if not data.index.has(number):
            raise DamagedSnapshot(f"The index lacks {core.doi}.", hint=_HINT)
        read += 1
    yield f"{read} samples read back by DOI and found in the index"


def _sampled(data: Data) -> Iterator[int]:
    """Yield works evenly spread: hashes are."""
    seen = -1
    for place in range(_SAMPLES):
        start = max((place << HASH_BITS) // _SAMPLES, seen + 1)
        for number in data.records.numbers_from(start, 1):
            seen = number
            yield number


def _check_count(counted: int, told: int, where: str) -> None:
    if counted != told:
        raise DamagedSnapshot(f"{where} holds {counted:,} works, not {told:,}.", hint=_HINT)
