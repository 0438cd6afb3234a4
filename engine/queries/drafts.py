"""草稿箱."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.jsondata import load
from engine.models import Definition, Draft, Instance, Task
from engine.permissions import Actor
from engine.platform import Platform


@dataclass(frozen=True)
class DraftRow:
    """A draft: of a case to be started, or of a task."""

    kind: str
    key: str
    task_id: int | None
    title: str
    procedure: str
    node: str
    updated_at: datetime


def list_drafts(platform: Platform, actor: Actor) -> list[DraftRow]:
    """Newest first."""
    with platform.database.read() as session:
        statement = (
            select(Draft, Task.name, Instance.title)
            .outerjoin(Task, Draft.task_id == Task.id)
            .outerjoin(Instance, Task.instance_id == Instance.id)
            .where(Draft.person_id == actor.id)
            .order_by(Draft.updated_at.desc())
        )
        rows = session.execute(statement.limit(200)).all()
        names = dict(session.execute(select(Definition.key, Definition.name)).all())
        return [_row(platform, session, draft, node, title, names) for draft, node, title in rows]


def _row(
    platform: Platform, session: Session, draft: Draft, node: str | None, title: str | None, names: dict[str, str]
) -> DraftRow:
    procedure = names.get(draft.key, draft.key)
    if draft.task_id:
        return DraftRow("task", draft.key, draft.task_id, title or "", procedure, node or "", draft.updated_at)
    typed = next((str(v) for k, v in load(draft.content).get("data", {}).items() if k.endswith("title") and v), "")
    return DraftRow("start", draft.key, None, typed, procedure, "", draft.updated_at)


def read_draft(session: Session, actor: Actor, key: str, task_id: int) -> tuple[dict[str, Any], datetime | None]:
    """What the person had typed, and when it was kept; ({}, None) when there is nothing."""
    statement = select(Draft).where(Draft.person_id == actor.id, Draft.key == key, Draft.task_id == task_id)
    draft = session.scalar(statement)
    return (load(draft.content), draft.updated_at) if draft else ({}, None)
