"""What must hold at the end, whatever happened on the way: read from the database alone."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from engine.commands.verify_log import verify_log
from engine.jsondata import load
from engine.models import Event, Instance, InstanceState, Job, NumberSequence, ProjectBaseline, Task, TaskState
from engine.platform import Platform
from tests.crash.crew import Acknowledged


def check(platform: Platform, acknowledged: Acknowledged) -> None:
    """Everything acknowledged is there once; every case has ended well; numbers have no gap; the log proves."""
    report = verify_log(platform)
    assert report.sound, report.breaks
    with platform.database.read() as session:
        cases = session.scalars(select(Instance).order_by(Instance.id)).all()
        tasks = session.scalars(select(Task)).all()
        events = session.scalars(select(Event)).all()
        assert not session.scalars(select(Job)).all()  # no timer outlives its case
        counted = session.scalar(select(NumberSequence.last))
        baselines = [row.instance_id for row in session.scalars(select(ProjectBaseline)).all() if row.instance_id]
    done = Counter(load(event.payload)["task"] for event in events if event.kind == "task_completed")
    claimed = {load(event.payload)["task"] for event in events if event.kind == "task_claimed"}

    assert {case.state for case in cases} == {InstanceState.COMPLETED}
    assert {case.outcome for case in cases} == {"completed"}
    assert set(acknowledged.started) <= {case.id for case in cases}

    assert set(done.values()) == {1}, "a task was done twice"
    assert set(done) == {task.id for task in tasks if task.state == TaskState.COMPLETED}
    assert not [task.id for task in tasks if task.state == TaskState.OPEN]
    assert not Counter(acknowledged.completed) - done, "an acknowledged act is not in the log"
    # claiming what is mine already is answered well and changes nothing, hence sets
    assert set(acknowledged.claimed) <= claimed, "an acknowledged claim is not in the log"

    assert sorted(baselines) == [case.id for case in cases], "each case's handler took effect exactly once"
    assert [case.number.rsplit("-", 1)[1] for case in cases] == [f"{n:04d}" for n in range(1, len(cases) + 1)]
    assert counted == len(cases)
