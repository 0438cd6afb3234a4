"""运行总览, 案件, one procedure. Period, filters, page and measure stand in the address."""

from __future__ import annotations

from flask import Response, g, jsonify, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from engine.permissions import Permission
from engine.queries import cockpit as query
from ui import web
from ui.access import platform, requires
from ui.cockpit.blueprint import blueprint
from ui.cockpit.chart import trend
from ui.headers import draws

SIZES = (20, 50, 100)
STANDARD_DAYS = 90


def _days() -> int:
    return web.positive("days", STANDARD_DAYS, query.PERIODS)


def _measure() -> str:
    wanted = request.args.get("measure", "")
    return wanted if wanted in query.MEASURES else query.MEASURES[0]


def _filter() -> query.CaseFilter:
    """What the address asks for; without a state the running cases, "all" for all of them."""
    args = request.args
    state = args.get("state", "running")
    late = args.get("late") == "1"
    return query.CaseFilter(
        q=args.get("q", "").strip()[:80],
        state="" if state == "all" else state if state in query.STATES else "running",
        key=args.get("key", "")[:60],
        late=late,
        department=args.get("department", "")[:40],
        starter=args.get("starter", "")[:40],
        node=args.get("node", "")[:120],
        incident=args.get("incident") == "1",
        page=web.positive("page"),
        size=web.positive("size", 20, SIZES),
    )


@blueprint.get("/cockpit")
@requires(Permission.SEE_ALL_CASES)
def overview() -> str:
    """The state of everything in one look."""
    page = query.overview(platform(), g.actor, _days())
    as_table = request.args.get("trend") == "table"
    return render_template("cockpit/overview.html", page=page, chart=trend(page.monthly), as_table=as_table)


@blueprint.get("/cockpit/cases")
@requires(Permission.SEE_ALL_CASES)
def cases() -> str:
    """Every case, filtered; the most urgent first."""
    chosen = _filter()
    page = query.list_cases(platform(), g.actor, chosen)
    choices = query.filter_choices(platform(), g.actor, chosen)
    return render_template("cockpit/cases.html", page=page, chosen=chosen, choices=choices)


@blueprint.get("/cockpit/procedures/<key>")
@requires(Permission.SEE_ALL_CASES)
@draws
def procedure(key: str) -> str:
    """One procedure: figures, diagram, steps, what is stuck."""
    page = query.procedure_page(platform(), g.actor, key[:60], _days())
    return render_template("cockpit/procedure.html", page=page, measure=_measure())


@blueprint.get("/cockpit/procedures/<key>/marks.json")
@requires(Permission.SEE_ALL_CASES)
def procedure_marks(key: str) -> BaseResponse:
    """What the diagram component draws over the diagram."""
    answer = jsonify(query.procedure_marks(platform(), g.actor, key[:60], _measure(), _days()))
    return _revalidated(answer)


@blueprint.get("/cockpit/procedures/<key>/diagram.bpmn")
@requires(Permission.SEE_ALL_CASES)
def procedure_diagram(key: str) -> BaseResponse:
    """The diagram in force."""
    return _revalidated(Response(query.procedure_diagram(platform(), g.actor, key[:60]), mimetype="application/xml"))


def _revalidated(answer: Response) -> BaseResponse:
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)
