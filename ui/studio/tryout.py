"""试运行: the page, a run played again at every step, runs kept as scenarios."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, render_template

from engine.commands import open_design
from engine.errors import DefinitionRefused, Invalid
from engine.permissions import Permission
from engine.queries import designs
from engine.queries import tryout as queries
from engine.tryout.checking import Checked
from ui import web
from ui.access import platform, requires
from ui.headers import draws
from ui.studio.blueprint import blueprint
from ui.studio.parts import LARGEST, overlay_of


@blueprint.get("/studio/<key>/tryout")
@requires(Permission.DESIGN)
@draws
def tryout_page(key: str) -> str:
    """The diagram with its tokens, the open items and the story; a script fills it."""
    open_design(platform(), g.actor, key)
    return render_template("studio/tryout.html", key=key, design=designs.design(platform(), g.actor, key))


@blueprint.post("/studio/<key>/tryout")
@requires(Permission.DESIGN)
@web.takes(2 * LARGEST)
def play(key: str) -> Response:
    """Where a run stands: {run: null or {start, steps}, scenario, overlay}."""
    sent = web.payload()
    scenario = web.text_of(sent, "scenario", 80)
    return jsonify(queries.try_out(platform(), g.actor, key, overlay_of(sent), sent.get("run"), scenario))


@blueprint.post("/studio/<key>/tryout/keep")
@requires(Permission.DESIGN)
@web.takes(2 * LARGEST)
def keep(key: str) -> Response:
    """A run as a scenario part {name, content}; the browser saves it like every other part."""
    sent = web.payload()
    title, scenario = web.text_of(sent, "title"), web.text_of(sent, "scenario", 80)
    kept = queries.keep_run(platform(), g.actor, key, overlay_of(sent), sent.get("run"), title, scenario)
    return jsonify(name=kept.name, content=kept.content.decode())


@blueprint.post("/studio/<key>/scenarios")
@requires(Permission.DESIGN)
@web.takes(2 * LARGEST)
def scenarios(key: str) -> Response:
    """Every scenario played on the draft as it stands in the browser; `later` says why not while it cannot run."""
    try:
        found = queries.scenario_states(platform(), g.actor, key, overlay_of(web.payload()))
    except (DefinitionRefused, Invalid) as error:  # half-drawn is how drafts are: nothing is wrong with the request
        return jsonify(scenarios=[], passed=0, total=0, later=error.message)
    passed = sum(checked.ok for checked in found)
    return jsonify(scenarios=[_scenario(checked) for checked in found], passed=passed, total=len(found))


def _scenario(checked: Checked) -> dict[str, Any]:
    other = checked.departure
    departure = {"step": other.step, "node": other.node_id, "text": other.text} if other else None
    return {
        "name": checked.file,
        "title": checked.title,
        "steps": checked.steps,
        "ok": checked.ok,
        "departure": departure,
    }
