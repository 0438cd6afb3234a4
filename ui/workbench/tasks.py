"""A task: what it is, where it stands, what to do, what happens then."""

from __future__ import annotations

from flask import g, render_template, request

from engine.commands import mark_task_read
from engine.permissions import Permission
from engine.queries import options
from engine.queries import tasks as query
from ui import web
from ui.access import platform, requires
from ui.workbench.blueprint import blueprint
from ui.workbench.wording import next_line


@blueprint.get("/tasks/<id:task_id>")
@requires(Permission.SIGNED_IN)
def task(task_id: int) -> str:
    """The task's page; opening one's own task tells the others that it was read (of others' nothing is marked)."""
    mark_task_read(platform(), g.actor, task_id)
    page = query.task_page(platform(), g.actor, task_id)
    g.instance_id = page.instance_id
    return render_template("workbench/task.html", task=page)


@blueprint.post("/tasks/<id:task_id>/preview")
@requires(Permission.SIGNED_IN)
def preview(task_id: int) -> str:
    """办理后会怎样 for what now stands in the form, as a fragment."""
    outcomes = query.preview_outcomes(platform(), g.actor, task_id, web.object_of(web.payload(), "data"))
    return render_template("workbench/_outcomes.html", outcomes=outcomes, line=next_line(outcomes))


@blueprint.get("/tasks/<id:task_id>/return-targets")
@requires(Permission.SIGNED_IN)
def return_targets(task_id: int) -> str:
    """Who is affected when the case goes back to `return_to`, as a fragment of the 退回 dialog."""
    node = request.args.get("return_to", "")[:120]
    rows = query.affected_by_return(platform(), g.actor, task_id, node)
    return render_template("workbench/_affected.html", rows=rows, chosen=bool(node))


@blueprint.get("/tasks/<id:task_id>/people")
@requires(Permission.SIGNED_IN)
def people(task_id: int) -> str:
    """Whom the task can be handed to, as choices of the 转办 dialog."""
    words = request.args.get("q", "").strip()[:40]
    found = options.transfer_candidates(platform(), g.actor, task_id, words)
    return render_template("workbench/_people.html", people=found, q=words)
