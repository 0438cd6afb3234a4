"""What the present runtime does not run yet, though the standard allows it: refused by name."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, label
from engine.bpmn.gate.palette import EVENT_TAGS, FLOW_NODES, local
from engine.bpmn.gate.words import kind_name
from engine.bpmn.names import bpmn, camunda
from engine.errors import Finding
from engine.i18n import _

NODES = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent", "userTask", "serviceTask"}
    | {"businessRuleTask", "scriptTask", "exclusiveGateway", "parallelGateway", "subProcess"}
)
EVENT_DEFINITIONS = {
    "startEvent": {"message"},
    "endEvent": {"terminate"},
    "intermediateCatchEvent": {"timer"},
    "boundaryEvent": {"timer", "error"},
}
_NOT_YET = frozenset(
    {"messageFlow", "standardLoopCharacteristics", "loopCardinality", "loopDataInputRef", "loopDataOutputRef"}
    | {"inputDataItem", "outputDataItem", "complexBehaviorDefinition", "dataObject", "dataObjectReference"}
    | {"dataStore", "dataStoreReference", "ioSpecification", "dataInputAssociation", "dataOutputAssociation"}
    | {"property", "timeCycle", "eventDefinitionRef", "dataInput", "dataOutput", "interface"}
)


def check_present(diagram: Diagram) -> Iterator[Finding]:
    """Elements, kinds of event, marks and shapes of scopes."""
    for element in diagram.elements:
        tag, parent = local(element), element.getparent()
        multi = tag == "multiInstanceLoopCharacteristics" and parent is not None and local(parent) != "userTask"
        mapped = parent is not None and local(parent) not in ("serviceTask", "callActivity")
        boxed = tag == "extensionElements" and element.find(camunda("inputOutput")) is not None
        if mapped and boxed and parent is not None:
            message = _("{it}暂不支持，请删除或换成已支持的元素。", it=label(parent))
            yield finding(parent, "unknown_extension", message)
        if tag in _NOT_YET or multi or tag in FLOW_NODES - NODES:
            message = _("{it}暂不支持，请删除或换成已支持的元素。", it=label(element))
            yield finding(element, "unsupported_element", message)
    for other in diagram.processes[1:]:
        yield finding(other, "several_processes", _("{it}多余：只能有一个流程，请删除。", it=label(other)))
    pools = [element for element in diagram.elements if local(element) == "participant"]
    for pool in pools[1:]:
        yield finding(pool, "several_pools", _("{it}多余：只能有一个泳池，请删除。", it=label(pool)))
    for node in diagram.nodes:
        yield from _marks(diagram, node)
    for scope in diagram.scopes:
        yield from _scope(diagram, scope)


def _marks(diagram: Diagram, node: Element) -> Iterator[Finding]:
    for attribute in ("isForCompensation", "parallelMultiple"):
        if node.get(attribute) == "true":
            message = _("{it}的 {attribute} 暂不支持，请取消。", it=label(node), attribute=attribute)
            yield finding(node, "unsupported_mark", message)
    for attribute in ("startQuantity", "completionQuantity"):
        if node.get(attribute, "1") != "1":
            message = _("{it}的 {attribute} 只能是 1，请删除这个属性。", it=label(node), attribute=attribute)
            yield finding(node, "unsupported_mark", message)
    loop = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is not None and loop.get("behavior", "All") != "All":
        message = _("{it}的多实例不支持 behavior 属性，请删除。", it=label(node))
        yield finding(node, "unsupported_mark", message)
    if local(node) not in EVENT_TAGS:
        return
    kinds = diagram.kinds(node)
    if len(kinds) > 1:
        message = _("{it}有 {n} 个事件定义，只能有一个；请拆成几个事件。", it=label(node), n=len(kinds))
        yield finding(node, "several_definitions", message)
    for kind in kinds:
        if kind not in EVENT_DEFINITIONS.get(local(node), {kind}):
            message = _(
                "{event}暂不支持“{kind}”类型，请改用其他类型。",
                event=label(node),
                kind=kind_name(f"{kind}EventDefinition"),
            )
            yield finding(node, "unsupported_event", message)
    host = diagram.by_id.get(node.get("attachedToRef") or "")
    if host is not None and (
        ("timer" in kinds and local(host) not in ("userTask", "subProcess"))
        or ("error" in kinds and local(host) not in ("serviceTask", "subProcess"))
    ):
        message = _("{it}附着在{host}上永远不会触发；请移走或删除。", it=label(node), host=label(host))
        yield finding(node, "misplaced_boundary", message)


def _scope(diagram: Diagram, scope: Element) -> Iterator[Finding]:
    starts = scope.findall(bpmn("startEvent"))
    if not starts:
        yield finding(scope, "no_start", _("{it}没有开始事件，请画一个。", it=label(scope)))
    for extra in starts[1:]:
        if scope is diagram.process:
            message = _("{it}多余：{scope}只能有一个开始事件，请删除。", it=label(extra), scope=label(scope))
            yield finding(extra, "several_starts", message)
    if not scope.findall(bpmn("endEvent")):
        yield finding(scope, "no_end", _("{it}没有结束事件，请画一个。", it=label(scope)))
    for start in starts:
        if is_event_subprocess(scope) and start.get("isInterrupting") == "false":
            message = _("{it}不中断主流程，暂不支持；请设为中断（isInterrupting）。", it=label(start))
            yield finding(start, "not_interrupting", message)
        if scope is diagram.process and diagram.kinds(start):
            message = _("{it}由事件触发，这里暂不支持；请改为普通开始事件。", it=label(start))
            yield finding(start, "start_with_message", message)
