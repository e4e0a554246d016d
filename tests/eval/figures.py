"""Print every figure of docs/accuracy.md, by the scorer that comes with the measuring material.

    python tests/eval/figures.py FOLDER

FOLDER holds stories, gold, pools, `make_pool.py` and `score.py`. The pool of 10,000 works with hard
decoys is made anew in a temporary folder; citetrack is run as a user runs it, offline.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        pool = Path(scratch, "pool-10k.jsonl.gz")
        _run(folder / "make_pool.py", "10000", "--dir", str(folder), "--out", str(pool))
        _score(folder, "linking", "--pool", str(pool), "--condition", "all", "--split-time")
        _run(HERE / "asked.py", folder, pool)
        siblings = Path(scratch, "siblings.jsonl.gz")
        for recipe in ([], ["--members"]):
            _run(HERE / "siblings.py", folder, siblings, *recipe)
            _score(folder, "linking", "--pool", str(siblings))
            for draw in ("5", "1", "2", "3"):
                flags = [*recipe, "--without-gold", f"--draw={draw}"]
                _run(HERE / "siblings.py", folder, siblings, *flags)
                _score(folder, "linking", "--pool", str(siblings), "--condition", "without-gold")
    _score(folder, "linking", "--pool", "small")
    _score(folder, "cd2cr")
    _score(folder, "journals")


def _score(folder: Path, *arguments: str) -> None:
    command = f"{sys.executable} -m citetrack"
    _run(folder / "score.py", *arguments, "--dir", str(folder), "--command", command)


def _run(*command: str | Path) -> None:
    subprocess.run([sys.executable, *map(str, command)], check=True)


if __name__ == "__main__":
    main()
