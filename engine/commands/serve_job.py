"""Run a handler outside any transaction: claim, run, finish.

Claiming counts the try and locks the row for as long as the handler may take; a worker that is killed lets the lock
lapse, and another one takes the job up with the same idempotency key. Who finishes must still hold the lock: an answer
that comes too late is dropped.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine import bpmn, typedjson
from engine.casework import logbook
from engine.casework.case import CaseChange, Saved, load_case
from engine.casework.postponing import again_later, report
from engine.casework.services import serve
from engine.errors import CaseSuspended, ExecutionError, GuichengError, HandlerFailed, NotFound, NotNow
from engine.i18n import _
from engine.models import Instance, Job, JobKind, JobState
from engine.platform import Platform
from engine.ports import HandlerContext, Notify

log = structlog.get_logger(__name__)

GRACE = timedelta(seconds=30)
"""How long beyond the time limit a lock holds: the answer still has to be written."""


@dataclass(frozen=True)
class Claim:
    """A job taken up: what to call, with what, and the lock that its finisher must hold."""

    job_id: int
    instance_id: int
    token_id: int
    node: bpmn.Node
    inputs: dict[str, Any]
    attempt: int
    lock: str
    context: HandlerContext


def claim_job(platform: Platform, job_id: int, owner: str) -> Claim | None:
    """Take the job up for `owner`; None when it is done, another has it, or its case is suspended or has ended."""
    settings, now = platform.settings, platform.clock.now()
    with platform.database.write() as session:
        job = session.scalar(_free(job_id, now))
        if job is None or job.instance_id is None:
            return None
        instance = session.get_one(Instance, job.instance_id)
        if instance.suspended_at is not None:
            job.state = JobState.HELD
            session.flush()
            return None
        node = platform.deployments.get(session, instance.definition_id).process.nodes[job.node_id]
        job.attempts += 1
        job.lock_owner = f"{owner} {uuid4().hex}"[:80]
        job.locked_until = now + timedelta(seconds=settings.job_limit) + GRACE
        session.flush()
        inputs = typedjson.loads(job.payload) if job.payload else {}
        case = {"number": instance.number, "title": instance.title}
        context = HandlerContext.for_job(platform.database, job.id, case, now)
        claim = Claim(job.id, instance.id, job.token_id, node, inputs, job.attempts, job.lock_owner, context)
    if claim.attempt > settings.job_attempts:  # it ended the process that ran it, more than once
        _failed(platform, claim, ExecutionError(_("运行它的进程中途结束，没有得到结果。")))
        return None
    return claim


def _free(job_id: int, now: datetime) -> Any:
    unlocked = Job.locked_until.is_(None) | (Job.locked_until <= now)
    waiting = (Job.id == job_id, Job.kind == JobKind.SERVICE, Job.state == JobState.WAITING, Job.due_at <= now)
    return select(Job).where(*waiting, unlocked).with_for_update(skip_locked=True)


def serve_job(platform: Platform, claim: Claim) -> bool:
    """Run the handler within its time limit and hand its answer to the case; True when the case moved."""
    try:
        answer = _within(platform.settings.job_limit, lambda: _call(platform, claim), claim.node)
    except bpmn.BpmnError as error:
        return _finish(platform, claim, None, error)
    except Exception as error:  # a handler is foreign code: whatever it raises is its failure
        _failed(platform, claim, error)
        return False
    return _finish(platform, claim, answer, None)


def _call(platform: Platform, claim: Claim) -> dict[str, Any]:
    return serve(platform.handlers, claim.node, claim.inputs, claim.context)


def _within(seconds: int, work: Any, node: bpmn.Node) -> dict[str, Any]:
    """What `work` gives, in a thread of its own: a handler that hangs cannot be ended, but nobody waits for it."""
    found: list[dict[str, Any]] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # handed on to the thread that waits
            raised.append(error)

    thread = threading.Thread(target=run, name=f"job {node.id}", daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not found:
        raise HandlerFailed(node.id, _("超过 {n} 秒没有完成。", n=seconds))
    return found[0]


def _finish(platform: Platform, claim: Claim, answer: dict[str, Any] | None, error: bpmn.BpmnError | None) -> bool:
    """The case goes on with the answer, or with the error of the diagram; the notices of the handler go with it."""
    try:
        with platform.database.write() as session:
            change = load_case(platform, session, claim.instance_id, None)
            if not _holds(session, claim):
                return False
            for accounts, text in claim.context.notify.kept:
                Notify(session, claim.instance_id, change.now).send(accounts, text)
            _go_on(change, claim, answer, error)
            session.execute(delete(Job).where(Job.id == claim.job_id), execution_options={"synchronize_session": False})
            saved: Saved = change.save()
    except CaseSuspended:
        _put_aside(platform, claim)
        return False
    except (NotNow, NotFound):
        _drop(platform, claim)
        return False
    except GuichengError as problem:
        _failed(platform, claim, problem, final=True)
        return False
    except Exception as problem:
        log.exception("job_failed", job=claim.job_id, topic=claim.node.topic)
        _failed(platform, claim, problem)
        return False
    platform.expect(saved.next_timer)
    return True


def _go_on(change: CaseChange, claim: Claim, answer: dict[str, Any] | None, error: bpmn.BpmnError | None) -> None:
    if error is not None:
        change.execution.fail(claim.token_id, error.code, error.message)
    else:
        change.execution.job_done(claim.token_id, answer)


def _holds(session: Session, claim: Claim) -> bool:
    held = select(Job.id).where(Job.id == claim.job_id, Job.lock_owner == claim.lock)
    return session.scalar(held.with_for_update()) is not None


def _failed(platform: Platform, claim: Claim, error: Exception, *, final: bool = False) -> None:
    """One try less; after the last one an incident. Both stand in the case's log."""
    settings, now = platform.settings, platform.clock.now()
    text = str(error) if isinstance(error, GuichengError) else f"{type(error).__name__}: {error}"
    with platform.database.write() as session:
        lock = select(Instance.id).where(Instance.id == claim.instance_id).with_for_update(key_share=True)
        if session.scalar(lock) is None or not _holds(session, claim):
            return
        job = session.get_one(Job, claim.job_id)
        payload = {"attempt": claim.attempt, "error": text[:2000], "topic": claim.node.topic}
        logbook.note(session, claim.instance_id, None, now, "job_failed", payload, claim.node.id, claim.token_id)
        if final or claim.attempt >= settings.job_attempts:
            report(session, job, HandlerFailed(claim.node.id, _failure(claim, text)), now)
        else:
            pause = timedelta(seconds=settings.job_pause * 4 ** (claim.attempt - 1))
            again_later(session, job, text, pause, now)
    platform.wake()


def _failure(claim: Claim, text: str) -> str:
    name = claim.node.name or claim.node.id
    return _("自动步骤“{name}”试了 {n} 次没有成功：{error}", name=name, n=claim.attempt, error=text)


def _put_aside(platform: Platform, claim: Claim) -> None:
    """The case was suspended meanwhile: the job is run again, with the same key, when it goes on."""
    with platform.database.write() as session:
        if _holds(session, claim):
            job = session.get_one(Job, claim.job_id)
            job.state, job.lock_owner, job.locked_until = JobState.HELD, "", None
            job.attempts -= 1
            session.flush()


def _drop(platform: Platform, claim: Claim) -> None:
    with platform.database.write() as session:
        session.execute(delete(Job).where(Job.id == claim.job_id), execution_options={"synchronize_session": False})
