"""For joins that look ahead: from where a token can still come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.bpmn.event_definitions import EventKind
from engine.bpmn.model import Node, NodeKind


def looking_ahead(nodes: Iterable[Node]) -> dict[str, dict[str, frozenset[str]]]:
    """Of each inclusive or complex gateway that joins, by incoming flow, the nodes of the scope from which that flow
    can still get a token without passing the gateway itself. Costs gateways times nodes, once for a diagram."""
    own = {node.id: node for node in nodes}
    joining = [
        node
        for node in own.values()
        if node.kind in (NodeKind.INCLUSIVE_GATEWAY, NodeKind.COMPLEX_GATEWAY) and len(node.incoming) > 1
    ]
    if not joining:
        return {}
    before = _before(own)
    return {
        gateway.id: {flow.id: _back(flow.source, gateway.id, before) for flow in gateway.incoming}
        for gateway in joining
    }


def _before(own: Mapping[str, Node]) -> dict[str, list[str]]:
    """What comes directly before a node: along flows, links, and from an activity to the events on its border."""
    throws: dict[str, list[str]] = {}
    for node in own.values():
        if node.kind is NodeKind.THROW_EVENT and node.event is EventKind.LINK:
            throws.setdefault(node.events[0].name or "", []).append(node.id)
    found = {node.id: [flow.source for flow in node.incoming] for node in own.values()}
    for node in own.values():
        if node.attached_to is not None:
            found[node.id].append(node.attached_to)
        if node.kind is NodeKind.CATCH_EVENT and node.event is EventKind.LINK:
            found[node.id] += throws.get(node.events[0].name or "", [])
    return found


def _back(start: str, gateway: str, before: Mapping[str, list[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at == gateway or at in seen:
            continue
        seen.add(at)
        waiting += before.get(at, ())
    return frozenset(seen)
