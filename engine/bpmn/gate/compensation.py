"""Compensation: handlers joined to what they undo, and nothing else joined to them (BPMN 2.0, 10.7 and 13.5.5)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, is_for_compensation, label
from engine.bpmn.gate.palette import ACTIVITY_TAGS, local
from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _


def check_compensation(diagram: Diagram) -> Iterator[Finding]:
    """Each compensation boundary event leads by one association to one compensation activity of its scope, and each
    such activity is led to; neither has sequence flows."""
    joined: dict[str, list[Element]] = {}
    for association in diagram.associations:
        ends = (association.get("sourceRef") or "", association.get("targetRef") or "")
        for one, other in (ends, ends[::-1]):
            target = diagram.by_id.get(other)
            if target is not None and local(target) in ACTIVITY_TAGS:
                joined.setdefault(one, []).append(target)
    handlers: set[Element] = set()
    guarded: set[str] = set()
    for event in diagram.all("boundaryEvent"):
        if "compensate" not in diagram.kinds(event):
            continue
        targets = joined.get(event.get("id") or "", [])
        yield from _boundary(diagram, event, targets)
        handlers.update(targets)
        host = event.get("attachedToRef") or ""
        if host in guarded:
            message = _("{it}多余：同一活动只能有一个补偿事件，请删除。", it=label(event))
            yield finding(event, "several_handlers", message)
        guarded.add(host)
    for activity in diagram.nodes:
        if is_for_compensation(activity):
            yield from _handler(diagram, activity, activity in handlers)
    yield from _event_subprocesses(diagram)
    yield from _throws(diagram)


def _boundary(diagram: Diagram, event: Element, targets: list[Element]) -> Iterator[Finding]:
    if diagram.outgoing(event):
        message = _("{it}是补偿事件，不能有离开的连线；请用关联线连到补偿活动。", it=label(event))
        yield finding(event, "compensation_with_flows", message)
    if not targets:
        message = _("{it}没有连到补偿活动，请用关联线连到一个标为补偿的活动。", it=label(event))
        yield finding(event, "no_handler", message)
    if len(targets) > 1:
        message = _(
            "{it}连到了 {n} 个活动，只能连到一个补偿活动；请删除多余的关联线。", it=label(event), n=len(targets)
        )
        yield finding(event, "several_handlers", message)
    for target in targets[:1]:
        if not is_for_compensation(target):
            message = _(
                "{it}连到的{target}没有标为补偿活动，请标上（isForCompensation）。",
                it=label(event),
                target=label(target),
            )
            yield finding(event, "not_for_compensation", message)
        if target.getparent() is not event.getparent():
            message = _("{it}的补偿活动画在另一层里，请移到同一层。", it=label(event))
            yield finding(event, "handler_elsewhere", message)


def _handler(diagram: Diagram, activity: Element, used: bool) -> Iterator[Finding]:
    if local(activity) not in ACTIVITY_TAGS or is_event_subprocess(activity):
        message = _("{it}不能标为补偿活动，请取消（isForCompensation）。", it=label(activity))
        yield finding(activity, "not_for_compensation", message)
        return
    if diagram.incoming(activity) or diagram.outgoing(activity):
        message = _("{it}是补偿活动，不能有连线；请删除连线，或取消补偿标记。", it=label(activity))
        yield finding(activity, "compensation_with_flows", message)
    if not used:
        message = _("{it}是补偿活动，但没有补偿事件连到它；请从补偿边界事件画一条关联线。", it=label(activity))
        yield finding(activity, "handler_unused", message)


def _event_subprocesses(diagram: Diagram) -> Iterator[Finding]:
    for scope in diagram.scopes:
        found = [
            beside
            for beside in filter(is_event_subprocess, diagram.nodes_of(scope))
            if any("compensate" in diagram.kinds(start) for start in beside.findall(bpmn("startEvent")))
        ]
        for extra in found[1:]:
            message = _("{it}多余：{scope}只能有一个补偿事件子流程，请删除。", it=label(extra), scope=label(scope))
            yield finding(extra, "several_handlers", message)


def _throws(diagram: Diagram) -> Iterator[Finding]:
    """A thrown compensation may name an activity of its own scope or of one around it."""
    for event in diagram.all("intermediateThrowEvent", "endEvent"):
        for definition in diagram.definitions(event):
            if local(definition) != "compensateEventDefinition":
                continue
            activity = diagram.referred(definition, "activityRef", *ACTIVITY_TAGS)
            if activity is None:
                continue  # all that was done, or a reference that leads nowhere and is told elsewhere
            scope = event.getparent()
            while scope is not None and scope is not activity.getparent():
                scope = scope.getparent()
            if scope is None or scope is activity:
                message = _(
                    "{it}要补偿的{activity}不在它所在的一层或外层里，请重新选择。",
                    it=label(event),
                    activity=label(activity),
                )
                yield finding(event, "activity_elsewhere", message)
