"""Which functions there are."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, FeelUnsupported, compile_expression
from engine.feel.builtins import is_function_name
from engine.feel.names import REFUSED_FUNCTIONS


@pytest.mark.parametrize("name", sorted(REFUSED_FUNCTIONS))
def test_known_functions_that_are_missing_are_refused_by_name(name: str) -> None:
    with pytest.raises(FeelUnsupported, match=rf"暂不支持函数 {name}\(\)"):
        compile_expression(f"1 + {name}(x)")


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
    with pytest.raises(FeelSyntaxError):
        compile_expression(f'{name}("id")')
    assert not is_function_name(name)


@pytest.mark.parametrize("text", ["x.__class__", "x.__dict__", 'get value(x, "__class__")', '"a".upper', "[1].append"])
def test_python_attributes_are_out_of_reach(text: str) -> None:
    assert compile_expression(text)({"x": {}}) in (None, [None])
