"""Whatever refers to something refers to what is there, and to the right kind of thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.palette import ACTIVITY_TAGS, DEFINITION_TAGS, local
from engine.bpmn.gate.words import kind_name
from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _

_MESSAGES = (("messageRef", ("message",)), ("operationRef", ("operation",)))
_ATTRIBUTES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "signalEventDefinition": (("signalRef", ("signal",)),),
    "escalationEventDefinition": (("escalationRef", ("escalation",)),),
    "errorEventDefinition": (("errorRef", ("error",)),),
    "messageEventDefinition": _MESSAGES,
    "sendTask": _MESSAGES,
    "receiveTask": _MESSAGES,
    "compensateEventDefinition": (("activityRef", tuple(sorted(ACTIVITY_TAGS))),),
    "serviceTask": (("operationRef", ("operation",)),),
    "dataObjectReference": (("dataObjectRef", ("dataObject",)),),
    "dataStoreReference": (("dataStoreRef", ("dataStore",)),),
    "group": (("categoryValueRef", ("categoryValue",)),),
}
"""Optional references: where one is written it must lead somewhere. (`itemSubjectRef` may name a type outside.)"""
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "operationRef": ("operation",),
    "inMessageRef": ("message",),
    "outMessageRef": ("message",),
    "errorRef": ("error",),
    "interfaceRef": ("interface",),
    "supportedInterfaceRef": ("interface",),
    "categoryValueRef": ("categoryValue",),
}
_CODES = {
    "message": "dangling_message",
    "signal": "dangling_signal",
    "error": "dangling_error",
    "escalation": "dangling_escalation",
    "dataObject": "dangling_data",
    "dataStore": "dangling_data",
    "itemDefinition": "dangling_item",
}


def check_references(diagram: Diagram) -> Iterator[Finding]:
    """Messages, signals, errors, escalations, operations, data and types that are referred to exist."""
    for element in diagram.elements:
        tag = local(element)
        for attribute, tags in _ATTRIBUTES.get(tag, ()):
            wanted = element.get(attribute)
            if wanted is not None and _found(diagram, wanted, tags) is None:
                yield _dangling(element, attribute, tags, wanted)
        if tag in _TEXTS:
            wanted = (element.text or "").strip()
            if _found(diagram, wanted, _TEXTS[tag]) is None:
                parent = element.getparent()
                yield _dangling(element if parent is None else parent, tag, _TEXTS[tag], wanted)
        for attribute in ("itemSubjectRef", "itemRef", "structureRef") if tag != "itemDefinition" else ():
            wanted = element.get(attribute)
            if wanted and ":" not in wanted and diagram.referred(element, attribute, "itemDefinition") is None:
                yield _dangling(element, attribute, ("itemDefinition",), wanted)
        if tag == "dataObjectReference" and element.get("dataObjectRef") is None:
            yield _dangling(element, "dataObjectRef", ("dataObject",), "")
        if tag == "eventDefinitionRef":
            yield from _shared_definition(diagram, element)


def _found(diagram: Diagram, reference: str, tags: tuple[str, ...]) -> Element | None:
    """What a reference means: declared things may be meant with a prefix, all others are meant by their very id."""
    if tags[0] in ("message", "signal", "error", "escalation"):
        return diagram.declared(reference, *tags)
    found = diagram.by_id.get(reference)
    return found if found is not None and local(found) in tags else None


def _dangling(element: Element, attribute: str, tags: tuple[str, ...], wanted: str) -> Finding:
    kind = kind_name(tags[0]) if len(tags) == 1 else _("活动")
    code = _CODES.get(tags[0], "dangling_reference") if len(tags) == 1 else "dangling_activity"
    message = _(
        "{it}引用的{kind} {id} 不存在，请重新选择或删除（{attribute}）。",
        it=label(_named(element)),
        kind=kind,
        id=short(wanted) or _("（空）"),
        attribute=attribute,
    )
    return finding(element, code, message)


def _named(element: Element) -> Element:
    """The event around a definition, and any other element itself."""
    parent = element.getparent()
    return parent if local(element).endswith("EventDefinition") and parent is not None else element


def _shared_definition(diagram: Diagram, reference: Element) -> Iterator[Finding]:
    event = reference.getparent()
    wanted = (reference.text or "").strip()
    if event is not None and diagram.declared(wanted, *DEFINITION_TAGS) is None:
        message = _(
            "{it}引用的事件定义 {id} 不存在，请重新选择事件类型（eventDefinitionRef）。",
            it=label(event),
            id=short(wanted),
        )
        yield finding(event, "dangling_definition", message)


def check_flow_references(diagram: Diagram) -> Iterator[Finding]:
    """What a node says of its flows (`incoming`, `outgoing`) is what the flows say of themselves."""
    for node in diagram.nodes:
        for tag, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
            for reference in node.findall(bpmn(tag)):
                wanted = (reference.text or "").strip()
                flow = diagram.by_id.get(wanted)
                if flow is None or local(flow) != "sequenceFlow" or flow.get(end) != node.get("id"):
                    message = _(
                        "{it}写着连线 {id}（{tag}），但这条连线不接在它上面；请重新连接。",
                        it=label(node),
                        id=short(wanted),
                        tag=tag,
                    )
                    yield finding(node, "flow_mismatch", message)


def check_calls(diagram: Diagram) -> Iterator[Finding]:
    """A call activity says which process it calls, and that process has a file of its own."""
    for call in diagram.all("callActivity"):
        called = (call.get("calledElement") or "").strip()
        if not called:
            message = _("{it}没有选择被调用的流程，请选择（calledElement）。", it=label(call))
            yield finding(call, "no_called", message)
            continue
        found = diagram.by_id.get(called)
        if found is not None and found is not diagram.process and found.getparent() is diagram.root:
            message = _(
                "{it}调用的{called}画在同一个文件里，这里不会执行它；请把它另存为一个流程并发布。",
                it=label(call),
                called=label(found),
            )
            yield finding(call, "called_here", message)
