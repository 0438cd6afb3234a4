"""From the library's specs to our own static graph."""

# The library carries no type information; its spec objects are Any here.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml.etree import _Element as Element

from engine.bpmn.event_definitions import EventDefinition, EventKind, TimerText
from engine.bpmn.expressions import always_feel
from engine.bpmn.model import Called, Definition, Flow, Node, NodeKind, ScopeModel
from engine.bpmn.names import BPMN, bpmn, camunda, guicheng
from engine.bpmn.parser.data import Data, called_data
from engine.bpmn.parser.events import Events
from engine.bpmn.parser.loops import ad_hoc, multi_instance, standard_loop
from engine.bpmn.parser.reach import looking_ahead

KINDS: Mapping[str, NodeKind] = {
    "startEvent": NodeKind.START_EVENT,
    "endEvent": NodeKind.END_EVENT,
    "intermediateCatchEvent": NodeKind.CATCH_EVENT,
    "intermediateThrowEvent": NodeKind.THROW_EVENT,
    "boundaryEvent": NodeKind.BOUNDARY_EVENT,
    "task": NodeKind.TASK,
    "manualTask": NodeKind.MANUAL_TASK,
    "userTask": NodeKind.USER_TASK,
    "serviceTask": NodeKind.SERVICE_TASK,
    "sendTask": NodeKind.SEND_TASK,
    "receiveTask": NodeKind.RECEIVE_TASK,
    "businessRuleTask": NodeKind.BUSINESS_RULE_TASK,
    "scriptTask": NodeKind.SCRIPT_TASK,
    "callActivity": NodeKind.CALL_ACTIVITY,
    "subProcess": NodeKind.SUBPROCESS,
    "transaction": NodeKind.TRANSACTION,
    "adHocSubProcess": NodeKind.AD_HOC_SUBPROCESS,
    "exclusiveGateway": NodeKind.EXCLUSIVE_GATEWAY,
    "inclusiveGateway": NodeKind.INCLUSIVE_GATEWAY,
    "parallelGateway": NodeKind.PARALLEL_GATEWAY,
    "eventBasedGateway": NodeKind.EVENT_BASED_GATEWAY,
    "complexGateway": NodeKind.COMPLEX_GATEWAY,
}


