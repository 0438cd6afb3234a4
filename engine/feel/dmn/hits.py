"""What comes of the rules that matched: one for each hit policy (DMN 1.5, 8.2.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce

from engine.feel import nodes
from engine.feel.dmn.explain import literal
from engine.feel.dmn.model import Aggregation, HitPolicy, Output
from engine.feel.operators import ORDER, add
from engine.feel.parser import parse_unary_tests
from engine.feel.values import Value

LISTING = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})
"""Policies whose answer is a list."""
BY_PRIORITY = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})
"""Policies that order by the allowed values of the outputs."""


def priorities(output: Output) -> tuple[Value, ...]:
    """The allowed values of an output, the most important first; those that are no literals have no place."""
    if not output.allowed:
        return ()
    tests = parse_unary_tests(output.allowed)
    found = [literal(test.expression) for test in tests.tests if isinstance(test, nodes.ExpressionTest)]
    return tuple(one.value for one in found if one is not None)


def rank(ranks: Sequence[tuple[Value, ...]]) -> Callable[[Sequence[Value]], tuple[int, ...]]:
    """How important an answer is, by its outputs from left to right; what has no place comes last."""

    def key(answer: Sequence[Value]) -> tuple[int, ...]:
        return tuple(_place(value, order) for value, order in zip(answer, ranks, strict=True) if order)

    return key


def _place(value: Value, order: tuple[Value, ...]) -> int:
    for place, allowed in enumerate(order):
        if allowed.__class__ is value.__class__ and allowed == value:
            return place
    return len(order)


def aggregate(aggregation: Aggregation, values: Sequence[Value]) -> Value:
    """One number of the collected values; null where they cannot be added or compared, or there are none to do so."""
    if aggregation is Aggregation.COUNT:
        return Decimal(len(values))
    if not values:
        return None
    if aggregation is Aggregation.SUM:
        return reduce(add, values)
    before = ORDER["<" if aggregation is Aggregation.MIN else ">"]
    best = values[0]
    for value in values[1:]:
        ahead = before(value, best)
        if ahead is None:
            return None
        best = value if ahead else best
    return best
