"""对比: two states of a procedure, the page and its data. Published versions may be read by everybody."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, g, jsonify, render_template, request

from engine.commands import open_design
from engine.comparing import Sheet
from engine.parts import as_utf8
from engine.permissions import Permission
from engine.queries import designs
from engine.queries.comparing import State, compare_page, compared
from ui.access import platform, requires
from ui.headers import draws
from ui.studio.blueprint import blueprint


@blueprint.get("/studio/<key>/compare")
@requires(Permission.SIGNED_IN)
@draws
def compare(key: str) -> str:
    """The page: in the studio's frame for who may design, else in the product's."""
    design = None
    if g.actor.can(Permission.DESIGN):
        open_design(platform(), g.actor, key)
        design = designs.design(platform(), g.actor, key)
    page = compare_page(platform(), g.actor, key, *_asked())
    frame = "studio/frame.html" if design else "studio/reader.html"
    return render_template("studio/compare.html", key=key, design=design, page=page, frame_template=frame)


@blueprint.get("/studio/<key>/diff.json")
@requires(Permission.SIGNED_IN)
def diff(key: str) -> Response:
    """Everything that differs, in words, with the two diagrams."""
    found = compared(platform(), g.actor, key, *_asked())
    difference = found.difference
    return jsonify(
        {
            "from": _state(found.page.before),
            "to": _state(found.page.after),
            "count": difference.count,
            "diagram": {
                "note": difference.note,
                "entries": [asdict(entry) for entry in difference.entries],
                "before": _text(found.before.diagram),
                "after": _text(found.after.diagram),
            },
            "forms": [_sheet(sheet) for sheet in difference.forms],
            "decisions": [_sheet(sheet) for sheet in difference.decisions],
            "scenarios": [_sheet(sheet) for sheet in difference.scenarios],
        }
    )


def _text(diagram: bytes) -> str:
    return as_utf8(diagram).decode("utf-8", "replace")


def _asked() -> tuple[str, str]:
    return request.args.get("from", "")[:20].strip(), request.args.get("to", "")[:20].strip()


def _state(state: State) -> dict[str, Any]:
    return {"value": state.value, "label": state.label, "at": state.at, "by": str(state.by), "note": state.note}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return asdict(sheet) | {"count": sheet.count}
