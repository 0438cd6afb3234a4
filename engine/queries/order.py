"""The steps of a procedure in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine import bpmn


@dataclass(frozen=True)
class Placed:
    """A node, the subprocess around it by name, and its lane; `inherited`: that is the lane of the subprocess."""

    node: bpmn.Node
    within: str = ""
    lane: str = ""
    inherited: bool = False


def in_order(process: bpmn.Definition, scope: str = "", within: str = "", lane: str = "") -> Iterator[Placed]:
    """Every node from the start on; what a subprocess holds follows it, what a boundary event leads to comes last."""
    start = process.scopes[scope or process.key].start
    for node_id in _forward(process, start.id):
        node = process.nodes[node_id]
        placed = Placed(node, within, node.lane or lane, inherited=bool(within) and node.lane in (None, lane))
        yield placed
        if node.kind is bpmn.NodeKind.SUBPROCESS:
            yield from in_order(process, node.id, node.name, placed.lane)


def _forward(process: bpmn.Definition, start: str) -> list[str]:
    """Every flow leads onward but those that close loops: the reversed finishing order of a depth-first walk."""
    finished: list[str] = []
    seen = {start}
    todo = [(start, _next(process, start))]
    while todo:
        node_id, following = todo[-1]
        target = next(following, None)
        if target is None:
            todo.pop()
            finished.append(node_id)
        elif target not in seen:
            seen.add(target)
            todo.append((target, _next(process, target)))
    return finished[::-1]


def _next(process: bpmn.Definition, node_id: str) -> Iterator[str]:
    """Where it goes on: by boundary events first, so that in the reversed order they come after the drawn way."""
    by_event = [event.id for event in process.attached.get(node_id, ())]
    drawn = [flow.target for flow in process.nodes[node_id].outgoing]
    return iter([*reversed(by_event), *reversed(drawn)])
