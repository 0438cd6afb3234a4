"""In which order the conditions and formulas of a scope are settled: first what is looked at, then who looks."""

from __future__ import annotations

from collections.abc import Iterator

from engine.forms.model import Computable, Field, Group, Node, Rows

#: What expressions inside a dynamic list may call their row, its surroundings and its number.
ROW_WORDS = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_"})


def settle_order(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """The nodes of the form's outermost scope in that order, and the labels of a circle (empty: there is none).

    Groups and lists count as one: their inner fields are settled together, in the order of the form, because a FEEL
    text names only the group (`risk.level`) or the row (`this.cost`) it looks into.
    """
    by_key = {node.key: node for node in nodes}
    needs = {node.key: looks_at(node) & by_key.keys() for node in nodes}
    for node in nodes:
        if not isinstance(node, Field):
            needs[node.key] -= {node.key}
    ordered: dict[str, Node] = {}
    waiting = dict(by_key)
    while waiting:
        ready = [key for key in waiting if needs[key] <= ordered.keys()]
        if not ready:
            return nodes, tuple(waiting[key].label for key in waiting)[:6]
        for key in ready:
            ordered[key] = waiting.pop(key)
    return tuple(ordered.values()), ()


def looks_at(node: Node) -> frozenset[str]:
    """The names, from outside the node, that its conditions, formula and rights depend on.

    Limits are among them, so that they see settled values only.
    """
    names = {name for expression in _expressions(node) for name in expression.names}
    if isinstance(node, Field):
        return frozenset(names)
    inner = {name for child in node.scope.nodes for name in looks_at(child)}
    return frozenset(names | (inner - ROW_WORDS if isinstance(node, Rows) else inner))


def _expressions(node: Node) -> Iterator[Computable]:
    yield from node.hides
    if isinstance(node, Group | Rows):
        return
    if callable(node.readonly):
        yield node.readonly
    if node.formula is not None:
        yield node.formula
    for limit in node.limits.values():
        if callable(limit):
            yield limit
