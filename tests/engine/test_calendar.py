"""Working days: the published calendar of 2026, the guess for later years, and the words for deadlines."""

from __future__ import annotations

import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import NATIONAL, Due, WorkingCalendar, describe_due
from engine.clock import LOCAL, local

# Copied by hand from the notice of the State Council's General Office on the holidays of 2026.
FREE_2026 = {
    "元旦": (date(2026, 1, 1), date(2026, 1, 3)),
    "春节": (date(2026, 2, 15), date(2026, 2, 23)),
    "清明节": (date(2026, 4, 4), date(2026, 4, 6)),
    "劳动节": (date(2026, 5, 1), date(2026, 5, 5)),
    "端午节": (date(2026, 6, 19), date(2026, 6, 21)),
    "中秋节": (date(2026, 9, 25), date(2026, 9, 27)),
    "国庆节": (date(2026, 10, 1), date(2026, 10, 7)),
}
MAKE_UP_2026 = (
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
)

calendar = WorkingCalendar()
moments = st.integers(0, 16_000_000).map(lambda minutes: datetime(2003, 6, 1, tzinfo=UTC) + timedelta(minutes=minutes))
halves = st.integers(0, 120).map(lambda n: Decimal(n) / 2)


def at(text: str) -> datetime:
    """A moment of Asia/Shanghai, such as "2026-10-01 09:30"."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


def said(due: Due) -> str:
    return f"{local(due.at):%Y-%m-%d %H:%M}" + ("?" if due.provisional else "")


def test_every_day_of_2026_agrees_with_the_published_notice() -> None:
    day = date(2026, 1, 1)
    while day.year == 2026:
        holiday = any(first <= day <= last for first, last in FREE_2026.values())
        works = day in MAKE_UP_2026 or (day.weekday() < 5 and not holiday)
        assert calendar.is_working_day(day) == works, day
        day += timedelta(days=1)


def test_years_are_published_from_2004_to_2026() -> None:
    assert [calendar.is_published(year) for year in (2003, 2004, 2026)] == [False, True, True]


def test_an_unpublished_year_is_guessed_and_never_raises() -> None:
    assert not calendar.is_working_day(date(2051, 5, 1))
    assert not calendar.is_working_day(date(2051, 10, 2))
    assert calendar.is_working_day(date(2051, 10, 4))  # a Wednesday
    assert not calendar.is_working_day(date(2051, 10, 7))  # a Saturday
    assert calendar.add_working_days(at("2051-01-01 09:00"), 3).provisional


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-06 09:00", 1, "2026-11-09 17:30"),
        ("2026-11-06 09:00", 2, "2026-11-10 17:30"),
        # After hours and at the weekend the day of arrival does not count either: Monday is the first working day.
        ("2026-11-06 20:00", 1, "2026-11-09 17:30"),
        ("2026-11-07 10:00", 1, "2026-11-09 17:30"),
        ("2026-11-08 23:59", 1, "2026-11-09 17:30"),
        # 国庆: Thursday 1 to Wednesday 7 October are free, Saturday 10 is worked, Sunday 11 is free.
        ("2026-09-30 16:00", 1, "2026-10-08 17:30"),
        ("2026-09-30 16:00", 3, "2026-10-10 17:30"),
        ("2026-09-30 16:00", 4, "2026-10-12 17:30"),
        # 中秋: Sunday 20 September is worked.
        ("2026-09-18 09:00", 1, "2026-09-20 17:30"),
        # 春节: Saturday 14 February is worked, then free until Monday 23.
        ("2026-02-13 09:00", 1, "2026-02-14 17:30"),
        ("2026-02-13 09:00", 2, "2026-02-24 17:30"),
        # Fractions end at noon of one more day.
        ("2026-11-06 09:00", Decimal("0.5"), "2026-11-09 12:00"),
        ("2026-11-06 09:00", Decimal("1.5"), "2026-11-10 12:00"),
        # Zero: the rest of a working day, or at once.
        ("2026-11-06 09:00", 0, "2026-11-06 17:30"),
        ("2026-11-06 18:00", 0, "2026-11-06 18:00"),
        ("2026-11-07 10:00", 0, "2026-11-07 10:00"),
        # From a published into an unpublished year: 元旦 is a Friday in 2027.
        ("2026-12-30 09:00", 1, "2026-12-31 17:30"),
        ("2026-12-31 09:00", 1, "2027-01-04 17:30?"),
    ],
)
def test_working_days_end_at_half_past_five_of_the_nth_day(start: str, days: int | Decimal, due: str) -> None:
    assert said(calendar.add_working_days(at(start), days)) == due


def test_the_day_is_that_of_shanghai_not_of_utc() -> None:
    # 20:00 UTC on Thursday is 04:00 on Friday in Shanghai.
    start = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
    assert said(calendar.add_working_days(start, 1)) == "2026-11-09 17:30"


@pytest.mark.parametrize("days", [-1, Decimal("-0.5"), Decimal("NaN"), Decimal("Infinity"), 100_000])
def test_absurd_numbers_of_days_are_refused(days: int | Decimal) -> None:
    with pytest.raises(ValueError, match="not a number of working days"):
        calendar.add_working_days(at("2026-11-06 09:00"), days)
    with pytest.raises(ValueError, match="not a number of working days"):
        calendar.subtract_working_days(at("2026-11-06 09:00"), days)


@pytest.mark.parametrize("hours", [-1, Decimal("NaN"), 10_000_000])
def test_absurd_numbers_of_hours_are_refused(hours: int | Decimal) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        calendar.add_hours(at("2026-11-06 09:00"), hours)


@pytest.mark.parametrize(
    ("due", "days", "moment"),
    [
        ("2026-11-09 17:30", 1, "2026-11-06 17:30"),
        ("2026-10-12 17:30", 2, "2026-10-09 17:30"),
        ("2026-11-09 17:30", Decimal("0.5"), "2026-11-09 12:00"),
        ("2026-11-09 12:00", Decimal("0.5"), "2026-11-06 17:30"),
        ("2026-11-08 10:00", Decimal("0.5"), "2026-11-06 17:30"),
        ("2026-11-09 17:30", 0, "2026-11-09 17:30"),
    ],
)
def test_a_reminder_lies_whole_or_half_working_days_before(due: str, days: int | Decimal, moment: str) -> None:
    assert calendar.subtract_working_days(at(due), days) == at(moment)


def test_hours_run_through_nights_and_holidays() -> None:
    assert said(calendar.add_hours(at("2026-09-30 23:30"), Decimal("1.5"))) == "2026-10-01 01:00"
    assert said(calendar.add_hours(at("2027-09-30 23:30"), 4)) == "2027-10-01 03:30"


@given(moments, halves, halves)
def test_more_days_never_end_earlier(start: datetime, a: Decimal, b: Decimal) -> None:
    first, second = sorted((a, b))
    assert calendar.add_working_days(start, first).at <= calendar.add_working_days(start, second).at


@given(moments, moments, halves)
def test_a_later_start_never_ends_earlier(a: datetime, b: datetime, days: Decimal) -> None:
    first, second = sorted((a, b))
    assert calendar.add_working_days(first, days).at <= calendar.add_working_days(second, days).at


@given(moments, st.integers(1, 60))
def test_counting_after_adding_gives_the_number_back(start: datetime, days: int) -> None:
    due = calendar.add_working_days(start, days)
    assert due.at.tzinfo is UTC
    assert due.at > start
    assert local(due.at).time() == time(17, 30)
    assert calendar.is_working_day(local(due.at).date())
    assert calendar.working_days_between(start, due.at) == days
    assert calendar.working_days_between(due.at, start) <= 0


@given(moments, st.integers(2, 40), st.integers(1, 39))
def test_subtracting_undoes_adding(start: datetime, days: int, back: int) -> None:
    if back < days:
        due = calendar.add_working_days(start, days)
        assert calendar.subtract_working_days(due.at, back) == calendar.add_working_days(start, days - back).at


@given(moments, st.integers(0, 40))
def test_provisional_exactly_when_an_unpublished_day_was_counted(start: datetime, days: int) -> None:
    due = calendar.add_working_days(start, days)
    first, last = local(start).date(), local(due.at).date()
    if days:
        first += timedelta(days=1)
    assert due.provisional == any(not calendar.is_published(year) for year in range(first.year, last.year + 1))


def test_adding_takes_microseconds() -> None:
    start = at("2026-11-06 09:00")
    calendar.add_working_days(start, 10)
    begin = stopwatch.process_time()
    for _ignored in range(1000):
        calendar.add_working_days(start, 10)
    assert (stopwatch.process_time() - begin) / 1000 < 200e-6


@pytest.mark.parametrize(
    ("due", "now", "unit", "text", "late", "soon"),
    [
        ("2026-11-09 17:30", "2026-11-06 09:30", "workday", "2026-11-09 17:30", False, False),
        ("2026-11-09 17:30", "2026-11-06 17:30", "workday", "2026-11-09 17:30", False, True),
        ("2026-11-09 17:30", "2026-11-07 10:00", "workday", "2026-11-09 17:30", False, True),
        ("2026-11-06 17:30", "2026-11-06 09:30", "workday", "今天 17:30", False, True),
        ("2026-11-06 17:30", "2026-11-05 20:00", "workday", "明天 17:30", False, True),
        ("2026-11-06 11:10", "2026-11-06 09:30", "workday", "剩 1 小时 40 分", False, True),
        ("2026-11-06 11:30", "2026-11-06 10:30", "workday", "剩 1 小时", False, True),
        ("2026-11-06 11:10", "2026-11-06 11:00", "workday", "剩 10 分", False, True),
        ("2026-11-06 11:00", "2026-11-06 11:00", "workday", "剩 1 分", False, True),
        ("2026-11-04 17:30", "2026-11-06 17:31", "workday", "超期 2 个工作日", True, False),
        ("2026-11-06 09:30", "2026-11-06 13:59", "workday", "超期 4 小时", True, False),
        ("2026-11-06 09:30", "2026-11-06 09:45", "workday", "超期 15 分", True, False),
        ("2026-11-06 17:30", "2026-11-08 10:00", "workday", "超期不到 1 个工作日", True, False),
        ("2026-11-06 17:30", "2026-11-09 09:00", "workday", "超期 1 个工作日", True, False),
        ("2026-09-30 17:30", "2026-10-09 09:00", "workday", "超期 2 个工作日", True, False),
        ("2026-11-08 09:30", "2026-11-06 10:00", "hour", "2026-11-08 09:30", False, False),
        ("2026-11-07 09:30", "2026-11-06 10:00", "hour", "明天 09:30", False, True),
        ("2026-11-06 09:00", "2026-11-07 10:00", "hour", "超期 25 小时（自然时间）", True, False),
        ("2026-11-06 09:00", "2026-11-09 10:00", "hour", "超期 3 天（自然时间）", True, False),
        ("2027-02-09 17:30", "2026-12-30 10:00", "workday", "2027-02-09 17:30（暂按周末推算）", False, False),
        ("2027-02-09 17:30", "2026-12-30 10:00", "hour", "2027-02-09 17:30", False, False),
    ],
)
def test_deadlines_in_words(
    due: str, now: str, unit: Literal["workday", "hour"], text: str, late: bool, soon: bool
) -> None:
    told = describe_due(at(due), at(now), unit)
    assert (told.text, told.late, told.soon) == (text, late, soon)
    assert told.title.startswith(f"{due} 到期")


def test_the_title_tells_the_kind_of_clock_and_the_guess() -> None:
    now = at("2026-11-06 10:00")
    assert describe_due(at("2026-11-06 17:30"), now, "hour").title == "2026-11-06 17:30 到期（自然时间）"
    assert describe_due(at("2027-02-09 17:30"), now).title.endswith("暂按周末推算，公布后自动重算")


def test_there_is_one_national_calendar() -> None:
    assert NATIONAL.working_days_between(at("2026-11-06 09:00"), at("2026-11-13 09:00")) == 5
