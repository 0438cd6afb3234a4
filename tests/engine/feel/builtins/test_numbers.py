"""Number functions, rounding against Python's."""

from __future__ import annotations

import decimal
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import compile_expression
from tests.engine.feel.support import feel

ROUNDINGS = {
    "round up": decimal.ROUND_UP,
    "round down": decimal.ROUND_DOWN,
    "round half up": decimal.ROUND_HALF_UP,
    "round half down": decimal.ROUND_HALF_DOWN,
    "round half even": decimal.ROUND_HALF_EVEN,
    "decimal": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('number("1.5")', Decimal("1.5")),
        ('number("-2e3")', -2000),
        ("number(7)", 7),
        ('number("1,000.5", ",", ".")', Decimal("1000.5")),
        ('number("1.000,5", ".", ",")', Decimal("1000.5")),
        ('number("1 000", " ")', 1000),
        ('number("1.5", null, ",")', None),
        ('number("1,5", ",", ",")', None),
        ('number("1;5", ";")', None),
        ('number("abc")', None),
        ('number("")', None),
        ('number("１")', None),
        ('number("NaN")', None),
        ('number("1e99999")', None),
        ("number(null)", None),
        ("round up(5.5, 0)", 6),
        ("round up(-5.5, 0)", -6),
        ("round up(1.121, 2)", Decimal("1.13")),
        ("round down(5.5, 0)", 5),
        ("round down(-5.5, 0)", -5),
        ("round down(1.129, 2)", Decimal("1.12")),
        ("round half up(5.5, 0)", 6),
        ("round half up(-5.5, 0)", -6),
        ("round half up(1.125, 2)", Decimal("1.13")),
        ("round half down(5.5, 0)", 5),
        ("round half down(-5.5, 0)", -5),
        ("round half down(5.51, 0)", 6),
        ("round half even(2.5, 0)", 2),
        ("round half even(3.5, 0)", 4),
        ('round half even("1", 0)', None),
        ("decimal(1/3, 2)", Decimal("0.33")),
        ("decimal(1.5, 0)", 2),
        ("decimal(2.5, 0)", 2),
        ("decimal(1234, -2)", 1200),
        ("decimal(1, 7000)", None),
        ("decimal(null, 2)", None),
        ("decimal(1/3, 2.5)", Decimal("0.33")),
        ("round up(123, -1.9)", 130),
        ("decimal(1, null)", None),
        ("floor(1.5)", 1),
        ("floor(-1.5)", -2),
        ("floor(-1.56, 1)", Decimal("-1.6")),
        ("floor(null)", None),
        ("ceiling(1.5)", 2),
        ("ceiling(-1.5)", -1),
        ("ceiling(-1.56, 1)", Decimal("-1.5")),
        ('ceiling("1")', None),
        ("floor(1.5, null)", None),
        ("ceiling(1.5, null)", None),
        ("sqrt(16)", 4),
        ("sqrt(2)", Decimal("1.414213562373095048801688724209698")),
        ("sqrt(0)", 0),
        ("sqrt(-1)", None),
        ('sqrt("4")', None),
        ("decimal(log(10), 11)", Decimal("2.30258509299")),
        ("log(1)", 0),
        ("log(0)", None),
        ("log(-1)", None),
        ("log(null)", None),
        ("decimal(exp(5), 12)", Decimal("148.413159102577")),
        ("exp(0)", 1),
        ("exp(1000000)", None),
        ("exp(-1000000)", 0),
        ("exp(null)", None),
        ("odd(5)", True),
        ("odd(2)", False),
        ("odd(-3)", True),
        ("odd(1.5)", None),
        ("odd(null)", None),
        ("even(5)", False),
        ("even(2)", True),
        ("even(0)", True),
        ("even(-2.0)", True),
        ("even(1e40)", True),
        ('even("2")', None),
        ("abs(-10)", 10),
        ("abs(10)", 10),
        ("abs(null)", None),
        ('abs(duration("-P1D")) = duration("P1D")', True),
        ('abs(duration("-P1Y")) = duration("P1Y")', True),
        ("modulo(12, 5)", 2),
        ("modulo(-12, 5)", 3),
        ("modulo(12, -5)", -3),
        ("modulo(10.1, 4.5)", Decimal("1.1")),
        ("modulo(5, 0)", None),
        ("modulo(1e6000, 3)", None),
        ("modulo(null, 3)", None),
    ],
)
def test_numbers(text: str, value: Any) -> None:
    assert feel(text) == value


@given(
    number=st.decimals(min_value=-(10**12), max_value=10**12, places=5, allow_nan=False),
    scale=st.integers(min_value=-3, max_value=7),
)
def test_rounding_agrees_with_python(number: Decimal, scale: int) -> None:
    for name, rounding in ROUNDINGS.items():
        expected = number.quantize(Decimal(1).scaleb(-scale), rounding=rounding)
        assert compile_expression(f"{name}(n, s)")({"n": number, "s": scale}) == expected


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=5, allow_nan=False))
def test_floor_and_ceiling_agree_with_python(number: Decimal) -> None:
    assert feel("floor(n)", n=number) == math.floor(number)
    assert feel("ceiling(n)", n=number) == math.ceil(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=8))
def test_number_reads_what_python_writes(number: Decimal) -> None:
    assert compile_expression("number(t)")({"t": format(number, "f")}) == number
