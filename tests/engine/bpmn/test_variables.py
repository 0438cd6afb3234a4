"""Variables: copied at the borders, kept exactly by a save, under any name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn import Execution, dumps, loads, parse
from engine.bpmn.variables import isolate
from engine.errors import ExecutionError
from engine.feel import DaysTime, YearsMonths
from tests.engine.bpmn.build import diagram, end, start, user
from tests.engine.bpmn.world import Case, World

ONE = parse(diagram(start(), user("a"), end(), flows="start > a > end"))


def kept(values: dict[str, Any]) -> dict[str, Any]:
    execution = Execution(ONE, World())
    execution.start(values)
    return loads(dumps(execution), ONE, World()).variables


class Grade(StrEnum):
    MAJOR = "重大"


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -(2**63),
        2**63 - 1,
        1.5,
        Decimal("1.10"),
        Decimal("1E+30"),
        "文字",
        "",
        date(2026, 2, 28),
        time(9, 30),
        time(9, 30, 1, 5, tzinfo=UTC),
        datetime(2026, 1, 5, 9, 0, 0, 1),  # noqa: DTZ001  a wall-clock time is a value too
        datetime(2026, 1, 5, 9, tzinfo=timezone(timedelta(hours=8))),
        timedelta(days=-1, microseconds=3),
        YearsMonths(14),
        DaysTime(Decimal("86400.5")),
        [[], {}, [None]],
        {"a": {"b": [Decimal("0.1"), date(2026, 1, 1)]}},
        {"typename": "x", "__class__": 1, "": 2, "\x01": 3, "a.b": 4, "case": 5},
        {"\x01": ["n", "1"]},
        {"\x01\x01": [{"\x01": Decimal(1)}]},
        "\x01",
        '"\\u0001":',
    ],
    ids=repr,
)
def test_values_survive_a_save(value: Any) -> None:
    back = kept({"x": value, "\x01y": value})
    assert back == {"x": value, "\x01y": value}
    assert type(back["x"]) is type(value)


def test_what_is_reduced_on_entry() -> None:
    back = kept({"big": 2**63, "tuple": (1, (2,)), "grade": Grade.MAJOR})
    assert back == {"big": Decimal(2**63), "tuple": [1, [2]], "grade": "重大"}
    assert type(back["grade"]) is str


def deep(levels: int) -> Any:
    value: Any = 1
    for _level in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [object(), {1, 2}, b"bytes", float("nan"), float("inf"), Decimal("NaN"), {1: 2}, "\ud800", {"\ud800": 1}, deep(99)],
    ids=lambda value: type(value).__name__,
)
def test_what_could_not_be_saved_is_refused_at_once(value: Any) -> None:
    with pytest.raises(ExecutionError):
        Execution(ONE, World()).start({"x": value})


def test_nothing_is_shared_with_the_outside() -> None:
    given_in = {"list": [1], "dict": {"a": [1]}}
    case = Case(ONE, **given_in)
    given_in["list"].append(2)  # type: ignore[union-attr]
    out = case.variables
    out["dict"]["a"].append(2)
    assert case.variables == {"list": [1], "dict": {"a": [1]}}
    left = {"x": [1]}
    case.do("a", **left)
    left["x"].append(2)
    assert case.variables["x"] == [1]


def test_decisions_and_panels_get_copies() -> None:
    copy = isolate({"a": [1, {"b": (1, 2)}]})
    assert copy == {"a": [1, {"b": [1, 2]}]}


NAMES = st.text(st.characters(blacklist_categories=["Cs"]), max_size=4) | st.sampled_from(["\x01", "\x01\x01", "\x01n"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | NAMES
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.just(UTC) | st.none())
    | st.timedeltas()
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))


@settings(deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_any_variables_survive_a_save(values: dict[str, Any]) -> None:
    assert kept(values) == values


def test_evaluate_reads_literals_and_expressions() -> None:
    case = Case(ONE, x=[1, 2], 部门="platform")
    evaluate = case.execution.evaluate
    assert evaluate("platform") == "platform"
    assert evaluate("= sum(x) * 2") == 6
    assert evaluate("= 部门") == "platform"
    assert evaluate("= missing") is None
    assert evaluate('= today() = date("2026-01-05")') is True
    assert evaluate("= x[1]", case.item("a").token_id) == 1
    with pytest.raises(ExecutionError, match="无法计算"):
        evaluate("= 1 +")
    evaluate("= x").append(3)
    assert case.variables["x"] == [1, 2]
