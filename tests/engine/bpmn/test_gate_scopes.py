"""Where a process, its subprocesses and its jumps begin: starts, instantiating nodes, links, event gateways."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import boundary, element, end, error, message, start, sub, text, timer, user
from tests.engine.bpmn.grammar import awaited, caught, compensate, condition, diagram, link, signal, task, thrown
from tests.engine.bpmn.refused import LINE, assert_refused, bounded, one

M = message("m")
SIGNAL = element("signal", "s", name="s")


def inside(*nodes: object, flows: str, tag: str = "subProcess", **attributes: str) -> bytes:
    """A process of one subprocess `a`."""
    made = sub("a", *nodes, flows=flows, **attributes)  # type: ignore[arg-type]
    made.tag = element(tag).tag
    return one(made, message("m"), element("error", "E", errorCode="e"))


def beside(*definitions: object, **attributes: str) -> bytes:
    """A process with an event subprocess `w` begun by `w1`."""
    begin = start("w1", *definitions, **attributes)  # type: ignore[arg-type]
    w = sub("w", begin, user("x"), end("e"), flows="w1 > x > e", triggeredByEvent="true")
    return diagram(M, element("error", "E", errorCode="e"), start(), user("a"), end(), w, flows=LINE)


def after_gateway(*targets: object, gateway: dict[str, str] | None = None, more: str = "") -> bytes:
    """start > g, and from the event gateway g to each target and on to the end."""
    nodes = [node for node in targets if node is not None]
    ids = [node.get("id") for node in nodes if node.get("attachedToRef") is None]  # type: ignore[attr-defined]
    flows = "\n".join(f"g > {id} > end" for id in ids)
    return diagram(
        M,
        SIGNAL,
        start(),
        element("eventBasedGateway", "g", **(gateway or {})),
        *nodes,  # type: ignore[arg-type]
        end(),
        flows=f"start > g\n{flows}\n{more}",
    )


WAIT = timer("P1D")
CASES: list[tuple[str, str, bytes]] = [
    ("misplaced_event", "start", diagram(start("start", error()), user("a"), end(), flows=LINE)),
    ("misplaced_event", "start", diagram(start("start", compensate()), user("a"), end(), flows=LINE)),
    ("misplaced_event", "start", diagram(start("start", element("linkEventDefinition")), user("a"), end(), flows=LINE)),
    ("misplaced_event", "end", diagram(start(), user("a"), end("end", timer("P1D")), flows=LINE)),
    ("misplaced_event", "end", diagram(start(), user("a"), end("end", link("x")), flows=LINE)),
    ("misplaced_event", "end", diagram(start(), user("a"), end("end", condition("x")), flows=LINE)),
    ("misplaced_event", "a", one(caught("a", error()))),
    ("misplaced_event", "a", one(caught("a", compensate()))),
    ("misplaced_event", "a", one(caught("a", element("cancelEventDefinition")))),
    ("misplaced_event", "a", one(caught("a", element("terminateEventDefinition")))),
    ("misplaced_event", "a", one(thrown("a", error()))),
    ("misplaced_event", "a", one(thrown("a", timer("P1D")))),
    ("misplaced_event", "a", one(thrown("a", element("cancelEventDefinition")))),
    ("misplaced_event", "a", one(thrown("a", element("terminateEventDefinition")))),
    ("misplaced_event", "x", bounded(boundary("x", "a", link("x")))),
    ("misplaced_event", "x", bounded(boundary("x", "a", element("terminateEventDefinition")))),
    (
        "misplaced_event",
        "end",
        diagram(
            element("timerEventDefinition", "T", text("timeDuration", "P1D")),
            start(),
            user("a"),
            end("end", text("eventDefinitionRef", "T")),
            flows=LINE,
        ),
    ),
    ("start_with_trigger", "s1", inside(start("s1", awaited("m")), user("b"), end("e1"), flows="s1 > b > e1")),
    (
        "start_with_trigger",
        "s1",
        inside(start("s1", timer("P1D")), user("b"), end("e1"), flows="s1 > b > e1", tag="transaction"),
    ),
    (
        "several_starts",
        "s2",
        inside(start("s1"), start("s2"), user("b"), end("e1"), flows="s1 > b > e1\ns2 > b"),
    ),
    ("start_needs_trigger", "w1", beside()),
    ("error_not_interrupting", "w1", beside(error("E"), isInterrupting="false")),
    (
        "no_start",
        "w",
        diagram(start(), user("a"), end(), sub("w", user("b"), flows="", triggeredByEvent="true"), flows=LINE),
    ),
    (
        "several_starts",
        "w2",
        diagram(
            M,
            start(),
            user("a"),
            end(),
            sub(
                "w",
                start("w1", awaited("m")),
                start("w2", timer("P1D")),
                end("e"),
                flows="w1 > e\nw2 > e",
                triggeredByEvent="true",
            ),
            flows=LINE,
        ),
    ),
    ("empty_scope", "demo", diagram(flows="")),
    ("event_in_ad_hoc", "s1", inside(start("s1"), user("b"), flows="s1 > b", tag="adHocSubProcess")),
    ("event_in_ad_hoc", "e1", inside(user("b"), end("e1"), flows="b > e1", tag="adHocSubProcess")),
    ("empty_ad_hoc", "a", inside(flows="", tag="adHocSubProcess")),
    ("no_completion", "a", inside(user("b"), flows="", tag="adHocSubProcess")),
    ("bad_value", "a", inside(user("b"), flows="", tag="adHocSubProcess", ordering="Random")),
    ("instantiate_with_incoming", "a", one(element("receiveTask", "a", messageRef="m", instantiate="true"), M)),
    (
        "misplaced_instantiate",
        "b",
        inside(element("receiveTask", "b", messageRef="m", instantiate="true"), flows=""),
    ),
    ("misplaced_instantiate", "a", one(user("a", instantiate="true"))),
    ("misplaced_trigger", "a", inside(user("b"), flows="", tag="transaction", triggeredByEvent="true")),
    ("misplaced_trigger", "a", inside(user("b"), flows="", tag="adHocSubProcess", triggeredByEvent="true")),
    ("bad_value", "a", inside(user("b"), flows="", tag="transaction", method="##Image")),
    ("instantiate_with_incoming", "g", after_gateway(caught("x", WAIT), gateway={"instantiate": "true"})),
    ("parallel_event_gateway", "g", after_gateway(caught("x", WAIT), gateway={"eventGatewayType": "Parallel"})),
    ("bad_value", "g", after_gateway(caught("x", WAIT), gateway={"eventGatewayType": "Both"})),
    ("bad_value", "g", after_gateway(caught("x", WAIT), gateway={"instantiate": "yes"})),
    ("event_gateway_single", "g", after_gateway(caught("x", WAIT))),
    ("event_gateway_target", "g", after_gateway(user("x"), caught("y", WAIT))),
    ("event_gateway_target", "g", after_gateway(caught("x", link("l")), caught("y", WAIT))),
    ("event_gateway_target", "g", after_gateway(thrown("x"), caught("y", WAIT))),
    (
        "event_gateway_mix",
        "g",
        after_gateway(element("receiveTask", "x", messageRef="m"), caught("y", awaited("m"))),
    ),
    (
        "event_gateway_shared",
        "y",
        after_gateway(caught("x", WAIT), caught("y", signal("s")), user("z"), more="start > z > y"),
    ),
    (
        "event_gateway_boundary",
        "x",
        after_gateway(
            element("receiveTask", "x", messageRef="m"),
            caught("y", WAIT),
            boundary("b", "x", WAIT),
            more="b > end",
        ),
    ),
    (
        "misplaced_condition",
        "demo_f1",
        diagram(
            start(),
            element("eventBasedGateway", "g"),
            caught("x", WAIT),
            caught("y", WAIT),
            end(),
            flows="g > x : a\ng > y\nx > end\ny > end\nstart > g",
        ),
    ),
    (
        "misplaced_default",
        "g",
        diagram(
            start(),
            element("eventBasedGateway", "g"),
            caught("x", WAIT),
            caught("y", WAIT),
            end(),
            flows="start > g\ng > x : *\ng > y\nx > end\ny > end",
        ),
    ),
    ("link_without_name", "a", diagram(start(), thrown("a", element("linkEventDefinition")), flows="start > a")),
    ("link_without_catch", "a", diagram(start(), thrown("a", link("l")), flows="start > a")),
    ("link_without_throw", "x", diagram(start(), user("a"), caught("x", link("l")), end(), flows=f"{LINE}\nx > end")),
    (
        "several_link_catches",
        "y",
        diagram(
            start(),
            thrown("a", link("l")),
            caught("x", link("l")),
            caught("y", link("l")),
            end(),
            flows="start > a\nx > end\ny > end",
        ),
    ),
    (
        "link_with_flow",
        "a",
        diagram(start(), thrown("a", link("l")), caught("x", link("l")), end(), flows="start > a > end\nx > end"),
    ),
    (
        "link_with_flow",
        "x",
        diagram(start(), user("a"), caught("x", link("l")), end(), flows="start > a > x > end"),
    ),
    (
        "link_without_catch",
        "t",
        diagram(
            start(),
            sub("a", start("s1"), thrown("t", link("l")), flows="s1 > t"),
            caught("x", link("l")),
            end(),
            flows="start > a > end\nx > end",
        ),
    ),
    ("several_definitions", "a", one(caught("a", link("l"), timer("P1D")))),
    (
        "several_definitions",
        "x",
        bounded(element("boundaryEvent", "x", compensate(), timer("P1D"), attachedToRef="a")),
    ),
    (
        "several_definitions",
        "end",
        diagram(
            start(),
            user("a"),
            end("end", element("terminateEventDefinition"), element("terminateEventDefinition")),
            flows=LINE,
        ),
    ),
    (
        "cancel_outside_transaction",
        "end",
        diagram(start(), user("a"), end("end", element("cancelEventDefinition")), flows=LINE),
    ),
    ("cancel_outside_transaction", "x", bounded(boundary("x", "a", element("cancelEventDefinition")))),
    (
        "cancel_not_interrupting",
        "x",
        bounded(
            boundary("x", "a", element("cancelEventDefinition"), interrupting=False),
            host=element("transaction", "a", task("t")),
        ),
    ),
    ("no_incoming", "b", diagram(start(), user("a"), user("b"), end(), flows=f"{LINE}\nb > end")),
    ("no_incoming", "b", diagram(user("a"), caught("b", WAIT), user("c"), flows="b > c")),
    ("no_incoming", "end", diagram(user("a"), end(), flows="")),
    ("no_outgoing", "start", diagram(start(), user("a"), flows="")),
    (
        "unreachable",
        "a",
        diagram(user("a"), user("b"), user("c"), flows="a > b > a\nc > c"),
    ),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
