"""Procedures in and out: a new one, a file from outside, a version or a draft as one zip, copies that were kept."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, g, jsonify, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from engine.commands import create_design, import_bundle, import_diagram, take_copy
from engine.errors import InvalidFile
from engine.i18n import _
from engine.permissions import Permission
from engine.queries import design_history, versions
from ui import web
from ui.access import platform, requires
from ui.studio.blueprint import blueprint
from ui.studio.publishing import sent

LARGEST_UPLOAD = 32 * 1024 * 1024
"""More than any import takes, so that a file that is too large is told its own limit."""


@blueprint.post("/studio/new")
@requires(Permission.DESIGN)
def new() -> BaseResponse:
    """Begin a procedure that is not there yet."""
    values = sent()
    key, name, prefix = (web.text_of(values, field, 100) for field in ("key", "name", "prefix"))
    clauses = web.text_of(values, "clauses", 400) if values.get("clauses") else ""
    create_design(platform(), g.actor, key, name, prefix, clauses=clauses)
    toast = _("已新建“{name}”的设计草稿，画好并发布后才能发起。", name=name)
    return web.done(url_for("studio.modeler", key=key), toast)


@blueprint.post("/studio/import")
@requires(Permission.DESIGN)
@web.takes(LARGEST_UPLOAD)
def import_file() -> BaseResponse:
    """Take a zip of a procedure or a BPMN diagram into a draft; `key` names the procedure of a diagram, which with
    `new` must not be there yet."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise InvalidFile(_("没有收到文件，请重新选择。"))
    data = upload.stream.read()
    if data.startswith(b"PK"):
        done = import_bundle(platform(), g.actor, data)
    else:
        fields = dict(request.form)
        done = import_diagram(platform(), g.actor, data, web.text_of(fields, "key", 100), bool(fields.get("new")))
    if not done.intact:
        toast = _("已导入“{name}”的草稿。这个压缩包在导出之后被改动过，请先检查再发布。", name=done.name)
    elif done.created:
        toast = _("已导入为新流程“{name}”的设计草稿，发布后才能发起。", name=done.name)
    else:
        toast = _("已导入“{name}”的草稿，{n} 个部分与原来不同，发布后才生效。", name=done.name, n=done.changed)
    return web.done(url_for("studio.modeler", key=done.key), toast)


@blueprint.get("/procedures/<key>/versions/<id:version>/export.zip")
@requires(Permission.DESIGN)
def export_version(key: str, version: int) -> Response:
    """A version with all its parts."""
    return _download(*versions.export_bundle(platform(), g.actor, key, version))


@blueprint.get("/studio/<key>/export.zip")
@requires(Permission.DESIGN)
def export_draft(key: str) -> Response:
    """The draft with all its parts."""
    return _download(*versions.export_bundle(platform(), g.actor, key, None))


@blueprint.get("/studio/<key>/copies.json")
@requires(Permission.DESIGN)
def copies(key: str) -> Response:
    """Parts that were replaced or removed, newest first; their content under `…/copies/<id>`."""
    kept = design_history.copies(platform(), g.actor, key)
    people = ("author", "replaced_by")
    return jsonify(copies=[asdict(one) | {name: str(getattr(one, name)) for name in people} for one in kept])


@blueprint.get("/studio/<key>/copies/<id:copy_id>")
@requires(Permission.DESIGN)
def copy(key: str, copy_id: int) -> Response:
    """The content of a kept copy, as text."""
    kind, content = design_history.copy_content(platform(), g.actor, key, copy_id)
    answer = make_response(content)
    answer.mimetype = "application/xml" if kind in ("diagram", "decision") else "application/json"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@blueprint.post("/studio/<key>/copies/<id:copy_id>/take")
@requires(Permission.DESIGN)
def take(key: str, copy_id: int) -> BaseResponse:
    """Put a kept copy back into the draft."""
    taken = take_copy(platform(), g.actor, key, copy_id)
    toast = _("副本已放回草稿，原来的内容另留了一份副本。")
    return web.done(url_for("studio.modeler", key=key), toast, kind=taken.kind, name=taken.name)


@blueprint.get("/procedures/<key>/record")
@requires(Permission.SIGNED_IN)
def kept_record(key: str) -> str:
    """What happened to the definition, and the copies that were kept: a fragment of the versions page."""
    may_take = g.actor.can(Permission.DESIGN)
    return render_template(
        "studio/_record.html",
        key=key,
        entries=design_history.trace(platform(), g.actor, key),
        copies=design_history.copies(platform(), g.actor, key) if may_take else [],
        acts=design_history.ACTS,
        reasons=design_history.REASONS,
    )


def _download(name: str, data: bytes) -> Response:
    answer = make_response(data)
    answer.mimetype = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
