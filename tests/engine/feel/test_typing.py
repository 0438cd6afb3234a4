"""What is called a clash is null whatever the values, and what may be right is no clash."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import DaysTime, YearsMonths, compile_expression
from engine.feel.parser import parse_expression
from engine.feel.typing import Known, clashes

VALUES: dict[str, tuple[str, Any]] = {
    "n": ("number", Decimal(3)),
    "s": ("string", "abc"),
    "b": ("boolean", True),
    "d": ("date", date(2024, 2, 29)),
    "t": ("time", time(12, 30)),
    "m": ("date and time", datetime(2024, 2, 29, 12, 30, tzinfo=UTC)),
    "y": ("years and months duration", YearsMonths(3)),
    "u": ("days and time duration", DaysTime(Decimal(90))),
    "l": ("list", [Decimal(1)]),
    "c": ("context", {"a": Decimal(1)}),
}
NAMES = {name: Known(kind) for name, (kind, _value) in VALUES.items()}
CONTEXT = {name: value for name, (_kind, value) in VALUES.items()}


def said(text: str, **names: Known) -> list[tuple[str, str, str]]:
    found = clashes(parse_expression(text), {**NAMES, **names})[1]
    return [(one.operator, one.left, one.right) for one in found]


@given(
    st.sampled_from(sorted(VALUES)),
    st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "**"]),
    st.sampled_from(sorted(VALUES)),
)
def test_a_clash_is_null(left: str, operator: str, right: str) -> None:
    text = f"{left} {operator} {right}"
    if said(text):
        assert compile_expression(text)(CONTEXT) is None


@given(st.sampled_from(sorted(VALUES)), st.sampled_from(["+", "-", "*", "/", "**"]), st.sampled_from(sorted(VALUES)))
def test_arithmetic_without_a_clash_has_a_value(left: str, operator: str, right: str) -> None:
    text = f"{left} {operator} {right}"
    if not said(text):
        assert compile_expression(text)(CONTEXT) is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('if n > "x" then 1 else 2', [(">", "number", "string")]),
        ("n between s and 5", [("between", "number", "string")]),
        ('n in (1, "x", [s..s], < 5, l)', [("in", "number", "string")] * 3),
        ("b and n", [("and", "number", "boolean")]),
        ("k.wrong = 1", [(".", "context", "wrong")]),
        ('k.right = "x"', [("=", "number", "string")]),
        ('some x in rows satisfies x.right = "x"', [("=", "number", "string")]),
        ('for x in rows return x.right + "x"', [("+", "number", "string")]),
        ('count(rows[right = "x"])', [("=", "number", "string")]),
        ('{a: n, r: a > "x"}', [(">", "number", "string")]),
        ("string(n) = n", [("=", "string", "number")]),
        ('not(n > "x")', [(">", "number", "string")]),
    ],
)
def test_clashes_are_found_wherever_they_are(text: str, found: list[tuple[str, str, str]]) -> None:
    context = Known("context", {"right": Known("number")})
    assert said(text, k=context, rows=Known("list", item=context)) == found


@pytest.mark.parametrize(
    "text",
    [
        "n = null",
        "whatever > n",
        'l[item = "x"] = n',
        "c.anything = n",
        "if b then n else s",
        "(if b then n else s) = s",
        'for n in l return n = "x"',
        "for i in 1..3 return i > n",
        "function(n) n = s",
    ],
)
def test_what_is_not_certain_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_a_clash_knows_its_place_and_its_subject() -> None:
    ((clash),) = clashes(parse_expression('1 = 1 and k.a > "x"'), {"k": Known("context", {"a": Known("number")})})[1]
    assert (clash.subject, clash.at) == ("k.a", 14)
