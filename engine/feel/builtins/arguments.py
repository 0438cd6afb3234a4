"""Asking arguments to be of a kind; anything else makes the function's result null."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from engine.feel.builtins.registry import NotApplicable
from engine.feel.far import Dated, FarDate, FarDateTime
from engine.feel.values import Function, Value


def single(value: Value) -> Value:
    """What a list of one holds: where a single value is wanted, `[a]` is as good as `a`."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def string(value: Value) -> str:
    """A string, or the result is null."""
    value = single(value)
    if not isinstance(value, str):
        raise NotApplicable
    return value


def number(value: Value) -> Decimal:
    """A number, or the result is null."""
    value = single(value)
    if not isinstance(value, Decimal):
        raise NotApplicable
    return value


def whole(value: Value) -> int:
    """A whole number of ordinary size (a position, a scale, an hour), or the result is null."""
    amount = number(value)
    if amount.adjusted() > 15 or amount != amount.to_integral_value():
        raise NotApplicable
    return int(amount)


def cut(value: Value) -> int:
    """A number of ordinary size without its fraction, as the standard's own cases take positions and lengths."""
    amount = number(value)
    if amount.adjusted() > 15:
        raise NotApplicable
    return int(amount)


def dated(value: Value) -> Dated:
    """A date, or a date and time, or the result is null."""
    value = single(value)
    if not isinstance(value, date | FarDate | FarDateTime):
        raise NotApplicable
    return value


def items(value: Value) -> list[Any]:
    """A list; a single value counts as a list of one, null makes the result null."""
    if value is None:
        raise NotApplicable
    return value if isinstance(value, list) else [value]


def context(value: Value) -> dict[str, Any]:
    """A context, or the result is null."""
    value = single(value)
    if not isinstance(value, dict):
        raise NotApplicable
    return value


def spread(values: Sequence[Value]) -> list[Any]:
    """The items of `f(list)` as well as of `f(a, b, c)`."""
    if len(values) == 1 and isinstance(values[0], list):
        return values[0]
    return list(values)


def position(value: Value, length: int) -> int:
    """A position from 1, or from the end when negative, as Python's index; outside the result is null."""
    place = cut(value)
    if place == 0 or not -length <= place <= length:
        raise NotApplicable
    return place - 1 if place > 0 else length + place


def function(value: Value, parameters: int) -> Function:
    """A function of so many parameters, or the result is null."""
    value = single(value)
    if not isinstance(value, Function) or len(value.parameters or range(parameters)) != parameters:
        raise NotApplicable
    return value
