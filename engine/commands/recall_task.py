"""撤回: take back one's own finished task while nobody has begun what follows."""

from __future__ import annotations

from sqlalchemy import select

from engine.casework import load_case
from engine.casework.finishing import Completed
from engine.casework.recall import following_tokens, recall_problem, way_back
from engine.errors import NotFound, NotNow
from engine.i18n import _
from engine.models import Task
from engine.permissions import Actor
from engine.platform import Platform


def recall_task(platform: Platform, actor: Actor, task_id: int) -> Completed:
    """Bring the case back to this task and open it again for the person.

    Allowed only for the last finished task of a running case, while none of the tasks that followed was opened by its
    people; `NotNow` says which of it does not hold.
    """
    with platform.database.write() as session:
        task = session.scalar(select(Task).where(Task.id == task_id, Task.completed_by == actor.id))
        if task is None:
            raise NotFound(_("没有这件事项，或它不是你办理的。"))
        change = load_case(platform, session, task.instance_id, actor)
        tasks = session.scalars(select(Task).where(Task.instance_id == task.instance_id)).all()
        node = change.deployed.process.nodes[task.node_id]
        problem = recall_problem(task, tasks, node, lambda: change.execution)
        if problem:
            raise NotNow(problem)
        back_from = way_back(change.execution, node, task.token_id, following_tokens(task, tasks))
        assert back_from is not None  # else it was a problem
        change.note("task_recalled", {"name": task.name, "task": task.id}, task.node_id, task.token_id)
        change.prefer[task.node_id] = actor.id
        change.execution.return_to(back_from, task.node_id)
        saved = change.save()
    platform.wake()
    mine = next((new.id for new in saved.new_tasks if new.work.node.id == task.node_id), None)
    return Completed(
        change.instance.id, change.instance.number, _("已撤回，可以修改后重新办理"), mine, can_recall=False
    )
