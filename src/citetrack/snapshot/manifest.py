"""The manifest: what a snapshot is and holds. Written last, so that what it names is whole."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from citetrack.errors import DamagedSnapshot, NoSnapshot, UnfinishedSnapshot, UnreadableSource
from citetrack.snapshot.gather import Broken  # noqa: TC001 - msgspec reads the annotation
from citetrack.snapshot.selection import Selection
from citetrack.snapshot.terms import subject_terms

if TYPE_CHECKING:
    from pathlib import Path

#: Rises when a snapshot written before cannot be read any more. Of format 1 there are no full names
#: in the index; sets of DOIs are still the same.
FORMAT, _OF_DOIS = 2, 1
MANIFEST = "manifest.json"
#: The folder of a build that is under way or was stopped.
BUILDING = ".building"
_BLOCK = 1 << 20
#: What the index holds of these words tells whether it cuts words as they are cut now.
_PROBE = "Infections naïve Alzheimer’s µ-opioid CO2 3D"
#: The writer's lock and its list of files say nothing of the works.
_NOT_HASHED = (".tantivy-writer.lock", ".tantivy-meta.lock", ".managed.json")


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where works came from: a file or folder and its bytes, or a question put to the API."""

    name: str
    files: int = 0
    bytes: int = 0
    added: str = ""
    filter: str = ""


class Manifest(msgspec.Struct, kw_only=True):
    """What a snapshot says of itself."""

    format: int = FORMAT
    kind: str = "works"
    works: int = 0
    bytes: int = 0
    complete: bool = False
    built: str = ""
    updated: str | None = None
    sources: list[Source] = []
    options: Selection = Selection()
    data: str = "data-1"
    read: int = 0
    left_out: int = 0
    duplicates: int = 0
    broken: int = 0
    told: list[Broken] = []
    files: dict[str, tuple[int, str]] = {}
    citetrack: str = ""
    words: str = ""

    def write(self, folder: Path) -> None:
        """Put the manifest in place of the one before, at once or not at all."""
        beside = folder / f".{MANIFEST}.{os.getpid()}.tmp"
        with beside.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / MANIFEST)


class _Format(msgspec.Struct):
    format: int = 0
    kind: str = "works"

    @property
    def is_read(self) -> bool:
        return self.format == FORMAT or (self.kind == "dois" and self.format == _OF_DOIS)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a snapshot's folder.

    Raises UnreadableSource for a folder that is none, UnfinishedSnapshot for one whose build was
    stopped, NoSnapshot for another format and DamagedSnapshot for a manifest that is broken.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise _no_manifest(folder) from None
    except NotADirectoryError:
        raise UnreadableSource(
            f"{folder} is a file and no snapshot.",
            hint="`citetrack snapshot build OUT FILE` makes one of records.",
        ) from None
    except OSError as error:
        raise UnreadableSource(f"{folder} cannot be read: {error.strerror or error}.") from error
    try:
        found = msgspec.json.decode(content, type=_Format)
        manifest = msgspec.json.decode(content, type=Manifest) if found.is_read else None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedSnapshot(
            f"The manifest of {folder} is broken: {error}.",
            hint="Build the snapshot again, or take manifest.json from a backup.",
        ) from error
    if manifest is None:
        raise _other_format(folder, found.format)
    if manifest.kind == "works" and manifest.words != words_now():
        raise NoSnapshot(
            f"{folder} was built by a citetrack that cuts words otherwise.",
            hint="Build the snapshot again.",
        )
    return manifest


def words_now() -> str:
    """Return how words are cut now; an index that cuts them otherwise finds little."""
    return " ".join(subject_terms(_PROBE))


def _no_manifest(folder: Path) -> UnreadableSource | UnfinishedSnapshot:
    if (folder / BUILDING).is_dir():
        return UnfinishedSnapshot(
            f"The build of {folder} was not completed.",
            hint="Give the same `citetrack snapshot build` again; it goes on where it was.",
        )
    if not folder.exists():
        return UnreadableSource(
            f"{folder} does not exist.", hint="Name the folder of a snapshot, or build one first."
        )
    return UnreadableSource(
        f"{folder} is a folder and no snapshot: it holds no {MANIFEST}.",
        hint="Name a file of Crossref work records, one a line, or build a snapshot first.",
    )


def _other_format(folder: Path, found: int) -> NoSnapshot:
    if found > FORMAT:
        return NoSnapshot(
            f"{folder} was built by a newer citetrack (format {found}; this one reads {FORMAT}).",
            hint="Install that citetrack, or build the snapshot again.",
        )
    return NoSnapshot(
        f"{folder} was built by an older citetrack (format {found}; this one reads {FORMAT}).",
        hint="Build the snapshot again.",
    )


def data_folder(folder: Path, manifest: Manifest) -> Path:
    """Return the folder of the data, after a look at the sizes of its files.

    Raises DamagedSnapshot when a file is missing or cut off.
    """
    data = folder / manifest.data
    for name, (size, _) in manifest.files.items():
        path = data / name
        if not path.is_file() or path.stat().st_size != size:
            state = "is cut off or altered" if path.is_file() else "is missing"
            raise DamagedSnapshot(
                f"{path} {state}.", hint="Build the snapshot again, or take it from a backup."
            )
    return data


def described(data: Path) -> dict[str, tuple[int, str]]:
    """Return for each file of the data its bytes and its hash, by name."""
    files = (p for p in data.rglob("*") if p.is_file() and p.name not in _NOT_HASHED)
    return {p.relative_to(data).as_posix(): (p.stat().st_size, file_hash(p)) for p in sorted(files)}


def check_hashes(data: Path, manifest: Manifest) -> None:
    """Read all files of the data; raise DamagedSnapshot when one is not as it was written."""
    for name, (_, told) in manifest.files.items():
        try:
            found = file_hash(data / name)
        except OSError as error:
            why = error.strerror or error
            raise DamagedSnapshot(f"{data / name} cannot be read: {why}.") from error
        if found != told:
            raise DamagedSnapshot(
                f"{data / name} is not as it was written.",
                hint="Build the snapshot again, or take it from a backup.",
            )


def file_hash(path: Path) -> str:
    """Return the hash of a file's bytes."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def synced(folder: Path) -> None:
    """Write to the disk whatever the system still holds of a folder's files.

    Who may read the folder may read them all: tantivy lets nobody else read some of its own.
    """
    mode = folder.stat().st_mode & 0o666
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(mode)
            with path.open("rb+") as file:
                os.fsync(file.fileno())
