"""The parts of a draft for the editors: read, save, check, and who else is at it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, g, jsonify, make_response

from engine.commands import open_design, save_part, touch_design
from engine.errors import Invalid
from engine.i18n import _
from engine.parts import text_bytes
from engine.permissions import Permission
from engine.queries import designs
from ui import web
from ui.access import platform, requires
from ui.studio.blueprint import blueprint, finding_json

LARGEST = 12 * 1024 * 1024
"""A part of 5 MB as a JSON text, its quotes escaped."""
_MOST_OVERLAID = 200


def part_json(part: designs.DesignPartView) -> dict[str, Any]:
    """A part as lists and the store know it."""
    return asdict(part) | {"updated_by": str(part.updated_by)}


@blueprint.get("/studio/<key>/design.json")
@requires(Permission.DESIGN)
def design_json(key: str) -> Response:
    """The draft: its parts, who is at it, and how it stands to the live version; begun where there is none."""
    open_design(platform(), g.actor, key)
    found = designs.design(platform(), g.actor, key)
    return jsonify(
        key=found.key,
        name=found.name,
        base_version=found.base_version,
        live_version=found.live_version,
        revision=found.revision,
        changed=found.changed,
        updated_at=found.updated_at,
        updated_by=str(found.updated_by),
        parts=[part_json(part) for part in found.parts],
        editors=[asdict(editor) for editor in found.editors],
        may_publish=found.may_publish,
    )


@blueprint.get("/studio/<key>/parts/<kind>/<name>")
@requires(Permission.DESIGN)
def part(key: str, kind: str, name: str) -> Response:
    """The content of a part, as text; its revision in the header `X-Revision`."""
    found = designs.part_content(platform(), g.actor, key, kind, name)
    answer = make_response(found.content)
    answer.mimetype = "application/xml" if kind in ("diagram", "decision") else "application/json"
    answer.headers["X-Revision"] = str(found.revision)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@blueprint.put("/studio/<key>/parts/<kind>/<name>")
@requires(Permission.DESIGN)
@web.takes(LARGEST)
def put_part(key: str, kind: str, name: str) -> Response:
    """Keep a part; `revision` is the one it was made from (null: a new part), `force` overwrites the other's."""
    sent = web.payload()
    seen = None if sent.get("revision") is None else web.number_of(sent, "revision")
    kept = save_part(platform(), g.actor, key, kind, name, _content(sent), seen, sent.get("force") is True)
    return jsonify(revision=kept.revision, saved_at=kept.saved_at, design_revision=kept.design_revision)


@blueprint.post("/studio/<key>/check")
@requires(Permission.DESIGN)
@web.takes(2 * LARGEST)
def check(key: str) -> Response:
    """Judge the draft with what the page has not saved yet laid over it."""
    overlay = overlay_of(web.payload())
    checked = designs.check_design(platform(), g.actor, key, overlay)
    return jsonify(findings=[finding_json(found) for found in checked.findings], checked_at=checked.checked_at)


@blueprint.post("/studio/<key>/presence")
@requires(Permission.DESIGN)
def presence(key: str) -> Response:
    """I am here, at this part (or leaving): who else is, and which part has which revision now."""
    sent = web.payload()
    leaving = sent.get("leaving") is True
    touch_design(platform(), g.actor, key, web.text_of(sent, "part", 120), leaving)
    if leaving:
        return jsonify(editors=[], parts=[])
    found = designs.presence(platform(), g.actor, key)
    return jsonify(
        revision=found.revision,
        editors=[asdict(editor) for editor in found.editors],
        parts=[part_json(part) for part in found.parts],
    )


def overlay_of(sent: dict[str, Any]) -> dict[tuple[str, str], bytes]:
    """What a page has not saved yet, by (kind, name); raises `Invalid` for anything but such a list."""
    overlay = sent.get("overlay") or []
    if not isinstance(overlay, list) or len(overlay) > _MOST_OVERLAID:
        raise Invalid(_("没有读懂发来的内容，什么都没有改动。请刷新页面后重试。"))
    found: dict[tuple[str, str], bytes] = {}
    for one in overlay:
        if not isinstance(one, dict):
            raise Invalid(_("没有读懂发来的内容，什么都没有改动。请刷新页面后重试。"))
        found[web.text_of(one, "kind", 20), web.text_of(one, "name", 80)] = _content(one)
    return found


def _content(sent: dict[str, Any]) -> bytes:
    content = sent.get("content")
    if not isinstance(content, str):
        raise Invalid(_("字段 {key} 应当是文字。", key="content"))
    return text_bytes(content)
