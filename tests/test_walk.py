"""How an index is asked: which words are followed, and in what order equal works stand."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from citetrack.record.build import core_of
from citetrack.record.wire import decode
from citetrack.snapshot.document import document_of
from citetrack.snapshot.index import HEAP_SMALL, Index
from citetrack.snapshot.walk import Sought, parted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Numbers are hashes: spread over all of 56 bits.
SPREAD = 2**56 // 4000


def index_of(*portions: Iterable[tuple[int, dict[str, Any]]]) -> Index:
    """Return an index of (number, record), each portion a segment of its own."""
    index = Index(None)
    for portion in portions:
        with index.writing(HEAP_SMALL) as writer:
            for number, record in portion:
                message = {"DOI": f"10.5555/{number}", **record}
                core = core_of(decode(json.dumps(message).encode()))
                writer.add([document_of(number * SPREAD, core)])
            writer.commit()
    return index


def found(index: Index, *words: str, limit: int = 10) -> list[int]:
    terms = dict.fromkeys((("title", word) for word in words), 1.0)
    return [number // SPREAD for number, _ in index.search(terms, limit)]


def sought(word: str, holding: int, weight: float = 1.0) -> Sought:
    return Sought("title", word, weight, holding)


def names(words: Sequence[Sought]) -> list[str]:
    return [w.word for w in words]


# ---------------------------------------------------------------- which words are followed


def test_a_word_of_very_many_works_is_looked_up_beside_rarer_ones() -> None:
    rare = [sought(w, 40) for w in ("auklet", "barnacle", "copepod")]
    followed, others = parted([sought("and", 250_000), *rare], 1_000_000)
    assert (names(followed), names(others)) == (["auklet", "barnacle", "copepod"], ["and"])


def test_a_name_that_counts_much_is_followed_before_a_word_as_frequent() -> None:
    words = [sought(*w) for w in (("rare", 20), ("word", 1400), ("scarce", 20), ("and", 250_000))]
    followed, others = parted([*words, sought("name", 1500, 3.0)], 1_000_000)
    assert (names(followed), names(others)) == (["rare", "scarce", "name"], ["word", "and"])


@pytest.mark.parametrize(
    "words",
    [
        [sought("and", 250_000)],
        [sought("of", 300_000), sought("and", 250_000), sought("in", 200_000)],
        [sought("auklet", 40), sought("barnacle", 50)],
        [sought(f"w{n}", 700) for n in range(200)],  # to look up so many would cost more
        [sought(f"w{n}", 20 if n < 30 else 30_000) for n in range(130)],  # and so deep a query fail
    ],
)
def test_all_words_are_followed_where_nothing_is_saved(words: list[Sought]) -> None:
    followed, others = parted(words, 1_000_000)
    assert {*followed} == {*words}
    assert not others


def test_what_is_walked_grows_more_slowly_than_the_works() -> None:
    def walked(works: int) -> int:
        words = [sought(f"w{n}", works // 2 ** (18 - n) + 1) for n in range(18)]
        return sum(w.holding for w in parted(words, works)[0])

    assert walked(100_000_000) < 20 * walked(1_000_000)


def test_of_a_long_text_in_very_many_works_the_words_that_say_least_are_passed_over() -> None:
    words = [sought(f"w{n}", 50_000 * (n + 1)) for n in range(200)]
    followed, others = parted(words, 180_000_000)
    assert len(others) == 24
    assert names(followed)[:3] == ["w0", "w1", "w2"]


def test_the_order_in_which_words_are_told_changes_nothing() -> None:
    words = [sought(f"w{n}", 1000) for n in range(12)] + [sought("and", 250_000)]
    shuffled = random.Random(1).sample(words, len(words))
    assert parted(words, 1_000_000) == parted(shuffled, 1_000_000)


# ---------------------------------------------------------------- what is found


def _titles(count: int) -> list[tuple[int, dict[str, Any]]]:
    """Return works of which each holds "common", some a rare word, a few of these "special"."""
    works = []
    for n in range(count):
        rare = f" auklet barnacle copepod{' special' * (n % 300 == 0)}" if n % 100 == 0 else ""
        works.append((n, {"title": [f"common{rare}"]}))
    return works


def test_a_word_that_is_looked_up_counts_for_works_with_telling_ones() -> None:
    index = index_of(_titles(2000))
    best = found(index, "auklet", "barnac", "copepo", "common", "specia", limit=7)
    assert best == [0, 300, 600, 900, 1200, 1500, 1800]


def test_where_few_works_hold_telling_words_others_follow() -> None:
    index = index_of(_titles(2000))
    best = found(index, "auklet", "barnac", "copepo", "common", limit=30)
    assert len(best) == 30
    assert {*best[:20]} == {*range(0, 2000, 100)}
    assert best[20:] == list(range(1, 11))


def test_of_more_equal_works_than_can_be_looked_at_the_same_come_first() -> None:
    records = [(n, {"issued": {"date-parts": [[2020]]}}) for n in range(3000)]
    turned = [records[n::7] for n in (3, 6, 0, 5, 2, 4, 1)]
    for index in (index_of(records), index_of(*turned)):
        hits = index.search({("year", "2020"): 1.0}, 10)
        assert [number // SPREAD for number, _ in hits] == list(range(10))
        assert len({score for _, score in hits}) == 1


def test_better_works_stand_before_many_equal_ones() -> None:
    records: list[tuple[int, dict[str, Any]]] = [(n, {"title": ["tide"]}) for n in range(2000)]
    records[1700] = (1700, {"title": ["tide"], "issued": {"date-parts": [[2020]]}})
    terms = {("title", "tide"): 1.0, ("year", "2020"): 1.0}
    for index in (index_of(records), index_of(records[1500:], records[:1500])):
        best = [number // SPREAD for number, _ in index.search(terms, 5)]
        assert best == [1700, 0, 1, 2, 3]


def test_of_works_that_hold_a_word_those_with_the_least_numbers_are_given() -> None:
    records = [(n, {"title": ["tide"]}) for n in range(400)]
    index = index_of(records[200:], records[:200])
    assert [n // SPREAD for n in index.holding("title", "tide", 50)] == list(range(50))
