"""What a person does with a task: 办理, 退回, 认领, 释放, 转办, 撤回, and the draft of it."""

from __future__ import annotations

from flask import g, jsonify, request, url_for
from werkzeug.wrappers import Response

from engine.commands import (
    claim_task,
    complete_task,
    recall_task,
    release_task,
    return_task,
    transfer_task,
)
from engine.commands import (
    save_draft as keep_draft,
)
from engine.i18n import _
from engine.permissions import Permission
from ui import web
from ui.access import platform, requires
from ui.workbench.blueprint import blueprint
from ui.workbench.start import draft_content


@blueprint.post("/tasks/<id:task_id>/complete")
@requires(Permission.SIGNED_IN)
def complete(task_id: int) -> Response:
    """Finish the task by one of its acts; with `return_to`, send the case back to that earlier step."""
    values = web.payload()
    revision = web.number_of(values, "revision")
    opinion = web.text_of(values, "opinion", 5000)
    target = web.text_of(values, "return_to", 120)
    if target:
        finished = return_task(platform(), g.actor, task_id, revision, target, opinion)
    else:
        finished = complete_task(
            platform(),
            g.actor,
            task_id,
            revision,
            web.text_of(values, "action", 80),
            opinion,
            web.object_of(values, "data"),
            web.numbers_of(values, "attachments"),
        )
    undo = {"undo": url_for("workbench.recall", task_id=task_id)} if finished.can_recall else {}
    return web.done(_after(finished), finished.message, **undo)


def _after(finished: object) -> str:
    """My next task in this case, else the inbox."""
    following = getattr(finished, "next_task_id", None)
    return url_for("workbench.task", task_id=following) if following else url_for("workbench.inbox")


@blueprint.post("/tasks/<id:task_id>/draft")
@requires(Permission.SIGNED_IN)
def save_draft(task_id: int) -> Response:
    """Keep what is typed."""
    return jsonify(saved_at=keep_draft(platform(), g.actor, None, task_id, draft_content()).isoformat())


@blueprint.post("/tasks/<id:task_id>/claim")
@requires(Permission.SIGNED_IN)
def claim(task_id: int) -> Response:
    """Take a task that several may do."""
    claim_task(platform(), g.actor, task_id)
    return web.done(url_for("workbench.task", task_id=task_id), _("已认领，这件现在由你办理"))


@blueprint.post("/tasks/<id:task_id>/release")
@requires(Permission.SIGNED_IN)
def release(task_id: int) -> Response:
    """Put a claimed task back."""
    release_task(platform(), g.actor, task_id)
    return web.done(url_for("workbench.claimable"), _("已放回待认领"))


@blueprint.post("/tasks/<id:task_id>/transfer")
@requires(Permission.SIGNED_IN)
def transfer(task_id: int) -> Response:
    """Hand the task over to somebody else."""
    values = web.payload()
    transfer_task(
        platform(),
        g.actor,
        task_id,
        web.number_of(values, "revision") if "revision" in values else None,
        web.text_of(values, "account", 80),
        web.text_of(values, "reason", 2000),
    )
    return web.done(url_for("workbench.inbox"), _("已转办，并通知了对方"))


@blueprint.post("/tasks/<id:task_id>/recall")
@requires(Permission.SIGNED_IN)
def recall(task_id: int) -> Response:
    """Take back my own finished task while nobody has begun what follows."""
    recalled = recall_task(platform(), g.actor, task_id)
    location = (
        url_for("workbench.task", task_id=recalled.next_task_id)
        if recalled.next_task_id
        else web.safe_next(request.form.get("next"), url_for("workbench.case", instance_id=recalled.instance_id))
    )
    return web.done(location, recalled.message)
