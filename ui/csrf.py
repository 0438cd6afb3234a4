"""Protection against forged requests: every request that changes something proves that it came from one of our pages.

The token lives in the session; scripts send it as the header `X-CSRF-Token`, plain forms as the field `csrf_token`.
"""

from __future__ import annotations

import hmac
import secrets

from flask import Flask, request, session
from werkzeug.exceptions import HTTPException

from engine.i18n import _

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class PageExpired(HTTPException):
    """The token is missing or wrong: nothing was done, and what was typed is still on the person's machine.

    Scripts get 403 with JSON; a plain form gets a page (400) that hands back what it had sent.
    """

    code = 400

    @property
    def message(self) -> str:
        """The sentence for the person."""
        return _("页面已过期，请刷新后重试；已填写的内容保存在本机。")


def csrf_token() -> str:
    """The token of this session, made at its first use."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(32)
    token: str = session["csrf"]
    return token


def check() -> None:
    """Before every changing request; raises `PageExpired`."""
    if request.method in SAFE or request.endpoint is None:
        return
    sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not hmac.compare_digest(sent.encode(), session.get("csrf", "").encode()) or not sent:
        raise PageExpired


def register(app: Flask) -> None:
    """Check every request, after the guard has looked who it is."""
    app.before_request(check)
