"""Operators against independent arithmetic: fractions, Python's own calendar, and truth tables written out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.feel import DaysTime, YearsMonths, compile_expression, compile_unary_tests
from engine.feel.rendering import render_number

DIGITS = 34
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6)
WHOLE = st.integers(-(10**15), 10**15)
DATES = st.dates(date(1600, 1, 1), date(2600, 12, 31))
MOMENTS = st.datetimes(
    datetime.fromisoformat("1900-01-01"),
    datetime.fromisoformat("2100-01-01"),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
)
TRUTHS = st.sampled_from([True, False, None])


def value(text: str, **context: Any) -> Any:
    return compile_expression(text)(context)


def rounded(exact: Fraction) -> Fraction:
    """To 34 significant digits, half to even, in whole numbers only."""
    if exact == 0:
        return exact
    exponent = 0
    while abs(exact) >= 10 ** (DIGITS + exponent):
        exponent += 1
    while abs(exact) < Fraction(10) ** (DIGITS - 1 + exponent):
        exponent -= 1
    return round(exact / Fraction(10) ** exponent) * Fraction(10) ** exponent


@given(NUMBERS, NUMBERS)
def test_numbers_are_exact_to_34_digits(a: Decimal, b: Decimal) -> None:
    one, other = Fraction(a), Fraction(b)
    assert Fraction(value("a + b", a=a, b=b)) == rounded(one + other)
    assert Fraction(value("a - b", a=a, b=b)) == rounded(one - other)
    assert Fraction(value("a * b", a=a, b=b)) == rounded(one * other)
    quotient = value("a / b", a=a, b=b)
    assert quotient is None if b == 0 else Fraction(quotient) == rounded(one / other)


@given(WHOLE, st.integers(0, 12))
def test_whole_powers(a: int, n: int) -> None:
    power = value("a ** n", a=a, n=n)
    assert power is None if a == n == 0 else Fraction(power) == rounded(Fraction(a) ** n)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_order_and_between(a: Decimal, low: Decimal, high: Decimal) -> None:
    names = {"a": a, "low": low, "high": high}
    assert value("a < low", **names) is (a < low)
    assert value("a between low and high", **names) is (low <= a <= high)
    assert compile_unary_tests("[low..high)")(a, names) in (
        (low <= a < high),
        None if low > high else (low <= a < high),
    )


@given(NUMBERS)
def test_a_number_is_read_as_it_is_written(a: Decimal) -> None:
    assert value(render_number(a)) == a


@given(DATES, st.integers(-2000, 2000))
def test_days_are_those_of_the_calendar(day: date, days: int) -> None:
    span = DaysTime(Decimal(days * 86400))
    assert value("day + span", day=day, span=span) == day + timedelta(days=days)
    assert value("(day + span) - day", day=day, span=span) == span


@given(DATES, st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last_one(day: date, months: int) -> None:
    later = value("day + span", day=day, span=YearsMonths(months))
    counted = day.year * 12 + day.month - 1 + months
    assert (later.year, later.month) == (counted // 12, counted % 12 + 1)
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(MOMENTS, MOMENTS)
def test_moments_differ_by_the_seconds_between_them(one: datetime, other: datetime) -> None:
    span = value("one - other", one=one, other=other)
    assert span.timedelta == one - other
    assert value("other + (one - other) = one", one=one, other=other) is True
    assert value("one < other", one=one, other=other) is (one < other)


@given(TRUTHS, TRUTHS)
def test_logic_has_three_values(a: bool | None, b: bool | None) -> None:
    both = {(True, True): True}.get((a, b), False if False in (a, b) else None)
    either = {(False, False): False}.get((a, b), True if True in (a, b) else None)
    assert value("a and b", a=a, b=b) is both
    assert value("a or b", a=a, b=b) is either
    assert value("not(a)", a=a) is (None if a is None else not a)


@given(st.lists(st.integers(-20, 20), max_size=12), st.integers(-14, 14))
def test_filters_and_positions(items: list[int], at: int) -> None:
    assert value("xs[item > at]", xs=items, at=at) == [one for one in items if one > at]
    position = at - 1 if at > 0 else at
    expected = items[position] if at and -len(items) <= position < len(items) else None
    assert value("xs[0 + at]", xs=items, at=at) == expected


@given(st.lists(st.integers(-20, 20), max_size=8), st.lists(st.integers(-20, 20), max_size=8))
def test_loops(xs: list[int], ys: list[int]) -> None:
    assert value("for x in xs, y in ys return x * y", xs=xs, ys=ys) == [x * y for x in xs for y in ys]
    assert value("some x in xs satisfies x > 0", xs=xs) is any(x > 0 for x in xs)
    assert value("every x in xs satisfies x > 0", xs=xs) is all(x > 0 for x in xs)


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_loops_over_ranges_go_both_ways(first: int, last: int) -> None:
    step = 1 if first <= last else -1
    assert value("for i in a..b return i", a=first, b=last) == list(range(first, last + step, step))
