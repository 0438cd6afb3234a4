"""What the modeler's pickers ask: who and what there is, and who a candidate rule would be."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, g, jsonify

from engine.permissions import Permission
from engine.queries.pickers import choices
from engine.queries.would_be import Rule, would_be
from ui import web
from ui.access import platform, requires
from ui.studio.blueprint import blueprint

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


def _text(value: Any) -> str:
    return value[:LONGEST_TEXT].strip() if isinstance(value, str) else ""
