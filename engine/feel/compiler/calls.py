"""Calls of built-ins. All of them pay for the size of what they are given and of what they return."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from engine.feel import nodes
from engine.feel.budget import Budget, too_many_steps
from engine.feel.builtins import Builtin, find_function
from engine.feel.compiler.code import BUDGET, Code, Frame, Run, Scope, compile_node, compiles, constant
from engine.feel.errors import FeelValueError
from engine.feel.values import UNDEFINED, Value
from engine.i18n import _

NOW = "now()"
"""The context's key under which the present moment (an aware datetime) is handed in. No variable can be called so."""
TODAY = "today()"
"""The key for the present date; without it `today()` is the date of NOW in Beijing."""
_BEIJING = ZoneInfo("Asia/Shanghai")


@compiles
def compile_call(node: nodes.Call, scope: Scope) -> Code:
    """Unknown names and wrong numbers of arguments are refused here, not at run time."""
    found = find_function(node.name, node.at)
    found.check_arguments(len(node.arguments), node.at)
    if node.name == "now":
        return _compile_now(node.at, scope)
    if node.name == "today":
        return _compile_today(node.at, scope)
    arguments = [compile_node(argument, scope) for argument in node.arguments]
    run = _call(found, [argument.run for argument in arguments], node.at)
    if all(argument.constant for argument in arguments):
        return constant(run([Budget()]))  # what fits into a text fits into a budget
    return Code(run, 2 + sum(argument.cost for argument in arguments))


def _call(builtin: Builtin, arguments: list[Run], at: int) -> Run:
    function, budgeted = builtin.function, builtin.budgeted

    def run(frame: Frame) -> Value:
        values = [argument(frame) for argument in arguments]
        budget = frame[BUDGET]
        budget.steps -= _weight(values)
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


def _weight(values: list[Value]) -> int:
    """Steps for looking at all items and all characters once."""
    steps = 1
    for value in values:
        cls = value.__class__
        if cls is list or cls is dict:
            steps += len(value)
        elif cls is str:
            steps += len(value) >> 3
    return steps


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
        return moment.astimezone(_BEIJING).date()

    return Code(run, 1)
