"""Conditional events: looked at after each write, told when they come to hold."""

from __future__ import annotations

from tests.engine.bpmn.build import (
    awaits,
    beside,
    both,
    boundary,
    condition,
    diagram,
    end,
    script,
    start,
    user,
    xor,
)
from tests.engine.bpmn.world import Case


def test_a_catch_event_goes_on_when_another_branch_makes_it_true() -> None:
    case = Case(
        diagram(
            start(),
            both("fork"),
            awaits("full", condition("count >= 3")),
            user("add"),
            user("after"),
            end(),
            flows="start > fork > full > after > end\nfork > add > end",
        ),
        count=0,
    )
    assert case.open == ["add"]
    case.do("add", count=3)
    assert case.open == ["after"]
    assert case.kinds("condition_met") == ["full"]


def test_what_holds_already_goes_on_at_once() -> None:
    model = diagram(start(), awaits("full", condition("= x > 1")), end(), flows="start > full > end")
    assert Case(model, x=2).state == "completed"
    assert Case(model, x=1).state == "running"


def test_a_boundary_that_does_not_interrupt_occurs_at_each_change_to_true() -> None:
    case = Case(
        diagram(
            start(),
            both("fork"),
            user("work"),
            boundary("hot", "work", condition("heat > 10"), interrupting=False),
            user("look"),
            xor("again"),
            user("measure"),
            end(),
            flows="""start > fork > work > end
            hot > look > end
            fork > again > measure
            measure > again : more
            measure > end : *""",
        ),
        heat=0,
    )
    case.do("measure", heat=20, more=True)
    assert case.open == ["look", "measure", "work"]
    case.do("measure", heat=30)
    assert case.open == ["look", "measure", "work"]
    case.do("measure", heat=5)
    case.do("measure", heat=11)
    assert case.open == ["look", "look", "measure", "work"]


def test_an_interrupting_boundary_by_the_variables_that_its_own_scope_sees() -> None:
    case = Case(
        diagram(
            start(),
            both("fork"),
            user("work"),
            boundary("stop", "work", condition("stopped")),
            user("other"),
            user("after"),
            end(),
            flows="start > fork > work > end\nfork > other > end\nstop > after > end",
        )
    )
    case.do("other", stopped=True)
    assert case.open == ["after"]


def test_an_event_subprocess_and_a_write_by_a_script() -> None:
    case = Case(
        diagram(
            start(),
            user("a"),
            script("sum", "x + 1", "total"),
            user("b"),
            end(),
            beside(
                "side",
                condition("total > 1"),
                user("look"),
                end("side_end"),
                flows="side_start > look > side_end",
                interrupting=False,
            ),
            flows="start > a > sum > b > end",
        ),
        total=0,
    )
    case.do("a", x=1)
    assert case.open == ["b", "look"]
