"""Handlers that run outside any transaction: claimed, run, finished; tried again; once only, whoever runs them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from engine.commands import claim_job, resume_case, serve_job, suspend_case
from engine.commands.serve_job import GRACE
from engine.models import Job
from engine.queries.jobs import next_due
from tests.engine.bpmn.build import boundary, call, declared, end, error
from tests.fixtures.exchange import Exchange, begin, job, work
from tests.fixtures.story import Story

PATIENCE = 20
"""Seconds until a test gives up waiting for a thread."""


@pytest.fixture
def exchange(story: Story) -> Exchange:
    return Exchange(story)


class Outside:
    """A handler of the test: what it was called with, and what it does."""

    def __init__(self, act: Callable[[Any], dict[str, Any]] = lambda _context: {"receipt": "R-1"}) -> None:
        self.act = act
        self.keys: list[str] = []

    def __call__(self, context: Any) -> dict[str, Any]:
        self.keys.append(context.idempotency_key)
        return self.act(context)


def broken(_context: Any) -> dict[str, Any]:
    raise RuntimeError("接口没有应答")


def case_with(exchange: Exchange, handler: Outside, *caught: str) -> int:
    """A case that waits for the handler; nothing has run yet."""
    parts = [boundary("no", "pay", error("refused")), declared("error", "refused"), work("instead"), end("other")]
    exchange.publish(
        "payer",
        begin(),
        job("pay"),
        work("after"),
        end(),
        *(parts if caught else ()),
        flows="start > pay > after > end" + ("\nno > instead > other" if caught else ""),
        handlers={"toy.run": handler},
    )
    run, exchange.run = exchange.run, lambda: 0  # type: ignore[method-assign]  # the start must not run it
    case = exchange.start("payer")
    exchange.run = run  # type: ignore[method-assign]
    return case


def test_the_handler_runs_after_the_transaction_and_its_answer_goes_on(exchange: Exchange) -> None:
    handler = Outside()
    case = case_with(exchange, handler)
    [waiting] = exchange.jobs()
    assert (waiting.kind, waiting.state, waiting.node_id, handler.keys) == ("service", "waiting", "pay", [])
    assert exchange.why(case) == "等待：pay。等自动任务完成。"
    exchange.run()
    assert (exchange.open(case), exchange.jobs()) == (["after"], [])
    assert handler.keys == [f"guicheng-job-{waiting.id}"]
    assert "service_called" in exchange.log(case)


def test_its_key_is_the_same_at_every_try_and_its_failures_stand_in_the_log(exchange: Exchange) -> None:
    handler = Outside(broken)
    case = case_with(exchange, handler)
    exchange.run()
    first = exchange.clock.now()
    assert exchange.jobs()[0].due_at == first + timedelta(seconds=60)
    exchange.clock.advance(timedelta(seconds=60))
    exchange.run()
    assert exchange.jobs()[0].due_at == exchange.clock.now() + timedelta(seconds=240)
    handler.act = lambda _context: {}
    exchange.clock.advance(timedelta(seconds=240))
    exchange.run()
    assert (len(handler.keys), len(set(handler.keys))) == (3, 1)
    assert exchange.open(case) == ["after"]
    assert exchange.log(case).count("job_failed") == 2
    assert exchange.incidents() == []


def test_after_the_last_try_it_is_an_incident_and_the_administrators_know(exchange: Exchange) -> None:
    case = case_with(exchange, Outside(broken))
    for _try in range(4):
        exchange.run()
        exchange.clock.advance(timedelta(hours=1))
    [incident], [failed] = exchange.incidents(), exchange.jobs()
    assert (incident.instance_id, incident.node_id, incident.job_id) == (case, "pay", failed.id)
    assert (failed.state, failed.attempts) == ("failed", 3)
    assert "接口没有应答" in incident.message
    assert len(exchange.story.notices("dengkai", "incident")) == 1
    assert (exchange.case(case).state, exchange.open(case)) == ("running", [])
    assert "出错，已记为异常" in exchange.why(case)


def test_an_error_that_the_diagram_takes_is_not_tried_again(exchange: Exchange) -> None:
    handler = Outside(lambda context: context.error("refused", "余额不足"))
    case = case_with(exchange, handler, "caught")
    exchange.run()
    assert (exchange.open(case), len(handler.keys), exchange.jobs()) == (["instead"], 1, [])
    assert "error_caught" in exchange.log(case)


def test_an_error_that_nobody_takes_is_an_incident_at_once(exchange: Exchange) -> None:
    case_with(exchange, Outside(lambda context: context.error("refused", "余额不足")))
    exchange.run()
    assert "余额不足" in exchange.incidents()[0].message
    assert exchange.jobs()[0].state == "failed"


def test_its_notices_are_sent_once_with_its_answer(exchange: Exchange) -> None:
    def tells(context: Any) -> dict[str, Any]:
        context.notify.send(["hejing"], "已付款")
        return broken(context) if len(handler.keys) == 1 else {}

    handler = Outside(tells)
    case_with(exchange, handler)
    exchange.run()
    assert exchange.story.notices("hejing") == []
    exchange.clock.advance(timedelta(minutes=1))
    exchange.run()
    assert exchange.story.notices("hejing") == ["已付款"]


def test_facts_of_a_project_can_be_read_but_its_baseline_not_set(exchange: Exchange) -> None:
    def acts(context: Any) -> dict[str, Any]:
        assert context.projects.facts("XM-2026-03")["revision"] == 1
        context.projects.update_baseline("XM-2026-03", expected_revision=1)
        return {}

    case_with(exchange, Outside(acts))
    exchange.run()
    assert "不能改动项目" in exchange.jobs()[0].last_error


def test_two_workers_run_one_job_once(exchange: Exchange) -> None:
    began, go = threading.Event(), threading.Event()

    def slow(_context: Any) -> dict[str, Any]:
        began.set()
        assert go.wait(PATIENCE)
        return {}

    handler = Outside(slow)
    case = case_with(exchange, handler)
    [waiting] = exchange.jobs()
    with ThreadPoolExecutor(1) as threads:
        claim = claim_job(exchange.platform, waiting.id, "first")
        assert claim is not None
        serving = threads.submit(serve_job, exchange.platform, claim)
        assert began.wait(PATIENCE)
        assert claim_job(exchange.platform, waiting.id, "second") is None
        assert exchange.run() == 0
        go.set()
        assert serving.result(PATIENCE)
    assert (len(handler.keys), exchange.open(case)) == (1, ["after"])


def test_of_many_claims_at_once_one_wins(exchange: Exchange) -> None:
    case_with(exchange, Outside())
    [waiting] = exchange.jobs()
    together = threading.Barrier(4)

    def claim(number: int) -> bool:
        together.wait(PATIENCE)
        return claim_job(exchange.platform, waiting.id, f"worker {number}") is not None

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(claim, range(4))) == 1


def test_what_a_killed_worker_had_taken_up_is_taken_over_when_its_lock_lapses(exchange: Exchange) -> None:
    handler = Outside()
    case = case_with(exchange, handler)
    [waiting] = exchange.jobs()
    killed = claim_job(exchange.platform, waiting.id, "killed")
    assert killed is not None
    assert exchange.run() == 0
    lapse = exchange.clock.now() + timedelta(seconds=300) + GRACE
    assert next_due(exchange.platform) == lapse
    exchange.clock.move_to(lapse)
    exchange.run()
    assert (exchange.open(case), handler.keys) == (["after"], [killed.context.idempotency_key])
    assert not serve_job(exchange.platform, killed)  # it was only slow: its answer comes too late
    assert exchange.open(case) == ["after"]


def test_a_job_that_kills_its_workers_is_given_up(exchange: Exchange) -> None:
    case_with(exchange, Outside())
    [waiting] = exchange.jobs()
    for _worker in range(3):
        assert claim_job(exchange.platform, waiting.id, "killed") is not None
        exchange.clock.advance(timedelta(seconds=301) + GRACE)
    exchange.run()
    assert "进程中途结束" in exchange.incidents()[0].message
    assert exchange.jobs()[0].state == "failed"


def test_a_handler_that_hangs_has_failed_when_its_time_is_over(exchange: Exchange) -> None:
    hanging = threading.Event()
    exchange.platform.settings = replace(exchange.platform.settings, job_limit=0)
    case = case_with(exchange, Outside(lambda _context: {"late": hanging.wait(PATIENCE)}))
    exchange.run()
    hanging.set()
    assert "没有完成" in exchange.jobs()[0].last_error
    assert exchange.open(case) == []


def test_a_job_that_nobody_waits_for_any_more_is_dropped(exchange: Exchange) -> None:
    case = case_with(exchange, Outside())
    [waiting] = exchange.jobs()
    claim = claim_job(exchange.platform, waiting.id, "worker")
    assert claim is not None
    with exchange.platform.database.write() as session:
        session.execute(update(Job).where(Job.id == waiting.id).values(token_id=99))
    assert not serve_job(exchange.platform, replace(claim, token_id=99))
    assert (exchange.jobs(), exchange.open(case)) == ([], [])


def test_a_job_in_a_called_case_brings_both_on(exchange: Exchange) -> None:
    exchange.publish("payer", begin(), job("pay"), end(), flows="start > pay > end", handlers={"toy.run": Outside()})
    exchange.publish("caller", begin(), call("ask", "payer"), end(), flows="start > ask > end")
    assert exchange.ended(exchange.start("caller")) == "completed"


def test_an_answer_for_a_suspended_case_is_asked_for_again_when_it_goes_on(exchange: Exchange) -> None:
    handler = Outside()
    case = case_with(exchange, handler)
    administrator = exchange.story.person("dengkai")
    claim = claim_job(exchange.platform, exchange.jobs()[0].id, "worker")
    assert claim is not None
    suspend_case(exchange.platform, administrator, case, "核实")
    assert not serve_job(exchange.platform, claim)
    assert (exchange.jobs()[0].state, exchange.open(case)) == ("held", [])
    resume_case(exchange.platform, administrator, case, "已核实")
    exchange.run()
    assert (exchange.open(case), len(handler.keys), len(set(handler.keys))) == (["after"], 2, 1)


def test_what_a_suspended_caller_is_told_waits_until_it_goes_on(exchange: Exchange) -> None:
    exchange.publish("called", begin(), work("answer"), end(), flows="start > answer > end")
    exchange.publish("caller", begin(), call("ask", "called"), work("after"), end(), flows="start > ask > after > end")
    case = exchange.start("caller")
    administrator = exchange.story.person("dengkai")
    suspend_case(exchange.platform, administrator, case, "核实")
    exchange.do(exchange.called_by(case)[0].id, "answer")
    assert ([one.state for one in exchange.jobs("ended")], exchange.open(case)) == (["held"], [])
    resume_case(exchange.platform, administrator, case, "已核实")
    exchange.run()
    assert (exchange.open(case), exchange.jobs()) == (["after"], [])
