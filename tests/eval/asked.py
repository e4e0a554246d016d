"""How well stories are linked when works are asked of a search service, as Crossref is.

    python tests/eval/asked.py FOLDER POOL

A stand-in ranks the works of POOL as Crossref ranks a `query.bibliographic`: BM25 over title,
authors, journal and year, any word counts. It is asked the words that Crossref would be asked, and
nothing but its first answers is known of the pool: not how rare a word is, nor what else is there.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy
from linking import read

from citetrack import match
from citetrack.config import Settings
from citetrack.features import rarity_among
from citetrack.mentions import find_mentions
from citetrack.pipeline import Checker
from citetrack.record import work_from_crossref
from citetrack.references import group_references
from citetrack.strategies import SEARCHED
from citetrack.works.crossref import bibliographic

if TYPE_CHECKING:
    from citetrack.model import Citation, Work


class Service:
    """Records found by any word of a question, best first."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        schema = tantivy.SchemaBuilder().add_text_field("all").add_unsigned_field("at", stored=True)
        self._records, self._index = records, tantivy.Index(schema.build())
        writer = self._index.writer(num_threads=1)
        for at, record in enumerate(records):
            writer.add_document(tantivy.Document(all=_text(record), at=at))
        writer.commit()
        self._index.reload()

    def search(self, text: str, limit: int) -> list[Work]:
        """Return the first `limit` works."""
        searcher = self._index.searcher()
        query = self._index.parse_query(" ".join(re.findall(r"\w+", text.lower())), ["all"])
        hits = searcher.search(query, limit).hits
        return [work_from_crossref(self._records[searcher.doc(at)["at"][0]]) for _, at in hits]


def _text(record: dict[str, Any]) -> str:
    names = (f"{a.get('given', '')} {a.get('family', '')}" for a in record.get("author") or ())
    titles = (record.get(f) or () for f in ("title", "container-title", "short-container-title"))
    year = record["issued"]["date-parts"][0][0]
    return " ".join([*(t for several in titles for t in several), *names, str(year)])


def report(name: str, stories: Path, service: Service, gold: dict[str, set[str]]) -> None:
    """Print a line of figures: stories whose paper is first, and links right and wrong."""
    first, right, wrong = set[str](), set[str](), set[str]()
    number = 0
    with Checker(Settings(offline=True)) as checker:
        for item in checker.reader().read(str(stories)):
            number, story = number + 1, str(item.id)
            for citation in _citations(item.article, service):
                best = citation.candidates[0].work.doi.value
                if best in gold.get(story, ()):
                    first.add(story)
                if citation.work:
                    (right if best in gold.get(story, ()) else wrong).add(story)
    told = ", ".join(f"{w} {len(s) / number:.3f}" for w, s in
                     (("first", first), ("linked", right), ("wrong", wrong)))  # fmt: skip
    print(f"{name}: {number} stories, {told}")


def _citations(article: Any, service: Service) -> list[Citation]:
    story = match.Story.of(article)
    references = [r for r in group_references(article, find_mentions(article)) if not r.doubt]
    found = [(r, service.search(bibliographic(r.question), SEARCHED)) for r in references]
    judged = ((r, match.judge(r, story, works, rarity_among(works))) for r, works in found)
    return [match.decide(r, some, answered=True) for r, some in judged if some]


def main() -> None:
    folder, pool = Path(sys.argv[1]), Path(sys.argv[2])
    gold = {g["id"]: {d.lower() for d in g["dois"]} for g in read(folder / "gold.jsonl.gz")}
    papers = {doi for dois in gold.values() for doi in dois}
    records = read(pool)
    print(f"== asked of a search service with {len(records):,} works")
    service = Service(records)
    report("paper there", folder / "stories.jsonl.gz", service, gold)
    report("no study", folder / "no-study.jsonl.gz", service, {})
    without = Service([r for r in records if r["DOI"].lower() not in papers])
    report("paper missing", folder / "stories.jsonl.gz", without, {})


if __name__ == "__main__":
    main()
