"""Incidents are retried, answered by hand, skipped or closed by an administrator, and the log says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands import answer_job, close_incident, retry_job, skip_job
from engine.errors import Forbidden, InvalidForm, NotFound, NotNow
from engine.models import Incident
from engine.permissions import Actor
from tests.engine.bpmn.build import call, declared, end, ends, error, extension, hands
from tests.fixtures.exchange import Exchange, begin, job, work
from tests.fixtures.story import Story


@pytest.fixture
def exchange(story: Story) -> Exchange:
    return Exchange(story)


@pytest.fixture
def administrator(story: Story) -> Actor:
    return story.person("dengkai")


class Outside:
    def __init__(self) -> None:
        self.broken = True

    def __call__(self, _context: Any) -> dict[str, Any]:
        if self.broken:
            raise RuntimeError("接口没有应答")
        return {}


def failed(exchange: Exchange, handler: Outside) -> tuple[int, Incident]:
    """A case whose handler has used up its tries, and the incident."""
    exchange.publish(
        "payer", begin(), job("pay", camunda_resultVariable="note"), work("after"), end(),
        guicheng_tag="= string(note)", flows="start > pay > after > end", handlers={"toy.run": handler},
    )  # fmt: skip
    case = exchange.start("payer")
    for _try in range(3):
        exchange.clock.advance(timedelta(hours=1))
        exchange.run()
    return case, exchange.incidents()[0]


def test_once_mended_it_is_tried_again(exchange: Exchange, administrator: Actor) -> None:
    handler = Outside()
    case, incident = failed(exchange, handler)
    handler.broken = False
    assert "已安排重试" in retry_job(exchange.platform, administrator, incident.id).message
    assert exchange.jobs()[0].attempts == 0
    exchange.run()
    assert (exchange.open(case), exchange.incidents(), exchange.jobs()) == (["after"], [], [])
    assert "job_retried" in exchange.log(case)


def test_a_retry_that_fails_again_is_a_new_incident(exchange: Exchange, administrator: Actor) -> None:
    case, incident = failed(exchange, Outside())
    retry_job(exchange.platform, administrator, incident.id)
    for _try in range(4):
        exchange.run()
        exchange.clock.advance(timedelta(hours=1))
    [again] = exchange.incidents()
    assert (again.id != incident.id, again.instance_id) == (True, case)


def test_its_answer_can_be_given_by_hand(exchange: Exchange, administrator: Actor) -> None:
    case, incident = failed(exchange, Outside())
    answer_job(exchange.platform, administrator, incident.id, '{"receipt": "R-7"}', "已在柜台付款")
    assert (exchange.open(case), exchange.jobs(), exchange.incidents()) == (["after"], [], [])
    assert "R-7" in exchange.case(case).tag
    assert "job_answered" in exchange.log(case)
    settled = exchange.story.incidents()[0]
    assert (settled.resolution, settled.note, settled.resolved_by) == ("answered", "已在柜台付款", administrator.id)


def test_it_can_be_left_out_with_a_reason(exchange: Exchange, administrator: Actor) -> None:
    case, incident = failed(exchange, Outside())
    with pytest.raises(InvalidForm):
        skip_job(exchange.platform, administrator, incident.id, " ")
    skip_job(exchange.platform, administrator, incident.id, "本次不收费")
    assert exchange.open(case) == ["after"]
    assert "job_skipped" in exchange.log(case)


def test_only_one_of_two_administrators_settles_it(exchange: Exchange, administrator: Actor) -> None:
    _case, incident = failed(exchange, Outside())
    skip_job(exchange.platform, administrator, incident.id, "本次不收费")
    with exchange.story.nothing_changes(), pytest.raises(NotNow, match="已经有人处理"):
        retry_job(exchange.platform, administrator, incident.id)


def test_others_may_not(exchange: Exchange, story: Story) -> None:
    _case, incident = failed(exchange, Outside())
    for account in ("chensiyuan", "hejing"):
        with pytest.raises(Forbidden):
            skip_job(exchange.platform, story.person(account), incident.id, "原因")
    with pytest.raises(NotFound):
        retry_job(exchange.platform, story.person("dengkai"), 999)


def with_failed_call(exchange: Exchange) -> tuple[int, Incident]:
    """A case whose called case has ended with an error that nobody takes."""
    exchange.publish(
        "called", begin(), work("answer"), ends("wrong", error("refused")), declared("error", "refused"),
        flows="start > answer > wrong",
    )  # fmt: skip
    out = extension(hands("out", source="note", target="note"))
    exchange.publish(
        "caller", begin(), call("ask", "called", out), work("after"), end(), guicheng_tag="= string(note)",
        flows="start > ask > after > end",
    )  # fmt: skip
    case = exchange.start("caller")
    exchange.do(exchange.called_by(case)[0].id, "answer")
    return case, exchange.incidents()[0]


def test_what_was_called_in_vain_is_called_again(exchange: Exchange, administrator: Actor) -> None:
    case, incident = with_failed_call(exchange)
    retry_job(exchange.platform, administrator, incident.id)
    exchange.run()
    first, second = exchange.called_by(case)
    assert (first.outcome, second.state) == ("failed", "running")
    assert [one.kind for one in exchange.jobs()] == ["call"]


def test_what_a_called_case_would_have_brought_is_given_by_hand(exchange: Exchange, administrator: Actor) -> None:
    case, incident = with_failed_call(exchange)
    answer_job(exchange.platform, administrator, incident.id, '{"note": "同意"}', "电话确认")
    assert (exchange.open(case), exchange.case(case).tag, exchange.jobs()) == (["after"], "同意", [])


def test_an_incident_without_a_job_is_closed_with_a_reason(exchange: Exchange, administrator: Actor) -> None:
    exchange.publish(
        "payer", begin(), work("first"), job("pay", camunda_asyncBefore="false"), end(),
        flows="start > first > pay > end", handlers={"toy.run": Outside()},
    )  # fmt: skip
    case = exchange.start("payer")
    with pytest.raises(Exception, match="已记为异常"):
        exchange.do(case, "first")
    [incident] = exchange.incidents()
    with pytest.raises(NotNow, match="没有可以重试的任务"):
        retry_job(exchange.platform, administrator, incident.id)
    close_incident(exchange.platform, administrator, incident.id, "接口已修复，请经办人再提交")
    assert exchange.incidents() == []
    assert exchange.log(case)[-1] == "job_closed"


def test_an_incident_whose_job_waits_for_a_person_is_not_just_closed(exchange: Exchange, administrator: Actor) -> None:
    _case, incident = failed(exchange, Outside())
    with pytest.raises(NotNow, match="重试、填写结果或跳过"):
        close_incident(exchange.platform, administrator, incident.id, "不管了")


@pytest.mark.parametrize("answer", ["R-7", "[1]", "{", '{"a": 1} x'])
def test_an_answer_is_a_json_object(exchange: Exchange, administrator: Actor, answer: str) -> None:
    _case, incident = failed(exchange, Outside())
    with pytest.raises(InvalidForm) as refusal:
        answer_job(exchange.platform, administrator, incident.id, answer, "已在柜台付款")
    assert "JSON" in refusal.value.errors["answer"]
