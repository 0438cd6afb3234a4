"""Between pools and beside the flow: message flows and associations (BPMN 2.0, 7.6.2 and 9.3)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.palette import ACTIVITY_TAGS, local
from engine.errors import Finding
from engine.i18n import _

_SENDERS = ACTIVITY_TAGS | {"participant", "endEvent", "intermediateThrowEvent"}
_RECEIVERS = ACTIVITY_TAGS | {"participant", "startEvent", "intermediateCatchEvent", "boundaryEvent"}


def check_message_flows(diagram: Diagram) -> Iterator[Finding]:
    """A message flow leads from one pool to another, from what sends to what receives."""
    pools = {pool.get("processRef") or "": pool for pool in diagram.elements if local(pool) == "participant"}
    for flow in diagram.elements:
        if local(flow) != "messageFlow":
            continue
        ends = []
        for attribute, end, tags in (
            ("sourceRef", _("起点"), _SENDERS),
            ("targetRef", _("终点"), _RECEIVERS),
        ):
            wanted = flow.get(attribute) or ""
            node = diagram.by_id.get(wanted)
            if node is None:
                message = _(
                    "{it}的{end} {id} 不存在，请重新连接或删除。",
                    it=label(flow),
                    end=end,
                    id=short(wanted) or _("（空）"),
                )
                yield finding(flow, "dangling_message_flow", message)
            elif local(node) not in tags or not _carries_messages(diagram, node):
                message = _(
                    "{it}的{end}不能是{node}，它不收发消息；请改接。", it=label(flow), end=end, node=label(node)
                )
                yield finding(flow, "misplaced_message_flow", message)
            else:
                ends.append(_pool(diagram, node, pools))
        if len(ends) == 2 and ends[0] is ends[1]:
            message = _("{it}的两端在同一个泳池里，同一流程内请改用连线。", it=label(flow))
            yield finding(flow, "message_flow_within_pool", message)


def _carries_messages(diagram: Diagram, node: Element) -> bool:
    return not local(node).endswith("Event") or "message" in diagram.kinds(node)


def _pool(diagram: Diagram, node: Element, pools: dict[str, Element]) -> Element | None:
    """The pool (or, outside of pools, the process) that one end of a message flow lies in."""
    at: Element | None = node
    while at is not None and local(at) not in ("participant", "process"):
        at = at.getparent()
    if at is None or local(at) == "participant":
        return at
    return pools.get(at.get("id") or "", at)


def check_associations(diagram: Diagram) -> Iterator[Finding]:
    """Associations join two elements of the file."""
    for association in diagram.associations:
        for attribute, end in (("sourceRef", _("起点")), ("targetRef", _("终点"))):
            wanted = association.get(attribute) or ""
            if wanted not in diagram.by_id:
                message = _(
                    "{it}的{end} {id} 不存在，请重新连接或删除。",
                    it=label(association),
                    end=end,
                    id=short(wanted) or _("（空）"),
                )
                yield finding(association, "dangling_association", message)
