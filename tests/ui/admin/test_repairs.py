"""运行维护: what an administrator sees of incidents, suspended cases and messages, and what he can do there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.clock import MovableClock
from engine.i18n import set_language
from engine.platform import Platform
from tests.engine.bpmn.build import declared, element, end, event
from tests.fixtures.exchange import Exchange, begin, job, work
from tests.fixtures.story import Story
from tests.ui.conftest import Visitor

AsPerson = Callable[[str], Visitor]


@pytest.fixture
def exchange(platform: Platform, clock: MovableClock) -> Exchange:
    return Exchange(Story(platform, clock))


def failed(exchange: Exchange) -> int:
    """A case whose handler has used up its tries."""

    def broken(_context: Any) -> dict[str, Any]:
        raise RuntimeError("接口没有应答")

    exchange.publish(
        "payer", begin(), job("pay"), work("after"), end(), flows="start > pay > after > end",
        handlers={"toy.run": broken},
    )  # fmt: skip
    case = exchange.start("payer")
    for _try in range(3):
        exchange.clock.advance(timedelta(hours=1))
        exchange.run()
    return case


def sent(exchange: Exchange) -> int:
    """A case whose message nobody takes."""
    exchange.publish(
        "sender", begin(), element("endEvent", "tell", event("message", messageRef="paid"), name="tell"),
        declared("message", "paid"), flows="start > tell",
    )  # fmt: skip
    return exchange.start("sender")


def test_an_incident_can_be_retried_answered_or_skipped(exchange: Exchange, as_person: AsPerson) -> None:
    case = failed(exchange)
    visitor = as_person("dengkai")
    page = visitor.text("/admin")
    assert "接口没有应答" in page
    for word in ("重试", "人工填写结果", "跳过", "运行维护"):
        assert word in page
    address = f"/admin/incidents/{exchange.incidents()[0].id}"
    refused = visitor.json(f"{address}/answer", {"answer": "R-7", "reason": "已在柜台付款"})
    assert (refused.status_code, "JSON" in refused.get_data(as_text=True)) == (422, True)
    answered = visitor.json(f"{address}/answer", {"answer": '{"receipt": "R-7"}', "reason": "已在柜台付款"})
    assert answered.status_code == 200
    assert exchange.open(case) == ["after"]
    assert "没有异常" in visitor.text("/admin")
    assert "为异常 1 填写了结果：已在柜台付款" in visitor.text(f"/cases/{case}?tab=log")


def test_retry_and_skip_over_http(exchange: Exchange, as_person: AsPerson) -> None:
    case = failed(exchange)
    visitor = as_person("dengkai")
    visitor.text("/admin")
    address = f"/admin/incidents/{exchange.incidents()[0].id}"
    assert visitor.json(f"{address}/retry", {}).status_code == 200
    exchange.run()
    assert visitor.json(f"{address}/retry", {}).status_code == 409
    for _try in range(3):
        exchange.clock.advance(timedelta(hours=1))
        exchange.run()
    address = f"/admin/incidents/{exchange.incidents()[0].id}"
    assert visitor.json(f"{address}/skip", {"reason": "本次不收费"}).status_code == 200
    assert exchange.open(case) == ["after"]


def test_a_suspended_case_says_so_on_its_page_and_in_the_list(exchange: Exchange, as_person: AsPerson) -> None:
    case = exchange.story.start()
    administrator = as_person("dengkai")
    assert "挂起" in administrator.text(f"/cases/{case.id}")
    asked = administrator.json(f"/admin/cases/{case.id}/suspend", {"reason": "项目信息待核实"})
    assert asked.status_code == 200
    for visitor in (administrator, as_person("chensiyuan")):
        page = visitor.text(f"/cases/{case.id}")
        assert "已挂起，恢复之前不能办理。" in page
        assert "项目信息待核实" in page
    listed = administrator.text("/admin?show=suspended")
    assert "项目信息待核实" in listed
    assert administrator.json(f"/admin/cases/{case.id}/resume", {"reason": "已核实"}).status_code == 200
    assert "已挂起" not in administrator.text(f"/cases/{case.id}")
    assert "没有挂起的流程" in administrator.text("/admin?show=suspended")


def test_the_task_page_of_a_suspended_case_says_so(exchange: Exchange, as_person: AsPerson) -> None:
    case = exchange.story.start()
    task = case.task("review_necessity")
    administrator = as_person("dengkai")
    administrator.text("/admin")
    administrator.json(f"/admin/cases/{case.id}/suspend", {"reason": "项目信息待核实"})
    page = as_person("hejing").text(f"/tasks/{task}")
    assert "已挂起" in page
    assert "项目信息待核实" in page


def test_terminating_ends_the_case(exchange: Exchange, as_person: AsPerson) -> None:
    case = exchange.story.start()
    administrator = as_person("dengkai")
    administrator.text(f"/cases/{case.id}")
    assert administrator.json(f"/admin/cases/{case.id}/terminate", {"reason": ""}).status_code == 422
    assert administrator.json(f"/admin/cases/{case.id}/terminate", {"reason": "项目已取消"}).status_code == 200
    page = administrator.text(f"/cases/{case.id}")
    assert "已终止" in page
    assert "项目已取消" in page


def test_a_waiting_message_is_listed_sent_again_and_deleted(exchange: Exchange, as_person: AsPerson) -> None:
    case = sent(exchange)
    visitor = as_person("dengkai")
    page = visitor.text("/admin?show=messages")
    assert "paid" in page
    assert exchange.case(case).number in page
    address = f"/admin/messages/{exchange.messages()[0].id}"
    assert visitor.json(f"{address}/send", {}).status_code == 200
    exchange.run()
    assert visitor.json(f"{address}/discard", {"reason": "发错了"}).status_code == 200
    assert "没有等待的消息" in visitor.text("/admin?show=messages")
    assert visitor.json(f"{address}/discard", {"reason": "发错了"}).status_code == 404


def test_a_called_case_and_its_caller_lead_to_each_other(exchange: Exchange, as_person: AsPerson) -> None:
    exchange.publish("called", begin(), work("answer"), end(), flows="start > answer > end")
    exchange.publish(
        "caller", begin(), element("callActivity", "ask", name="ask", calledElement="called"), end(),
        flows="start > ask > end",
    )  # fmt: skip
    case = exchange.start("caller")
    child = exchange.called_by(case)[0]
    visitor = as_person("chensiyuan")
    assert f"/cases/{child.id}" in visitor.text(f"/cases/{case}")
    page = visitor.text(f"/cases/{child.id}")
    assert f"/cases/{case}" in page
    assert exchange.case(case).number in page


def test_only_the_system_administrator_is_let_in(exchange: Exchange, as_person: AsPerson) -> None:
    case = exchange.story.start()
    for account in ("chensiyuan", "hejing", "zhoulan"):
        visitor = as_person(account)
        assert visitor.get("/admin").status_code == 403
        visitor.get("/mine")
        assert visitor.json(f"/admin/cases/{case.id}/suspend", {"reason": "原因"}).status_code == 403
        assert 'data-confirm="terminate"' not in visitor.text("/mine")


@pytest.fixture
def afterwards_chinese() -> Iterator[None]:
    """The test client answers in this thread: what a person chose must not last."""
    yield
    set_language("zh")


@pytest.mark.usefixtures("afterwards_chinese")
@pytest.mark.parametrize("show", ["", "suspended", "messages", "nonsense"])
def test_every_list_is_there_in_both_languages(exchange: Exchange, as_person: AsPerson, show: str) -> None:
    failed(exchange)
    sent(exchange)
    visitor = as_person("dengkai")
    assert "运行维护" in visitor.text(f"/admin?show={show}")
    visitor.form("/preferences", theme="auto", language="en", single_keys="on")
    assert "Operations" in visitor.text(f"/admin?show={show}")
