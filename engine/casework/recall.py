"""When 撤回 is possible: one rule for the button and for the command."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bpmn
from engine.i18n import _
from engine.models import Task, TaskState


def recall_problem(session: Session, task: Task, node: bpmn.Node) -> str | None:
    """Why this finished task cannot be taken back, None when it can."""
    if node.multi_instance is not None:
        return _("会签的表态提交后不能撤回。")
    later = session.scalars(
        select(Task).where(Task.instance_id == task.instance_id, Task.id != task.id, Task.token_id > task.token_id)
    ).all()
    if any(other.state == TaskState.COMPLETED for other in later):
        return _("后续环节已经办理，不能撤回。可以联系现在的办理人退回。")
    opened = [other for other in later if other.state == TaskState.OPEN]
    if not opened:
        return _("流程已没有可以撤回的后续环节。")
    if any(other.read_at for other in opened):
        return _("后续办理人已经打开这件事项，不能撤回。可以联系对方退回。")
    return None
