"""Loops, quantities, compensation and data."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.bpmn.build import boundary, element, end, error, multi, service, start, sub, text, timer, user
from tests.engine.bpmn.grammar import compensate, diagram, joined
from tests.engine.bpmn.refused import LINE, assert_refused, bounded, drawn, one, task


def instances(*children: Any, **attributes: Any) -> bytes:
    return task(element("multiInstanceLoopCharacteristics", None, *children, **attributes))


def rounds(*children: Any, **attributes: Any) -> bytes:
    return task(element("standardLoopCharacteristics", None, *children, **attributes))


def undone(*nodes: Any, event: Any = None, flows: str = "") -> bytes:
    """A task `a` with a compensation event `x`, and whatever else."""
    event = boundary("x", "a", compensate()) if event is None else event
    return diagram(start(), service("a"), event, *nodes, end(), flows=f"{LINE}\n{flows}")


def undo(id: str = "u", **attributes: Any) -> Any:
    return user(id, isForCompensation="true", **attributes)


def moved(*children: Any, tag: str = "dataInputAssociation", tops: str = "") -> bytes:
    """A task `a` with a data association, beside data objects `d` and `r`."""
    drawn_data = f'<bpmn:dataObject id="d"/><bpmn:dataObjectReference id="r" dataObjectRef="d"/>{tops}'
    return one(user("a", element("property", "own"), element(tag, "da", *children))).replace(
        b"<bpmn:startEvent", drawn_data.encode() + b"<bpmn:startEvent", 1
    )


def specified(text_: str) -> bytes:
    box = f"<bpmn:ioSpecification>{text_}</bpmn:ioSpecification>"
    return task(element("documentation")).replace(b"<bpmn:documentation/>", box.encode())


REF = text("loopDataInputRef", "own")
CASES: list[tuple[str, str, bytes]] = [
    ("bad_quantity", "a", task(startQuantity="0")),
    ("bad_quantity", "a", task(startQuantity="-1")),
    ("bad_quantity", "a", task(startQuantity="two")),
    ("bad_quantity", "a", task(startQuantity="")),
    ("bad_quantity", "a", task(completionQuantity="1.5")),
    ("bad_quantity", "a", task(completionQuantity="1000000000")),
    ("bad_quantity", "a", task(completionQuantity="1" * 5000)),
    ("bad_quantity", "a", rounds(loopMaximum="0")),
    ("bad_quantity", "a", rounds(loopMaximum="-3")),
    ("bad_quantity", "a", rounds(loopMaximum="many")),
    ("bad_quantity", "a", rounds(loopMaximum="9" * 5000)),
    ("no_loop_condition", "a", rounds()),
    ("no_loop_condition", "a", rounds(text("loopCondition", " "))),
    ("bad_expression", "a", rounds(text("loopCondition", "x >"))),
    ("bad_value", "a", rounds(text("loopCondition", "x"), testBefore="maybe")),
    ("repeated_element", "a", rounds(text("loopCondition", "x"), text("loopCondition", "y"))),
    ("several_loops", "a", task(multi(), element("standardLoopCharacteristics", None, loopMaximum="3"))),
    ("several_loops", "a", task(multi(), multi())),
    (
        "misplaced_loop",
        "w",
        diagram(
            start(),
            user("a"),
            end(),
            sub(
                "w",
                element("multiInstanceLoopCharacteristics", None, text("loopCardinality", "3")),
                start("w1", timer("P1D")),
                end("e"),
                flows="w1 > e",
                triggeredByEvent="true",
            ),
            flows=LINE,
        ),
    ),
    ("no_collection", "a", instances()),
    ("no_collection", "a", instances(text("loopCardinality", ""))),
    ("several_collections", "a", instances(text("loopCardinality", "3"), camunda_collection="= l")),
    ("several_collections", "a", instances(text("loopCardinality", "3"), REF)),
    ("bad_quantity", "a", instances(text("loopCardinality", "-1"))),
    ("bad_quantity", "a", instances(text("loopCardinality", "2.5"))),
    ("bad_quantity", "a", instances(text("loopCardinality", "1000000000"))),
    ("bad_expression", "a", instances(text("loopCardinality", "3 +"))),
    ("dangling_data", "a", instances(text("loopDataInputRef", "not a name"))),
    ("bad_variable", "item", instances(text("loopCardinality", "2"), element("inputDataItem", "item", name="x y"))),
    (
        "reserved_variable",
        "item",
        instances(text("loopCardinality", "2"), element("inputDataItem", "item", name="case")),
    ),
    ("dangling_data", "a", instances(text("loopDataInputRef", "start"))),
    ("dangling_data", "a", instances(text("loopCardinality", "2"), text("loopDataOutputRef", "end"))),
    ("half_output", "a", instances(text("loopCardinality", "2"), element("outputDataItem", "o"))),
    ("bad_value", "a", instances(text("loopCardinality", "2"), behavior="Some")),
    ("no_behavior_event", "a", instances(text("loopCardinality", "2"), behavior="One")),
    ("no_behavior_event", "a", instances(text("loopCardinality", "2"), behavior="None", noneBehaviorEventRef="a")),
    ("no_behavior_event", "a", instances(text("loopCardinality", "2"), behavior="Complex")),
    (
        "no_condition",
        "a",
        instances(text("loopCardinality", "2"), element("complexBehaviorDefinition"), behavior="Complex"),
    ),
    (
        "misplaced_event",
        "a",
        instances(
            text("loopCardinality", "2"),
            element("complexBehaviorDefinition", None, text("condition", "x"), element("event", None, error())),
            behavior="Complex",
        ),
    ),
    ("no_handler", "x", undone()),
    ("no_handler", "x", undone(element("textAnnotation", "t"), joined("x", "t"))),
    ("not_for_compensation", "x", undone(user("u"), joined("x", "u"), flows="a > u > end")),
    ("several_handlers", "x", undone(undo("u"), undo("v"), joined("x", "u"), joined("x", "v"))),
    ("several_handlers", "y", undone(boundary("y", "a", compensate()), undo(), joined("x", "u"), joined("y", "u"))),
    ("compensation_with_flows", "x", undone(undo(), joined("x", "u"), flows="x > end")),
    ("compensation_with_flows", "u", undone(undo(), joined("x", "u"), flows="u > end")),
    ("compensation_with_flows", "u", undone(undo(), joined("x", "u"), flows="a > u")),
    ("handler_unused", "u", bounded(undo())),
    (
        "handler_elsewhere",
        "x",
        undone(sub("s", start("s1"), undo(), end("e1"), flows="s1 > e1"), joined("x", "u"), flows="a > s > end"),
    ),
    (
        "several_handlers",
        "v",
        diagram(
            start(),
            user("a"),
            end(),
            *(
                sub(id, start(f"{id}1", compensate()), end(f"{id}2"), flows=f"{id}1 > {id}2", triggeredByEvent="true")
                for id in ("w", "v")
            ),
            flows=LINE,
        ),
    ),
    ("not_for_compensation", "w", drawn('<bpmn:subProcess id="w" triggeredByEvent="true" isForCompensation="true"/>')),
    ("bad_value", "a", task(isForCompensation="perhaps")),
    ("dangling_data", "a", moved(text("sourceRef", "gone"), text("targetRef", "own"))),
    ("dangling_data", "a", moved(text("sourceRef", "r"), text("targetRef", "go.ne"))),
    (
        "bad_variable",
        "r",
        moved(text("sourceRef", "r"), text("targetRef", "own")).replace(b'id="r"', b'id="r" name="x + y"'),
    ),
    (
        "bad_variable",
        "a",
        moved(text("targetRef", "own"), element("assignment", None, text("from", "1"), text("to", "a.b"))),
    ),
    ("dangling_data", "a", moved(text("sourceRef", "end"), text("targetRef", "own"))),
    ("no_data_target", "a", moved(text("sourceRef", "r"))),
    ("misplaced_data", "a", moved(text("sourceRef", "r"), text("targetRef", "d"))),
    ("misplaced_data", "a", moved(text("sourceRef", "r"), text("targetRef", "r"), tag="dataOutputAssociation")),
    ("several_sources", "a", moved(text("sourceRef", "r"), text("sourceRef", "d"), text("targetRef", "own"))),
    ("repeated_element", "da", moved(text("sourceRef", "r"), text("targetRef", "own"), text("targetRef", "own"))),
    (
        "half_assignment",
        "a",
        moved(text("sourceRef", "r"), text("targetRef", "own"), element("assignment", None, text("from", "1"))),
    ),
    (
        "bad_expression",
        "da",
        moved(
            text("targetRef", "own"),
            element("assignment", None, text("from", "1 +"), text("to", "own")),
        ),
    ),
    ("bad_expression", "da", moved(text("sourceRef", "r"), text("targetRef", "own"), text("transformation", "("))),
    (
        "data_elsewhere",
        "r2",
        drawn(
            '<bpmn:subProcess id="s"><bpmn:dataObject id="d"/></bpmn:subProcess>'
            '<bpmn:dataObjectReference id="r2" dataObjectRef="d"/>'
        ),
    ),
    (
        "data_elsewhere",
        "a",
        moved(
            text("sourceRef", "hidden"),
            text("targetRef", "own"),
            tops='<bpmn:subProcess id="s"><bpmn:dataObject id="hidden"/></bpmn:subProcess>',
        ),
    ),
    ("dangling_data", "a", specified("<bpmn:inputSet><bpmn:dataInputRefs>gone</bpmn:dataInputRefs></bpmn:inputSet>")),
    ("dangling_data", "a", specified("<bpmn:outputSet><bpmn:dataOutputRefs>a</bpmn:dataOutputRefs></bpmn:outputSet>")),
    (
        "misplaced_data",
        "s",
        diagram(
            start(),
            sub("s", element("ioSpecification"), start("s1"), end("e1"), flows="s1 > e1"),
            end(),
            flows="start > s > end",
        ),
    ),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
