"""What the definitions of events say: messages and signals with names, errors with codes, conditions, times."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label
from engine.bpmn.gate.palette import EVENT_TAGS, local
from engine.bpmn.names import bpmn, camunda
from engine.errors import Finding
from engine.i18n import _

_THROWS = ("endEvent", "intermediateThrowEvent", "event")
_SENDERS = (*_THROWS, "sendTask")


def check_triggers(diagram: Diagram) -> Iterator[Finding]:
    """Each definition says enough to be waited for or thrown."""
    checks: dict[str, Callable[[Diagram, Element, Element], Iterator[Finding]]] = {
        "message": _message,
        "signal": _signal,
        "error": _error,
        "escalation": _escalation,
        "conditional": _condition,
    }
    for event in _events(diagram):
        for definition in diagram.definitions(event):
            check = checks.get(local(definition).removesuffix("EventDefinition"))
            if check is not None:
                yield from check(diagram, event, definition)
    for task in diagram.all("receiveTask", "sendTask"):
        yield from _message(diagram, task, task)


def _events(diagram: Diagram) -> Iterator[Element]:
    yield from diagram.all(*EVENT_TAGS)
    for element in diagram.elements:
        if local(element) == "event":
            yield element


def _message(diagram: Diagram, event: Element, definition: Element) -> Iterator[Finding]:
    message = diagram.declared(definition.get("messageRef"), "message")
    by_handler = local(event) in _SENDERS and definition.get(camunda("topic"))
    if message is None and definition.get("messageRef") is None and not by_handler:
        yield finding(event, "dangling_message", _("{it}没有选择消息，请选择或新建一个消息。", it=label(event)))
    elif message is not None and not (message.get("name") or "").strip():
        yield finding(event, "message_without_name", _("{it}的消息没有名称，请填写。", it=label(event)))


def _signal(diagram: Diagram, event: Element, definition: Element) -> Iterator[Finding]:
    signal = diagram.declared(definition.get("signalRef"), "signal")
    if definition.get("signalRef") is None:
        yield finding(event, "dangling_signal", _("{it}没有选择信号，请选择或新建一个信号。", it=label(event)))
    elif signal is not None and not (signal.get("name") or "").strip():
        yield finding(event, "signal_without_name", _("{it}的信号没有名称，请填写。", it=label(event)))


def _error(diagram: Diagram, event: Element, definition: Element) -> Iterator[Finding]:
    error = diagram.declared(definition.get("errorRef"), "error")
    if error is not None and not error.get("errorCode"):
        yield finding(event, "error_without_code", _("{it}引用的错误没有错误代码，请填写。", it=label(event)))
    elif definition.get("errorRef") is None and local(event) in _THROWS:
        message = _("{it}没有选择要抛出的错误，请选择或新建一个带代码的错误。", it=label(event))
        yield finding(event, "error_without_code", message)


def _escalation(diagram: Diagram, event: Element, definition: Element) -> Iterator[Finding]:
    escalation = diagram.declared(definition.get("escalationRef"), "escalation")
    if escalation is not None and not escalation.get("escalationCode"):
        message = _("{it}引用的升级没有升级代码，请填写。", it=label(event))
        yield finding(event, "escalation_without_code", message)
    elif definition.get("escalationRef") is None and local(event) in _THROWS:
        message = _("{it}没有选择要抛出的升级，请选择或新建一个带代码的升级。", it=label(event))
        yield finding(event, "escalation_without_code", message)


def _condition(_diagram: Diagram, event: Element, definition: Element) -> Iterator[Finding]:
    if not (definition.findtext(bpmn("condition")) or "").strip():
        yield finding(event, "no_condition", _("{it}没有填写条件，请填写一个 FEEL 表达式。", it=label(event)))
