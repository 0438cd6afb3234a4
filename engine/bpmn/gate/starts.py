"""Where a process and what lies in it begins (BPMN 2.0, 10.5.2 Start Event and 13.2 Process instantiation)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, label
from engine.bpmn.gate.palette import ACTIVITY_TAGS, local
from engine.bpmn.gate.paths import in_flow
from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _

_AT_TOP = {"message", "timer", "conditional", "signal"}
_ALWAYS_INTERRUPTS = {"error"}


def check_starts(diagram: Diagram) -> Iterator[Finding]:
    """A process begins by any starts or by none; a subprocess by one plain start or none; an event subprocess by
    exactly one start with a trigger; an ad-hoc subprocess has neither start nor end."""
    for scope in diagram.scopes:
        if local(scope) in ("transaction", "adHocSubProcess") and scope.get("triggeredByEvent") == "true":
            message = _("{it}不能由事件触发；请改用事件子流程，或取消 triggeredByEvent。", it=label(scope))
            yield finding(scope, "misplaced_trigger", message)
        starts = scope.findall(bpmn("startEvent"))
        if scope is diagram.process and not in_flow(diagram, scope):
            message = _("{it}里没有任何步骤，请至少画一个。", it=label(scope))
            yield finding(scope, "empty_scope", message)
        if local(scope) == "adHocSubProcess":
            yield from _ad_hoc(diagram, scope)
        elif is_event_subprocess(scope):
            yield from _event_subprocess(diagram, scope, starts)
        elif scope is diagram.process:
            for start in starts:
                yield from _kinds_at_top(diagram, start)
        else:
            for start in starts:
                if diagram.kinds(start):
                    message = _(
                        "{it}在{scope}里，不能由事件触发；请改为普通开始事件，或把外层改为事件子流程。",
                        it=label(start),
                        scope=label(scope),
                    )
                    yield finding(start, "start_with_trigger", message)
            for extra in starts[1:]:
                message = _("{it}多余：{scope}只能有一个开始事件，请删除。", it=label(extra), scope=label(scope))
                yield finding(extra, "several_starts", message)


def _kinds_at_top(diagram: Diagram, start: Element) -> Iterator[Finding]:
    for kind in diagram.kinds(start):
        if kind not in _AT_TOP:
            message = _("{it}的类型不能用来开始一个流程，请改用普通、消息、信号、定时或条件开始事件。", it=label(start))
            yield finding(start, "misplaced_event", message)
            return


def _event_subprocess(diagram: Diagram, scope: Element, starts: list[Element]) -> Iterator[Finding]:
    if not starts:
        yield finding(scope, "no_start", _("{it}没有开始事件，请画一个由事件触发的开始事件。", it=label(scope)))
    for extra in starts[1:]:
        message = _("{it}多余：{scope}只能有一个开始事件，请删除。", it=label(extra), scope=label(scope))
        yield finding(extra, "several_starts", message)
    for start in starts:
        kinds = diagram.kinds(start)
        if not kinds:
            message = _("{it}在事件子流程内，必须由事件触发；请选择消息、信号、定时等类型。", it=label(start))
            yield finding(start, "start_needs_trigger", message)
        if start.get("isInterrupting") == "false" and _ALWAYS_INTERRUPTS & set(kinds):
            message = _("{it}是错误事件，必须中断所在的流程；请取消“不中断”。", it=label(start))
            yield finding(start, "error_not_interrupting", message)


def _ad_hoc(diagram: Diagram, scope: Element) -> Iterator[Finding]:
    nodes = diagram.nodes_of(scope)
    for node in nodes:
        if local(node) in ("startEvent", "endEvent"):
            message = _("{it}不能画在自由子流程里，其中的活动没有先后；请删除。", it=label(node))
            yield finding(node, "event_in_ad_hoc", message)
    if not any(local(node) in ACTIVITY_TAGS and not is_event_subprocess(node) for node in nodes):
        message = _("{it}里没有活动，请至少画一个任务。", it=label(scope))
        yield finding(scope, "empty_ad_hoc", message)
    if not (scope.findtext(bpmn("completionCondition")) or "").strip():
        message = _("{it}没有写明何时完成，请填写完成条件（completionCondition）。", it=label(scope))
        yield finding(scope, "no_completion", message)


def check_instantiating(diagram: Diagram) -> Iterator[Finding]:
    """A receive task or an event gateway that begins a process stands at its top, with nothing before it."""
    for node in diagram.nodes:
        if local(node) not in ("receiveTask", "eventBasedGateway"):
            if node.get("instantiate") == "true":
                message = _("{it}不能用来开始流程；请取消“开始流程”（instantiate）。", it=label(node))
                yield finding(node, "misplaced_instantiate", message)
            continue
        if node.get("instantiate") != "true":
            if node.get("eventGatewayType") == "Parallel":
                message = _(
                    "{it}只有用来开始流程时才能等齐所有事件；请改为只等其中一个（eventGatewayType）。", it=label(node)
                )
                yield finding(node, "parallel_event_gateway", message)
            continue
        if node.getparent() is not diagram.process:
            message = _("{it}在子流程里，不能用来开始流程；请取消“开始流程”（instantiate）。", it=label(node))
            yield finding(node, "misplaced_instantiate", message)
        if diagram.incoming(node):
            message = _(
                "{it}用来开始流程，不能有进入的连线；请删除连线或取消“开始流程”（instantiate）。", it=label(node)
            )
            yield finding(node, "instantiate_with_incoming", message)
