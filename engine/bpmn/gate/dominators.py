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
        self._span = self._spans(start, order)

    def _spans(self, start: str, order: list[str]) -> dict[str, tuple[int, int]]:
        """Each node's place in a walk of the tree, and the last place beneath it: one look answers `dominates`."""
        children: dict[str, list[str]] = {node: [] for node in order}
        for node in order[:-1]:
            children[self._parent[node]].append(node)
        place: dict[str, int] = {}
        last: dict[str, int] = {}
        waiting = [start]
        while waiting:
            node = waiting[-1]
            if node in place:
                waiting.pop()
                last[node] = len(place)
            else:
                place[node] = len(place)
                waiting.extend(children[node])
        return {node: (place[node], last[node]) for node in order}

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
        if upper not in self._span or lower not in self._span:
            return False
        first, last = self._span[upper]
        return first <= self._span[lower][0] < last


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
