"""What lies behind what in one scope of a diagram: needed to return work to an earlier step.

A *back edge* leads to a node that every path from the start has already passed (it dominates the edge's source): the
drawn loops. Without them "downstream" means what comes after a step in the same round, which is what a return undoes;
with them a loop around the whole process would make everything downstream of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from engine.bpmn.model import Definition, Node, NodeKind

_cache: WeakKeyDictionary[Definition, dict[str, Region]] = WeakKeyDictionary()


class Region:
    """The forward edges of one scope."""

    def __init__(self, nodes: Mapping[str, Node], start: str) -> None:
        edges = {id: tuple(flow.target for flow in node.outgoing) for id, node in nodes.items()}
        for node in nodes.values():
            if node.attached_to is not None:
                edges[node.attached_to] += (node.id,)
        above = _dominators(edges, start)
        self._forward = {
            source: tuple(t for t in targets if not _dominates(above, t, source)) for source, targets in edges.items()
        }
        self._found: dict[str, frozenset[str]] = {}

    def downstream(self, node_id: str) -> frozenset[str]:
        """The node itself and everything after it in the same round."""
        found = self._found.get(node_id)
        if found is None:
            seen = {node_id}
            open_ = [node_id]
            while open_:
                new = [target for target in self._forward[open_.pop()] if target not in seen]
                seen.update(new)
                open_.extend(new)
            found = self._found[node_id] = frozenset(seen)
        return found


def region_of(definition: Definition, scope_id: str) -> Region:
    """The region of a process or subprocess; computed once per definition."""
    regions = _cache.setdefault(definition, {})
    if scope_id not in regions:
        nodes = {id: node for id, node in definition.nodes.items() if node.scope == scope_id}
        beside = [id for id, node in nodes.items() if node.kind is NodeKind.EVENT_SUBPROCESS]
        for id in beside:
            del nodes[id]
        regions[scope_id] = Region(nodes, definition.scopes[scope_id].start.id)
    return regions[scope_id]


def _postorder(edges: Mapping[str, Iterable[str]], start: str) -> list[str]:
    order: list[str] = []
    seen = {start}
    path = [(start, iter(edges[start]))]
    while path:
        node, targets = path[-1]
        step = next((target for target in targets if target not in seen), None)
        if step is None:
            order.append(node)
            path.pop()
        else:
            seen.add(step)
            path.append((step, iter(edges[step])))
    return order


def _dominators(edges: Mapping[str, Iterable[str]], start: str) -> dict[str, tuple[str, int]]:
    """Each reachable node's immediate dominator and its depth in the tree of dominators (iterative, Cooper et al.)."""
    order = _postorder(edges, start)
    number = {node: i for i, node in enumerate(order)}
    sources: dict[str, list[str]] = {node: [] for node in order}
    for node in order:
        for target in edges[node]:
            sources[target].append(node)
    parent: dict[str, str] = {start: start}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            known = [source for source in sources[node] if source in parent]
            best = known[0]
            for other in known[1:]:
                best = _meet(parent, number, best, other)
            if parent.get(node) != best:
                parent[node] = best
                changed = True
    depth = {start: 0}
    for node in reversed(order[:-1]):
        depth[node] = depth[parent[node]] + 1
    return {node: (parent[node], depth[node]) for node in order}


def _meet(parent: Mapping[str, str], number: Mapping[str, int], one: str, other: str) -> str:
    while one != other:
        while number[one] < number[other]:
            one = parent[one]
        while number[other] < number[one]:
            other = parent[other]
    return one


def _dominates(above: Mapping[str, tuple[str, int]], upper: str, lower: str) -> bool:
    if upper not in above or lower not in above:
        return False
    while above[lower][1] > above[upper][1]:
        lower = above[lower][0]
    return lower == upper
