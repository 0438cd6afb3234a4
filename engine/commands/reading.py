"""已读: notices and tasks that a person has opened."""

from __future__ import annotations

from sqlalchemy import exists, or_, select, update

from engine.models import Notification, Task
from engine.permissions import Actor
from engine.platform import Platform


def mark_read(platform: Platform, actor: Actor, notice_id: int | None = None) -> None:
    """Mark one notice of this person, or all of them, as read."""
    with platform.database.write() as session:
        statement = update(Notification).where(Notification.person_id == actor.id, Notification.read_at.is_(None))
        if notice_id is not None:
            statement = statement.where(Notification.id == notice_id)
        session.execute(statement.values(read_at=platform.clock.now()).execution_options(synchronize_session=False))


def mark_task_read(platform: Platform, actor: Actor, task_id: int) -> None:
    """Remember that the holder opened his task; from then on its predecessor cannot be taken back (撤回).

    Opening it again writes nothing.
    """
    opened = (Task.id == task_id, Task.assignee_id == actor.id, Task.read_at.is_(None))
    told = (
        Notification.person_id == actor.id,
        Notification.task_id == task_id,
        Notification.read_at.is_(None),
    )
    with platform.database.read() as session:
        if not session.scalar(select(or_(exists().where(*opened), exists().where(*told)))):
            return
    with platform.database.write() as session:
        for statement in (update(Task).where(*opened), update(Notification).where(*told)):
            session.execute(statement.values(read_at=platform.clock.now()).execution_options(synchronize_session=False))
