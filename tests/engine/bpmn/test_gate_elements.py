"""Elements that are not accepted, and the frame: process, pools, ids, lanes."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import element, end, multi, start, text, user
from tests.engine.bpmn.grammar import diagram
from tests.engine.bpmn.refused import LINE, PLAIN, XMLNS, assert_refused, bounded, collaborating, drawn, one, task

CASES: list[tuple[str, str, bytes]] = [
    ("unsupported_element", "a", drawn('<bpmn:choreographyTask id="a2" name="x"/>').replace(b'"a2"', b'"a"')),
    ("unsupported_element", "c", PLAIN.replace(b"<bpmn:process", b'<bpmn:choreography id="c"/><bpmn:process', 1)),
    ("unsupported_element", "k", collaborating('<bpmn:correlationKey id="k" name="k"/>')),
    ("unsupported_element", "k", drawn('<bpmn:correlationSubscription id="k"/>')),
    *(
        ("unsupported_element", "r", task(element(tag, "r")))
        for tag in ("potentialOwner", "humanPerformer", "performer", "resourceRole")
    ),
    ("unsupported_element", "a", task(element("startEvent"))),
    ("unsupported_element", "a", task(text("script", "1"))),
    ("unsupported_element", "a", task(text("conditionExpression", "1"))),
    ("unsupported_element", "a", one(element("exclusiveGateway", "a", multi()))),
    ("unsupported_element", "demo", drawn("<bpmn:timerEventDefinition/>")),
    ("unsupported_element", "x", drawn('<bpmn:process id="x" isExecutable="false"/>')),
    ("unsupported_element", "demo", drawn("<bpmn:nonsense/>")),
    ("foreign_element", "a", task().replace(b'name="A"/>', b'name="A"><camunda:assignee/></bpmn:userTask>')),
    (
        "misplaced_event",
        "x",
        bounded(element("boundaryEvent", "x", element("terminateEventDefinition"), attachedToRef="a")),
    ),
    (
        "must_understand",
        "definitions",
        PLAIN.replace(b"<bpmn:process", b'<bpmn:extension mustUnderstand="true"/><bpmn:process', 1),
    ),
    ("no_process", "definitions", f'<definitions id="definitions" {XMLNS}/>'.encode()),
    (
        "several_processes",
        "p2",
        PLAIN.replace(b"</bpmn:definitions>", b'<bpmn:process id="p2" isExecutable="true"/></bpmn:definitions>'),
    ),
    ("not_executable", "demo", PLAIN.replace(b'isExecutable="true"', b'isExecutable="false"')),
    ("not_executable", "demo", PLAIN.replace(b' isExecutable="true"', b"")),
    (
        "several_pools",
        "p2",
        collaborating('<bpmn:participant id="p1" processRef="demo"/><bpmn:participant id="p2" processRef="demo"/>'),
    ),
    (
        "pool_without_process",
        "p1",
        collaborating('<bpmn:participant id="p1" processRef="x"/>'),
    ),
    ("duplicate_id", "a", diagram(start(), user("a"), user("a"), end(), flows=LINE)),
    ("duplicate_id", "a", PLAIN.replace(b'id="demo_f2"', b'id="a"')),
    ("no_id", "demo", PLAIN.replace(b'<bpmn:userTask id="a"', b"<bpmn:userTask")),
    (
        "dangling_lane",
        "l",
        drawn('<bpmn:laneSet><bpmn:lane id="l"><bpmn:flowNodeRef>gone</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'),
    ),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
