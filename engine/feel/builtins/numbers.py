"""Numbers and rounding. All results have at most 34 digits."""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable
from decimal import Decimal

from engine.feel.budget import PRICE_OF_POWER, Budget
from engine.feel.builtins.arguments import cut, number, single, string
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.values import CONTEXT, DaysTime, Value, YearsMonths

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_FINEST, _COARSEST = 6176, -6111  # the scales that the standard allows


@builtin("number", "from, grouping separator?, decimal separator?")
def to_number(text: Value, grouping: Value = None, point: Value = None) -> Value:
    """Text as number; null if it is none or the separators make no sense."""
    if isinstance(text, Decimal) and grouping is None and point is None:
        return text
    grouping = "" if grouping is None else string(grouping)
    point = "." if point is None else string(point)
    if grouping not in ("", " ", ",", ".") or point not in (".", ",") or grouping == point:
        raise NotApplicable
    digits = string(text)
    if grouping:
        digits = digits.replace(grouping, "")
    elif point == "," and "." in digits:
        raise NotApplicable
    digits = digits.replace(point, ".")
    if not _NUMBER.fullmatch(digits):
        raise NotApplicable
    return CONTEXT.create_decimal(digits)


def rounded(value: Decimal, scale: int, rounding: str) -> Decimal:
    """To `scale` decimals, negative ones before the point."""
    if not _COARSEST <= scale <= _FINEST:
        raise NotApplicable
    if -value.as_tuple().exponent <= scale:  # type: ignore[operator]  # finite, so the exponent is a number
        return value
    return value.quantize(Decimal(1).scaleb(-scale), rounding=rounding, context=CONTEXT)


def _rounder(rounding: str) -> Callable[..., Value]:
    def round_to(value: Value, scale: Value) -> Value:
        return rounded(number(value), cut(scale), rounding)

    return round_to


builtin("decimal", "n, scale")(_rounder(decimal.ROUND_HALF_EVEN))
builtin("round up", "n, scale")(_rounder(decimal.ROUND_UP))
builtin("round down", "n, scale")(_rounder(decimal.ROUND_DOWN))
builtin("round half up", "n, scale")(_rounder(decimal.ROUND_HALF_UP))
builtin("round half down", "n, scale")(_rounder(decimal.ROUND_HALF_DOWN))
# Not in the standard, where it is called `decimal`; people look for it beside its sisters.
builtin("round half even", "n, scale", addition=True)(_rounder(decimal.ROUND_HALF_EVEN))


@builtin("floor", "n, scale?")
def floor(value: Value, scale: Value = Decimal(0)) -> Value:
    """Down, towards minus infinity."""
    return rounded(number(value), cut(scale), decimal.ROUND_FLOOR)


@builtin("ceiling", "n, scale?")
def ceiling(value: Value, scale: Value = Decimal(0)) -> Value:
    """Up, towards infinity."""
    return rounded(number(value), cut(scale), decimal.ROUND_CEILING)


@builtin("abs", "n")
def absolute(value: Value) -> Value:
    """Without its sign; durations too."""
    value = single(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    if isinstance(value, DaysTime):
        return DaysTime(CONTEXT.abs(value.seconds))
    return CONTEXT.abs(number(value))


@builtin("modulo", "dividend, divisor")
def modulo(dividend: Value, divisor: Value) -> Value:
    """The remainder with the sign of the divisor; exact. Null for zero or for a quotient beyond 34 digits."""
    divisor = number(divisor)
    remainder = CONTEXT.remainder(number(dividend), divisor)
    return CONTEXT.add(remainder, divisor) if remainder and (remainder < 0) != (divisor < 0) else remainder


@builtin("sqrt", "number")
def square_root(value: Value) -> Value:
    """The square root; null of a negative number."""
    return CONTEXT.sqrt(number(value))


@builtin("log", "number", budgeted=True)
def logarithm(budget: Budget, at: int, value: Value) -> Value:
    """The natural logarithm; null of zero and below."""
    amount = number(value)
    if amount <= 0:
        raise NotApplicable
    budget.spend(PRICE_OF_POWER, at)
    return CONTEXT.ln(amount)


@builtin("exp", "number", budgeted=True)
def exponential(budget: Budget, at: int, value: Value) -> Value:
    """Euler's number to a power."""
    budget.spend(PRICE_OF_POWER, at)
    return CONTEXT.exp(number(value))


@builtin("odd", "number")
def is_odd(value: Value) -> Value:
    """Whether a whole number is odd; null of a fraction."""
    return whole_remainder(value) == 1


@builtin("even", "number")
def is_even(value: Value) -> Value:
    """Whether a whole number is even; null of a fraction."""
    return whole_remainder(value) == 0


def whole_remainder(value: Value) -> Decimal:
    """A whole number's remainder by two, 0 or 1."""
    amount = number(value)
    if amount != amount.to_integral_value():
        raise NotApplicable
    return Decimal(0) if amount.adjusted() >= CONTEXT.prec else abs(CONTEXT.remainder(amount, 2))
