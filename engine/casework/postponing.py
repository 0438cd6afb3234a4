"""Work that failed is tried again with growing pauses; what stays undone becomes an incident with its cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine.casework import logbook
from engine.casework.incidents import tell_administrators
from engine.errors import HandlerFailed
from engine.i18n import _, in_source_language
from engine.models import Incident, Instance, Job, JobState

ATTEMPTS = 5
"""Tries of what runs inside a transaction until a person must look at it; after 1, 4, 9 … minutes."""


def postpone(session: Session, jobs: Sequence[Job], error: Exception, now: datetime, *, final: bool = False) -> None:
    """One more failed try of these jobs (of one case), whose rows the caller holds; `final`: another try is no use."""
    for job in jobs:
        job.attempts += 1
        job.last_error = str(error)[:2000]
        if final or job.attempts >= ATTEMPTS:
            job.state = JobState.FAILED
        else:
            job.due_at = now + timedelta(minutes=job.attempts**2)
    session.flush()
    failed = [job for job in jobs if job.state == JobState.FAILED]
    if failed:
        report(session, failed[0], error, now)


def again_later(session: Session, job: Job, error: str, pause: timedelta, now: datetime) -> None:
    """A service job is taken up again after a pause; its try was counted when it began."""
    job.last_error = error[:2000]
    job.due_at = now + pause
    job.lock_owner, job.locked_until = "", None
    session.flush()


def report(session: Session, job: Job, error: Exception, now: datetime) -> int:
    """An incident about a job that is not tried again; the administrators are told. Returns its number."""
    job.state = JobState.FAILED
    job.lock_owner, job.locked_until = "", None
    session.flush()
    node_id = error.node_id if isinstance(error, HandlerFailed) else job.node_id
    values = {"instance_id": job.instance_id, "job_id": job.id, "node_id": node_id, "kind": "failed"}
    text = str(error)
    number = session.scalars(
        insert(Incident).returning(Incident.id).values(**values, message=text, created_at=now)
    ).one()
    with in_source_language():
        told = _("异常 {n}：{error}", n=number, error=text)
    tell_administrators(session, job.instance_id, told, now)
    if job.instance_id is not None and session.get(Instance, job.instance_id) is not None:
        payload = {"incident": number, "job": job.kind, "error": text[:2000]}
        logbook.note(session, job.instance_id, None, now, "incident_raised", payload, node_id, job.token_id)
    return number
