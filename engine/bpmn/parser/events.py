"""The event definitions of an element, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml.etree import _Element as Element

from engine.bpmn.event_definitions import EventDefinition, EventKind, TimerText
from engine.bpmn.expressions import always_feel
from engine.bpmn.names import BPMN, bpmn, camunda, guicheng
from engine.bpmn.parser.data import called_data

_KINDS = {
    "messageEventDefinition": EventKind.MESSAGE,
    "signalEventDefinition": EventKind.SIGNAL,
    "timerEventDefinition": EventKind.TIMER,
    "conditionalEventDefinition": EventKind.CONDITIONAL,
    "errorEventDefinition": EventKind.ERROR,
    "escalationEventDefinition": EventKind.ESCALATION,
    "compensateEventDefinition": EventKind.COMPENSATION,
    "cancelEventDefinition": EventKind.CANCEL,
    "linkEventDefinition": EventKind.LINK,
    "terminateEventDefinition": EventKind.TERMINATE,
}
_TIMES = {"timeDuration": "duration", "timeDate": "date", "timeCycle": "cycle"}


class Events:
    """Reads definitions; built once for a file, because they refer to elements beside the process."""

    def __init__(self, root: Element) -> None:
        self._by_id = {element.get("id"): element for element in root if element.get("id")}

    def of(self, element: Element) -> tuple[EventDefinition, ...]:
        """The definitions of an event in file order; of a send or receive task its message."""
        if element.tag in (bpmn("sendTask"), bpmn("receiveTask")):
            return (self._message(element),) if element.get("messageRef") else ()
        return tuple(map(self.read, _definitions(element, self._by_id)))

    def referred(self, element: Element, attribute: str) -> EventDefinition | None:
        """The definition that an attribute of a multi-instance refers to."""
        found = self._by_id.get(_local_name(element.get(attribute)))
        return None if found is None else self.read(found)

    def read(self, element: Element) -> EventDefinition:
        """One definition."""
        kind = _KINDS[str(element.tag).removeprefix(BPMN)]
        if kind is EventKind.MESSAGE:
            return self._message(element)
        if kind is EventKind.TIMER:
            return EventDefinition(kind=kind, timer=_timer(element))
        if kind is EventKind.CONDITIONAL:
            condition = always_feel(element.findtext(bpmn("condition")) or "")
            return EventDefinition(kind=kind, condition=condition)
        if kind is EventKind.LINK:
            return EventDefinition(kind=kind, name=element.get("name"))
        if kind is EventKind.COMPENSATION:
            wait = element.get("waitForCompletion", "true") != "false"
            return EventDefinition(kind=kind, activity=_local_name(element.get("activityRef")), wait=wait)
        return EventDefinition(kind=kind, **self._declared(element, kind))

    def _declared(self, element: Element, kind: EventKind) -> Mapping[str, Any]:
        if kind is EventKind.SIGNAL:
            signal = self._by_id.get(_local_name(element.get("signalRef")))
            return {"name": None if signal is None else signal.get("name"), "payload": called_data(element, "in")}
        if kind is EventKind.ERROR:
            error = self._by_id.get(_local_name(element.get("errorRef")))
            return {
                "code": None if error is None else error.get("errorCode"),
                "code_variable": element.get(camunda("errorCodeVariable")),
                "message_variable": element.get(camunda("errorMessageVariable")),
            }
        if kind is EventKind.ESCALATION:
            escalation = self._by_id.get(_local_name(element.get("escalationRef")))
            return {
                "code": None if escalation is None else escalation.get("escalationCode"),
                "code_variable": element.get(camunda("escalationCodeVariable")),
            }
        return {}

    def _message(self, element: Element) -> EventDefinition:
        message = self._by_id.get(_local_name(element.get("messageRef")))
        key = element.get(guicheng("correlationKey"))
        if key is None and message is not None:
            key = message.get(guicheng("correlationKey"))
        return EventDefinition(
            kind=EventKind.MESSAGE, name=None if message is None else message.get("name"), correlation=key
        )


def _definitions(event: Element, by_id: Mapping[Any, Element]) -> Iterator[Element]:
    for child in event:
        if child.tag == bpmn("eventDefinitionRef"):
            found = by_id.get(_local_name(child.text))
            if found is not None:
                yield found
        elif str(child.tag).removeprefix(BPMN) in _KINDS:
            yield child


def _local_name(reference: str | None) -> str | None:
    """References are QNames; all that they can refer to is in this file."""
    return None if reference is None else reference.strip().rpartition(":")[2]


def _timer(element: Element) -> TimerText:
    for tag, kind in _TIMES.items():
        text = (element.findtext(bpmn(tag)) or "").strip()
        if text:
            return TimerText(kind, text)
    return TimerText("duration", "")
