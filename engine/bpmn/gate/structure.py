"""The frame: one executable process, known elements in their places, ids, lanes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label
from engine.bpmn.gate.palette import CHILDREN, FLOW_NODES, instead, is_bpmn, kind_name, local
from engine.bpmn.names import BPMN, bpmn
from engine.errors import Finding
from engine.i18n import _


def check_processes(diagram: Diagram) -> Iterator[Finding]:
    """Exactly one process, executable, in at most one pool."""
    if not diagram.processes:
        yield finding(diagram.root, "no_process", _("文件里没有流程，请画一个流程再保存。"))
    elif len(diagram.processes) > 1:
        names = "、".join(label(process) for process in diagram.processes)
        message = _(
            "一个文件只能有一个流程，现有 {n} 个（{names}）；请拆成几个文件。", n=len(diagram.processes), names=names
        )
        yield finding(diagram.processes[1], "several_processes", message)
    elif diagram.processes[0].get("isExecutable") != "true":
        message = _('流程没有标为可执行，请在流程属性中勾选“可执行”（isExecutable="true"）。')
        yield finding(diagram.processes[0], "not_executable", message)
    pools = list(diagram.root.iter(bpmn("participant")))
    for pool in pools[1:]:
        yield finding(pool, "several_pools", _("{it}多余：只能有一个泳池，请删除。", it=label(pool)))
    for pool in pools:
        if diagram.referred(pool, "processRef", "process") is None:
            message = _("{it}没有对应的流程（processRef），请重新画这个泳池。", it=label(pool))
            yield finding(pool, "pool_without_process", message)


def check_elements(diagram: Diagram) -> Iterator[Finding]:
    """Only accepted elements, only where they may stand; all others are refused by name."""
    for element in diagram.root.iter(BPMN + "*"):
        parent = element.getparent()
        if parent is None or not is_bpmn(parent) or local(parent) not in CHILDREN:
            continue  # inside something that has been refused as a whole
        tag = local(element)
        if tag not in CHILDREN[local(parent)] and tag != "extensionElements":
            yield _unsupported(element, parent)
    for activity in diagram.nodes:
        yield from _refused_marks(activity)


def _unsupported(element: Element, parent: Element) -> Finding:
    tag = local(element)
    if tag.endswith("EventDefinition") and local(parent) in FLOW_NODES:
        message = _(
            "{event}暂不支持“{kind}”类型，{advice}。", event=label(parent), kind=kind_name(tag), advice=instead(tag)
        )
        return finding(element, "unsupported_event", message)
    if element.get("id") or element.get("name"):
        message = _("{it}暂不支持，{advice}。", it=label(element), advice=instead(tag))
    else:
        message = _(
            "{parent}中的“{kind}”暂不支持，{advice}。", parent=label(parent), kind=kind_name(tag), advice=instead(tag)
        )
    return finding(element, "unsupported_element", message)


def _refused_marks(activity: Element) -> Iterator[Finding]:
    if activity.get("isForCompensation") == "true":
        message = _("{it}标为补偿活动，暂不支持；请把回退步骤画成普通步骤。", it=label(activity))
        yield finding(activity, "unsupported_mark", message)
    for attribute in ("startQuantity", "completionQuantity"):
        if activity.get(attribute, "1") != "1":
            message = _("{it}的 {attribute} 只能是 1，请删除这个属性。", it=label(activity), attribute=attribute)
            yield finding(activity, "unsupported_mark", message)
    if activity.get("parallelMultiple") == "true":
        message = _("{it}不支持并行多重事件，请只保留一个事件定义。", it=label(activity))
        yield finding(activity, "unsupported_mark", message)


def check_ids(diagram: Diagram) -> Iterator[Finding]:
    """Every node has an id, and no id is used twice."""
    seen: set[str] = set()
    told: set[str] = set()
    for identity, element in diagram.ids:
        if identity in seen and identity not in told:
            told.add(identity)
            message = _("编号 {id} 用了不止一次，请给{it}换一个不同的编号。", id=identity, it=label(element))
            yield finding(element, "duplicate_id", message)
        seen.add(identity)
    for element in [*diagram.processes, *diagram.nodes]:
        if not (element.get("id") or "").strip():
            yield finding(element, "no_id", _("{it}没有编号（id），请补上。", it=label(element)))


def check_lanes(diagram: Diagram) -> Iterator[Finding]:
    """Lanes list flow nodes that exist."""
    for reference in diagram.root.iter(bpmn("flowNodeRef")):
        wanted = (reference.text or "").strip()
        if wanted not in diagram.by_id:
            lane = reference.getparent()
            assert lane is not None
            message = _("{it}引用了不存在的元素 {id}，请在设计器中重新调整泳道。", it=label(lane), id=wanted)
            yield finding(reference, "dangling_lane", message)
