"""Working days by the date alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.holidays import is_published, is_working_day, nth_working_day, working_days_up_to

days = st.dates(min_value=date(1998, 1, 1), max_value=date(2031, 12, 31))


def walk(day: date, n: int) -> date:
    """The n-th working day by looking at each day."""
    step = timedelta(days=1 if n > 0 else -1)
    for _ignored in range(abs(n)):
        day += step
        while not is_working_day(day):
            day += step
    return day


@given(day=days, n=st.integers(-300, 300))
def test_the_nth_working_day_is_found_as_by_walking(day: date, n: int) -> None:
    assert nth_working_day(day, n) == walk(day, n)


@given(day=days, n=st.integers(1, 3000))
def test_counting_undoes_stepping(day: date, n: int) -> None:
    assert working_days_up_to(nth_working_day(day, n)) - working_days_up_to(day) == n


def test_zero_days_stay_on_the_day_even_if_it_is_free() -> None:
    assert nth_working_day(date(2026, 10, 1), 0) == date(2026, 10, 1)


@pytest.mark.parametrize(("day", "n"), [(date(9999, 12, 31), 1), (date(1, 1, 1), -1), (date(2026, 1, 1), 10**9)])
def test_days_beyond_the_calendar_are_refused(day: date, n: int) -> None:
    with pytest.raises(OverflowError):
        nth_working_day(day, n)


def test_unpublished_years_are_guessed() -> None:
    assert is_published(2026)
    assert not is_published(2099)
    assert not is_working_day(date(2099, 10, 1))  # 国庆节 is a Thursday
    assert is_working_day(date(2099, 10, 5))


@given(year=st.integers(1, 9998), day=st.integers(1, 365))
def test_far_years_are_counted_as_near_ones(year: int, day: int) -> None:
    first = date(year, 1, 1)
    last = first + timedelta(days=day)
    worked = sum(is_working_day(first + timedelta(days=n)) for n in range(1, day + 1))
    assert working_days_up_to(last) - working_days_up_to(first) == worked


def test_all_years_together_are_the_sum_of_each() -> None:
    firsts = [working_days_up_to(date(year, 1, 1)) for year in range(1, 10000)]
    assert all(240 <= later - earlier <= 262 for earlier, later in pairwise(firsts))
