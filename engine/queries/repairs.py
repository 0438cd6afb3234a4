"""运行维护: what waits for an administrator: incidents, suspended cases, messages that nobody has taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from engine.models import Incident, Instance, InstanceState, Job, JobKind, JobState, Message, MessageState
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.incidents import unsettled
from engine.queries.related import Suspension, suspension
from engine.queries.shared import capped_count
from engine.queries.values import Page

SIZE = 20
_BY_HAND = (JobKind.SERVICE, JobKind.CALL, JobKind.RAISED)
_LEFT_OUT = (*_BY_HAND, JobKind.MESSAGE, JobKind.SIGNAL, JobKind.START, JobKind.CONDITION)


@dataclass(frozen=True)
class IncidentRow:
    """An incident; what can be done about it: try again, answer by hand, leave out, or (without a job) close."""

    id: int
    instance_id: int | None
    number: str
    title: str
    step: str
    message: str
    created_at: datetime
    can_retry: bool
    can_answer: bool
    can_skip: bool
    can_close: bool


@dataclass(frozen=True)
class SuspendedRow:
    """A case that stands still."""

    instance_id: int
    number: str
    title: str
    why: Suspension


@dataclass(frozen=True)
class MessageRow:
    """A message that nobody has taken; `sender` is the number of the case that sent it."""

    id: int
    name: str
    key: str | None
    expired: bool
    sent_at: datetime
    expires_at: datetime
    sender_id: int | None
    sender: str


@dataclass(frozen=True)
class Counts:
    """How many of each there are, capped."""

    incidents: int
    suspended: int
    messages: int


def counts(platform: Platform, actor: Actor) -> Counts:
    """For the tabs of the page."""
    actor.require(Permission.SEE_INCIDENTS)
    with platform.database.read() as session:
        return Counts(
            capped_count(session, _open(select(Incident.id))),
            capped_count(session, select(Instance.id).where(Instance.suspended_at.is_not(None), _running())),
            capped_count(session, select(Message.id)),
        )


def list_incidents(platform: Platform, actor: Actor, page: int = 1) -> Page[IncidentRow]:
    """Incidents that nobody has settled, the newest first. 无人可办 is settled by handing the task over."""
    actor.require(Permission.SEE_INCIDENTS)
    with platform.database.read() as session:
        asked = _open(
            select(Incident, Instance, Job.kind)
            .outerjoin(Instance, Instance.id == Incident.instance_id)
            .outerjoin(Job, (Job.id == Incident.job_id) & (Job.state == JobState.FAILED))
        )
        total = capped_count(session, _open(select(Incident.id)))
        rows = session.execute(asked.order_by(Incident.id.desc()).offset((page - 1) * SIZE).limit(SIZE)).all()
        return Page([_incident(platform, session, *row) for row in rows], total, page, SIZE)


def list_suspended(platform: Platform, actor: Actor, page: int = 1) -> Page[SuspendedRow]:
    """Cases that an administrator has stopped, the longest stopped first."""
    actor.require(Permission.SEE_INCIDENTS)
    with platform.database.read() as session:
        asked = select(Instance).where(Instance.suspended_at.is_not(None), _running())
        total = capped_count(session, asked)
        found = session.scalars(asked.order_by(Instance.suspended_at).offset((page - 1) * SIZE).limit(SIZE))
        rows = [(one, suspension(session, one)) for one in found.all()]
        items = [SuspendedRow(one.id, one.number, one.title, why) for one, why in rows if why is not None]
        return Page(items, total, page, SIZE)


def list_messages(platform: Platform, actor: Actor, page: int = 1) -> Page[MessageRow]:
    """Messages that nobody has taken, expired ones first, then the longest waiting."""
    actor.require(Permission.SEE_INCIDENTS)
    with platform.database.read() as session:
        asked = select(Message, Instance.number).outerjoin(Instance, Instance.id == Message.sender_id)
        total = capped_count(session, select(Message.id))
        expired_first = case((Message.state == MessageState.EXPIRED, 0), else_=1)
        rows = session.execute(asked.order_by(expired_first, Message.id).offset((page - 1) * SIZE).limit(SIZE)).all()
        return Page([_message(message, number) for message, number in rows], total, page, SIZE)


def _running() -> Any:
    return Instance.state == InstanceState.RUNNING


def _open(asked: Any) -> Any:
    """Unsettled, of a running case or of one that could not begin."""
    return asked.where(or_(unsettled(), Incident.instance_id.is_(None) & Incident.resolved_at.is_(None)))


def _incident(
    platform: Platform, session: Session, incident: Incident, instance: Instance | None, kind: str | None
) -> IncidentRow:
    step = ""
    if instance is not None:
        node = platform.deployments.get(session, instance.definition_id).process.nodes.get(incident.node_id)
        step = (node.name or node.id) if node is not None else ""
    return IncidentRow(
        id=incident.id,
        instance_id=incident.instance_id,
        number=instance.number if instance is not None else "",
        title=instance.title if instance is not None else "",
        step=step,
        message=incident.message,
        created_at=incident.created_at,
        can_retry=kind is not None,
        can_answer=kind in _BY_HAND,
        can_skip=kind in _LEFT_OUT,
        can_close=kind is None and incident.kind != "nobody",
    )


def _message(message: Message, number: str | None) -> MessageRow:
    return MessageRow(
        id=message.id,
        name=message.name,
        key=message.correlation,
        expired=message.state == MessageState.EXPIRED,
        sent_at=message.sent_at,
        expires_at=message.expires_at,
        sender_id=message.sender_id,
        sender=number or "",
    )
