"""From bytes to a `Definition`: gate first, then SpiffWorkflow, then our own graph."""

from __future__ import annotations

from engine.bpmn.gate import judge
from engine.bpmn.model import Definition
from engine.bpmn.names import bpmn
from engine.bpmn.parser.compile import compile_definition
from engine.bpmn.parser.reader import read_specs
from engine.errors import DiagramRefused


def parse(xml: bytes) -> Definition:
    """The definition in a BPMN file. Raises DiagramRefused with all findings of the standard level."""
    root, findings = judge(xml)
    if findings or root is None:
        raise DiagramRefused(findings)
    key, specs = read_specs(root)
    process = next(element for element in root.iter(bpmn("process")) if element.get("id") == key)
    return compile_definition(process, key, specs)


__all__ = ["parse"]
