"""A searchable index of works: tantivy, one field for each kind of word."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from citetrack.errors import DamagedSnapshot
from citetrack.snapshot.document import neighbours
from citetrack.snapshot.keys import HASH_BITS
from citetrack.snapshot.walk import Sought, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


P = ParamSpec("P")
T = TypeVar("T")
#: Fields of words: surnames, journals with their short names, affiliations.
_NAMES = ("author", "container", "institution")
#: Fields of stems: titles with subtitles, abstracts.
_SUBJECTS = ("title", "abstract")
#: Fields of whole values: "2025", "2025-04", numbers of trials and publishers, keys of pages.
_VALUES = ("year", "month", "identifiers")
#: Full names, each a word.
_GIVEN = "given"
FIELDS = (*_NAMES, _GIVEN, *_SUBJECTS, *_VALUES)
#: Fields that count how often a work holds a word.
_COUNTED = frozenset((*_NAMES, *_SUBJECTS))
#: What a fault in tantivy is raised as: an exception that is no Exception and has no module.
_PANIC = "PanicException"
_HINT = "Build the snapshot again, or take it from a backup."
#: One thread writes documents in the order given, so that the same works make the same index.
_THREADS = 1
#: What the writer may hold before it writes a segment: some 250,000 works, or a few.
HEAP_LARGE, HEAP_SMALL = 128_000_000, 32_000_000
#: Scores are sums whose last digits depend on how the index is cut into segments.
_DIGITS = 3
#: Works beyond the limit that are looked at for equal scores: at first, and where more are equal.
_SPARE, _MOST_SPARE = 8, 256


def _damage_told(ask: Callable[P, T]) -> Callable[P, T]:
    """Return `ask`, raising DamagedSnapshot for whatever tantivy meets in damaged files."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return ask(*args, **kwargs)
        except ValueError as error:
            why = _short(error)
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
            why = "it is damaged"
        raise DamagedSnapshot(f"The index of the snapshot cannot be read: {why}.", hint=_HINT)

    return asked


def _short(error: Exception) -> str:
    """Return what tantivy says without the insides of its own error."""
    return str(error).partition(": '")[0].rstrip(".")


