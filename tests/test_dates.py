"""Dates found after publication cues and compared at the coarser precision."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetrack.dates import find_dates, parse_date
from citetrack.days import days_between
from citetrack.model import PartialDate


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        pytest.param("Published on 7 April in JAMA", None, "--04-07", id="no-year-no-story-date"),
        pytest.param(
            "Published on 7 April in JAMA", "2025-11-17", "2025-04-07", id="year-of-story"
        ),
        pytest.param("published online Dec. 28", "2021-01-03", "2020-12-28", id="last-year"),
        pytest.param("published Tuesday in Annals", "2019-03-05", "2019-03-05", id="same-weekday"),
        pytest.param("was published on Monday", "2019-03-05", "2019-03-04", id="day-before"),
        pytest.param("published yesterday in Cell", "2020-03-01", "2020-02-29", id="yesterday"),
        pytest.param("am Mittwoch in Nature erschienen", "2015-09-02", "2015-09-02", id="german"),
        pytest.param("publicado este lunes", "2018-05-22", "2018-05-21", id="spanish"),
        pytest.param("publiée le 3 mai 2018", None, "2018-05-03", id="french"),
        pytest.param("PUBLICATION DATE\n16-Sep-2018", None, "2018-09-16", id="label-above"),
        pytest.param("published online 2020-12-10", None, "2020-12-10", id="iso"),
        pytest.param("appeared in April 2024", None, "2024-04", id="month-only"),
        pytest.param("in this week's issue of Blood", "2024-05-06", "2024-05", id="this-week"),
        pytest.param("published online last week", "2024-05-02", "2024-04", id="last-week"),
        pytest.param("online December 10, 2020.", None, "2020-12-10", id="online-day"),
        pytest.param("in the November issue of Gut", "2024-12-02", "2024-11", id="issue"),
        pytest.param("in the 5 May edition of Gut", "2024-05-07", "2024-05-05", id="edition"),
        pytest.param(
            "published in the journal Gut in May", "2024-06-02", "2024-05", id="bare-month"
        ),
        pytest.param("which came out last month", "2024-05-02", "2024-04", id="came-out"),
        pytest.param("in a paper, out today in Gut", "2024-05-02", "2024-05-02", id="out-today"),
        pytest.param("published two weeks ago in Gut", "2024-05-07", "2024-04", id="weeks-ago"),
        pytest.param("a study in Gut showed on Monday", "2024-05-07", "2024-05-06", id="showed"),
        pytest.param("foi publicado no dia 6", "2024-05-07", "2024-05-06", id="portuguese-day"),
        pytest.param("publicado nesta sexta (3)", "2024-05-07", "2024-05-03", id="brackets"),
        pytest.param("described on Tuesday in Gut", "2024-05-07", "2024-05-07", id="described"),
        pytest.param("verscheen dinsdag in Gut", "2024-05-07", "2024-05-07", id="dutch-past"),
        pytest.param("El 3 de mayo apareció en Gut", "2024-05-07", "2024-05-03", id="verb-after"),
        pytest.param("In 2015, scientists reported in Gut", "2024-05-07", "2015", id="year-first"),
        pytest.param("will be published on Thursday", "2024-05-07", "2024-05-09", id="to-come"),
        pytest.param("to be published tomorrow in Gut", "2024-05-07", "2024-05-08", id="tomorrow"),
        pytest.param("published last Tuesday", "2024-05-07", "2024-04-30", id="last-tuesday"),
        pytest.param("EMBARGOED UNTIL 16:00 GMT 7 April", "2025-04-06", "2025-04-07", id="embargo"),
        pytest.param(
            "Embargo: 00.01 hrs Tuesday, 7 April 2026", None, "2026-04-07", id="embargo-weekday"
        ),
        pytest.param("on Monday in the journal Gut", "2024-05-07", "2024-05-06", id="cue-after"),
        pytest.param("LONDON, April 7 (Wire) - Naps help", None, "--04-07", id="dateline"),
        pytest.param("MADRID (7 April) — Naps help", None, "--04-07", id="dateline-brackets"),
        pytest.param("veröffentlicht am 07.04.2025", None, "2025-04-07", id="german-numbers"),
        pytest.param("publiée mercredi 3 mai", "2018-05-04", "2018-05-03", id="french-weekday"),
        pytest.param("publicado el pasado martes", "2018-05-23", "2018-05-22", id="spanish-day"),
        pytest.param("publicada na terça-feira (12)", "2018-06-13", "2018-06-12", id="portuguese"),
        pytest.param("pubblicato ieri su Nature", "2018-06-13", "2018-06-12", id="italian"),
        pytest.param("woensdag gepubliceerd in Cell", "2018-06-14", "2018-06-13", id="dutch"),
        pytest.param(
            "7日付の英科学誌ネイチャーに掲載された", "2018-06-08", "2018-06-07", id="japanese-day"
        ),
        pytest.param(
            "30日付の米科学誌に発表した", "2018-06-02", "2018-05-30", id="japanese-month-before"
        ),
        pytest.param("a 2012 study in Gut found", "2024-05-07", "2012", id="year-of-study"),
        pytest.param("in a paper published in Gut in 2019", "2024-05-07", "2019", id="year-after"),
        pytest.param("论文于2018年5月3日在线发表", None, "2018-05-03", id="chinese"),
    ],
)
def test_a_date_after_a_word_for_publishing_is_read_beside_the_storys_own(
    text: str, published: str | None, value: str
) -> None:
    story = PartialDate.parse(published) if published else None
    assert [m.value for m in find_dates(text, story)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The garden opens on 7 April.", id="no-cue"),
        pytest.param("published on 31 April 2025", id="no-such-day"),
        pytest.param("published data collected between May 2008 and January 2009", id="span"),
        pytest.param("reports of naps since 3 May 2008", id="since"),
        pytest.param("published data collected in May", id="month-of-data"),
        pytest.param("in the August issue of Gut", id="month-of-no-year"),
        pytest.param("this month's report on 30日", id="no-month-no-story-date"),
        pytest.param("By A. Reporter, 7 April 2025", id="reporter"),
        pytest.param("a 2012 study", id="year-without-story-date"),
        pytest.param("published Tuesday", id="weekday-without-story-date"),
    ],
)
def test_what_is_no_date_of_publication_is_not_found(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The study, published in May in JAMA, found", "2025-05"),
        ("The paper appeared in May.", "2025-05"),
        ("In May, researchers reported in Nature that", "2025-05"),
        ("was published in September in Gut", "2024-09"),
        ("will be published in September in Gut", "2025-09"),
        ("Die im Mai in Nature veröffentlichte Studie", "2025-05"),
        ("Het onderzoek werd in mei in Nature gepubliceerd", "2025-05"),
        ("L'étude, publiée en mai dans Nature,", "2025-05"),
        ("Lo studio, pubblicato a maggio su Nature,", "2025-05"),
    ],
)
def test_a_month_alone_is_the_last_one_and_dates_the_storys_own_study(
    text: str, value: str
) -> None:
    found = find_dates(text, PartialDate.parse("2025-07-08"))
    assert [m.value for m in found] == [value]


def test_a_month_well_before_the_storys_is_of_another_study() -> None:
    story = PartialDate.parse("2024-08-02")
    assert list(find_dates("a study published in March found", story)) == []


@pytest.mark.parametrize(
    ("story", "record", "days"),
    [
        ("2025-04-08", "2025-04-07", 1),
        ("2025-04-05", "2025-04-07", -2),
        ("2025-04-30", "2025-04", 0),
        ("2025-05-02", "2025-04", 2),
        ("2025", "2025-04-07", 0),
        ("2023", "2025-01-01", -367),
        ("--04-07", "2025-04-07", 0),
        ("--12-31", "2025-01-01", -1),
        ("--04-07", "2025", None),
    ],
)
def test_dates_are_compared_at_the_coarser_precision(
    story: str, record: str, days: int | None
) -> None:
    assert days_between(PartialDate.parse(story), PartialDate.parse(record)) == days


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_written_out_is_read_back(day: dt.date) -> None:
    assert str(parse_date(f"{day:%d %B %Y}")) == str(day)


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "yesterday", "", "20250407", "--02-30"])
def test_a_text_that_is_no_date_does_not_parse(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month"):
        PartialDate.parse(text)


_PIECES = (
    "published ", "online ", "issue ", "in the ", "August ", "7 ", "2024 ", "Monday ", "this week ",
    "today ", "07.04.2025 ", "7日付", "4月7日に", "embargo ", "last ", "will be ", "edition of ",
    "発表",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(_PIECES), max_size=8).map("".join),
    st.sampled_from([None, "2024", "2024-05", "2024-02-29", "--04-07"]),
)
def test_whatever_stands_together_is_read_as_a_date_or_left(text: str, told: str | None) -> None:
    story = PartialDate.parse(told) if told else None
    for m in find_dates(text, story):
        assert str(PartialDate.parse(m.value)) == m.value
