"""What the scheduler asks: when is the next timer due, which cases have one due now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from engine.models import Job, JobState
from engine.platform import Platform


def next_due(platform: Platform) -> datetime | None:
    """The earliest due time of all waiting jobs, None when there is none."""
    with platform.database.read() as session:
        return session.scalar(select(func.min(Job.due_at)).where(Job.state == JobState.WAITING))


def due_cases(platform: Platform, limit: int = 200) -> list[int]:
    """Cases with a timer due now, the longest due first."""
    with platform.database.read() as session:
        due = (Job.state == JobState.WAITING, Job.due_at <= platform.clock.now())
        statement = select(Job.instance_id).where(*due).group_by(Job.instance_id).order_by(func.min(Job.due_at))
        return list(session.scalars(statement.limit(limit)))
