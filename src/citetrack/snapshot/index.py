"""A searchable index of works in memory: tantivy, one field for each kind of word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetrack.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetrack.model import PartialDate, Question
    from citetrack.record.outline import Outline

#: How much a word counts in each field. Names, journal and year are each worth about as much as
#: the whole text (docs/why.md, "What finds the paper").
_BOOSTS = {
    "title": 1.0,
    "author": 3.0,
    "container": 1.0,
    "year": 0.7,
    "month": 2.0,
    "abstract": 0.4,
}
#: A capitalised word that may be anybody's name counts less than a name.
_SURNAME_BOOST = 1.2
_HEAP_BYTES = 50_000_000
_MAX_TERMS = 200


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
            for (field, word), boost in _terms(question).items()
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
    for name in _BOOSTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(number: int, outline: Outline) -> Any:
    import tantivy

    return tantivy.Document(
        number=number,
        title=" ".join(words(outline.title)),
        author=" ".join(w for a in outline.authors for w in words(a)),
        container=" ".join(w for c in outline.containers for w in words(c)),
        year=str(outline.year or ""),
        month=f"{outline.year}-{outline.month:02}" if outline.month else "",
        abstract=" ".join(words(outline.abstract)),
    )


def _terms(question: Question) -> dict[tuple[str, str], float]:
    """Return the (field, word) pairs of a question with their weight, the surest first."""
    pairs = [("title", w) for t in question.titles for w in words(t)]
    pairs += [("author", w) for a in question.authors for w in words(a)]
    pairs += [("container", w) for c in question.containers for w in words(c)]
    pairs += [("year", str(y)) for y in question.years]
    told = question.dates or ((question.published,) if question.published else ())
    pairs += [("month", m) for d in told for m in _months(d)]
    pairs += [("title", w) for w in question.words]
    pairs += [("abstract", w) for w in question.words]
    weighted = {pair: _BOOSTS[pair[0]] for pair in pairs}
    for surname in question.surnames:
        weighted.setdefault(("author", surname), _SURNAME_BOOST)
    return dict(list(weighted.items())[:_MAX_TERMS])


def _months(date: PartialDate) -> list[str]:
    """Return the month of a date and its neighbours: most stories run within weeks of the paper."""
    if date.year is None or date.month is None:
        return []
    ordinal = date.year * 12 + date.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in (ordinal, ordinal - 1, ordinal + 1)]
