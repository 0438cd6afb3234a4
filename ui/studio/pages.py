"""The modeler's page: one procedure's draft, its diagram in front."""

from __future__ import annotations

from flask import render_template

from engine.permissions import Permission
from ui.access import requires
from ui.headers import draws
from ui.studio.blueprint import blueprint


@blueprint.get("/studio/<key>")
@requires(Permission.DESIGN)
@draws
def modeler(key: str) -> str:
    """Draw: palette, canvas, properties, findings."""
    return render_template("studio/modeler.html", key=key[:60], design=None)
