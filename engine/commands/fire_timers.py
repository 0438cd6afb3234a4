"""The clock's own command: fire what is due in one case; recompute deadlines that were a guess."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from engine.casework import load_case
from engine.casework.incidents import record_incident
from engine.errors import ExecutionError, GuichengError, NotFound, NotNow
from engine.models import Job, JobState, Task
from engine.platform import Platform

ATTEMPTS = 5
"""Tries until a failing timer becomes an incident that waits for a person."""


def fire_timers(platform: Platform, instance_id: int) -> bool:
    """Fire every due timer of the case, in order of due time, in one transaction; True when the case moved.

    The engine's own state decides what is due, so firing twice, late or after a restart does no harm. A failure is
    rolled back and tried again with growing pauses (1, 4, 9 … minutes); after the last try it stays as an incident.
    """
    try:
        with platform.database.write() as session:
            change = load_case(platform, session, instance_id, None)
            change.execution.tick()
            saved = change.save()
            overdue = delete(Job).where(Job.instance_id == instance_id, Job.due_at <= change.now)
            session.execute(overdue.execution_options(synchronize_session=False))
    except (NotFound, NotNow):  # the case has ended: its timers are gone with it
        with platform.database.write() as session:
            session.execute(delete(Job).where(Job.instance_id == instance_id))
        return False
    except GuichengError as error:
        _postpone(platform, instance_id, error)
        return False
    return bool(saved.new_tasks) or saved.ended


def _postpone(platform: Platform, instance_id: int, error: GuichengError) -> None:
    now = platform.clock.now()
    with platform.database.write() as session:
        due = (Job.instance_id == instance_id, Job.due_at <= now)
        jobs = session.scalars(select(Job).where(*due)).all()
        for job in jobs:
            job.attempts += 1
            job.last_error = str(error)[:2000]
            if job.attempts >= ATTEMPTS:
                job.state = JobState.FAILED
            else:
                job.due_at = now + timedelta(minutes=job.attempts**2)
        if any(job.state == JobState.FAILED for job in jobs):
            record_incident(session, error, instance_id, now)


def recompute_deadlines(platform: Platform) -> int:
    """Recompute deadlines that counted days of a year whose holidays were not yet published (暂按周末推算).

    Returns how many timers moved. Runs at start and once a day; costs nothing where no deadline is provisional.
    """
    moved = 0
    with platform.database.read() as session:
        ids = session.scalars(select(Job.instance_id).where(Job.provisional).distinct()).all()
    for instance_id in ids:
        try:
            moved += _recompute(platform, instance_id)
        except (NotFound, NotNow, ExecutionError):
            continue
    if moved:
        platform.wake()
    return moved


def _recompute(platform: Platform, instance_id: int) -> int:
    with platform.database.write() as session:
        change = load_case(platform, session, instance_id, None)
        before = {(t.token_id, t.node_id, t.kind): t.due for t in change.execution.timers}
        if not change.execution.recompute_timers():
            return 0
        timers = change.execution.timers
        guessed = {timer.token_id for timer in timers if timer.provisional and timer.kind == "overdue"}
        for timer in timers:
            session.execute(
                update(Job)
                .where(
                    Job.instance_id == instance_id,
                    Job.token_id == timer.token_id,
                    Job.node_id == timer.node_id,
                    Job.kind == timer.kind,
                )
                .values(due_at=timer.due, provisional=timer.provisional)
            )
        for item in change.execution.work:
            session.execute(
                update(Task)
                .where(Task.instance_id == instance_id, Task.token_id == item.token_id)
                .values(due_at=item.due, due_provisional=item.token_id in guessed)
            )
        moved = sum(1 for t in timers if _differs(before.get((t.token_id, t.node_id, t.kind)), t.due))
        change.note("deadlines_recomputed", {"timers": moved})
        change.save()
    return moved


def _differs(before: datetime | None, after: datetime) -> bool:
    return before != after
