"""Which functions there are."""

from __future__ import annotations

from contextlib import suppress

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from engine.feel.builtins import is_function_name


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
        compile_expression(written)


@pytest.mark.parametrize("name", ["os.system", "eval", "__import__", "exec", "getattr", "open"])
def test_python_is_out_of_reach(name: str) -> None:
    assert not is_function_name(name)
    with suppress(FeelSyntaxError):
        assert compile_expression(f'{name}("id")')({}) is None


@pytest.mark.parametrize("text", ["x.__class__", "x.__dict__", 'get value(x, "__class__")', '"a".upper', "[1].append"])
def test_python_attributes_are_out_of_reach(text: str) -> None:
    assert compile_expression(text)({"x": {}}) in (None, [None])
