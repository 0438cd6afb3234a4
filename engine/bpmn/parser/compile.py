"""From the library's specs to our own static graph."""

# The library carries no type information; its spec objects are Any here.

from __future__ import annotations

from typing import Any

from lxml.etree import _Element as Element
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimeDateEventDefinition, TimerEventDefinition

from engine.bpmn.expressions import always_feel
from engine.bpmn.model import Definition, EventKind, Flow, Node, NodeKind, ScopeModel, TimerText
from engine.bpmn.names import bpmn, guicheng
from engine.bpmn.parser.reader import BusinessRuleTask

_KINDS: tuple[tuple[Any, NodeKind], ...] = (
    (BusinessRuleTask, NodeKind.BUSINESS_RULE_TASK),  # before its base class
    (defaults.ServiceTask, NodeKind.SERVICE_TASK),
    (defaults.UserTask, NodeKind.USER_TASK),
    (defaults.ScriptTask, NodeKind.SCRIPT_TASK),
    (defaults.ExclusiveGateway, NodeKind.EXCLUSIVE_GATEWAY),
    (defaults.ParallelGateway, NodeKind.PARALLEL_GATEWAY),
    (defaults.BoundaryEvent, NodeKind.BOUNDARY_EVENT),
    (defaults.StartEvent, NodeKind.START_EVENT),
    (defaults.EndEvent, NodeKind.END_EVENT),
    (defaults.IntermediateCatchEvent, NodeKind.CATCH_EVENT),
    (defaults.SubWorkflowTask, NodeKind.SUBPROCESS),
)


def compile_definition(process: Element, key: str, specs: dict[str, Any]) -> Definition:
    """The definition of the process `key`; `specs` holds it and all its subprocesses."""
    flows = _flows(specs)
    incoming: dict[str, list[Flow]] = {}
    outgoing: dict[str, list[Flow]] = {}
    for flow in flows.values():
        outgoing.setdefault(flow.source, []).append(flow)
        incoming.setdefault(flow.target, []).append(flow)
    nodes = {
        spec.name: _node(spec, scope, tuple(incoming.get(spec.name, ())), tuple(outgoing.get(spec.name, ())))
        for scope, process_spec in specs.items()
        for spec in process_spec.task_specs.values()
    }
    get = process.get
    return Definition(
        key=key,
        name=get("name") or key,
        prefix=get(guicheng("prefix")),
        clauses=get(guicheng("clauses")),
        title=get(guicheng("title")),
        key_data=tuple((get(guicheng("keyData")) or "").split()),
        tag=get(guicheng("tag")),
        documentation=process.findtext(bpmn("documentation")),
        nodes=nodes,
        flows=flows,
        lanes=tuple(lane.get("name") or lane.get("id") or "" for lane in process.iter(bpmn("lane"))),
        scopes=_scopes(nodes, list(specs)),
    )


def _flows(specs: dict[str, Any]) -> dict[str, Flow]:
    found: dict[str, Flow] = {}
    for process_spec in specs.values():
        for spec in process_spec.task_specs.values():
            for flow in spec.flows:
                condition = always_feel(flow.condition) if flow.condition and flow.condition.strip() else None
                found[flow.id] = Flow(flow.id, spec.name, flow.target, flow.name, condition, flow.default)
    return found


def _scopes(nodes: dict[str, Node], ids: list[str]) -> dict[str, ScopeModel]:
    starts = {node.scope: node for node in nodes.values() if node.kind is NodeKind.START_EVENT}
    return {
        scope: ScopeModel(
            scope,
            starts[scope],
            tuple(
                (node, starts[node.id])
                for node in nodes.values()
                if node.scope == scope and node.kind is NodeKind.EVENT_SUBPROCESS
            ),
        )
        for scope in ids
    }


def _node(spec: Any, scope: str, incoming: tuple[Flow, ...], outgoing: tuple[Flow, ...]) -> Node:
    element: Element = spec.element
    kind = next(kind for cls, kind in _KINDS if isinstance(spec, cls))
    if kind is NodeKind.SUBPROCESS and element.get("triggeredByEvent") == "true":
        kind = NodeKind.EVENT_SUBPROCESS
    interrupting = element.get("cancelActivity" if kind is NodeKind.BOUNDARY_EVENT else "isInterrupting")
    return Node(
        id=spec.name,
        name=spec.bpmn_name or "",
        kind=kind,
        scope=scope,
        lane=spec.lane,
        documentation=spec.documentation,
        incoming=incoming,
        outgoing=outgoing,
        script=always_feel(spec.script or "") if kind is NodeKind.SCRIPT_TASK else None,
        attached_to=element.get("attachedToRef"),
        interrupting=interrupting != "false",
        **_event(getattr(spec, "event_definition", None)),
        **spec.extensions,
    )


def _event(definition: Any) -> dict[str, Any]:
    if isinstance(definition, TimerEventDefinition):
        kind = "date" if isinstance(definition, TimeDateEventDefinition) else "duration"
        return {"event": EventKind.TIMER, "timer": TimerText(kind, (definition.expression or "").strip())}
    if isinstance(definition, MessageEventDefinition):
        return {"event": EventKind.MESSAGE, "message": definition.name}
    if isinstance(definition, ErrorEventDefinition):
        return {"event": EventKind.ERROR, "error_code": definition.code}
    if isinstance(definition, TerminateEventDefinition):
        return {"event": EventKind.TERMINATE}
    return {}
