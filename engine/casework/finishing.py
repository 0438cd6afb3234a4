"""What every way of finishing a task shares: complete, return to an earlier step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, update

from engine import bpmn
from engine.casework.case import CaseChange, Saved
from engine.casework.recall import way_back
from engine.casework.reply import next_sentence
from engine.db import table_of
from engine.i18n import _
from engine.jsondata import dump
from engine.models import Draft, Task, TaskState
from engine.platform import Platform
from engine.prepared import Prepared

_TASK, _DRAFT = table_of(Task), table_of(Draft)
_FINISH = Prepared(update(_TASK).where(_TASK.c.id == bindparam("task")))
_DROP = delete(_DRAFT).where(_DRAFT.c.person_id == bindparam("person"), _DRAFT.c.task_id == bindparam("task"))

UNFORMED = frozenset({"return", "reject"})
"""Acts that send the case away: what stands in the form is neither required nor kept."""


@dataclass(frozen=True)
class Completed:
    """The case, one sentence for the toast, the person's own next task in this case, and whether 撤回 is offered."""

    instance_id: int
    number: str
    message: str
    next_task_id: int | None
    can_recall: bool


def act_variables(node: bpmn.Node, act: bpmn.Action | None, account: str) -> dict[str, Any]:
    """The act and who did it, under the names the diagram gives them."""
    if node.actions is None or node.actions.variable is None or act is None:
        return {}
    return {node.actions.variable: act.value, f"{node.actions.variable}_by": account}


def finish_task(change: CaseChange, task: Task, act: bpmn.Action | None, opinion: str, data: Mapping[str, Any]) -> None:
    """Write who did what on the task's row, drop the draft, log it."""
    actor = change.actor
    assert actor is not None
    values = {
        "state": TaskState.COMPLETED,
        "assignee_id": actor.id,
        "completed_at": change.now,
        "completed_by": actor.id,
        "action": act.value if act else "",
        "action_label": act.label if act else "",
        "action_kind": act.kind if act else "submit",
        "opinion": opinion,
        "data": dump(dict(data)),
        "late": bool(task.due_at and change.now > task.due_at),
    }
    _FINISH.run(change.session, {"task": task.id, **values})
    if change.drafted:
        change.session.execute(_DROP, {"person": actor.id, "task": task.id})
    change.note(
        "task_completed",
        {
            "name": task.name,
            "act": values["action_label"],
            "kind": values["action_kind"],
            "opinion": opinion,
            "data": dict(data),
            "task": task.id,
        },
        task.node_id,
        task.token_id,
    )


def completed(
    platform: Platform, change: CaseChange, saved: Saved, act: bpmn.Action | None, node: bpmn.Node, token: int
) -> Completed:
    """What the page says after the act on the work of `token` at `node`."""
    actor = change.actor
    assert actor is not None
    label = act.label if act else _("提交")
    mine = [t.id for t in saved.new_tasks if t.holder is not None and t.holder.id == actor.id]
    return Completed(
        instance_id=change.instance.id,
        number=change.instance.number,
        message=_("已{act}。{next}", act=label, next=next_sentence(platform, saved, change.now)),
        next_task_id=mine[0] if mine else None,
        can_recall=not saved.ended
        and way_back(change.execution, node, token, (new.work.token_id for new in saved.new_tasks)) is not None,
    )
