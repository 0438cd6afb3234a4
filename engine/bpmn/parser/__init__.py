"""From bytes to a `Definition`: the gate first, then SpiffWorkflow, then our own graph."""

from __future__ import annotations

from engine.bpmn.gate import judge
from engine.bpmn.model import Definition
from engine.bpmn.names import bpmn
from engine.bpmn.parser.compile import compile_definition
from engine.bpmn.parser.reader import read_specs
from engine.bpmn.parser.sketch import Sketch, sketch
from engine.errors import DiagramRefused, Finding
from engine.i18n import _


def parse(xml: bytes) -> Definition:
    """The definition in a BPMN file. Raises DiagramRefused with all findings of the standard level."""
    definition, findings = _read(xml)
    if definition is None:
        raise DiagramRefused(findings)
    return definition


def check(xml: bytes) -> list[Finding]:
    """All findings of the standard level; empty exactly when `parse` accepts the file. Never raises."""
    return _read(xml)[1]


def _read(xml: bytes) -> tuple[Definition | None, list[Finding]]:
    try:
        root, findings = judge(xml)
        if findings or root is None:
            return None, findings
        key, specs = read_specs(root)
        process = next(element for element in root.iter(bpmn("process")) if element.get("id") == key)
        return compile_definition(root, process, key, specs), []
    except Exception as error:  # whatever a hostile file provokes in a reader, the answer is a refusal
        message = _("这个文件不能读取（{kind}），请用流程设计器重新导出。", kind=type(error).__name__)
        return None, [Finding("standard", "unreadable", "", "", message)]


__all__ = ["Sketch", "check", "parse", "sketch"]
