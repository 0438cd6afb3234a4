"""已读: notices and tasks that a person has opened."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, or_, select, update

from engine.db import table_of
from engine.models import Notification, Task
from engine.permissions import Actor
from engine.platform import Platform

_TASK, _NOTICE = table_of(Task), table_of(Notification)
_UNREAD = (_NOTICE.c.person_id == bindparam("person"), _NOTICE.c.read_at.is_(None))
_READ_NOTICES = update(_NOTICE).where(*_UNREAD).values(read_at=bindparam("now"))
_READ_NOTICE = _READ_NOTICES.where(_NOTICE.c.id == bindparam("notice"))
_OPENED = (_TASK.c.id == bindparam("task"), _TASK.c.assignee_id == bindparam("person"), _TASK.c.read_at.is_(None))
_TOLD = (*_UNREAD, _NOTICE.c.task_id == bindparam("task"))
_ANYTHING_NEW = select(or_(exists().where(*_OPENED), exists().where(*_TOLD)))
_OPEN_TASK = update(_TASK).where(*_OPENED).values(read_at=bindparam("now"))
_READ_TOLD = update(_NOTICE).where(*_TOLD).values(read_at=bindparam("now"))


def mark_read(platform: Platform, actor: Actor, notice_id: int | None = None) -> None:
    """Mark one notice of this person, or all of them, as read."""
    values = {"person": actor.id, "now": platform.clock.now()}
    with platform.database.write() as session:
        if notice_id is None:
            session.execute(_READ_NOTICES, values)
        else:
            session.execute(_READ_NOTICE, {**values, "notice": notice_id})


def mark_task_read(platform: Platform, actor: Actor, task_id: int) -> None:
    """Remember that the holder opened his task; from then on its predecessor cannot be taken back (撤回).

    Opening it again writes nothing.
    """
    values = {"person": actor.id, "task": task_id, "now": platform.clock.now()}
    with platform.database.read() as session:
        if not session.scalar(_ANYTHING_NEW, values):
            return
    with platform.database.write() as session:
        session.execute(_OPEN_TASK, values)
        session.execute(_READ_TOLD, values)
