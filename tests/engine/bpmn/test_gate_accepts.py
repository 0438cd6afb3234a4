"""What the standard allows passes the gate, and what passes the gate is read."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import check, parse
from tests.engine.bpmn.build import (
    boundary,
    element,
    end,
    error,
    message,
    service,
    start,
    sub,
    text,
    timer,
    user,
    xor,
)
from tests.engine.bpmn.grammar import (
    awaited,
    caught,
    compensate,
    condition,
    diagram,
    escalation,
    joined,
    link,
    signal,
    task,
    thrown,
)
from tests.engine.bpmn.refused import LINE, PLAIN, bounded, collaborating, drawn

TOPS = (
    message("m"),
    element("signal", "s", name="s"),
    element("error", "E", errorCode="e"),
    element("escalation", "X", escalationCode="x"),
)
WAIT = timer("P1D")


def process(*nodes: Any, flows: str, **attributes: Any) -> bytes:
    return diagram(*TOPS, *nodes, flows=flows, **attributes)


def begun(*definitions: Any, **attributes: Any) -> bytes:
    """A process begun by that."""
    return process(start("start", *definitions, **attributes), user("a"), end(), flows=LINE)


def beside(*definitions: Any, **attributes: Any) -> bytes:
    """A process with an event subprocess begun by that."""
    begin = start("w1", *definitions, **attributes)
    w = sub("w", begin, user("x"), end("e"), flows="w1 > x > e", triggeredByEvent="true")
    return process(start(), user("a"), end(), w, flows=LINE)


def ended(*definitions: Any) -> bytes:
    return process(start(), user("a"), end("end", *definitions), flows=LINE)


def on(event: Any, host: Any = None) -> bytes:
    """An event on the border of `a`."""
    return bounded(event, *TOPS, host=host)


def edge(*definitions: Any, **attributes: Any) -> Any:
    return element("boundaryEvent", "x", *definitions, attachedToRef="a", **attributes)


def compound(tag: str, *nodes: Any, flows: str, **attributes: Any) -> Any:
    made = sub("a", *nodes, flows=flows, **attributes)
    made.tag = element(tag).tag
    return made


def alone(node: Any) -> bytes:
    return process(start(), node, end(), flows=LINE)


def rounds(*children: Any, **attributes: Any) -> bytes:
    return alone(user("a", element("standardLoopCharacteristics", None, *children, **attributes)))


def instances(node: Any, *children: Any, **attributes: Any) -> bytes:
    node.append(element("multiInstanceLoopCharacteristics", None, *children, **attributes))
    return alone(node)


def split(tag: str, *after: str, **attributes: Any) -> bytes:
    """start, a gateway with flows to `b` and `c`, a second such gateway, end."""
    first, second = element(tag, "g", **attributes), element(tag, "j", **attributes)
    flows = f"start > g\ng > b{after[0]}\ng > c{after[1]}\nb > j\nc > j\nj > end"
    return process(start(), first, user("b"), user("c"), second, end(), flows=flows)


def waiting(*targets: Any, more: str = "", first: str = "start > g", **attributes: Any) -> bytes:
    flows = "\n".join(f"g > {target.get('id')} > end" for target in targets)
    nodes = [start()] if first else []
    return process(*nodes, element("eventBasedGateway", "g", **attributes), *targets, end(), flows=f"{first}\n{flows}")


def joining() -> bytes:
    complex_ = element("complexGateway", "j", text("activationCondition", "activationCount >= 1"))
    flows = "start > g\ng > b\ng > c\nb > j\nc > j\nj > end"
    return process(start(), element("parallelGateway", "g"), user("b"), user("c"), complex_, end(), flows=flows)


def receive(id: str = "a", **attributes: Any) -> Any:
    return element("receiveTask", id, messageRef="m", **attributes)


def undone(*more: Any, flows: str = "") -> bytes:
    undo = user("u", isForCompensation="true")
    nodes = (start(), service("a"), boundary("x", "a", compensate()), undo, joined("x", "u"), *more, end())
    return process(*nodes, flows=flows or LINE)


def read_data(*children: Any, tag: str = "dataInputAssociation", more: str = "") -> bytes:
    node = user("a", element("property", "own", name="own"), element(tag, "da", *children))
    data = (
        '<bpmn:dataObject id="d" name="order"/><bpmn:dataObjectReference id="r" name="订单" dataObjectRef="d"/>'
        f'<bpmn:dataStoreReference id="st" name="Archive of orders"/>{more}'
    )
    return alone(node).replace(b"<bpmn:startEvent", data.encode() + b"<bpmn:startEvent", 1)


PARTNER = (
    '<bpmn:participant id="p1" name="我方" processRef="demo"/><bpmn:participant id="p2" name="对方"/>'
    '<bpmn:messageFlow id="mf1" sourceRef="p2" targetRef="a"/><bpmn:messageFlow id="mf2" sourceRef="a" targetRef="p2"/>'
)
OTHER = (
    b'<bpmn:process id="other" isExecutable="false"><bpmn:startEvent id="o1"/><bpmn:task id="o2"/>'
    b'<bpmn:complexGateway id="o3"/><bpmn:sequenceFlow id="of" sourceRef="o1" targetRef="o2">'
    b"<bpmn:conditionExpression>if it rains ${</bpmn:conditionExpression></bpmn:sequenceFlow></bpmn:process>"
)
TWO_POOLS = collaborating(
    '<bpmn:participant id="p1" processRef="other"/><bpmn:participant id="p2" processRef="demo"/>'
    '<bpmn:messageFlow id="mf" sourceRef="o2" targetRef="a"/>'
).replace(b'<bpmn:process id="demo"', OTHER + b'<bpmn:process id="demo"')

GOOD: dict[str, bytes] = {
    # starts
    "message start": begun(awaited("m")),
    "signal start": begun(signal("s")),
    "timer start": begun(timer("R/P1D", "timeCycle")),
    "dated start": begun(timer("R3/2026-11-06T09:30:00/PT1H", "timeCycle")),
    "conditional start": begun(condition("stock < 3")),
    "multiple start": begun(awaited("m"), signal("s")),
    "parallel multiple start": begun(awaited("m"), signal("s"), parallelMultiple="true"),
    "several starts": process(
        start(), start("s2", awaited("m")), start("s3", WAIT), user("a"), end(), flows=f"{LINE}\ns2 > a\ns3 > a"
    ),
    "no start": process(user("a"), user("b"), end(), flows="a > end\nb > end"),
    "neither start nor end": process(user("a"), user("b"), flows="a > b"),
    "start without end": process(start(), user("a"), flows="start > a"),
    "receive task begins": process(receive(instantiate="true"), user("b"), end(), flows="a > b > end"),
    "event gateway begins": waiting(caught("b", awaited("m")), caught("c", signal("s")), first="", instantiate="true"),
    "all events begin": waiting(
        caught("b", awaited("m")), caught("c", signal("s")), first="", instantiate="true", eventGatewayType="Parallel"
    ),
    # ends and throws
    **{
        f"{name} end": ended(*definitions)
        for name, definitions in {
            "message": [awaited("m")],
            "signal": [signal("s")],
            "error": [error("E")],
            "escalation": [escalation("X")],
            "compensation": [compensate()],
            "terminate": [element("terminateEventDefinition")],
            "multiple": [awaited("m"), signal("s"), escalation("X")],
        }.items()
    },
    **{
        f"{name} throw": alone(thrown("a", *definitions))
        for name, definitions in {
            "none": [],
            "message": [awaited("m")],
            "signal": [signal("s")],
            "escalation": [escalation("X")],
            "compensation": [compensate(waitForCompletion="false")],
            "multiple": [signal("s"), escalation("X")],
        }.items()
    },
    **{
        f"{name} catch": alone(caught("a", *definitions))
        for name, definitions in {
            "message": [awaited("m")],
            "signal": [signal("s")],
            "timer": [WAIT],
            "date": [timer("2026-11-06T09:30:00", "timeDate")],
            "cycle": [timer("R3/PT1H", "timeCycle")],
            "conditional": [condition("= x > 3")],
            "multiple": [awaited("m"), WAIT],
        }.items()
    },
    "parallel multiple catch": alone(caught("a", awaited("m"), signal("s"), parallelMultiple="true")),
    "shared definitions": diagram(
        *TOPS,
        element("signalEventDefinition", "D", signalRef="s"),
        start(),
        caught("a", text("eventDefinitionRef", "D")),
        end(),
        flows=LINE,
    ),
    # boundary events
    **{
        f"{name} boundary": on(edge(*definitions, **attributes))
        for name, definitions, attributes in [
            ("message", [awaited("m")], {}),
            ("signal", [signal("s")], {"cancelActivity": "false"}),
            ("timer", [timer("R/PT1H", "timeCycle")], {"cancelActivity": "false"}),
            ("conditional", [condition("x")], {}),
            ("error", [error("E")], {}),
            ("any error", [error()], {}),
            ("escalation", [escalation("X")], {"cancelActivity": "false"}),
            ("any escalation", [escalation()], {}),
            ("multiple", [awaited("m"), WAIT], {"parallelMultiple": "true"}),
        ]
    },
    "timer on a plain task": on(edge(WAIT), task("a")),
    "boundary on a gatewayless call": on(edge(error("E")), element("callActivity", "a", calledElement="other")),
    "cancel": on(
        edge(element("cancelEventDefinition")),
        compound(
            "transaction",
            start("s1"),
            xor("g"),
            end("e1"),
            end("e2", element("cancelEventDefinition")),
            flows="s1 > g\ng > e1 : x\ng > e2 : *",
            method="##Compensate",
        ),
    ),
    # event subprocesses
    **{
        f"{name} event subprocess": beside(*definitions, **attributes)
        for name, definitions, attributes in [
            ("message", [awaited("m")], {}),
            ("signal", [signal("s")], {"isInterrupting": "false"}),
            ("timer", [WAIT], {}),
            ("repeating timer", [timer("R/P1D", "timeCycle")], {"isInterrupting": "false"}),
            ("conditional", [condition("x")], {}),
            ("error", [error("E")], {}),
            ("any error", [error()], {}),
            ("escalation", [escalation("X")], {"isInterrupting": "false"}),
            ("compensation", [compensate()], {}),
            ("multiple", [awaited("m"), signal("s")], {}),
        ]
    },
    "nested event subprocess": alone(
        sub(
            "a",
            start("s1"),
            user("b"),
            end("e1"),
            sub("w", start("w1", error()), end("w2"), flows="w1 > w2", triggeredByEvent="true"),
            flows="s1 > b > e1",
        )
    ),
    # tasks
    "plain task": alone(task("a")),
    "manual task": alone(element("manualTask", "a")),
    "send task": alone(element("sendTask", "a", messageRef="m")),
    "receive task": alone(receive()),
    "call activity": alone(element("callActivity", "a", calledElement="leave")),
    "call by expression": alone(element("callActivity", "a", calledElement="= procedure")),
    "quantities": alone(task("a", completionQuantity="2", startQuantity="1")),
    # subprocesses
    "subprocess without start and end": alone(sub("a", user("b"), user("c"), flows="")),
    "transaction": alone(compound("transaction", start("s1"), user("b"), end("e1"), flows="s1 > b > e1")),
    "ad hoc": alone(
        compound(
            "adHocSubProcess",
            user("b"),
            user("c"),
            user("d"),
            text("completionCondition", "done"),
            flows="b > c",
            ordering="Sequential",
            cancelRemainingInstances="false",
        )
    ),
    "loop that an event ends": process(
        start(),
        sub("a", start("s1"), user("b"), user("c"), flows="s1 > b > c > b"),
        edge(WAIT),
        end(),
        flows=f"{LINE}\nx > end",
    ),
    # gateways
    "inclusive": split("inclusiveGateway", " : x", " : *"),
    "inclusive that always goes one way": split("inclusiveGateway", " : x", ""),
    "complex join": joining(),
    "event gateway": waiting(caught("b", awaited("m")), caught("c", WAIT), caught("d", condition("x"))),
    "event gateway to receive tasks": waiting(receive("b"), caught("c", WAIT)),
    "gateway directions": split("parallelGateway", "", "").replace(
        b'<bpmn:parallelGateway id="g"', b'<bpmn:parallelGateway id="g" gatewayDirection="Diverging"'
    ),
    # links
    "links": process(
        start(),
        xor("g"),
        thrown("a", link("l")),
        thrown("b", link("l")),
        caught("c", link("l")),
        end(),
        flows="start > g\ng > a : x\ng > b : *\nc > end",
    ),
    # repetition
    "standard loop": rounds(text("loopCondition", "loopCounter < 3"), testBefore="true", loopMaximum="10"),
    "loop by maximum": rounds(loopMaximum="3"),
    "cardinality": instances(user("a"), text("loopCardinality", "3")),
    "cardinality by FEEL": instances(user("a"), text("loopCardinality", "= count(panel)")),
    "service for each": instances(service("a"), camunda_collection="= lines", camunda_elementVariable="line"),
    "subprocess for each": instances(
        sub("a", start("s1"), user("b"), end("e1"), flows="s1 > b > e1"), camunda_collection="= lines"
    ),
    "call for each": instances(element("callActivity", "a", calledElement="p"), text("loopCardinality", "2")),
    "behaviour one": diagram(
        *TOPS,
        element("signalEventDefinition", "D", signalRef="s"),
        start(),
        user(
            "a",
            element(
                "multiInstanceLoopCharacteristics",
                None,
                text("loopCardinality", "2"),
                behavior="One",
                oneBehaviorEventRef="D",
            ),
        ),
        end(),
        flows=LINE,
    ),
    "behaviour complex": instances(
        user("a"),
        text("loopCardinality", "2"),
        element("complexBehaviorDefinition", None, text("condition", "x > 1"), element("event", None, escalation("X"))),
        behavior="Complex",
    ),
    # compensation
    "compensation": undone(),
    "compensation thrown": undone(thrown("t", compensate(activityRef="a")), flows="start > a > t > end"),
    "compensation with a remark": undone(element("textAnnotation", "n"), joined("x", "n")),
    # data
    "data drawn": drawn(
        '<bpmn:dataObject id="d"/><bpmn:dataObjectReference id="r" name="any words (draft)" dataObjectRef="d"/>'
        '<bpmn:dataStoreReference id="st" name="Archive"/><bpmn:property id="p" name="p"/>'
    ),
    "data read": read_data(text("sourceRef", "r"), text("targetRef", "own")),
    "data assigned": read_data(
        text("targetRef", "own"), element("assignment", None, text("from", "= 1 + 1"), text("to", "own"))
    ),
    "data transformed": read_data(
        text("sourceRef", "r"), text("targetRef", "own"), text("transformation", "order + 1")
    ),
    "data written": read_data(text("sourceRef", "own"), text("targetRef", "r"), tag="dataOutputAssociation"),
    "an arrow to data": read_data(
        text("targetRef", "free"),
        tag="dataOutputAssociation",
        more='<bpmn:dataObject id="f"/><bpmn:dataObjectReference id="free" name="words (draft)" dataObjectRef="f"/>',
    ),
    "an arrow from data": read_data(
        text("sourceRef", "free"),
        text("targetRef", "own"),
        more='<bpmn:dataObject id="f"/><bpmn:dataObjectReference id="free" name="words (draft)" dataObjectRef="f"/>',
    ).replace(b'id="own" name="own"', b'id="own" name="__targetRef_placeholder"'),
    "store read": read_data(text("sourceRef", "st"), text("targetRef", "own")),
    "inputs and outputs": alone(
        user(
            "a",
            element(
                "ioSpecification",
                None,
                element("dataInput", "in", name="x"),
                element("dataOutput", "out", name="y"),
                element("inputSet", None, text("dataInputRefs", "in")),
                element("outputSet", None, text("dataOutputRefs", "out")),
            ),
        )
    ),
    "types of elsewhere": drawn('<bpmn:dataObject id="d" itemSubjectRef="xsd:string"/>'),
    # around the process
    "black box pool": collaborating(PARTNER),
    "two pools": TWO_POOLS,
    "another process that is not run": PLAIN.replace(b"<bpmn:process", OTHER + b"<bpmn:process", 1),
    "declared and unused": PLAIN.replace(
        b"<bpmn:process",
        b'<bpmn:import importType="x" location="file:///etc/passwd" namespace="urn:x"/><bpmn:itemDefinition id="i"/>'
        b'<bpmn:interface id="if" name="if"><bpmn:operation id="op" name="op">'
        b"<bpmn:inMessageRef>ms</bpmn:inMessageRef></bpmn:operation></bpmn:interface>"
        b'<bpmn:message id="ms" name="ms"/><bpmn:resource id="rs" name="rs"/><bpmn:globalTask id="gt"/>'
        b"<bpmn:process",
        1,
    ),
    "listed flows": PLAIN.replace(
        b'<bpmn:userTask id="a" name="A"/>',
        b'<bpmn:userTask id="a" name="A"><bpmn:incoming>demo_f1</bpmn:incoming><bpmn:outgoing>demo_f2</bpmn:outgoing>'
        b"</bpmn:userTask>",
    ),
    "lanes and remarks": drawn(
        '<bpmn:laneSet id="ls"><bpmn:lane id="l"><bpmn:flowNodeRef>a</bpmn:flowNodeRef>'
        '<bpmn:childLaneSet id="cl"><bpmn:lane id="l2"/></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>'
        '<bpmn:textAnnotation id="t"><bpmn:text>x</bpmn:text></bpmn:textAnnotation><bpmn:group id="gr"/>'
        '<bpmn:association id="as" sourceRef="t" targetRef="demo_f1"/>'
    ),
}


@pytest.mark.parametrize("name", ["an arrow to data", "an arrow from data"])
def test_an_arrow_moves_nothing(name: str) -> None:
    node = parse(GOOD[name]).nodes["a"]
    assert (node.inputs, node.outputs, node.stores_read, node.stores_written) == ((), (), (), ())


@pytest.mark.parametrize("name", GOOD)
def test_accepted_and_read(name: str) -> None:
    assert [(finding.code, finding.element_id, finding.message) for finding in check(GOOD[name])] == []
    assert parse(GOOD[name]).key == "demo"
