"""Inclusive and complex gateways, event-based gateways."""

from __future__ import annotations

import pytest

from engine.errors import ExecutionError
from tests.engine.bpmn.build import (
    awaits,
    boundary,
    declared,
    diagram,
    element,
    end,
    event,
    gate,
    start,
    sub,
    text,
    timer,
    user,
    xor,
)
from tests.engine.bpmn.world import Case

OR = diagram(
    start(),
    gate("inclusive", "split"),
    user("a"),
    user("b"),
    user("c"),
    gate("inclusive", "join"),
    user("after"),
    end(),
    flows="""start > split
    split > a : x > 1
    split > b : x > 2
    split > c : *
    a > join
    b > join
    c > join
    join > after > end""",
)


@pytest.mark.parametrize(("x", "open_"), [(3, ["a", "b"]), (2, ["a"]), (0, ["c"])])
def test_an_inclusive_join_waits_for_what_was_sent(x: int, open_: list[str]) -> None:
    case = Case(OR, x=x)
    assert case.open == open_
    for task in open_[:-1]:
        case.do(task)
        assert "after" not in case.open
    case.do(open_[-1])
    assert case.open == ["after"]


def test_it_does_not_wait_for_a_token_that_went_another_way() -> None:
    case = Case(
        diagram(
            start(),
            gate("inclusive", "split"),
            user("a"),
            user("b"),
            xor("way"),
            user("out"),
            gate("inclusive", "join"),
            user("after"),
            end(),
            flows="""start > split > a > join
            split > b > way
            way > join : leave = false
            way > out : *
            out > end
            join > after > end""",
        )
    )
    case.do("a")
    assert case.open == ["b"]
    case.do("b", leave=True)
    assert case.open == ["after", "out"]


def test_it_waits_for_a_boundary_event_that_may_still_lead_to_it() -> None:
    case = Case(
        diagram(
            declared("signal", "s"),
            start(),
            gate("inclusive", "split"),
            user("a"),
            user("b"),
            boundary("mark", "b", event("signal", signalRef="s")),
            gate("inclusive", "join"),
            user("after"),
            end(),
            flows="start > split > a > join\nsplit > b > end\nmark > join > after > end",
        )
    )
    case.do("a")
    assert case.open == ["b"]
    case.signal("s")
    assert case.open == ["after"]


def test_a_round_of_a_loop_is_joined_for_itself() -> None:
    case = Case(
        diagram(
            start(),
            xor("again"),
            gate("inclusive", "split"),
            user("a"),
            user("b"),
            gate("inclusive", "join"),
            xor("done"),
            end(),
            flows="""start > again > split
            split > a : true
            split > b : both
            a > join
            b > join > done
            done > again : more
            done > end : *""",
        ),
        both=True,
    )
    case.do("a").do("b", both=False, more=True)
    assert case.open == ["a"]
    case.do("a", more=False)
    assert case.state == "completed"


def test_no_condition_and_no_default_is_told() -> None:
    model = diagram(
        start(), gate("inclusive", "split"), user("a"), end(), flows="start > split\nsplit > a : x > 1\na > end"
    )
    with pytest.raises(ExecutionError, match="split"):
        Case(model, x=0)


def quorum(condition: str = "activationCount >= 2") -> bytes:
    return diagram(
        start(),
        gate("parallel", "fork"),
        user("a"),
        user("b"),
        user("c"),
        gate("complex", "two", text("activationCondition", condition)),
        user("after"),
        xor("again"),
        end(),
        flows="""start > again > fork > a > two
        fork > b > two
        fork > c > two
        two > after > end""",
    )


def test_a_complex_gateway_goes_on_with_two_of_three_and_takes_in_the_third() -> None:
    case = Case(quorum()).do("a")
    assert "after" not in case.open
    case.do("c")
    assert case.open == ["after", "b"]
    case.do("after")
    assert case.state == "running"
    case.do("b")
    assert case.state == "completed"
    assert case.open == []


def test_it_is_ready_again_when_the_missing_one_cannot_come() -> None:
    case = Case(
        diagram(
            start(),
            gate("parallel", "fork"),
            user("a"),
            user("b"),
            xor("way"),
            gate("complex", "one", text("activationCondition", "= activationCount = 1")),
            user("after"),
            end(),
            flows="start > fork > a > one\nfork > b > way\nway > one : stay\nway > end : *\none > after > end",
        )
    )
    case.do("a")
    assert case.open == ["after", "b"]
    case.do("b", stay=False)
    assert case.open == ["after"]
    case.do("after")
    assert case.state == "completed"


def events(**marks: str) -> bytes:
    return diagram(
        declared("message", "go"),
        declared("signal", "s"),
        *([] if marks else [start()]),
        gate("eventBased", "wait", **marks),
        awaits("m", event("message", messageRef="go")),
        awaits("t", timer("P1D")),
        awaits("sig", event("signal", signalRef="s")),
        user("a"),
        user("b"),
        user("c"),
        end(),
        flows=("" if marks else "start > wait\n") + "wait > m > a > end\nwait > t > b > end\nwait > sig > c > end",
    )


def test_the_first_event_decides() -> None:
    case = Case(events())
    case.deliver("go", x=1)
    assert case.open == ["a"]
    assert case.armed == []
    assert case.variables == {"x": 1}
    late = Case(events())
    assert late.tick(2) == 1
    assert late.open == ["b"]
    assert late.execution.awaited == []
    assert late.kinds("gateway_passed", "flow_taken", "event_occurred")[-4:] == ["wait", "wait", "t", "t"]


def test_a_receive_task_behind_an_event_gateway() -> None:
    case = Case(
        diagram(
            declared("message", "go"),
            start(),
            gate("eventBased", "wait"),
            element("receiveTask", "m", messageRef="go", name="m"),
            awaits("t", timer("P1D")),
            end(),
            flows="start > wait > m > end\nwait > t > end",
        )
    )
    case.deliver("go")
    assert case.kinds("activity_started", "activity_completed") == ["m", "m"]
    assert case.state == "completed"


def test_one_that_begins_the_process() -> None:
    case = Case(events(instantiate="true"), _at="m")
    assert case.open == ["a"]
    assert case.execution.awaited == []
    parallel = Case(events(instantiate="true", eventGatewayType="Parallel"), _at="m")
    assert parallel.open == ["a"]
    assert [a.name for a in parallel.execution.awaited] == ["s"]
    parallel.signal("s")
    parallel.tick(2)
    assert parallel.open == ["a", "b", "c"]


def test_a_join_inside_a_subprocess_knows_only_its_own_scope() -> None:
    case = Case(
        diagram(
            start(),
            gate("parallel", "fork"),
            user("outside"),
            sub(
                "box",
                start("s"),
                gate("inclusive", "split"),
                user("a"),
                user("b"),
                gate("inclusive", "join"),
                end("e"),
                flows="s > split\nsplit > a : true\nsplit > b : false\na > join\nb > join > e",
            ),
            user("after"),
            end(),
            flows="start > fork > outside > end\nfork > box > after > end",
        )
    )
    case.do("a")
    assert case.open == ["after", "outside"]


def test_a_join_takes_one_token_of_each_flow_at_a_time() -> None:
    tasks = [user(id) for id in ("a", "b", "c", "after")]
    gates = [gate("parallel", "fork"), xor("meet"), gate("inclusive", "join")]
    flows = "start > fork > a > meet > join > after > end\nfork > b > meet\nfork > c > join"
    case = Case(diagram(start(), *tasks, *gates, end(), flows=flows)).do("a").do("b")
    assert case.open == ["c"]
    assert case.do("c").open == ["after", "after"]
