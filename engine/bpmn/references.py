"""Which forms and decision tables a drawing names, and where: read from any XML, right or wrong."""

from __future__ import annotations

from typing import NamedTuple

from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate.palette import local
from engine.bpmn.gate.xml import read_xml
from engine.bpmn.names import BPMN, camunda


class Reference(NamedTuple):
    """An element that names a part; `kind` is "form" (a form's name) or "decision" (a decision's id)."""

    kind: str
    name: str
    element_id: str
    element_name: str


_ATTRIBUTES = {camunda("formRef"): "form", camunda("decisionRef"): "decision"}


def references(diagram: bytes) -> list[Reference]:
    """In the order of the file; none where it cannot be read. Never raises."""
    root, _findings = read_xml(diagram)
    if root is None:
        return []
    translate(root)
    return [
        Reference(kind, name, element.get("id") or "", element.get("name") or local(element))
        for element in root.iter(BPMN + "*")
        for attribute, kind in _ATTRIBUTES.items()
        if (name := element.get(attribute))
    ]
