"""How ad-hoc subprocesses, quantities and data associations are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import _Element as Element

from tests.engine.bpmn import build
from tests.engine.bpmn.oracle.blocks import Block

if TYPE_CHECKING:
    from tests.engine.bpmn.oracle.drawing import Drawing


def free(block: Block, inside: Drawing) -> Element:
    """An ad-hoc subprocess around what `inside` gets drawn."""
    for child in block.inner:
        inside.draw(child)
    marks = {
        "ordering": "Sequential" if "sequential" in block.word else "Parallel",
        "cancelRemainingInstances": str("keep" not in block.word).lower(),
    }
    enough = build.text("completionCondition", f"pick >= {block.number}")
    flows = "\n".join(inside.flows)
    return build.scope("adHocSubProcess", block.id, *inside.elements, enough, flows=flows, **marks)


def bundle(block: Block, drawing: Drawing) -> tuple[str, str]:
    """Three activities in a row with quantities on the outer ones."""
    ends = [drawing.draw(child) for child in block.inner]
    drawn = {element.get("id"): element for element in drawing.elements}
    drawn[ends[0][1]].set("completionQuantity", str(block.number))
    drawn[ends[2][0]].set("startQuantity", str(block.number))
    drawing.flows += [f"{ends[0][1]} > {ends[1][0]}", f"{ends[1][1]} > {ends[2][0]}"]
    return ends[0][0], ends[2][1]


def note(block: Block) -> list[Element]:
    """A manual task that reads the data object `pick` and writes one of its own."""
    id = block.id
    box = build.element(
        "ioSpecification",
        None,
        build.element("dataInput", f"{id}_in", name=f"twice_{id}"),
        build.element("dataOutput", f"{id}_out", name=f"more_{id}"),
        build.element("inputSet", None),
        build.element("outputSet", None),
    )
    reads = build.element(
        "dataInputAssociation",
        None,
        build.text("sourceRef", f"{id}_read"),
        build.text("targetRef", f"{id}_in"),
        build.text("transformation", "pick * 2"),
    )
    writes = build.element(
        "dataOutputAssociation",
        None,
        build.text("sourceRef", f"{id}_out"),
        build.text("targetRef", f"{id}_written"),
        build.text("transformation", f"twice_{id} + 1"),
    )
    objects = []
    for end, name in (("read", "pick"), ("written", f"kept_{id}")):
        objects.append(build.element("dataObject", f"{id}_{end}_data"))
        objects.append(build.element("dataObjectReference", f"{id}_{end}", dataObjectRef=f"{id}_{end}_data", name=name))
    return [build.element("manualTask", id, box, reads, writes, name=id), *objects]
