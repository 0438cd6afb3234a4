"""What a try-out tells of events, gateways that take several ways, and of undoing: words, and no kinds of BPMN."""

from __future__ import annotations

from typing import Any

from engine.parts import Parts
from tests.engine.bpmn.build import (
    awaits,
    boundary,
    condition,
    declared,
    diagram,
    element,
    end,
    event,
    script,
    text,
    throws,
)
from tests.engine.tryout.trial import AT, Replay, play, told
from tests.fixtures.exchange import begin, work
from tests.fixtures.toy import SLIP

START = {"person": "chensiyuan", "at": AT, "data": {}}


def tried(*elements: Any, flows: str, steps: Any = ()) -> Replay:
    file = diagram(*elements, flows=flows, key="toy", name="试验", guicheng_prefix="SY", guicheng_clauses="2.2.3")
    return play(*steps, of=Parts("toy", file, {"slip": SLIP}, {}), begun=START, handlers={})


def test_what_came_is_told_by_its_name() -> None:
    played = tried(
        begin(),
        awaits("listen", event("signal", signalRef="alarm"), name="等通知"),
        awaits("wait", event("message", messageRef="paid"), name="等付款"),
        awaits("enough", condition("1 = 1"), name="数目够了"),
        end(),
        declared("signal", "alarm"),
        declared("message", "paid"),
        flows="start > listen > wait > enough > end",
        steps=[{"do": "signal", "node": "listen"}, {"do": "message", "node": "wait", "data": {}}],
    )
    lines = told(played, "event")
    assert "“等通知”收到信号“alarm”" in lines
    assert "“等付款”收到消息“paid”" in lines
    assert "“数目够了”的条件成立了" in lines


def test_undoing_names_the_steps() -> None:
    undo = element("scriptTask", "unpay", text("script", "1"), name="退款", isForCompensation="true")
    undo.set("scriptFormat", "feel")
    undo.set("{http://camunda.org/schema/1.0/bpmn}resultVariable", "paid_back")
    pay = script("pay", "1", "paid")
    pay.set("name", "付款")
    played = tried(
        begin(),
        pay,
        boundary("undone", "pay", event("compensate")),
        undo,
        element("association", "joins", sourceRef="undone", targetRef="unpay"),
        throws("back", event("compensate"), name="全部撤销"),
        end(),
        flows="start > pay > back > end",
    )
    assert "“全部撤销”撤销已办完的：付款" in told(played, "machine")
    assert "自动计算“退款”" in told(played, "machine")


def test_each_way_of_an_inclusive_gateway_is_told_with_its_reason() -> None:
    played = tried(
        begin(),
        element("inclusiveGateway", "ways", name="要谁看？"),
        work("first"),
        work("second"),
        end(),
        flows="start > ways\nways > first : 1 = 1\nways > second : 2 = 2\nfirst > end\nsecond > end",
    )
    lines = told(played, "gateway")
    assert "网关“要谁看？”走向“first”" in lines
    assert "网关“要谁看？”走向“second”" in lines
