"""Elements that are not accepted, and the frame: process, pools, ids, lanes."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import boundary, element, end, multi, start, text, timer, user
from tests.engine.bpmn.grammar import diagram
from tests.engine.bpmn.refused import LINE, PLAIN, XMLNS, assert_refused, bounded, collaborating, drawn, one, task

CASES: list[tuple[str, str, bytes]] = [
    ("unsupported_element", "a", one(element("complexGateway", "a", name="投票"))),
    ("unsupported_element", "a", one(element("inclusiveGateway", "a"))),
    ("unsupported_element", "a", one(element("eventBasedGateway", "a"))),
    ("unsupported_element", "a", one(element("task", "a"))),
    ("unsupported_element", "a", one(element("manualTask", "a"))),
    ("unsupported_element", "a", one(element("sendTask", "a"))),
    ("unsupported_element", "a", one(element("receiveTask", "a"))),
    ("unsupported_element", "a", one(element("callActivity", "a", calledElement="other"))),
    ("unsupported_element", "a", one(element("transaction", "a"))),
    ("unsupported_element", "a", one(element("adHocSubProcess", "a"))),
    ("unsupported_element", "a", one(element("intermediateThrowEvent", "a"))),
    ("unsupported_element", "d", diagram(start(), element("dataObject", "d"), user("a"), end(), flows=LINE)),
    ("unsupported_element", "d", diagram(start(), element("dataStoreReference", "d"), user("a"), end(), flows=LINE)),
    ("unsupported_element", "a", task(element("standardLoopCharacteristics"))),
    ("unsupported_element", "a", task(element("ioSpecification"))),
    (
        "unsupported_element",
        "s",
        diagram(
            start(),
            element("serviceTask", "s", multi(), camunda_type="external", camunda_topic="a.b"),
            end(),
            flows="start > s > end",
        ),
    ),
    (
        "unsupported_element",
        "a",
        task(element("multiInstanceLoopCharacteristics", None, text("loopCardinality", "3"), camunda_collection="= l")),
    ),
    ("unsupported_mark", "a", task(isForCompensation="true")),
    ("unsupported_mark", "a", task(startQuantity="2")),
    ("unsupported_mark", "a", task(multi(behavior="None"))),
    ("unsupported_event", "end", diagram(start(), user("a"), end("end", element("errorEventDefinition")), flows=LINE)),
    (
        "unsupported_event",
        "end",
        diagram(start(), user("a"), end("end", element("messageEventDefinition")), flows=LINE),
    ),
    ("unsupported_event", "start", diagram(start("start", timer("P1D")), user("a"), end(), flows=LINE)),
    (
        "unsupported_event",
        "start",
        diagram(start("start", element("signalEventDefinition")), user("a"), end(), flows=LINE),
    ),
    ("unsupported_event", "a", one(element("intermediateCatchEvent", "a", element("messageEventDefinition")))),
    ("unsupported_event", "a", one(element("intermediateCatchEvent", "a", element("linkEventDefinition")))),
    ("unsupported_event", "x", bounded(boundary("x", "a", element("escalationEventDefinition")))),
    ("unsupported_event", "x", bounded(boundary("x", "a", element("compensateEventDefinition")))),
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
    (
        "unsupported_element",
        "mf",
        collaborating('<bpmn:messageFlow id="mf" sourceRef="a" targetRef="start"/>'),
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
