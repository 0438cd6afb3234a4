"""The lists: 待办, 待认领, 已办, 我发起的, 草稿箱, 通知, 搜索.

Filters, order and page stand in the address; every list is a plain GET. htmx asks for the same address and takes the
part `#list` out of the answer, so both ways show the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import discard_draft, mark_read
from engine.i18n import _
from engine.permissions import Permission
from engine.queries.drafts import list_drafts as drafts_of
from engine.queries.inbox import InboxFilter, InboxPage, list_claimable, list_done, list_inbox
from engine.queries.notices import list_notices
from engine.queries.search import search as find_cases
from engine.queries.started import list_started
from ui import web
from ui.access import platform, requires
from ui.workbench.blueprint import blueprint

SIZES = (20, 50, 100)
DUE = ("all", "late", "today", "week", "urged")
STATES = ("all", "running", "completed", "rejected", "withdrawn")


@blueprint.app_template_global()
def address(**changes: Any) -> str:
    """This list's address with some of its filters changed; None takes one away, and a change goes back to page one."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if value}
    if "page" not in changes:
        kept.pop("page", None)
    kept.update(changes)
    return url_for(str(request.endpoint), **{name: value for name, value in kept.items() if value is not None})


@blueprint.app_template_global()
def kept_filters(*but: str) -> list[tuple[str, str]]:
    """What a form inside a list sends along so that the other filters stay; the page starts anew."""
    return [(name, value) for name, value in request.args.items() if value and name not in (*but, "page")]


@blueprint.app_template_global()
def page_address(number: int) -> str:
    """Another page of this list."""
    return address(page=number)


@blueprint.app_template_global()
def size_address(number: int) -> str:
    """This list with so many rows a page."""
    return address(size=number)


@blueprint.app_template_global()
def option_links(options: list[tuple[str, str]], name: str, chosen: str) -> list[tuple[str, str, bool]]:
    """The choices of a filter: (text, address, whether it is the one in force)."""
    everything = (_("全部"), address(**{name: None}), not chosen)
    return [everything, *((text, address(**{name: value}), value == chosen) for value, text in options)]


def _words() -> str:
    """What is searched for."""
    return request.args.get("q", "").strip()[:80]


def _inbox_filter() -> InboxFilter:
    due = request.args.get("due", "all")
    return InboxFilter(
        q=_words(),
        due=due if due in DUE else "all",
        key=request.args.get("key", "")[:60],
        department=request.args.get("department", "")[:40],
        sort="arrived" if request.args.get("sort") == "arrived" else "due",
        page=web.positive("page"),
        size=web.positive("size", 20, SIZES),
    )


def _inbox(template: str, query: Callable[..., InboxPage]) -> str:
    chosen = _inbox_filter()
    return render_template(template, inbox=query(platform(), g.actor, chosen), chosen=chosen)


@blueprint.get("/inbox")
@requires(Permission.SIGNED_IN)
def inbox() -> str:
    """待办: what waits for me."""
    return _inbox("workbench/inbox.html", list_inbox)


@blueprint.get("/claimable")
@requires(Permission.SIGNED_IN)
def claimable() -> str:
    """待认领: what several may do and nobody has taken."""
    return _inbox("workbench/claimable.html", list_claimable)


@blueprint.get("/done")
@requires(Permission.SIGNED_IN)
def done() -> str:
    """已办: what I did, and what became of it."""
    page = list_done(platform(), g.actor, _words(), web.positive("page"), web.positive("size", 20, SIZES))
    return render_template("workbench/done.html", page=page, q=_words())


@blueprint.get("/started")
@requires(Permission.SIGNED_IN)
def started() -> str:
    """我发起的: my cases, who has them and why they wait."""
    state = request.args.get("state", "all")
    state = state if state in STATES else "all"
    wanted = "" if state == "all" else state
    page = list_started(platform(), g.actor, _words(), wanted, web.positive("page"), web.positive("size", 20, SIZES))
    return render_template("workbench/started.html", page=page, q=_words(), state=state)


@blueprint.get("/drafts")
@requires(Permission.SIGNED_IN)
def drafts() -> str:
    """草稿箱: what I typed and did not send."""
    return render_template("workbench/drafts.html", drafts=drafts_of(platform(), g.actor))


@blueprint.post("/drafts/discard")
@requires(Permission.SIGNED_IN)
def discard() -> Response:
    """Forget one draft."""
    task_id = request.form.get("task", "")
    discard_draft(platform(), g.actor, request.form.get("key", "")[:60], int(task_id) if web.is_id(task_id) else None)
    flash(_("草稿已删除"))
    return redirect(url_for("workbench.drafts"), 303)


@blueprint.get("/notices")
@requires(Permission.SIGNED_IN)
def notices() -> str:
    """通知: what happened without my doing."""
    return render_template("workbench/notices.html", page=list_notices(platform(), g.actor, web.positive("page")))


@blueprint.post("/notices/read")
@requires(Permission.SIGNED_IN)
def read_notices() -> Response:
    """One notice, or all of them, is read; one with a case leads there."""
    chosen = request.form.get("id", "")
    mark_read(platform(), g.actor, int(chosen) if web.is_id(chosen) else None)
    if not chosen:
        flash(_("通知已全部标为已读"))
    return redirect(web.safe_next(request.form.get("next"), url_for("workbench.notices")), 303)


@blueprint.get("/search")
@requires(Permission.SIGNED_IN)
def search() -> str:
    """Cases by number, title or person, among those that this person may see."""
    words = _words()
    rows = find_cases(platform(), g.actor, words) if words else []
    return render_template("workbench/search.html", rows=rows, q=words)
