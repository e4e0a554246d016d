"""The journals of a snapshot's works, written down beside them: title, ISSN, short titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.containers.listed import Listed, listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from citetrack.containers.listed import Told

#: A journal a line; its columns are parted by tabs, what stands in one column by "|".
CONTAINERS = "containers.tsv"


def write_titles(file: Path, told: Iterable[Told]) -> None:
    """Write down the journals that works name, each title once."""
    rows = (_line(journal) for journal in listed(told))
    file.write_text("".join(rows), "utf-8", newline="\n")


def read_titles(file: Path) -> list[Listed]:
    """Return the journals written down; none where there is no such file."""
    if not file.exists():
        return []
    return [_journal(line) for line in file.read_text("utf-8").split("\n") if line]


def _line(journal: Listed) -> str:
    title, *others = (" ".join(name.split()) for name in journal.told[0])
    return f"{title}\t{','.join(journal.issn)}\t{'|'.join(others)}\n" if title else ""


def _journal(line: str) -> Listed:
    title, codes, others = (*line.split("\t"), "", "")[:3]
    return Listed(title, *(tuple(filter(None, x)) for x in (codes.split(","), others.split("|"))))
