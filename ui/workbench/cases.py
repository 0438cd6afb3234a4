"""A case: why it waits, its diagram, what was done by whom, its data and files."""

from __future__ import annotations

from flask import Response, g, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from engine.commands import urge_case, withdraw_case
from engine.i18n import _
from engine.permissions import Permission
from engine.queries import cases as query
from ui import web
from ui.access import platform, requires
from ui.headers import draws
from ui.workbench.blueprint import blueprint

TABS = ("timeline", "data", "files", "log")


@blueprint.get("/cases/<id:instance_id>")
@requires(Permission.SIGNED_IN)
@draws
def case(instance_id: int) -> str:
    """The case's page."""
    page = query.case_page(platform(), g.actor, instance_id)
    g.instance_id = instance_id
    tab = request.args.get("tab", "")
    return render_template("workbench/case.html", case=page, tab=tab if tab in TABS else TABS[0])


@blueprint.get("/cases/<id:instance_id>/marks.json")
@requires(Permission.SIGNED_IN)
def case_marks(instance_id: int) -> Response:
    """What the diagram component draws over the diagram; polled by ETag."""
    answer = jsonify(query.case_marks(platform(), g.actor, instance_id))
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@blueprint.get("/cases/<id:instance_id>/diagram.bpmn")
@requires(Permission.SIGNED_IN)
def case_diagram(instance_id: int) -> Response:
    """The diagram this case runs on."""
    answer = Response(query.case_diagram(platform(), g.actor, instance_id), mimetype="application/xml")
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@blueprint.post("/cases/<id:instance_id>/urge")
@requires(Permission.SIGNED_IN)
def urge(instance_id: int) -> BaseResponse:
    """Remind whoever holds the case up."""
    count = urge_case(platform(), g.actor, instance_id)
    return web.done(url_for("workbench.case", instance_id=instance_id), _("已催办 {n} 人", n=count))


@blueprint.post("/cases/<id:instance_id>/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(instance_id: int) -> BaseResponse:
    """The initiator takes the case back."""
    values = web.payload() if request.is_json else request.form.to_dict()
    withdraw_case(platform(), g.actor, instance_id, web.text_of(values, "reason") or web.text_of(values, "opinion"))
    return web.done(url_for("workbench.case", instance_id=instance_id), _("已撤销，并通知了相关的人"))
