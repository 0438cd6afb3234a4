"""办理: finish a task with one of its acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.casework.finishing import UNFORMED, Completed, act_variables, completed, finish_task
from engine.casework.incidents import incident_on_failure
from engine.casework.submission import accept, attach, choose
from engine.casework.tasks import open_task
from engine.permissions import Actor
from engine.platform import Platform


def complete_task(
    platform: Platform,
    actor: Actor,
    task_id: int,
    revision: int | None,
    action: str,
    opinion: str,
    data: Mapping[str, Any],
    attachments: Sequence[int] = (),
) -> Completed:
    """Check the act, the opinion and the form, move the case to its next wait, all in one transaction.

    Raises `NotFound`, `TaskTaken`, `Stale` (see `open_task`), `Invalid` and `InvalidForm` (what to mend),
    `HandlerFailed` (rolled back; an incident is left for the administrator).
    """
    draft = {"data": dict(data), "opinion": opinion, "action": action, "attachments": list(attachments)}
    with (
        incident_on_failure(platform, task_id=task_id, person_id=actor.id, draft=draft),
        platform.database.write() as session,
    ):
        task, change = open_task(platform, session, actor, task_id, revision)
        node = change.deployed.process.nodes[task.node_id]
        act, opinion = choose(node, action, opinion)
        form = change.deployed.form_of(node.id)
        taken = {} if act and act.kind in UNFORMED else data
        seen = change.execution.variables_of(task.token_id)
        labels = change.deployed.labels
        variables = {} if act and act.kind in UNFORMED else accept(session, form, data, change.now, seen, labels)
        finish_task(change, task, act, opinion, taken)
        attach(session, attachments, actor.id, change.instance.id, task.id)
        change.execution.complete(task.token_id, {**variables, **act_variables(node, act, actor.account)})
        token, saved = task.token_id, change.save()
    platform.expect(saved.next_timer)
    return completed(platform, change, saved, act, node, token)
