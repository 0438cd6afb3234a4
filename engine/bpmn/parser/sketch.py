"""What a diagram says element by element, read without asking whether it can run.

A draft that is half drawn has no `Definition`, but each of its tasks has a form and a deadline or lacks them: house
rules judge those before the last flow is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate.diagram import Diagram
from engine.bpmn.gate.palette import local
from engine.bpmn.gate.xml import read_xml
from engine.bpmn.model import Node
from engine.bpmn.names import guicheng
from engine.bpmn.parser.compile import KINDS
from engine.bpmn.parser.extensions import read_extensions


@dataclass(frozen=True)
class Sketch:
    """The part of a `Definition` that needs no flows: the process and its nodes, with what their attributes say.

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
    drawn = [_node(element) for element in diagram.nodes if local(element) in KINDS]
    starts = {element.get("id") or "" for element in diagram.nodes_of(process) if local(element) == "startEvent"}
    return Sketch(
        key=key,
        name=process.get("name") or key,
        prefix=process.get(guicheng("prefix")),
        clauses=process.get(guicheng("clauses")),
        start=next((node for node in drawn if node.id in starts), None),
        nodes={node.id: node for node in drawn},
    )


def _node(element: Element) -> Node:
    parent = element.getparent()
    return Node(
        id=element.get("id") or "",
        name=element.get("name") or "",
        kind=KINDS[local(element)],
        scope="" if parent is None else parent.get("id") or "",
        **read_extensions(element),
    )
