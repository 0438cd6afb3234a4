"""Decision tables of a draft: their list, the editor, and trying them on values."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, g, jsonify, render_template

from engine.parts import text_bytes
from engine.permissions import Permission
from engine.queries.decision_trial import try_table
from ui import web
from ui.access import platform, requires
from ui.headers import draws
from ui.studio.blueprint import blueprint
from ui.studio.form_pages import LARGEST, opened


@blueprint.get("/studio/<key>/decisions")
@requires(Permission.DESIGN)
def decisions(key: str) -> str:
    """All decision tables of the draft."""
    return render_template("studio/decisions.html", **opened(key, "decision"))


@blueprint.get("/studio/<key>/decisions/<decision>")
@requires(Permission.DESIGN)
@draws
def decision_editor(key: str, decision: str) -> str:
    """One file of decision tables: the table, and a field to try it."""
    return render_template("studio/decision.html", **opened(key, "decision", decision))


@blueprint.post("/studio/<key>/decisions/try.json")
@requires(Permission.DESIGN)
@web.takes(LARGEST)
def decision_try_json(key: str) -> Response:
    """Which rule matches on these values, at which cells the others fail; other files of the draft may be imported."""
    sent = web.payload()
    content = sent.get("content")
    typed = {str(name)[:120]: text for name, text in web.object_of(sent, "values").items() if isinstance(text, str)}
    tried = try_table(
        platform(),
        g.actor,
        key,
        web.text_of(sent, "name", 60),
        text_bytes(content if isinstance(content, str) else ""),
        web.text_of(sent, "decision", 200),
        typed,
    )
    return jsonify(asdict(tried))
