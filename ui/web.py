"""Small things every page needs of HTTP: what kind of answer is wanted, safe addresses, JSON in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, flash, jsonify, make_response, redirect, request, url_for
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as BaseResponse

from engine.errors import Invalid
from engine.i18n import _

View = TypeVar("View", bound=Callable[..., Any])


class Json(DefaultJSONProvider):
    """JSON as pages and scripts read it: dates as ISO 8601, exact numbers as numbers, keys in their own order."""

    sort_keys = False
    ensure_ascii = False

    @staticmethod
    def default(value: Any) -> Any:
        if isinstance(value, date):  # a datetime is one too
            return value.isoformat()
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return DefaultJSONProvider.default(value)


class IdConverter(BaseConverter):
    """`<id:…>` in a route: a whole number that a database key can hold; anything longer is simply not found."""

    regex = r"[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(int(value))


SMALL = 2 * 1024 * 1024
"""Largest body of an ordinary request in bytes; endpoints that take files say `@takes(…)`."""


def takes(size: int) -> Callable[[View], View]:
    """Let an endpoint accept bodies up to `size` bytes."""

    def mark(view: View) -> View:
        view.largest_body = size  # type: ignore[attr-defined]  # functions carry attributes; typing has no word for it
        return view

    return mark


def limit_body() -> None:
    """Before every request: how much of it may be read."""
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, "largest_body", SMALL)


def wants_json() -> bool:
    """Whether a script asked (fetch with JSON), not a browser on its way to a page."""
    if request.is_json or request.path.endswith((".json", ".bpmn")):
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def is_fragment() -> bool:
    """Whether htmx asks for a part of the page (not for the whole one after Back)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def safe_next(target: str | None, otherwise: str) -> str:
    """The address to go on to: only a path of this very product, never another site."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return otherwise
    if any(ord(character) < 32 for character in target):
        return otherwise
    parts = urlsplit(target)
    return otherwise if parts.scheme or parts.netloc else target


def here() -> str:
    """Path and query of this request, as a later `next`."""
    return request.full_path.rstrip("?")


def ask_for_sign_in() -> Response:
    """Nobody is signed in: a page goes to the sign-in page and comes back; a script is told and keeps its input."""
    came_from = here() if request.method == "GET" and not is_fragment() else ""
    location = url_for("auth.sign_in", next=came_from or None)
    if is_fragment():
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = url_for("auth.sign_in", next=safe_next(_current_path(), "") or None)
        return answer
    if wants_json():
        answer = jsonify(message=_("登录已过期，请重新登录；已填写的内容保存在本机。"), location=location)
        answer.status_code = 401
        return answer
    return make_response(redirect(location, 303))


def _current_path() -> str:
    """Path and query of the page that htmx stands on."""
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def done(location: str, toast: str, **more: Any) -> BaseResponse:
    """After an act: a script gets JSON, a plain form goes on to the page; both show the toast there.

    `more` may hold `undo` (address) and `undo_label` for the 撤回 of the toast.
    """
    if wants_json():
        return jsonify(location=location, toast=toast, **more)
    flash(toast)
    return redirect(location, 303)


def payload() -> dict[str, Any]:
    """The JSON object that was sent; raises `Invalid` for anything else."""
    try:
        value = request.get_json(silent=True)
    except RecursionError:  # brackets nested by the thousand
        value = None
    if not isinstance(value, dict):
        raise Invalid(_("没有读懂发来的内容，什么都没有改动。请刷新页面后重试。"))
    return value


def text_of(values: dict[str, Any], key: str, limit: int = 2000) -> str:
    """A text field of the payload, trimmed; raises `Invalid` when it is no text or longer than `limit` characters."""
    value = values.get(key, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Invalid(_("字段 {key} 应当是文字。", key=key))
    if len(value) > limit:
        raise Invalid(_("文字超过 {limit} 字，请删短后再提交。", limit=limit))
    return value.strip()


def number_of(values: dict[str, Any], key: str) -> int:
    """A whole number of the payload; raises `Invalid` when it is missing or something else."""
    value = values.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid(_("字段 {key} 应当是整数。", key=key))
    return value


def object_of(values: dict[str, Any], key: str) -> dict[str, Any]:
    """An object of the payload, empty when missing; raises `Invalid` when it is something else."""
    value = values.get(key) or {}
    if not isinstance(value, dict):
        raise Invalid(_("字段 {key} 应当是一组值。", key=key))
    return value


def numbers_of(values: dict[str, Any], key: str, at_most: int = 50) -> list[int]:
    """A list of ids of the payload, empty when missing; raises `Invalid` for what no database key can hold."""
    value = values.get(key) or []
    if not isinstance(value, list) or len(value) > at_most or not all(_is_key(item) for item in value):
        raise Invalid(_("字段 {key} 应当是一组编号。", key=key))
    return value


def _is_key(value: object) -> bool:
    return type(value) is int and 0 < value < 10**15


def is_id(text: str) -> bool:
    """Whether a text of a form or address is a plain number that fits a key."""
    return text.isascii() and text.isdigit() and len(text) < 10


def positive(name: str, otherwise: int = 1, among: tuple[int, ...] = ()) -> int:
    """A positive whole number of the query string; anything else counts as not given."""
    value = request.args.get(name, "")
    number = int(value) if is_id(value) else 0
    if number < 1 or (among and number not in among):
        return otherwise
    return number
