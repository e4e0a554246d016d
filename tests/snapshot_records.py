"""Records for snapshots, made from our own words; and what a snapshot answers, to compare."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

from citetrack.model import Question
from citetrack.snapshot import open_works
from citetrack.snapshot.source import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

_SUBJECTS = (
    "tide harbour sleep tea glacier orchard nurse pollen kidney memory copper lichen vaccine "
    "asthma rowing archive protein cattle drought violin retina marsh enzyme beetle"
).split()
_NAMES = "Okafor Ruiz Lindqvist Tanaka Novak Haddad Moreau Silva Kaya Byrne".split()
JOURNALS = ("Journal of Tides", "Annals of Tea", "Sleep and Rest", "Orchard Letters")


def make_records(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return that many records, the same for the same seed."""
    chance = random.Random(seed)
    return [_record(n, chance) for n in range(count)]


def _record(number: int, chance: random.Random) -> dict[str, Any]:
    words = chance.choices(_SUBJECTS, k=6)
    journal = chance.randrange(4)
    return {
        "DOI": f"10.5555/S.{number}",
        "type": "journal-article" if number % 5 else "book-chapter",
        "title": [f"The {' and '.join(words[:3])} of the {words[3]}"],
        "container-title": [JOURNALS[journal]],
        "ISSN": [f"1234-567{journal}"],
        "author": [
            {"family": n, "given": "A.", "affiliation": [{"name": "University of Tides"}]}
            for n in chance.sample(_NAMES, 2)
        ],
        "issued": {"date-parts": [[2010 + number % 15, 1 + number % 12, 1 + number % 28]]},
        "abstract": f"<jats:p>We measured {words[4]} in {words[5]}.</jats:p>" if number % 3 else "",
        "resource": {"primary": {"URL": f"https://journals.example/article/{100000 + number}"}},
        "indexed": {"date-time": "2025-01-01T00:00:00Z", "timestamp": 1735689600000 + number},
        "reference": [{"key": "1", "unstructured": "Left out"}],
    }


def write_lines(path: Path, records: list[dict[str, Any]], *broken: str) -> Path:
    """Write records one a line, packed when the name says so, broken lines last."""
    lines = [json.dumps(r) for r in records] + list(broken)
    content = "".join(f"{line}\n" for line in lines).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


def answers_of(folder: Path) -> tuple[list[tuple[int, bytes]], list[list[tuple[str, float]]]]:
    """Return all that a snapshot holds, and what it finds for some questions, with scores."""
    works = open_works(folder)
    assert isinstance(works, Snapshot)
    rows = [(number, core.doi.encode()) for number, core in works._data.records]
    asked = [
        {("title", "tide"): 1.0, ("year", "2020"): 0.7},
        {("author", "okafor"): 3.0, ("month", "2012-06"): 1.0},
        {("container", "sleep"): 1.0, ("month", "2015-06"): 2.0, ("abstract", "pollen"): 0.4},
        {("institution", "university"): 1.0, ("title", "lichen"): 1.0},
    ]
    found = [[(w.doi.value, s) for w, s in works.best(terms, 40)] for terms in asked]
    by_words = works.search(Question(words=("copper", "violin"), years=(2019,)), limit=40)
    found.append([(w.doi.value, 0.0) for w in by_words.works])
    works.close()
    return rows, found
