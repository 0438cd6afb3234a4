"""退回 to an earlier step that the person chooses, other than the one the diagram draws."""

from __future__ import annotations

from sqlalchemy import select

from engine.casework.finishing import Completed, completed, finish_task
from engine.casework.submission import choose
from engine.casework.tasks import open_task
from engine.errors import Invalid, NotNow
from engine.i18n import _
from engine.models import Task, TaskState
from engine.permissions import Actor
from engine.platform import Platform


def return_task(
    platform: Platform, actor: Actor, task_id: int, revision: int | None, node_id: str, opinion: str
) -> Completed:
    """Send the case back to `node_id`, a step that was done before: everything after it is cancelled, it opens anew for
    the person who did it, its deadline counts from now. The case then takes the drawn way again from there, so a
    changed application is judged again in full (第2.2.3条).

    Raises `NotNow` where the diagram does not allow it, `Invalid` for a step that was not done before.
    """
    with platform.database.write() as session:
        task, change = open_task(platform, session, actor, task_id, revision)
        node = change.deployed.process.nodes[task.node_id]
        drawn = next((item for item in node.actions.items if item.kind == "return"), None) if node.actions else None
        if not node.returnable or drawn is None:
            raise NotNow(_("环节“{step}”不能退回到其他环节。", step=node.name))
        before = select(Task.completed_by).where(
            Task.instance_id == task.instance_id, Task.node_id == node_id, Task.state == TaskState.COMPLETED
        )
        doer = session.scalar(before.order_by(Task.id.desc()).limit(1))
        if doer is None:
            raise Invalid(_("只能退回到已经办理过的环节，请重新选择。"))
        act, opinion = choose(node, drawn.value, opinion)
        finish_task(change, task, act, opinion, {})
        change.prefer[node_id] = doer
        change.execution.return_to(task.token_id, node_id)
        token, saved = task.token_id, change.save()
    platform.wake()
    return completed(platform, change, saved, act, node, token)
