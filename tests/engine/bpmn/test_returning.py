"""Returning work to an earlier step: exactly what came from it is undone."""

from __future__ import annotations

import pytest

from engine.errors import NotNow
from tests.engine.bpmn.build import (
    both,
    deadline,
    diagram,
    end,
    multi,
    script,
    start,
    user,
    xor,
)
from tests.engine.bpmn.world import Case

CHAIN = diagram(
    start(),
    xor("again"),
    user("a", deadline(due="1")),
    user("b", deadline(due="2", remind="1")),
    user("c", deadline(due="3")),
    xor("g"),
    end(),
    flows="start > again > a > b > c > g\ng > end : ok\ng > again : *",
)
FORK = diagram(
    start(),
    xor("again"),
    user("t"),
    both("split"),
    user("a1"),
    user("a2", deadline(due="4")),
    user("b1"),
    user("b2"),
    both("join"),
    user("z"),
    xor("g"),
    end(),
    flows="""start > again > t > split > a1 > a2 > join > z > g
    split > b1 > b2 > join
    g > end : ok
    g > again : *""",
)


def test_back_in_a_sequence() -> None:
    case = Case(CHAIN).do("a").do("b").give_back("c", "a")
    assert case.open == ["a"]
    assert case.armed == [("a", "overdue")]
    case.do("a").do("b").give_back("c", "b")
    assert case.open == ["b"]
    assert case.do("b").do("c", ok=True).state == "completed"


def test_the_return_is_told_before_what_it_cancels() -> None:
    case = Case(CHAIN).do("a").give_back("b", "a")
    told = [(h.kind.value, h.node_id) for h in case.told][-6:]
    assert told == [
        ("returned", "b"),
        ("activity_cancelled", "b"),
        ("timer_cancelled", "b"),
        ("timer_cancelled", "b"),
        ("activity_started", "a"),
        ("timer_armed", "a"),
    ]
    assert case.told[-6].data == {"to": "a"}


@pytest.mark.parametrize(("to", "why"), [("c", "之前"), ("b", "之前"), ("g", "不存在"), ("nowhere", "不存在")])
def test_only_to_an_earlier_user_task(to: str, why: str) -> None:
    case = Case(CHAIN).do("a")
    with pytest.raises(NotNow, match=why):
        case.execution.return_to(case.item("b").token_id, to)
    assert case.open == ["b"]


def test_no_jump_ahead_to_something_of_a_former_round() -> None:
    case = Case(CHAIN).do("a").do("b").do("c", ok=False)
    assert case.open == ["a"]
    for later in ("b", "c"):
        with pytest.raises(NotNow):
            case.execution.return_to(case.item("a").token_id, later)
    case.do("a")
    with pytest.raises(NotNow):
        case.execution.return_to(case.item("b").token_id, "c")


def test_no_jump_to_a_panel_or_a_sibling_of_a_former_round() -> None:
    panel = diagram(
        start(),
        xor("again"),
        user("panel", multi()),
        user("b"),
        xor("g"),
        end(),
        flows="start > again > panel > b > g\ng > end : ok\ng > again : *",
    )
    case = Case(panel, panel=["x"]).do("panel").do("b")
    assert case.open == ["panel"]
    with pytest.raises(NotNow):
        case.execution.return_to(case.item("panel").token_id, "b")
    split = diagram(
        start(),
        xor("again"),
        both("split"),
        user("a"),
        user("b"),
        both("join"),
        user("z"),
        xor("g"),
        end(),
        flows="start > again > split > a > join > z > g\nsplit > b > join\ng > end : ok\ng > again : *",
    )
    case = Case(split).do("a").do("b").do("z")
    for here, there in (("a", "b"), ("b", "a"), ("a", "z"), ("b", "z")):
        with pytest.raises(NotNow):
            case.execution.return_to(case.item(here).token_id, there)
    assert case.do("b").do("a").give_back("z", "a").do("a").do("z", ok=True).state == "completed"


