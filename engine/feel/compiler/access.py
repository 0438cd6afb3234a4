"""Names, paths and filters."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import nodes
from engine.feel.budget import Budget, too_many_steps
from engine.feel.compiler.code import BUDGET, Code, Frame, Scope, compile_node, compiles, mistaken
from engine.feel.errors import FeelSyntaxError
from engine.feel.temporal import part
from engine.feel.values import Value
from engine.i18n import _

ITEM = "item"
_YIELDS_BOOLEAN = (nodes.Comparison, nodes.Logical, nodes.Between, nodes.In, nodes.Quantified, nodes.InstanceOf)
_YIELDS_NUMBER = (nodes.Arithmetic, nodes.Negation)


@compiles
def compile_name(node: nodes.Name, scope: Scope) -> Code:
    """A variable; inside filters, first a field of the item."""
    items, slot = scope.resolve(node.name)
    if slot is None:
        path = _as_path(node, scope)
        if path is not None:
            return compile_node(path, scope)
        if node.name == "?":
            error = FeelSyntaxError(_("? 只能用在判定表的单元格或 in 的条件里"), node.at)
            return mistaken(error, (), scope)
        slot = _free_slot(node, scope, items)
    scope.layout.read.add(slot)
    if not items:
        return _read_slot(slot)
    return _read_field_or_slot(node.name, items, slot)


def _as_path(node: nodes.Name, scope: Scope) -> nodes.Path | None:
    """`a.b` is a name where something else in the model is called so, and a path where only `a` is bound."""
    first, *parts = node.name.split(".")
    if not parts or not scope.binds(first):
        return None
    path: nodes.Node = nodes.Name(node.at, first)
    for one in parts:
        path = nodes.Path(node.at, path, one)
    assert isinstance(path, nodes.Path)
    return path


def _free_slot(node: nodes.Name, scope: Scope, items: list[int]) -> int:
    if node.name == ITEM and items:
        return items[0]
    if not items:
        scope.layout.certain.add(node.name)
    return scope.layout.free_slot(node.name)


def _read_slot(slot: int) -> Code:
    return Code(lambda frame: frame[slot], 1, slot=slot)


def _read_field_or_slot(name: str, items: list[int], slot: int) -> Code:
    if len(items) == 1:
        only = items[0]

        def run_one(frame: Frame) -> Value:
            item = frame[only]
            return item[name] if item.__class__ is dict and name in item else frame[slot]

        return Code(run_one, 1)

    def run(frame: Frame) -> Value:
        for index in items:
            item = frame[index]
            if item.__class__ is dict and name in item:
                return item[name]
        return frame[slot]

    return Code(run, len(items))


@compiles
def compile_path(node: nodes.Path, scope: Scope) -> Code:
    """A field of a context, a part of a date or duration, or that of every item of a list."""
    source = compile_node(node.source, scope)
    run_source, name, at = source.run, node.name, node.at

    def run(frame: Frame) -> Value:
        value = run_source(frame)
        if value.__class__ is dict:
            return value.get(name)
        if value.__class__ is list:
            return _path_over_list(value, name, frame[BUDGET], at)
        return part(value, name)

    return Code(run, 1 + source.cost)


def _path_over_list(values: list[Value], name: str, budget: Budget, at: int) -> list[Value]:
    """One level: the items' own lists are mapped in turn by the standard, and pay for it."""
    budget.items(len(values), at)
    result = []
    for value in values:
        if value.__class__ is dict:
            result.append(value.get(name))
        elif value.__class__ is list:
            result.append(_path_over_list(value, name, budget, at))
        else:
            result.append(part(value, name))
    return result


@compiles
def compile_filter(node: nodes.Filter, scope: Scope) -> Code:
    """An index (from 1, or from the end when negative), or all items for which the condition is true."""
    source = compile_node(node.source, scope)
    inner = scope.enter_filter()
    condition = compile_node(node.condition, inner)
    if condition.constant and isinstance(condition.value, Decimal):
        index = condition.value
        return Code(lambda frame: _pick(_listed(source.run(frame)), index), 1 + source.cost)
    never_index = isinstance(node.condition, _YIELDS_BOOLEAN)
    always_index = isinstance(node.condition, _YIELDS_NUMBER)
    run_source, test, slot, price, at = source.run, condition.run, inner.slot, condition.cost, node.at

    def run(frame: Frame) -> Value:
        values = _listed(run_source(frame))
        if not never_index:
            frame[slot] = None
            index = test(frame)
            if isinstance(index, Decimal):
                return _pick(values, index)
            if always_index:
                return None
        budget = frame[BUDGET]
        kept = []
        for value in values:
            budget.steps -= price
            if budget.steps < 0:
                raise too_many_steps(at)
            frame[slot] = value
            if test(frame) is True:
                kept.append(value)
        return kept

    return Code(run, 1 + source.cost + condition.cost)


def _listed(value: Value) -> list[Value]:
    """A single value is filtered as a list of one, null as an empty list."""
    if value.__class__ is list:
        return value
    return [] if value is None else [value]


def _pick(values: list[Value], index: Decimal) -> Value:
    if index.adjusted() > 9 or index != index.to_integral_value():
        return None
    position = int(index)
    if 1 <= position <= len(values):
        return values[position - 1]
    return values[position] if -len(values) <= position <= -1 else None
