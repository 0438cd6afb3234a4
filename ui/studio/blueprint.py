"""The blueprint of this room, and how its refusals are told to scripts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from engine.errors import DesignStale, PartFinding, PartsRefused
from engine.i18n import _
from ui import errors, web

blueprint = Blueprint("studio", __name__, template_folder="templates")


def finding_json(found: PartFinding) -> dict[str, Any]:
    """A finding as the browser shows it at its element or part."""
    finding = found.finding
    return {
        "level": finding.level,
        "code": finding.code,
        "kind": found.kind,
        "name": found.name,
        "element_id": finding.element_id,
        "element_name": finding.element_name,
        "message": finding.message,
    }


@blueprint.errorhandler(DesignStale)
def on_stale(error: DesignStale) -> Response:
    """Somebody was faster: a script learns who, when, and which revision is there now."""
    if not web.wants_json():
        return errors.on_guicheng(error)
    body = {"message": error.message, "by": error.by, "at": error.at, "revision": error.revision}
    answer = jsonify(body | {"gone": error.gone, "version": error.version})
    answer.status_code = 409
    return answer


@blueprint.errorhandler(PartsRefused)
def on_refused(error: PartsRefused) -> Response:
    """What keeps a draft from being published, finding by finding."""
    if not web.wants_json():
        return errors.on_guicheng(error)
    message = _("有 {n} 处问题，没有发布；草稿原样保留，现行版本照常运行。", n=len(error.parts))
    answer = jsonify(message=message, findings=[finding_json(found) for found in error.parts])
    answer.status_code = 422
    return answer
