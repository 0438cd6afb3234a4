"""What the scheduler asks: when is the next timer due, which cases have one due now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select

from engine.db import table_of
from engine.models import Job, JobState
from engine.platform import Platform

_JOB = table_of(Job).c
_NEXT = select(func.min(_JOB.due_at)).where(_JOB.state == JobState.WAITING)
_DUE = (
    select(_JOB.instance_id)
    .where(_JOB.state == JobState.WAITING, _JOB.due_at <= bindparam("now"))
    .group_by(_JOB.instance_id)
    .order_by(func.min(_JOB.due_at), _JOB.instance_id)
    .limit(bindparam("most"))
)


def next_due(platform: Platform) -> datetime | None:
    """The earliest due time of all waiting jobs, None when there is none."""
    with platform.database.read() as session:
        due: datetime | None = session.scalar(_NEXT)
        return due


def due_cases(platform: Platform, limit: int = 200) -> list[int]:
    """Cases with a timer due now, the longest due first."""
    with platform.database.read() as session:
        return list(session.scalars(_DUE, {"now": platform.clock.now(), "most": limit}))
