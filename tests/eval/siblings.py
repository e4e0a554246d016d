"""Make a pool of works in which a team's other papers stand beside the right ones.

    python tests/eval/siblings.py FOLDER OUT [--members] [--without-gold] [--draw=5]

FOLDER is the measuring material (pool-small.jsonl.gz, gold.jsonl.gz). For every paper of the gold:
two works of its first and last author with other people elsewhere, within twenty days; one of the
whole team in the same journal, 15 to 120 days away; one of half the team years before; three of
others in the journal on the same days; a letter. Their titles are the real ones of the pool that
are most like the paper's. With --members: three works of any of its authors with other people
elsewhere, within 45 days; one of the last author in the journal, 5 to 60 days away; one of the
first and the last elsewhere, within 30 days; three of others in the journal within three days;
their titles are the halves of two like titles put together. Weights are never fitted on these
works: they are decoys made another way than those of the fit.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Work = dict[str, Any]
#: Yields the decoys of a work, from like titles, other works and a source of chance.
Decoys = Callable[[Work, list[str], list[Work], random.Random], "Iterator[Work]"]
NEAREST = 12


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    works = _read(folder / "pool-small.jsonl.gz")
    gold = {d.lower() for g in _read(folder / "gold.jsonl.gz") for d in g["dois"]}
    right = [w for w in works if w["DOI"].lower() in gold]
    rest = [w for w in works if w["DOI"].lower() not in gold and _title(w).count(" ") > 4]
    decoys = members if "--members" in sys.argv else team
    draw = next((a.partition("=")[2] for a in sys.argv if a.startswith("--draw=")), "5")
    rows = [*rest, *siblings(right, rest, random.Random(int(draw)), decoys)]
    rows += [] if "--without-gold" in sys.argv else right
    with gzip.open(out, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(w) + "\n" for w in rows)
    print(f"{out.name}: {len(rows)} works")


def _read(path: Path) -> list[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _title(work: Work) -> str:
    return str((work.get("title") or [""])[0])


def siblings(
    right: list[Work], rest: list[Work], chance: random.Random, decoys: Decoys
) -> Iterator[Work]:
    """Yield the decoys of every paper, numbered."""
    share = Counter(x for w in rest for x in _stems(_title(w)))
    rarity = {x: math.log(len(rest) / n) for x, n in share.items()}
    made = (d for w in right for d in decoys(w, _alike(w, rest, rarity), rest, chance))
    for number, work in enumerate(made):
        yield {**work, "DOI": f"10.7777/sibling.{number}"}


def team(work: Work, titles: list[str], rest: list[Work], chance: random.Random) -> Iterator[Work]:
    authors = work["author"]

    def others() -> list[Any]:
        return list(chance.choice(rest)["author"])

    days = chance.randint(15, 120) * chance.choice((-1, 1))
    yield _made(work, titles[1], days, authors)
    for author, title in zip([*authors[:1], *authors[-1:]], titles[2:4], strict=False):
        journal = _journal_of(chance.choice(rest))
        made = _made(work, title, chance.randint(-20, 20), [author, *others()[:4]])
        yield {**made, **journal}
    half = authors[: max(1, len(authors) // 2)]
    yield _made(work, titles[4], -chance.randint(200, 900), half)
    for title in titles[5:8]:
        yield _made(work, title, chance.randint(-2, 2), others())
    some = chance.sample(_title(work).split(), max(1, len(_title(work).split()) // 3))
    comment = "Comment on recent findings: " + " ".join(some)
    yield _made(work, comment, chance.randint(30, 90), others())


def members(
    work: Work, titles: list[str], rest: list[Work], chance: random.Random
) -> Iterator[Work]:
    authors = work["author"]

    def others(n: int) -> list[Any]:
        return list(chance.choice(rest)["author"][:n])

    def title() -> str:
        return _halves(chance.choice(titles), chance.choice(titles))

    for _ in range(3 if authors else 0):
        people = [*others(2), chance.choice(authors), *others(3)]
        made = _made(work, title(), chance.randint(-45, 45), people)
        yield {**made, **_journal_of(chance.choice(rest))}
    days = chance.randint(5, 60) * chance.choice((-1, 1))
    yield _made(work, titles[chance.randrange(4)], days, [*others(4), *authors[-1:]])
    people = [*authors[:1], *others(2), *authors[-1:]]
    made = _made(work, _halves(titles[0], titles[2]), chance.randint(-30, 30), people)
    yield {**made, **_journal_of(chance.choice(rest))}
    for _ in range(3):
        yield _made(work, title(), chance.randint(-3, 3), others(9))


def _halves(one: str, other: str) -> str:
    a, b = one.split(), other.split()
    return " ".join([*a[: max(3, len(a) // 2)], *b[len(b) // 2 :]])


def _journal_of(work: Work) -> Work:
    return {key: work.get(key, []) for key in ("container-title", "short-container-title")}


def _made(work: Work, title: str, days: int, people: list[Any]) -> Work:
    parts = [*work["issued"]["date-parts"][0], 1, 1][:3]
    day = dt.date(*parts) + dt.timedelta(days)
    issued = {"date-parts": [[day.year, day.month, day.day]]}
    return {**work, "title": [title], "author": people, "issued": issued, "published": issued}


def _alike(work: Work, rest: list[Work], rarity: dict[str, float]) -> list[str]:
    """Return the titles of other works that share most with a work's, by rarity."""
    mine = _stems(_title(work))

    def likeness(title: str) -> float:
        theirs = _stems(title)
        return sum(rarity.get(x, 0.0) for x in mine & theirs) / math.sqrt(4 + len(theirs))

    return sorted((_title(w) for w in rest), key=lambda t: -likeness(t))[:NEAREST]


def _stems(title: str) -> set[str]:
    return {w[:6] for w in re.findall(r"[a-z]{4,}", title.lower())}


if __name__ == "__main__":
    main()
