"""Boundary and intermediate timers, deadlines, reminders, provisional moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn import Execution, parse
from engine.errors import ExecutionError
from tests.engine.bpmn.build import boundary, catch, deadline, diagram, end, multi, start, sub, timer, user
from tests.engine.bpmn.world import MONDAY, Case, World


def overtime(interrupting: bool, text: str = "5 个工作日", tag: str = "timeDuration") -> bytes:
    return diagram(
        start(),
        user("a"),
        boundary("late", "a", timer(text, tag), interrupting),
        user("b"),
        end(),
        flows="start > a > end\nlate > b > end",
    )


def test_an_interrupting_timer_ends_the_task() -> None:
    case = Case(overtime(True))
    assert case.armed == [("late", "timer")]
    assert case.tick(4.9) == 0
    assert case.tick(0.1) == 1
    assert case.open == ["b"]
    assert case.armed == []
    assert case.kinds("activity_cancelled") == ["a"]
    assert case.do("b").state == "completed"


def test_a_timer_that_does_not_interrupt_runs_beside_the_task_once() -> None:
    case = Case(overtime(False))
    assert case.tick(99) == 1
    assert case.open == ["a", "b"]
    assert case.tick(99) == 0
    assert case.do("b").state == "running"
    assert case.do("a").state == "completed"


def test_finishing_in_time_disarms() -> None:
    case = Case(overtime(True)).do("a")
    assert case.state == "completed"
    assert case.kinds("timer_cancelled") == ["late"]
    assert case.tick(99) == 0


def test_a_timer_on_a_subprocess_ends_all_within() -> None:
    xml = diagram(
        start(),
        sub("s", start("s1"), user("a", deadline(due="9")), user("b"), end("e1"), flows="s1 > a > e1\ns1 > b > e1"),
        boundary("late", "s", timer("P2D")),
        user("c"),
        end(),
        flows="start > s > end\nlate > c > end",
    )
    case = Case(xml)
    assert case.open == ["a", "b"]
    case.tick(2)
    assert case.open == ["c"]
    assert case.armed == []
    assert case.kinds("activity_cancelled") == ["a", "b", "s"]


def test_an_intermediate_timer_waits() -> None:
    case = Case(diagram(start(), catch("wait", "PT36H"), user("a"), end(), flows="start > wait > a > end"))
    assert case.open == []
    assert [node for node, _token in case.execution.live_tokens()] == ["wait"]
    assert case.execution.next_due == MONDAY + timedelta(hours=36)
    case.tick(1.5)
    assert case.open == ["a"]
    assert "wait" in case.kinds("event_occurred")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 个工作日", 3),
        ("3个工作日", 3),
        ("2 工作日", 2),
        ("0.5 个工作日", 0.5),
        ("48 小时", 2),
        ("P1W", 7),
        ("P1DT12H", 1.5),
        ("P1M", 31),
        ("= 4", 4),
        ("= limit", 6),
        ('= "5 个工作日"', 5),
        ('= duration("P10D")', 10),
        ('= duration("P2M")', 59),
        ('= date("2026-01-06")', 7 / 24),
        ('= date and time("2026-01-07T17:00:00+08:00")', 2),
        ('= "2026-01-07T09:00:00Z"', 2),
    ],
)
def test_texts_of_time(text: str, days: float) -> None:
    case = Case(overtime(True, text), limit=6)
    assert case.execution.next_due == MONDAY + timedelta(days=days)


def test_a_date_that_has_passed_fires_at_the_next_tick() -> None:
    case = Case(overtime(True, "2020-01-01T00:00:00", "timeDate"))
    assert case.open == ["a"]
    assert case.tick() == 1
    assert case.open == ["b"]


@pytest.mark.parametrize("value", ["bald", None, True, -1, [1], {"a": 1}, "P", "99999999 个工作日", "9999-99-99"])
def test_a_moment_that_is_none_is_an_error_that_names_the_task(value: object) -> None:
    execution = Execution(parse(overtime(True, "= limit")), World())
    with pytest.raises(ExecutionError, match="late"):
        execution.start({"limit": value})


def test_timers_fire_in_the_order_of_their_time_also_new_ones() -> None:
    xml = diagram(
        start(),
        catch("t3", "P3D"),
        catch("t1", "P1D"),
        catch("t1b", "= moment", "timeDate"),
        end(),
        flows="start > t3 > end\nstart > t1 > t1b > end",
    )
    case = Case(xml, moment=datetime(2026, 1, 7, tzinfo=UTC))
    assert case.tick(10) == 3
    assert [n for n in case.kinds("event_occurred") if n.startswith("t")] == ["t1", "t1b", "t3"]


def test_reminder_and_deadline_only_tell() -> None:
    case = Case(diagram(start(), user("a", deadline(due="5", remind="2")), end(), flows="start > a > end"))
    item = case.item("a")
    assert (item.due, item.remind_at) == (MONDAY + timedelta(days=5), MONDAY + timedelta(days=3))
    assert case.armed == [("a", "remind"), ("a", "overdue")]
    assert case.tick(3) == 1
    assert case.armed == [("a", "overdue")]
    assert case.tick(2) == 1
    assert case.armed == []
    assert case.kinds("reminder_due", "deadline_passed") == ["a", "a"]
    assert case.open == ["a"]
    assert case.item("a").due == MONDAY + timedelta(days=5), "the task still shows when it was due"
    assert case.tick(9) == 0
    assert case.do("a").state == "completed"


def test_a_deadline_in_hours_from_a_table() -> None:
    xml = diagram(
        start(),
        user("a", deadline(due="= limits.fix", unit="hour", remind="= limits.remind")),
        end(),
        flows="start > a > end",
    )
    case = Case(xml, limits={"fix": 4, "remind": 1})
    assert case.item("a").due == MONDAY + timedelta(hours=4)
    assert case.item("a").remind_at == MONDAY + timedelta(hours=3)


@pytest.mark.parametrize(
    ("due", "armed"),
    [("5", ["remind", "overdue"]), ('= "P5D"', ["remind", "overdue"]), ('= ""', ["remind"])],
)
def test_a_reminder_may_be_a_moment(due: str, armed: list[str]) -> None:
    xml = diagram(start(), user("a", deadline(due=due, remind="= when")), end(), flows="start > a > end")
    case = Case(xml, when="2026-01-06T09:00:00Z")
    assert case.armed == [("a", kind) for kind in armed]
    assert case.item("a").remind_at == MONDAY + timedelta(days=1)
    past = Case(xml, when="2026-01-01")
    assert past.armed == [("a", kind) for kind in armed if kind != "remind"]


@pytest.mark.parametrize("remind", ["5", "7", "0"])
def test_a_reminder_that_would_come_with_the_task_is_left_out(remind: str) -> None:
    case = Case(diagram(start(), user("a", deadline(due="5", remind=remind)), end(), flows="start > a > end"))
    assert case.armed == [("a", "overdue")]


def test_a_deadline_without_a_number_is_an_error() -> None:
    xml = diagram(start(), user("a", deadline(due="= limits.fix")), end(), flows="start > a > end")
    with pytest.raises(ExecutionError, match="「A」的时限"):
        Execution(parse(xml), World()).start({})


def test_each_person_of_a_panel_has_a_deadline() -> None:
    case = Case(
        diagram(start(), user("a", deadline(due="= days"), multi()), end(), flows="start > a > end"),
        panel=["x", "y"],
        days=3,
    )
    assert case.armed == [("a", "overdue"), ("a", "overdue")]
    assert len({timer.token_id for timer in case.execution.timers}) == 2
    case.do("a", vote="yes")
    assert case.armed == [("a", "overdue")]


def test_provisional_moments_are_computed_again() -> None:
    world = World()
    world.provisional = True
    xml = diagram(
        start(),
        user("a", deadline(due="4", remind="1")),
        boundary("late", "a", timer("P9D")),
        end(),
        flows="start > a > end\nlate > end",
    )
    case = Case(xml, world)
    assert [t.provisional for t in case.execution.timers] == [True, True, False]
    world.pass_days(1)
    assert case.execution.recompute_timers() == 0
    world.day, world.provisional = timedelta(days=2), False
    assert case.execution.recompute_timers() == 2
    assert case.item("a").due == MONDAY + timedelta(days=8), "counted from when the task began"
    assert [t.provisional for t in case.execution.timers] == [False, False, False]
    assert case.execution.recompute_timers() == 0


def test_ten_thousand_due_timers_in_one_case() -> None:
    xml = diagram(start(), user("a", deadline(due="1"), multi()), end(), flows="start > a > end")
    world = World()
    execution = Execution(parse(xml), world)
    execution.start({"panel": list(range(5000))})
    world.pass_days(2)
    assert execution.tick() == 5000


def test_a_deadline_is_told_before_a_drawn_timer_of_the_same_moment_ends_the_task() -> None:
    case = Case(
        diagram(
            start(),
            user("a", deadline(due="5")),
            boundary("late", "a", timer("5 个工作日", "timeDuration"), True),
            user("b"),
            end(),
            flows="start > a > end\nlate > b > end",
        )
    )
    case.tick(5)
    assert case.kinds("deadline_passed") == ["a"]
    assert case.open == ["b"]
