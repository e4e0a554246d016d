"""What happened to a paper is read from both sides, and never taken for the notice."""

from __future__ import annotations

import time

import pytest

from citetrack.model import Doi, PartialDate, Update
from citetrack.record import notices_in
from citetrack.record.updates import update_type
from records import DOI, entry, work


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("retraction", "retraction"),
        ("Retraction", "retraction"),
        ("retracion", "retraction"),
        ("retration", "retraction"),
        ("Retracted", "retraction"),
        ("withdrawl", "withdrawal"),
        ("removed", "removal"),
        ("partial-retraction", "partial_retraction"),
        ("partial_retraction", "partial_retraction"),
        ("expression-of-concern", "expression_of_concern"),
        ("Expression of concern", "expression_of_concern"),
        ("erratum", "correction"),
        ("err", "correction"),
        ("corrigendum", "correction"),
        ("Corrigenda", "correction"),
        ("new-version", "new_version"),
        ("new_edition", "new_edition"),
        ("Reinstatement", "reinstatement"),
        ("addendum", "addendum"),
        ("article", "article"),
        ("Peer-Review", "peer_review"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_the_types_of_updates_are_mended(printed: str | None, kept: str) -> None:
    assert [u.type for u in work(updated_by=[entry("10.5555/n", printed)]).updates] == [kept]


def test_a_hostile_type_is_compared_in_time() -> None:
    start = time.process_time()
    assert update_type("retraction" * 100_000).startswith("retraction")
    assert time.process_time() - start < 1.0


def test_a_notice_listed_by_both_sources_counts_once_and_the_publisher_first() -> None:
    twice = [
        entry("10.5555/N", "Retraction", 3, source="retraction-watch"),
        entry("https://doi.org/10.5555/n", "retraction", 2, source="publisher"),
    ]
    assert work(updated_by=twice).updates == (
        Update("retraction", PartialDate(2025, 5, 2), "10.5555/n", "publisher"),
    )


def test_a_date_that_one_source_lacks_is_taken_from_the_other() -> None:
    twice = [
        entry("10.5555/n", "retraction", 3, source="retraction-watch"),
        {"DOI": "10.5555/n", "type": "retraction", "source": "publisher"},
    ]
    (update,) = work(updated_by=twice).updates
    assert update.date == PartialDate(2025, 5, 3)


def test_one_notice_under_two_types_is_two_updates_in_order_of_date() -> None:
    both = [entry("10.5555/n", "retraction", 9), entry("10.5555/n", "erratum", 2)]
    assert [u.type for u in work(updated_by=both).updates] == ["correction", "retraction"]


def test_a_paper_that_retracts_itself_is_retracted() -> None:
    retracted = work(update_to=[entry("10.5555/TEA", "retraction")])
    assert [u.type for u in retracted.updates] == ["retraction"]
    assert retracted.notice_of == ()


def test_a_paper_that_updates_itself_on_both_sides_is_updated_once() -> None:
    itself = [entry(DOI, "new_version")]
    again = work(update_to=itself, updated_by=itself)
    assert [u.type for u in again.updates] == ["new_version"]
    assert (again.notice_of, again.relations) == ((), ())


def test_a_paper_that_retracts_its_alias_is_retracted() -> None:
    aliased = work(aliases=["10.5555/old"], update_to=[entry("10.5555/OLD", "withdrawal")])
    assert [u.type for u in aliased.updates] == ["withdrawal"]


def test_a_notice_is_not_what_it_retracts() -> None:
    notice = work(update_to=[entry("10.5555/Paper", "retraction"), entry(None, "retraction")])
    assert (notice.updates, notice.notice_of) == ((), (("10.5555/paper", "retraction"),))


def test_a_later_version_is_no_notice_about_the_earlier_one() -> None:
    second = work(update_to=[entry("10.5555/tea.1", "new_version")])
    assert (second.notice_of, second.relations) == ((), (("is-version-of", "10.5555/tea.1"),))


def test_a_notice_tells_what_happened_to_the_paper_asked_for() -> None:
    notice = {
        "DOI": "10.5555/notice",
        "update-to": [entry("10.5555/TEA", "Retraction", 4), entry("10.5555/other", "erratum")],
    }
    assert notices_in(notice, Doi(DOI)) == (
        Update("retraction", PartialDate(2025, 5, 4), "10.5555/notice", "publisher"),
    )
    assert notices_in(notice, Doi("10.5555/third")) == ()
