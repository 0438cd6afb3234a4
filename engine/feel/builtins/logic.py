"""Truth."""

from __future__ import annotations

from datetime import datetime, time

from engine.feel.budget import MAX_DEPTH, Budget, too_deep
from engine.feel.builtins.arguments import single, spread
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.far import FarDateTime
from engine.feel.operators import equal
from engine.feel.temporal import offset_of
from engine.feel.values import Function, Value


@builtin("not", "negand")
def negation(value: Value) -> Value:
    """The other truth; null for anything that is no boolean."""
    truth = single(value)
    return not truth if isinstance(truth, bool) else None


@builtin("is defined", "value", addition=True)
def is_defined(value: Value) -> Value:
    """Whether there is a value. A missing variable is null here, so both answer false."""
    return value is not None


def _quantify(values: tuple[Value, ...], deciding: bool) -> Value:
    if not values or values == (None,):
        raise NotApplicable
    members = spread(values)
    if deciding in (member for member in members if isinstance(member, bool)):
        return deciding
    return (not deciding) if all(isinstance(member, bool) for member in members) else None


@builtin("all", "list…")
def every(*values: Value) -> Value:
    """False if one is false, true if all are true (also of an empty list), otherwise null."""
    return _quantify(values, deciding=False)


@builtin("any", "list…")
def some(*values: Value) -> Value:
    """True if one is true, false if all are false (also of an empty list), otherwise null."""
    return _quantify(values, deciding=True)


@builtin("get or else", "value, default", addition=True)
def get_or_else(value: Value, default: Value) -> Value:
    """The value, or the default where it is null."""
    return default if value is None else value


@builtin("is", "value1, value2", budgeted=True)
def same(budget: Budget, at: int, one: Value, other: Value) -> Value:
    """Whether two values are the same element of the language: of one kind and equal, offsets included."""
    return _same(budget, at, one, other, 0)


def _same(budget: Budget, at: int, one: Value, other: Value, depth: int) -> bool:
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, (time, datetime, FarDateTime)) and offset_of(one) != offset_of(other):
        return False
    if not isinstance(one, (list, dict)):
        return one is other if isinstance(one, Function) else equal(one, other, budget, at) is True
    if depth >= MAX_DEPTH:
        raise too_deep(at)
    budget.spend(4 + len(one), at)  # as `=` does
    if isinstance(one, list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_same(budget, at, a, b, depth + 1) for a, b in pairs)
    return one.keys() == other.keys() and all(
        _same(budget, at, value, other[key], depth + 1) for key, value in one.items()
    )
