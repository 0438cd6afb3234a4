"""House rules on ways through the diagram: what the standard allows and runs, and what is nearly always a slip.

A choice none of whose conditions holds stops the case (the standard calls that an exception); a step that leads
nowhere ends its path; an event on the border of a step that never waits or fails never occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.bpmn.event_definitions import EventKind
from engine.bpmn.model import Flow, Node, NodeKind
from engine.errors import Finding
from engine.i18n import _

_AT_ONCE = {NodeKind.TASK, NodeKind.MANUAL_TASK, NodeKind.SCRIPT_TASK, NodeKind.BUSINESS_RULE_TASK}
_NEVER_FAILS = _AT_ONCE | {NodeKind.USER_TASK, NodeKind.RECEIVE_TASK}


def check_choices(nodes: Mapping[str, Node]) -> Iterator[Finding]:
    """Choices without a way out, loose ends beside end events, border events that never occur."""
    yield from _endless(nodes)
    ended = {node.scope for node in nodes.values() if node.kind is NodeKind.END_EVENT}
    for node in nodes.values():
        yield from _choice(node)
        if node.scope in ended and _is_loose(node):
            message = _("{it}没有离开的连线，流程会在这里结束；请连到下一步或结束事件。", it=_said(node))
            yield _finding(node, "no_outgoing", message)
        host = nodes.get(node.attached_to or "")
        if host is not None and _never_occurs(node, host):
            message = _("{it}附着在{host}上永远不会触发；请移走或删除。", it=_said(node), host=_said(host))
            yield _finding(node, "misplaced_boundary", message)


def _endless(nodes: Mapping[str, Node]) -> Iterator[Finding]:
    """Loops without a way out, where nothing from outside of their flow can end them either."""
    before: dict[str, list[str]] = {}
    for node in nodes.values():
        for flow in node.outgoing:
            before.setdefault(flow.target, []).append(node.id)
        if node.attached_to is not None:
            before.setdefault(node.id, []).append(node.attached_to)
    ending = {node.id for node in nodes.values() if not node.outgoing}
    waiting = list(ending)
    while waiting:
        for id in before.get(waiting.pop(), ()):
            if id not in ending:
                ending.add(id)
                waiting.append(id)
    ended = _ended_from_outside(nodes)
    for node in nodes.values():
        if node.id not in ending and not ended.intersection(_around(node, nodes)):
            message = _("{it}之后只能循环，到不了结束事件；请画一条离开循环的出路。", it=_said(node))
            yield _finding(node, "no_way_to_end", message)


def _ended_from_outside(nodes: Mapping[str, Node]) -> set[str]:
    """The scopes that an event on their border, beside their flow or on another branch can end."""
    found = set()
    for node in nodes.values():
        if node.attached_to is not None and node.interrupting:
            found.add(node.attached_to)
        elif node.kind is NodeKind.START_EVENT and node.event is not EventKind.NONE and node.interrupting:
            inner = nodes.get(node.scope)
            found.update(() if inner is None else {inner.scope})
        elif node.kind is NodeKind.END_EVENT and node.event is not EventKind.NONE:
            found.add(node.scope)
    return found


def _around(node: Node, nodes: Mapping[str, Node]) -> Iterator[str]:
    """The ids of the scopes that a node lies in, innermost first."""
    at: Node | None = node
    while at is not None:
        yield at.scope
        at = nodes.get(at.scope)


def _choice(node: Node) -> Iterator[Finding]:
    conditional = [flow for flow in node.outgoing if flow.condition is not None]
    if conditional and len(conditional) == len(node.outgoing):
        if len(conditional) == 1:
            message = _("{it}只有一条出线，不应带条件；请删除条件，或再画一条默认出线。", it=_said(node))
            yield _finding(node, "single_condition", message)
        else:
            message = _("{it}的出线全都带条件，条件都不成立时流程会停住；请加一条默认出线。", it=_said(node))
            yield _finding(node, "no_default", message)
    elif node.kind is NodeKind.EXCLUSIVE_GATEWAY and len(node.outgoing) > 1:
        if not any(flow.default for flow in node.outgoing):
            message = _("{it}没有默认出线，条件都不成立时流程会停住；请把一条出线设为默认。", it=_said(node))
            yield _finding(node, "no_default", message)
        for flow in node.outgoing:
            if flow.condition is None and not flow.default:
                yield _without_condition(node, flow)


def _without_condition(node: Node, flow: Flow) -> Finding:
    message = _(
        "连线「{it}」从{node}出发，既没有条件也不是默认出线；请填写条件。", it=flow.name or flow.id, node=_said(node)
    )
    return Finding("house", "no_condition", flow.id[:120], flow.name[:120], message)


def _is_loose(node: Node) -> bool:
    if node.outgoing or node.kind in (NodeKind.END_EVENT, NodeKind.EVENT_SUBPROCESS):
        return False
    return node.event not in (EventKind.LINK, EventKind.COMPENSATION) and not node.for_compensation


def _never_occurs(event: Node, host: Node) -> bool:
    if event.event is EventKind.TIMER:
        at_once = host.kind is NodeKind.SERVICE_TASK and not host.is_job
        return at_once or host.kind in _AT_ONCE
    return event.event is EventKind.ERROR and host.kind in _NEVER_FAILS


def _said(node: Node) -> str:
    return f"「{(node.name or node.id)[:60]}」"


def _finding(node: Node, code: str, message: str) -> Finding:
    return Finding("house", code, node.id[:120], node.name[:120], message)
