"""Good diagrams pass the gate; of a bad one all problems come at once."""

from __future__ import annotations

import pytest

from engine.bpmn import check, parse
from tests.engine.bpmn.build import (
    boundary,
    catch,
    deadline,
    diagram,
    element,
    end,
    error,
    extension,
    multi,
    ours,
    rule,
    script,
    service,
    start,
    terminate,
    timer,
    user,
    xor,
)
from tests.engine.bpmn.refused import OK, PLAIN, actions, beside, bounded, collaborating, drawn, one, task

GOOD = [
    PLAIN,
    one(service("a", inputs=[("x", "= 1"), ("y", "text")], outputs=[("z", "= x")])),
    one(rule("a", camunda_mapDecisionResult="singleEntry")),
    one(script("a", "= 1 + 1", "x")),
    one(catch("a", "5 个工作日")),
    one(catch("a", "2026-11-06T09:30:00+08:00", "timeDate")),
    task(multi(until="nrOfCompletedInstances > 1")),
    task(actions(OK, {**OK, "value": "no", "kind": "reject", "opinion": "required"}, variable="decision")),
    task(
        extension(
            ours("candidates", rule="leader", value="= department", exclude="= [case.starter]", fallback="role:x")
        )
    ),
    beside(terminate("e"), guicheng_availableWhen="= not(done)", guicheng_sender="starter"),
    bounded(boundary("x", "a", error("E")), element("error", "E", errorCode="c"), host=service("a")),
    bounded(boundary("x", "a", timer("= limits.review"), interrupting=False)),
    drawn(
        '<bpmn:laneSet><bpmn:lane id="l" name="x"><bpmn:flowNodeRef> a </bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
    ),
    drawn(
        '<bpmn:textAnnotation id="t"><bpmn:text>x</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:association id="as" sourceRef="a" targetRef="t"/>'
    ),
    PLAIN.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    collaborating('<bpmn:participant id="p1" processRef="demo"/>'),
]


@pytest.mark.parametrize("xml", GOOD)
def test_a_good_diagram_is_accepted(xml: bytes) -> None:
    assert check(xml) == []
    assert parse(xml).key == "demo"


def test_all_problems_come_at_once() -> None:
    xml = diagram(
        start(),
        user("a", deadline(due="x"), camunda_skipExpression="demo"),
        element("intermediateCatchEvent", "c", name="等待"),
        xor("g"),
        user("lost"),
        end(),
        flows="start > a > c > g\ng > a : x >\ng > end",
    )
    assert {f.code for f in check(xml)} == {
        "bad_deadline",
        "unknown_attribute",
        "no_definition",
        "bad_expression",
        "no_incoming",
    }
    message = next(f.message for f in check(xml) if f.element_id == "lost")
    assert message == "用户任务「LOST」没有进入的连线，流程永远到不了这里；请连上前一步或删除。"
