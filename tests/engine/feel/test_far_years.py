"""Years that Python's calendar does not reach: up to 0 and from 10000."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import audit, jsondata
from engine.bpmn.variables import isolate
from engine.feel import FarDate, FarDateTime, compile_expression, from_feel
from engine.feel.far import FURTHEST_YEAR, date_of, day_at, day_number, instant, later
from tests.engine.feel.support import feel, passes


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('date("-2016-01-01")', "-2016-01-01"),
        ('date("999999999-12-31")', "999999999-12-31"),
        ('date("-999999999-01-01")', "-999999999-01-01"),
        ('date("0000-02-29")', "0000-02-29"),
        ("date(-2016, 1, 1)", "-2016-01-01"),
        ("date(10000, 2, 29)", "10000-02-29"),
        ('@"-2017-01-01T10:20:00"', "-2017-01-01T10:20:00"),
        ('date and time("99999-12-31T11:22:33.5+01:35")', "99999-12-31T11:22:33.5+01:35"),
        ('date and time("-2011-12-31T10:15:30@Europe/Paris")', "-2011-12-31T10:15:30@Europe/Paris"),
        ('date and time(date("-2016-01-01"), time("09:00:00Z"))', "-2016-01-01T09:00:00Z"),
        ('date and time(@"-2016-01-01T23:00:00", time("09:00:00"))', "-2016-01-01T09:00:00"),
        ('date and time(12017, 1, 2, 3, 4, 5, "Asia/Shanghai")', "12017-01-02T03:04:05@Asia/Shanghai"),
        ('date and time(date("-2016-01-01"))', "-2016-01-01T00:00:00Z"),
        ('date(@"-2016-01-01T09:00:00Z")', "-2016-01-01"),
        ('time(@"-2016-01-01T09:00:00Z")', "09:00:00Z"),
        ('time(date("-2016-01-01"))', "00:00:00Z"),
    ],
)
def test_written_as_it_was_read(text: str, written: str) -> None:
    assert feel(f"string({text})") == written


@pytest.mark.parametrize(
    "text",
    [
        'date("9999999999-12-25")',
        'date("1000000000-01-01")',
        'date("01211-12-31")',
        'date("998-12-31")',
        'date("+12026-01-01")',
        'date("-0000-01-01")',
        'date("-2015-02-29")',
        "date(1000000000, 1, 1)",
        "date(-1000999999, 12, 1)",
        "date(12017, -8, 2)",
        '@"999999999-12-31" + duration("P1D")',
        '@"-999999999-01-01" - duration("PT1S")',
        '@"999999999-12-31T23:59:59Z" + duration("PT1S")',
        '@"999999999-12-01" + duration("P1M")',
        'is working day(@"-2016-01-01")',
        'add working days(@"12016-01-01", 1)',
        '@"-2016-01-01" < @"-2016-01-01T00:00:00"',
        '@"-2016-01-01T00:00:00" < @"2016-01-01T00:00:00Z"',
        '@"-2016-01-01T00:00:00" - @"2016-01-01T00:00:00Z"',
        '@"-2016-01-01" + 1',
        '@"-2016-01-01" < 1',
        'time(@"-2016-01-01") + @"-2016-01-01"',
    ],
)
def test_null_where_there_is_no_such_value(text: str) -> None:
    assert feel(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"-2016-03-04".year', -2016),
        ('@"-2016-03-04".month', 3),
        ('@"-2016-03-04".day', 4),
        ('@"-2016-03-04".weekday', 7),
        ('@"12016-03-04T05:06:07Z".hour', 5),
        ('@"12016-03-04T05:06:07Z".minute', 6),
        ('@"12016-03-04T05:06:07Z".second', 7),
        ('@"12016-03-04T05:06:07+08:00".time offset = @"PT8H"', True),
        ('@"12016-07-04T05:06:07@Europe/Paris".time offset = @"PT2H"', True),
        ('@"12016-07-04T05:06:07@Europe/Paris".timezone', "Europe/Paris"),
        ('day of week(@"-2016-03-04")', "Sunday"),
        ('day of year(@"-2016-03-04")', 64),
        ('week of year(@"-2016-03-04")', 9),
        ('month of year(@"-2016-03-04")', "March"),
        ('string(last day of month(@"10000-02-01"))', "10000-02-29"),
    ],
)
def test_parts(text: str, value: Any) -> None:
    assert feel(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"-2016-01-01" = date(-2016, 1, 1)', True),
        ('@"-2016-01-01" = @"2016-01-01"', False),
        ('@"-2016-01-01" != @"-2016-01-02"', True),
        ('@"-2016-01-01" = @"-2016-01-01T00:00:00Z"', True),
        ('@"-2016-01-01T00:00:00" = @"-2016-01-01T00:00:00Z"', False),
        ('@"-2016-01-01T08:00:00+08:00" = @"-2016-01-01T00:00:00Z"', True),
        ('is(@"-2016-01-01T08:00:00+08:00", @"-2016-01-01T00:00:00Z")', False),
        ('is(@"-2016-01-01", @"-2016-01-01")', True),
        ('@"10000-01-01T01:00:00+02:00" = @"9999-12-31T23:00:00Z"', True),
        ('@"-2016-01-01" < @"-2015-01-01"', True),
        ('@"-2016-01-01" < @"2016-01-01"', True),
        ('@"9999-12-31" < @"10000-01-01"', True),
        ('@"12016-01-01T00:00:00Z" >= @"12016-01-01T08:00:00+08:00"', True),
        ('@"-2016-01-01T09:00:00" <= @"2016-01-01T09:00:00"', True),
        ('@"-1" = null', True),
        ('@"2026-01-01" in [@"-2016-01-01"..@"12016-01-01"]', True),
        ('@"-2017-01-01" in [@"-2016-01-01"..@"12016-01-01"]', False),
        ('@"-2016-06-01" in (< @"-2016-01-01", > @"2000-01-01")', False),
        ('@"-2016-06-01" between @"-2016-01-01" and @"-2015-01-01"', True),
        ('before(@"-2016-01-01", [@"2016-01-01"..@"2017-01-01"])', True),
        ('@"-2016-01-01" instance of date', True),
        ('@"-2016-01-01T00:00:00" instance of date and time', True),
        ('@"-2016-01-01" instance of date and time', False),
        ('string(min(@"2016-01-01", @"-2016-01-01", @"12016-01-01"))', "-2016-01-01"),
        ('string(sort([@"12016-01-01", @"2016-01-01", @"-2016-01-01"], function(a, b) a < b)[3])', "12016-01-01"),
        ('count(distinct values([@"-2016-01-01", @"-2016-01-01", @"-2016-01-01T00:00:00"]))', 2),
        ('{f: function(x: date and time) string(x), r: f(@"-2016-01-01")}.r', "-2016-01-01T00:00:00Z"),
        ('for day in @"-0001-12-31"..@"0000-01-02" return day.day', [31, 1, 2]),
        ('some day in @"9999-12-31"..@"10000-01-02" satisfies day = @"10000-01-01"', True),
    ],
)
def test_compared_and_sought(text: str, value: Any) -> None:
    assert feel(text) == value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('@"9999-12-31" + duration("P1D")', "10000-01-01"),
        ('@"0001-01-01" - duration("P1M")', "0000-12-01"),
        ('@"-2016-01-31" + duration("P1M")', "-2016-02-29"),
        ('@"-2016-01-31" + duration("P2016Y")', "0000-01-31"),
        ('duration("P1Y") + @"-2016-02-29"', "-2015-02-28"),
        ('@"12016-01-01T00:00:00Z" - duration("PT1S")', "12015-12-31T23:59:59Z"),
        ('@"12016-01-01" - duration("PT1S")', "12015-12-31"),
        ('@"9999-12-31T23:30:00-05:00" + duration("PT1H")', "10000-01-01T00:30:00-05:00"),
        ('@"12017-03-26T00:30:00@Europe/Berlin" + duration("PT3H")', "12017-03-26T04:30:00@Europe/Berlin"),
        ('@"-0001-12-31" - @"-0002-12-31"', "P365D"),
        ('@"0001-01-01" - @"0000-01-01"', "P366D"),
        ('@"2016-01-01" - @"-2016-01-01"', "P1472658D"),
        ('@"10000-01-01T00:00:00Z" - @"9999-12-31T23:00:00-01:00"', "PT0S"),
        ('years and months duration(@"-2016-01-01", @"2016-03-04")', "P4032Y2M"),
        ('years and months duration(@"2016-03-04T00:00:00", @"-2016-01-01T00:00:00")', "-P4032Y2M"),
    ],
)
def test_calendar(text: str, written: str) -> None:
    assert feel(f"string({text})") == written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"-2016-02-29" + duration("P4000Y")', date(1984, 2, 29)),
        ('@"10000-01-01" - duration("P1D")', date(9999, 12, 31)),
        ('@"0000-12-31T23:00:00Z" + duration("PT1H")', datetime(1, 1, 1, tzinfo=UTC)),
        ('time(@"10000-01-01T09:30:00")', time(9, 30)),
    ],
)
def test_what_comes_back_is_ordinary(text: str, value: Any) -> None:
    found = feel(text)
    assert type(found) is type(value)
    assert found == value


def _days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1 March of year 0, counted without 400 years: a year begins in March, so its leap day is its last."""
    year -= month <= 2
    leap_days = year // 4 - year // 100 + year // 400
    return 365 * year + leap_days + (153 * ((month - 3) % 12) + 2) // 5 + day - 1


