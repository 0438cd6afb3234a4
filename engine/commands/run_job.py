"""Do one job that is a transaction of its own: what one case wants of another, or what starts by itself."""

from __future__ import annotations

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.casework.case import Saved
from engine.casework.delivery import deliver
from engine.casework.errands import ERRANDS, take
from engine.casework.postponing import postpone
from engine.errors import CaseSuspended, ExecutionError, GuichengError, NotFound, NotNow
from engine.models import Instance, InstanceState, Job, JobKind, JobState
from engine.platform import Platform

log = structlog.get_logger(__name__)


def run_job(platform: Platform, job_id: int) -> bool:
    """Do the job if it is still to be done; True when a case moved or began.

    What nobody waits for any more is dropped, what concerns a suspended case is held until that goes on. A failure is
    rolled back and tried again with growing pauses; after the last try it stays as an incident.
    """
    with platform.database.read() as session:
        job = session.get(Job, job_id)
    if job is None or job.state != JobState.WAITING:
        return False
    try:
        saved = _work(platform, job)
    except CaseSuspended:
        _hold(platform, job_id)
        return False
    except (NotNow, NotFound) as error:
        _drop(platform, job, error)
        return False
    except GuichengError as error:
        _failed(platform, job, error, final=job.kind == JobKind.RAISED)
        return False
    except Exception as error:  # a bug must neither lose the job nor have it tried without end
        log.exception("job_failed", job=job_id, kind=job.kind)
        _failed(platform, job, ExecutionError(f"{type(error).__name__}: {error}"))
        return False
    if saved is not None:
        platform.expect(saved.next_timer)
    return saved is not None


def _work(platform: Platform, job: Job) -> Saved | None:
    if job.kind == JobKind.MESSAGE:
        assert job.message_id is not None
        return deliver(platform, job.id, job.message_id)
    with platform.database.write() as session:
        return ERRANDS[job.kind](platform, session, job)


def _drop(platform: Platform, job: Job, error: GuichengError) -> None:
    """Nobody waits for it any more. Only where somebody does (the case still runs) is a missing process a failure."""
    if isinstance(error, NotFound) and job.kind in (JobKind.CALL, JobKind.START):
        _failed(platform, job, error, final=True)
        return
    with platform.database.write() as session:
        session.execute(delete(Job).where(Job.id == job.id))


def _hold(platform: Platform, job_id: int) -> None:
    with platform.database.write() as session:
        session.execute(
            update(Job).where(Job.id == job_id, Job.state == JobState.WAITING).values(state=JobState.HELD),
            execution_options={"synchronize_session": False},
        )


def _failed(platform: Platform, job: Job, error: GuichengError, *, final: bool = False) -> None:
    with platform.database.write() as session:
        _lock_case(session, job.instance_id)
        row = take(session, job.id)
        if row is not None:
            postpone(session, [row], error, platform.clock.now(), final=final)
    platform.wake()


def _lock_case(session: Session, instance_id: int | None) -> None:
    """The case first: whoever holds it may delete its jobs, so nobody waits for it with a job in his hand."""
    if instance_id is not None:
        running = (Instance.id == instance_id, Instance.state == InstanceState.RUNNING)
        session.execute(select(Instance.id).where(*running).with_for_update(key_share=True))
