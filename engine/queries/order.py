"""The steps of a procedure in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """Every node from the start on; what a subprocess holds follows it, what a boundary event leads to comes last of
    what is reached, then what an event begins beside it, and what undoes a step."""
    model = process.scopes[scope or process.key]
    for node_id in _forward(process, [node.id for node in (*model.first, *model.event_starts)]):
        node = process.nodes[node_id]
        placed = Placed(node, within, node.lane or lane, inherited=bool(within) and node.lane in (None, lane))
        yield placed
        if node.kind in bpmn.SUBPROCESSES:
            yield from in_order(process, node.id, node.name, placed.lane)
    for node in process.nodes.values():
        if node.scope == model.id and (node.for_compensation or node.kind is bpmn.NodeKind.EVENT_SUBPROCESS):
            yield Placed(node, within, node.lane or lane, inherited=bool(within) and node.lane in (None, lane))
            if node.kind in bpmn.SUBPROCESSES:
                yield from in_order(process, node.id, node.name, node.lane or lane)


def _forward(process: bpmn.Definition, starts: Sequence[str]) -> list[str]:
    """Every flow leads onward but those that close loops: the reversed finishing order of a depth-first walk."""
    finished: list[str] = []
    seen: set[str] = set()
    for start in reversed(starts):
        if start in seen:
            continue
        seen.add(start)
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
    """Where it goes on: by boundary events first, so that in the reversed order they come after the drawn way; a link
    that is thrown goes on where it is caught."""
    node = process.nodes[node_id]
    by_event = [event.id for event in process.attached.get(node_id, ())]
    drawn = [flow.target for flow in node.outgoing]
    if node.kind is bpmn.NodeKind.THROW_EVENT and node.event is bpmn.EventKind.LINK:
        caught = process.scopes[node.scope].links.get(node.events[0].name or "")
        drawn += [] if caught is None else [caught.id]
    return iter([*reversed(by_event), *reversed(drawn)])