def test_an_approval_chain_that_loops_through_one_gateway() -> None:
    xml = diagram(
        start(),
        user("one"),
        xor("next"),
        user("two"),
        user("three"),
        end(),
        flows="""start > one > next
        next > two : level = 2
        next > three : level = 3
        next > end : *
        two > next
        three > next""",
    )
    case = Case(xml).do("one", level=2).do("two", level=3)
    assert case.give_back("three", "two").open == ["two"]
    assert case.give_back("two", "one").open == ["one"]


def test_inside_a_branch_the_other_branch_goes_on() -> None:
    case = Case(FORK).do("t").do("a1")
    assert case.give_back("a2", "a1").open == ["a1", "b1"]
    case.do("b1").do("b2").do("a1").do("a2")
    assert case.open == ["z"]


def test_a_branch_that_waits_at_the_join_keeps_its_place() -> None:
    case = Case(FORK).do("t").do("b1").do("b2").do("a1").give_back("a2", "a1")
    case.do("a1").do("a2")
    assert case.open == ["z"]


def test_before_the_split_all_branches_are_undone() -> None:
    case = Case(FORK).do("t").do("a1").do("b1").do("b2")
    case.give_back("a2", "t")
    assert case.open == ["t"]
    assert case.armed == []
    assert [node for node, _token in case.execution.live_tokens()] == ["t"]
    case.do("t").do("a1").do("a2")
    assert case.open == ["b1"], "nothing of the first attempt is left at the join"


def test_from_behind_the_join_into_one_branch() -> None:
    case = Case(FORK).do("t").do("a1").do("a2").do("b1").do("b2").give_back("z", "a2")
    assert case.open == ["a2"]
    assert case.do("a2").open == ["z"], "the other branch's result stands"
    case.give_back("z", "b1").do("b1").do("b2")
    assert case.open == ["z"]
    assert case.give_back("z", "t").do("t").open == ["a1", "b1"]


def test_after_a_return_into_a_branch_its_own_past_is_known_and_no_other() -> None:
    case = Case(FORK).do("t").do("a1").do("a2").do("b1").do("b2").give_back("z", "a2")
    with pytest.raises(NotNow):
        case.execution.return_to(case.item("a2").token_id, "b1")
    assert case.give_back("a2", "a1").open == ["a1"]
    assert case.do("a1").do("a2").open == ["z"]


def test_a_second_return_before_the_split_drops_the_restored_branch() -> None:
    case = Case(FORK).do("t").do("a1").do("a2").do("b1").do("b2").give_back("z", "a2").give_back("a2", "t")
    assert [node for node, _token in case.execution.live_tokens()] == ["t"]


def test_nested_joins() -> None:
    xml = diagram(
        start(),
        both("p"),
        both("q"),
        user("a"),
        user("b"),
        both("jq"),
        user("c"),
        both("jp"),
        user("z"),
        end(),
        flows="start > p > q > a > jq > jp > z > end\nq > b > jq\np > c > jp",
    )
    case = Case(xml).do("a").do("b").do("c").give_back("z", "a")
    assert case.open == ["a"]
    assert case.do("a").open == ["z"]
    assert case.give_back("z", "c").do("c").open == ["z"]


def test_the_second_round_restores_the_second_round() -> None:
    case = Case(FORK)
    for _round in range(3):
        case.do("t").do("a1").do("a2").do("b1").do("b2").do("z", ok=False)
    case.do("t").do("a1").do("a2").do("b1").do("b2").give_back("z", "b2")
    assert case.do("b2").do("z", ok=True).state == "completed"


def test_others_affected_by_a_return() -> None:
    case = Case(FORK).do("t").do("a1")
    token = case.item("a2").token_id
    assert [item.node.id for item in case.execution.affected_by_return(token, "t")] == ["b1"]
    assert case.execution.affected_by_return(token, "a1") == []
    with pytest.raises(NotNow):
        case.execution.affected_by_return(token, "z")
    assert case.open == ["a2", "b1"], "asking changes nothing"


def test_automatic_steps_between_are_run_again() -> None:
    xml = diagram(
        start(),
        user("a"),
        script("s", "if n = null then 1 else n + 1", "n"),
        user("b"),
        end(),
        flows="start > a > s > b > end",
    )
    case = Case(xml).do("a").give_back("b", "a").do("a")
    assert case.variables["n"] == 2
