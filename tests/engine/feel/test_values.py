"""The door: what comes in, what goes out, what stays outside."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import DaysTime, FeelLimitError, FeelValueError, compile_expression, from_feel, to_feel

PLAIN = st.none() | st.booleans() | st.text() | st.integers() | st.dates() | st.datetimes(timezones=st.just(UTC))
DATA = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


class Colour(StrEnum):
    RED = "red"


@given(DATA)
def test_there_and_back(data: Any) -> None:
    assert from_feel(to_feel(data)) == _within_34_digits(data)


def _within_34_digits(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _within_34_digits(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_within_34_digits(value) for value in data]
    if isinstance(data, int) and abs(data) >= 10**34:
        return Decimal(from_feel(to_feel(data)))
    return data


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        (1, Decimal(1)),
        (0.1, Decimal("0.1")),
        (True, True),
        (Colour.RED, "red"),
        ((1, "a"), [Decimal(1), "a"]),
        (OrderedDict(a=1), {"a": Decimal(1)}),
        (timedelta(hours=36), DaysTime(Decimal(129600))),
        (timedelta(microseconds=-1), DaysTime(Decimal("-0.000001"))),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("NaN"), None),
        (Decimal("sNaN"), None),
        (Decimal("-Infinity"), None),
        (Decimal("1e999999"), None),
        (10**40 + 1, Decimal("1e40")),
    ],
)
def test_conversion(outside: Any, inside: Any) -> None:
    converted = to_feel(outside)
    assert converted == inside
    assert type(converted) is type(inside)


@pytest.mark.parametrize("stranger", [object(), b"bytes", {1, 2}, lambda: None, {1: "a"}, [object()], 1j])
def test_strangers_stay_outside(stranger: Any) -> None:
    with pytest.raises(FeelValueError):
        to_feel(stranger)
    with pytest.raises(FeelValueError, match="变量 x"):
        compile_expression("x = 1")({"x": stranger})


def test_integers_without_decimal128() -> None:
    assert to_feel(10**7000) is None


def test_only_what_is_asked_for_is_looked_at() -> None:
    assert compile_expression("y = 1")({"x": object(), "y": 1}) is True


def test_nesting_ends() -> None:
    deep: list[Any] = []
    for _level in range(70):
        deep = [deep]
    with pytest.raises(FeelLimitError, match="嵌套"):
        to_feel(deep)
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(FeelLimitError):
        to_feel(circle)


def test_whole_numbers_become_int() -> None:
    result = from_feel([Decimal("1.0"), Decimal("1E+3"), Decimal("1.5"), Decimal("-0"), Decimal("1E+100")])
    assert result == [1, 1000, Decimal("1.5"), 0, Decimal("1E+100")]
    assert [type(item) for item in result] == [int, int, Decimal, int, Decimal]


def test_results_are_copies() -> None:
    votes = [{"vote": "agree"}]
    result = from_feel(compile_expression("votes")({"votes": votes}))
    result[0]["vote"] = "changed"
    assert votes == [{"vote": "agree"}]


def test_contexts_are_never_changed() -> None:
    data = {"a": {"b": [1, 2]}, "xs": [{"n": 1}]}
    before = {"a": {"b": [1, 2]}, "xs": [{"n": 1}]}
    for text in ('context put(a, ["b"], 3)', "append(a.b, 3)", "for x in xs return x.n", "xs[n = 1]", "flatten(a.b)"):
        compile_expression(text)(data)
    assert data == before


def test_dates_stay_objects() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert from_feel([date(2026, 1, 1), moment, DaysTime(Decimal(1))]) == [
        date(2026, 1, 1),
        moment,
        DaysTime(Decimal(1)),
    ]


def test_huge_shared_results_are_refused() -> None:
    entries = ", ".join(["a0: [1]", *(f"a{n}: [a{n - 1}, a{n - 1}]" for n in range(1, 40))])
    with pytest.raises(FeelLimitError, match="太大"):
        from_feel(compile_expression(f"{{{entries}}}.a39")({}))
