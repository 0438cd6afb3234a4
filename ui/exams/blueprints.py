"""组卷方案."""

from __future__ import annotations

import re
from typing import Any

from flask import g, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from engine.commands.questions import save_blueprint
from engine.errors import InvalidForm
from engine.exams import KINDS, read_blueprint
from engine.i18n import _
from engine.permissions import Permission
from engine.queries import exams as query
from ui import web
from ui.access import platform, requires
from ui.exams.blueprint import blueprint

ROWS = 8


@blueprint.get("/exams/blueprints")
@requires(Permission.MANAGE_EXAMS)
def blueprints() -> str:
    """All of them, each checked against the bank."""
    return render_template("exams/blueprints.html", rows=query.list_blueprints(platform(), g.actor))


@blueprint.get("/exams/blueprints/new")
@requires(Permission.MANAGE_EXAMS)
def new_blueprint() -> str:
    """An empty one."""
    return _editor("", {"name": "", "minutes": 60, "partial": "none", "shuffle": True, "parts": []}, {})


@blueprint.get("/exams/blueprints/<code>")
@requires(Permission.MANAGE_EXAMS)
def blueprint_page(code: str) -> str:
    """One blueprint."""
    return _editor(code[:40], query.blueprint_of(platform(), g.actor, code[:40]).rules(), {})


@blueprint.post("/exams/blueprints")
@requires(Permission.MANAGE_EXAMS)
def save_plan() -> str | tuple[str, int] | BaseResponse:
    """Write a blueprint."""
    form = request.form
    code = form.get("code", "").strip()[:40]
    rules: dict[str, Any] = {name: form.get(name, "") for name in ("name", "minutes", "partial")}
    rules["shuffle"] = form.get("shuffle") == "1"
    rules["parts"] = [
        {
            "kind": form.get(f"kind{n}", ""),
            "count": form.get(f"count{n}", "").strip(),
            "points": form.get(f"points{n}", "").strip(),
            "tags": [tag for tag in re.split(r"[,，、;；\s]+", form.get(f"tags{n}", "")) if tag],
            "difficulty": [int(level) for level in form.getlist(f"level{n}") if level in ("1", "2", "3")],
        }
        for n in range(ROWS)
        if form.get(f"count{n}", "").strip()
    ]
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", code):
        return _editor(code, rules, {"code": _("代号用小写字母、数字和连字符，以字母开头")}), 422
    try:
        save_blueprint(platform(), g.actor, code, rules)
    except InvalidForm as error:
        return _editor(code, rules, error.errors), 422
    return web.done(url_for("exams.blueprints"), _("组卷方案“{name}”已保存。", name=rules["name"]))


def _editor(code: str, rules: dict[str, Any], errors: dict[str, str]) -> str:
    try:
        lacking = query.lacking(platform(), g.actor, read_blueprint(rules)) if rules["parts"] else []
    except InvalidForm:
        lacking = []
    return render_template(
        "exams/blueprint.html", code=code, rules=rules, errors=errors, lacking=lacking, kinds=KINDS, rows=ROWS
    )
