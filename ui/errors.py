"""The one map from what went wrong to an answer: status, Chinese page, or JSON for scripts.

Every answer says what happened, what became of the input and what to do next. Only what nobody foresaw gets a number to
quote; the log has the trace under the same number. No page ever shows a trace or a status code as its headline.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, Response, g, jsonify, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from engine.errors import (
    ConfigurationError,
    DefinitionRefused,
    ExecutionError,
    ExpressionError,
    Forbidden,
    GuichengError,
    Invalid,
    InvalidForm,
    NotFound,
    Refused,
)
from engine.i18n import _
from engine.log import get_logger
from ui import journal, web
from ui.csrf import PageExpired

log = get_logger("guicheng.ui")

STATUS: tuple[tuple[type[GuichengError], int], ...] = (
    (Refused, 409),
    (Forbidden, 403),
    (NotFound, 404),
    (Invalid, 422),
    (DefinitionRefused, 422),
    (ExpressionError, 422),
    (ExecutionError, 500),
    (ConfigurationError, 500),
)
"""The first class that fits decides; anything else of ours is 500."""


@dataclass(frozen=True)
class Act:
    """A way out of an error page."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True)
class Trouble:
    """What an error page or a JSON answer says."""

    status: int
    title: str
    text: str
    art: str = "flow"
    number: str = ""
    acts: tuple[Act, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    location: str = ""


def status_of(error: GuichengError) -> int:
    """The HTTP status of one of our errors."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def answer(trouble: Trouble) -> Response:
    """The page, or JSON for a script."""
    if web.wants_json():
        body: dict[str, object] = {"message": trouble.text}
        if trouble.errors:
            body["errors"] = trouble.errors
        if trouble.location:
            body["location"] = trouble.location
        if trouble.number:
            body["number"] = trouble.number
        response = jsonify(body)
    else:
        framed = getattr(g, "actor", None) is not None
        response = make_response(render_template("error.html", trouble=trouble, framed=framed))
    response.status_code = trouble.status
    return response


def _home() -> Act:
    if getattr(g, "actor", None) is None:
        return Act(_("去登录"), url_for("auth.sign_in"), primary=True)
    return Act(_("回到工作台"), url_for("workbench.home"), primary=True)


def _ways() -> tuple[Act, ...]:
    """Home, and the inbox for people who have one."""
    if getattr(g, "actor", None) is None:
        return (_home(),)
    return (_home(), Act(_("去看待办"), url_for("workbench.inbox")))


def _case_act() -> str:
    """Where to look when an act on a task or case was refused: that very page."""
    arguments = request.view_args or {}
    if "task_id" in arguments:
        return url_for("workbench.task", task_id=arguments["task_id"])
    if "instance_id" in arguments:
        return url_for("workbench.case", instance_id=arguments["instance_id"])
    return ""


def on_guicheng(error: GuichengError) -> Response:
    """One of our own errors: its sentence is meant for the person."""
    status = status_of(error)
    if status == 500:
        return _unforeseen(error, error.message)
    if isinstance(error, InvalidForm):
        return answer(Trouble(status, _("有内容需要修改"), error.message, errors=error.errors))
    if isinstance(error, Refused):
        location = _case_act() if request.method == "POST" else ""
        look = (Act(_("查看现在的情况"), location, primary=True), Act(_("去看待办"), url_for("workbench.inbox")))
        return answer(
            Trouble(status, _("没有办成"), error.message, acts=look if location else (_home(),), location=location)
        )
    if isinstance(error, Forbidden):
        return answer(Trouble(status, _("你没有权限"), error.message, art="lock", acts=(_home(),)))
    if isinstance(error, NotFound):
        return answer(Trouble(status, _("没有找到"), error.message, art="search", acts=_ways()))
    return answer(Trouble(status, _("有内容需要修改"), error.message, acts=(_home(),)))


def on_expired_page(error: PageExpired) -> Response:
    """The token was missing or wrong. A plain form gets back the words it had sent, to copy them."""
    secret = {"csrf_token", "password"}
    kept = tuple((name, value) for name, value in request.form.items() if name not in secret and value.strip())
    location = web.safe_next(_path_of(request.referrer), url_for("workbench.home"))
    trouble = Trouble(
        403 if web.wants_json() else 400,
        _("页面已过期"),
        error.message,
        acts=(Act(_("刷新页面"), location, primary=True),),
        kept=kept,
    )
    return answer(trouble)


def _path_of(referrer: str | None) -> str:
    """The path of a referrer from our own host, else nothing."""
    if not referrer or not referrer.startswith(request.host_url):
        return ""
    return "/" + referrer[len(request.host_url) :]


def _too_large() -> str:
    """What to make smaller: the file of an upload, else the words of a form."""
    if request.mimetype == "multipart/form-data":
        return _("没有提交，填写的内容还在。单个文件不超过 50 MB，请压缩后再传。")
    return _("没有提交，填写的内容还在。文字太长，请删短，或把长内容放进附件。")


def _words(code: int) -> tuple[str, str]:
    """Title and sentence for an error of the protocol."""
    words = {
        404: (_("没有这一页"), _("地址可能写错了，或者这一件不归你办理。")),
        405: (_("不能这样打开"), _("这个地址只用于提交。请从页面上的按钮进入。")),
        413: (_("内容太大"), _too_large()),
        414: (_("地址太长"), _("请减少查找条件后重试。")),
        429: (_("操作太频繁"), _("请稍等一会儿再试。")),
    }
    return words.get(code, (_("没有读懂这次请求"), _("什么都没有改动。请回到上一页，刷新后重试。")))


def on_http(error: HTTPException) -> Response:
    """An error of the protocol: unknown page, wrong method, too large."""
    if error.response is not None and error.code is None:
        return make_response(error.response)
    code = error.code or 500
    if code >= 500:
        return _unforeseen(error)
    title, text = _words(code)
    art = "search" if code == 404 else "flow"
    response = answer(Trouble(code, title, text, art=art, acts=_ways() if code == 404 else (_home(),)))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "location"}:
            response.headers[name] = value
    return response


def _unforeseen(error: BaseException, message: str = "") -> Response:
    number = journal.number()
    log.error("request_failed", number=number, path=request.path, exc_info=error)
    text = message or _("这一步没有办成，什么都没有改动；填写的内容还在。请再试一次，仍不行就联系系统管理员。")
    return answer(Trouble(500, _("没有办成"), text, number=number, acts=(_home(),)))


def on_unforeseen(error: Exception) -> Response:
    """Anything nobody foresaw."""
    return _unforeseen(error)


def register(app: Flask) -> None:
    """Take over all errors."""
    app.register_error_handler(PageExpired, on_expired_page)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(GuichengError, on_guicheng)
    app.register_error_handler(Exception, on_unforeseen)
