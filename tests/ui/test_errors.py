"""One map from errors to answers: status, sentence, way out; never a trace."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from engine import errors
from engine.permissions import Permission
from tests.ui.conftest import Visitor
from ui.access import requires
from ui.errors import status_of

RAISED: list[tuple[Exception, int]] = [
    (errors.Refused("情况有变，没有改动。"), 409),
    (errors.Stale("页面旧了，没有改动。"), 409),
    (errors.TaskTaken("何静（平台管理部）已于 09:26 办理。"), 409),
    (errors.NotNow("现在不能撤销。"), 409),
    (errors.Forbidden("你不能办理这一件。"), 403),
    (errors.NotFound("没有这件事项。"), 404),
    (errors.Invalid("请填写意见。"), 422),
    (errors.InvalidFile("文件是空的。"), 422),
    (errors.InvalidForm({"cost_change": "不能大于 100000"}), 422),
    (errors.DiagramRefused([]), 422),
    (errors.ExpressionError("表达式有误。"), 422),
    (errors.HandlerFailed("update", "更新基线时出错，已通知管理员。"), 500),
    (errors.ConfigurationError("没有构建。"), 500),
]


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Addresses are added to it here."""
    return own_app


@pytest.fixture
def broken(app: Flask) -> Callable[[Exception], None]:
    """`broken(error)` makes the address /broken raise it."""

    def arrange(error: Exception) -> None:
        @requires(Permission.PUBLIC)
        def view() -> str:
            raise error

        app.add_url_rule("/broken", endpoint="broken", view_func=view)

    return arrange


@pytest.mark.parametrize(("error", "status"), RAISED, ids=lambda value: type(value).__name__)
def test_every_error_has_its_status_and_sentence(
    broken: Callable[[Exception], None], as_person: Callable[[str], Visitor], error: errors.GuichengError, status: int
) -> None:
    broken(error)
    assert status_of(error) == status
    visitor = as_person("zhoulan")
    page = visitor.get("/broken")
    assert page.status_code == status
    assert error.message in page.get_data(as_text=True)
    script = visitor.get("/broken", Accept="application/json")
    assert script.status_code == status
    assert script.json is not None
    assert script.json["message"] == error.message


def test_errors_by_field_reach_the_script(
    broken: Callable[[Exception], None], as_person: Callable[[str], Visitor]
) -> None:
    broken(errors.InvalidForm({"cost_change": "不能大于 100000"}))
    answer = as_person("zhoulan").get("/broken", Accept="application/json")
    assert answer.json == {"message": "有 1 处需要修改，内容已保留。", "errors": {"cost_change": "不能大于 100000"}}


def test_what_nobody_foresaw_gets_a_number_that_the_log_knows(
    broken: Callable[[Exception], None], as_person: Callable[[str], Visitor]
) -> None:
    broken(ValueError("secret detail"))
    visitor = as_person("zhoulan")
    with capture_logs(processors=[merge_contextvars]) as lines:
        answer = visitor.get("/broken")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "secret detail" not in page
    assert "Traceback" not in page
    number = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", page)
    assert number is not None
    failed = next(line for line in lines if line["event"] == "request_failed")
    assert failed["number"] == number.group(0)
    assert failed["request_id"].upper().startswith(failed["number"].replace("-", ""))
    assert "secret detail" in str(failed["exc_info"])
    assert "填写的内容还在" in page


def test_strangers_see_the_message_without_the_frame(broken: Callable[[Exception], None], visitor: Visitor) -> None:
    broken(errors.NotFound("没有这一页。"))
    page = visitor.get("/broken").get_data(as_text=True)
    assert "没有这一页。" in page
    assert "g-side" not in page
    assert "去登录" in page


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing-here", 404), ("POST", "/inbox", 405), ("GET", "/static/dist/none.js", 404)],
)
def test_errors_of_the_protocol_speak_chinese_too(
    as_person: Callable[[str], Visitor], method: str, path: str, status: int
) -> None:
    visitor = as_person("zhoulan")
    answer = visitor.client.open(path, method=method, headers={"X-CSRF-Token": visitor.token})
    assert answer.status_code == status
    page = answer.get_data(as_text=True)
    assert "Not Found" not in page
    assert "Method Not Allowed" not in page
    assert "<h1>" in page


FORGED = (
    "/tasks/{id}",
    "/tasks/{id}/return-targets",
    "/tasks/{id}/return-targets?return_to=x",
    "/tasks/{id}/people",
    "/cases/{id}",
    "/cases/{id}/marks.json",
    "/cases/{id}/diagram.bpmn",
    "/files/{id}",
)
FORGED_ACTS = (
    "/tasks/{id}/complete",
    "/tasks/{id}/preview",
    "/tasks/{id}/draft",
    "/tasks/{id}/claim",
    "/tasks/{id}/release",
    "/tasks/{id}/transfer",
    "/tasks/{id}/recall",
    "/cases/{id}/urge",
    "/cases/{id}/withdraw",
    "/files/{id}/remove",
)


@pytest.mark.parametrize(
    "number", ["999999", "0", "999999999999999", "99999999999999999999999", "-1", "1.5", "x", "１"]
)
def test_forged_ids_are_not_found(as_person: Callable[[str], Visitor], number: str) -> None:
    visitor = as_person("chensiyuan")
    for path in FORGED:
        answer = visitor.get(path.format(id=number))
        assert answer.status_code == 404, (path, answer.get_data(as_text=True)[:500])


@pytest.mark.parametrize("path", FORGED_ACTS)
def test_acts_on_forged_ids_are_not_found(as_person: Callable[[str], Visitor], path: str) -> None:
    visitor = as_person("chensiyuan")
    body = {"revision": 1, "action": "approve", "opinion": "", "data": {}, "account": "hejing", "reason": "出差在外"}
    for number in ("999999", "99999999999999999999999"):
        answer = visitor.json(path.format(id=number), body)
        assert answer.status_code == 404, answer.get_data(as_text=True)[:500]
        assert answer.json is not None
        assert answer.json["message"]


def test_every_request_leaves_one_line(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("zhoulan")
    with capture_logs() as lines:
        visitor.get("/inbox?q=机密")
    [line] = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"], line["account"]) == ("GET", "/inbox", 200, "zhoulan")
    assert "机密" not in str(line)
