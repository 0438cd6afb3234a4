"""`GET /healthz`: this process answers. `GET /readyz`: it can do its work, and if not, why.

Neither needs a sign-in, so neither tells more than what an operator must know: no versions, no addresses, no data.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from api.access import requires
from engine.permissions import Permission
from engine.queries.health import readiness

blueprint = Blueprint("api", __name__)


@blueprint.get("/healthz", endpoint="health")
@requires(Permission.PUBLIC)
def health() -> Response:
    """Alive: 200 without asking anybody else, so that a slow database never gets the process killed."""
    return jsonify(status="ok")


@blueprint.get("/readyz", endpoint="ready")
@requires(Permission.PUBLIC)
def ready() -> tuple[Response, int]:
    """200 when every check passes, else 503; the checks by name with one sentence each."""
    checks = readiness(current_app.extensions["guicheng"])
    fit = all(ok for _name, ok, _detail in checks)
    body = {
        "status": "ok" if fit else "unavailable",
        "checks": [{"name": name, "ok": ok, "detail": detail} for name, ok, detail in checks],
    }
    return jsonify(body), 200 if fit else 503
