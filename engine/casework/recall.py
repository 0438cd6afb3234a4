"""When 撤回 is possible: one rule for the toast, the lists and the command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from engine import bpmn
from engine.errors import NotNow
from engine.i18n import _
from engine.models import Task, TaskState


def recall_problem(
    task: Task, tasks: Sequence[Task], node: bpmn.Node, load: Callable[[], bpmn.Execution]
) -> str | None:
    """Why this finished task cannot be taken back, None when it can; `tasks` are all tasks of its running case, whose
    execution is loaded only where nothing cheaper refuses."""
    followers = _followers(task, tasks)
    if node.multi_instance is not None:
        return _("会签的表态提交后不能撤回。")
    if any(other.state == TaskState.COMPLETED for other in followers) or _overtaken(task, tasks):
        return _("后续环节已经办理，不能撤回。可以联系现在的办理人退回。")
    if any(other.state == TaskState.CANCELLED for other in followers):
        return _("这一步已经撤回，或流程已走向别处，不能撤回。")
    if not followers:
        return _("流程已没有可以撤回的后续环节。")
    if any(other.read_at for other in followers):
        return _("后续办理人已经打开这件事项，不能撤回。可以联系对方退回。")
    if way_back(load(), node, task.token_id, (other.token_id for other in followers)) is None:
        return _("从现在的环节回不到这一步（流程已离开它所在的层级），不能撤回。可以联系现在的办理人。")
    return None


def way_back(execution: bpmn.Execution, node: bpmn.Node, done: int, opened: Iterable[int]) -> int | None:
    """Of the tokens opened since the work of token `done` at `node` the first from which the case can be brought back
    to it; None where it is a vote, or has left the subprocess of that step, or did not come from it."""
    if node.multi_instance is not None:
        return None
    for token in sorted(opened):
        if token <= done:
            continue
        try:
            execution.affected_by_return(token, node.id)
        except NotNow:
            continue
        return token
    return None


def following_tokens(task: Task, tasks: Sequence[Task]) -> list[int]:
    """The tokens of what came after this task, where `recall_problem` finds nothing against taking it back."""
    return [other.token_id for other in _followers(task, tasks)]


def _followers(task: Task, tasks: Sequence[Task]) -> list[Task]:
    """What was opened by this task's end or after it; not what a parallel branch had opened before."""
    done = task.completed_at
    return [t for t in tasks if t.token_id > task.token_id and done is not None and t.created_at >= done]


def _overtaken(task: Task, tasks: Sequence[Task]) -> bool:
    """Whether somebody finished anything of this case since."""
    done = task.completed_at
    return any(t.completed_by and t.completed_at and done and t.completed_at > done for t in tasks)
