"""From a wanted value of an input back to variables: `cost_change / cost * 100` is 12 with cost_change 0.12, cost 1.

Only expressions that reach every value of their kind are turned round, each variable once. So what is said of the
values of an input is said of values that it can have; of other expressions nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from engine.feel import nodes
from engine.feel.dmn.analysis.cells import constant_of
from engine.feel.dmn.analysis.dimension import EVERYTHING, Domain
from engine.feel.dmn.analysis.scale import SCALES
from engine.feel.values import CONTEXT, UNDEFINED, Value, kind

Variable = tuple[str, ...]
Wanted = dict[Variable, Value]

_LONGEST = 500
"""The longest list or text that is made up as an example."""
_COUNTS = frozenset({"count", "string length"})


def paths_of(node: nodes.Node) -> list[Variable] | None:
    """The variables that are set for a wanted value; None where not every value can be reached."""
    path = _path(node)
    if path is not None:
        return [path]
    if isinstance(node, nodes.Call) and node.name in _COUNTS and len(node.arguments) == 1:
        path = _path(node.arguments[0])
        return None if path is None else [path]
    if isinstance(node, nodes.Comparison):
        path, bound = _path(node.left), constant_of(node.right)
        return None if path is None or bound is None or _around(node.operator, bound[0], True) is None else [path]
    if isinstance(node, nodes.Arithmetic):
        return _paths_of_arithmetic(node)
    return None


def domain_of(node: nodes.Node, known: Mapping[Variable, Domain]) -> Domain:
    """What is known of the values that the expression can have."""
    path = _path(node)
    if path is not None:
        return known.get(path, EVERYTHING)
    if isinstance(node, nodes.Call) and node.name in _COUNTS:
        return Domain(whole=True, low=Decimal(0))
    return EVERYTHING


def overlap(some: Iterable[Variable], others: Iterable[Variable]) -> bool:
    """Whether setting the one changes the other."""
    return any(one[: len(other)] == other[: len(one)] for one in some for other in others)


def wanted_for(node: nodes.Node, value: Value) -> Wanted | None:
    """What the variables must be for the expression to have this value; None if that cannot be told."""
    path = _path(node)
    if path is not None:
        return {path: value}
    if value is None:
        return {}
    if isinstance(node, nodes.Call):
        size = int(value) if isinstance(value, Decimal) and 0 <= value <= _LONGEST else None
        made = None if size is None else "x" * size if node.name == "string length" else [Decimal(1)] * size
        argument = _path(node.arguments[0])
        return None if made is None or argument is None else {argument: made}
    if isinstance(node, nodes.Comparison):
        path, bound = _path(node.left), constant_of(node.right)
        found = None if bound is None else _around(node.operator, bound[0], value is True)
        return None if path is None or found is None else {path: found}
    return _wanted_for_arithmetic(node, value) if isinstance(node, nodes.Arithmetic) else None


def context_of(wanted: Wanted) -> dict[str, Any]:
    """Variables as an evaluation takes them."""
    context: dict[str, Any] = {}
    for path, value in wanted.items():
        at = context
        for name in path[:-1]:
            at = at.setdefault(name, {})
        at[path[-1]] = value
    return context


def _path(node: nodes.Node) -> Variable | None:
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Path):
        source = _path(node.source)
        return None if source is None else (*source, node.name)
    return None


def _paths_of_arithmetic(node: nodes.Arithmetic) -> list[Variable] | None:
    """Numbers only: what is multiplied or divided by a constant, or by another variable, which is then set to 1."""
    left, right = _paths_or_number(node.left), _paths_or_number(node.right)
    if left is None or right is None or node.operator == "**" or not (left or right):
        return None
    if node.operator == "/" and not left:
        return None  # a constant divided by something is never 0
    if node.operator in "*/" and (Decimal(0),) in (constant_of(node.left), constant_of(node.right)):
        return None
    return None if overlap(left, right) else [*left, *right]


def _paths_or_number(node: nodes.Node) -> list[Variable] | None:
    found = constant_of(node)
    if found is not None:
        return [] if isinstance(found[0], Decimal) else None
    return None if isinstance(node, nodes.Call | nodes.Comparison) else paths_of(node)


def _wanted_for_arithmetic(node: nodes.Arithmetic, value: Value) -> Wanted | None:
    if not isinstance(value, Decimal):
        return None
    side, other = (node.right, node.left) if constant_of(node.left) is not None else (node.left, node.right)
    found = constant_of(other)
    fixed: Wanted | None = {}
    neutral = Decimal(1 if node.operator in "*/" else 0)
    if found is None:
        fixed = wanted_for(other, neutral)
    number = neutral if found is None else found[0]
    try:
        rest = wanted_for(side, _turned_round(node.operator, value, number, side is node.right))
    except UNDEFINED:
        return None
    return None if rest is None or fixed is None else {**fixed, **rest}


def _turned_round(operator: str, value: Decimal, number: Decimal, on_the_right: bool) -> Decimal:
    if operator == "+":
        return CONTEXT.subtract(value, number)
    if operator == "-":
        return CONTEXT.subtract(number, value) if on_the_right else CONTEXT.add(value, number)
    return CONTEXT.divide(value, number) if operator == "*" else CONTEXT.multiply(value, number)


def _around(operator: str, bound: Value, holds: bool) -> Value:
    """A value for which `value operator bound` is true, or false; None where none is known."""
    if operator in ("=", "!="):
        if holds == (operator == "="):
            return bound
        if isinstance(bound, bool):
            return not bound
        if isinstance(bound, str):
            return bound + "…"
    name = "" if bound is None else kind(bound)
    if name not in SCALES or getattr(bound, "tzinfo", None) is not None:
        return None
    scale = SCALES[name]
    if operator in ("=", "!="):
        return scale.between(scale.place(bound), None, False)
    if holds == operator.endswith("="):
        return bound
    at = scale.place(bound)
    above = (operator[0] == ">") == holds
    return scale.between(at if above else None, None if above else at, False)
