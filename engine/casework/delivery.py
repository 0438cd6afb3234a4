"""Handing a message to the one case that takes it: it waits until somebody does, and is never delivered twice.

The message's row is deleted in the transaction of the case that takes it. Who waits longest comes first; where no case
waits, a version that starts with the message does; where there is none either, the message goes on waiting, and wakes
when a case or version that waits for it comes (`engine.casework.awaiting`) or its time is over.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from engine import typedjson
from engine.casework.awaiting import alone, untouched
from engine.casework.case import Saved, load_case
from engine.casework.requests import BLANK
from engine.casework.starting import start_by_itself
from engine.errors import NotFound, NotNow
from engine.models import Instance, Job, JobKind, Message, MessageState, Subscription
from engine.platform import Platform

_QUIET = {"synchronize_session": False}


def deliver(platform: Platform, job_id: int, message_id: int) -> Saved | None:
    """Find who takes the message, each try in a transaction of its own; None where nobody does (now)."""
    refused: set[int] = set()
    while True:
        with platform.database.read() as session:
            message = session.get(Message, message_id)
            if message is None or message.state != MessageState.WAITING:
                break
            case = _waiting_case(session, message, refused)
            version = None if case is not None else _starting_version(session, message)
        if case is not None:
            try:
                return _hand_over(platform, message, case)
            except (NotFound, NotNow):  # it has ended, is suspended or may not take it now
                refused.add(case)
        elif version is not None:
            return _start(platform, message, *version)
        elif _keep(platform, job_id, message, refused):
            return None
    with platform.database.write() as session:
        session.execute(delete(Job).where(Job.id == job_id), execution_options=_QUIET)
    return None


def _hand_over(platform: Platform, message: Message, case: int) -> Saved | None:
    with platform.database.write() as session:
        change = load_case(platform, session, case, None)
        if not _consume(session, message.id):
            return None
        change.execution.deliver(message.name, typedjson.loads(message.payload), message.correlation)
        return change.save()


def _start(platform: Platform, message: Message, definition_id: int, node_id: str, at: int) -> Saved | None:
    with platform.database.write() as session:
        if not _consume(session, message.id):
            return None
        deployed = platform.deployments.get(session, definition_id)
        variables = typedjson.loads(message.payload)
        if deployed.process.nodes[node_id].parallel_multiple:  # the other events must come, too
            asked = typedjson.dumps({"variables": variables, "at": at})
            row = {"definition_id": definition_id, "node_id": node_id, "source_id": message.sender_id, "payload": asked}
            now = platform.clock.now()
            session.execute(insert(Job), [{**BLANK, **row, "kind": JobKind.START, "due_at": now}])
            return Saved((), False, "", now)
        change = start_by_itself(platform, session, deployed, variables, at=node_id, source_id=message.sender_id)
        return change.save()


def _keep(platform: Platform, job_id: int, message: Message, refused: set[int]) -> bool:
    """Let the message wait; False when a receiver has come meanwhile or another has handed it over."""
    with platform.database.write() as session:
        alone(session, message.name)
        if _waiting_case(session, message, refused) is not None or _starting_version(session, message) is not None:
            return False
        if not _lock(session, message.id):
            return False
        session.execute(delete(Job).where(Job.id == job_id), execution_options=_QUIET)
        expiry = select(Job.id).where(Job.message_id == message.id, Job.kind == JobKind.EXPIRE)
        if session.scalar(expiry) is None:
            row = {"kind": JobKind.EXPIRE, "message_id": message.id, "due_at": message.expires_at}
            session.execute(insert(Job), [{**BLANK, **row}])
    platform.expect(message.expires_at)
    return True


def _consume(session: Session, message_id: int) -> bool:
    """Take the message away with all that is to be done about it; False when another took it first."""
    if not _lock(session, message_id):
        return False
    session.execute(delete(Job).where(Job.message_id == message_id), execution_options=_QUIET)
    session.execute(delete(Message).where(Message.id == message_id), execution_options=_QUIET)
    return True


def _lock(session: Session, message_id: int) -> bool:
    """Whether the message still waits; nobody else takes it until this transaction ends. The message comes before its
    jobs, here as everywhere: two who have to do with it never wait for each other."""
    waiting = select(Message.id).where(Message.id == message_id, Message.state == MessageState.WAITING)
    return session.scalar(waiting.with_for_update()) is not None


def _waiting_case(session: Session, message: Message, refused: set[int]) -> int | None:
    asked = (
        select(Subscription.instance_id)
        .join(Instance, Instance.id == Subscription.instance_id)
        .where(_named(message), _keyed(message), Instance.suspended_at.is_(None))
        .order_by(Subscription.id)
    )
    if refused:
        asked = asked.where(Subscription.instance_id.not_in(refused))
    return session.scalar(asked.limit(1))


def _starting_version(session: Session, message: Message) -> tuple[int, str, int] | None:
    """A start event has no case yet that could tell its messages apart: the name alone counts."""
    asked = select(Subscription.definition_id, Subscription.node_id, Subscription.holder_id).where(
        _named(message), Subscription.definition_id.is_not(None)
    )
    row = session.execute(asked.order_by(Subscription.id).limit(1)).first()
    return None if row is None or row[0] is None else (row[0], row[1], row[2])


def _named(message: Message) -> ColumnElement[bool]:
    return (Subscription.kind == "message") & (Subscription.name == message.name)


def _keyed(message: Message) -> ColumnElement[bool]:
    key = message.correlation
    return Subscription.correlation.is_(None) if key is None else Subscription.correlation == key


def retry_messages(session: Session, instance_id: int, now: datetime) -> bool:
    """Look again for who takes what this case waits for: it was suspended and goes on."""
    waits = select(Subscription.name).where(Subscription.instance_id == instance_id, Subscription.kind == "message")
    waiting = select(Message.id, Message.sender_id).where(
        Message.name.in_(waits), Message.state == MessageState.WAITING
    )
    rows = [
        {**BLANK, "instance_id": sender, "message_id": found, "kind": JobKind.MESSAGE, "due_at": now}
        for found, sender in session.execute(untouched(waiting))
    ]
    if rows:
        session.execute(insert(Job), rows)
    return bool(rows)
