"""处理异常: an administrator has a job tried again, gives its answer by hand, or leaves it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.casework import logbook
from engine.casework.case import CaseChange, load_case
from engine.casework.submission import OPINION_LIMIT, plain
from engine.errors import InvalidForm, NotFound, NotNow
from engine.i18n import _
from engine.jsondata import load
from engine.models import TIMERS, Incident, Instance, Job, JobKind, JobState
from engine.permissions import Actor, Permission
from engine.platform import Platform

_QUIET = {"synchronize_session": False}
LONGEST_ANSWER = 20_000
ANSWERED = (JobKind.SERVICE, JobKind.CALL, JobKind.RAISED)
"""Jobs for whose answer a token waits: it can be given by hand."""


@dataclass(frozen=True)
class Repaired:
    """What the page says, and the case it is about (None: one that could not begin)."""

    instance_id: int | None
    message: str


def retry_job(platform: Platform, actor: Actor, incident_id: int) -> Repaired:
    """Try the job of the incident again, at once and with all its tries. What a called case has left undone by an error
    is begun anew. Raises `NotNow` where nothing can be tried again."""
    actor.require(Permission.REPAIR_CASES)
    now = platform.clock.now()
    with platform.database.write() as session:
        incident, job = _failed_job(session, incident_id)
        if job.kind == JobKind.RAISED:
            call = _call_of(session, job)
            if call is None:
                raise NotNow(_("被调用的流程已不在等待，不能重新发起。"))
            session.execute(delete(Job).where(Job.id == job.id), execution_options=_QUIET)
            job = call
        of_case = (Job.instance_id == job.instance_id, Job.kind.in_(TIMERS), Job.state == JobState.FAILED)
        again = update(Job).where(*of_case) if job.kind in TIMERS else update(Job).where(Job.id == job.id)
        fresh = {"state": JobState.WAITING, "attempts": 0, "due_at": now, "lock_owner": "", "locked_until": None}
        session.execute(again.values(**fresh), execution_options=_QUIET)
        _settle(session, actor, incident, "retried", "", now)
    platform.wake()
    return Repaired(incident.instance_id, _("已安排重试，结果稍后可在这里看到。"))


def answer_job(platform: Platform, actor: Actor, incident_id: int, answer: str, reason: str) -> Repaired:
    """Go on as if the job had ended with this answer: a JSON object of what the handler would have answered, or of the
    variables that the called case would have had. Raises `InvalidForm` by field."""
    return _go_on(platform, actor, incident_id, "answered", _object(answer), reason)


def skip_job(platform: Platform, actor: Actor, incident_id: int, reason: str) -> Repaired:
    """Go on without the job: nothing is answered, or what was to be told or begun is left out."""
    return _go_on(platform, actor, incident_id, "skipped", {}, reason)


def close_incident(platform: Platform, actor: Actor, incident_id: int, reason: str) -> Repaired:
    """Mark an incident without a job as settled: it was mended elsewhere (the act done again, the task handed over)."""
    actor.require(Permission.REPAIR_CASES)
    reason = _reason(reason)
    with platform.database.write() as session:
        incident = _incident(session, incident_id)
        if incident.job_id is not None and session.get(Job, incident.job_id) is not None:
            raise NotNow(_("这个异常还有任务没有完成，请重试、填写结果或跳过。"))
        _settle(session, actor, incident, "closed", reason, platform.clock.now())
    return Repaired(incident.instance_id, _("已标记为处理完毕。"))


def _go_on(
    platform: Platform, actor: Actor, incident_id: int, how: str, answer: Mapping[str, Any], reason: str
) -> Repaired:
    actor.require(Permission.REPAIR_CASES)
    reason = _reason(reason)
    now = platform.clock.now()
    with platform.database.write() as session:
        incident, job = _failed_job(session, incident_id)
        payload = {"incident": incident.id, "job": job.kind, "reason": reason, "answer": dict(answer)}
        saved = None
        if job.kind in ANSWERED:
            assert job.instance_id is not None
            change = load_case(platform, session, job.instance_id, actor)
            change.note(f"job_{how}", payload, job.node_id, job.token_id)
            _answer(change, job, answer)
            call = _call_of(session, job)
            session.execute(
                delete(Job).where(Job.id.in_([job.id] if call is None else [job.id, call.id])), execution_options=_QUIET
            )
            _settle(session, actor, incident, how, reason, now, logged=True)
            saved = change.save()
        elif how == "answered" or job.kind in TIMERS or job.kind in (JobKind.ENDED, JobKind.TERMINATE):
            raise NotNow(_("这一步没有可以代为填写或跳过的结果，请排除原因后重试。"))
        else:
            session.execute(delete(Job).where(Job.id == job.id), execution_options=_QUIET)
            _settle(session, actor, incident, how, reason, now)
    if saved is not None:
        platform.expect(saved.next_timer)
    told = _("已按填写的结果继续。") if how == "answered" else _("已跳过，原因记入日志。")
    return Repaired(incident.instance_id, told)


def _answer(change: CaseChange, job: Job, answer: Mapping[str, Any]) -> None:
    if job.kind == JobKind.SERVICE:
        change.execution.job_done(job.token_id, answer)
    else:
        change.execution.called_ended(job.token_id, answer)


def _incident(session: Session, incident_id: int) -> Incident:
    incident = session.scalar(select(Incident).where(Incident.id == incident_id))
    if incident is None:
        raise NotFound(_("没有这个异常。"))
    if incident.instance_id is not None:  # the case first, then what belongs to it
        session.execute(select(Instance.id).where(Instance.id == incident.instance_id).with_for_update(key_share=True))
    session.refresh(incident, with_for_update=True)
    if incident.resolved_at is not None:
        raise NotNow(_("这个异常已经有人处理过，没有任何改动。请刷新页面。"))
    return incident


def _failed_job(session: Session, incident_id: int) -> tuple[Incident, Job]:
    incident = _incident(session, incident_id)
    failed = select(Job).where(Job.id == incident.job_id, Job.state == JobState.FAILED)
    job = session.scalar(failed.with_for_update())
    if job is None:
        raise NotNow(_("这个异常没有可以重试的任务：请重新办理出错的那一步，或标记为已处理。"))
    return incident, job


def _call_of(session: Session, job: Job) -> Job | None:
    """The row that a called case belongs to, where `job` tells of its error."""
    if job.kind != JobKind.RAISED:
        return None
    call = (Job.instance_id == job.instance_id, Job.token_id == job.token_id, Job.kind == JobKind.CALL)
    return session.scalar(select(Job).where(*call).with_for_update())


def _settle(
    session: Session, actor: Actor, incident: Incident, how: str, reason: str, now: Any, *, logged: bool = False
) -> None:
    settled = {"resolved_at": now, "resolved_by": actor.id, "resolution": how, "note": reason}
    session.execute(update(Incident).where(Incident.id == incident.id).values(**settled), execution_options=_QUIET)
    if incident.instance_id is not None and not logged:
        payload = {"incident": incident.id, "reason": reason}
        logbook.note(session, incident.instance_id, actor.id, now, f"job_{how}", payload, incident.node_id)


def _object(answer: str) -> dict[str, Any]:
    try:
        value = load(answer.encode()) if answer.strip() else {}
    except ValueError:
        value = None
    if not isinstance(value, dict) or len(answer) > LONGEST_ANSWER:
        example = '{"receipt": "R-7"}'
        raise InvalidForm({"answer": _("结果须是一个 JSON 对象，例如 {example}。", example=example)})
    return value


def _reason(reason: str) -> str:
    reason = plain(reason)
    if not reason or len(reason) > OPINION_LIMIT:
        raise InvalidForm({"reason": _("请写明原因，最多 {n} 字。", n=OPINION_LIMIT)})
    return reason
