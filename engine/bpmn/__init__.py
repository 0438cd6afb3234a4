"""BPMN: judged by the gate, read by SpiffWorkflow, run by tokens. Works without a database; see docs/engine.md."""

from __future__ import annotations

from engine.bpmn.codec import dumps, loads
from engine.bpmn.execution import Execution
from engine.bpmn.gate import check_house
from engine.bpmn.happenings import Happening, HappeningKind
from engine.bpmn.model import (
    Action,
    Actions,
    Candidates,
    Deadline,
    Definition,
    EventKind,
    Flow,
    MultiInstance,
    Node,
    NodeKind,
    TimerText,
)
from engine.bpmn.parser import Sketch, check, parse, sketch
from engine.bpmn.references import Reference, references
from engine.bpmn.services import BpmnError, Due, Services
from engine.bpmn.work import ScopeVariables, Timer, WaitingMessage, WorkItem
from engine.errors import DiagramRefused, Finding

__all__ = [
    "Action",
    "Actions",
    "BpmnError",
    "Candidates",
    "Deadline",
    "Definition",
    "DiagramRefused",
    "Due",
    "EventKind",
    "Execution",
    "Finding",
    "Flow",
    "Happening",
    "HappeningKind",
    "MultiInstance",
    "Node",
    "NodeKind",
    "Reference",
    "ScopeVariables",
    "Services",
    "Sketch",
    "Timer",
    "TimerText",
    "WaitingMessage",
    "WorkItem",
    "check",
    "check_house",
    "dumps",
    "loads",
    "parse",
    "references",
    "sketch",
]
