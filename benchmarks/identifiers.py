"""Speed of finding identifiers: all kinds together beside one bare DOI regex, in the same run.

    python benchmarks/identifiers.py [MEGABYTES]

The yardstick is the regular expression that Crossref published in 2015, with trailing punctuation
stripped. Python answers it by looking for the characters "10"; begun at a word boundary, as finders
that accept no DOI inside a number must be, the same expression is some 25 times as slow. Both
figures are printed; the bound is on the plain one.

Two texts are made here: sentences of news with curly quotes, and in every 40th place an identifier
or link of any kind; and the same with a DOI in each of these places. Hostile input is 100,000
repeats of one string. Times are CPU times. Ends with 1 when all kinds together are slower than 1/15
of the yardstick on either text, or a hostile text takes a second.
"""

from __future__ import annotations

import random
import re
import sys
import time
from typing import TYPE_CHECKING

from citetrack.identifiers import find_in_text

if TYPE_CHECKING:
    from collections.abc import Callable

MINIMUM_RATIO = 1 / 15
REPEATS, LONGEST_SECONDS = 100_000, 1.0
HOSTILE = (
    *("[", "(", "10.", "10.1000/", "<", "%2F", "arxiv ", "a.com/", "doi:", "1 ", "978", "000-"),
    # Whole ones, 1 to 4 MB: what is found costs most.
    *("10.1000/182 ", "10.1000/182,", "doi.org/10.1000/182\n", "PMID: 1234567 "),
    *("nature.com/articles/s1 ", "https://www.mdpi.com/1422-0067/21/1/1 "),
)
_UNBOUNDED = re.compile(r"10\.\d{4,9}/[-._;()/:A-Z0-9]+", re.IGNORECASE)
_BARE = re.compile(rf"\b{_UNBOUNDED.pattern}", re.IGNORECASE)

_SENTENCES = (
    "The researchers followed {n} adults for {k} years and asked them what they ate.",
    "“We did not expect this,” said the lead author, who works at a hospital in Leeds.",
    "About {k}.5 percent of the patients improved, compared with {n} in the other group.",
    "Critics say that the sample was small; others point to earlier work from 2019.",
    "The council meets on 12 March to discuss the budget, which rose to $4.7 million.",
    "It isn’t clear whether the effect lasts, the team writes in the journal.",
)
_IDENTIFIERS = (
    "DOI: 10.1016/j.example.2021.{n}. ",
    "(https://doi.org/10.1038/s4158{k}-021-0{n}-1) ",
    "PMID: 3{n}; PMC8{n}. ",
    "arXiv:2101.0{k}234v2 [cs.LG] ",
    "registered as NCT0438{k}936. ",
    "ISBN 978-0-309-57079-4. ",
    "Readers can find the figures at https://www.example.org/news/health/{n}?page={k}. ",
    "https://www.nature.com/articles/s41586-020-{k}649-2 ",
)


def news(megabytes: float, identifiers: tuple[str, ...] = _IDENTIFIERS) -> str:
    """Return made-up news text of about so many million characters."""
    chance = random.Random(15)
    parts: list[str] = []
    length = 0
    while length < megabytes * 1e6:
        sentences = identifiers if chance.random() < 1 / 40 else _SENTENCES
        sentence = chance.choice(sentences)
        parts.append(sentence.format(n=chance.randint(1000, 9999), k=chance.randint(1, 9)))
        length += len(parts[-1]) + 1
    return " ".join(parts)


def bare_dois(text: str, pattern: re.Pattern[str] = _BARE) -> list[str]:
    """Find DOIs as a script would."""
    return [m[0].rstrip(".,;:)") for m in pattern.finditer(text)]


def seconds(work: Callable[[str], object], text: str, rounds: int = 3) -> float:
    """Return the shortest time of a few rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best


def compare(name: str, text: str) -> float:
    """Print the speeds on one text; return that of all kinds over that of the bare regex."""
    size = len(text) / 1e6
    ours = seconds(find_in_text, text)
    bounded = seconds(bare_dois, text)
    unbounded = seconds(lambda t: bare_dois(t, _UNBOUNDED), text)
    print(f"{name}: {size:.1f} million characters, {len(find_in_text(text))} identifiers")
    print(
        f"  bare DOI regex  {size / unbounded:8.1f} MB/s   at a word boundary {size / bounded:.1f}"
    )
    print(f"  all kinds       {size / ours:8.1f} MB/s   1/{ours / unbounded:.1f} (at least 1/15)")
    return unbounded / ours


def main() -> int:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    find_in_text(news(0.1))
    texts = {"news": news(megabytes), "dense with DOIs": news(megabytes, _IDENTIFIERS[:2])}
    ratio = min(compare(name, text) for name, text in texts.items())
    slowest = 0.0
    for string in HOSTILE:
        took = seconds(find_in_text, string * REPEATS, rounds=2)
        slowest = max(slowest, took)
        print(f"{REPEATS} x {string!r:42} {took:6.3f} s")
    return int(ratio < MINIMUM_RATIO or slowest >= LONGEST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
