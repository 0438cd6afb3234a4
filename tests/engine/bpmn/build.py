"""BPMN written in a few lines: elements as nodes of a tree, flows as text.

    diagram(start(), user("a"), end(), flows="start > a > end")

Flows: one path a line; `x > y : condition` is conditional, `x > y : *` the default of its source.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from engine.bpmn.names import bpmn, camunda, guicheng

NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "guicheng": "urn:guicheng:bpmn:1",
}


def element(tag: str, id: str | None = None, *children: Element, **attributes: Any) -> Element:
    """A BPMN element; attribute names starting with `camunda_` and `guicheng_` get their namespace."""
    made = etree.Element(bpmn(tag), nsmap=NAMESPACES)
    if id is not None:
        made.set("id", id)
    for name, value in attributes.items():
        prefix, _, rest = name.partition("_")
        made.set(camunda(rest) if prefix == "camunda" else guicheng(rest) if prefix == "guicheng" else name, str(value))
    made.extend(children)
    return made


def text(tag: str, content: str) -> Element:
    """A BPMN element with text."""
    made = element(tag)
    made.text = content
    return made


def extension(*children: Element) -> Element:
    return element("extensionElements", None, *children)


def ours(tag: str, *children: Element, **attributes: str) -> Element:
    """An element of our own namespace."""
    made = etree.Element(guicheng(tag), attributes, nsmap=NAMESPACES)
    made.extend(children)
    return made


def start(id: str = "start", *children: Element, **attributes: Any) -> Element:
    return element("startEvent", id, *children, **attributes)


def end(id: str = "end", *children: Element, **attributes: Any) -> Element:
    return element("endEvent", id, *children, **attributes)


def terminate(id: str = "end", **attributes: Any) -> Element:
    return element("endEvent", id, element("terminateEventDefinition"), **attributes)


def user(id: str, *children: Element, **attributes: Any) -> Element:
    return element("userTask", id, *children, **{"name": id.upper(), **attributes})


def deadline(**attributes: str) -> Element:
    return extension(ours("deadline", **attributes))


def multi(
    collection: str = "= panel", sequential: bool = False, until: str | None = None, **attributes: Any
) -> Element:
    """Multi-instance characteristics collecting `vote` of each `expert` in `votes`."""
    marks = {
        "isSequential": str(sequential).lower(),
        "camunda_collection": collection,
        "camunda_elementVariable": "expert",
        "guicheng_outputCollection": "votes",
        "guicheng_outputElement": "= vote",
        **attributes,
    }
    made = element("multiInstanceLoopCharacteristics", None, **marks)
    if until is not None:
        made.append(text("completionCondition", until))
    return made


def service(id: str, topic: str = "demo.run", inputs: Any = (), outputs: Any = (), **attributes: Any) -> Element:
    made = element("serviceTask", id, name=id, camunda_type="external", camunda_topic=topic, **attributes)
    if inputs or outputs:
        box = etree.Element(camunda("inputOutput"), nsmap=NAMESPACES)
        for kind, items in (("inputParameter", inputs), ("outputParameter", outputs)):
            for name, value in items:
                etree.SubElement(box, camunda(kind), {"name": name}).text = value
        made.append(extension(box))
    return made


def rule(id: str, decision: str = "grade", result: str = "grading", **attributes: Any) -> Element:
    marks = {"camunda_decisionRef": decision, "camunda_resultVariable": result, **attributes}
    return element("businessRuleTask", id, name=id, **marks)


def script(id: str, source: str, result: str) -> Element:
    return element(
        "scriptTask", id, text("script", source), name=id, scriptFormat="feel", camunda_resultVariable=result
    )


def xor(id: str) -> Element:
    return element("exclusiveGateway", id)


def both(id: str) -> Element:
    return element("parallelGateway", id)


def timer(duration: str, tag: str = "timeDuration") -> Element:
    return element("timerEventDefinition", None, text(tag, duration))


def catch(id: str, duration: str, tag: str = "timeDuration") -> Element:
    return element("intermediateCatchEvent", id, timer(duration, tag))


def boundary(id: str, on: str, definition: Element, interrupting: bool = True) -> Element:
    return element("boundaryEvent", id, definition, attachedToRef=on, cancelActivity=str(interrupting).lower())


def error(ref: str | None = None, **attributes: Any) -> Element:
    return element("errorEventDefinition", None, **({"errorRef": ref} if ref else {}), **attributes)


def sub(id: str, *children: Element, flows: str, **attributes: Any) -> Element:
    """A subprocess with its own flows."""
    made = element("subProcess", id, *children, name=id, **attributes)
    add_flows(made, flows)
    return made


def event(kind: str, **attributes: Any) -> Element:
    """An event definition: `event("signal", signalRef="s")`."""
    return element(f"{kind}EventDefinition", None, **attributes)


def condition(feel: str) -> Element:
    return element("conditionalEventDefinition", None, text("condition", feel))


def awaits(id: str, *definitions: Element, **attributes: Any) -> Element:
    """An intermediate catch event."""
    return element("intermediateCatchEvent", id, *definitions, **attributes)


def throws(id: str, *definitions: Element, **attributes: Any) -> Element:
    """An intermediate throw event; without definition it is passed."""
    return element("intermediateThrowEvent", id, *definitions, **attributes)


def ends(id: str, *definitions: Element, **attributes: Any) -> Element:
    """An end event that does something."""
    return element("endEvent", id, *definitions, **attributes)


def beside(id: str, definition: Element | None, *children: Element, flows: str, **marks: Any) -> Element:
    """An event subprocess whose start is `<id>_start`; `interrupting=False` lets the scope go on."""
    begin = start(f"{id}_start", *([definition] if definition is not None else []))
    if marks.pop("interrupting", True) is False:
        begin.set("isInterrupting", "false")
    return sub(id, begin, *children, flows=flows, triggeredByEvent="true", **marks)


def scope(tag: str, id: str, *children: Element, flows: str = "", **attributes: Any) -> Element:
    """A `transaction` or `adHocSubProcess`."""
    made = element(tag, id, *children, name=id, **attributes)
    add_flows(made, flows)
    return made


def call(id: str, key: str, *children: Element, **attributes: Any) -> Element:
    return element("callActivity", id, *children, name=id, calledElement=key, **attributes)


def hands(tag: str, **attributes: str) -> Element:
    """camunda:in or camunda:out."""
    made = etree.Element(camunda(tag), attributes, nsmap=NAMESPACES)
    return made


def data(inputs: Any = (), outputs: Any = ()) -> Element:
    """extensionElements with input and output parameters."""
    box = etree.Element(camunda("inputOutput"), nsmap=NAMESPACES)
    for kind, items in (("inputParameter", inputs), ("outputParameter", outputs)):
        for name, value in items:
            etree.SubElement(box, camunda(kind), {"name": name}).text = value
    return extension(box)


def loop(condition: str | None = None, **attributes: Any) -> Element:
    """Standard loop characteristics."""
    made = element("standardLoopCharacteristics", None, **attributes)
    if condition is not None:
        made.append(text("loopCondition", condition))
    return made


def gate(kind: str, id: str, *children: Element, **attributes: Any) -> Element:
    """`gate("inclusive", "split")`."""
    return element(f"{kind}Gateway", id, *children, **attributes)


def undone_by(host: str, handler: str) -> list[Element]:
    """The compensation event on an activity and its association to the handler."""
    mark = f"undo_{host}"
    return [
        boundary(mark, host, event("compensate")),
        element("association", f"{mark}_to", sourceRef=mark, targetRef=handler, associationDirection="One"),
    ]


def declared(tag: str, name: str, **attributes: Any) -> Element:
    """A signal, message, error, escalation … at the top of the file, its id the same as its name (or code)."""
    code = {"error": "errorCode", "escalation": "escalationCode"}.get(tag)
    return element(tag, name, **({code: name} if code else {"name": name}), **attributes)


def on_message(id: str, name: str, *children: Element, flows: str, **start_attributes: Any) -> Element:
    """An interrupting event subprocess whose start is `<id>_start`; the message must be declared with `message`."""
    begin = start(f"{id}_start", element("messageEventDefinition", None, messageRef=name), **start_attributes)
    return sub(id, begin, *children, flows=flows, triggeredByEvent="true")


def message(name: str) -> Element:
    return element("message", name, name=name)


def add_flows(scope: Element, flows: str) -> None:
    """Sequence flows in file order; see the module."""
    by_id = {child.get("id"): child for child in scope if child.get("id")}
    count = 0
    for line in flows.strip().splitlines():
        path, _, condition = line.partition(":")
        nodes = [name.strip() for name in path.split(">")]
        for source, target in pairwise(nodes):
            count += 1
            made = element("sequenceFlow", f"{scope.get('id')}_f{count}", sourceRef=source, targetRef=target)
            if condition.strip() == "*":
                by_id[source].set("default", made.get("id", ""))
            elif condition.strip():
                made.append(text("conditionExpression", condition.strip()))
            scope.append(made)


_TOPS = frozenset(
    bpmn(tag)
    for tag in (
        "message",
        "signal",
        "error",
        "escalation",
        "dataStore",
        "signalEventDefinition",
        "messageEventDefinition",
    )
)


def diagram(*elements: Element, flows: str, key: str = "demo", **attributes: Any) -> bytes:
    """A whole file; messages and errors among the elements go to the top."""
    tops = [e for e in elements if e.tag in _TOPS]
    process = element("process", key, *[e for e in elements if e not in tops], isExecutable="true", **attributes)
    add_flows(process, flows)
    root = element("definitions", "definitions", *tops, process, targetNamespace="urn:demo")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
