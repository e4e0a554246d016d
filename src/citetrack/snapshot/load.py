"""From sorted items to records and index, in one pass that goes on where it was stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from citetrack.snapshot.pause import collector_paused
from citetrack.snapshot.runs import Item, slice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citetrack.snapshot.index import Index
    from citetrack.snapshot.records import Records

#: Works between two commits: what a kill may cost to do again.
_COMMIT_EVERY = 200_000


def start_of(records: Records, index: Index) -> int:
    """Return the slice with which to go on, after a kill or at the beginning.

    The records are committed first, then the index: what the index lacks is dropped from the
    records and made again.
    """
    last = index.last()
    records.cut_after(last)
    return slice_of(last) + 1 if last >= 0 else 0


def load(
    batches: Iterable[list[Item]],
    records: Records,
    index: Index,
    *,
    heap: int,
    report: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the batches, each in the order of hashes and after the one before, each DOI once."""
    last, since = -1, 0
    with collector_paused(), index.writing(heap) as writer:
        for batch in batches:
            records.prepare([i.row for i in batch], [i.message for i in batch if i.message])
            numbered = numbered_after(last, batch)
            last = numbered[-1].hash if numbered else last
            writer.add(item.document for item in numbered)
            records.add([i.hash for i in numbered], [i.row for i in numbered])
            whole = [i for i in numbered if i.message]
            records.add([i.hash for i in whole], [i.message for i in whole], "messages")
            since += len(numbered)
            report(len(numbered))
            if since >= _COMMIT_EVERY:
                records.commit()
                writer.commit()
                since = 0
        records.commit()
        writer.commit()


def numbered_after(last: int, items: list[Item]) -> list[Item]:
    """Return the items with numbers that rise: of DOIs with one hash each takes the next."""
    if items and items[0].hash > last and len({i.hash for i in items}) == len(items):
        return items
    numbered = []
    for item in items:
        if item.hash <= last:
            item = renumbered(item, last + 1)  # noqa: PLW2901 - the same work under its number
        numbered.append(item)
        last = item.hash
    return numbered


def renumbered(item: Item, number: int) -> Item:
    """Return an item whose document answers with another number."""
    document = {**msgspec.json.decode(item.document), "work": number}
    return replace(item, hash=number, document=msgspec.json.encode(document).decode())
