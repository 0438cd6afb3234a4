"""SpiffWorkflow reads the file: its parser classes, subclassed where they would wire a task tree or lose something.

What the subclasses change (3.2.0, pinned exactly):

- every flow node of a scope is parsed once and in file order, not recursively along flows (a long process would
  exhaust the stack) and not only when reachable;
- the internal nodes `Start`, `End` and `Root` are removed from the specs, so that no id of a diagram collides;
- event definitions are read beside the library (`engine.bpmn.parser.events`): its classes drop those that they do not
  expect on an event, and know neither several of them nor links and compensation;
- loops, multi-instance and data of an activity are ours as well: the stock classes fold them into internal nodes;
- flows stay what they are (`spec.flows`), with or without an id, instead of being folded into gateways.
"""

# The library carries no type information, so its classes count as Any; all this file does is subclass and call them.
# mypy: disable-error-code="misc, no-any-return"

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from lxml.etree import _Element as Element
from SpiffWorkflow.bpmn.parser import event_parsers, task_parsers
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ServiceTask
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition

from engine.bpmn.names import BPMNDI, bpmn
from engine.bpmn.parser.extensions import read_extensions


class ReadFlow(NamedTuple):
    """A sequence flow as written."""

    id: str
    target: str
    name: str
    condition: str | None
    default: bool


class BusinessRuleTask(ServiceTask):
    """A decision table; the library has no class of its own for it."""


class ComplexGateway(InclusiveGateway):
    """The library has no class of its own for it."""


class FlatSpec(BpmnProcessSpec):
    """A process without the library's internal nodes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task_specs.clear()


_STOCK_TAGS = (
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
    "task",
    "manualTask",
    "userTask",
    "serviceTask",
    "scriptTask",
    "sendTask",
    "receiveTask",
    "callActivity",
    "exclusiveGateway",
    "inclusiveGateway",
    "parallelGateway",
    "eventBasedGateway",
    "subProcess",
    "transaction",
    "adHocSubProcess",
)
_TOLD = frozenset(bpmn(tag) for tag in ("sendTask", "receiveTask"))
_SILENT = _TOLD
_INNER = frozenset(bpmn(tag) for tag in ("subProcess", "transaction", "adHocSubProcess"))


class _Flat:
    """Mixed into every task parser: reads one node and what leaves it, and connects nothing."""

    def raise_validation_exception(self: Any, message: str, node: Any = None) -> None:
        """The stock method does not take the `node` that its own callers hand in."""
        raise ValidationException(message, self.node if node is None else node, self.filename)

    def parse_documentation(self: Any, sequence_flow: Any = None) -> str | None:
        """Only the element's own documentation, not that of a node inside it."""
        element: Element = self.node if sequence_flow is None else sequence_flow
        return element.findtext(bpmn("documentation"))

    def parse_extensions(self: Any, node: Any = None) -> dict[str, Any]:
        """The library's place for extensions: ours and Camunda's, as fields of `Node`."""
        return read_extensions(self.node)

    def parse_incoming_data_references(self: Any) -> list[Any]:
        """Data are read beside the library (`engine.bpmn.parser.data`): it never comes back from a dangling one."""
        return []

    def parse_outgoing_data_references(self: Any) -> list[Any]:
        """As for the incoming ones."""
        return []

    def create_task(self: Any) -> Any:
        """The library's spec object; event definitions are read beside it, see `engine.bpmn.parser.events`."""
        if self.node.tag in _INNER:
            processes = self.process_parser.parser
            processes.create_parser(self.node, filename=self.filename, lane=self.lane)
            return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=self.bpmn_id, **self.bpmn_attributes)
        if self.node.tag == bpmn("callActivity"):
            called = self.node.get("calledElement")
            return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=called, **self.bpmn_attributes)
        if isinstance(self, event_parsers.BoundaryEventParser):
            interrupting = self.node.get("cancelActivity", "true") == "true"
            return self._create_task(NoneEventDefinition(), interrupting)
        if isinstance(self, event_parsers.EventDefinitionParser) and self.node.tag not in _SILENT:
            return self._create_task(NoneEventDefinition())
        if self.node.tag == bpmn("scriptTask"):
            script = self.node.findtext(bpmn("script"))
            return self.spec_class(self.spec, self.bpmn_id, script=script, **self.bpmn_attributes)
        if self.node.tag in _TOLD:
            event = NoneEventDefinition()
            return self.spec_class(self.spec, self.bpmn_id, event_definition=event, **self.bpmn_attributes)
        return self.spec_class(self.spec, self.bpmn_id, **self.bpmn_attributes)

    def parse_node(self: Any) -> Any:
        self.task = self.create_task()
        self.task.extensions = self.parse_extensions()
        self.task.element = self.node
        default = self.node.get("default")
        outgoing = self.process_parser.get_outgoing_sequence_flows(self.bpmn_id)
        self.task.flows = [
            ReadFlow(
                flow.get("id") or f"{self.bpmn_id}->{flow.get('targetRef')}#{place}",
                flow.get("targetRef"),
                flow.get("name") or "",
                self.parse_condition(flow),
                flow.get("id") is not None and flow.get("id") == default,
            )
            for place, flow in enumerate(outgoing)
        ]
        return self.task


