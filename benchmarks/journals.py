"""Journal names found in text, with the rules, beside bare scanners of the same names and text.

    pip install -e '.[bench]'
    python benchmarks/journals.py [--names 100000] [--megabytes 4]

The names are the packaged ones, and then those with titles spliced from them (seeded), as many as
a large snapshot brings. "News" is made of sentences about anything, and one of ten texts
of 1,600 characters names a journal; of "science news" every text does. Where
../shared is present its news is read too. All scanners get the same names with their capitals. The
peers yield bare hits; citetrack decides each of them. Memory is what a process keeps once the
scanner stands, in a process of its own. The goals are for news as it comes.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import gzip
import json
import random
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from _measure import turns

from citetrack.containers import Gazetteer, find_containers, standard_gazetteer
from citetrack.containers.listed import Listed

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(__file__).parents[2] / "shared" / "linking"
SENTENCES = (
    "The findings were published on {day} in {name}.",
    "Writing in {name}, the team says that it was surprised.",
    "Researchers report in the journal {name} that naps help.",
    "She had read about it in {name} on the train.",
    "{name} was the word on everybody's lips.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "7 April", "May 3")
#: News as it comes, written for this benchmark: capitals, quotes, figures.
NEWS = (
    "The {body} said on {day} that {place} would get {figure} new homes by next spring.",
    "{person}, who runs a bakery in {place}, said that prices had risen again.",
    "“We did not see it coming,” {person} told reporters outside the {body}.",
    "Shares in the company fell {figure}% after it warned of a poor winter.",
    "{person} scored twice as {place} beat their neighbours for the first time in {figure} years.",
    "Police in {place} are looking for a man who was seen near the harbour on {day}.",
    "A spokesman for the {body} declined to comment on the letter from {person}.",
    "The film, set in {place}, opens on {day} and runs for more than two hours.",
    "More than {figure} people signed the petition, organisers in {place} said.",
    "In {place}, where the river burst its banks, schools stayed closed until {day}.",
    "{person} and {person} have been named in the squad to face {place} next week.",
    "A court heard that {person} had written to the {body} about the contract in {place}.",
)
#: Sentences with a name of the list that is no journal; in real news one sentence in twenty.
TRAPS = (
    "The Health Secretary, {person}, promised {figure} million for hospitals in the north.",
    "Time is running out for the {body}, which must publish its report by {day}.",
    "Energy bills will rise by {figure}% from {day}, the {body} has confirmed.",
    "The Nature Reserve near {place} has counted {figure} geese, a third more than last year.",
    "Children were led out of the Science Museum when an alarm rang on {day}.",
    "{person}, a professor at the School of Medicine in {place}, was cautious.",
)
TRAP_SHARE = 0.05
#: How often each text is read in one turn, so that a turn is long beside the clock's steps.
TURNS = 5

FILLERS = {
    "day": DAYS,
    "place": ("Norham", "East Vale", "Porto Alto", "Lake County", "Sainte-Marie", "Kirkby Bay"),
    "person": ("Ana Ruiz", "Jo van Dam", "Mr Okri", "Dame Ola Berg", "Priya Nair", "Sam Holt"),
    "body": ("council", "Ministry of Defence", "Borough Council", "Housing Office"),
    "figure": ("12", "340", "1,200", "4.5", "28", "7"),
}


def main() -> None:
    options = _options()
    if not (find_spec("flashtext2") and find_spec("ahocorasick")):
        sys.exit("The peers are not installed: pip install -e '.[bench]'")
    if options.memory:
        print(_memory(options.memory, options.names))
        return
    texts = {
        "news": _own_text(options.megabytes, every=10),
        "science news": _own_text(options.megabytes / 4, every=1),
        **_shared_texts(),
    }
    for count in dict.fromkeys((0, options.names)):
        gazetteer = _gazetteer(count)
        names = list(gazetteer.spellings)
        before = time.process_time()
        scanners = {"citetrack": _citetrack(gazetteer)}
        built = time.process_time() - before
        scanners |= {"flashtext2": _flashtext2(names), "pyahocorasick": _pyahocorasick(names)}
        print(f"\n{len(names):,} names; citetrack's automaton built in {built:.2f} CPU seconds")
        for label, text in texts.items():
            _speed(label, text, scanners)
        _compare_memory(count)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--memory", help=argparse.SUPPRESS)
    return parser.parse_args()


# ---------------------------------------------------------------- names and text


def _gazetteer(count: int) -> Gazetteer:
    """Return the packaged names, widened by titles spliced from their words to `count` titles."""
    packaged = standard_gazetteer()
    if not count:
        return packaged
    chance = random.Random(1)
    words = [w for name in packaged.spellings for w in name.split()]
    titles = (" ".join(chance.choices(words, k=chance.randint(3, 7))) for _ in range(count))
    return packaged.with_journals(map(Listed, titles), every=True)


def _own_text(megabytes: float, *, every: int) -> list[str]:
    """Return texts of a few paragraphs, every so many of which names a journal."""
    chance = random.Random(2)
    names = list(standard_gazetteer().spellings)
    texts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        chosen = [_sentence(chance) for _ in range(20)]
        if len(texts) % every == 0:
            sentence = chance.choice(SENTENCES)
            chosen[7] = sentence.format(day=chance.choice(DAYS), name=chance.choice(names))
        texts.append("\n\n".join(" ".join(chosen[i : i + 4]) for i in range(0, 20, 4)))
        size += len(texts[-1].encode())
    return texts


def _sentence(chance: random.Random) -> str:
    sentence = chance.choice(TRAPS if chance.random() < TRAP_SHARE else NEWS)
    for slot, choices in FILLERS.items():
        while f"{{{slot}}}" in sentence:
            sentence = sentence.replace(f"{{{slot}}}", chance.choice(choices), 1)
    return sentence


def _shared_texts() -> dict[str, list[str]]:
    found = {}
    for label, file in (("ordinary news", "no-study"), ("stories about studies", "stories")):
        path = SHARED / f"{file}.jsonl.gz"
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                found[label] = [json.loads(line)["text"] for line in lines]
    return found


# ---------------------------------------------------------------- scanners


def _citetrack(gazetteer: Gazetteer) -> Callable[[str], object]:
    list(find_containers("in the journal Nature", gazetteer=gazetteer))
    return lambda text: list(find_containers(text, gazetteer=gazetteer))


def _flashtext2(names: list[str]) -> Callable[[str], object]:
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_iter(names)
    extract: Callable[[str], object] = processor.extract_keywords_with_span
    return extract


def _pyahocorasick(names: list[str]) -> Callable[[str], object]:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return lambda text: list(automaton.iter_long(text))


# ---------------------------------------------------------------- figures


def _speed(label: str, texts: list[str], scanners: dict[str, Callable[[str], object]]) -> None:
    size = sum(len(text.encode()) for text in texts) / 1e6
    seconds = turns(texts * TURNS, *scanners.values())
    speeds = {name: TURNS * size / spent for name, spent in zip(scanners, seconds, strict=True)}
    finds = sum(len(list(find_containers(text))) for text in texts)
    ours = speeds["citetrack"]
    told = ", ".join(f"{name} {speed:.1f}" for name, speed in speeds.items())
    print(f"{label} ({size:.1f} MB, {finds / size:.0f} finds a MB): MB a CPU second: {told}")
    print(
        f"  with rules: {ours / speeds['flashtext2']:.2f} times flashtext2 (at least 1.0), "
        f"{ours / speeds['pyahocorasick']:.2f} times pyahocorasick (at least 2)"
    )


def _compare_memory(count: int) -> None:
    sizes = {
        name: float(
            subprocess.run(
                [sys.executable, __file__, "--memory", name, "--names", str(count)],
                capture_output=True, text=True, check=True,
            ).stdout
        )
        for name in ("citetrack", "flashtext2", "pyahocorasick")
    }  # fmt: skip
    told = ", ".join(f"{name} {size:.1f}" for name, size in sizes.items())
    share = sizes["citetrack"] / sizes["flashtext2"]
    print(f"memory, MiB: {told}\n  {share:.2f} of flashtext2's (at most 0.25)")


def _memory(name: str, count: int) -> float:
    """Return the MiB that a scanner keeps, the list of names handed to a peer not counted."""
    import ahocorasick_rs  # noqa: F401  the library itself is not counted

    before = _resident()
    gazetteer = _gazetteer(count)
    if name == "citetrack":
        standard_gazetteer.cache_clear()
        scan = _citetrack(gazetteer)
    else:
        names = list(gazetteer.spellings)
        before = _resident()
        scan = {"flashtext2": _flashtext2, "pyahocorasick": _pyahocorasick}[name](names)
    scan("the journal Nature")
    return _resident() - before


def _resident() -> float:
    """Return the MiB that the process keeps, with what the allocator holds back given free."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line) / 1024


if __name__ == "__main__":
    main()
