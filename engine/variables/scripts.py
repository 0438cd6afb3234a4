"""The shape of what a FEEL text yields, as far as it can be seen without running it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.feel import FeelError, nodes
from engine.feel.builtins.results import RESULT_ITEMS, RESULT_KINDS
from engine.feel.parser import parse_expression
from engine.variables.model import Shape, Variable

Known = Mapping[str, Variable]

MAX_DEPTH = 40

_ANY = Shape()
_BOOLEAN = Shape("boolean")
_CALLS = {
    **{name: Shape(kind, item=RESULT_ITEMS.get(name, "Any")) for name, kind in RESULT_KINDS.items()},
    **dict.fromkeys(("sum", "mean", "abs"), Shape("number")),  # of durations too, but hardly ever
}
_OF_FIRST = frozenset(
    {
        *("append", "concatenate", "flatten", "distinct values", "duplicate values", "union", "sublist", "reverse"),
        *("remove", "insert before", "sort", "list replace"),
    }
)
_EXTREME = frozenset({"min", "max"})


def shape_of(text: str, known: Known) -> Shape:
    """What the expression yields where these variables are known; any value for what cannot be seen or read."""
    try:
        return _shape(parse_expression(text), known, 0)
    except FeelError:
        return _ANY


def _shape(node: nodes.Node, known: Known, depth: int) -> Shape:
    reader = _READERS.get(type(node))
    return _ANY if reader is None or depth > MAX_DEPTH else reader(node, known, depth + 1)


def _literal(node: nodes.Literal, known: Known, depth: int) -> Shape:
    for kinds, name in (
        (bool, "boolean"),
        (str, "string"),
        ((int, Decimal), "number"),
        (datetime, "date and time"),
        (date, "date"),
        (time, "time"),
    ):
        if isinstance(node.value, kinds):
            return Shape(name)
    return _ANY


def _name(node: nodes.Name, known: Known, depth: int) -> Shape:
    return _of_variable(known.get(node.name))


def _path(node: nodes.Path, known: Known, depth: int) -> Shape:
    source = _shape(node.source, known, depth)
    found = _of_variable(next((one for one in source.fields if one.name == node.name), None))
    return Shape("list", found.fields, found.type) if source.type == "list" else found


def _filter(node: nodes.Filter, known: Known, depth: int) -> Shape:
    source = _shape(node.source, known, depth)
    if isinstance(node.condition, nodes.Literal | nodes.Negation):
        return Shape(source.item, source.fields)
    return source


def _list(node: nodes.ListLiteral, known: Known, depth: int) -> Shape:
    items = [_shape(item, known, depth) for item in node.items]
    same = items and all(item.type == items[0].type for item in items)
    return Shape("list", items[0].fields, items[0].type) if same else Shape("list")


def _context(node: nodes.ContextLiteral, known: Known, depth: int) -> Shape:
    seen = dict(known)
    fields = []
    for key, value in node.entries:
        seen[key] = _shape(value, seen, depth).named(key, key)
        fields.append(seen[key])
    return Shape("context", tuple(fields))


def _conditional(node: nodes.Conditional, known: Known, depth: int) -> Shape:
    return _either(_shape(node.then, known, depth), _shape(node.otherwise, known, depth))


def _either(first: Shape, second: Shape) -> Shape:
    if first.type == second.type:
        return first if first.fields else second
    return first if second.type == "Any" else second if first.type == "Any" else _ANY


def _for(node: nodes.For, known: Known, depth: int) -> Shape:
    seen = dict(known)
    for one in node.iterators:
        source = _shape(one.source, seen, depth)
        each = Shape("number") if one.end is not None else Shape(source.item, source.fields)
        seen[one.name] = each.named(one.name)
    body = _shape(node.body, seen, depth)
    return Shape("list", body.fields, body.type)


def _arithmetic(node: nodes.Arithmetic, known: Known, depth: int) -> Shape:
    left = _shape(node.left, known, depth)
    return Shape("number") if left.type in ("Any", "list", "context", "boolean") else left


def _call(node: nodes.Call, known: Known, depth: int) -> Shape:
    first = _shape(node.arguments[0], known, depth) if node.arguments else _ANY
    if node.name in _OF_FIRST:
        return first if first.type == "list" else Shape("list")
    if node.name in _EXTREME:
        return Shape(first.item) if first.type == "list" else first
    return _CALLS.get(node.name, _ANY)


def _boolean(node: nodes.Node, known: Known, depth: int) -> Shape:
    return _BOOLEAN


def _negation(node: nodes.Negation, known: Known, depth: int) -> Shape:
    return _shape(node.operand, known, depth)


def _of_variable(variable: Variable | None) -> Shape:
    if variable is None:
        return _ANY
    fields = tuple(replace(one, origin="", always=True, own=False) for one in variable.fields)
    item = "context" if variable.fields and variable.type == "list" else variable.item
    return Shape(variable.type, fields, item)


_READERS: dict[type, Callable[[Any, Known, int], Shape]] = {
    nodes.Literal: _literal,
    nodes.Name: _name,
    nodes.Path: _path,
    nodes.Filter: _filter,
    nodes.ListLiteral: _list,
    nodes.ContextLiteral: _context,
    nodes.Conditional: _conditional,
    nodes.For: _for,
    nodes.Arithmetic: _arithmetic,
    nodes.Call: _call,
    nodes.Negation: _negation,
    **dict.fromkeys(
        (nodes.Comparison, nodes.Logical, nodes.Between, nodes.In, nodes.Quantified, nodes.InstanceOf), _boolean
    ),
}
