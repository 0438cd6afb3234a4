"""Forms of a draft: their list, the editor, and the preview with sample data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, g, jsonify, render_template

from engine.commands import open_design
from engine.errors import NotFound
from engine.i18n import _
from engine.parts import text_bytes
from engine.permissions import Permission
from engine.queries import designs
from engine.queries.form_preview import preview_form, try_form
from engine.queries.part_lists import list_parts
from ui import web
from ui.access import platform, requires
from ui.headers import draws, framed, previews
from ui.studio.blueprint import blueprint

LARGEST = 12 * 1024 * 1024


@blueprint.get("/studio/<key>/forms")
@requires(Permission.DESIGN)
def forms(key: str) -> str:
    """All forms of the draft."""
    return render_template("studio/forms.html", **opened(key, "form"))


@blueprint.get("/studio/<key>/forms/<form>")
@requires(Permission.DESIGN)
@draws
@previews
def form_editor(key: str, form: str) -> str:
    """One form: palette, canvas, properties, preview."""
    return render_template("studio/form.html", **opened(key, "form", form))


@blueprint.get("/studio/<key>/forms/<form>/preview")
@requires(Permission.DESIGN)
@framed
def form_frame(key: str, form: str) -> str:
    """The page inside the preview: it waits for the editor to hand it a form."""
    return render_template("studio/form_frame.html", key=key, form=form)


@blueprint.post("/studio/<key>/forms/preview.json")
@requires(Permission.DESIGN)
@web.takes(LARGEST)
def form_preview_json(key: str) -> Response:
    """What the viewer shows for the form as it stands in the editor."""
    shown = preview_form(platform(), g.actor, _content(web.payload()))
    return jsonify(schema=shown.schema, empty=shown.empty, sample=shown.sample, left_out=shown.left_out)


@blueprint.post("/studio/<key>/forms/try.json")
@requires(Permission.DESIGN)
@web.takes(LARGEST)
def form_try_json(key: str) -> Response:
    """What the server would say to these values, and what each rule of the form comes to on them."""
    sent = web.payload()
    tried = try_form(platform(), g.actor, _content(sent), web.object_of(sent, "data"))
    return jsonify(asdict(tried))


def opened(key: str, kind: str, name: str = "") -> dict[str, Any]:
    """What the pages of parts show; the draft is begun where there is none. `NotFound` without that part."""
    open_design(platform(), g.actor, key)
    rows = list_parts(platform(), g.actor, key, kind)
    here = next((row for row in rows if row.name == name), None)
    if name and here is None:
        raise NotFound(_("草稿里没有这一部分，它可能已被删除或改名。"))
    return {"key": key, "design": designs.design(platform(), g.actor, key), "rows": rows, "here": here}


def _content(sent: dict[str, Any]) -> bytes:
    content = sent.get("content")
    return text_bytes(content if isinstance(content, str) else "")
