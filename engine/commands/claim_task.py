"""认领 and 释放: take a task that several may do, and give it back."""

from __future__ import annotations

from sqlalchemy import func, select, update

from engine.casework import CaseChange
from engine.casework.tasks import open_task
from engine.errors import NotNow
from engine.i18n import _
from engine.models import Task, TaskCandidate
from engine.permissions import Actor
from engine.platform import Platform


def claim_task(platform: Platform, actor: Actor, task_id: int) -> None:
    """Make the task this person's; `TaskTaken` names the one who was faster."""
    with platform.database.write() as session:
        task, change = open_task(platform, session, actor, task_id)
        if task.assignee_id == actor.id:
            return
        _assign(change, task, actor.id, "task_claimed")
        change.save()


def release_task(platform: Platform, actor: Actor, task_id: int) -> None:
    """Put a claimed task back for the other candidates; `NotNow` when there are none."""
    with platform.database.write() as session:
        task, change = open_task(platform, session, actor, task_id)
        others = session.scalar(select(func.count()).where(TaskCandidate.task_id == task.id))
        if task.assignee_id is None or (others or 0) < 2:
            raise NotNow(_("这件事项只由你办理，不能放回待认领。可以转办给别人。"))
        _assign(change, task, None, "task_released")
        change.save()


def _assign(change: CaseChange, task: Task, person_id: int | None, kind: str) -> None:
    change.session.execute(
        update(Task)
        .where(Task.id == task.id)
        .values(assignee_id=person_id, revision=Task.revision + 1)
        .execution_options(synchronize_session=False)
    )
    change.note(kind, {"name": task.name, "task": task.id}, task.node_id, task.token_id)
