"""Reading times: amounts, periods, moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.bpmn.moments import Amount, Period, read_moment
from engine.feel import DaysTime, FarDate, YearsMonths


def local(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00")


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-01-31T10:00", "P1M", "2026-02-28T10:00"),
        ("2026-01-29T10:00", "P1M", "2026-02-28T10:00"),
        ("2028-01-31T10:00", "P1M", "2028-02-29T10:00"),
        ("2028-02-29T10:00", "P1Y", "2029-02-28T10:00"),
        ("2026-11-30T10:00", "P3M", "2027-02-28T10:00"),
        ("2026-01-31T10:00", "P1M1D", "2026-03-01T10:00"),
        ("2026-02-01T02:00", "P1M", "2026-03-01T02:00"),
        ("2026-12-31T23:30", "PT45M", "2027-01-01T00:15"),
    ],
)
def test_months_are_those_of_the_wall_clock(start: str, period: str, end: str) -> None:
    found = read_moment(period)
    assert isinstance(found, Period)
    assert found.after(local(start)) == local(end)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("5 个工作日", Amount(5, "workday")),
        ("1.5个工作日", Amount(Decimal("1.5"), "workday")),
        ("72小时", Amount(72, "hour")),
        ("3", Amount(3, "workday")),
        (3, Amount(3, "workday")),
        (2.5, Amount(Decimal("2.5"), "workday")),
        ("P2DT3H4M5.5S", Period(0, timedelta(days=2, hours=3, minutes=4, seconds=5.5))),
        ("p1y2m", Period(14, timedelta())),
        (YearsMonths(3), Period(3, timedelta())),
        (DaysTime(Decimal(90)), Period(0, timedelta(seconds=90))),
        (timedelta(hours=1), Period(0, timedelta(hours=1))),
        ("2026-11-06", local("2026-11-06T00:00")),
        ("2026-11-06T09:30:00", local("2026-11-06T09:30")),
        ("2026-11-06T09:30:00Z", datetime(2026, 11, 6, 9, 30, tzinfo=UTC)),
        (date(2026, 11, 6), local("2026-11-06T00:00")),
    ],
)
def test_what_is_understood(value: object, meaning: object) -> None:
    assert read_moment(value) == meaning


@pytest.mark.parametrize(
    "value",
    [
        "",
        "P",
        "PT",
        "P1H",
        "-P1D",
        "P1D2W",
        "morgen",
        "五天",
        "2026-13-01",
        "0001-01-01",
        "R/P1D",
        True,
        None,
        -1,
        [],
        YearsMonths(-1),
        timedelta(-1),
    ],
)
def test_what_is_not(value: object) -> None:
    assert read_moment(value) is None


def test_a_period_has_an_end() -> None:
    with pytest.raises(OverflowError):
        Period(120_000, timedelta()).after(local("2026-01-01T00:00"))
    with pytest.raises(OverflowError):
        Period(0, timedelta(days=99_999_999)).after(local("2026-01-01T00:00"))


def test_a_year_that_no_clock_will_see_is_no_moment() -> None:
    assert read_moment(FarDate.fromisoformat("12026-03-15")) is None
