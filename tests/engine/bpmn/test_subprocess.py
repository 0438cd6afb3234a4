"""Embedded subprocesses and event subprocesses with a message start."""

from __future__ import annotations

import pytest

from engine.errors import NotNow
from tests.engine.bpmn.build import (
    boundary,
    deadline,
    diagram,
    end,
    message,
    multi,
    on_message,
    start,
    sub,
    terminate,
    timer,
    user,
)
from tests.engine.bpmn.world import Case

NESTED = diagram(
    start(),
    sub(
        "outer",
        start("s1"),
        user("a"),
        sub("inner", start("s2"), user("b"), user("c"), end("e2"), flows="s2 > b > e2\ns2 > c > e2"),
        end("e1"),
        flows="s1 > a > inner > e1",
    ),
    user("d"),
    end(),
    flows="start > outer > d > end",
)


def withdrawable(**attributes: str) -> bytes:
    return diagram(
        message("withdraw"),
        start(),
        user("a", deadline(due="5")),
        sub("s", start("s1"), user("b", multi()), end("e1"), flows="s1 > b > e1"),
        end(guicheng_outcome="completed"),
        on_message(
            "w",
            "withdraw",
            user("confirm"),
            end("w_end", guicheng_outcome="withdrawn"),
            flows="w_start > confirm > w_end",
            **attributes,
        ),
        flows="start > a > s > end",
    )


def test_a_subprocess_ends_when_all_within_has_ended() -> None:
    case = Case(NESTED).do("a")
    assert case.open == ["b", "c"]
    assert case.do("c").open == ["b"]
    assert case.do("b").open == ["d"]
    assert case.kinds("activity_completed") == ["a", "c", "b", "inner", "outer"]


def test_inner_work_reads_and_writes_the_process_variables() -> None:
    case = Case(NESTED, x=1).do("a", y=2).do("b", x=3)
    assert case.variables == {"x": 3, "y": 2}
    assert case.execution.variables_of(case.item("c").token_id) == {"x": 3, "y": 2}


def test_terminate_ends_only_its_own_subprocess() -> None:
    xml = diagram(
        start(),
        sub("s", start("s1"), user("a"), user("b"), terminate("t"), end("e1"), flows="s1 > a > t\ns1 > b > e1"),
        user("c"),
        end(),
        flows="start > s > c > end",
    )
    case = Case(xml).do("a")
    assert case.open == ["c"]
    assert case.kinds("activity_cancelled") == ["b"]


def test_a_message_is_waited_for_as_long_as_the_case_runs() -> None:
    case = Case(withdrawable(guicheng_sender="starter"), panel=["x"])
    assert [(m.name, m.node.id, m.node.sender) for m in case.execution.messages] == [("withdraw", "w_start", "starter")]
    assert [node.id for node in case.definition.messages] == ["w_start"]
    case.do("a").do("b")
    assert case.execution.messages == []


@pytest.mark.parametrize("steps", [0, 1])
def test_the_message_interrupts_everything(steps: int) -> None:
    case = Case(withdrawable(), panel=["x", "y"])
    if steps:
        case.do("a")
    case.deliver("withdraw", reason="不再需要")
    assert case.open == ["confirm"]
    assert case.armed == []
    assert case.execution.messages == []
    assert case.kinds("message_received") == ["w_start"]
    assert case.variables["reason"] == "不再需要"
    assert case.kinds("activity_cancelled") == (["b", "b", "b", "s"] if steps else ["a"])
    case.do("confirm")
    assert (case.state, case.execution.outcome) == ("completed", "withdrawn")


def test_a_message_nobody_waits_for_is_refused() -> None:
    case = Case(withdrawable(), panel=[])
    for name in ("other", ""):
        with pytest.raises(NotNow, match="现在不能"):
            case.execution.deliver(name)
    case.deliver("withdraw")
    with pytest.raises(NotNow):
        case.execution.deliver("withdraw")


def test_a_message_is_taken_only_while_it_is_available() -> None:
    case = Case(withdrawable(guicheng_availableWhen="= not(approved)"), approved=False, panel=["x"])
    assert len(case.execution.messages) == 1
    case.do("a", approved=True)
    assert case.execution.messages == []
    with pytest.raises(NotNow):
        case.execution.deliver("withdraw")


def test_an_event_subprocess_of_a_subprocess_replaces_only_that() -> None:
    xml = diagram(
        message("stop"),
        start(),
        sub(
            "s",
            start("s1"),
            user("a"),
            end("e1"),
            on_message("x", "stop", user("tidy"), end("e2"), flows="x_start > tidy > e2"),
            flows="s1 > a > e1",
        ),
        boundary("late", "s", timer("P1D")),
        user("b"),
        user("c"),
        end(),
        flows="start > s > b > end\nlate > c > end",
    )
    case = Case(xml).deliver("stop")
    assert case.open == ["tidy"]
    assert case.do("tidy").open == ["b"]
    late = Case(xml).deliver("stop")
    late.tick(2)
    assert late.open == ["c"]


def test_the_withdrawn_panel_writes_nothing() -> None:
    case = Case(withdrawable(), panel=["x", "y"]).do("a").do("b", vote=1).deliver("withdraw")
    assert "votes" not in case.variables


def test_nesting_to_the_limit_of_the_parser() -> None:
    flows = "s1 > a > e1"
    inner = sub("n0", start("s1"), user("a"), end("e1"), flows=flows)
    for level in range(1, 55):
        s, e = f"s{level}_", f"e{level}_"
        inner = sub(f"n{level}", start(s), inner, end(e), flows=f"{s} > n{level - 1} > {e}")
    case = Case(diagram(start(), inner, end(), flows="start > n54 > end"))
    assert case.do("a").state == "completed"
