"""Unary tests: cells of decision tables and the right side of `in`. The tested value has a slot, under the name `?`."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import nodes
from engine.feel.budget import Budget
from engine.feel.compiler.code import BUDGET, Code, Frame, Run, Scope, compile_node, compiles
from engine.feel.compiler.comparison import compare
from engine.feel.operators import Truth, contains, equal
from engine.feel.values import Range, Value

_HASHED = (str, Decimal)


def compile_cell(node: nodes.UnaryTests, scope: Scope) -> Code | None:
    """A cell, in a scope that binds `?`; None for `-`, which everything passes."""
    if not node.tests:
        return None
    tests = _any_of(node.tests, scope)
    if not node.negated:
        return tests
    run_tests = tests.run

    def negated(frame: Frame) -> Value:
        passed = run_tests(frame)
        return None if passed is None else not passed

    return Code(negated, 1 + tests.cost)


@compiles
def compile_in(node: nodes.In, scope: Scope) -> Code:
    """`value in tests`"""
    value = compile_node(node.value, scope)
    inner = scope.bind("?")
    tests = _any_of(node.tests, inner)
    run_value, run_tests, slot = value.run, tests.run, inner.slot

    def run(frame: Frame) -> Value:
        frame[slot] = run_value(frame)
        return run_tests(frame)

    return Code(run, 1 + value.cost + tests.cost)


def _any_of(tests: tuple[nodes.Node, ...], scope: Scope) -> Code:
    codes = [_compile_test(test, scope) for test in tests]
    if len(codes) == 1:
        return codes[0]
    runs = [code.run for code in codes]

    def run(frame: Frame) -> Value:
        result: Truth = False
        for test in runs:
            passed = test(frame)
            if passed is True:
                return True
            if passed is not False:
                result = None
        return result

    return Code(run, 1 + sum(code.cost for code in codes))


def _compile_test(node: nodes.Node, scope: Scope) -> Code:
    slot = scope.resolve("?")[1]
    if slot is None:
        raise TypeError("tests need a scope that binds ?")
    tested = Code(lambda frame: frame[slot], 1, slot=slot)
    if isinstance(node, nodes.OperatorTest):
        operand = compile_node(node.operand, scope)
        return Code(compare(node.operator, tested, operand, node.at), 1 + operand.cost)
    if not isinstance(node, nodes.ExpressionTest):
        raise TypeError(type(node).__name__)
    expression = compile_node(node.expression, scope)
    if expression.constant and expression.value.__class__ in _HASHED:
        return Code(compare("=", tested, expression, node.at), 1)
    if expression.constant and isinstance(expression.value, Range):
        return Code(_within(slot, expression.value), 1)
    run_expression, at, condition = expression.run, node.at, node.mentions_value
    is_range = isinstance(
        node.expression, nodes.RangeLiteral | nodes.OutsideLiteral
    )  # one that cannot be holds nobody knows what

    def run(frame: Frame) -> Value:
        value = frame[slot]
        result = run_expression(frame)
        if condition and (result is None or result.__class__ is bool):
            return result
        if result is None and is_range:
            return None
        return _matches(value, result, frame[BUDGET], at)

    return Code(run, 2 + expression.cost)


def _within(slot: int, interval: Range) -> Run:
    """A range of constants; of numbers without a call."""
    start, end = interval.start, interval.end
    low_in, high_in = interval.start_included, interval.end_included
    if start.__class__ is not Decimal or interval.outside:
        return lambda frame: contains(interval, frame[slot])

    def run(frame: Frame) -> Value:
        value = frame[slot]
        if value.__class__ is not Decimal:
            return None
        return (start <= value if low_in else start < value) and (value <= end if high_in else value < end)

    return run


def _matches(value: Value, wanted: Value, budget: Budget, at: int) -> Truth:
    """Equal to a value, inside a range, or equal to or inside one member of a list."""
    if wanted.__class__ is Range and value.__class__ is not Range:
        return contains(wanted, value)
    if wanted.__class__ is not list:
        return equal(value, wanted, budget, at)
    if equal(value, wanted, budget, at) is True:
        return True
    budget.spend(len(wanted), at)
    return any(
        (contains(member, value) if member.__class__ is Range else equal(value, member, budget, at)) is True
        for member in wanted
    )
