"""BPMN: judged by the gate, read by SpiffWorkflow, run by tokens. Works without a database; see docs/engine.md."""

from __future__ import annotations

from engine.bpmn.codec import dumps, loads
from engine.bpmn.event_definitions import EventDefinition, EventKind, TimerText
from engine.bpmn.execution import Execution
from engine.bpmn.gate import check_house
from engine.bpmn.happenings import Happening, HappeningKind
from engine.bpmn.loops import MultiInstance, StandardLoop
from engine.bpmn.model import (
    SUBPROCESSES,
    Action,
    Actions,
    Candidates,
    Deadline,
    Definition,
    Flow,
    Node,
    NodeKind,
)
from engine.bpmn.parser import Sketch, check, parse, sketch
from engine.bpmn.references import Reference, references
from engine.bpmn.requests import (
    CallRequest,
    CancelRequest,
    JobRequest,
    MessageRequest,
    RaiseRequest,
    Request,
    SignalRequest,
)
from engine.bpmn.services import BpmnError, Due, Services
from engine.bpmn.work import Awaited, ScopeVariables, Timer, WaitingMessage, WorkItem
from engine.errors import DiagramRefused, Finding

__all__ = [
    "SUBPROCESSES",
    "Action",
    "Actions",
    "Awaited",
    "BpmnError",
    "CallRequest",
    "CancelRequest",
    "Candidates",
    "Deadline",
    "Definition",
    "DiagramRefused",
    "Due",
    "EventDefinition",
    "EventKind",
    "Execution",
    "Finding",
    "Flow",
    "Happening",
    "HappeningKind",
    "JobRequest",
    "MessageRequest",
    "MultiInstance",
    "Node",
    "NodeKind",
    "RaiseRequest",
    "Reference",
    "Request",
    "ScopeVariables",
    "Services",
    "SignalRequest",
    "Sketch",
    "StandardLoop",
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
