"""Functions as values: defined in the text, called by name or by whatever gives one.

A call has a frame of its own, a copy of the frame in which the function was made: so functions remember what they saw
there, may call themselves, and never see where they are called from. What they cost is paid by the evaluation that
calls them.
"""

from __future__ import annotations

from engine.feel import nodes
from engine.feel.budget import Budget
from engine.feel.builtins import find_function, is_function_name
from engine.feel.compiler.code import BUDGET, Code, Frame, Run, Scope, compile_node, compiles
from engine.feel.types import ANY, FunctionOf, Simple, coerce
from engine.feel.typing import Known, clashes
from engine.feel.values import UNDEFINED, Function, Value


@compiles
def compile_function(node: nodes.FunctionDefinition, scope: Scope) -> Code:
    """A function without a name of its own."""
    return define(node, scope, None)


def define(node: nodes.FunctionDefinition, scope: Scope, own: int | None) -> Code:
    """A function; `own` is the slot of the name under which it knows itself."""
    inner, slots = scope, []
    for name, _type in node.parameters:
        inner = inner.bind(name)
        slots.append(inner.slot)
    with scope.layout.measured() as height:
        body = compile_node(node.body, inner)
    parameters = tuple(name for name, _type in node.parameters)
    places = [(slot, type_) for slot, (_name, type_) in zip(slots, node.parameters, strict=True)]
    given = {name: Known(wanted.kind) for name, wanted in node.parameters if isinstance(wanted, Simple)}
    type_ = FunctionOf(tuple(wanted or ANY for _name, wanted in node.parameters), clashes(node.body, given)[0].type)
    run_body, levels, price = body.run, height.levels + 1, body.cost + 2

    def make(frame: Frame) -> Function:
        seen = frame.copy()

        def call(budget: Budget, at: int, values: list[Value]) -> Value:
            budget.spend(price + (len(seen) >> 3), at)
            before = budget.enter(levels, at)
            try:
                inside = seen.copy()
                inside[BUDGET] = budget
                for (slot, wanted), value in zip(places, values, strict=True):
                    inside[slot] = value if wanted is None else coerce(value, wanted, budget, at)
                return run_body(inside)
            finally:
                budget.levels = before

        function = Function(parameters, call, type_)
        if own is not None:
            seen[own] = function
        return function

    return Code(make, 2)


@compiles
def compile_invocation(node: nodes.Invocation, scope: Scope) -> Code:
    """The call of what an expression gives; null if that is no function or takes other arguments."""
    function = compile_node(node.function, scope)
    arguments = [compile_argument(argument, scope) for argument in node.arguments]
    cost = 2 + function.cost + sum(argument.cost for argument in arguments)
    return Code(invocation(function.run, [argument.run for argument in arguments], node.names, node.at), cost)


def compile_argument(node: nodes.Node, scope: Scope) -> Code:
    """An argument of a function that the text gives; a built-in's name is that function where no variable has it."""
    code = compile_node(node, scope)
    if not isinstance(node, nodes.Name) or not is_function_name(node.name) or scope.binds(node.name):
        return code
    run_variable, function = code.run, find_function(node.name, node.at).as_function()

    def run(frame: Frame) -> Value:
        value = run_variable(frame)
        return function if value is None else value

    return Code(run, code.cost)


def invocation(function: Run, arguments: list[Run], names: tuple[str, ...] | None, at: int) -> Run:
    """Code that calls the function which `function` gives."""

    def run(frame: Frame) -> Value:
        called = function(frame)
        if called.__class__ is not Function:
            return None
        return call(called, [argument(frame) for argument in arguments], names, frame[BUDGET], at)

    return run


def call(function: Function, values: list[Value], names: tuple[str, ...] | None, budget: Budget, at: int) -> Value:
    """Call a function; null if it takes other arguments or is undefined for these."""
    if names is not None:
        if function.parameters is None or set(names) != set(function.parameters):
            return None
        given = dict(zip(names, values, strict=True))
        values = [given[name] for name in function.parameters]
    elif function.parameters is not None and len(values) != len(function.parameters):
        return None
    try:
        return function.call(budget, at, values)
    except UNDEFINED:
        return None
