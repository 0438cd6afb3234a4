"""条款追溯: the tree with one clause, the report of a year, the table to take along.

Year, filter and clause stand in the address.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, g, render_template, request

from engine import regulation, xlsx
from engine.i18n import _
from engine.permissions import Permission
from engine.queries import clauses as query
from ui import web
from ui.access import platform, requires
from ui.cockpit.blueprint import blueprint

SIZES = (20, 50, 100)
WIDTHS = (22, 9, 18, 48, 9, 20, 6, 20, 16, 14, 14, 14, 14, 40)
"""Characters of the columns of the table."""


def _year() -> int | None:
    text = request.args.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


@blueprint.get("/clauses")
@requires(Permission.SEE_ALL_CASES)
def clauses() -> str:
    """Chapters, sections and clauses; of the chosen one procedures, steps, cases and evidence."""
    shown = request.args.get("show", "")
    page = query.clause_page(platform(), g.actor, request.args.get("clause", "")[:12], _year(), shown)
    return render_template("cockpit/clauses.html", page=page, title=regulation.name())


@blueprint.get("/clauses/documents")
@requires(Permission.SEE_ALL_CASES)
def clause_documents() -> str:
    """All documents of a year that cases of the clause's procedures have issued."""
    number, key = request.args.get("clause", "")[:12], request.args.get("key", "")[:60]
    found = query.clause_papers(
        platform(), g.actor, number, _year(), key, web.positive("page"), web.positive("size", 20, SIZES)
    )
    return render_template("cockpit/clause_documents.html", found=found, title=regulation.name())


@blueprint.get("/clauses/report")
@requires(Permission.SEE_ALL_CASES)
def clause_report() -> str:
    """Everything unfolded, made for paper."""
    page = query.report(platform(), g.actor, _year())
    return render_template("cockpit/clause_report.html", page=page, title=regulation.name())


@blueprint.get("/clauses/report.xlsx")
@requires(Permission.SEE_ALL_CASES)
def clause_table() -> Response:
    """The same as a table."""
    page = query.report(platform(), g.actor, _year())
    headings, rows = query.table(page)
    year = page.tracing.year
    answer = Response(xlsx.workbook(_("条款追溯 {year}", year=year), headings, rows, WIDTHS), mimetype=xlsx.MEDIA_TYPE)
    name = quote(_("条款追溯-{year}.xlsx", year=year))
    answer.headers["Content-Disposition"] = f"attachment; filename=clauses-{year}.xlsx; filename*=UTF-8''{name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
