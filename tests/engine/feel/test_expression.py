"""The object that the rest of the product holds: cached, shared, repeatable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from engine.errors import ExpressionError
from engine.feel import (
    NOW,
    TODAY,
    FeelError,
    FeelSyntaxError,
    FeelValueError,
    compile_expression,
    compile_unary_tests,
)


def test_compiled_once() -> None:
    assert compile_expression("a + 1") is compile_expression("a + 1")
    assert compile_unary_tests("< 1") is compile_unary_tests("< 1")
    assert compile_expression("a + 1").text == "a + 1"
    assert repr(compile_expression("a")) == "Expression('a')"


def test_evaluations_do_not_remember_each_other() -> None:
    expression = compile_expression("{x: y, z: for i in [x] return i}.z")
    assert expression({"y": "a"}) == ["a"]
    assert expression({}) == [None]


def test_threads_share_expressions() -> None:
    text = "{xs: for i in 1..n return i * n, s: sum(xs[item > n]), ok: every x in xs satisfies x >= n}.s"

    def run(n: int) -> bool:
        expression = compile_expression(text)
        expected = sum(i * n for i in range(1, n + 1) if i * n > n)
        return all(expression({"n": n}) == (expected or None) for _round in range(20))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(run, list(range(1, 40)) * 4))


def test_errors_are_expression_errors_with_their_text() -> None:
    assert issubclass(FeelError, ExpressionError)
    assert issubclass(FeelSyntaxError, FeelError)
    with pytest.raises(FeelError) as caught:
        compile_expression("1 + now()")({})
    assert caught.value.text == "1 + now()"
    assert str(caught.value) == "这里不提供当前时间，不能用 now()（第 5 个字符）"


def test_time_is_handed_in() -> None:
    moment = datetime(2026, 11, 6, 18, 30, tzinfo=UTC)
    assert compile_expression("now()")({NOW: moment}) == moment
    assert compile_expression("today()")({NOW: moment}) == date(2026, 11, 7)
    assert compile_expression("today()")({TODAY: date(2026, 1, 1), NOW: moment}) == date(2026, 1, 1)
    assert (
        compile_expression('today() - date(d) > duration("P3D")')({TODAY: date(2026, 1, 5), "d": "2026-01-01"}) is True
    )
    for text in ("now()", "today()"):
        with pytest.raises(FeelValueError, match="不提供当前"):
            compile_expression(text)({"now": moment, "today": date(2026, 1, 1)})


def test_variables_may_be_called_like_functions() -> None:
    assert compile_expression("count(count) + sum")({"count": [1, 2], "sum": 3}) == 5