class Index:
    """Works found by words; open to read, or to write with `writing`.

    `path` is the folder of the index, None for one in memory. Raises DamagedSnapshot when there
    should be an index and it cannot be opened.
    """

    def __init__(self, path: Path | None, *, new: bool = False) -> None:
        try:
            if path is None or new:
                self._index = _new(path)
            elif os.access(path, os.W_OK):
                self._index = _opened(path)
            else:
                self._index = _opened_elsewhere(path)
        except (ValueError, OSError) as error:
            raise DamagedSnapshot(
                f"The index in {path} cannot be opened: {_short(error)}.", hint=_HINT
            ) from error
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    @contextmanager
    def writing(self, heap: int) -> Iterator[Writer]:
        """Give a writer; what it committed is found from then on."""
        writer = Writer(self._index.writer(heap_size=heap, num_threads=_THREADS), self)
        try:
            yield writer
            writer.finish()
        finally:
            writer.close()
        self.reload()

    def reload(self) -> None:
        """See what was committed."""
        self._index.reload()
        self._searcher = self._index.searcher()

    @_damage_told
    def last(self) -> int:
        """Return the greatest number of a work in the index, -1 when there is none."""
        import tantivy

        hits = self._searched(tantivy.Query.all_query(), 1, order_by_field="work")
        return int(hits[0][0]) if hits else -1

    @_damage_told
    def search(self, terms: Mapping[tuple[str, str], float], limit: int) -> list[tuple[int, float]]:
        """Return (number, score) of at most `limit` works with the terms, best first.

        `terms` are (field, word) with their weight. Full names find no work, they count for those
        that other words find. Equal scores stand in the order of numbers, so that the same question
        has the same answer however the index was written.
        """
        known = self._known(terms)
        words = [w for w in known if w.field != _GIVEN]
        names = [w for w in known if w.field == _GIVEN]
        if not words or limit < 1:
            return []
        followed, others = parted(words, len(self))
        if others:
            some = self._looked_up(_any(map(self._term, followed)), [*others, *names])
            best = self._best(some, limit)
            if len(best) == limit:
                return best
        return self._best(self._looked_up(_any(map(self._term, words)), names), limit)

    @_damage_told
    def holding(self, field: str, word: str, limit: int) -> list[int]:
        """Return the numbers of at most `limit` works that hold a word, in their order."""
        import tantivy

        query = tantivy.Query.term_query(self._schema, field, word, index_option="basic")
        hits = self._searched(query, limit, order_by_field="work", order=tantivy.Order.Asc)
        return [int(number) for number, _ in hits]

    @_damage_told
    def has(self, number: int) -> bool:
        """Whether there is a work with a number."""
        return bool(self._searched(self.only(number), 1))

    def only(self, number: int) -> Any:
        """Return the query that finds one work."""
        near = self._term(Sought("identifiers", neighbours(number), 1.0, 1))
        return near.and_must_match(self._between(number, number))

    @_damage_told
    def share(self, stem: str) -> tuple[int, int]:
        """Return how many works hold a stem in their title or abstract, and of how many."""
        holding = max(self._searcher.doc_freq(field, stem) for field in _SUBJECTS)
        return int(holding), len(self)

    def _known(self, terms: Mapping[tuple[str, str], float]) -> list[Sought]:
        """Return the terms that any work holds."""
        known = []
        for (field, asked), weight in terms.items():
            word = asked
            if field in _NAMES and "'" in asked:  # the index holds "o'brien" as two words
                word = max(asked.split("'"), key=len)
            if holding := self._searcher.doc_freq(field, word):
                known.append(Sought(field, word, weight, holding))
        return known

    def _term(self, sought: Sought) -> Any:
        import tantivy

        field, word, weight, _ = sought
        option = "freq" if field in _COUNTED else "basic"
        query = tantivy.Query.term_query(self._schema, field, word, index_option=option)
        if field == _GIVEN:  # as much for one of many authors as for the only one
            return tantivy.Query.const_score_query(query, weight)
        return tantivy.Query.boost_query(query, weight)

    def _looked_up(self, query: Any, others: Iterable[Sought]) -> Any:
        """Return the query with words that count for the works it finds, and find none.

        Each stands in a query of its own: of several beside each other tantivy reads all works.
        """
        import tantivy

        for word in others:
            clauses = [(tantivy.Occur.Must, query), (tantivy.Occur.Should, self._term(word))]
            query = tantivy.Query.boolean_query(clauses)
        return query

    def _between(self, first: int, last: int) -> Any:
        import tantivy

        return tantivy.Query.range_query(
            self._schema, "work", tantivy.FieldType.Integer, first, last
        )

    def _best(self, query: Any, limit: int) -> list[tuple[int, float]]:
        for spare in (_SPARE, _MOST_SPARE):
            found = self._ranked(query, limit + spare)
            if len(found) < limit + spare or found[-1][0] > found[limit - 1][0]:
                break
        else:
            found = self._first_of_equal(query, limit, found)
        return [(number, -score) for score, number in sorted(found)[:limit]]

    def _first_of_equal(
        self, query: Any, limit: int, found: list[tuple[float, int]]
    ) -> list[tuple[float, int]]:
        """Return the best works, and of those as good as the last the ones with least numbers.

        These are more than can be looked at: a stretch of numbers is sought that holds enough.
        """
        worst, most = found[limit - 1][0], limit + _MOST_SPARE
        better = [pair for pair in found if pair[0] < worst]
        low, high = 0, 1 << HASH_BITS
        while True:
            end = (low + high) // 2
            ranked = self._ranked(query.and_must_match(self._up_to(end)), most)
            equal = [pair for pair in ranked if pair[0] == worst]
            if len(ranked) == most and ranked[-1][0] <= worst:
                high = end
            elif len(equal) + len(better) < limit:
                low = end
            else:
                return better + equal

    def _up_to(self, number: int) -> Any:
        """Return the query for works with at most a number; it adds nothing to scores."""
        import tantivy

        return tantivy.Query.const_score_query(self._between(0, number), 0.0)

    def _ranked(self, query: Any, limit: int) -> list[tuple[float, int]]:
        """Return (-score, number) of the best works as the index has them."""
        hits = self._searched(query, limit)
        addresses = [address for _, address in hits]
        numbers = self._searcher.fast_field_values("work", addresses)
        scores = (-round(score, _DIGITS) for score, _ in hits)
        return [(score, int(n or 0)) for score, n in zip(scores, numbers, strict=True)]

    def _searched(self, query: Any, limit: int, **options: Any) -> list[tuple[Any, Any]]:
        hits: list[tuple[Any, Any]] = self._searcher.search(
            query, limit, count=False, **options
        ).hits
        return hits


def _any(queries: Iterable[Any]) -> Any:
    """Return the query for works that any of the queries finds."""
    import tantivy

    clauses = [(tantivy.Occur.Should, query) for query in queries]
    return tantivy.Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]


class Writer:
    """Adds documents to an index."""

    def __init__(self, writer: Any, index: Index) -> None:
        self._writer = writer
        self._index = index

    def add(self, documents: Iterable[str]) -> None:
        """Add documents made by `document_of`."""
        add = self._writer.add_json
        for document in documents:
            add(document)

    def finish(self) -> None:
        """Wait until segments that are being merged are."""
        self._writer.wait_merging_threads()

    def close(self) -> None:
        """Let go of the index, so that another may write it."""
        self._writer = None

    def drop(self, number: int) -> None:
        """Drop the work with a number, if there is one; one added later stays."""
        self._writer.delete_documents_by_query(self._index.only(number))

    def commit(self) -> None:
        """Make what was added safe against a kill from now on."""
        self._writer.commit()
        self._index.reload()


def _new(path: Path | None) -> Any:
    import tantivy

    return _ready(tantivy.Index(_schema(), None if path is None else str(path)))


def _opened(path: Path) -> Any:
    import tantivy

    return _ready(tantivy.Index.open(str(path)))


def _ready(index: Any) -> Any:
    index.config_reader("Manual")
    index.searcher()
    return index


def _opened_elsewhere(path: Path) -> Any:
    """Open an index that may only be read: tantivy makes a lock file beside what it opens."""
    with tempfile.TemporaryDirectory(prefix="citetrack-") as folder:
        for file in path.iterdir():
            if not file.name.endswith(".lock"):
                Path(folder, file.name).symlink_to(file.absolute())
        return _opened(Path(folder))


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("work", fast=True)
    for name in _NAMES:
        builder.add_text_field(name, tokenizer_name="default", index_option="freq")
    builder.add_text_field(_GIVEN, tokenizer_name="default", index_option="basic")
    for name in _SUBJECTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in _VALUES:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return builder.build()
