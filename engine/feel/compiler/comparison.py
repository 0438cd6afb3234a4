"""= != < <= > >= and between."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

from engine.feel import nodes
from engine.feel.compiler.code import BUDGET, Code, Frame, Run, Scope, compile_node, compiles
from engine.feel.operators import ORDER, at_most, both, equal
from engine.feel.values import Value

_PLAIN_ORDER: dict[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_PLAIN = (Decimal, str)  # kinds whose own == and < are the language's


@compiles
def compile_comparison(node: nodes.Comparison, scope: Scope) -> Code:
    """Against a constant number or string, the most frequent kind, with one look at the class."""
    left, right = compile_node(node.left, scope), compile_node(node.right, scope)
    return Code(compare(node.operator, left, right, node.at), 1 + left.cost + right.cost)


def compare(sign: str, left: Code, right: Code, at: int) -> Run:
    """The comparison of two pieces of code."""
    if right.constant and right.value.__class__ in _PLAIN:
        if sign in _PLAIN_ORDER:
            return _order_constant(sign, left, right.value)
        return _equals_constant(left, right.value) if sign == "=" else _differs_constant(left, right.value)
    run_left, run_right = left.run, right.run
    if sign in ORDER:
        ordered = ORDER[sign]
        return lambda frame: ordered(run_left(frame), run_right(frame))
    if sign == "=":
        return lambda frame: equal(run_left(frame), run_right(frame), frame[BUDGET], at)

    def differs(frame: Frame) -> Value:
        same = equal(run_left(frame), run_right(frame), frame[BUDGET], at)
        return None if same is None else not same

    return differs


def _equals_constant(left: Code, wanted: Value) -> Run:
    kind = wanted.__class__
    if left.slot is not None:
        slot = left.slot

        def slot_equals(frame: Frame) -> Value:
            value = frame[slot]
            if value.__class__ is kind:
                return value == wanted
            return False if value is None else None

        return slot_equals
    run_left = left.run

    def equals(frame: Frame) -> Value:
        value = run_left(frame)
        if value.__class__ is kind:
            return value == wanted
        return False if value is None else None

    return equals


def _differs_constant(left: Code, wanted: Value) -> Run:
    kind, run_left = wanted.__class__, left.run

    def differs(frame: Frame) -> Value:
        value = run_left(frame)
        if value.__class__ is kind:
            return value != wanted
        return True if value is None else None

    return differs


def _order_constant(sign: str, left: Code, bound: Value) -> Run:
    kind, ordered = bound.__class__, _PLAIN_ORDER[sign]
    if left.slot is not None:
        slot = left.slot

        def slot_ordered(frame: Frame) -> Value:
            value = frame[slot]
            return ordered(value, bound) if value.__class__ is kind else None

        return slot_ordered
    run_left = left.run

    def run(frame: Frame) -> Value:
        value = run_left(frame)
        return ordered(value, bound) if value.__class__ is kind else None

    return run


@compiles
def compile_between(node: nodes.Between, scope: Scope) -> Code:
    """Both ends included."""
    value, low, high = (compile_node(part, scope) for part in (node.value, node.low, node.high))
    run_value, run_low, run_high = value.run, low.run, high.run

    def run(frame: Frame) -> Value:
        middle = run_value(frame)
        return both(at_most(run_low(frame), middle), at_most(middle, run_high(frame)))

    return Code(run, 1 + value.cost + low.cost + high.cost)
