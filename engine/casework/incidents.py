"""A failing handler rolls its transaction back; what remains is an incident that a person can see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.casework.drafts import write_draft
from engine.errors import ExecutionError, HandlerFailed
from engine.i18n import _, in_source_language
from engine.models import Incident, Notification, PersonRole, Task
from engine.platform import Platform


@contextmanager
def incident_on_failure(
    platform: Platform, *, task_id: int, person_id: int, draft: Mapping[str, Any]
) -> Iterator[None]:
    """Run a transaction; if the case cannot move, record why in a second one and say so in words."""
    try:
        yield
    except ExecutionError as error:
        with platform.database.write() as session:
            instance_id, key = session.execute(select(Task.instance_id, Task.key).where(Task.id == task_id)).one()
            write_draft(session, person_id, key, task_id, draft, platform.clock.now())
            number = record_incident(session, error, instance_id, platform.clock.now())
        raise ExecutionError(
            _(
                "办理没有完成：后续自动处理出错，已记为异常 {n} 并通知系统管理员。"
                "你的内容没有丢，已存为草稿，修复后可再次提交。",
                n=number,
            )
        ) from error


def record_incident(session: Session, error: Exception, instance_id: int, now: datetime) -> int:
    """Write the incident and tell the system administrators; returns its number."""
    node_id = error.node_id if isinstance(error, HandlerFailed) else ""
    row = insert(Incident).returning(Incident.id)
    values = {"instance_id": instance_id, "node_id": node_id, "kind": "failed", "message": str(error)}
    number = session.scalars(row.values(**values, created_at=now)).one()
    with in_source_language():
        text = _("异常 {n}：{error}", n=number, error=error)
    tell_administrators(session, instance_id, text, now)
    return number


def tell_administrators(session: Session, instance_id: int | None, text: str, now: datetime) -> None:
    """Send the system administrators a notice about a case that cannot go on by itself."""
    administrators = session.scalars(select(PersonRole.person_id).where(PersonRole.role_code == "sysadmin")).all()
    notices = [
        {"person_id": p, "instance_id": instance_id, "kind": "incident", "text": text[:400], "created_at": now}
        for p in administrators
    ]
    if notices:
        session.execute(insert(Notification), notices)
