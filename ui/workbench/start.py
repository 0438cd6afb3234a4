"""发起流程: which procedures there are, and the application for one."""

from __future__ import annotations

from flask import g, jsonify, render_template, url_for
from werkzeug.wrappers import Response

from engine.commands import save_draft as keep_draft
from engine.commands import start_process
from engine.i18n import _
from engine.permissions import Permission
from engine.queries.procedures import list_startable, start_page
from ui import web
from ui.access import platform, requires
from ui.workbench.blueprint import blueprint


@blueprint.get("/start")
@requires(Permission.SIGNED_IN)
def start_list() -> str:
    """The procedures this person may start, by chapter of the regulation."""
    return render_template("workbench/start_list.html", procedures=list_startable(platform(), g.actor))


@blueprint.get("/start/<key>")
@requires(Permission.SIGNED_IN)
def start_form(key: str) -> str:
    """The application form, and what will happen to it."""
    return render_template("workbench/start.html", page=start_page(platform(), g.actor, key))


@blueprint.post("/start/<key>")
@requires(Permission.SIGNED_IN)
def start(key: str) -> Response:
    """Start the case."""
    values = web.payload()
    begun = start_process(
        platform(), g.actor, key, web.object_of(values, "data"), web.numbers_of(values, "attachments")
    )
    toast = _("{number} 已提交。{next}", number=begun.number, next=begun.next)
    return web.done(url_for("workbench.case", instance_id=begun.instance_id), toast)


@blueprint.post("/start/<key>/draft")
@requires(Permission.SIGNED_IN)
def save_start_draft(key: str) -> Response:
    """Keep what is typed."""
    return jsonify(saved_at=keep_draft(platform(), g.actor, key, None, draft_content()).isoformat())


def draft_content() -> dict[str, object]:
    """What a draft holds: form data, opinion, chosen act, files."""
    values = web.payload()
    return {
        "data": web.object_of(values, "data"),
        "opinion": web.text_of(values, "opinion", 5000),
        "action": web.text_of(values, "action", 80),
        "attachments": web.numbers_of(values, "attachments"),
    }
