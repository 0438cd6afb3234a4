"""+ - * / ** and the sign."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import nodes
from engine.feel.budget import PRICE_OF_POWER, Budget
from engine.feel.compiler.code import BUDGET, Code, Frame, Scope, compile_node, compiles, constant
from engine.feel.operators import ARITHMETIC, negate, power_of
from engine.feel.values import CONTEXT, UNDEFINED, Value

_ON_NUMBERS = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
    "**": power_of,
}


@compiles
def compile_arithmetic(node: nodes.Arithmetic, scope: Scope) -> Code:
    """Numbers take the short way; dates, durations and joined strings the long one."""
    left, right = compile_node(node.left, scope), compile_node(node.right, scope)
    run_left, run_right, at = left.run, right.run, node.at
    on_numbers, on_others = _ON_NUMBERS[node.operator], ARITHMETIC[node.operator]
    joins = node.operator == "+"

    def run(frame: Frame) -> Value:
        a, b = run_left(frame), run_right(frame)
        try:
            if a.__class__ is Decimal and b.__class__ is Decimal:
                return on_numbers(a, b)
            if joins and a.__class__ is str and b.__class__ is str:
                return frame[BUDGET].text(a + b, at)
            return on_others(a, b)
        except UNDEFINED:
            return None

    cost = (PRICE_OF_POWER if node.operator == "**" else 1) + left.cost + right.cost
    if left.constant and right.constant:
        return constant(run([Budget()]))  # what fits into a text fits into a budget
    return Code(run, cost)


@compiles
def compile_negation(node: nodes.Negation, scope: Scope) -> Code:
    """The sign; of a literal it is part of the constant."""
    operand = compile_node(node.operand, scope)
    if operand.constant:
        return constant(negate(operand.value))
    run_operand = operand.run
    return Code(lambda frame: negate(run_operand(frame)), 1 + operand.cost)
