"""The modeler's page: one procedure's draft, its diagram in front."""

from __future__ import annotations

from flask import g, render_template

from engine.commands import open_design
from engine.permissions import Permission
from engine.queries import designs
from ui.access import platform, requires
from ui.headers import draws
from ui.studio.blueprint import blueprint


@blueprint.get("/studio/<key>")
@requires(Permission.DESIGN)
@draws
def modeler(key: str) -> str:
    """Draw: palette, canvas, properties, findings. Begins a draft where there is none."""
    open_design(platform(), g.actor, key)
    return render_template("studio/modeler.html", key=key, design=designs.design(platform(), g.actor, key))
