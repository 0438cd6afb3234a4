"""Returning out of and into panels and subprocesses, past boundary events, timers and messages."""

from __future__ import annotations

import pytest

from engine.errors import NotNow
from tests.engine.bpmn.build import (
    boundary,
    catch,
    deadline,
    diagram,
    end,
    message,
    multi,
    on_message,
    start,
    sub,
    timer,
    user,
)
from tests.engine.bpmn.world import Case


def test_out_of_a_multi_instance_the_whole_goes() -> None:
    xml = diagram(
        start(),
        user("a"),
        user("panel", deadline(due="3"), multi()),
        boundary("late", "panel", timer("P9D")),
        end(),
        flows="start > a > panel > end\nlate > end",
    )
    case = Case(xml).do("a", panel=["x", "y", "z"]).do("panel", vote=1)
    others = case.execution.affected_by_return(case.item("panel").token_id, "a")
    assert [(o.node.id, o.variables["expert"]) for o in others] == [("panel", "z")]
    case.give_back("panel", "a")
    assert case.open == ["a"]
    assert case.armed == []
    assert "votes" not in case.variables
    assert case.kinds("activity_cancelled") == ["panel", "panel", "panel"]


def test_to_a_multi_instance_all_vote_again() -> None:
    xml = diagram(start(), user("panel", multi()), user("b"), end(), flows="start > panel > b > end")
    case = Case(xml, panel=["x", "y"]).do("panel", vote=1).do("panel", vote=2)
    case.give_back("b", "panel")
    assert case.open == ["panel", "panel"]
    case.do("panel", vote=3).do("panel", vote=4)
    assert case.variables["votes"] == [3, 4]


def test_out_of_a_subprocess_and_within_it() -> None:
    xml = diagram(
        start(),
        user("a"),
        sub(
            "s",
            start("s1"),
            user("b"),
            user("c", deadline(due="2")),
            user("beside"),
            end("e1"),
            flows="s1 > b > c > e1\ns1 > beside > e1",
        ),
        end(),
        flows="start > a > s > end",
    )
    case = Case(xml).do("a").do("b")
    assert case.give_back("c", "b").open == ["b", "beside"]
    case.do("b").give_back("c", "a")
    assert case.open == ["a"]
    assert case.armed == []
    assert case.do("a").open == ["b", "beside"]
    outside = Case(xml)
    with pytest.raises(NotNow):
        outside.execution.return_to(outside.item("a").token_id, "b")


def test_to_a_step_inside_a_finished_subprocess_is_refused() -> None:
    xml = diagram(
        start(),
        sub("s", start("s1"), user("b"), end("e1"), flows="s1 > b > e1"),
        user("c"),
        end(),
        flows="start > s > c > end",
    )
    case = Case(xml).do("b")
    with pytest.raises(NotNow, match="层级"):
        case.execution.return_to(case.item("c").token_id, "b")


def test_past_a_boundary_event() -> None:
    xml = diagram(
        start(),
        user("a"),
        boundary("late", "a", timer("P1D")),
        boundary("nudge", "a", timer("PT1H"), interrupting=False),
        user("urge"),
        user("b"),
        end(),
        flows="start > a > end\nlate > b > end\nnudge > urge > end",
    )
    case = Case(xml)
    case.tick(0.5)
    assert case.open == ["a", "urge"]
    late = Case(xml)
    late.tick(1)
    assert late.open == ["b", "urge"]
    late.give_back("b", "a")
    assert late.open == ["a"], "the reminder's work came from the same try"
    case.give_back("urge", "a")
    assert case.open == ["a"]
    assert len(case.armed) == 2


def test_intermediate_timers_behind_the_target_are_disarmed() -> None:
    xml = diagram(start(), user("a"), user("b"), catch("w", "P1D"), end(), flows="start > a > b > end\na > w > end")
    case = Case(xml).do("a")
    assert case.armed == [("w", "timer")]
    case.give_back("b", "a")
    assert (case.open, case.armed) == (["a"], [])


def test_messages_go_on_waiting_after_a_return() -> None:
    xml = diagram(
        message("stop"),
        start(),
        user("a"),
        user("b"),
        end(),
        on_message("x", "stop", user("why"), end("e"), flows="x_start > why > e"),
        flows="start > a > b > end",
    )
    case = Case(xml).do("a").give_back("b", "a")
    assert [m.name for m in case.execution.messages] == ["stop"]
    case.do("a").deliver("stop")
    with pytest.raises(NotNow):
        case.execution.return_to(case.item("why").token_id, "a")


def beside_case() -> Case:
    """`a`, then `b`; an event subprocess beside them that does not interrupt, with `x` and then `y`."""
    xml = diagram(
        message("ask"),
        start(),
        user("a"),
        user("b"),
        end(),
        on_message("w", "ask", user("x"), user("y"), end("we"), flows="w_start > x > y > we", isInterrupting="false"),
        flows="start > a > b > end",
    )
    return Case(xml).do("a").deliver("ask")


def test_an_event_subprocess_beside_goes_on() -> None:
    case = beside_case()
    case.give_back("b", "a")
    assert case.open == ["a", "x"]
    case.do("x").give_back("y", "x")
    assert case.open == ["a", "x"]


def test_out_of_an_event_subprocess_is_refused() -> None:
    case = beside_case()
    with pytest.raises(NotNow):
        case.execution.return_to(case.item("x").token_id, "a")
    assert case.open == ["b", "x"]
