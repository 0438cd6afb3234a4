"""Statistics of numbers: exact, in the arithmetic of the language."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import reduce

from engine.feel.budget import Budget
from engine.feel.builtins.arguments import number, spread
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.values import CONTEXT, Value


def _numbers(values: tuple[Value, ...]) -> list[Decimal]:
    return [number(value) for value in spread(values)]


@builtin("product", "list…")
def product(*values: Value) -> Value:
    """Of numbers; null of nothing."""
    numbers = _numbers(values)
    if not numbers:
        raise NotApplicable
    return reduce(CONTEXT.multiply, numbers)


@builtin("median", "list…", budgeted=True)
def median(budget: Budget, at: int, *values: Value) -> Value:
    """The middle one, or the mean of the two in the middle; null of nothing."""
    numbers = _sorted(budget, at, _numbers(values))
    if not numbers:
        raise NotApplicable
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return CONTEXT.divide(CONTEXT.add(numbers[middle - 1], numbers[middle]), 2)


@builtin("stddev", "list…")
def stddev(*values: Value) -> Value:
    """The standard deviation of a sample; null of fewer than two."""
    numbers = _numbers(values)
    if len(numbers) < 2:
        raise NotApplicable
    mean = CONTEXT.divide(reduce(CONTEXT.add, numbers), len(numbers))
    distances = [CONTEXT.subtract(one, mean) for one in numbers]
    squares = reduce(CONTEXT.add, [CONTEXT.multiply(one, one) for one in distances])
    return CONTEXT.sqrt(CONTEXT.divide(squares, len(numbers) - 1))


@builtin("mode", "list…", budgeted=True)
def mode(budget: Budget, at: int, *values: Value) -> Value:
    """The most frequent ones in ascending order; nothing of an empty list."""
    if not values:
        raise NotApplicable
    frequency = Counter(_numbers(values))
    most = max(frequency.values(), default=0)
    return _sorted(budget, at, [one for one, count in frequency.items() if count == most])


def _sorted(budget: Budget, at: int, numbers: list[Decimal]) -> list[Decimal]:
    budget.spend(len(numbers) * len(numbers).bit_length() >> 3, at)
    return sorted(numbers)
