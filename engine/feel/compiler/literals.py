"""Literals, lists, contexts and ranges."""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.compiler.code import Code, Frame, Scope, compile_node, compiles, constant
from engine.feel.compiler.functions import define
from engine.feel.operators import at_most, compared
from engine.feel.values import Range, Value


@compiles
def compile_literal(node: nodes.Literal, scope: Scope) -> Code:
    """Itself."""
    return constant(node.value)


@compiles
def compile_list(node: nodes.ListLiteral, scope: Scope) -> Code:
    """A list of constants is one constant: values never change."""
    items = [compile_node(item, scope) for item in node.items]
    if all(item.constant for item in items):
        return constant([item.value for item in items])
    runs = [item.run for item in items]
    return Code(lambda frame: [run(frame) for run in runs], 1 + sum(item.cost for item in items))


@compiles
def compile_context(node: nodes.ContextLiteral, scope: Scope) -> Code:
    """Entries in order; each may use the ones before it, which therefore have slots."""
    steps = []
    cost = 1
    for name, expression in node.entries:
        if isinstance(expression, nodes.FunctionDefinition):  # may call itself
            scope = scope.bind(name)
            entry = define(expression, scope, scope.slot)
        else:
            entry = compile_node(expression, scope)
            scope = scope.bind(name)
        steps.append((name, scope.slot, entry.run))
        cost += entry.cost

    def run(frame: Frame) -> Value:
        result = {}
        for name, slot, entry in steps:
            result[name] = frame[slot] = entry(frame)
        return result

    return Code(run, cost)


@compiles
def compile_range(node: nodes.RangeLiteral, scope: Scope) -> Code:
    """Null if the ends cannot be compared, are the wrong way round, or if the only end of an open range is null."""
    start = constant(None) if node.start is None else compile_node(node.start, scope)
    end = constant(None) if node.end is None else compile_node(node.end, scope)
    open_start, open_end = node.start is None, node.end is None

    def build(low: Value, high: Value) -> Range | None:
        if open_start or open_end:
            bound = high if open_start else low
            if at_most(bound, bound) is not True:
                return None
        elif at_most(low, high) is not True:
            return None
        return Range(low, high, node.start_included, node.end_included)

    if start.constant and end.constant:
        return constant(build(start.value, end.value))
    return Code(lambda frame: build(start.run(frame), end.run(frame)), 1 + start.cost + end.cost)


@compiles
def compile_outside(node: nodes.OutsideLiteral, scope: Scope) -> Code:
    """Null if the value has no order, as for the other ranges."""
    bound = compile_node(node.bound, scope)
    if bound.constant:
        return constant(compared("!=", bound.value))
    run_bound = bound.run
    return Code(lambda frame: compared("!=", run_bound(frame)), 1 + bound.cost)
