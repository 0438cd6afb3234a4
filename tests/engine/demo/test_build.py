"""The demo, played through the real commands: all its cases, no mishap, whatever the date.

It is how every procedure runs as a whole on both databases: the scenarios of `tests/workflows` need none.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from engine.boot import ROOT
from engine.clock import LOCAL, MovableClock
from engine.commands.verify_log import verify_log
from engine.demo import CASES, PASSWORD, build
from engine.demo.soundness import unsound
from engine.jobs import run_due
from engine.models import (
    Attachment,
    Document,
    Incident,
    Instance,
    InstanceState,
    Job,
    JobState,
    Notification,
    Person,
    Project,
    Restriction,
    Task,
    TaskState,
    TrainingRecord,
)
from engine.platform import Platform
from engine.queries.cases import case_page
from engine.queries.people import actor_by_account
from engine.queries.workbench import workbench

MOMENTS = [
    datetime(2026, 11, 24, 10, 0, tzinfo=LOCAL),
    # nobody knows yet when Spring Festival will be free
    pytest.param(datetime(2027, 2, 24, 16, 20, tzinfo=LOCAL), marks=pytest.mark.year),
    pytest.param(datetime(2027, 10, 4, 8, 0, tzinfo=LOCAL), marks=pytest.mark.year),  # in the middle of a holiday
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_all_cases_are_there_and_nothing_went_wrong(
    empty_platform: Platform, clock: MovableClock, moment: datetime
) -> None:
    clock.move_to(moment)
    made: list[int] = []
    build(empty_platform, ROOT, lambda: made.append(1), run_due)
    assert (empty_platform.clock, clock.now(), empty_platform.mode) == (clock, moment, "demo")
    assert len(made) == CASES >= 14
    with empty_platform.database.read() as session:
        outcomes = dict(session.execute(select(Instance.outcome, func.count()).group_by(Instance.outcome)).all())
        assert sum(outcomes.values()) >= CASES  # some have called or started others
        assert {"", "completed", "rejected", "withdrawn"} <= set(outcomes)
        numbers = session.scalars(select(Instance.number).order_by(Instance.id)).all()
        assert len(set(numbers)) == len(numbers)
        planned = "已交备用办理人"  # changes proposed by the head of the department that would approve them
        told = session.scalars(select(Incident.message).where(Incident.resolved_at.is_(None))).all()
        assert all(planned in message for message in told)
        late = session.scalar(select(func.count(Task.id)).where(Task.state == TaskState.OPEN, Task.due_at < moment))
        assert late
        assert session.scalar(select(func.count(Attachment.id)))
        newest = [session.scalar(select(func.max(column))) for column in (Notification.created_at, Instance.started_at)]
        assert all(at is not None and at <= moment for at in newest)
        accepted = session.scalars(select(Project.acceptance_result).where(Project.accepted_on.is_not(None))).all()
        assert sorted(accepted) == ["整改后通过", "通过"]
        assert session.scalar(select(func.count(Document.id)).where(Document.kind == "YSZS")) == 2
        ended = select(Instance.key).where(Instance.state == InstanceState.COMPLETED)
        keys = {path.stem for path in (ROOT / "workflows").glob("*/*.bpmn")}
        assert set(session.scalars(ended)) == keys, "every procedure has come to an end at least once"
        rounds = select(TrainingRecord.result).join(Person, Person.id == TrainingRecord.person_id)
        rounds = rounds.where(Person.account == "zhongxiaoyan", TrainingRecord.kind == "assessment")
        assert session.scalars(rounds.order_by(TrainingRecord.id)).all() == ["不合格", "不合格", "合格"]
        assert session.scalar(select(func.count(Restriction.person_id))) == 0  # lifted once she had passed
        assessed = (Instance.key == "personal_assessment", Instance.state == InstanceState.COMPLETED)
        assert set(session.scalars(select(Instance.tag).where(*assessed))) == {"合格"}
        due = session.scalar(select(func.min(Job.due_at)).where(Job.state == JobState.WAITING))
        assert due is not None
        assert due > moment
        ids = session.scalars(select(Instance.id)).all()
    assert unsound(empty_platform) == []
    assert verify_log(empty_platform).sound
    manager = actor_by_account(empty_platform, "gaozhendong")
    assert manager is not None
    for instance_id in ids:
        page = case_page(empty_platform, manager, instance_id)
        assert page.timeline
        assert (page.why is None) == (page.state == "completed")
    actor = actor_by_account(empty_platform, "hejing")
    assert actor is not None
    assert workbench(empty_platform, actor).inbox_total + workbench(empty_platform, actor).claimable_total > 0
    assert len(PASSWORD) >= 10


def test_the_clock_is_given_back_also_when_the_play_fails(empty_platform: Platform, clock: MovableClock) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build(empty_platform, ROOT, fail, run_due)
    assert empty_platform.clock is clock
    assert empty_platform.mode == "building"
