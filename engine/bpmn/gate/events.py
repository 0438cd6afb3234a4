"""Which definitions an event may have, together and where it stands (BPMN 2.0, 10.5)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, label
from engine.bpmn.gate.palette import ACTIVITY_TAGS, EVENT_DEFINITIONS, EVENT_TAGS, local
from engine.bpmn.gate.words import kind_name
from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _

_ALONE = {
    "link": "linkEventDefinition",
    "compensate": "compensateEventDefinition",
}
"""Kinds that cannot be one of several on an event that catches: one jumps, the other is never waited for."""


def check_definitions(diagram: Diagram) -> Iterator[Finding]:
    """An event that waits has something to wait for; kinds that exclude others stand alone."""
    for event in diagram.all(*EVENT_TAGS):
        tag, kinds = local(event), diagram.kinds(event)
        if not kinds and tag in ("intermediateCatchEvent", "boundaryEvent") and not _has_reference(event):
            yield finding(event, "no_definition", _("{it}没有指定类型，请设为定时等类型。", it=label(event)))
        for kind in kinds:
            if kind not in EVENT_DEFINITIONS[tag] and _has_reference(event):
                message = _(
                    "{event}不能是“{kind}”类型，请改用其他类型。",
                    event=label(event),
                    kind=kind_name(f"{kind}EventDefinition"),
                )
                yield finding(event, "misplaced_event", message)
        if len(kinds) > 1:
            for kind in sorted(_ALONE.keys() & set(kinds)):
                if kind == "link" or tag in ("boundaryEvent", "startEvent"):
                    message = _(
                        "{it}是“{kind}”类型，不能再有其他类型；请拆成几个事件。",
                        it=label(event),
                        kind=kind_name(_ALONE[kind]),
                    )
                    yield finding(event, "several_definitions", message)
            for kind in ("terminate", "cancel"):
                if kinds.count(kind) > 1:
                    message = _("{it}有 {n} 个相同的事件定义，请只保留一个。", it=label(event), n=kinds.count(kind))
                    yield finding(event, "several_definitions", message)
        if "cancel" in kinds:
            yield from _cancel(diagram, event)


def _has_reference(event: Element) -> bool:
    return event.find(bpmn("eventDefinitionRef")) is not None


def _cancel(diagram: Diagram, event: Element) -> Iterator[Finding]:
    if local(event) == "endEvent":
        parent = event.getparent()
        if parent is None or local(parent) != "transaction":
            message = _("{it}只能画在事务子流程里，请移到事务子流程或改用其他结束事件。", it=label(event))
            yield finding(event, "cancel_outside_transaction", message)
        return
    host = diagram.by_id.get(event.get("attachedToRef") or "")
    if host is not None and local(host) != "transaction":
        message = _("{it}只能附着在事务子流程上，请移走或改用其他类型。", it=label(event))
        yield finding(event, "cancel_outside_transaction", message)
    if event.get("cancelActivity") == "false":
        message = _("{it}是取消事件，必须中断事务；请取消“不中断”。", it=label(event))
        yield finding(event, "cancel_not_interrupting", message)


def check_boundaries(diagram: Diagram) -> Iterator[Finding]:
    """Boundary events sit on an activity of their scope; each error or escalation is caught there once."""
    caught: set[tuple[str, str, str | None]] = set()
    for event in diagram.all("boundaryEvent"):
        host_id = event.get("attachedToRef") or ""
        host = diagram.by_id.get(host_id)
        if host is None or host.getparent() is not event.getparent() or local(host) not in ACTIVITY_TAGS:
            message = _("{it}没有附着在同一层的活动上，请拖到一个活动的边框上。", it=label(event))
            yield finding(event, "dangling_boundary", message)
            continue
        if is_event_subprocess(host):
            message = _("{it}不能附着在事件子流程上，请移到其他活动。", it=label(event))
            yield finding(event, "misplaced_boundary", message)
        if "error" in diagram.kinds(event) and event.get("cancelActivity") == "false":
            message = _("{it}是错误事件，必须中断活动；请取消“不中断”。", it=label(event))
            yield finding(event, "error_not_interrupting", message)
        for kind, code in catches(diagram, event):
            if (host_id, kind, code) in caught:
                yield _caught_twice(event, kind)
            caught.add((host_id, kind, code))


def check_event_subprocesses(diagram: Diagram) -> Iterator[Finding]:
    """Beside one flow, each message, error and escalation has one event subprocess that answers it."""
    for scope in diagram.scopes:
        seen: set[tuple[str, str | None]] = set()
        for beside in filter(is_event_subprocess, diagram.nodes_of(scope)):
            for start in beside.findall(bpmn("startEvent")):
                for kind, code in [*catches(diagram, start), *_messages(diagram, start)]:
                    if (kind, code) in seen and kind == "message":
                        message = _("{it}与同一层的另一个等待同一消息，请改用不同的消息。", it=label(beside))
                        yield finding(beside, "duplicate_message", message)
                    elif (kind, code) in seen:
                        yield _caught_twice(beside, kind)
                    seen.add((kind, code))


def catches(diagram: Diagram, event: Element) -> Iterator[tuple[str, str | None]]:
    """The errors and escalations that an event catches: kind and code, None for every code."""
    for definition in diagram.definitions(event):
        kind = local(definition).removesuffix("EventDefinition")
        if kind in ("error", "escalation"):
            declared = diagram.declared(definition.get(f"{kind}Ref"), kind)
            yield kind, declared.get(f"{kind}Code") if declared is not None else None


def _messages(diagram: Diagram, event: Element) -> Iterator[tuple[str, str | None]]:
    for definition in diagram.definitions(event):
        message = diagram.declared(definition.get("messageRef"), "message")
        if message is not None and message.get("name"):
            yield "message", message.get("name")


def _caught_twice(element: Element, kind: str) -> Finding:
    message = _(
        "{it}与另一个捕获同样{kind}的事件重复，请删除一个或改用不同的代码。",
        it=label(element),
        kind=kind_name(f"{kind}EventDefinition"),
    )
    return finding(element, f"duplicate_{kind}", message)