YEARS = st.integers(-FURTHEST_YEAR, FURTHEST_YEAR) | st.integers(-3, 3) | st.integers(9990, 10010)


@given(YEARS, st.integers(1, 12), st.integers(1, 28), st.integers(-(10**9), 10**9))
def test_days_are_counted_as_the_calendar_does(year: int, month: int, day: int, days: int) -> None:
    found = date_of(year, month, day)
    number = day_number(found)
    assert number - 1 == _days_from_civil(year, month, day) - _days_from_civil(1, 1, 1)
    assert found.isoweekday() == (number - 1) % 7 + 1
    assert day_at(number) == found
    try:
        there = later(found, days * 86_400_000_000)
    except ValueError:
        assert abs(year + days // 365) > FURTHEST_YEAR // 2
        return
    assert day_number(there) == number + days
    assert type(there) is (date if 1 <= there.year <= 9999 else FarDate)


def test_a_cell_of_a_table() -> None:
    assert passes('< @"-2016-01-01"', from_feel(compile_expression('@"-2017-01-01"')({}))) is True
    assert passes('[@"-2016-01-01"..@"2016-01-01"]', date(2026, 1, 1)) is False


def test_a_variable_of_a_case_keeps_it_and_logs_write_it() -> None:
    value = isolate({"day": FarDate.fromisoformat("-0044-03-15")})
    assert feel("string(day)", **value) == "-0044-03-15"
    moment = FarDateTime.fromisoformat("12026-01-05T09:30:00+08:00")
    assert jsondata.dump([moment, Decimal("1.5")]) == b'["12026-01-05T09:30:00+08:00",1.5]'
    assert audit.payload_bytes(value) == b'{"day":"-0044-03-15"}'


@pytest.mark.parametrize("text", ["", "12026", "-44-03-15x", "2026-13-01", "1000000000-01-01"])
def test_what_was_never_written_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        FarDate.fromisoformat(text)


def test_the_kinds_differ() -> None:
    day, moment = FarDate.fromisoformat("-0044-03-15"), FarDateTime.fromisoformat("-0044-03-15T00:00:00")
    assert day != moment
    assert repr(day) == "FarDate(-0044-03-15)"
    assert len({day, FarDate.fromisoformat("-0044-03-15"), moment}) == 2


ZONES = st.sampled_from(
    [None, UTC, timezone(timedelta(hours=-5)), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")]
)


@given(st.datetimes(timezones=ZONES), st.integers(-(10**17), 10**17))
def test_both_ways_to_count_on_agree(moment: datetime, micros: int) -> None:
    """What Python does within its calendar and what is done beyond it."""
    span = timedelta(microseconds=micros)
    try:
        there = moment + span if moment.tzinfo is None else (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)
    except OverflowError:
        return
    found = later(moment, micros)
    assert (found, found.tzinfo) == (there, there.tzinfo)
    assert later(moment.date(), micros) == (datetime.combine(moment.date(), time()) + span).date()
    assert instant(found) - instant(moment) == micros
