"""and, or, if, instance of."""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.compiler.code import BUDGET, Code, Frame, Run, Scope, compile_node, compiles
from engine.feel.types import is_instance
from engine.feel.values import Value


@compiles
def compile_logical(node: nodes.Logical, scope: Scope) -> Code:
    """Three-valued, and short: the deciding value ends it. What is no boolean counts as null."""
    parts = [compile_node(part, scope) for part in node.parts]
    cost = 1 + sum(part.cost for part in parts)
    runs = [part.run for part in parts]
    if len(runs) == 2:
        return Code(_conjunction(*runs) if node.conjunction else _disjunction(*runs), cost)
    neutral = node.conjunction
    deciding = not neutral

    def run(frame: Frame) -> Value:
        result: bool | None = neutral
        for part in runs:
            value = part(frame)
            if value is deciding:
                return deciding
            if value is not neutral:
                result = None
        return result

    return Code(run, cost)


def _conjunction(left: Run, right: Run) -> Run:
    def run(frame: Frame) -> Value:
        first = left(frame)
        if first is False:
            return False
        second = right(frame)
        if second is False:
            return False
        return True if first is True and second is True else None

    return run


def _disjunction(left: Run, right: Run) -> Run:
    def run(frame: Frame) -> Value:
        first = left(frame)
        if first is True:
            return True
        second = right(frame)
        if second is True:
            return True
        return False if first is False and second is False else None

    return run


@compiles
def compile_conditional(node: nodes.Conditional, scope: Scope) -> Code:
    """Only true takes the first branch."""
    condition = compile_node(node.condition, scope)
    then, otherwise = compile_node(node.then, scope), compile_node(node.otherwise, scope)
    test, run_then, run_otherwise = condition.run, then.run, otherwise.run
    return Code(
        lambda frame: run_then(frame) if test(frame) is True else run_otherwise(frame),
        1 + condition.cost + max(then.cost, otherwise.cost),
    )


@compiles
def compile_instance_of(node: nodes.InstanceOf, scope: Scope) -> Code:
    """Whether the value is of a type."""
    value = compile_node(node.value, scope)
    run_value, wanted, at = value.run, node.type, node.at
    return Code(lambda frame: is_instance(run_value(frame), wanted, frame[BUDGET], at), 1 + value.cost)