class FlatProcessParser(ProcessParser):
    """Reads all nodes of one process or subprocess."""

    def _index_process_nodes(self) -> None:
        """The stock index loses flows without an id, and holds those of inner subprocesses too."""
        super()._index_process_nodes()
        self.outgoing_sequence_flows.clear()
        for flow in self.node.iterfind(bpmn("sequenceFlow")):
            self.outgoing_sequence_flows.setdefault(flow.get("sourceRef"), []).append(flow)

    def create_spec(self) -> FlatSpec:
        return FlatSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)

    def add_tasks(self) -> None:
        for child in self.node:
            if child.tag in self.parser.OVERRIDE_PARSER_CLASSES:
                self.parse_node(child)


def _flat(parser: type[TaskParser]) -> type:
    return type("Flat" + parser.__name__, (_Flat, parser), {})


class FlatParser(BpmnParser):
    """The accepted elements, each with the library's parser and spec class; what stands beside the process (messages,
    errors, data stores) is read by ourselves."""

    def _add_nothing(self, _root: Element) -> None:
        pass

    _add_collaborations = _add_messages = _add_signals = _add_errors = _add_nothing
    _add_escalations = _add_correlations = _add_data_stores = _add_nothing

    PROCESS_PARSER_CLASS = FlatProcessParser
    OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, tuple[type, type]]] = {
        tag: (_flat(parser), spec)
        for tag, (parser, spec) in {
            **{bpmn(tag): BpmnParser.PARSER_CLASSES[bpmn(tag)] for tag in _STOCK_TAGS},
            bpmn("businessRuleTask"): (TaskParser, BusinessRuleTask),
            bpmn("complexGateway"): (task_parsers.GatewayParser, ComplexGateway),
        }.items()
    }


def read_specs(root: Element) -> tuple[str, dict[str, Any]]:
    """The id of the one executable process and the specs of all its scopes, each before those inside it."""
    for drawing in root.findall(BPMNDI + "BPMNDiagram"):
        root.remove(drawing)  # where things are drawn is of no meaning here
    for reference in root.iter(bpmn("flowNodeRef")):
        reference.text = (reference.text or "").strip()
    parser = FlatParser()
    parser.add_bpmn_xml(root)
    process = next(element for element in root.iter(bpmn("process")) if element.get("isExecutable") == "true")
    key = process.get("id") or ""
    specs: dict[str, Any] = {}
    waiting = [key]
    while waiting:
        identity = waiting.pop()
        spec = specs[identity] = parser.get_spec(identity)
        waiting += [task.name for task in spec.task_specs.values() if task.element.tag in _INNER]
    return key, specs
