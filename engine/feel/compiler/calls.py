"""Calls by name. Built-ins pay for the size of what they are given and of what they return."""

from __future__ import annotations

from datetime import datetime

from engine.feel import nodes
from engine.feel.budget import Budget, too_many_steps
from engine.feel.builtins import Builtin, find_function, is_function_name
from engine.feel.builtins.registry import weight
from engine.feel.compiler.code import BUDGET, Code, Frame, Run, Scope, compile_node, compiles, constant, mistaken
from engine.feel.compiler.functions import call, compile_argument, invocation
from engine.feel.errors import FeelSyntaxError, FeelValueError
from engine.feel.temporal import BEIJING
from engine.feel.values import UNDEFINED, Function, Value
from engine.i18n import _

NOW = "now()"
"""The context's key under which the present moment (an aware datetime) is handed in. No variable can be called so."""
TODAY = "today()"
"""The key for the present date; without it `today()` is the date of NOW in Beijing."""
_WANTS_FUNCTION = frozenset({"precedes", "match"})


@compiles
def compile_call(node: nodes.Call, scope: Scope) -> Code:
    """A built-in, or a function in scope. Unknown names and wrong arguments of built-ins are mistakes: null at run time
    (DMN 1.5, 10.3.2.13), refused at publication."""
    bound = compile_node(nodes.Name(node.at, node.name), scope) if scope.binds(node.name) else None
    if bound is not None and not is_function_name(node.name):
        arguments = [compile_argument(argument, scope) for argument in node.arguments]
        cost = 2 + sum(argument.cost for argument in arguments)
        return Code(invocation(bound.run, [argument.run for argument in arguments], node.names, node.at), cost)
    try:
        found = find_function(node.name, node.at)
        given = found.order(node.names, node.arguments, nodes.Literal(node.at, None), node.at)
    except FeelSyntaxError as mistake:
        return mistaken(mistake, node.arguments, scope)
    if node.name == "now":
        return _compile_now(node.at, scope)
    if node.name == "today":
        return _compile_today(node.at, scope)
    arguments = [_compile_argument(found, place, argument, scope) for place, argument in enumerate(given)]
    for place in found.singles(node.names):
        arguments[place] = _single(arguments[place])
    run = _call(found, [argument.run for argument in arguments], node.at)
    cost = 2 + sum(argument.cost for argument in arguments)
    if bound is not None:
        return Code(_bound_first(bound.run, run, [one.run for one in arguments], node.names, node.at), cost)
    if all(argument.constant for argument in arguments) and not any(
        argument.value.__class__ is Function for argument in arguments
    ):
        return constant(run([Budget()]))  # what fits into a text fits into a budget
    return Code(run, cost)


def _compile_argument(found: Builtin, place: int, node: nodes.Node, scope: Scope) -> Code:
    """An argument; the name of a built-in where a function is wanted is that function."""
    if isinstance(node, nodes.Name) and is_function_name(node.name) and not scope.binds(node.name):
        parameters = {way.parameters[place] for way in found.signatures if place < len(way.parameters)}
        if parameters & _WANTS_FUNCTION:
            return constant(find_function(node.name, node.at).as_function())
    return compile_node(node, scope)


def _single(argument: Code) -> Code:
    """An argument that is null if it is a list of several."""
    given = argument.run

    def run(frame: Frame) -> Value:
        value = given(frame)
        return None if value.__class__ is list and len(value) != 1 else value

    return Code(run, 1 + argument.cost)


def _bound_first(bound: Run, built_in: Run, arguments: list[Run], names: tuple[str, ...] | None, at: int) -> Run:
    """A name in scope that a built-in has too: `{count: 3, n: count(xs)}` still counts."""

    def run(frame: Frame) -> Value:
        function = bound(frame)
        if function.__class__ is Function:
            return call(function, [argument(frame) for argument in arguments], names, frame[BUDGET], at)
        return built_in(frame)

    return run


def _call(builtin: Builtin, arguments: list[Run], at: int) -> Run:
    function, budgeted = builtin.function, builtin.budgeted

    def run(frame: Frame) -> Value:
        values = [argument(frame) for argument in arguments]
        budget = frame[BUDGET]
        budget.steps -= weight(values)
        if budget.steps < 0:
            raise too_many_steps(at)
        try:
            result = function(budget, at, *values) if budgeted else function(*values)
        except UNDEFINED:
            return None
        if result.__class__ is str:
            return budget.text(result, at)
        if result.__class__ is list:
            budget.items(len(result), at)
        return result

    return run


def _compile_now(at: int, scope: Scope) -> Code:
    slot = scope.layout.free_slot(NOW)

    def run(frame: Frame) -> Value:
        moment = frame[slot]
        if not isinstance(moment, datetime):
            raise FeelValueError(_("这里不提供当前时间，不能用 now()"), at)
        return moment

    return Code(run, 1)


def _compile_today(at: int, scope: Scope) -> Code:
    day_slot, moment_slot = scope.layout.free_slot(TODAY), scope.layout.free_slot(NOW)

    def run(frame: Frame) -> Value:
        if frame[day_slot] is not None:
            return frame[day_slot]
        moment = frame[moment_slot]
        if not isinstance(moment, datetime):
            raise FeelValueError(_("这里不提供当前日期，不能用 today()"), at)
        return moment.astimezone(BEIJING).date()

    return Code(run, 1)
