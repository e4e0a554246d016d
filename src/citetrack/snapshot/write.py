"""From runs to the data of a snapshot: new, or what there was brought up to date."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from citetrack.snapshot.data import INDEX, RECORDS
from citetrack.snapshot.document import document_of
from citetrack.snapshot.index import HEAP_LARGE, Index
from citetrack.snapshot.load import load, renumbered, start_of
from citetrack.snapshot.records import Records
from citetrack.snapshot.runs import doi_of, merged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetrack.snapshot.index import Writer
    from citetrack.snapshot.runs import Item, Run
    from citetrack.snapshot.tasks import Report


def write(data: Path, runs: Sequence[Run], report: Report) -> int:
    """Write the works of the runs, from where it was stopped, and return their number."""
    (data / INDEX).mkdir(parents=True, exist_ok=True)
    with closing(Records(data / RECORDS, new=True)) as records:
        index = Index(data / INDEX, new=True)
        start = start_of(records, index)
        total, done = sum(run.works for run in runs), len(records)

        def tell(works: int) -> None:
            nonlocal done
            done += works
            report("indexing", done, max(total, done), done)

        load(merged(runs, start), records, index, heap=HEAP_LARGE, report=tell)
        return len(records)


def rewrite(data: Path, runs: Sequence[Run], old: Path, report: Report) -> int:
    """Write a copy of `old` with the works of the runs in it, and return the number of works.

    Files of the index never change once written and are linked, not copied.
    """
    shutil.rmtree(data, ignore_errors=True)
    (data / INDEX).mkdir(parents=True)
    shutil.copyfile(old / RECORDS, data / RECORDS)
    for file in (old / INDEX).iterdir():
        if not file.name.endswith(".lock"):
            _link(file, data / INDEX / file.name)
    total, done = sum(run.works for run in runs), 0
    index = Index(data / INDEX, new=True)
    with closing(Records(data / RECORDS, new=True)) as records:
        with index.writing(HEAP_LARGE) as writer:
            for batch in merged(runs):
                _replace(batch, records, writer)
                done += len(batch)
                report("updating", done, max(total, done), done)
            records.commit()
            writer.commit()
        return len(records)


def _replace(batch: list[Item], records: Records, writer: Writer) -> None:
    """Put items in place of what is older."""
    if not records.numbers_from(0, 1):
        records.prepare([i.row for i in batch], [i.message for i in batch if i.message])
    for item in batch:
        doi = doi_of(item.row)
        number, core = records.place_of(doi)
        if core and core.indexed > item.indexed:
            continue
        placed = item if item.hash == number else renumbered(item, number)
        if core is None:
            writer.add([placed.document])
        elif document_of(number, core) != placed.document:
            writer.drop(number)
            writer.add([placed.document])
        records.add([number], [item.row], replace=True)
        if item.message:
            records.add([number], [item.message], "messages", replace=True)


def _link(file: Path, target: Path) -> None:
    if file.name.endswith(".json"):  # lists of files, which are written anew
        shutil.copyfile(file, target)
        return
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)
