"""Links: a throw event jumps to the catch event of the same name in the same scope (BPMN 2.0, 10.5.5)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.palette import local
from engine.errors import Finding
from engine.i18n import _


def link_name(diagram: Diagram, event: Element) -> str | None:
    """The name of a link event, "" where it has none; None for any other event."""
    if local(event) not in ("intermediateCatchEvent", "intermediateThrowEvent"):
        return None
    for definition in diagram.definitions(event):
        if local(definition) == "linkEventDefinition":
            return (definition.get("name") or "").strip()
    return None


def check_links(diagram: Diagram) -> Iterator[Finding]:
    """Every throw has exactly one catch, every catch at least one throw; nothing else leads in or out there."""
    for scope in diagram.scopes:
        catches: dict[str, Element] = {}
        throws: dict[str, Element] = {}
        for event in diagram.nodes_of(scope):
            name = link_name(diagram, event)
            if name is None:
                continue
            yield from _alone(diagram, event, name)
            if local(event) == "intermediateThrowEvent":
                throws.setdefault(name, event)
            elif name in catches and name:
                message = _("{it}与另一个链接捕获事件同名（{name}），请改名或删除。", it=label(event), name=short(name))
                yield finding(event, "several_link_catches", message)
            else:
                catches[name] = event
        for name, event in throws.items():
            if name and name not in catches:
                message = _(
                    "{it}没有同名的链接捕获事件（{name}），请在同一层画一个。", it=label(event), name=short(name)
                )
                yield finding(event, "link_without_catch", message)
        for name, event in catches.items():
            if name and name not in throws:
                message = _(
                    "{it}没有同名的链接抛出事件（{name}），流程永远到不了这里；请画一个或删除。",
                    it=label(event),
                    name=short(name),
                )
                yield finding(event, "link_without_throw", message)


def _alone(diagram: Diagram, event: Element, name: str) -> Iterator[Finding]:
    throws = local(event) == "intermediateThrowEvent"
    if not name:
        yield finding(event, "link_without_name", _("{it}的链接没有名称，请填写。", it=label(event)))
    if throws and diagram.outgoing(event):
        message = _("{it}是链接抛出事件，不能有离开的连线；请删除连线。", it=label(event))
        yield finding(event, "link_with_flow", message)
    if not throws and diagram.incoming(event):
        message = _("{it}是链接捕获事件，不能有进入的连线；请删除连线。", it=label(event))
        yield finding(event, "link_with_flow", message)
