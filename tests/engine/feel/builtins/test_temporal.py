"""Functions of dates, times and durations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import NOW, DaysTime, YearsMonths, compile_expression
from tests.engine.feel.support import feel

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('date("2026-01-31")', date(2026, 1, 31)),
        ('date("2026-02-29")', None),
        ('date("2026-1-1")', None),
        ('date("2026-01-01T10:00:00")', None),
        ("date(2026, 2, 28)", date(2026, 2, 28)),
        ("date(2026, 2, 29)", None),
        ("date(2026.5, 2, 1)", None),
        ('date(date and time("2026-01-31T10:00:00Z"))', date(2026, 1, 31)),
        ('date(@"2026-01-31")', date(2026, 1, 31)),
        ("date(null)", None),
        ("date(1)", None),
        ('time("09:30:00")', time(9, 30)),
        ('time("09:30:00Z")', time(9, 30, tzinfo=UTC)),
        ('time("09:30:00.123456789")', time(9, 30, 0, 123456)),
        ('time("24:00:00")', time(0)),
        ('time("24:00:00.000Z")', time(0, tzinfo=UTC)),
        ('time("24:00:00.001")', None),
        ('time("24:01:00")', None),
        ("time(24, 0, 0)", None),
        ('time("25:00:00")', None),
        ('time("09:30")', None),
        ('time("09:30:00+19:00")', None),
        ('time("09:30:00@No/Where")', None),
        ('time("09:30:00@../../etc/passwd")', None),
        ("time(9, 30, 1.5)", time(9, 30, 1, 500000)),
        ('time(9, 30, 0, duration("PT8H"))', time(9, 30, tzinfo=BEIJING)),
        ("time(9, 30, 0, null)", time(9, 30)),
        ("time(9, 30, 0, 8)", None),
        ("time(99, 30, 0)", None),
        ("time(9, 30, 1e6000)", None),
        ('time("10:30:00+05:00:01")', time(10, 30, tzinfo=timezone(timedelta(hours=5, seconds=1)))),
        ('time("10:30:00+05:00:61")', None),
        ('time(@"2026-01-01T09:30:00Z")', time(9, 30, tzinfo=UTC)),
        ('time(@"2026-01-01")', time(0, tzinfo=UTC)),
        ("time(null)", None),
        ('date and time("2026-01-01T09:30:00Z")', datetime(2026, 1, 1, 9, 30, tzinfo=UTC)),
        ('date and time("2026-01-01")', datetime(2026, 1, 1)),  # noqa: DTZ001  # the standard: local midnight
        ('date and time("2026-12-31T24:00:00Z")', datetime(2027, 1, 1, tzinfo=UTC)),
        ('@"2026-02-28T24:00:00+08:00"', datetime(2026, 3, 1, tzinfo=BEIJING)),
        ('date and time("2026-12-31T24:00:01")', None),
        ('string(date and time("9999-12-31T24:00:00"))', "10000-01-01T00:00:00"),
        ('date and time("999999999-12-31T24:00:00")', None),
        ('date and time("2026-01-01T")', None),
        ('date and time(date("2026-01-01"), null)', None),
        ('date and time(date: date("2026-01-01"), time: time("24:00:01"))', None),
        ('date and time("today")', None),
        ('date and time(@"2026-01-01", @"09:30:00Z")', datetime(2026, 1, 1, 9, 30, tzinfo=UTC)),
        ('date and time(@"2026-01-01T01:00:00Z", @"09:30:00Z")', datetime(2026, 1, 1, 9, 30, tzinfo=UTC)),
        ('date and time(@"2026-01-01", "09:30:00")', None),
        ('date and time(null, @"09:30:00")', None),
        ('date and time(@"2026-01-01")', datetime(2026, 1, 1, tzinfo=UTC)),
        ("date and time(null)", None),
        ("date and time(2026, 1, 2, 9, 30, 1.5)", datetime(2026, 1, 2, 9, 30, 1, 500000)),  # noqa: DTZ001  # as above
        ("date and time(2026, 1, 2, 9, 30, 0, null)", datetime(2026, 1, 2, 9, 30)),  # noqa: DTZ001
        ('date and time(2026, 1, 2, 9, 30, 0, duration("PT8H"))', datetime(2026, 1, 2, 9, 30, tzinfo=BEIJING)),
        ('date and time(2026, 1, 2, 9, 30, 0, "Asia/Shanghai") = @"2026-01-02T09:30:00+08:00"', True),
        ('date and time(2026, 1, 2, 9, 30, 0, "No/Where")', None),
        ("date and time(2026, 1, 2, 9, 30, 0, 8)", None),
        ("date and time(2026, 2, 29, 9, 30, 0)", None),
        ("date and time(2026, 1, 2, 24, 0, 0)", None),
        ("day of year(date(2019, 9, 17))", Decimal(260)),
        ('day of year(@"2024-12-31T10:00:00")', Decimal(366)),
        ('day of year("2019-09-17")', None),
        ("day of week(date(2019, 9, 17))", "Tuesday"),
        ('day of week(@"2026-10-04T00:00:00Z")', "Sunday"),
        ("day of week(null)", None),
        ("month of year(date(2019, 9, 17))", "September"),
        ('month of year(@"2026-01-31T23:59:59")', "January"),
        ("month of year(9)", None),
        ("week of year(date(2019, 9, 17))", Decimal(38)),
        ("week of year(date(2003, 12, 29))", Decimal(1)),
        ("week of year(date(2005, 1, 1))", Decimal(53)),
        ("week of year(date(2005, 1, 9))", Decimal(1)),
        ('week of year(@"10:00:00")', None),
        ("last day of month(date(2024, 2, 1))", date(2024, 2, 29)),
        ("last day of month(date(2100, 2, 1))", date(2100, 2, 28)),
        ('last day of month(@"2026-12-31T10:00:00")', date(2026, 12, 31)),
        ("last day of month(null)", None),
        ('time("23:59:00z")', time(23, 59, tzinfo=UTC)),
        ('duration("P1Y2M")', YearsMonths(14)),
        ('duration("-P1Y")', YearsMonths(-12)),
        ('duration("P1DT2H3M4.5S")', DaysTime(Decimal("93784.5"))),
        ('duration("PT0S")', DaysTime(Decimal(0))),
        ('duration("PT0.S")', DaysTime(Decimal(0))),
        ('duration("P1Y1D")', None),
        ('duration("P")', None),
        ('duration("PT")', None),
        ('duration("P1DT")', None),
        ('duration("1D")', None),
        ('duration(duration("P1D"))', DaysTime(Decimal(86400))),
        ("duration(5)", None),
        ('years and months duration(@"2025-12-22", @"2026-02-21")', YearsMonths(1)),
        ('years and months duration(@"2026-02-21", @"2025-12-22")', YearsMonths(-1)),
        ('years and months duration(@"2026-01-31", @"2026-01-31")', YearsMonths(0)),
        ('years and months duration(@"2026-01-01T00:00:00Z", @"2027-01-01")', YearsMonths(12)),
        ('years and months duration("2026-01-01", @"2026-01-31")', None),
        ('years and months duration(null, @"2026-01-31")', None),
    ],
)
def test_temporal(text: str, value: Any) -> None:
    result = compile_expression(text)({})
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("now()", datetime(2026, 1, 1, 18, 0, tzinfo=UTC)),
        ("now().hour", Decimal(18)),
        ("string(now())", "2026-01-01T18:00:00Z"),
        ("today()", date(2026, 1, 2)),  # in Beijing it is after midnight
        ('today() = @"2026-01-02"', True),
        ("day of week(today())", "Friday"),
    ],
)
def test_the_present_is_what_was_handed_in(text: str, value: Any) -> None:
    assert compile_expression(text)({NOW: datetime(2026, 1, 1, 18, 0, tzinfo=UTC)}) == value


@pytest.mark.parametrize("zone", ["Z", "+08:00", "-03:30", "+05:00:01", "-00:00:30", "@Asia/Shanghai"])
def test_offsets_are_kept(zone: str) -> None:
    assert feel(f'string(date and time("2026-01-01T09:30:00{zone}"))') == f"2026-01-01T09:30:00{zone}"


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_read_back(moment: datetime) -> None:
    assert feel("date and time(string(m)) = m", m=moment) is True
    assert feel("date and time(date(m), time(m)) = m", m=moment) is True


@given(start=st.dates(), months=st.integers(min_value=0, max_value=1000))
def test_months_between_undo_adding_months(start: date, months: int) -> None:
    end = feel('d + n * duration("P1M")', d=start, n=months)
    if end is not None and end.day == start.day:
        assert feel("years and months duration(a, b)", a=start, b=end) == YearsMonths(months)
