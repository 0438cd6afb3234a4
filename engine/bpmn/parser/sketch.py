"""What a diagram says element by element, read without asking whether it can run.

A draft that is half drawn has no `Definition`, but each of its tasks has a form and a deadline or lacks them: house
rules judge those before the last flow is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

from engine.bpmn.event_definitions import EventKind
from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate.diagram import Diagram, is_event_subprocess, is_for_compensation
from engine.bpmn.gate.palette import local
from engine.bpmn.gate.xml import read_xml
from engine.bpmn.model import Flow, Node, NodeKind
from engine.bpmn.names import bpmn, guicheng
from engine.bpmn.parser.compile import KINDS
from engine.bpmn.parser.extensions import read_extensions

_EVENTS = {kind.value: kind for kind in EventKind} | {"compensate": EventKind.COMPENSATION}


@dataclass(frozen=True)
class Sketch:
    """The part of a `Definition` that can be read of any diagram: the process and its nodes, with what their attributes
    say and the flows that leave them.

    `start` is the start event drawn in the process itself, None where there is none."""

    key: str
    name: str
    prefix: str | None
    clauses: str | None
    start: Node | None
    nodes: Mapping[str, Node]


def sketch(xml: bytes) -> Sketch | None:
    """The sketch of the first process in a file; None where it holds none, or is no BPMN at all. Never raises."""
    root, _findings = read_xml(xml)
    if root is None:
        return None
    translate(root)
    diagram = Diagram(root)
    if not diagram.processes:
        return None
    process = diagram.processes[0]
    key = process.get("id") or ""
    drawn = [_node(diagram, element) for element in diagram.nodes]
    starts = {element.get("id") or "" for element in diagram.nodes_of(process) if local(element) == "startEvent"}
    return Sketch(
        key=key,
        name=process.get("name") or key,
        prefix=process.get(guicheng("prefix")),
        clauses=process.get(guicheng("clauses")),
        start=next((node for node in drawn if node.id in starts), None),
        nodes={node.id: node for node in drawn},
    )


def _node(diagram: Diagram, element: Element) -> Node:
    parent = element.getparent()
    kind = KINDS[local(element)]
    kinds = diagram.kinds(element)
    return Node(
        id=element.get("id") or "",
        name=element.get("name") or "",
        kind=NodeKind.EVENT_SUBPROCESS if is_event_subprocess(element) else kind,
        scope="" if parent is None else parent.get("id") or "",
        outgoing=tuple(_flow(element, flow) for flow in diagram.outgoing(element)),
        attached_to=element.get("attachedToRef") if kind is NodeKind.BOUNDARY_EVENT else None,
        interrupting="false" not in (element.get("cancelActivity"), element.get("isInterrupting")),
        event=_EVENTS.get(kinds[0], EventKind.NONE) if kinds else EventKind.NONE,
        for_compensation=is_for_compensation(element),
        **read_extensions(element),
    )


def _flow(source: Element, flow: Element) -> Flow:
    id = flow.get("id") or ""
    return Flow(
        id=id,
        source=source.get("id") or "",
        target=flow.get("targetRef") or "",
        name=flow.get("name") or "",
        condition=(flow.findtext(bpmn("conditionExpression")) or "").strip() or None,
        default=bool(id) and id == source.get("default"),
    )
