"""What the modeler's pickers ask: who and what there is, and who a candidate rule would be."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, g, jsonify

from engine.permissions import Permission
from engine.queries.known import known_in_draft
from engine.queries.pickers import choices
from engine.queries.would_be import Rule, would_be
from engine.variables import Variable
from ui import web
from ui.access import platform, requires
from ui.studio.blueprint import blueprint
from ui.studio.parts import LARGEST, overlay_of

LONGEST_TEXT = 4000


@blueprint.get("/studio/<key>/context.json")
@requires(Permission.DESIGN)
def context(key: str) -> Response:
    """Roles, departments, people, handlers and clauses; the same for every procedure."""
    found = asdict(choices(platform(), g.actor))
    found["calendar"] = found.pop("workdays")
    return jsonify(found)


@blueprint.post("/studio/<key>/candidates")
@requires(Permission.DESIGN)
def candidates(key: str) -> Response:
    """Who would that be: people and a sentence, for a rule however half-written."""
    sent = web.payload()
    rule = Rule(*(_text(sent.get(name)) for name in ("rule", "value", "exclude", "fallback")))
    sample = sent.get("sample")
    found = would_be(platform(), g.actor, key, rule, sample if isinstance(sample, dict) else None)
    return jsonify(asdict(found))


@blueprint.post("/studio/<key>/variables")
@requires(Permission.DESIGN)
@web.takes(2 * LARGEST)
def variables(key: str) -> Response:
    """The variables known at each element of the draft with what is not saved yet; `elements` asks for these only."""
    sent = web.payload()
    wanted = sent.get("elements")
    only = {one for one in wanted if isinstance(one, str)} if isinstance(wanted, list) else None
    known = known_in_draft(platform(), g.actor, key, overlay_of(sent), only)
    return jsonify(by_element={place: [variable_json(one) for one in found] for place, found in known.items()})


def variable_json(one: Variable) -> dict[str, Any]:
    """A variable for the browser; what says nothing is left out. `maybe`: it can still be null here, `own`: only what
    is evaluated at the end of this very step sees it."""
    said: dict[str, Any] = {"name": one.name, "label": one.label, "type": one.type, "detail": one.detail}
    if one.origin:
        said["from"] = one.origin
    if one.type == "list" and one.item != "Any":
        said["item"] = one.item
    if one.fields:
        said["fields"] = [variable_json(inner) for inner in one.fields]
    if one.choices:
        said["choices"] = [asdict(choice) for choice in one.choices]
    if not one.always:
        said["maybe"] = True
    if one.own:
        said["own"] = True
    return said


def _text(value: Any) -> str:
    return value[:LONGEST_TEXT].strip() if isinstance(value, str) else ""
