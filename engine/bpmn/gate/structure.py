"""The frame: one executable process, known elements in their places, ids, lanes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.palette import CHILDREN, EVENT_DEFINITIONS, ONCE, OPAQUE, TEXTS, is_bpmn, local
from engine.bpmn.gate.words import instead, kind_name
from engine.errors import Finding
from engine.i18n import _


def check_processes(diagram: Diagram) -> Iterator[Finding]:
    """Exactly one process is executable, and drawn in one pool at most; the others are partners."""
    executable = [process for process in diagram.processes if process.get("isExecutable") == "true"]
    if diagram.process is None:
        yield finding(diagram.root, "no_process", _("文件里没有流程，请画一个流程再保存。"))
    elif len(executable) > 1:
        names = "、".join(label(process) for process in executable[:5])
        message = _(
            "一个文件只能有一个可执行的流程，现有 {n} 个（{names}）；请拆成几个文件，或取消其余流程的“可执行”。",
            n=len(executable),
            names=names,
        )
        yield finding(executable[1], "several_processes", message)
    elif not executable:
        message = _('流程没有标为可执行，请在流程属性中勾选“可执行”（isExecutable="true"）。')
        yield finding(diagram.process, "not_executable", message)
    drawn: set[str] = set()
    for pool in diagram.elements:
        if local(pool) != "participant" or pool.get("processRef") is None:
            continue  # a pool without a process is a partner of whom nothing else is known
        wanted = (pool.get("processRef") or "").rpartition(":")[2]
        if diagram.declared(wanted, "process") is None:
            yield finding(
                pool, "pool_without_process", _("{it}没有对应的流程（processRef），请重新画这个泳池。", it=label(pool))
            )
        elif wanted in drawn:
            message = _("{it}多余：它的流程已经画在另一个泳池里，请删除。", it=label(pool))
            yield finding(pool, "several_pools", message)
        drawn.add(wanted)


def check_elements(diagram: Diagram) -> Iterator[Finding]:
    """Only known elements, only where they may stand, and as often as they may; all others are refused by name."""
    for parent in diagram.elements:
        tag = local(parent)
        if tag in TEXTS and len(parent):
            message = _("{it}的文字中夹有标签，只会读到一半；请只写文字。", it=_owner(parent))
            yield finding(parent, "mixed_text", message)
            continue
        if tag == "extension" and parent.get("mustUnderstand") == "true":
            message = _(
                "文件要求读取者懂得扩展 {name}，这里不懂；请删除这个扩展。", name=short(parent.get("definition"))
            )
            yield finding(parent, "must_understand", message)
        allowed = CHILDREN.get(tag)
        if allowed is None or tag in OPAQUE:
            continue  # refused as a whole, or of no meaning here
        seen: set[str] = set()
        for child in parent:
            name = local(child)
            if not is_bpmn(child):
                if tag != "definitions":
                    message = _(
                        "{it}中的 {name} 不是 BPMN 元素，在这里不起作用；请删除，或放进扩展元素（extensionElements）。",
                        it=label(parent),
                        name=short(etree.QName(child).localname),
                    )
                    yield finding(parent, "foreign_element", message)
            elif name not in allowed:
                yield _misplaced(child, parent)
            elif name in ONCE and name in seen:
                message = _(
                    "{it}中的“{kind}”有多个，只能有一个；请删除多余的。", it=label(parent), kind=kind_name(name)
                )
                yield finding(child, "repeated_element", message)
            seen.add(name)


def _misplaced(element: Element, parent: Element) -> Finding:
    tag = local(element)
    if tag.endswith("EventDefinition") and local(parent) in EVENT_DEFINITIONS:
        message = _("{event}不能是“{kind}”类型，请改用其他类型。", event=label(parent), kind=kind_name(tag))
        return finding(element, "misplaced_event", message)
    if element.get("id") or element.get("name"):
        message = _("{it}不能执行，{advice}。", it=label(element), advice=instead(tag))
    else:
        message = _(
            "{parent}中的“{kind}”不能执行，{advice}。", parent=label(parent), kind=kind_name(tag), advice=instead(tag)
        )
    return finding(element, "unsupported_element", message)


def _owner(element: Element) -> str:
    at = element
    while at.get("id") is None and (parent := at.getparent()) is not None:
        at = parent
    return label(at)


def check_ids(diagram: Diagram) -> Iterator[Finding]:
    """Every node has an id and no id is used twice."""
    seen: set[str] = set()
    told: set[str] = set()
    for identity, element in diagram.ids:
        if identity in seen and identity not in told:
            told.add(identity)
            message = _("编号 {id} 用了不止一次，请给{it}换一个不同的编号。", id=short(identity), it=label(element))
            yield finding(element, "duplicate_id", message)
        seen.add(identity)
    for element in [*([] if diagram.process is None else [diagram.process]), *diagram.nodes]:
        if not (element.get("id") or "").strip():
            yield finding(element, "no_id", _("{it}没有编号（id），请补上。", it=label(element)))


def check_lanes(diagram: Diagram) -> Iterator[Finding]:
    """Lanes list elements of the process that they are drawn in."""
    for reference in diagram.elements:
        if local(reference) != "flowNodeRef":
            continue
        wanted = (reference.text or "").strip()
        if wanted not in diagram.by_id:
            lane = reference.getparent()
            assert lane is not None
            message = _("{it}引用了不存在的元素 {id}，请在设计器中重新调整泳道。", it=label(lane), id=short(wanted))
            yield finding(reference, "dangling_lane", message)
