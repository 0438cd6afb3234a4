"""More words of BPMN in a few letters, for the diagrams that the gate judges; see `build`."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from engine.bpmn.names import bpmn
from tests.engine.bpmn import build
from tests.engine.bpmn.build import element, text

TOPS = {
    bpmn(tag)
    for tag in (
        *("message", "error", "signal", "escalation", "dataStore", "itemDefinition", "interface"),
        *("collaboration", "category", "globalTask"),
    )
} | {bpmn(f"{kind}EventDefinition") for kind in ("message", "signal", "timer", "error", "escalation", "conditional")}


def diagram(*elements: Element, flows: str, **attributes: Any) -> bytes:
    """A whole file; what is declared beside a process goes to the top."""
    tops = [one for one in elements if one.tag in TOPS]
    root = etree.fromstring(build.diagram(*[one for one in elements if one not in tops], flows=flows, **attributes))
    for place, top in enumerate(tops):
        root.insert(place, top)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def condition(text_: str) -> Element:
    return element("conditionalEventDefinition", None, text("condition", text_))


def signal(ref: str) -> Element:
    return element("signalEventDefinition", None, signalRef=ref)


def escalation(ref: str | None = None) -> Element:
    return element("escalationEventDefinition", None, **({"escalationRef": ref} if ref else {}))


def awaited(ref: str) -> Element:
    """A message that an event waits for or sends."""
    return element("messageEventDefinition", None, messageRef=ref)


def compensate(**attributes: Any) -> Element:
    return element("compensateEventDefinition", None, **attributes)


def link(name: str) -> Element:
    return element("linkEventDefinition", None, name=name)


def caught(id: str, *definitions: Element, **attributes: Any) -> Element:
    return element("intermediateCatchEvent", id, *definitions, **attributes)


def thrown(id: str, *definitions: Element, **attributes: Any) -> Element:
    return element("intermediateThrowEvent", id, *definitions, **attributes)


def task(id: str, *children: Element, **attributes: Any) -> Element:
    """A task of no kind: passed through."""
    return element("task", id, *children, name=id, **attributes)


def joined(event: str, handler: str) -> Element:
    """The association from a compensation event to its handler."""
    return element("association", None, sourceRef=event, targetRef=handler)
