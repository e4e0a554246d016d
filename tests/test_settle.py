"""Glued and broken DOIs are settled by asking what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetrack.identifiers import longest_existing
from citetrack.model import Doi

if TYPE_CHECKING:
    from collections.abc import Sequence


def _known(*dois: str) -> Exists:
    return Exists(set(dois))


class Exists:
    """A register that counts how often it is asked."""

    def __init__(self, known: set[str]) -> None:
        self.known = known
        self.asked = 0

    def __call__(self, dois: Sequence[Doi]) -> list[bool]:
        self.asked += 1
        return [d.value in self.known for d in dois]


@pytest.mark.parametrize(
    ("printed", "known", "settled"),
    [
        pytest.param("10.1000/a.2025.3204Journal", "10.1000/a.2025.3204", None, id="glued-word"),
        pytest.param("10.1000/a.2025.3204", "10.1000/a.2025.3204", None, id="whole"),
        pytest.param("10.1000/ABC-12.", "10.1000/abc-12", None, id="letter-case-and-stop"),
        pytest.param("10.1000/a.2025. 3204 was", "10.1000/a.2025.3204", None, id="blank-inside"),
        pytest.param("10.1000/a.2025\n3204 was", "10.1000/a.2025", None, id="next-line-is-text"),
        pytest.param("10. 1000 / a.12 was", "10.1000/a.12", None, id="blanks-in-the-prefix"),
        pytest.param("10.1000/a(12)b)", "10.1000/a(12)b", None, id="brackets"),
        pytest.param("10.1000/1234", "10.1000/123", "none", id="never-inside-a-number"),
        pytest.param("10.1000/abcd", "10.1000/abc", "none", id="never-inside-a-word"),
        pytest.param("no doi", "10.1000/a", "none", id="no-doi"),
        pytest.param("", "10.1000/a", "none", id="empty"),
    ],
)
def test_the_longest_beginning_that_exists_wins(
    printed: str, known: str, settled: str | None
) -> None:
    found = longest_existing(printed, _known(known, "10.1000/a.20"))
    assert found == (None if settled == "none" else Doi(known))


def test_the_register_is_asked_once() -> None:
    exists = _known()
    assert longest_existing("10.1000/a.2025.3204Journal of", exists) is None
    assert exists.asked == 1
