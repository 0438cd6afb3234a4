"""Start, end, boundary and catch events, timers, messages and errors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml.etree import _Element as Element

from engine.bpmn.expressions import feel_of
from engine.bpmn.gate.diagram import Diagram, event_definitions, finding, is_event_subprocess, label
from engine.bpmn.gate.palette import local
from engine.bpmn.moments import read_moment
from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _


def check_starts(diagram: Diagram) -> Iterator[Finding]:
    """One start in each scope: with a message in an event subprocess, plain everywhere else."""
    for scope in diagram.scopes:
        starts = scope.findall(bpmn("startEvent"))
        if not starts:
            yield finding(scope, "no_start", _("{it}没有开始事件，请画一个。", it=label(scope)))
        for extra in starts[1:]:
            message = _("{it}多余：{scope}只能有一个开始事件，请删除。", it=label(extra), scope=label(scope))
            yield finding(extra, "several_starts", message)
        if not scope.findall(bpmn("endEvent")):
            yield finding(scope, "no_end", _("{it}没有结束事件，请画一个。", it=label(scope)))
        for start in starts:
            yield from _start(start, is_event_subprocess(scope))


def _start(start: Element, beside: bool) -> Iterator[Finding]:
    by_message = start.find(bpmn("messageEventDefinition")) is not None
    if beside and not by_message:
        message = _("{it}在事件子流程内，必须由消息触发；请设为消息开始事件。", it=label(start))
        yield finding(start, "start_needs_message", message)
    if beside and start.get("isInterrupting") == "false":
        message = _("{it}不中断主流程，暂不支持；请设为中断（isInterrupting）。", it=label(start))
        yield finding(start, "not_interrupting", message)
    if not beside and by_message:
        message = _("{it}由消息触发，这里暂不支持；请改为普通开始事件。", it=label(start))
        yield finding(start, "start_with_message", message)


def check_definitions(diagram: Diagram) -> Iterator[Finding]:
    """At most one definition on an event, and exactly one where the event needs one."""
    for event in diagram.all("startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent"):
        kinds = event_definitions(event)
        if len(kinds) > 1:
            message = _("{it}有 {n} 个事件定义，只能有一个；请拆成几个事件。", it=label(event), n=len(kinds))
            yield finding(event, "several_definitions", message)
        if not kinds and local(event) in ("intermediateCatchEvent", "boundaryEvent"):
            yield finding(event, "no_definition", _("{it}没有指定类型，请设为定时等类型。", it=label(event)))


def check_boundaries(diagram: Diagram) -> Iterator[Finding]:
    """Boundary events sit on an activity of their scope: timers where it waits, errors where it can fail."""
    caught: set[tuple[str, str | None]] = set()
    for event in diagram.all("boundaryEvent"):
        host_id = event.get("attachedToRef") or ""
        host = diagram.by_id.get(host_id)
        if host is None or host.getparent() is not event.getparent():
            message = _("{it}没有附着在同一层的活动上，请拖到一个活动的边框上。", it=label(event))
            yield finding(event, "dangling_boundary", message)
            continue
        if is_event_subprocess(host):
            message = _("{it}不能附着在事件子流程上，请移到其他活动。", it=label(event))
            yield finding(event, "misplaced_boundary", message)
        if event.find(bpmn("timerEventDefinition")) is not None and local(host) not in ("userTask", "subProcess"):
            message = _(
                "{it}附着在{host}上永远不会触发：只有用户任务和子流程会等待；请移走或删除。",
                it=label(event),
                host=label(host),
            )
            yield finding(event, "misplaced_boundary", message)
        error = event.find(bpmn("errorEventDefinition"))
        if error is None:
            continue
        if local(host) not in ("serviceTask", "subProcess"):
            message = _(
                "{it}附着在{host}上永远不会触发：只有服务任务会报错；请移走或删除。", it=label(event), host=label(host)
            )
            yield finding(event, "misplaced_boundary", message)
        if event.get("cancelActivity") == "false":
            message = _("{it}是错误事件，必须中断活动；请取消“不中断”。", it=label(event))
            yield finding(event, "error_not_interrupting", message)
        declared = diagram.referred(error, "errorRef", "error")
        code = declared.get("errorCode") if declared is not None else None
        if (host_id, code) in caught:
            message = _("{it}与同一活动上的另一个错误事件重复，请删除一个或改用不同的错误代码。", it=label(event))
            yield finding(event, "duplicate_error", message)
        caught.add((host_id, code))


def check_references(diagram: Diagram) -> Iterator[Finding]:
    """Messages and errors that are referred to exist and are named."""
    for definition in diagram.root.iter(bpmn("messageEventDefinition")):
        event = definition.getparent()
        assert event is not None
        message = diagram.referred(definition, "messageRef", "message")
        if message is None:
            yield finding(event, "dangling_message", _("{it}没有选择消息，请选择或新建一个消息。", it=label(event)))
        elif not (message.get("name") or "").strip():
            yield finding(event, "message_without_name", _("{it}的消息没有名称，请填写。", it=label(event)))
    for definition in diagram.root.iter(bpmn("errorEventDefinition")):
        event = definition.getparent()
        assert event is not None
        if definition.get("errorRef") is None:
            continue
        error = diagram.referred(definition, "errorRef", "error")
        if error is None:
            yield finding(event, "dangling_error", _("{it}引用的错误不存在，请重新选择错误。", it=label(event)))
        elif not error.get("errorCode"):
            yield finding(event, "error_without_code", _("{it}引用的错误没有错误代码，请填写。", it=label(event)))
    for scope in diagram.scopes:
        yield from _same_message(diagram, scope)


def _same_message(diagram: Diagram, scope: Element) -> Iterator[Finding]:
    seen: set[str] = set()
    for beside in filter(is_event_subprocess, diagram.nodes_of(scope)):
        for definition in beside.iterfind(f"{bpmn('startEvent')}/{bpmn('messageEventDefinition')}"):
            message = diagram.referred(definition, "messageRef", "message")
            name = message.get("name") or "" if message is not None else ""
            if name and name in seen:
                text = _(
                    "事件子流程「{name}」与同一层的另一个等待同一消息，请改用不同的消息。",
                    name=beside.get("name") or "",
                )
                yield finding(beside, "duplicate_message", text)
            seen.add(name)


def check_timers(diagram: Diagram) -> Iterator[Finding]:
    """A timer says when, in a text that can be understood."""
    for definition in diagram.root.iter(bpmn("timerEventDefinition")):
        event = definition.getparent()
        assert event is not None
        texts = [child for child in definition if local(child) in ("timeDuration", "timeDate")]
        if len(texts) != 1 or not (texts[0].text or "").strip():
            if definition.find(bpmn("timeCycle")) is None:
                message = _("{it}没有填写时间，请填写一个时长或日期。", it=label(event))
                yield finding(event, "no_time", message)
            continue
        text = (texts[0].text or "").strip()
        if feel_of(text) is not None:
            continue
        moment = read_moment(text)
        if moment is None or isinstance(moment, datetime) != (local(texts[0]) == "timeDate"):
            yield finding(event, "bad_time", _bad_time(event, texts[0], text))


def _bad_time(event: Element, element: Element, text: str) -> str:
    if local(element) == "timeDate":
        return _(
            "{it}的日期「{text}」不能识别，请写成 2026-11-06T09:30:00 或以 = 开头的表达式。", it=label(event), text=text
        )
    return _(
        "{it}的时长「{text}」不能识别，请写成 5 个工作日、48 小时、P3D、PT2H 或以 = 开头的表达式。",
        it=label(event),
        text=text,
    )
