"""流程库 and the reader's pages of one procedure: purpose, duties, diagram, forms, tables, versions."""

from __future__ import annotations

from flask import Response, g, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from engine import regulation
from engine.permissions import Permission
from engine.queries import library as query
from engine.queries.designs import check_design
from ui.access import platform, requires
from ui.headers import draws
from ui.studio.blueprint import blueprint


def _filter() -> query.LibraryFilter:
    """What the address asks for; what it cannot mean counts as not said."""
    args = request.args
    state, chapter = args.get("state", ""), args.get("chapter", "")
    return query.LibraryFilter(
        q=args.get("q", "").strip()[:80],
        state=state if state in query.STATES else "",
        chapter=chapter if chapter in {found.number for found in regulation.chapters()} else "",
    )


@blueprint.get("/procedures")
@requires(Permission.SIGNED_IN)
def library() -> str:
    """Every procedure by chapter, section and clause of the regulation."""
    chosen = _filter()
    page = query.catalogue(platform(), g.actor, chosen)
    chapters = regulation.chapters()
    return render_template("studio/library.html", page=page, chosen=chosen, title=regulation.name(), chapters=chapters)


@blueprint.get("/procedures/<key>/findings")
@requires(Permission.DESIGN)
def draft_findings(key: str) -> str:
    """How many findings an open draft has: a fragment that the library fetches draft by draft, once it is there."""
    problems = check_design(platform(), g.actor, key[:60]).problems
    return render_template("studio/_findings.html", key=key, count=len(problems))


@blueprint.get("/procedures/<key>")
@requires(Permission.SIGNED_IN)
@draws
def procedure(key: str) -> str:
    """What the procedure is for, who does what by when, its diagram, forms and tables."""
    page = query.reader_page(platform(), g.actor, key[:60])
    return render_template("studio/procedure.html", page=page, days=query.DAYS)


@blueprint.get("/procedures/<key>/diagram.bpmn")
@requires(Permission.SIGNED_IN)
def live_diagram(key: str) -> BaseResponse:
    """The diagram in force."""
    return _xml(query.live_diagram(platform(), g.actor, key[:60]))


@blueprint.get("/procedures/<key>/forms/<name>")
@requires(Permission.SIGNED_IN)
def form_preview(key: str, name: str) -> str:
    """A form as it will be filled in, for reading."""
    page = query.form_preview(platform(), g.actor, key[:60], name[:80])
    return render_template("studio/form_preview.html", page=page)


@blueprint.get("/procedures/<key>/versions")
@requires(Permission.SIGNED_IN)
def versions(key: str) -> str:
    """All versions: who made each when and why, what runs on it."""
    return render_template("studio/versions.html", page=query.versions_page(platform(), g.actor, key[:60]))


@blueprint.get("/procedures/<key>/versions/<id:version>")
@requires(Permission.SIGNED_IN)
@draws
def version(key: str, version: int) -> str:
    """One version to look at."""
    return render_template("studio/version.html", page=query.version_page(platform(), g.actor, key[:60], version))


@blueprint.get("/procedures/<key>/versions/<id:version>/diagram.bpmn")
@requires(Permission.SIGNED_IN)
def version_diagram(key: str, version: int) -> BaseResponse:
    """The diagram of a version."""
    return _xml(query.version_diagram(platform(), g.actor, key[:60], version))


def _xml(content: bytes) -> BaseResponse:
    answer = Response(content, mimetype="application/xml")
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)
