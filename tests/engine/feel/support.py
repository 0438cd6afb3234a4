"""Short ways to evaluate in tests."""

from __future__ import annotations

from typing import Any

from engine.feel import compile_expression, compile_unary_tests, from_feel


def feel(text: str, /, **context: Any) -> Any:
    """The value of an expression with these variables; whole numbers as int."""
    return from_feel(compile_expression(text)(context))


def passes(cell: str, value: Any, /, **context: Any) -> bool | None:
    """Whether a value passes the tests of a cell."""
    return compile_unary_tests(cell)(value, context)
