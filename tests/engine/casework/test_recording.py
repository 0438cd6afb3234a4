"""Timers of a case are mirrored as rows, one for what is due next: repeated ones, those of event subprocesses."""

from __future__ import annotations

from datetime import timedelta

from tests.engine.bpmn.build import beside, boundary, end, timer
from tests.fixtures.exchange import Exchange, begin, work


def test_a_repeating_timer_has_one_row_at_its_next_time(exchange: Exchange) -> None:
    exchange.publish(
        "asker", begin(), work("answer"), end(),
        boundary("ask", "answer", timer("R3/PT1H", "timeCycle"), interrupting=False), work("look"), end("seen"),
        flows="start > answer > end\nask > look > seen",
    )  # fmt: skip
    case = exchange.start("asker")
    began = exchange.clock.now()
    for hour in (1, 2):
        assert [row.due_at for row in exchange.jobs("timer")] == [began + timedelta(hours=hour)]
        exchange.clock.move_to(began + timedelta(hours=hour))
        exchange.run()
        assert exchange.open(case) == ["answer", *["look"] * hour]
    exchange.clock.move_to(began + timedelta(hours=3))
    exchange.run()
    assert exchange.jobs("timer") == []
    exchange.clock.advance(timedelta(days=1))
    exchange.run()
    assert exchange.open(case).count("look") == 3


def test_times_missed_while_nothing_ran_are_fired_in_their_order(exchange: Exchange) -> None:
    exchange.publish(
        "asker", begin(), work("answer"), end(),
        boundary("ask", "answer", timer("R2/PT1H", "timeCycle"), interrupting=False), work("look"), end("seen"),
        flows="start > answer > end\nask > look > seen",
    )  # fmt: skip
    case = exchange.start("asker")
    exchange.clock.advance(timedelta(hours=5))
    exchange.run()
    assert (exchange.open(case).count("look"), exchange.jobs("timer")) == (2, [])
    exchange.run()
    assert exchange.open(case).count("look") == 2


def test_the_timer_of_an_event_subprocess_is_mirrored_fired_and_taken_away(exchange: Exchange) -> None:
    exchange.publish(
        "asker", begin(), work("answer"), end(),
        beside("late", timer("PT2H"), work("look"), end("seen"), flows="late_start > look > seen", interrupting=False),
        flows="start > answer > end",
    )  # fmt: skip
    first, second = exchange.start("asker"), exchange.start("asker")
    assert len(exchange.jobs("timer")) == 2
    exchange.do(second, "answer")
    assert [row.instance_id for row in exchange.jobs("timer")] == [first]
    exchange.clock.advance(timedelta(hours=2))
    exchange.run()
    assert (exchange.open(first), exchange.jobs("timer")) == (["answer", "look"], [])
