"""The clock's own command: fire what is due in one case; recompute deadlines that were a guess."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy import delete, select, tuple_, update

from engine import bpmn
from engine.casework import load_case
from engine.casework.incidents import record_incident
from engine.errors import ExecutionError, GuichengError, NotFound, NotNow
from engine.models import Job, JobState, Task
from engine.platform import Platform

log = structlog.get_logger(__name__)

ATTEMPTS = 5
"""Tries until a failing timer becomes an incident that waits for a person."""


def fire_timers(platform: Platform, instance_id: int) -> bool:
    """Fire every due timer of the case, in order of due time, in one transaction; True when the case moved.

    The engine's own state decides what is due, so firing twice, late or after a restart does no harm. A failure is
    rolled back and tried again with growing pauses (1, 4, 9 … minutes); after the last try it stays as an incident.
    """
    try:
        with platform.database.write() as session:
            try:
                change = load_case(platform, session, instance_id, None)
            except (NotFound, NotNow):  # the case has ended: its timers are gone with it
                session.execute(delete(Job).where(Job.instance_id == instance_id))
                return False
            change.execution.tick()
            saved = change.save()
            overdue = delete(Job).where(Job.instance_id == instance_id, Job.due_at <= change.now)
            session.execute(overdue.execution_options(synchronize_session=False))
    except GuichengError as error:
        _postpone(platform, instance_id, error)
        return False
    except Exception as error:  # a bug must neither lose the timer nor have it tried without end
        log.exception("timer_failed", instance=instance_id)
        _postpone(platform, instance_id, ExecutionError(f"{type(error).__name__}: {error}"))
        return False
    return bool(saved.new_tasks) or saved.ended


def _postpone(platform: Platform, instance_id: int, error: GuichengError) -> None:
    now = platform.clock.now()
    with platform.database.write() as session:
        due = (Job.instance_id == instance_id, Job.due_at <= now, Job.state == JobState.WAITING)
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
        before = {_key(timer): (timer.due, timer.provisional) for timer in change.execution.timers}
        if not change.execution.recompute_timers():
            return 0
        changed = [t for t in change.execution.timers if before[_key(t)] != (t.due, t.provisional)]
        keys = [_key(timer) for timer in changed]
        of_case = Job.instance_id == instance_id
        outdated = delete(Job).where(of_case, tuple_(Job.token_id, Job.node_id, Job.kind).in_(keys))
        session.execute(outdated.execution_options(synchronize_session=False))  # `save` writes them anew
        guessed = {timer.token_id for timer in changed if timer.provisional and timer.kind == "overdue"}
        for item in change.execution.work:
            if any(timer.token_id == item.token_id for timer in changed):
                session.execute(
                    update(Task)
                    .where(Task.instance_id == instance_id, Task.token_id == item.token_id)
                    .values(due_at=item.due, due_provisional=item.token_id in guessed)
                    .execution_options(synchronize_session=False)
                )
        moved = sum(1 for timer in changed if before[_key(timer)][0] != timer.due)
        change.note("deadlines_recomputed", {"timers": moved})
        change.save()
    return moved


def _key(timer: bpmn.Timer) -> tuple[int, str, str]:
    return timer.token_id, timer.node_id, timer.kind
