"""Event-based gateways wait for the first of several events (BPMN 2.0, 10.6.6)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label
from engine.bpmn.gate.palette import local
from engine.errors import Finding
from engine.i18n import _

_AWAITED = {"message", "signal", "timer", "conditional"}


def check_event_gateways(diagram: Diagram) -> Iterator[Finding]:
    """At least two ways, each to an event that is waited for or to a receive task, and to no other way as well."""
    for gateway in diagram.all("eventBasedGateway"):
        targets = [diagram.by_id.get(flow.get("targetRef") or "") for flow in diagram.outgoing(gateway)]
        if len(targets) < 2:
            message = _("{it}至少要有两条出线，各连到一个事件；请补画。", it=label(gateway))
            yield finding(gateway, "event_gateway_single", message)
        for target in targets:
            if target is not None:
                yield from _target(diagram, gateway, target)
        found = [target for target in targets if target is not None]
        if any(local(target) == "receiveTask" for target in found) and any(
            local(target) == "intermediateCatchEvent" and "message" in diagram.kinds(target) for target in found
        ):
            message = _("{it}后面既有接收任务又有消息事件，只能用其中一种；请改成一样的。", it=label(gateway))
            yield finding(gateway, "event_gateway_mix", message)


def _target(diagram: Diagram, gateway: Element, target: Element) -> Iterator[Finding]:
    kinds = set(diagram.kinds(target))
    waits = local(target) == "intermediateCatchEvent" and kinds <= _AWAITED
    if not waits and local(target) != "receiveTask":
        message = _(
            "{it}后面只能接消息、信号、定时、条件捕获事件或接收任务，不能接{target}；请改接。",
            it=label(gateway),
            target=label(target),
        )
        yield finding(gateway, "event_gateway_target", message)
        return
    if len(diagram.incoming(target)) > 1:
        message = _(
            "{it}接在{gateway}后面，不能再有其他进入的连线；请改接后一步。", it=label(target), gateway=label(gateway)
        )
        yield finding(target, "event_gateway_shared", message)
    if local(target) == "receiveTask" and diagram.attached(target):
        message = _("{it}接在{gateway}后面，不能有边界事件；请移走。", it=label(target), gateway=label(gateway))
        yield finding(target, "event_gateway_boundary", message)
