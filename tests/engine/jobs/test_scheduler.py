"""The embedded scheduler: looks when something falls due, at once after a late start, and again after a failure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from threading import Event, Thread

import pytest
from sqlalchemy import insert, select

from engine.clock import SystemClock
from engine.jobs import Scheduler, run_due
from engine.models import Job
from engine.queries.jobs import due_jobs, next_due
from tests.fixtures.story import Story

PATIENCE = 10
"""Seconds until a test gives up waiting for the scheduler's thread."""

MODULE = import_module("engine.jobs.scheduler")


@pytest.fixture
def scheduler(story: Story) -> Iterator[Scheduler]:
    """A scheduler on the story's platform, stopped afterwards."""
    made = Scheduler(story.platform)
    story.platform.scheduler = made
    yield made
    made.stop()
    story.platform.scheduler = None


def due_at(story: Story, moment: datetime) -> None:
    """A timer of a case that falls due then."""
    case = story.start()
    with story.platform.database.write() as session:
        row = {"instance_id": case.id, "token_id": 99, "node_id": "x", "kind": "timer"}
        session.execute(insert(Job).values(**row, due_at=moment))


def test_what_fell_due_while_the_process_was_down_is_fired_at_the_start(
    story: Story, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.start()
    looked = Event()
    monkeypatch.setattr(MODULE, "run_due", lambda platform, _serve: looked.set() or run_due(platform))
    story.platform.clock = SystemClock()  # the case's deadlines of 2026 may lie before or after it
    due_at(story, datetime.now(UTC) - timedelta(hours=1))
    scheduler.start()
    assert scheduler.running
    assert looked.wait(PATIENCE)


def test_an_earlier_timer_moves_the_alarm_and_a_later_one_does_not(
    story: Story, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Event()
    monkeypatch.setattr(MODULE, "run_due", lambda *_asked: looked.set())
    due_at(story, datetime.now(UTC) + timedelta(days=3000))
    scheduler.start()
    soon = datetime.now(UTC) + timedelta(milliseconds=50)
    due_at(story, soon)
    scheduler.expect(soon)
    assert looked.wait(PATIENCE)


def test_a_round_that_fails_is_tried_again(story: Story, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "SOON", timedelta(milliseconds=10))
    again, rounds = Event(), []

    def fail(*_asked: object) -> None:
        rounds.append(1)
        if len(rounds) == 2:
            again.set()
        raise OSError("the database is away")

    monkeypatch.setattr(MODULE, "run_due", fail)
    due_at(story, datetime.now(UTC) - timedelta(hours=1))
    scheduler.start()
    assert again.wait(PATIENCE)
    assert scheduler.running


def test_deadlines_are_recomputed_at_the_start(
    story: Story, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Event()

    def recompute(_platform: object) -> int:
        done.set()
        return 0

    monkeypatch.setattr(MODULE, "recompute_deadlines", recompute)
    scheduler.start()
    assert done.wait(PATIENCE)


def test_stopping_while_a_round_sets_its_alarm_does_not_hang(
    story: Story, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The round asks for the next alarm just as the process is told to stop."""
    asked, go, due = Event(), Event(), datetime.now(UTC) + timedelta(hours=1)

    def slow(*_asked: object, **_how: object) -> datetime:
        asked.set()
        go.wait(PATIENCE)
        return due

    monkeypatch.setattr(MODULE, "run_due", lambda *_asked: monkeypatch.setattr(MODULE, "next_due", slow))
    due_at(story, datetime.now(UTC) - timedelta(hours=1))
    scheduler.start()
    assert asked.wait(PATIENCE)
    stopper = Thread(target=scheduler.stop, daemon=True)
    stopper.start()
    stopper.join(0.2)  # long enough to stand where it used to hang
    go.set()
    stopper.join(PATIENCE)
    assert not stopper.is_alive()
    assert not scheduler.running


def test_stopping_twice_and_waking_a_stopped_one_are_harmless(story: Story, scheduler: Scheduler) -> None:
    scheduler.start()
    scheduler.stop()
    scheduler.stop()
    assert not scheduler.running
    scheduler.wake()
    story.start()  # its commit tells the stopped scheduler


# ------------------------------------------------------------ what it asks


def test_the_next_due_time_is_the_earliest_of_all(story: Story) -> None:
    assert next_due(story.platform) is None
    story.start()
    first = next_due(story.platform)
    assert first == story.one(select(Job.due_at).where(Job.kind == "remind"))
    story.clock.advance(timedelta(hours=5))
    story.start(urgency="紧急", urgency_reason="汛期执法需要。")
    assert next_due(story.platform) == min(story.all(select(Job.due_at)))


def test_due_cases_come_once_longest_due_first(story: Story) -> None:
    def due(limit: int = 200) -> list[int | None]:
        return [job.instance_id for job in due_jobs(story.platform, limit)]

    early, late = story.start(), None
    story.clock.advance(timedelta(days=3))
    late = story.start()
    assert due() == []
    story.clock.advance(timedelta(days=20))
    assert due() == [early.id, late.id]
    assert due(limit=1) == [early.id]
    assert run_due(story.platform) == 2
    assert due() == []
