"""Jobs that are one transaction each: what one case wants of another, and what starts by itself.

Each function does the work of one job row inside the caller's transaction; whoever called it deletes nothing. The case
is locked before the job row, as in every other transaction, and a row that is gone by then has been done by another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from engine import typedjson
from engine.casework import openings
from engine.casework.calling import version_for
from engine.casework.case import CaseChange, Saved, load_case
from engine.casework.starting import start_by_itself, too_deep
from engine.errors import ExecutionError, NotNow
from engine.i18n import _
from engine.models import Job, JobKind, JobState, Message, MessageState, Subscription
from engine.platform import Platform

Errand = Callable[[Platform, Session, Job], Saved | None]
_QUIET = {"synchronize_session": False}


def take(session: Session, job_id: int) -> Job | None:
    """The job's row for this transaction alone; None when it is done, not due any more or somebody has it."""
    waiting = select(Job).where(Job.id == job_id, Job.state == JobState.WAITING)
    return session.scalar(waiting.with_for_update(skip_locked=True).execution_options(populate_existing=True))


def done(session: Session, *jobs: int) -> None:
    """The jobs' rows go with the transaction that did their work."""
    session.execute(delete(Job).where(Job.id.in_(jobs)), execution_options=_QUIET)


def _call(platform: Platform, session: Session, job: Job) -> Saved | None:
    """Begin the case that a call activity asks for; the row stays until it has ended."""
    taken = take(session, job.id)
    if taken is None or taken.instance_id is None:
        return None
    problem = too_deep(session, taken.instance_id)
    if problem is not None:
        raise ExecutionError(problem)
    asked = _payload(taken)
    deployed = version_for(platform, session, taken.instance_id, asked)
    called_by = (taken.instance_id, taken.token_id)
    change = start_by_itself(
        platform, session, deployed, asked["variables"], source_id=taken.instance_id, called_by=called_by
    )
    taken.state = JobState.ASKED
    session.flush()
    return change.save()


def _ended(platform: Platform, session: Session, job: Job) -> Saved | None:
    """The calling case goes on with what the called one has brought."""
    return _answered(platform, session, job, lambda change, told: change.execution.called_ended(job.token_id, told))


def _raised(platform: Platform, session: Session, job: Job) -> Saved | None:
    """The calling case takes an error or escalation of the called one."""

    def act(change: CaseChange, told: Mapping[str, Any]) -> None:
        if told["is_error"]:
            change.execution.fail(job.token_id, told["code"], told["message"])
        else:
            change.execution.escalate(job.token_id, told["code"])

    return _answered(platform, session, job, act)


def _answered(
    platform: Platform, session: Session, job: Job, act: Callable[[CaseChange, Mapping[str, Any]], None]
) -> Saved | None:
    assert job.instance_id is not None
    change = load_case(platform, session, job.instance_id, None)
    taken = take(session, job.id)
    if taken is None:
        return None
    told = _payload(taken)
    if job.token_id not in {token for token, _node in change.execution.outside}:
        raise NotNow(_("这一步已经结束，请刷新页面查看最新状态。"))
    act(change, told)
    if taken.kind == JobKind.ENDED or told["is_error"]:
        call = (Job.instance_id == job.instance_id, Job.token_id == job.token_id, Job.kind == JobKind.CALL)
        session.execute(delete(Job).where(*call), execution_options=_QUIET)
    done(session, job.id)
    return change.save()


def _terminate(platform: Platform, session: Session, job: Job) -> Saved | None:
    """End a case whose caller does not want it any more, suspended or not."""
    assert job.instance_id is not None
    change = load_case(platform, session, job.instance_id, None, even_suspended=True)
    if take(session, job.id) is None:
        return None
    change.note("case_terminated", {"by_caller": True})
    change.tell_caller = False
    change.execution.terminate()
    done(session, job.id)
    return change.save()


def _signal(platform: Platform, session: Session, job: Job) -> Saved | None:
    """Tell a signal to one case; one that does not wait for it any more has missed it."""
    assert job.instance_id is not None
    change = load_case(platform, session, job.instance_id, None)
    taken = take(session, job.id)
    if taken is None:
        return None
    told = _payload(taken)
    done(session, job.id)
    if not change.execution.signal(told["name"], told["payload"]):
        return None
    return change.save()


def _start(platform: Platform, session: Session, job: Job) -> Saved | None:
    """Begin a case with its start event; a timer that comes again is set to its next time."""
    taken = take(session, job.id)
    if taken is None or taken.definition_id is None:
        return None
    asked = _payload(taken)
    deployed = platform.deployments.get(session, taken.definition_id)
    node, now = deployed.process.nodes[taken.node_id], platform.clock.now()
    complete = False
    change = None
    if node.parallel_multiple and "came" not in asked:
        complete = openings.gather(session, taken.definition_id, node, asked["at"], asked["variables"], now)
    else:
        change = start_by_itself(platform, session, deployed, asked["variables"], at=node.id, source_id=taken.source_id)
    again = None
    if "left" in asked:
        again = openings.next_start(platform, node, asked["at"], taken.due_at, asked["left"], now)
    if again is None:
        done(session, job.id)
    else:
        taken.due_at, left = again
        taken.attempts, taken.payload = 0, typedjson.dumps({**asked, "left": left})
        session.flush()
    if change is not None:
        return change.save()
    return Saved((), False, "", now) if complete else None


def _condition(platform: Platform, session: Session, job: Job) -> Saved | None:
    """Look at the conditions that start processes; what begins to hold starts a case, by a job of its own."""
    taken = take(session, job.id)
    if taken is None:
        return None
    watched = select(Subscription).where(Subscription.kind == "conditional").order_by(Subscription.id)
    subscriptions = session.scalars(watched.with_for_update()).all()
    ids = {s.definition_id for s in subscriptions if s.definition_id is not None}
    known = platform.deployments.all(session, ids)
    nodes = [(s, known[s.definition_id].process.nodes[s.node_id]) for s in subscriptions if s.definition_id in known]
    now = platform.clock.now()
    jobs = openings.conditions_met(session, taken.source_id, nodes, now)
    if jobs:
        session.execute(insert(Job), jobs)
    done(session, job.id)
    return Saved((), False, "", now) if jobs else None


def _expire(platform: Platform, session: Session, job: Job) -> Saved | None:
    """A message has waited long enough: it is not delivered any more."""
    assert job.message_id is not None
    message = session.scalar(select(Message).where(Message.id == job.message_id).with_for_update())
    if take(session, job.id) is None:
        return None
    if message is not None:
        message.state = MessageState.EXPIRED
        session.flush()
    session.execute(delete(Job).where(Job.message_id == job.message_id), execution_options=_QUIET)
    return None


def _payload(job: Job) -> Any:
    return typedjson.loads(job.payload) if job.payload else {}


ERRANDS: Mapping[str, Errand] = {
    JobKind.CALL: _call,
    JobKind.ENDED: _ended,
    JobKind.RAISED: _raised,
    JobKind.TERMINATE: _terminate,
    JobKind.SIGNAL: _signal,
    JobKind.START: _start,
    JobKind.CONDITION: _condition,
    JobKind.EXPIRE: _expire,
}
"""By kind of job; messages are handed over by `engine.casework.delivery`."""
