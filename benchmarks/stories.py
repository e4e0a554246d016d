"""Stories a CPU second, beside trafilatura and rapidfuzz on the same stories in the same run.

    python benchmarks/stories.py [--stories 200] [--works 1000]

The stories are those of tests/eval, joined to about 3,000 characters each; the works file holds
their pool, filled up with records made from its own words (seeded). Start is not counted: sources
are open before the clock begins. The last figures are `citetrack --help` beside `python -c pass`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

EVAL = Path(__file__).parents[1] / "tests" / "eval"
LENGTH = 3000
PASSAGES_A_STORY = 10  # sentences of a record that each claim is compared with


def main() -> None:
    options = _options()
    rows = [json.loads(line) for line in (EVAL / "stories.jsonl").open(encoding="utf-8")]
    stories = joined([r for r in rows if r["language"] == "en"], options.stories)
    with tempfile.TemporaryDirectory() as folder:
        works = Path(folder, "works.jsonl")
        works.write_text("".join(json.dumps(w) + "\n" for w in _filled(options.works)), "utf-8")
        ours = _citetrack(stories, works)
    pages = _trafilatura(stories)
    pairs = _rapidfuzz(stories)
    print(f"{len(stories)} stories of about {LENGTH} characters, {options.works} works")
    print(f"citetrack check         {len(stories) / ours:8.1f} stories a CPU second  (at least 50)")
    print(f"trafilatura, same pages {len(stories) / pages:8.1f} pages a CPU second")
    print(f"rapidfuzz, same pairs   {len(stories) / pairs:8.1f} stories' pairs a CPU second")
    print(f"citetrack / trafilatura {ours / pages:8.2f} of its time a story")
    print(f"peak memory             {_peak():8.0f} MiB, the peers' included")
    _start()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--works", type=int, default=1000)
    return parser.parse_args()


def joined(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return each story filled up with paragraphs of stories without a study."""
    chance = random.Random(1)
    filler = [p for r in rows if r["clue"] == "none" for p in r["text"].split("\n\n")]
    stories = []
    for i in range(count):
        row = rows[i % len(rows)]
        text = row["text"]
        while len(text) < LENGTH:
            text += "\n\n" + chance.choice(filler)
        stories.append({**row, "id": f"{row['id']}-{i}", "text": text})
    return stories


def _filled(count: int) -> list[dict[str, Any]]:
    """Return the pool, then records with titles spliced from two of its titles."""
    chance = random.Random(2)
    pool = [json.loads(line) for line in (EVAL / "works.jsonl").open(encoding="utf-8")]
    made = list(pool[:count])
    while len(made) < count:
        a, b = chance.sample(pool, 2)
        words = a["title"][0].split()[:6] + b["title"][0].split()[-6:]
        record = {**a, "DOI": f"10.5555/bench.{len(made)}", "title": [" ".join(words)]}
        made.append({**record, "author": b.get("author", [])})
    return made


def _citetrack(stories: list[dict[str, Any]], works: Path) -> float:
    from citetrack.config import Settings
    from citetrack.ingest.dispatch import Reader
    from citetrack.model import Doi, Question
    from citetrack.pipeline import Checker

    lines = "".join(json.dumps(s) + "\n" for s in stories).encode()
    with Checker(Settings(works=(works,), offline=True)) as checker:
        reader = checker.reader()
        list(checker.sources.all[0].get([Doi("10.5555/none")]))
        checker.sources.all[0].search(Question(words=("warm",)))
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            file.write(lines)
            file.flush()
            before = time.process_time()
            done = [checker.check(item).to_dict() for item in reader.read(file.name)]
            spent = time.process_time() - before
    assert isinstance(reader, Reader)
    assert len(done) == len(stories)
    return spent


def _trafilatura(stories: list[dict[str, Any]]) -> float:
    import trafilatura

    pages = [
        f"<html><head><title>{s['title']}</title></head><body><article><h1>{s['title']}</h1>"
        + "".join(f"<p>{p}</p>" for p in s["text"].split("\n\n"))
        + "</article></body></html>"
        for s in stories
    ]
    trafilatura.extract(pages[0])
    before = time.process_time()
    for page in pages:
        trafilatura.extract(page)
    return time.process_time() - before


def _rapidfuzz(stories: list[dict[str, Any]]) -> float:
    from rapidfuzz import fuzz

    from citetrack.text import sentences

    cut = [[s["text"][a:b] for a, b in sentences(s["text"])] for s in stories]
    before = time.process_time()
    for claims in cut:
        passages = claims[:PASSAGES_A_STORY]
        for claim in claims:
            for passage in passages:
                fuzz.token_sort_ratio(claim, passage)
    return time.process_time() - before


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _start() -> None:
    bare = _fastest("-c", "pass")
    ours = _fastest("-m", "citetrack", "--help")
    print(f"citetrack --help        {ours / bare:8.1f} times `python -c pass`  (below 10)")


def _fastest(*arguments: str) -> float:
    times = []
    for _ in range(7):
        before = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - before)
    return min(times)


if __name__ == "__main__":
    main()
