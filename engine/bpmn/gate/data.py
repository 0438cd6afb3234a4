"""Data: what is read and written where (BPMN 2.0, 10.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.activities import unusable
from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.palette import DATA_TAGS, SUBPROCESS_TAGS, local
from engine.bpmn.names import PLACEHOLDER, bpmn
from engine.errors import Finding
from engine.i18n import _

_SETS = {
    "dataInputRefs": "dataInput",
    "optionalInputRefs": "dataInput",
    "whileExecutingInputRefs": "dataInput",
    "dataOutputRefs": "dataOutput",
    "optionalOutputRefs": "dataOutput",
    "whileExecutingOutputRefs": "dataOutput",
    "inputSetRefs": "inputSet",
    "outputSetRefs": "outputSet",
}


def check_data(diagram: Diagram) -> Iterator[Finding]:
    """Associations, references and loops name data that is there and that can be seen from where they stand."""
    for element in diagram.elements:
        tag = local(element)
        if tag in ("dataInputAssociation", "dataOutputAssociation"):
            yield from _association(diagram, element, tag == "dataInputAssociation")
        elif tag == "ioSpecification":
            yield from _specification(diagram, element)
        elif tag == "dataObjectReference":
            data = diagram.referred(element, "dataObjectRef", "dataObject")
            if data is not None and not _is_around(data.getparent(), element):
                message = _(
                    "{it}引用的{data}画在另一层里，这里看不到；请移到同一层或外层。",
                    it=label(element),
                    data=label(data),
                )
                yield finding(element, "data_elsewhere", message)
        elif tag in ("loopDataInputRef", "loopDataOutputRef"):
            yield from _variable(diagram, element)
        elif tag in ("inputDataItem", "outputDataItem"):
            yield from unusable(element, element.get("name") or element.get("id") or "")


def _association(diagram: Diagram, association: Element, comes_in: bool) -> Iterator[Finding]:
    owner = association.getparent()
    assert owner is not None
    sources, targets = association.findall(bpmn("sourceRef")), association.findall(bpmn("targetRef"))
    own, outer = (targets, sources) if comes_in else (sources, targets)
    moves = _moves(diagram, association, sources, targets)
    for reference in own:
        yield from _variable(diagram, reference)
    for reference in outer:
        if (reference.text or "").strip() in diagram.by_id and moves:
            yield from _variable(diagram, reference)
        else:
            yield from _known(diagram, reference, DATA_TAGS)
    if not targets:
        message = _("{it}的数据关联没有终点，请重新画。", it=label(owner))
        yield finding(owner, "no_data_target", message)
    if len(sources) > 1 and association.find(bpmn("transformation")) is None:
        message = _(
            "{it}的数据关联有 {n} 个起点，必须写明怎样合成一个值（transformation）。", it=label(owner), n=len(sources)
        )
        yield finding(owner, "several_sources", message)
    for reference in own:
        data = diagram.by_id.get((reference.text or "").strip())
        if data is not None and local(data) in DATA_TAGS and not _is_around(owner, data):
            message = _(
                "{it}的数据关联应接到它自己的数据输入或输出，而不是{data}；请重新画。",
                it=label(owner),
                data=label(data),
            )
            yield finding(owner, "misplaced_data", message)
    for reference in outer:
        data = diagram.by_id.get((reference.text or "").strip())
        scope = None if data is None else data.getparent()
        if data is not None and local(data) in DATA_TAGS and not _is_around(_holder(scope), owner):
            message = _(
                "{it}的数据关联接到的{data}画在另一层里，这里看不到；请移到同一层或外层。",
                it=label(owner),
                data=label(data),
            )
            yield finding(owner, "data_elsewhere", message)
    for assignment in association.findall(bpmn("assignment")):
        if not all((assignment.findtext(bpmn(tag)) or "").strip() for tag in ("from", "to")):
            message = _("{it}的数据赋值必须写明从哪里来、到哪里去（from、to）。", it=label(owner))
            yield finding(owner, "half_assignment", message)
        name = (assignment.findtext(bpmn("to")) or "").strip().removeprefix("=").strip()
        if name and name not in diagram.by_id:
            yield from unusable(owner, name)


def _holder(element: Element | None) -> Element | None:
    """The process or activity around a piece of data; an `ioSpecification` is only its box."""
    return element.getparent() if element is not None and local(element) == "ioSpecification" else element


def _is_around(outer: Element | None, element: Element) -> bool:
    at: Element | None = element
    while at is not None and at is not outer:
        at = at.getparent()
    return at is not None and outer is not None


def _specification(diagram: Diagram, box: Element) -> Iterator[Finding]:
    owner = box.getparent()
    assert owner is not None
    if local(owner) in SUBPROCESS_TAGS:
        message = _(
            "{it}是子流程，不能有数据输入输出（ioSpecification）；请删除，子流程看得到外层的数据。", it=label(owner)
        )
        yield finding(owner, "misplaced_data", message)
    for group in [*box.findall(bpmn("inputSet")), *box.findall(bpmn("outputSet"))]:
        for reference in group:
            if local(reference) in _SETS:
                yield from _known(diagram, reference, frozenset({_SETS[local(reference)]}))


def _moves(diagram: Diagram, association: Element, sources: list[Element], targets: list[Element]) -> bool:
    """Whether an association hands anything over; an arrow that bpmn-js drew only says what is read or written."""
    if association.find(bpmn("assignment")) is not None:
        return True
    ends = [diagram.by_id.get((reference.text or "").strip()) for reference in targets]
    if any(end is not None and end.get("name") == PLACEHOLDER for end in ends):
        return False
    return bool(sources) or association.find(bpmn("transformation")) is not None


def _variable(diagram: Diagram, reference: Element) -> Iterator[Finding]:
    """A reference to data that are a variable: drawn ones by their name, others by the very text."""
    wanted = (reference.text or "").strip()
    found = diagram.by_id.get(wanted)
    if found is None and re.fullmatch(r"[^\W\d]\w*", wanted):
        return  # the name of a variable
    if found is None or local(found) not in DATA_TAGS:
        yield from _known(diagram, reference, DATA_TAGS)
    elif local(found) != "dataStoreReference":
        yield from unusable(found, _name(diagram, found))


def _name(diagram: Diagram, data: Element) -> str:
    """The variable that a piece of data is; that of a data object bears its name, else that of its first reference."""
    if local(data) == "dataObject":
        object_id = data.get("id") or ""
    elif local(data) == "dataObjectReference":
        object_id = data.get("dataObjectRef") or ""
    else:
        return data.get("name") or data.get("id") or ""
    return diagram.data_names.get(object_id) or object_id


def _known(diagram: Diagram, reference: Element, tags: frozenset[str]) -> Iterator[Finding]:
    wanted = (reference.text or "").strip()
    found = diagram.by_id.get(wanted)
    if found is None or local(found) not in tags:
        owner = reference
        while owner.get("id") is None or local(owner).endswith(
            ("Association", "Characteristics", "Set", "Specification")
        ):
            parent = owner.getparent()
            if parent is None:
                break
            owner = parent
        message = _(
            "{it}引用的数据 {id} 不存在，请重新选择或删除（{attribute}）。",
            it=label(owner),
            id=short(wanted) or _("（空）"),
            attribute=local(reference),
        )
        yield finding(owner, "dangling_data", message)
