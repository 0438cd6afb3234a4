"""Time that did not count: timers and deadlines move on by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.engine.bpmn.build import boundary, deadline, diagram, end, start, timer, user
from tests.engine.bpmn.world import MONDAY, Case


def stand_still(case: Case, days: float) -> int:
    """The case is stopped now and goes on so many days later."""
    since = case.world.time
    case.world.pass_days(days)
    moved: int = case.act(lambda execution: execution.put_off(since))
    return moved


def moments(case: Case) -> dict[str, datetime]:
    return {f"{t.node_id} {t.kind}": t.due for t in case.execution.timers}


def model(text: str, tag: str = "timeDuration") -> bytes:
    late = boundary("late", "a", timer(text, tag), interrupting=False)
    return diagram(start(), user("a", deadline(due="5")), late, end(), end("e2"), flows="start > a > end\nlate > e2")


def test_working_days_move_by_whole_working_days() -> None:
    case = Case(model("3 个工作日"))
    case.world.pass_days(1)
    assert stand_still(case, 2.5) == 2
    days = moments(case)
    assert days["late timer"] == MONDAY + timedelta(days=3 + 2)
    assert days["a overdue"] == MONDAY + timedelta(days=5 + 2)


def test_natural_time_moves_by_exactly_the_time() -> None:
    case = Case(model("PT36H"))
    stand_still(case, 2.25)
    assert moments(case)["late timer"] == MONDAY + timedelta(hours=36, days=2.25)


def test_a_drawn_date_stays() -> None:
    case = Case(model("2026-01-08T09:00:00Z", tag="timeDate"))
    assert stand_still(case, 4) == 1
    assert moments(case)["late timer"] == datetime.fromisoformat("2026-01-08T09:00:00Z")
    assert case.tick() == 1


def test_a_repetition_keeps_its_interval() -> None:
    case = Case(model("R/2 个工作日", tag="timeCycle"))
    stand_still(case, 3)
    assert moments(case)["late timer"] == MONDAY + timedelta(days=2 + 3)
    case.tick(2)
    assert moments(case)["late timer"] == MONDAY + timedelta(days=7)


def test_what_was_late_already_is_late_as_it_was() -> None:
    case = Case(model("3 个工作日"))
    case.world.pass_days(4)
    assert stand_still(case, 2) == 1
    assert moments(case)["late timer"] == MONDAY + timedelta(days=3)
