"""References that lead nowhere, and definitions that say too little."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import boundary, element, end, error, message, service, start, sub, text, timer, user
from tests.engine.bpmn.grammar import awaited, caught, compensate, condition, diagram, escalation, signal, thrown
from tests.engine.bpmn.refused import LINE, PLAIN, assert_refused, bounded, collaborating, drawn, one, task


def ended(*definitions: object, tops: tuple[object, ...] = ()) -> bytes:
    return diagram(*tops, start(), user("a"), end("end", *definitions), flows=LINE)  # type: ignore[arg-type]


def timed(**times: str) -> bytes:
    return one(caught("a", element("timerEventDefinition", None, *[text(tag, value) for tag, value in times.items()])))


def marked(tag: str, reference: str) -> bytes:
    """The plain process whose task lists a flow."""
    return PLAIN.replace(
        b'<bpmn:userTask id="a" name="A"/>',
        f'<bpmn:userTask id="a" name="A"><bpmn:{tag}>{reference}</bpmn:{tag}></bpmn:userTask>'.encode(),
    )


POOLS = (
    '<bpmn:participant id="p1" processRef="demo"/><bpmn:participant id="p2"/>'
    '<bpmn:messageFlow id="mf" sourceRef="{}" targetRef="{}"/>'
)
CASES: list[tuple[str, str, bytes]] = [
    ("dangling_message", "a", one(caught("a", element("messageEventDefinition")))),
    ("dangling_message", "a", one(caught("a", awaited("gone")))),
    ("dangling_message", "a", one(caught("a", awaited("demo")))),
    ("dangling_message", "a", one(element("receiveTask", "a"))),
    ("dangling_message", "a", one(element("receiveTask", "a", messageRef="gone"))),
    ("dangling_message", "a", one(element("sendTask", "a", messageRef="start"))),
    ("dangling_message", "a", one(element("sendTask", "a"))),
    ("dangling_message", "a", one(thrown("a", element("messageEventDefinition")))),
    ("message_without_name", "a", one(element("receiveTask", "a", messageRef="m"), element("message", "m"))),
    ("dangling_signal", "a", one(caught("a", element("signalEventDefinition")))),
    ("dangling_signal", "a", one(caught("a", signal("gone")))),
    ("dangling_signal", "a", one(thrown("a", signal("m")), message("m"))),
    ("signal_without_name", "a", one(caught("a", signal("s")), element("signal", "s", name=" "))),
    ("dangling_error", "x", bounded(boundary("x", "a", error("gone")), host=service("a"))),
    ("dangling_error", "end", ended(error("m"), tops=(message("m"),))),
    ("error_without_code", "end", ended(error())),
    ("error_without_code", "end", ended(error("E"), tops=(element("error", "E"),))),
    ("dangling_escalation", "end", ended(escalation("gone"))),
    ("escalation_without_code", "end", ended(escalation())),
    ("escalation_without_code", "a", one(thrown("a", escalation("E")), element("escalation", "E"))),
    ("duplicate_escalation", "x", bounded(boundary("x", "a", escalation()), boundary("y", "a", escalation()))),
    ("no_condition", "a", one(caught("a", element("conditionalEventDefinition")))),
    ("no_condition", "a", one(caught("a", condition(" ")))),
    ("bad_expression", "a", one(caught("a", condition("x >")))),
    ("bad_expression", "a", one(caught("a", condition("{x}")))),
    (
        "mixed_text",
        "a",
        one(caught("a", condition("x"))).replace(b"<bpmn:condition>x", b"<bpmn:condition>x &lt; <b>1</b>"),
    ),
    (
        "mixed_text",
        "a",
        one(caught("a", condition("x"))).replace(
            b"<bpmn:condition>x", b"<bpmn:condition>x <bpmn:documentation/> and y"
        ),
    ),
    ("dangling_definition", "a", one(caught("a", text("eventDefinitionRef", "gone")))),
    ("dangling_definition", "a", one(caught("a", text("eventDefinitionRef", "start")))),
    ("no_time", "a", timed()),
    ("no_time", "a", timed(timeCycle=" ")),
    ("several_times", "a", timed(timeCycle="R3/PT1H", timeDuration="P1D")),
    ("bad_time", "a", timed(timeDuration="P101Y")),
    ("bad_time", "a", timed(timeDuration="-P1D")),
    ("bad_time", "a", timed(timeDuration="P")),
    ("bad_time", "a", timed(timeDuration="PT")),
    ("bad_time", "a", timed(timeDuration="9" * 400)),
    ("bad_time", "a", timed(timeDuration="P99999999999999999999D")),
    ("bad_time", "a", timed(timeDuration="PT9999999H")),
    ("bad_time", "a", timed(timeDate="2026-13-01")),
    ("bad_time", "a", timed(timeDate="2026-02-30T00:00:00")),
    ("bad_time", "a", timed(timeDate="0000-01-01T00:00:00")),
    ("bad_time", "a", timed(timeDate="P1D")),
    ("bad_time", "a", timed(timeCycle="P1D")),
    ("bad_time", "a", timed(timeCycle="R0/P1D")),
    ("bad_time", "a", timed(timeCycle="R/PT0S")),
    ("bad_time", "a", timed(timeCycle="R-1/P1D")),
    ("bad_time", "a", timed(timeCycle="R3/P101Y")),
    ("bad_time", "a", timed(timeCycle="R3/2026-11-06/2026-11-07")),
    ("bad_time", "a", timed(timeCycle="R" + "9" * 5000 + "/P1D")),
    ("bad_time", "a", timed(timeCycle="0 0 9-17 * * 2-6")),
    ("bad_time", "a", timed(timeCycle="/" * 1000)),
    ("dangling_activity", "a", one(thrown("a", compensate(activityRef="gone")))),
    ("dangling_activity", "a", one(thrown("a", compensate(activityRef="start")))),
    (
        "activity_elsewhere",
        "a",
        diagram(
            start(),
            thrown("a", compensate(activityRef="b")),
            sub("s", start("s1"), user("b"), end("e1"), flows="s1 > b > e1"),
            end(),
            flows="start > a > s > end",
        ),
    ),
    ("no_called", "a", one(element("callActivity", "a"))),
    ("no_called", "a", one(element("callActivity", "a", calledElement=" "))),
    ("called_here", "a", one(element("callActivity", "a", calledElement="g"), element("globalTask", "g"))),
    ("dangling_reference", "a", one(element("serviceTask", "a", operationRef="gone"))),
    ("dangling_reference", "a", one(element("sendTask", "a", operationRef="a"))),
    ("dangling_item", "m", one(user("a"), element("message", "m", name="m", itemRef="gone"))),
    ("dangling_item", "d", drawn('<bpmn:dataObject id="d" itemSubjectRef="gone"/>')),
    ("dangling_data", "d", drawn('<bpmn:dataObjectReference id="d" dataObjectRef="gone"/>')),
    ("dangling_data", "d", drawn('<bpmn:dataObjectReference id="d"/>')),
    ("dangling_data", "d", drawn('<bpmn:dataObjectReference id="d" dataObjectRef="a"/>')),
    ("dangling_data", "d", drawn('<bpmn:dataStoreReference id="d" dataStoreRef="gone"/>')),
    ("dangling_reference", "g", drawn('<bpmn:group id="g" categoryValueRef="gone"/>')),
    ("flow_mismatch", "a", marked("incoming", "gone")),
    ("flow_mismatch", "a", marked("incoming", "demo_f2")),
    ("flow_mismatch", "a", marked("outgoing", "demo_f1")),
    ("flow_mismatch", "a", marked("outgoing", "start")),
    ("dangling_association", "as", drawn('<bpmn:association id="as" sourceRef="a" targetRef="gone"/>')),
    ("dangling_association", "as", drawn('<bpmn:association id="as" targetRef="a"/>')),
    ("bad_value", "as", drawn('<bpmn:association id="as" associationDirection="Up" sourceRef="a" targetRef="end"/>')),
    ("pool_without_process", "p", collaborating('<bpmn:participant id="p" processRef="start"/>')),
    ("pool_without_process", "p", collaborating('<bpmn:participant id="p" processRef=""/>')),
    ("dangling_message_flow", "mf", collaborating(POOLS.format("gone", "p2"))),
    ("dangling_message_flow", "mf", collaborating(POOLS.format("a", ""))),
    ("misplaced_message_flow", "mf", collaborating(POOLS.format("start", "p2"))),
    ("misplaced_message_flow", "mf", collaborating(POOLS.format("p2", "end"))),
    ("misplaced_message_flow", "mf", collaborating(POOLS.format("p2", "start"))),
    ("misplaced_message_flow", "mf", collaborating(POOLS.format("end", "p2"))),
    ("misplaced_message_flow", "mf", collaborating(POOLS.format("demo_f1", "p2"))),
    ("message_flow_within_pool", "mf", collaborating(POOLS.format("a", "a"))),
    ("message_flow_within_pool", "mf", collaborating(POOLS.format("a", "p1"))),
    ("message_flow_within_pool", "mf", collaborating(POOLS.format("p2", "p2"))),
    ("bad_expression", "a", timed(timeDuration="= duration(")),
    ("bad_expression", "a", timed(timeCycle="= (")),
    ("unsupported_element", "po", task(element("potentialOwner", "po"))),
    ("unsupported_element", "a", task(timer("P1D"))),
    ("repeated_element", "a", task(element("extensionElements"), element("extensionElements"))),
    (
        "gateway_direction",
        "g",
        diagram(
            start(),
            user("a"),
            element("parallelGateway", "g", gatewayDirection="Converging"),
            end(),
            end("e2"),
            flows="start > a > g > end\ng > e2",
        ),
    ),
    (
        "gateway_direction",
        "g",
        diagram(
            start(),
            user("a"),
            user("b"),
            element("parallelGateway", "p"),
            element("parallelGateway", "g", gatewayDirection="Diverging"),
            end(),
            flows="start > p > a > g > end\np > b > g",
        ),
    ),
    (
        "no_activation",
        "g",
        diagram(
            start(),
            user("a"),
            user("b"),
            element("parallelGateway", "p"),
            element("complexGateway", "g"),
            end(),
            flows="start > p > a > g > end\np > b > g",
        ),
    ),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
