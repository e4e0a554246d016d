"""The snapshot beside its peers, in one run: what a work costs to build, to keep and to find.

    python benchmarks/snapshot.py [--works 1000000] [--opening 100000]
                                  [--scaling 250000 1000000 4000000]
                                  [--vocabulary records.jsonl.gz] [--folder DIR]

Each ratio stands beside its target; a missed one ends the run with exit code 1. Times are of the
CPU (user and system, of all processes), but for the one that is said to be of the wall. Records
are made up (`_works.py`); with --vocabulary their words come from a file of real ones.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from _measure import Memory, at_least, at_most, cpu, each_time, missed, p95, timed, turns
from _works import IN_THE_NEWS, Maker, write

from citetrack.model import Question
from citetrack.snapshot import open_works
from citetrack.snapshot.asking import Query
from citetrack.snapshot.build import Order, build
from citetrack.snapshot.core import decode_core
from citetrack.snapshot.data import RECORDS, Data
from citetrack.snapshot.index import HEAP_LARGE, Index
from citetrack.snapshot.manifest import read_manifest
from citetrack.snapshot.runs import Run, merged
from citetrack.snapshot.selection import Selection
from citetrack.snapshot.write import write as write_snapshot
from citetrack.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetrack.record.core import Core
    from citetrack.snapshot.records import Records

QUERIES = 200
SLOW_QUERIES = 12  # of full-text search in SQLite, which takes a tenth of a second each
TYPOS, DROPPED = 0.35, 0.45


def main() -> int:
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="citetrack-bench-", dir=options.folder))
    try:
        if options.works:
            _ratios(folder, options)
        if options.opening:
            _opening(folder, options)
        if options.scaling:
            _scaling(folder, options)
    finally:
        shutil.rmtree(folder)
    print(f"missed: {', '.join(missed)}" if missed else "all targets reached")
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--works", type=int, default=1_000_000, help="0: scaling only")
    parser.add_argument("--opening", type=int, default=100_000, help="works in a file; 0: none")
    parser.add_argument("--scaling", type=int, nargs="*", default=[])
    parser.add_argument("--vocabulary", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


# ---------------------------------------------------------------- building


def _ratios(folder: Path, options: argparse.Namespace) -> None:
    count, source = options.works, folder / "source"
    write(source, Maker(1, options.vocabulary), count, files=max(8, count // 50_000))
    size = sum(p.stat().st_size for p in source.iterdir())
    print(f"{count:,} works, {size / count:,.0f} bytes each, packed; {options.jobs} processes")
    spent: dict[str, float] = {}
    with timed(spent, "parse"):
        _gunzip_and_parse(source)
    memory = Memory()
    with timed(spent, "build"):
        snapshot = _built(folder / "snapshot", source, options.jobs, memory, abstracts=True)
    at_most("build / gunzip + json.loads, CPU", spent["build"] / spent["parse"], 2.5)
    at_most("build / gunzip + json.loads, wall", spent["build wall"] / spent["parse wall"], 1.5)
    rate, by_wall = count / spent["build"], count / spent["build wall"]
    print(f"  {rate:,.0f} works a CPU second, {by_wall:,.0f} a second")
    memory.report()
    _write_beside_tantivy(folder, spent)
    data = Data(snapshot / read_manifest(snapshot).data)
    _size(folder, options, count)
    _lookups(folder, data)
    _search(folder, data)
    shutil.rmtree(source)


def _gunzip_and_parse(source: Path) -> None:
    for path in sorted(source.iterdir()):
        with gzip.open(path) as file:
            for line in file:
                json.loads(line)


def _built(out: Path, source: Path, jobs: int, memory: Memory | None, *, abstracts: bool) -> Path:
    """Build and keep the runs, from which peers are built too."""
    report = memory.note if memory else (lambda *_: None)
    keep = out.parent / f"{out.name}-runs"

    def noted(stage: str, done: int, total: int, works: int) -> None:
        if stage == "indexing" and not keep.exists():
            keep.mkdir()
            for run in (out / ".building").glob("*.run"):
                os.link(run, keep / run.name)
        report(stage, done, total, works)

    selection = Selection(abstracts=abstracts)
    build(out, Order([source], selection, now="2026-01-05", jobs=jobs, report=noted))
    return out


def _write_beside_tantivy(folder: Path, spent: dict[str, float]) -> None:
    runs = [Run(p) for p in sorted((folder / "snapshot-runs").glob("*.run"))]
    with timed(spent, "write"):
        write_snapshot(folder / "written", runs, lambda *_: None)
    shutil.rmtree(folder / "written")
    (folder / "alone").mkdir()
    # The writer works on in a thread of its own while the next documents are read: what is read
    # is measured by this thread's time, and taken off the whole.
    reading = 0.0
    before = cpu()
    index = Index(folder / "alone", new=True)
    with index.writing(HEAP_LARGE) as writer:
        batches = merged(runs)
        while True:
            start = time.thread_time()
            batch = next(batches, None)
            documents = [item.document for item in batch or ()]
            reading += time.thread_time() - start
            if batch is None:
                break
            for document in documents:
                writer._writer.add_json(document)  # noqa: SLF001 - tantivy itself
        writer.commit()
    spent["alone"] = cpu() - before - reading
    shutil.rmtree(folder / "alone")
    at_least("tantivy alone / search and store together", spent["alone"] / spent["write"], 0.7)


def _size(folder: Path, options: argparse.Namespace, count: int) -> None:
    """Measure the bytes of index and records without abstracts, on a tenth of the works."""
    part = max(50_000, count // 10)
    source = folder / "tenth"
    write(source, Maker(2, options.vocabulary, references=False), part, files=4)
    snapshot = _built(folder / "small", source, options.jobs, None, abstracts=False)
    manifest = read_manifest(snapshot)
    at_most("bytes a work, index and record, no abstracts", manifest.bytes / manifest.works, 330)
    records = manifest.files[RECORDS][0] / manifest.works
    print(f"  {records:.0f} of them records, {manifest.bytes / manifest.works - records:.0f} index")
    shutil.rmtree(source)


# ---------------------------------------------------------------- by DOI


def _lookups(folder: Path, data: Data) -> None:
    path = folder / "text.sqlite"
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA synchronous = OFF")
        plain.execute("CREATE TABLE works (doi TEXT PRIMARY KEY, row BLOB)")
        rows = ((core.doi, blob) for core, blob in _plain_rows(data.records))
        plain.executemany("INSERT INTO works VALUES (?, ?)", rows)
        plain.commit()
        dois = _sampled(data, 50_000)
        asked = [d if n % 5 else f"{d}.absent" for n, d in enumerate(dois)]
        select = "SELECT row FROM works WHERE doi = ?"

        def peer(doi: str) -> object:
            found = plain.execute(select, (doi,)).fetchone()
            return decode_core(found[0]) if found else None

        theirs, ours = turns(asked, peer, data.records.find)
    count = len(asked)
    print(f"  {count / ours:,.0f} lookups a CPU second, {count / theirs:,.0f} by text key")
    at_least("lookups / SQLite with a text key, rows decoded", theirs / ours, 0.8)
    (records,) = folder.glob(f"snapshot/data-*/{RECORDS}")
    ratio = records.stat().st_size / path.stat().st_size
    at_most("bytes / SQLite with a text key, rows unpacked", ratio, 0.5)
    path.unlink()


def _plain_rows(records: Records) -> Iterator[tuple[Core, bytes]]:
    unpack = records._packers["works"].unpack  # noqa: SLF001 - to keep them as peers do
    for (blob,) in records.db.execute("SELECT row FROM works"):
        row = unpack(blob)
        yield decode_core(row), row


def _sampled(data: Data, count: int) -> list[str]:
    cores = [core.doi for _, core in _evenly(data, count)]
    random.Random(3).shuffle(cores)
    return cores


def _evenly(data: Data, count: int) -> list[tuple[int, Core]]:
    """Return works spread evenly over the hashes."""
    found = []
    for place in range(count):
        for number in data.records.numbers_from((place << 56) // count, 1):
            core = data.records.core(number)
            assert core
            found.append((number, core))
    return found


# ---------------------------------------------------------------- by words


def _search(folder: Path, data: Data) -> None:
    chance = random.Random(4)
    needles = [(n, c) for n, c in _evenly(data, QUERIES) if c.title and c.authors and c.issued]
    kinds = {
        "typos in 35% of words": [_typed(c, chance) for _, c in needles],
        "paraphrase, 45% dropped": [_paraphrased(c, chance) for _, c in needles],
        "author, journal and year": [_named(c) for _, c in needles],
    }
    numbers = [n for n, _ in needles]
    for (kind, queries), target in zip(kinds.items(), (0.99, 0.90, 1.0), strict=True):
        at_least(f"recall@10, {kind}", _recall(data.index, queries, numbers), target)
    queries = [q for each in kinds.values() for q in each]
    _beside_own_query(data.index, queries)
    _beside_full_text(folder, data, kinds["typos in 35% of words"], numbers)


def _typed(core: Core, chance: random.Random) -> Query:
    return Query(" ".join(_misspelt(w, chance) for w in words(core.title or "")))


def _misspelt(word: str, chance: random.Random) -> str:
    if len(word) < 4 or chance.random() > TYPOS:
        return word
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _paraphrased(core: Core, chance: random.Random) -> Query:
    kept = [w for w in words(core.title or "") if chance.random() > DROPPED]
    noise = chance.sample("study shows people risk new health years found doctors more".split(), 3)
    return Query(" ".join(kept + noise))


def _named(core: Core) -> Query:
    first = core.authors[0].family or core.authors[0].literal or ""
    container = core.containers[0] if core.containers else None
    return Query("", first, container, (core.issued or 0) // 10_000)


def _recall(index: Index, queries: Sequence[Query], numbers: Sequence[int]) -> float:
    found = [n in dict(index.search(q.terms(), 10)) for q, n in zip(queries, numbers, strict=True)]
    return sum(found) / len(found)


def _beside_own_query(index: Index, queries: Sequence[Query]) -> None:
    import tantivy

    def alone(query: Query) -> object:
        clauses = [
            (tantivy.Occur.Should, index._term(word))  # noqa: SLF001 - the same query
            for word in index._known(query.terms())  # noqa: SLF001
        ]
        searcher = index._searcher  # noqa: SLF001 - tantivy itself
        return searcher.search(tantivy.Query.boolean_query(clauses), 10, count=False).hits

    ask = lambda q: index.search(q.terms(), 10)  # noqa: E731 - one line
    for each in (alone, ask):
        each_time(queries, each)
    theirs, ours = each_time(queries, alone), each_time(queries, ask)
    print(f"  a search: p50 {ours[len(ours) // 2] * 1e3:.2f}, p95 {p95(ours) * 1e3:.2f} CPU ms")
    at_most("p95 / tantivy's own on the same query", p95(ours) / p95(theirs), 3)


def _beside_full_text(
    folder: Path, data: Data, queries: Sequence[Query], numbers: Sequence[int]
) -> None:
    path = folder / "fts.sqlite"
    with closing(sqlite3.connect(path)) as fts:
        fts.execute("PRAGMA synchronous = OFF")
        fts.execute(
            "CREATE VIRTUAL TABLE works USING fts5(title, names, container, year, content='')"
        )
        rows = ((number, *_texts(core)) for number, core in data.records)
        fts.executemany(
            "INSERT INTO works(rowid, title, names, container, year) VALUES (?, ?, ?, ?, ?)", rows
        )
        fts.commit()
        ranked = "SELECT rowid FROM works WHERE works MATCH ? ORDER BY bm25(works) LIMIT 10"
        asked = [_match(q, " OR ") for q in queries[:SLOW_QUERIES]]
        theirs = each_time(asked, lambda m: fts.execute(ranked, (m,)).fetchall())
        ours = each_time(queries[:SLOW_QUERIES], lambda q: data.index.search(q.terms(), 10))
        anded = "SELECT rowid FROM works WHERE works MATCH ? LIMIT 10"
        found = [
            number in {n for (n,) in fts.execute(anded, (_match(q, " AND "),))}
            for q, number in zip(queries, numbers, strict=True)
        ]
    at_least("FTS5 OR + bm25 / search, CPU", sum(theirs) / sum(ours), 50)
    share = sum(found) / len(found)
    print(f"  recall@10 with typos of all words ANDed, as crossref-local asks: {share:.2f}")
    path.unlink()


def _texts(core: Core) -> tuple[str, str, str, str]:
    names = " ".join(a.family or a.literal or "" for a in core.authors)
    return core.title or "", names, " ".join(core.containers), str((core.issued or 0) // 10_000)


def _match(query: Query, operator: str) -> str:
    return operator.join(f'"{w}"' for w in words(query.query))


# ---------------------------------------------------------------- works files


def _opening(folder: Path, options: argparse.Namespace) -> None:
    """Measure how soon a works file can be asked: read for the first time, then from the cache."""
    source, cache = folder / "file", folder / "cache"
    maker = Maker(8, options.vocabulary, references=False, authors=IN_THE_NEWS)
    write(source, maker, options.opening, files=1)
    (path,) = source.iterdir()
    os.utime(path, (1, 1))
    spent: dict[str, float] = {}
    with timed(spent, "parse"):
        _gunzip_and_parse(source)
    for name in ("first", "again"):
        with timed(spent, name):
            works = open_works(path, cache)
            works.search(Question(words=("risk",)))
        works.close()
    at_most("opening a works file / gunzip + json.loads", spent["first"] / spent["parse"], 4)
    at_most("opening it again / gunzip + json.loads", spent["again"] / spent["parse"], 0.5)


# ---------------------------------------------------------------- scaling


def _scaling(folder: Path, options: argparse.Namespace) -> None:
    points: list[tuple[int, float]] = []
    for count in options.scaling:
        source, out = folder / f"source-{count}", folder / f"snapshot-{count}"
        maker = Maker(5, options.vocabulary, references=False)
        write(source, maker, count, files=max(4, count // 100_000), packed=False)
        memory, spent = Memory(), dict[str, float]()
        with timed(spent, "build"):
            _built(out, source, options.jobs, memory, abstracts=True)
        shutil.rmtree(source)
        shutil.rmtree(folder / f"snapshot-{count}-runs")
        data = Data(out / read_manifest(out).data)
        chance = random.Random(6)
        needles = [c for _, c in _evenly(data, QUERIES) if c.title and c.authors and c.issued]
        queries = [_typed(c, chance) for c in needles] + [_named(c) for c in needles]
        ask = lambda q, i=data.index: i.search(q.terms(), 10)  # noqa: E731
        each_time(queries, ask)
        mean = sum(each_time(queries, ask)) / len(queries)
        points.append((count, mean))
        rate, peak = count / spent["build"], max(memory.peaks)
        print(f"  {count:>9,} works: {mean * 1e3:.2f} CPU ms a search, {rate:,.0f} works built a")
        size = read_manifest(out).bytes / count
        print(f"  CPU second, {peak:,.0f} MiB; files: {size:.0f} B a work")
        memory.report()
        shutil.rmtree(out)
    if len(points) > 1:
        at_most("time exponent of a search", _exponent(points), 0.8)


def _exponent(points: Sequence[tuple[int, float]]) -> float:
    """Return the slope of log time over log works, by least squares."""
    xs, ys = [math.log(c) for c, _ in points], [math.log(t) for _, t in points]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - mx) ** 2 for x in xs)


if __name__ == "__main__":
    sys.exit(main())
