"""工作台 and the figures of the frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.models import Draft, Instance, InstanceState, Notification, Task
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.inbox import InboxRow, claimable_tasks, count_segments, open_tasks, task_rows
from engine.queries.notices import NoticeRow, notice_rows
from engine.queries.procedures import ProcedureCard, startable
from engine.queries.started import StartedRow, started_rows

SHOWN = 12
"""Tasks on the workbench; the rest is one click away."""


@dataclass(frozen=True)
class Counts:
    """The numbers in the side bar and on the bell."""

    inbox: int
    inbox_late: int
    claimable: int
    started: int
    drafts: int
    unread: int


@dataclass(frozen=True)
class Workbench:
    """Everything the workbench shows."""

    groups: dict[str, list[InboxRow]]
    inbox_total: int
    late: int
    today: int
    week: int
    claimable: list[InboxRow]
    claimable_total: int
    started: list[StartedRow]
    started_total: int
    notices: list[NoticeRow]
    unread: int
    done_today: int
    procedures: list[ProcedureCard]


def workbench(platform: Platform, actor: Actor) -> Workbench:
    """What this person should see first."""
    now = platform.clock.now()
    with platform.database.read() as session:
        mine, claim = open_tasks(actor), claimable_tasks(actor)
        segments = count_segments(session, mine, now)
        rows = task_rows(session, actor, mine, now, "due", SHOWN)
        today = local(now).date()
        groups: dict[str, list[InboxRow]] = {"late": [], "today": [], "later": []}
        for row in rows:
            if row.due is not None and row.due.late:
                groups["late"].append(row)
            elif row.due is not None and local(row.due.at).date() == today:
                groups["today"].append(row)
            else:
                groups["later"].append(row)
        running = [Instance.starter_id == actor.id, Instance.state == InstanceState.RUNNING]
        midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        finished = select(func.count()).where(Task.completed_by == actor.id, Task.completed_at >= midnight)
        unread = select(func.count()).where(Notification.person_id == actor.id, Notification.read_at.is_(None))
        return Workbench(
            groups=groups,
            inbox_total=segments["all"],
            late=segments["late"],
            today=segments["today"],
            week=segments["week"],
            claimable=task_rows(session, actor, claim, now, "due", 5),
            claimable_total=count_segments(session, claim, now)["all"],
            started=started_rows(platform, session, actor, running, 5),
            started_total=session.scalar(select(func.count(Instance.id)).where(*running)) or 0,
            notices=notice_rows(session, actor, 6),
            unread=session.scalar(unread) or 0,
            done_today=session.scalar(finished) or 0,
            procedures=startable(platform, session, actor),
        )


def frame_counts(platform: Platform, actor: Actor) -> Counts:
    """The frame's numbers, in one statement."""
    with platform.database.read() as session:
        return _counts(session, actor, platform.clock.now())


def _counts(session: Session, actor: Actor, now: datetime) -> Counts:
    late = func.coalesce(func.sum(case((and_(Task.due_at < now), 1), else_=0)), 0)
    mine = select(func.count(), late).where(Task.assignee_id == actor.id, Task.is_open).subquery()
    claim = claimable_tasks(actor).with_only_columns(func.count()).scalar_subquery()
    running = (
        select(func.count(Instance.id))
        .where(Instance.starter_id == actor.id, Instance.state == InstanceState.RUNNING)
        .scalar_subquery()
    )
    drafts = select(func.count(Draft.id)).where(Draft.person_id == actor.id).scalar_subquery()
    unread = (
        select(func.count(Notification.id))
        .where(Notification.person_id == actor.id, Notification.read_at.is_(None))
        .scalar_subquery()
    )
    row = list(session.execute(select(*mine.c, claim, running, drafts, unread)).one())
    return Counts(*row)
