"""In which order the conditions and formulas of a scope are settled: first what is looked at, then who looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.feel import nodes as feel
from engine.feel.parser import parse_expression
from engine.feel.phrases import children
from engine.forms.model import Computable, Field, Group, Node, Rows

#: What expressions inside a dynamic list may call their row, its surroundings and its number.
ROW_WORDS = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_"})

_Looks = Callable[[Node], frozenset[str]]


def settle_order(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """The nodes of the form's outermost scope in that order, and the labels of a circle (empty: there is none).

    Groups and lists count as one here: a FEEL text names only the group (`risk.level`) or the row (`this.cost`) it
    looks into. A name inside a filter may be a field of the items: it is waited for as long as that makes no circle.
    """
    return _ordered(nodes, looks_at, may_look_at)


def inner_order(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes of a group or list: `g.a` and `this.a` may both mean the `a` beside, so it goes first where it can."""
    return _ordered(nodes, lambda _node: frozenset(), lambda node: _members(node) | looks_at(node))[0]


def _ordered(nodes: tuple[Node, ...], must: _Looks, may: _Looks) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    keys = frozenset(node.key for node in nodes)
    needs = {node.key: must(node) & keys for node in nodes}
    likes = {node.key: (may(node) & keys) - {node.key} for node in nodes}
    for node in nodes:
        if not isinstance(node, Field):
            needs[node.key] -= {node.key}
    ordered: dict[str, Node] = {}
    waiting = {node.key: node for node in nodes}
    while waiting:
        allowed = [key for key in waiting if needs[key] <= ordered.keys()]
        if not allowed:
            return nodes, tuple(waiting[key].label for key in waiting)[:6]
        for key in _ready(allowed, likes, ordered):
            ordered[key] = waiting.pop(key)
    return tuple(ordered.values()), ()


def _ready(allowed: list[str], likes: Mapping[str, frozenset[str]], ordered: Mapping[str, Node]) -> list[str]:
    return [key for key in allowed if likes[key] <= ordered.keys()] or allowed[:1]


def looks_at(node: Node) -> frozenset[str]:
    """The names, from outside the node, that its conditions, formula and rights depend on.

    Limits and computed options are among them, so that they see settled values only.
    """
    return _of(node, lambda expression: expression.names)


def may_look_at(node: Node) -> frozenset[str]:
    """The names inside filters, which are fields of the items or names from outside."""
    return _of(node, lambda expression: expression.item_names)


def _of(node: Node, names_of: Callable[[Computable], frozenset[str]]) -> frozenset[str]:
    names = {name for expression in _expressions(node) for name in names_of(expression)}
    if isinstance(node, Field):
        return frozenset(names)
    inner = {name for child in node.scope.nodes for name in _of(child, names_of)}
    return frozenset(names | (inner - ROW_WORDS if isinstance(node, Rows) else inner))


def _members(node: Node) -> frozenset[str]:
    """The fields that any expression of the node reads by a path, and its names inside filters."""
    found = set(may_look_at(node))
    for expression in _within(node):
        todo: list[feel.Node] = [parse_expression(expression.text)]
        while todo:
            part = todo.pop()
            found |= {part.name} if isinstance(part, feel.Path) else set()
            todo.extend(children(part))
    return frozenset(found)


def _within(node: Node) -> Iterator[Computable]:
    yield from _expressions(node)
    for child in () if isinstance(node, Field) else node.scope.nodes:
        yield from _within(child)


def _expressions(node: Node) -> Iterator[Computable]:
    yield from node.hides
    if isinstance(node, Group | Rows):
        return
    if callable(node.readonly):
        yield node.readonly
    if node.formula is not None:
        yield node.formula
    if node.offer is not None:
        yield node.offer
    for limit in node.limits.values():
        if callable(limit):
            yield limit
