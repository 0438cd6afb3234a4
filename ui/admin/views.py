"""运行维护: incidents, suspended cases and waiting messages, one list each, and what can be done about them."""

from __future__ import annotations

from flask import g, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from engine.commands import answer_job, close_incident, discard_message, retry_job, send_again, skip_job
from engine.i18n import _
from engine.permissions import Permission
from engine.queries import repairs as query
from ui import web
from ui.access import platform, requires
from ui.admin.blueprint import blueprint

LISTS = ("incidents", "suspended", "messages")


def _here(shown: str = "incidents") -> str:
    return url_for("admin.repairs", show=None if shown == LISTS[0] else shown)


@blueprint.get("/admin")
@requires(Permission.SEE_INCIDENTS)
def repairs() -> str:
    """The list that the address asks for."""
    asked = request.args.get("show", "")
    shown, number = asked if asked in LISTS else LISTS[0], web.positive("page")
    lists = {"incidents": query.list_incidents, "suspended": query.list_suspended, "messages": query.list_messages}
    page = lists[shown](platform(), g.actor, number)
    counts = query.counts(platform(), g.actor)
    return render_template("admin/repairs.html", shown=shown, page=page, numbers=counts)


@blueprint.post("/admin/incidents/<id:incident_id>/retry")
@requires(Permission.REPAIR_CASES)
def retry(incident_id: int) -> BaseResponse:
    """重试."""
    return web.done(_here(), retry_job(platform(), g.actor, incident_id).message)


@blueprint.post("/admin/incidents/<id:incident_id>/answer")
@requires(Permission.REPAIR_CASES)
def answer(incident_id: int) -> BaseResponse:
    """人工填写结果."""
    values = web.payload()
    given, reason = web.text_of(values, "answer"), web.text_of(values, "reason")
    return web.done(_here(), answer_job(platform(), g.actor, incident_id, given, reason).message)


@blueprint.post("/admin/incidents/<id:incident_id>/skip")
@requires(Permission.REPAIR_CASES)
def skip(incident_id: int) -> BaseResponse:
    """跳过."""
    reason = web.text_of(web.payload(), "reason")
    return web.done(_here(), skip_job(platform(), g.actor, incident_id, reason).message)


@blueprint.post("/admin/incidents/<id:incident_id>/close")
@requires(Permission.REPAIR_CASES)
def close(incident_id: int) -> BaseResponse:
    """标记为已处理."""
    reason = web.text_of(web.payload(), "reason")
    return web.done(_here(), close_incident(platform(), g.actor, incident_id, reason).message)


@blueprint.post("/admin/messages/<id:message_id>/send")
@requires(Permission.REPAIR_CASES)
def send(message_id: int) -> BaseResponse:
    """重新投递."""
    name = send_again(platform(), g.actor, message_id)
    return web.done(_here("messages"), _("正在重新投递消息“{name}”。", name=name))


@blueprint.post("/admin/messages/<id:message_id>/discard")
@requires(Permission.REPAIR_CASES)
def discard(message_id: int) -> BaseResponse:
    """删除."""
    name = discard_message(platform(), g.actor, message_id, web.text_of(web.payload(), "reason"))
    return web.done(_here("messages"), _("消息“{name}”已删除。", name=name))
