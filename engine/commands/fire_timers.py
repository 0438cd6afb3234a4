"""The clock's own command: fire what is due in one case; recompute deadlines that were a guess."""

from __future__ import annotations

import structlog
from sqlalchemy import delete, select, tuple_, update

from engine import bpmn
from engine.casework import load_case
from engine.casework.handing_in import hand_in_drafts
from engine.casework.postponing import postpone
from engine.errors import CaseSuspended, ExecutionError, GuichengError, NotFound, NotNow
from engine.models import TIMERS, Instance, Job, JobState, Task
from engine.platform import Platform

log = structlog.get_logger(__name__)


def fire_timers(platform: Platform, instance_id: int) -> bool:
    """Fire every due timer of the case, in order of due time, in one transaction; True when the case moved.

    The engine's own state decides what is due, so firing twice, late or after a restart does no harm. A failure is
    rolled back and tried again with growing pauses (1, 4, 9 … minutes); after the last try it stays as an incident.
    """
    of_case = (Job.instance_id == instance_id, Job.kind.in_(TIMERS))
    try:
        with platform.database.write() as session:
            try:
                change = load_case(platform, session, instance_id, None)
            except CaseSuspended:  # its jobs were put aside; this one was on its way
                session.execute(update(Job).where(*of_case, Job.state == JobState.WAITING).values(state=JobState.HELD))
                return False
            except (NotFound, NotNow):  # the case has ended: its timers are gone with it
                session.execute(delete(Job).where(*of_case))
                return False
            hand_in_drafts(change)
            change.execution.tick()
            # gone before `save` writes: a timer that comes again takes the place of its row
            overdue = delete(Job).where(*of_case, Job.due_at <= change.now)
            looked_at = overdue.returning(Job.token_id, Job.node_id, Job.kind)
            rows = session.execute(looked_at.execution_options(synchronize_session=False))
            change.fired = {(row.token_id, row.node_id, row.kind) for row in rows}
            saved = change.save()
    except GuichengError as error:
        _postpone(platform, instance_id, error)
        return False
    except Exception as error:  # a bug must neither lose the timer nor have it tried without end
        log.exception("timer_failed", instance=instance_id)
        _postpone(platform, instance_id, ExecutionError(f"{type(error).__name__}: {error}"))
        return False
    platform.expect(saved.next_timer)
    return bool(saved.new_tasks) or saved.ended


def _postpone(platform: Platform, instance_id: int, error: GuichengError) -> None:
    now = platform.clock.now()
    with platform.database.write() as session:
        session.execute(select(Instance.id).where(Instance.id == instance_id).with_for_update(key_share=True))
        due = (Job.instance_id == instance_id, Job.due_at <= now, Job.state == JobState.WAITING, Job.kind.in_(TIMERS))
        postpone(session, session.scalars(select(Job).where(*due)).all(), error, now)


def recompute_deadlines(platform: Platform) -> int:
    """Recompute deadlines that counted days of a year whose holidays were not yet published (暂按周末推算).

    Returns how many timers moved. Runs at start and once a day; costs nothing where no deadline is provisional.
    """
    moved = 0
    with platform.database.read() as session:
        ids = session.scalars(select(Job.instance_id).where(Job.provisional).distinct()).all()
    for instance_id in (found for found in ids if found is not None):
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