def compile_definition(root: Element, process: Element, key: str, specs: dict[str, Any]) -> Definition:
    """The definition of the process `key`; `specs` holds it and all its subprocesses."""
    flows = _flows(specs)
    incoming: dict[str, list[Flow]] = {}
    outgoing: dict[str, list[Flow]] = {}
    for flow in flows.values():
        outgoing.setdefault(flow.source, []).append(flow)
        incoming.setdefault(flow.target, []).append(flow)
    reader = _Reader(root)
    nodes = {
        spec.name: reader.node(spec, scope, tuple(incoming.get(spec.name, ())), tuple(outgoing.get(spec.name, ())))
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


def _scopes(nodes: Mapping[str, Node], ids: list[str]) -> dict[str, ScopeModel]:
    inside: dict[str, list[Node]] = {identity: [] for identity in ids}
    for node in nodes.values():
        inside[node.scope].append(node)
    return {identity: _scope(identity, nodes, inside) for identity in ids}


def _scope(identity: str, nodes: Mapping[str, Node], inside: Mapping[str, list[Node]]) -> ScopeModel:
    own, around = inside[identity], nodes.get(identity)
    beside = [node for node in own if node.kind is NodeKind.EVENT_SUBPROCESS]
    starts = [node for node in own if node.kind is NodeKind.START_EVENT]
    if around is not None and around.kind is NodeKind.EVENT_SUBPROCESS:
        first, event_starts = starts[:1], []
    else:
        first = [node for node in starts if not node.events][:1]
        event_starts = [node for node in starts if node.events] + _instantiating(own, nodes)
    if not starts and not event_starts:
        first = [node for node in own if _begins(node)]
    return ScopeModel(
        id=identity,
        kind=None if around is None else around.kind,
        first=tuple(first),
        event_starts=tuple(event_starts),
        event_subprocesses=tuple(
            (node, next(one for one in inside[node.id] if one.kind is NodeKind.START_EVENT)) for node in beside
        ),
        links={
            node.events[0].name or "": node
            for node in own
            if node.kind is NodeKind.CATCH_EVENT and node.event is EventKind.LINK
        },
        reach=looking_ahead(own),
        ad_hoc=None if around is None else around.ad_hoc,
    )


def _instantiating(own: list[Node], nodes: Mapping[str, Node]) -> list[Node]:
    """Receive tasks that begin the process, and the events behind event-based gateways that do."""
    found = []
    for node in own:
        if node.instantiate and node.kind is NodeKind.RECEIVE_TASK:
            found.append(node)
        elif node.instantiate:
            found += [nodes[flow.target] for flow in node.outgoing]
    return found


def _begins(node: Node) -> bool:
    """Whether a token is put on the node where no start event is drawn."""
    if node.incoming or node.attached_to is not None or node.for_compensation:
        return False
    return node.kind is not NodeKind.EVENT_SUBPROCESS and node.event is not EventKind.LINK


class _Reader:
    """Reads nodes; holds what is looked up once for a file."""

    def __init__(self, root: Element) -> None:
        self._events = Events(root)
        self._data = Data(root)
        self._handlers = _compensations(root, self._events)

    def node(self, spec: Any, scope: str, incoming: tuple[Flow, ...], outgoing: tuple[Flow, ...]) -> Node:
        """The node of a spec; `scope` is the id of the process or subprocess it is drawn in."""
        element: Element = spec.element
        kind = KINDS[str(element.tag).removeprefix(BPMN)]
        if kind is NodeKind.SUBPROCESS and element.get("triggeredByEvent") == "true":
            kind = NodeKind.EVENT_SUBPROCESS
        get = element.get
        interrupting = get("cancelActivity" if kind is NodeKind.BOUNDARY_EVENT else "isInterrupting")
        events = self._events.of(element)
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
            attached_to=get("attachedToRef") if kind is NodeKind.BOUNDARY_EVENT else None,
            interrupting=interrupting != "false",
            standard_loop=standard_loop(element),
            start_quantity=int(get("startQuantity", "1")),
            completion_quantity=int(get("completionQuantity", "1")),
            for_compensation=get("isForCompensation") == "true",
            compensated_by=self._handlers.get(spec.name),
            called=_called(element) if kind is NodeKind.CALL_ACTIVITY else None,
            ad_hoc=ad_hoc(element),
            activation=_activation(element) if kind is NodeKind.COMPLEX_GATEWAY else None,
            instantiate=get("instantiate") == "true",
            all_events=get("eventGatewayType") == "Parallel",
            events=events,
            parallel_multiple=get("parallelMultiple") == "true",
            **_first(events),
            **{
                **spec.extensions,
                **self._data.of(element),
                "multi_instance": multi_instance(element, self._data, self._events),
            },
        )


def _first(events: tuple[EventDefinition, ...]) -> dict[str, Any]:
    if not events:
        return {}
    first = events[0]
    timer: TimerText | None = first.timer
    message = first.name if first.kind is EventKind.MESSAGE else None
    return {"event": first.kind, "timer": timer, "message": message, "error_code": first.code}


def _compensations(root: Element, events: Events) -> dict[str, str]:
    """Activity → its handler: joined by an association from the compensation event on its border."""
    hosts = {
        event.get("id"): event.get("attachedToRef")
        for event in root.iter(bpmn("boundaryEvent"))
        if any(definition.kind is EventKind.COMPENSATION for definition in events.of(event))
    }
    handlers = {element.get("id") for element in root.iter(BPMN + "*") if element.get("isForCompensation") == "true"}
    found: dict[str, str] = {}
    for association in root.iter(bpmn("association")):
        ends = (association.get("sourceRef"), association.get("targetRef"))
        for event, handler in (ends, ends[::-1]):
            host = hosts.get(event)
            if host is not None and handler is not None and handler in handlers:
                found.setdefault(host, handler)
    return found


def _called(element: Element) -> Called:
    version = element.get(camunda("calledElementVersion"))
    binding = element.get(camunda("calledElementBinding"), "latest")
    key = element.get("calledElement") or ""
    return Called(
        key=key if key.startswith("=") else key.rpartition(":")[2],
        binding=binding,
        version=version,
        inputs=called_data(element, "in"),
        outputs=called_data(element, "out"),
    )


def _activation(element: Element) -> str | None:
    text = (element.findtext(bpmn("activationCondition")) or "").strip()
    return always_feel(text) if text else None
