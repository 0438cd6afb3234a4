"""What the scheduler asks: when is the next job due, what is due now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from engine.db import table_of
from engine.models import TIMERS, Job, JobKind, JobState
from engine.platform import Platform

_JOB = table_of(Job).c
_WAITING = _JOB.state == JobState.WAITING
_FREE = _JOB.locked_until.is_(None)
_NEXT = select(func.min(_JOB.due_at)).where(_WAITING, _FREE)
_LAPSES = select(func.min(_JOB.locked_until)).where(_WAITING, ~_FREE)
_NOT_SERVICE = _JOB.kind != JobKind.SERVICE
_DUE = (
    select(_JOB.id, _JOB.kind, _JOB.instance_id)
    .where(_WAITING, _JOB.due_at <= bindparam("now"), or_(_FREE, _JOB.locked_until <= bindparam("now")))
    .order_by(_JOB.due_at, _JOB.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True)
class DueJob:
    """A job that is due; `instance_id` is set for a timer: all due timers of a case are one piece of work."""

    id: int
    instance_id: int | None
    is_service: bool


def next_due(platform: Platform, *, service: bool = True) -> datetime | None:
    """When a job is due next, or the lock of one that is being run lapses; None when there is none.

    `service`: whether jobs outside transactions count.
    """
    first, lapse = (_NEXT, _LAPSES) if service else (_NEXT.where(_NOT_SERVICE), None)
    with platform.database.read() as session:
        moments = [session.scalar(first), None if lapse is None else session.scalar(lapse)]
    return min((moment for moment in moments if moment is not None), default=None)


def due_jobs(platform: Platform, limit: int = 200, *, service: bool = True) -> list[DueJob]:
    """What is due now, the longest due first; the timers of one case once."""
    asked = _DUE if service else _DUE.where(_NOT_SERVICE)
    with platform.database.read() as session:
        rows = session.execute(asked, {"now": platform.clock.now(), "most": limit}).all()
    found: dict[tuple[str, int | None], DueJob] = {}
    for job_id, kind, instance_id in rows:
        timer = kind in TIMERS
        key = ("timers", instance_id) if timer else ("job", job_id)
        found.setdefault(key, DueJob(job_id, instance_id if timer else None, kind == JobKind.SERVICE))
    return list(found.values())
