"""Message and signal events: caught in the flow, on borders and beside it; thrown inside a case and out of it."""

from __future__ import annotations

import pytest

from engine.bpmn import MessageRequest, SignalRequest
from engine.errors import NotNow
from tests.engine.bpmn.build import (
    awaits,
    beside,
    both,
    boundary,
    data,
    declared,
    diagram,
    element,
    end,
    ends,
    event,
    start,
    sub,
    throws,
    user,
)
from tests.engine.bpmn.world import Case


def test_a_catch_event_waits_for_its_message_and_its_key() -> None:
    case = Case(
        diagram(
            declared("message", "paid", guicheng_correlationKey="= order"),
            start(),
            awaits("wait", event("message", messageRef="paid")),
            end(),
            flows="start > wait > end",
        ),
        order="A-1",
    )
    assert [(a.kind, a.name, a.key, a.node.id) for a in case.execution.awaited] == [("message", "paid", "A-1", "wait")]
    with pytest.raises(NotNow):
        case.act(lambda e: e.deliver("paid", {}, "A-2"))
    case.act(lambda e: e.deliver("paid", {"amount": 3}, "A-1"))
    assert case.state == "completed"
    assert case.variables == {"order": "A-1", "amount": 3}


def test_one_message_goes_to_one_that_waits() -> None:
    case = Case(
        diagram(
            declared("message", "go"),
            start(),
            both("fork"),
            awaits("a", event("message", messageRef="go")),
            awaits("b", event("message", messageRef="go")),
            end(),
            flows="start > fork > a > end\nfork > b > end",
        )
    )
    case.deliver("go")
    assert len(case.execution.awaited) == 1
    case.deliver("go")
    assert case.state == "completed"


def test_a_signal_goes_to_all_that_wait() -> None:
    case = Case(
        diagram(
            declared("signal", "alarm"),
            start(),
            both("fork"),
            awaits("a", event("signal", signalRef="alarm")),
            awaits("b", event("signal", signalRef="alarm")),
            end(),
            flows="start > fork > a > end\nfork > b > end",
        )
    )
    assert case.signal("other") == 0
    assert case.signal("alarm") == 2
    assert case.state == "completed"


def test_a_signal_thrown_is_heard_in_the_case_whatever_the_order_of_its_branches() -> None:
    for order in ("fork > throw > end\nfork > a > end", "fork > a > end\nfork > throw > end"):
        case = Case(
            diagram(
                declared("signal", "alarm"),
                start(),
                both("fork"),
                throws("throw", event("signal", signalRef="alarm"), data([("level", "= 2")])),
                awaits("a", event("signal", signalRef="alarm")),
                end(),
                flows="start > fork\n" + order,
            )
        )
        assert case.state == "completed"
        assert case.variables == {"level": 2}
        assert [type(r) for r in case.asked] == [SignalRequest]


def test_a_message_thrown_reaches_the_case_itself_or_asks_the_world() -> None:
    both_sides = diagram(
        declared("message", "go"),
        start(),
        both("fork"),
        ends("throw", event("message", messageRef="go")),
        awaits("a", event("message", messageRef="go")),
        end(),
        flows="start > fork > throw\nfork > a > end",
    )
    assert Case(both_sides).state == "completed"
    assert Case(both_sides).asked == []
    alone = Case(
        diagram(
            declared("message", "go", guicheng_correlationKey="= id"),
            start(),
            element("sendTask", "send", data([("x", "= 1 + id")]), messageRef="go", name="send"),
            end(),
            flows="start > send > end",
        ),
        id=7,
    )
    assert alone.asked == [MessageRequest("send", "go", "7", {"x": 8})]
    assert alone.state == "completed"


def test_a_receive_task_is_an_activity_with_borders() -> None:
    model = diagram(
        declared("message", "go"),
        declared("signal", "stop"),
        start(),
        element("receiveTask", "wait", messageRef="go", name="wait"),
        boundary("stopped", "wait", event("signal", signalRef="stop")),
        user("after"),
        end(),
        flows="start > wait > end\nstopped > after > end",
    )
    case = Case(model)
    case.deliver("go", x=1)
    assert case.state == "completed"
    assert case.kinds("activity_started", "activity_completed") == ["wait", "wait"]
    case = Case(model)
    assert case.signal("stop") == 1
    assert case.open == ["after"]
    assert case.kinds("activity_cancelled") == ["wait"]
    with pytest.raises(NotNow):
        case.deliver("go")


def test_an_event_subprocess_that_does_not_interrupt_runs_beside_each_time() -> None:
    model = diagram(
        declared("signal", "alarm"),
        start(),
        user("work"),
        end(),
        beside(
            "side",
            event("signal", signalRef="alarm"),
            user("look"),
            end("side_end"),
            flows="side_start > look > side_end",
            interrupting=False,
        ),
        flows="start > work > end",
    )
    case = Case(model)
    case.signal("alarm")
    case.signal("alarm")
    assert case.open == ["look", "look", "work"]
    case.do("work")
    assert case.state == "running"
    case.do("look").do("look")
    assert case.state == "completed"


def test_an_interrupting_one_takes_the_scopes_place_also_from_deep_inside() -> None:
    case = Case(
        diagram(
            declared("signal", "alarm"),
            start(),
            sub(
                "outer",
                start("s1"),
                sub("inner", start("s2"), user("deep"), end("e2"), flows="s2 > deep > e2"),
                end("e1"),
                beside(
                    "side",
                    event("signal", signalRef="alarm"),
                    user("look"),
                    end("side_end"),
                    flows="side_start > look > side_end",
                ),
                flows="s1 > inner > e1",
            ),
            end(),
            flows="start > outer > end",
        )
    )
    assert case.open == ["deep"]
    case.signal("alarm")
    assert case.open == ["look"]
    assert case.signal("alarm") == 0
    case.do("look")
    assert case.state == "completed"


def test_message_starts_and_several_definitions_on_one_event() -> None:
    model = diagram(
        declared("message", "go"),
        declared("signal", "alarm"),
        element("startEvent", "begin", event("message", messageRef="go"), event("signal", signalRef="alarm")),
        awaits("either", event("message", messageRef="go"), event("signal", signalRef="alarm")),
        awaits("all", event("message", messageRef="go"), event("signal", signalRef="alarm"), parallelMultiple="true"),
        end(),
        flows="begin > either > all > end",
    )
    case = Case(model, _at="begin", x=1)
    assert len(case.execution.awaited) == 2
    case.signal("alarm")
    assert case.kinds("event_occurred") == ["begin", "either"]
    case.signal("alarm")
    assert [(a.kind, a.node.id) for a in case.execution.awaited] == [("message", "all")]
    case.deliver("go")
    assert case.state == "completed"


def test_a_process_without_a_none_start_begins_only_with_its_event() -> None:
    model = diagram(
        declared("message", "go"),
        element("startEvent", "begin", event("message", messageRef="go")),
        end(),
        flows="begin > end",
    )
    with pytest.raises(NotNow):
        Case(model)
    assert Case(model, _at="begin").state == "completed"
