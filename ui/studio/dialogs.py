"""What the studio asks and tells before something is done to the whole draft, as fragments of its pages."""

from __future__ import annotations

from flask import g, render_template

from engine.permissions import Permission
from engine.queries import releasing
from ui.access import platform, requires
from ui.studio.blueprint import blueprint


@blueprint.get("/studio/<key>/impact")
@requires(Permission.DESIGN)
def impact(key: str) -> str:
    """Which cases run on which version; a new one leaves them alone."""
    return render_template("studio/_impact.html", release=releasing.release(platform(), g.actor, key))


@blueprint.get("/studio/<key>/publish-dialog")
@requires(Permission.PUBLISH)
def publish_dialog(key: str) -> str:
    """What publishing changes, whom it affects, and the field for the note."""
    return render_template("studio/_publish.html", release=releasing.release(platform(), g.actor, key))


@blueprint.get("/studio/<key>/discard-dialog")
@requires(Permission.DESIGN)
def discard_dialog(key: str) -> str:
    """What discarding takes away."""
    return render_template("studio/_discard.html", release=releasing.release(platform(), g.actor, key))
