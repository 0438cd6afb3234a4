"""Functions as values: defined, passed, called by place and by name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.feel import FeelLimitError, FeelValueError, compile_expression, from_feel
from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(function(x) x + 1)(2)", 3),
        ("(function() 7)()", 7),
        ("{f: function(a, b) a - b, r: f(5, 1)}.r", 4),
        ("{f: function(a, b) a - b, r: f(b: 1, a: 5)}.r", 4),
        ("{add: function(n) function(m) n + m, r: add(2)(3)}.r", 5),
        ("{o: {f: function(a) a * 2}, r: o.f(4)}.r", 8),
        ("for f in [function(x) x + 1, function(x) x * 10] return f(5)", [6, 50]),
        ("for n in 1..3 return (function() n)()", [1, 2, 3]),
        ("(for n in 1..3 return function() n)[2]()", 2),
        ("[1, 2, 3][(function(x) x > 1)(item)]", [2, 3]),
        ("{平方: function(数) 数 * 数, r: 平方(9)}.r", 81),
        ('{f: function(first name) first name + "!", r: f(first name: "Ann")}.r', "Ann!"),
    ],
)
def test_a_function_is_called_with_what_it_wants(text: str, value: Any) -> None:
    assert feel(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "(function(x) x)()",
        "(function(x) x)(1, 2)",
        "(function(x) x)(y: 1)",
        "(function(x) x)(x: 1, y: 2)",
        "5(1)",
        '"text"(1)',
        "{f: 3, r: f(1)}.r",
        "missing.f(1)",
    ],
)
def test_what_is_no_function_or_wants_other_arguments_gives_null(text: str) -> None:
    assert feel(text) is None


def test_a_function_remembers_what_it_saw_where_it_was_made() -> None:
    assert feel("{n: 1, f: function() n, g: {n: 2, r: f()}}.g.r") == 1
    assert feel("{f: function(x) rate * x, r: f(10)}.r", rate=3) == 30


def test_a_function_calls_itself() -> None:
    assert feel("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(20)}.r") == 2432902008176640000


def test_a_parameter_does_not_leak_out_of_a_call() -> None:
    assert feel("{f: function(x) if x = 0 then 0 else f(x - 1) + x, r: f(3)}.r") == 6


@pytest.mark.parametrize(
    ("type_", "argument", "value"),
    [
        ("number", "5", 5),
        ("number", '"5"', None),
        ("number", "[5]", 5),
        ("list<number>", "5", [5]),
        ("list<number>", "[1, 2]", [1, 2]),
        ("list<number>", '["a"]', None),
        ("context<a: number>", "{a: 1, b: 2}", {"a": 1, "b": 2}),
        ("context<a: number>", "{b: 2}", None),
        ("Any", '"x"', "x"),
        ("string", "null", None),
        ("range<number>", "[1..2] = null", None),
    ],
)
def test_arguments_take_the_type_of_the_parameter_or_are_null(type_: str, argument: str, value: Any) -> None:
    assert feel(f"(function(x: {type_}) x)({argument})") == value


def test_a_date_becomes_its_midnight_where_a_moment_is_wanted() -> None:
    assert feel('string((function(x: date and time) x)(date("2026-01-02")))') == "2026-01-02T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sort([3, 1, 2], before)", [1, 2, 3]),
        ("sort([3, 1, 2], after)", [3, 2, 1]),
        ("sort(list: [3, 1, 2], precedes: function(a, b) a > b)", [3, 2, 1]),
        ("list replace([1, 5, 1], is, 1)", [1, 5, 1]),
        ("{before: function(a, b) a > b, r: sort([1, 2], before)}.r", [2, 1]),
        ("{f: function(g, h) g(-5) * h(25), r: f(abs, sqrt)}.r", 25),
        ("(function(g) g([1, 2, 3]) * g(1, 2))(sum)", 18),
        ("(function(g) g(10, 2))(sqrt)", None),
    ],
)
def test_a_built_in_is_handed_over_by_its_name(text: str, value: Any) -> None:
    assert feel(text) == value


def test_a_variable_named_like_a_built_in_hides_nothing() -> None:
    assert feel("{count: 3, r: count([1, 2])}.r") == 2
    assert feel("count + count([1])", count=5) == 6
    assert feel("{count: function(x) 42, r: count([1, 2])}.r") == 42
    assert compile_expression("count + 1").names == frozenset({"count"})
    assert feel("count = null") is True
    assert feel("(function(n) n + 1)(count)", count=5) == 6


def test_named_arguments_of_built_ins() -> None:
    assert feel('substring(start position: 3, string: "foobar", length: 2)') == "ob"
    assert feel('number(from: "1.234,5", decimal separator: ",", grouping separator: ".")') == Decimal("1234.5")
    assert feel("date(year: 2026, month: 2, day: 3).day") == 3
    assert feel("count(list: [1, 2])") == 2


def test_functions_do_not_leave_the_language() -> None:
    with pytest.raises(FeelValueError, match="函数"):
        from_feel(compile_expression("[function(x) x]")({}))


def test_a_call_without_end_is_stopped_with_its_place() -> None:
    with pytest.raises(FeelLimitError, match="太深") as caught:
        feel("{f: function(n) f(n + 1), r: f(1)}.r")
    assert caught.value.at is not None
