"""等待的消息: an administrator has one looked for a receiver again, or takes it away."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from engine.casework import logbook
from engine.casework.requests import BLANK
from engine.casework.submission import OPINION_LIMIT, plain
from engine.errors import InvalidForm, NotFound
from engine.i18n import _
from engine.models import Instance, Job, JobKind, Message, MessageState
from engine.permissions import Actor, Permission
from engine.platform import Platform

_QUIET = {"synchronize_session": False}


def send_again(platform: Platform, actor: Actor, message_id: int) -> str:
    """Look for a receiver now; an expired message waits as long again as a new one. Returns its name."""
    actor.require(Permission.REPAIR_CASES)
    now = platform.clock.now()
    with platform.database.write() as session:
        message = _message(session, message_id)
        if message.state == MessageState.EXPIRED:
            message.state = MessageState.WAITING
            message.expires_at = now + timedelta(days=platform.settings.message_days)
            session.flush()
        row = {"instance_id": message.sender_id, "node_id": message.node_id, "message_id": message.id}
        session.execute(insert(Job), [{**BLANK, **row, "kind": JobKind.MESSAGE, "due_at": now}])
    platform.expect(now)
    return message.name


def discard_message(platform: Platform, actor: Actor, message_id: int, reason: str) -> str:
    """Take the message away; the sender's log says who did and why. Returns its name."""
    actor.require(Permission.REPAIR_CASES)
    reason = plain(reason)
    if not reason or len(reason) > OPINION_LIMIT:
        raise InvalidForm({"reason": _("请写明原因，最多 {n} 字。", n=OPINION_LIMIT)})
    with platform.database.write() as session:
        message = _message(session, message_id)
        session.execute(delete(Job).where(Job.message_id == message_id), execution_options=_QUIET)
        session.execute(delete(Message).where(Message.id == message_id), execution_options=_QUIET)
        if message.sender_id is not None:
            payload = {"message": message.name, "correlation": message.correlation, "reason": reason}
            logbook.note(
                session,
                message.sender_id,
                actor.id,
                platform.clock.now(),
                "message_discarded",
                payload,
                message.node_id,
            )
    return message.name


def _message(session: Session, message_id: int) -> Message:
    sender = session.scalar(select(Message.sender_id).where(Message.id == message_id))
    if sender is not None:  # the case first, then what belongs to it
        session.execute(select(Instance.id).where(Instance.id == sender).with_for_update(key_share=True))
    # against all others: who refers to it must not do so while it is being deleted, see `casework.awaiting.untouched`
    message = session.scalar(select(Message).where(Message.id == message_id).with_for_update())
    if message is None:
        raise NotFound(_("这条消息已被接收或删除。"))
    return message
