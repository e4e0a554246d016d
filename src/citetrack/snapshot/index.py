"""A searchable index of works in memory: tantivy, one field for each kind of word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetrack.snapshot.terms import subject_terms, terms_of
from citetrack.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.model import Question
    from citetrack.record.outline import Outline

#: The fields in which words stand: titles with subtitles, surnames, full names, journals with
#: their short names, "2025", "2025-04", affiliations, abstracts, numbers of trials and publishers.
FIELDS = (
    "title",
    "author",
    "author_full",
    "container",
    "year",
    "month",
    "institution",
    "abstract",
    "identifiers",
)
_HEAP_BYTES = 50_000_000


class Index:
    """Works found by the words of a question, best first."""

    def __init__(self) -> None:
        self._schema = _schema()
        self._index: Any = None
        self._searcher: Any = None

    def build(self, outlines: Iterable[Outline]) -> None:
        """Index the outlines; the number of each in the order given is what `search` answers."""
        import tantivy

        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for number, outline in enumerate(outlines):
            writer.add_document(_document(number, outline))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: Question, limit: int) -> list[tuple[int, float]]:
        """Return (number, score) of at most `limit` works, best first."""
        import tantivy

        clauses = [
            (tantivy.Occur.Should, self._term(field, word, boost))
            for (field, word), boost in terms_of(question).items()
        ]
        if not clauses or self._searcher is None:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        numbers = ((self._searcher.doc(address)["number"][0], score) for score, address in hits)
        # Equal scores in the order of the file: the same question has the same answer.
        return sorted(numbers, key=lambda x: (-x[1], x[0]))

    def _term(self, field: str, word: str, boost: float) -> Any:
        import tantivy

        query = tantivy.Query.term_query(self._schema, field, word, index_option="freq")
        return tantivy.Query.boost_query(query, boost)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(number: int, outline: Outline) -> Any:
    import tantivy

    return tantivy.Document(
        number=number,
        title=" ".join(subject_terms(outline.title)),
        author=" ".join(w for a in outline.authors for w in words(a)),
        author_full=" ".join(w for a in outline.full_names for w in words(a)),
        container=" ".join(w for c in outline.containers for w in words(c)),
        year=str(outline.year or ""),
        month=f"{outline.year}-{outline.month:02}" if outline.month else "",
        institution=" ".join(w for i in outline.institutions for w in words(i)),
        abstract=" ".join(subject_terms(outline.abstract)),
        identifiers=" ".join(outline.numbers),
    )
