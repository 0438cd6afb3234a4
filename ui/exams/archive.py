"""培训档案."""

from __future__ import annotations

from flask import g, render_template, request

from engine.permissions import Permission
from engine.queries import training as query
from ui import web
from ui.access import platform, requires
from ui.exams.blueprint import blueprint


@blueprint.get("/training")
@requires(Permission.SIGNED_IN)
def archive() -> str:
    """One's own archive, and those of others that one may see."""
    asked = {"q": request.args.get("q", "").strip()[:40], "kind": request.args.get("kind", "")}
    own = request.args.get("own") == "1"
    page = query.archive(platform(), g.actor, web.positive("page"), own=own, **asked)
    return render_template("exams/archive.html", page=page, size=query.SIZE, own=own, **asked)
