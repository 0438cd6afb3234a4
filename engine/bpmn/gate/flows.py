"""Sequence flows and gateways."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, label, short
from engine.bpmn.gate.palette import ACTIVITY_TAGS, FLOW_NODES, local
from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _

_CHOOSING = ACTIVITY_TAGS | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}
"""What may have conditions and a default on its outgoing flows."""


def check_ends(diagram: Diagram) -> Iterator[Finding]:
    """A flow joins two nodes of the scope it is drawn in."""
    for flow in diagram.flows:
        scope = flow.getparent()
        for attribute, end in (("sourceRef", _("起点")), ("targetRef", _("终点"))):
            wanted = flow.get(attribute)
            node = diagram.by_id.get(wanted or "")
            if node is None or local(node) not in FLOW_NODES:
                message = _(
                    "{it}的{end} {id} 不存在，请重新连接或删除这条连线。",
                    it=label(flow),
                    end=end,
                    id=short(wanted) or _("（空）"),
                )
                yield finding(flow, "dangling_flow", message)
            elif node.getparent() is not scope:
                message = _(
                    "{it}跨越了子流程或泳池的边界（{end}是{node}），连线只能在同一层内；请改接子流程本身。",
                    it=label(flow),
                    end=end,
                    node=label(node),
                )
                yield finding(flow, "flow_crosses_border", message)


def check_directions(diagram: Diagram) -> Iterator[Finding]:
    """Nothing flows into a start or boundary event, out of an end event, or to and from an event subprocess."""
    for node in diagram.nodes:
        tag = local(node)
        into, out = diagram.incoming(node), diagram.outgoing(node)
        if tag == "startEvent" and into:
            yield finding(node, "start_with_incoming", _("{it}不能有进入的连线，请删除或改接下一步。", it=label(node)))
        if tag == "boundaryEvent" and into:
            message = _("{it}不能有进入的连线，它由所在的活动触发；请删除该连线。", it=label(node))
            yield finding(node, "boundary_with_incoming", message)
        if tag == "endEvent" and out:
            yield finding(node, "end_with_outgoing", _("{it}不能有离开的连线，请删除或改用中间步骤。", it=label(node)))
        if is_event_subprocess(node) and (into or out):
            message = _("事件子流程「{name}」不能有连线，它由自己的开始事件触发；请删除连线。", name=_name(node))
            yield finding(node, "event_subprocess_with_flows", message)


def check_defaults(diagram: Diagram) -> Iterator[Finding]:
    """A default flow leaves its node, has no condition, and stands where a choice is made."""
    for node in diagram.nodes:
        default = node.get("default")
        if default is None:
            continue
        flow = next((f for f in diagram.outgoing(node) if f.get("id") == default), None)
        if flow is None:
            message = _("{it}的默认出线 {id} 不是它自己的出线，请重新设置默认出线。", it=label(node), id=short(default))
            yield finding(node, "dangling_default", message)
        elif _condition(flow) is not None:
            message = _("{it}是默认出线，不能再带条件；请删除条件或取消默认。", it=label(flow))
            yield finding(flow, "default_with_condition", message)
        if local(node) not in _CHOOSING:
            message = _("{it}不能有默认出线，请取消默认标记。", it=label(node))
            yield finding(node, "misplaced_default", message)


def check_conditions(diagram: Diagram) -> Iterator[Finding]:
    """Conditions stand only where a choice is made."""
    for node in diagram.nodes:
        tag, flows = local(node), diagram.outgoing(node)
        conditional = [flow for flow in flows if _condition(flow) is not None]
        if conditional and tag not in _CHOOSING:
            for flow in conditional:
                message = _(
                    "{it}从{node}出发，不能带条件；请删除条件，或先接一个排他网关。", it=label(flow), node=label(node)
                )
                yield finding(flow, "misplaced_condition", message)
    for gateway in diagram.all("complexGateway"):
        if len(diagram.incoming(gateway)) > 1 and not (gateway.findtext(bpmn("activationCondition")) or "").strip():
            message = _("{it}没有写明等到什么时候继续，请填写激活条件（activationCondition）。", it=label(gateway))
            yield finding(gateway, "no_activation", message)


def _condition(flow: Element) -> str | None:
    element = flow.find(bpmn("conditionExpression"))
    return (element.text or "").strip() if element is not None and (element.text or "").strip() else None


def _name(node: Element) -> str:
    return node.get("name") or node.get("id") or ""
