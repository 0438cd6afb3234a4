"""Durations in working days with fractions."""

from __future__ import annotations

from datetime import datetime

import pytest

from engine.calendar import NATIONAL, describe_due
from engine.queries.cockpit.durations import (
    allowed,
    average,
    median,
    nine_of_ten,
    soon_limits,
    taken,
    usual,
    working_days,
)
from engine.queries.cockpit.words import days_text, limit_text
from tests.engine.queries.rows import at


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (at(2, 9, 0), at(2, 17, 30), 1.0),
        (at(2, 9, 0), at(2, 13, 15), 0.5),
        (at(6, 13, 15), at(9, 13, 15), 1.0),  # over a weekend
        (at(6, 18, 0), at(9, 9, 0), 0.0),  # Friday night to Monday morning
        (at(7, 12, 0), at(8, 12, 0), 0.0),  # on a free Saturday
        (at(2, 8, 0), at(2, 22, 0), 1.0),
        (at(30, 9, 0, month=9), at(8, 9, 0, month=10), 1.0),  # over the National Day holidays
        (at(3), at(2), 0.0),
    ],
)
def test_only_working_hours_count(start: datetime, end: datetime, days: float) -> None:
    assert working_days(NATIONAL, start, end) == pytest.approx(days)


def test_clocks_in_hours_run_through_the_night() -> None:
    assert taken(NATIONAL, at(6, 18, 0), at(7, 18, 0), "hour") == 1.0
    assert taken(NATIONAL, at(6, 18, 0), at(7, 18, 0), "workday") == 0.0


@pytest.mark.parametrize("days", [1, 3, 5])
def test_the_limit_is_what_the_deadline_was_made_of(days: int) -> None:
    for start in (at(2, 9, 0), at(6, 20, 0), at(7, 12, 0)):
        assert allowed(NATIONAL, start, NATIONAL.add_working_days(start, days).at, "workday") == days
    assert allowed(NATIONAL, at(6, 18, 0), NATIONAL.add_hours(at(6, 18, 0), 12).at, "hour") == 0.5


@pytest.mark.parametrize("now", [at(6), at(6, 17, 29), at(7, 11, 0), at(8, 23, 0), at(30, 16, 0, month=9)])
def test_soon_is_what_pages_call_soon(now: datetime) -> None:
    day, hour = soon_limits(NATIONAL, now)
    for due in (at(6, 17, 30), at(9, 9, 30), at(9, 17, 30), at(10, 17, 30), at(8, 17, 30, month=10)):
        if due > now:
            assert (due <= day) == describe_due(due, now).soon, due
            assert (due <= hour) == describe_due(due, now, "hour").soon, due


def test_summaries_of_nothing_are_none() -> None:
    assert (average([]), median([]), nine_of_ten([]), usual([])) == (None, None, None, None)


def test_summaries() -> None:
    assert (average([1, 2, 6]), median([1, 2, 6]), usual([5, 3, 5])) == (3, 2, 5)
    assert nine_of_ten([float(n) for n in range(1, 11)]) == 9
    assert nine_of_ten([4.0]) == 4.0


def test_words() -> None:
    assert [days_text(value) for value in (None, 0.01, 0.06, 6.84)] == ["–", "<0.1 天", "0.1 天", "6.8 天"]
    assert [limit_text(5.0), limit_text(2.5), limit_text(1 / 3, natural=True), limit_text(None)] == [
        "5 天",
        "2.5 天",
        "8 小时",
        "–",
    ]
