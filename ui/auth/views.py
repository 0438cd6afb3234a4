"""Sign-in, sign-out, preferences, demo switch."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.commands import set_preferences
from engine.commands import sign_in as check_password
from engine.errors import Invalid
from engine.i18n import _
from engine.permissions import Permission
from ui import web
from ui.access import platform, requires, sign_in_session
from ui.auth.blueprint import blueprint
from ui.auth.demo import by_department, landing, switched_to


@blueprint.get("/sign-in")
@requires(Permission.PUBLIC)
def sign_in() -> Response | str:
    """The sign-in page; whoever is signed in already goes on at once."""
    target = web.safe_next(request.args.get("next"), "")
    if g.actor is not None:
        return redirect(target or url_for("workbench.home"), 303)
    return _page(target)


@blueprint.post("/sign-in")
@requires(Permission.PUBLIC)
def do_sign_in() -> Response | tuple[str, int]:
    """Check account and password; a refusal keeps the account in its field and says how many tries are left."""
    target = web.safe_next(request.form.get("next"), "")
    account = request.form.get("account", "").strip()[:80]
    try:
        actor = check_password(platform(), account, request.form.get("password", "")[:200], request.remote_addr or "")
    except Invalid as refused:
        return _page(target, account, refused.message), 422
    sign_in_session(actor, remember=request.form.get("remember") == "1")
    return redirect(target or url_for("workbench.home"), 303)


@blueprint.post("/sign-out")
@requires(Permission.SIGNED_IN)
def sign_out() -> Response:
    """End this session."""
    session.clear()
    flash(_("已退出登录"))
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.post("/preferences")
@requires(Permission.SIGNED_IN)
def preferences() -> Response | tuple[str, int]:
    """Theme, language, single keys; only what was sent changes. Scripts get an empty answer."""
    values = web.payload() if request.is_json else request.form.to_dict()
    keys = values.get("single_keys")
    set_preferences(
        platform(),
        g.actor,
        theme=web.text_of(values, "theme") or None,
        language=web.text_of(values, "language") or None,
        single_keys=None if keys is None else keys in (True, "true", "1", "on"),
    )
    if web.wants_json():
        return "", 204
    flash(_("设置已保存"))
    return redirect(web.safe_next(request.form.get("next"), url_for("workbench.mine")), 303)


@blueprint.post("/demo/switch")
@requires(Permission.PUBLIC)
def switch_person() -> Response:
    """Demo mode only: become another person, and land where that person has something to do."""
    if platform().mode != "demo":
        abort(404)
    actor = switched_to(request.form.get("account", ""))
    sign_in_session(actor)
    form = request.form
    return redirect(landing(actor, form.get("task", ""), form.get("instance", ""), form.get("next")), 303)


def _page(target: str, account: str = "", refused: str = "") -> str:
    """The sign-in page; in the demo it lists the people to be."""
    demo = platform().mode == "demo"
    return render_template(
        "auth/sign_in.html",
        target=target,
        account=account,
        refused=refused,
        departments=by_department() if demo else [],
    )
