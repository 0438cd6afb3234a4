"""挂起、恢复、终止 of one case, from its page."""

from __future__ import annotations

from flask import g, url_for
from werkzeug.wrappers import Response as BaseResponse

from engine.commands import resume_case, suspend_case, terminate_case
from engine.commands.stop_case import Stopped
from engine.permissions import Permission
from ui import web
from ui.access import platform, requires
from ui.admin.blueprint import blueprint


def _done(stopped: Stopped) -> BaseResponse:
    return web.done(url_for("workbench.case", instance_id=stopped.instance_id), stopped.message)


@blueprint.post("/admin/cases/<id:instance_id>/suspend")
@requires(Permission.REPAIR_CASES)
def suspend(instance_id: int) -> BaseResponse:
    """挂起."""
    return _done(suspend_case(platform(), g.actor, instance_id, web.text_of(web.payload(), "reason")))


@blueprint.post("/admin/cases/<id:instance_id>/resume")
@requires(Permission.REPAIR_CASES)
def resume(instance_id: int) -> BaseResponse:
    """恢复办理."""
    return _done(resume_case(platform(), g.actor, instance_id, web.text_of(web.payload(), "reason")))


@blueprint.post("/admin/cases/<id:instance_id>/terminate")
@requires(Permission.REPAIR_CASES)
def terminate(instance_id: int) -> BaseResponse:
    """终止."""
    return _done(terminate_case(platform(), g.actor, instance_id, web.text_of(web.payload(), "reason")))
