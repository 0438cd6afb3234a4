"""Clock times that come again, on the wall clock of Asia/Shanghai."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from engine.bpmn import check
from engine.bpmn.cron import read_cron
from tests.engine.bpmn.build import boundary, diagram, end, start, timer, user
from tests.engine.bpmn.world import MONDAY, Case

EACH_HOUR = "0 0 9-17 * * MON-FRI"


def times(text: str, count: int, start: datetime = MONDAY) -> list[str]:
    """The next ones, as day and time in Asia/Shanghai."""
    cron = read_cron(text)
    assert cron is not None
    found = []
    for _n in range(count):
        start = cron.after(start)
        found.append(f"{start + timedelta(hours=8):%m-%d %H:%M:%S}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EACH_HOUR, ["01-06 09:00:00", "01-06 10:00:00"]),  # Monday 17:00 has just been
        ("0 0 9 ? * MON,fri", ["01-09 09:00:00", "01-12 09:00:00"]),
        ("0 30 8 1,15 * ?", ["01-15 08:30:00", "02-01 08:30:00"]),
        ("0 0 9 L * ?", ["01-31 09:00:00", "02-28 09:00:00"]),
        ("0 0/20 18 * * ?", ["01-05 18:00:00", "01-05 18:20:00"]),
        ("0 0 9 29 2 *", ["02-29 09:00:00"]),
    ],
)
def test_when_it_comes(text: str, expected: list[str]) -> None:
    assert times(text, len(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "0 0 9 * * 2",
        "0 0 9 ? * MON#1",
        "0 0 9 ? * 6L",
        "0 0 9 * *",
        "0 0 9 * * ? 2027",
        "0 0 25 * * ?",
        "a b c d e f",
        "",
    ],
)
def test_what_is_not_understood(text: str) -> None:
    assert read_cron(text) is None


def test_a_day_that_never_comes_is_refused_at_once() -> None:
    began = process_time()
    assert [read_cron(f"{second} 0 0 30 2 ?") for second in range(50)] == [None] * 50
    assert process_time() - began < 1


def model(text: str) -> bytes:
    late = boundary("late", "a", timer(text, "timeCycle"), interrupting=False)
    return diagram(start(), user("a"), late, user("b"), end(), end("e2"), flows="start > a > end\nlate > b > e2")


def test_the_gate_lets_it_through_and_names_what_it_does_not_understand() -> None:
    assert check(model(EACH_HOUR)) == []
    (refused,) = check(model("0 0 9 * * 2"))
    assert refused.code == "bad_time"
    assert "星期写英文缩写" in refused.message


def test_at_a_border_it_comes_again_and_makes_up_for_nothing_missed() -> None:
    case = Case(model(EACH_HOUR))
    (armed,) = case.execution.timers
    assert armed.due == datetime(2026, 1, 6, 1, tzinfo=UTC)
    assert case.tick(0.75) == 1
    (armed,) = case.execution.timers
    assert armed.due == datetime(2026, 1, 6, 4, tzinfo=UTC)  # 11:00 in Shanghai has just been missed
    assert case.open == ["a", "b"]


def test_a_suspension_does_not_move_the_clock() -> None:
    case = Case(model(EACH_HOUR))
    since = case.world.time
    case.world.pass_days(2)
    assert case.act(lambda execution: execution.put_off(since)) == 0
    assert case.tick() == 1
