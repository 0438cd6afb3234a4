"""What is done with a draft as a whole, and with the places of its parts: publish, discard, restore, rename, remove."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from engine.commands import (
    discard_design,
    publish_design,
    remove_part,
    rename_part,
    restore_version,
    take_file_version,
)
from engine.i18n import _
from engine.permissions import Permission
from ui import web
from ui.access import platform, requires
from ui.studio.blueprint import blueprint


def sent() -> dict[str, Any]:
    """What a script sent as JSON, or a plain form as fields."""
    return web.payload() if request.is_json else dict(request.form)


def number(values: dict[str, Any], name: str) -> int:
    """A whole number of either."""
    value = values.get(name)
    if isinstance(value, str) and web.is_id(value):
        values = {**values, name: int(value)}
    return web.number_of(values, name)


@blueprint.post("/studio/<key>/publish")
@requires(Permission.PUBLISH)
def publish(key: str) -> BaseResponse:
    """Make the draft the version for new cases. `revision` is the draft's as seen; `live` names a version that was
    made since the draft was begun, where the person means to replace it."""
    values = sent()
    live = number(values, "live") if values.get("live") is not None else None
    note = web.text_of(values, "note")
    done = publish_design(platform(), g.actor, key, note, number(values, "revision"), live)
    toast = _("已发布第 {n} 版。办理中的案件仍按原版本走完，新发起的按新版本办理。", n=done.version)
    return web.done(f"/procedures/{key}/versions", toast, version=done.version)


@blueprint.post("/studio/<key>/discard")
@requires(Permission.DESIGN)
def discard(key: str) -> BaseResponse:
    """Give the draft up."""
    discard_design(platform(), g.actor, key)
    return web.done("/procedures", _("已放弃草稿，没有发布的内容留有副本。"))


@blueprint.post("/studio/<key>/restore")
@requires(Permission.DESIGN)
def restore(key: str) -> BaseResponse:
    """Take an older version into the draft."""
    version = number(sent(), "version")
    restore_version(platform(), g.actor, key, version)
    toast = _("草稿已换成第 {n} 版的内容，发布后才生效。", n=version)
    return web.done(url_for("studio.modeler", key=key), toast)


@blueprint.post("/studio/<key>/take-files")
@requires(Permission.DESIGN)
def take_files(key: str) -> BaseResponse:
    """Take what lies in the checkout into the draft."""
    take_file_version(platform(), g.actor, key)
    return web.done(url_for("studio.modeler", key=key), _("草稿已换成服务器文件的内容，发布后才生效。"))


@blueprint.delete("/studio/<key>/parts/<kind>/<name>")
@requires(Permission.DESIGN)
def delete_part(key: str, kind: str, name: str) -> tuple[str, int]:
    """Take a part out of the draft, as it was seen."""
    remove_part(platform(), g.actor, key, kind, name, web.number_of(web.payload(), "revision"))
    return "", 204


@blueprint.post("/studio/<key>/parts/<kind>/<name>/rename")
@requires(Permission.DESIGN)
def rename(key: str, kind: str, name: str) -> Response:
    """Give a part another name."""
    to = web.text_of(web.payload(), "to", 80)
    rename_part(platform(), g.actor, key, kind, name, to)
    return jsonify(name=to)
