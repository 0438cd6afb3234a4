"""Who is asking, and may he: the session of a signed-in person and the permission every endpoint declares.

An endpoint without `@requires(Permission.…)` is a mistake: `check_endpoints` refuses the start of the product, and a
request that reaches one all the same is refused (deny by default).

The session is Flask's signed cookie and holds only the person's id, his `session_version` and when the session ends. It
dies when the person is deactivated, when the version was raised (new password, "sign out everywhere") or when its time
is over.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request, session
from werkzeug.exceptions import BadRequest

from engine.errors import ConfigurationError, Forbidden
from engine.i18n import _, set_language
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.people import actor_by_id
from ui import web

View = TypeVar("View", bound=Callable[..., Any])

WORKING_DAY = timedelta(hours=12)  # a session without 保持登录: one long day at the desk
REMEMBERED = timedelta(days=7)


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare what a person needs for this endpoint; put it directly above the function, below the route."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # functions carry attributes; typing has no word for it
        return view

    return mark


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What the endpoint declares; None when it declares nothing."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return Permission.PUBLIC
    return getattr(app.view_functions[endpoint], "permission", None)


def check_endpoints(app: Flask) -> None:
    """Refuse to start with an endpoint that declares no permission."""
    silent = sorted({rule.endpoint for rule in app.url_map.iter_rules() if permission_of(app, rule.endpoint) is None})
    if silent:
        raise ConfigurationError(_("这些入口没有声明权限，不能启动：{list}", list="、".join(silent)))


def platform() -> Platform:
    """The running product behind this request."""
    found: Platform = current_app.extensions["guicheng"]
    return found


def sign_in_session(actor: Actor, remember: bool = False) -> None:
    """Start a fresh session for this person; whatever an earlier one held is gone."""
    session.clear()
    session.permanent = remember
    session["person"] = actor.id
    session["version"] = actor.session_version
    session["until"] = (platform().clock.now() + (REMEMBERED if remember else WORKING_DAY)).timestamp()


def current_actor() -> Actor | None:
    """The signed-in person, or None; a session that is no longer good is emptied."""
    person_id = session.get("person")
    if person_id is None:
        return None
    actor = actor_by_id(platform(), person_id)
    ended = session.get("until", 0) <= platform().clock.now().timestamp()
    if actor is None or ended or actor.session_version != session.get("version"):
        session.clear()
        return None
    return actor


def guard() -> Response | None:
    """Before every request: find the person, set his language, and let him pass only where he may."""
    g.actor = None
    if request.endpoint is not None and request.endpoint.endswith("static"):
        return None
    g.actor = current_actor()
    set_language(g.actor.language if g.actor else platform().settings.language)
    if any("\x00" in text for text in (request.path, *request.args.values())):
        raise BadRequest  # no address of ours holds it, and no database keeps it
    if request.endpoint is None:  # no such page: the answer still knows who is asking
        return None
    permission = permission_of(current_app, request.endpoint)
    if permission is Permission.PUBLIC:
        return None
    if g.actor is None:
        return web.ask_for_sign_in()
    if permission is None or not g.actor.can(permission):
        raise Forbidden(_("你没有查看这一页的权限。需要时请联系系统管理员。"))
    return None


def register(app: Flask) -> None:
    """Cookie settings and the guard."""
    app.config.update(
        SESSION_COOKIE_NAME="guicheng",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.extensions["guicheng"].settings.https_only,
        PERMANENT_SESSION_LIFETIME=REMEMBERED,
    )
    app.before_request(guard)
