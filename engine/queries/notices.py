"""通知."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import Notification
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.shared import capped_count
from engine.queries.values import Page


@dataclass(frozen=True)
class NoticeRow:
    """One notice to this person."""

    id: int
    text: str
    kind: str
    at: datetime
    read: bool
    instance_id: int | None
    task_id: int | None


def list_notices(platform: Platform, actor: Actor, page: int = 1, size: int = 20) -> Page[NoticeRow]:
    """Newest first."""
    with platform.database.read() as session:
        total = capped_count(session, select(Notification.id).where(Notification.person_id == actor.id))
        return Page(notice_rows(session, actor, size, (page - 1) * size), total, page, size)


def notice_rows(session: Session, actor: Actor, limit: int, offset: int = 0) -> list[NoticeRow]:
    """The newest notices of this person."""
    statement = select(Notification).where(Notification.person_id == actor.id).order_by(Notification.id.desc())
    return [
        NoticeRow(n.id, n.text, n.kind, n.created_at, n.read_at is not None, n.instance_id, n.task_id)
        for n in session.scalars(statement.limit(limit).offset(offset))
    ]
