"""Which nodes every path from the start must pass (iterative algorithm of Cooper, Harvey and Kennedy)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Dominators:
    """The tree of immediate dominators of a graph; nodes that the start does not reach are unknown to it."""

    def __init__(self, edges: Mapping[str, Iterable[str]], start: str) -> None:
        order = _postorder(edges, start)
        self._number = {node: place for place, node in enumerate(order)}
        self._parent = {start: start}
        sources: dict[str, list[str]] = {node: [] for node in order}
        for node in order:
            for target in edges.get(node, ()):
                sources[target].append(node)
        changed = True
        while changed:
            changed = False
            for node in reversed(order[:-1]):
                known = [source for source in sources[node] if source in self._parent]
                best = known[0]
                for other in known[1:]:
                    best = self._meet(best, other)
                if self._parent.get(node) != best:
                    self._parent[node] = best
                    changed = True
        self._depth = {start: 0}
        for node in reversed(order[:-1]):
            self._depth[node] = self._depth[self._parent[node]] + 1

    def _meet(self, one: str, other: str) -> str:
        number, parent = self._number, self._parent
        while one != other:
            while number[one] < number[other]:
                one = parent[one]
            while number[other] < number[one]:
                other = parent[other]
        return one

    def dominates(self, upper: str, lower: str) -> bool:
        """Whether every path from the start to `lower` passes `upper` (each node dominates itself)."""
        if upper not in self._depth or lower not in self._depth:
            return False
        while self._depth[lower] > self._depth[upper]:
            lower = self._parent[lower]
        return lower == upper


def _postorder(edges: Mapping[str, Iterable[str]], start: str) -> list[str]:
    order: list[str] = []
    seen = {start}
    path = [(start, iter(edges.get(start, ())))]
    while path:
        node, targets = path[-1]
        step = next((target for target in targets if target not in seen), None)
        if step is None:
            order.append(node)
            path.pop()
        else:
            seen.add(step)
            path.append((step, iter(edges.get(step, ()))))
    return order
