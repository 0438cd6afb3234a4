"""When 撤回 is possible: one rule for the buttons and for the command."""

from __future__ import annotations

from collections.abc import Sequence

from engine import bpmn
from engine.i18n import _
from engine.models import Task, TaskState


def recall_problem(task: Task, tasks: Sequence[Task], node: bpmn.Node) -> str | None:
    """Why this finished task cannot be taken back, None when it can; `tasks` are all tasks of its running case."""
    if node.multi_instance is not None:
        return _("会签的表态提交后不能撤回。")
    followers = _followers(task, tasks)
    if any(other.state == TaskState.COMPLETED for other in followers) or _overtaken(task, tasks):
        return _("后续环节已经办理，不能撤回。可以联系现在的办理人退回。")
    if any(other.state == TaskState.CANCELLED for other in followers):
        return _("这一步已经撤回，或流程已走向别处，不能撤回。")
    if not followers:
        return _("流程已没有可以撤回的后续环节。")
    if any(other.read_at for other in followers):
        return _("后续办理人已经打开这件事项，不能撤回。可以联系对方退回。")
    return None


def first_follower(task: Task, tasks: Sequence[Task]) -> Task:
    """The task from which the case is brought back; there is one where `recall_problem` finds none."""
    return min(_followers(task, tasks), key=lambda other: other.token_id)


def _followers(task: Task, tasks: Sequence[Task]) -> list[Task]:
    """What was opened by this task's end or after it; not what a parallel branch had opened before."""
    done = task.completed_at
    return [t for t in tasks if t.token_id > task.token_id and done is not None and t.created_at >= done]


def _overtaken(task: Task, tasks: Sequence[Task]) -> bool:
    """Whether somebody finished anything of this case since."""
    done = task.completed_at
    return any(t.completed_by and t.completed_at and done and t.completed_at > done for t in tasks)
