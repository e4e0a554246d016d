"""False finds: identifiers found in a megabyte of newspaper stories that print next to none.

python tests/eval/false_finds.py ../shared/linking/stories.jsonl.gz
"""

from __future__ import annotations

import sys
from pathlib import Path

from linking import read

from citetrack import find_identifiers


def false_finds(texts: list[str]) -> tuple[float, list[tuple[str, str]]]:
    """Return the megabytes of text, and what was found in it as (kind, value)."""
    megabytes = sum(len(t.encode()) for t in texts) / 1e6
    return megabytes, [(x.kind, x.value) for t in texts for x in find_identifiers(t)]


def main() -> None:
    texts = [row["text"] for row in read(Path(sys.argv[1]))]
    megabytes, found = false_finds(texts)
    print(f"{len(texts)} stories, {megabytes:.2f} MB: {len(found)} identifiers")
    for kind, value in found:
        print(f"  {kind} {value}")


if __name__ == "__main__":
    main()
