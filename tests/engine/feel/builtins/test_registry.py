"""Which functions there are."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal

import pytest

from engine.feel import FeelSyntaxError, FeelUnsupported, check_expression, compile_expression
from engine.feel.budget import Budget
from engine.feel.builtins import NotApplicable, all_builtins, find_function, is_function_name
from engine.feel.builtins.registry import CHANGING
from engine.feel.builtins.results import RESULT_ITEMS, RESULT_KINDS
from engine.feel.values import KINDS, Value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Count(x)", "count"),
        ("stringLength(x)", "string length"),
        ("round_half_up(x, 2)", "round half up"),
        ("substr(x, 1)", "substring"),
        ("list_contains(x, 1)", "list contains"),
        ("isdefined(x)", "is defined"),
    ],
)
def test_the_nearest_name_is_offered(written: str, meant: str) -> None:
    with pytest.raises(FeelSyntaxError, match=f"是否想写 {meant}"):
        check_expression(written)


@pytest.mark.parametrize("name", ["os.system", "eval", "__import__", "exec", "getattr", "open"])
def test_python_is_out_of_reach(name: str) -> None:
    assert not is_function_name(name)
    with suppress(FeelSyntaxError):
        assert compile_expression(f'{name}("id")')({}) is None


@pytest.mark.parametrize("text", ["x.__class__", "x.__dict__", 'get value(x, "__class__")', '"a".upper', "[1].append"])
def test_python_attributes_are_out_of_reach(text: str) -> None:
    assert compile_expression(text)({"x": {}}) in (None, [None])


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_functions_that_answer_differently_each_time_are_refused(name: str) -> None:
    with pytest.raises(FeelUnsupported, match=rf"不提供函数 {name}\(\)：它每次结果不同"):
        check_expression(f"1 + {name}()")


@pytest.mark.parametrize(
    ("name", "names", "order"),
    [
        ("substring", ("start position", "string"), ("string", "start position")),
        ("substring", ("length", "string", "start position"), ("string", "start position", "length")),
        ("number", ("from", "decimal separator"), ("from", "left out", "decimal separator")),
        ("date", ("from",), ("from",)),
        ("date", ("day", "month", "year"), ("year", "month", "day")),
        ("context put", ("value", "keys", "context"), ("context", "keys", "value")),
        ("sum", ("list",), ("list",)),
        ("append", ("item", "list"), ("list", "item")),
        ("now", (), ()),
    ],
)
def test_named_arguments_are_put_in_order(name: str, names: tuple[str, ...], order: tuple[str, ...]) -> None:
    assert find_function(name, 0).order(names, names, "left out", 0) == order


@pytest.mark.parametrize(
    ("name", "names", "message"),
    [
        ("substring", ("string", "start"), "substring 没有参数 start，应为 substring(string, start position, length?)"),
        ("substring", ("string",), "substring 缺少参数 start position"),
        ("date", ("year", "month"), "date 缺少参数 day，应为 date(from) / date(year, month, day)"),
        ("date", ("from", "month"), "date 没有参数 month"),
        ("now", ("zone",), "now 没有参数 zone"),
    ],
)
def test_wrong_names_are_refused_with_the_right_ones(name: str, names: tuple[str, ...], message: str) -> None:
    with pytest.raises(FeelSyntaxError, match=re.escape(message)):
        find_function(name, 0).order(names, names, "", 0)


@pytest.mark.parametrize(
    ("name", "values", "result"),
    [
        ("contains", ["规程", "规"], True),
        ("sum", [Decimal(1), Decimal(2)], Decimal(3)),
        ("floor", [Decimal("1.5")], Decimal(1)),
    ],
)
def test_built_ins_are_values_too(name: str, values: list[Value], result: Value) -> None:
    assert find_function(name, 0).as_function().call(Budget(), 0, values) == result


@pytest.mark.parametrize(
    ("name", "parameters"), [("contains", ("string", "match")), ("floor", None), ("sum", None), ("date", None)]
)
def test_parameters_of_a_value_are_known_where_none_may_be_left_out(
    name: str, parameters: tuple[str, ...] | None
) -> None:
    assert find_function(name, 0).as_function().parameters == parameters


def test_a_called_value_pays() -> None:
    budget = Budget()
    find_function("count", 0).as_function().call(budget, 0, [[Decimal(1)] * 100])
    assert Budget.steps - budget.steps == 101


@pytest.mark.parametrize("text", ["date(2026, 2)", "time(9, 30)", "date()", "now(1)", 'contains("a")', "append()"])
def test_a_number_of_arguments_that_no_way_has_is_refused(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match=f"参数个数不对，应为 {text.partition('(')[0]}"):
        check_expression(text)


@pytest.mark.parametrize(("name", "values"), [("contains", ["规程"]), ("now", [None]), ("string length", [None])])
def test_a_called_value_is_undefined_for_what_it_does_not_take(name: str, values: list[Value]) -> None:
    with pytest.raises(NotApplicable):
        find_function(name, 0).as_function().call(Budget(), 0, values)


def test_kinds_of_results_are_told_of_functions_that_exist() -> None:
    assert set(RESULT_KINDS) <= {one.name for one in all_builtins()}
    assert set(RESULT_KINDS.values()) | set(RESULT_ITEMS.values()) <= set(KINDS.values())
    assert {name for name, kind in RESULT_KINDS.items() if kind == "list"} == set(RESULT_ITEMS)
